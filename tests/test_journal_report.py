"""What the owner of a site is told: unanswered questions first, votes as lines or as a table."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.journal import Journal
from service.journal_report import as_csv, asked_questions, votes
from tests.journals import VOTE, asked, file_journal

DAY = 86_400


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """q1 asked three times, the last time in vain; q2 once in vain, q3 once answered, with votes."""
    kept = file_journal(tmp_path)
    in_vain = {"status": "not_found", "section_id": "壹"}
    kept.record_questions(
        [
            *(asked(1, asked_at=1_700_000_000 + n * DAY) for n in range(2)),
            asked(2, asked_at=1_700_000_000 + 2 * DAY, question_text="who\nasks?", **in_vain),
            asked(1, asked_at=1_700_000_000 + 3 * DAY, **in_vain),
            asked(3, asked_at=1_700_000_000 + 4 * DAY, question_text="二"),
        ]
    )
    kept.record_vote(replace(VOTE, question="q3"))
    kept.record_vote(replace(VOTE, vote="v2", question="q3", verdict="down", comment="=SUM(A1)"))
    return kept


def test_questions_come_by_how_often_they_were_asked(journal: Journal) -> None:
    found = asked_questions(journal)
    assert [(q.question, q.times, q.not_found) for q in found] == [
        ("q1", 3, 1),
        ("q3", 1, 0),
        ("q2", 1, 1),
    ]
    first, voted, _ = found
    assert (first.status, first.section_id, first.last_asked) == (
        "not_found",
        "壹",
        "2023-11-17T22:13:20Z",
    )
    assert (voted.up, voted.down) == (1, 1)


def test_unanswered_are_those_that_found_nothing_the_last_time(journal: Journal) -> None:
    assert [q.question for q in asked_questions(journal, unanswered=True)] == ["q1", "q2"]
    journal.record_questions([asked(2, asked_at=1_800_000_000)])
    assert [q.question for q in asked_questions(journal, unanswered=True)] == ["q1"]


def test_questions_before_a_day_are_left_out(journal: Journal) -> None:
    found = asked_questions(journal, since=1_700_000_000 + 3 * DAY)
    assert [(q.question, q.times) for q in found] == [("q3", 1), ("q1", 1)]


def test_votes_come_oldest_first(journal: Journal) -> None:
    journal.record_vote(replace(VOTE, vote="v0", voted_at=5))
    found = list(votes(journal))
    assert [v["voted_at"] for v in found] == ["1970-01-01T00:00:05Z", *["2023-11-14T22:13:20Z"] * 2]
    assert len(list(votes(journal, since=6))) == 2


def test_spreadsheet_takes_no_comment_for_a_formula(journal: Journal) -> None:
    head, *rows = csv.reader(as_csv(votes(journal)))
    comments = [dict(zip(head, row, strict=True))["comment"] for row in rows]
    assert comments == ["好", "'=SUM(A1)"]


def test_database_that_is_not_made_yet_is_not_made_by_looking(tmp_path: Path) -> None:
    empty = file_journal(tmp_path)
    assert asked_questions(empty) == []
    assert list(votes(empty)) == []
    assert list(tmp_path.iterdir()) == []


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> str:
    monkeypatch.setenv("ZHUJIAO_DATABASE_URL", f"sqlite:///{folder / 'journal.sqlite3'}")
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.usefixtures("journal")
def test_console_lists_unanswered_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = run(monkeypatch, tmp_path, "questions", "--unanswered").splitlines()
    assert lines[1] == "    3  2023-11-17  not_found  tiny 壹  [q1]"
    assert lines[2].endswith("tiny 壹  who asks?")
    assert lines[-1] == "2 questions, asked 4 times"


@pytest.mark.usefixtures("journal")
def test_console_prints_questions_and_votes_for_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = run(monkeypatch, tmp_path, "questions", "--json", "--since", "2023-11-18")
    assert [q["question_text"] for q in json.loads(listed)["questions"]] == ["二"]
    exported = run(monkeypatch, tmp_path, "feedback").splitlines()
    assert [json.loads(line)["verdict"] for line in exported] == ["up", "down"]
    table = run(monkeypatch, tmp_path, "feedback", "--csv").splitlines()
    assert table[0].startswith("voted_at,verdict,comment")
    assert len(table) == 3


def test_console_says_in_one_line_what_is_wrong_with_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "journal.sqlite3").write_bytes(b"no database at all, only text" * 99)
    monkeypatch.setenv("ZHUJIAO_DATABASE_URL", f"sqlite:///{tmp_path / 'journal.sqlite3'}")
    result = CliRunner().invoke(main, ["questions"])
    assert result.exit_code == 2
    assert result.stderr.startswith("zhujiao: ")
    assert "not a database" in result.stderr
    assert result.stderr.count("\n") == 1
