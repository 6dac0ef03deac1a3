"""The journal over SQLite: votes that change, digests, tables made at once, retention."""

from __future__ import annotations

import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from service.database_errors import DatabaseError, SchemaTooNew
from service.journal import DAY_S, Journal
from service.journal_tables import SCHEMA
from tests.journals import VOTE, asked, file_journal, file_settings


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "journal.sqlite3")
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_vote_is_stored_whole(tmp_path: Path) -> None:
    file_journal(tmp_path).record_vote(VOTE)
    assert rows(tmp_path, "SELECT vote, verdict, comment, voted_at FROM zhujiao_votes") == [
        ("v1", "up", "好", 1_700_000_000)
    ]


def test_same_vote_again_changes_it_and_another_does_not(tmp_path: Path) -> None:
    journal = file_journal(tmp_path)
    journal.record_vote(VOTE)
    journal.record_vote(replace(VOTE, vote="v2"))
    journal.record_vote(replace(VOTE, verdict="down", comment="no"))
    found = rows(tmp_path, "SELECT vote, verdict, comment FROM zhujiao_votes ORDER BY vote")
    assert found == [("v1", "down", "no"), ("v2", "up", "好")]


def test_questions_are_stored_in_order(tmp_path: Path) -> None:
    file_journal(tmp_path).record_questions([asked(n, took_ms=n / 2) for n in range(3)])
    found = rows(tmp_path, "SELECT question, took_ms FROM zhujiao_questions ORDER BY id")
    assert found == [("q0", 0.0), ("q1", 0.5), ("q2", 1.0)]


def test_digest_is_the_same_for_every_worker_and_another_for_every_database(
    tmp_path: Path,
) -> None:
    first = file_journal(tmp_path / "a").digest("text")
    assert first == file_journal(tmp_path / "a").digest("text")
    assert first != file_journal(tmp_path / "b").digest("text")
    assert first != file_journal(tmp_path / "a").digest("te", "xt")


def test_key_of_the_settings_takes_the_place_of_the_random_one(tmp_path: Path) -> None:
    key = "k" * 16
    given = file_journal(tmp_path / "a", question_key=key).digest("text")
    assert given == file_journal(tmp_path / "b", question_key=key).digest("text")
    assert given != file_journal(tmp_path / "a").digest("text")


@pytest.mark.parametrize("same", [" What is  TSD? ", "what is ＴＳＤ？", "WHAT IS TSD"])
def test_question_is_one_whatever_its_case_width_and_spaces(tmp_path: Path, same: str) -> None:
    journal = file_journal(tmp_path)
    assert journal.question_digest(same, []) == journal.question_digest("what is tsd", [])


def test_follow_up_is_told_apart_by_the_question_before_it(tmp_path: Path) -> None:
    journal = file_journal(tmp_path)
    digests = {journal.question_digest("why?", before) for before in ([], ["tsd"], ["aukus"])}
    assert len(digests) == 3


def test_what_is_older_than_the_retention_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    journal = file_journal(tmp_path, retention_days=30)
    now = 1_800_000_000
    old, young = now - 30 * DAY_S - 1, now - 30 * DAY_S
    journal.record_questions([asked(n, asked_at=old) for n in range(1_200)])
    journal.record_questions([asked(1, asked_at=young)])
    journal.record_vote(replace(VOTE, vote="old", voted_at=old))
    journal.record_vote(replace(VOTE, vote="young", voted_at=young))
    assert journal.purge(now) == 1_201
    assert rows(tmp_path, "SELECT vote FROM zhujiao_votes") == [("young",)]
    assert journal.counts() == (1, 1)
    assert journal.purge(now) == 0


def test_newer_schema_stops_with_one_line_and_is_left_as_it_is(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "journal.sqlite3")
    connection.execute("CREATE TABLE zhujiao_settled (name TEXT PRIMARY KEY, value TEXT)")
    connection.execute(f"INSERT INTO zhujiao_settled VALUES ('schema', '{SCHEMA + 1}')")
    connection.commit()
    connection.close()
    with pytest.raises(SchemaTooNew, match=f"newer Zhujiao .schema {SCHEMA + 1}") as caught:
        file_journal(tmp_path).prepare()
    assert "\n" not in str(caught.value)
    tables = rows(tmp_path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert tables == [("zhujiao_settled",)]


def test_votes_do_not_queue_behind_one_that_waits_for_the_database(tmp_path: Path) -> None:
    reached, let_go = Event(), Event()

    class Slow(Journal):
        """A journal whose database takes its time."""

        def _make_tables(self) -> str:
            reached.set()
            let_go.wait(60)
            return super()._make_tables()

    journal = Slow.open(file_settings(tmp_path, database_timeout_s=0.1))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(journal.record_vote, VOTE)
        reached.wait(60)
        with pytest.raises(DatabaseError, match="not ready"):
            journal.record_vote(VOTE)
        let_go.set()
        first.result()
    journal.record_vote(VOTE)
    assert journal.counts() == (1, 0)


def test_schema_is_written_down(tmp_path: Path) -> None:
    file_journal(tmp_path).prepare()
    found = rows(tmp_path, "SELECT value FROM zhujiao_settled WHERE name = 'schema'")
    assert found == [(str(SCHEMA),)]


@pytest.mark.slow
def test_tables_are_made_once_by_several_processes_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        digests = pool.starmap(_digest_when_all_are_there, [(tmp_path, 4)] * 4, chunksize=1)
    assert len(digests) == 4
    assert len(set(digests)) == 1


def _digest_when_all_are_there(folder: Path, count: int) -> str:
    """Wait at the door until `count` processes stand there, then open the same new file."""
    import os
    import time

    (folder / f"here-{os.getpid()}").touch()
    while len(list(folder.glob("here-*"))) < count:
        time.sleep(0.001)
    return file_journal(folder, database_timeout_s=20).digest("text")
