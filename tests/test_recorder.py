"""What is kept of an answer, where the settings want it, and what stops or does not stop the start."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from service.recorder import StageClock, open_journal, prepare_journal
from tests.conftest import ROOT
from tests.journals import file_settings


def test_each_stage_is_passed_on_and_timed_once() -> None:
    passed: list[str] = []
    timed: list[tuple[str, float]] = []
    clock = StageClock(passed.append, lambda stage, seconds: timed.append((stage, seconds)))
    clock.close()
    clock("searching")
    clock("choosing")
    clock.close()
    clock.close()
    assert passed == ["searching", "choosing"]
    assert [stage for stage, _ in timed] == ["searching", "choosing"]
    assert all(seconds >= 0 for _, seconds in timed)


def test_stage_that_ends_the_work_ends_it_here_too() -> None:
    def stop(stage: str) -> None:
        raise InterruptedError

    clock = StageClock(stop, lambda stage, seconds: None)
    with pytest.raises(InterruptedError):
        clock("searching")


@pytest.mark.parametrize(("feedback", "log"), [("on", "off"), ("off", "on")])
def test_there_is_a_journal_where_either_is_stored(tmp_path: Path, feedback: str, log: str) -> None:
    assert open_journal(file_settings(tmp_path, feedback=feedback, question_log=log))
    assert open_journal(file_settings(tmp_path, feedback="off", question_log="off")) is None


def test_tables_are_made_before_the_first_worker_starts(tmp_path: Path) -> None:
    prepare_journal(file_settings(tmp_path))
    connection = sqlite3.connect(tmp_path / "journal.sqlite3")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    assert {name for (name,) in tables} == {
        "zhujiao_settled",
        "zhujiao_votes",
        "zhujiao_questions",
    }


def test_newer_schema_stops_the_start_with_one_line(tmp_path: Path) -> None:
    prepare_journal(file_settings(tmp_path))
    connection = sqlite3.connect(tmp_path / "journal.sqlite3")
    connection.execute("UPDATE zhujiao_settled SET value = '99' WHERE name = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(SystemExit, match="newer Zhujiao") as stopped:
        prepare_journal(file_settings(tmp_path))
    assert "\n" not in str(stopped.value)


def test_database_that_is_away_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").mkdir()
    prepare_journal(file_settings(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "loaded"),
    [
        ({"FEEDBACK": "off", "QUESTION_LOG": "off"}, "[]"),
        ({"METRICS_NETWORKS": "127.0.0.1"}, "['prometheus_client', 'sqlalchemy']"),
    ],
)
def test_libraries_are_loaded_only_where_they_are_needed(
    settings: dict[str, str], loaded: str
) -> None:
    script = (
        "import os, sys\n"
        f"os.environ.update({{'ZHUJIAO_' + k: v for k, v in {settings!r}.items()}})\n"
        "from tests.tiny import tiny_app; tiny_app()\n"
        "print(sorted({'prometheus_client', 'sqlalchemy'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == loaded
