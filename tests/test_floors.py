from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.floors import (
    FLOORS,
    FloorError,
    Floors,
    digest,
    figure,
    lifted,
    read_floors,
    shortfalls,
    write_floors,
)

MEASURED: dict[str, Any] = {
    "evidence_hit": 0.9,
    "false_refusal": 0.06,
    "script_gap": None,
    "by_language": {"en": {"evidence_hit": 0.8}},
}
HELD = Floors(
    "digest", {"evidence_hit": 0.85, "by_language/en/evidence_hit": 0.8}, {"false_refusal": 0.06}
)


def test_gold_files_are_those_the_floors_were_set_on() -> None:
    for name, floors in read_floors().items():
        assert floors.sha256 == digest(name), (
            f"{name} changed: run `python -m benchmarks.floors --raise`"
        )


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_floors(read_floors(), tmp_path / "floors.toml")
    assert (tmp_path / "floors.toml").read_text("utf-8") == FLOORS.read_text("utf-8")


def test_figure_is_named_by_its_path() -> None:
    assert figure(MEASURED, "by_language/en/evidence_hit") == 0.8
    assert figure(MEASURED, "script_gap") is None
    with pytest.raises(KeyError):
        figure(MEASURED, "no_such_figure")


def test_floors_that_hold_fall_short_of_nothing() -> None:
    assert shortfalls(HELD, MEASURED, "digest") == []


@pytest.mark.parametrize(
    ("floors", "line"),
    [
        (Floors("digest", {"evidence_hit": 0.91}, {}), "evidence_hit is 0.9, its floor 0.91"),
        (Floors("digest", {}, {"false_refusal": 0.05}), "false_refusal is 0.06, its ceiling 0.05"),
        (Floors("digest", {}, {"script_gap": 0.05}), "script_gap is None, its ceiling 0.05"),
        (
            Floors("older", {}, {}),
            "the gold file changed: run `python -m benchmarks.floors --raise`",
        ),
    ],
)
def test_floor_that_does_not_hold_is_told_in_a_line(floors: Floors, line: str) -> None:
    assert shortfalls(floors, MEASURED, "digest") == [line]


def test_floors_rise_to_the_figure_less_the_slack_and_never_fall() -> None:
    raised = lifted(HELD, MEASURED, "newer", slack=0.02, lower=False)
    assert raised == Floors(
        "newer", {"evidence_hit": 0.88, "by_language/en/evidence_hit": 0.8}, {"false_refusal": 0.06}
    )
    assert shortfalls(raised, MEASURED, "newer") == []
    assert lifted(
        Floors("", {}, {"false_refusal": 0.2}), MEASURED, "", 0.02, lower=False
    ).at_most == {"false_refusal": 0.08}


def test_floor_is_lowered_only_by_the_flag() -> None:
    high = Floors("digest", {"evidence_hit": 0.95}, {"false_refusal": 0.01})
    with pytest.raises(FloorError, match="--allow-lower"):
        lifted(high, MEASURED, "digest", 0.0, lower=False)
    assert lifted(high, MEASURED, "digest", 0.0, lower=True) == Floors(
        "digest", {"evidence_hit": 0.9}, {"false_refusal": 0.06}
    )
