"""`dev.py` as a newcomer meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose `.venv` is set up for the service, as far as its stamp says."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "set-up")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    dev.STAMP.write_text(dev._stamp(""), "ascii")
    monkeypatch.setattr(dev, "_make_venv", _refuse)
    return tmp_path


def _refuse() -> None:
    raise dev.SetupError("set-up begins")


def test_unknown_command_names_the_known_ones_in_one_line() -> None:
    result = subprocess.run(
        [sys.executable, ROOT / "dev.py", "sing"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "dev.py: there is no command 'sing'; choose one of serve, test, fast, lint, docs, screenshots, help."
    ]


def test_older_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert dev.main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("dev.py: Python 3.11 or newer is needed, this is ")


@pytest.mark.usefixtures("checkout")
def test_set_up_is_skipped_while_its_stamp_matches() -> None:
    dev.set_up(extra="")


@pytest.mark.usefixtures("checkout")
def test_set_up_for_development_serves_too() -> None:
    dev.STAMP.write_text(dev._stamp("dev"), "ascii")
    dev.set_up(extra="")
    dev.set_up(extra="dev")


@pytest.mark.usefixtures("checkout")
def test_set_up_for_the_service_does_not_do_for_tests() -> None:
    with pytest.raises(dev.SetupError, match="set-up begins"):
        dev.set_up(extra="dev")


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_change_of_a_pinned_version_begins_set_up_anew(checkout: Path, name: str) -> None:
    with (checkout / name).open("a") as file:
        file.write("# another pin\n")
    with pytest.raises(dev.SetupError, match="set-up begins"):
        dev.set_up(extra="")


def test_missing_browser_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    dev.ensure_browser()
    assert capsys.readouterr().err.splitlines() == [
        "dev.py: browser tests are skipped: install chromium and fonts-noto-cjk to run them"
    ]


def test_settings_of_the_service_do_not_reach_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda command, env: given.update(env) or subprocess.CompletedProcess(command, 0),
    )
    monkeypatch.setenv("ZHUJIAO_PORT", "1")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert dev._pytest(["-q"]) == 0
    assert given["LANG"] == "C.UTF-8"
    assert "ZHUJIAO_PORT" not in given


@pytest.mark.slow
def test_places_that_fast_leaves_out_hold_nothing_that_is_fast() -> None:
    quick = " and ".join(f"not {marker}" for marker in dev.SLOW_MARKERS)
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", quick]
    result = subprocess.run(
        [*collect, *dev.SLOW_PLACES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, result.stdout
