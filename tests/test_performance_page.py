from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import performance_page
from benchmarks.performance_page import PAGE, TABLES, page, plots
from benchmarks.record import RESULTS


def test_page_says_what_was_measured() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text, "run `python -m benchmarks.performance_page`"
    assert all(f"<!-- measured {name} -->" in text for name in TABLES)


def test_plots_are_those_of_the_figures() -> None:
    for name, svg in plots().items():
        assert (RESULTS / name).read_text("utf-8") == svg
        assert f"benchmarks/{name}" in PAGE.read_text("utf-8")


def test_another_figure_makes_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = {"whole": {"mean_ms": 12345.0, "p99_ms": 1.0}}
    machine = {"cores": 2, "processor": "P", "memory_gib": 1, "python": "3", "libraries": {}}
    times = {"date": "D", "load_average": 0.1, "load_average_after": 0.2}
    figures = {"machine": {**machine, **times}, "stages": stages}
    monkeypatch.setattr(performance_page, "read", lambda name: figures)
    assert "| whole | 12345.00 | 100% | 1.00 |" in performance_page.stages()


def test_page_says_where_nothing_was_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(performance_page, "RESULTS", tmp_path)
    assert page(PAGE.read_text("utf-8")).count(performance_page.NOT_MEASURED) == len(TABLES)
    assert plots() == {}
