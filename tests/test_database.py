"""The database by its URL: what it is told at the start, and what is told of its faults."""

from __future__ import annotations

import collections
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.config import Config
from service.database import database_url, faults_told, open_database, shown
from service.database_errors import DatabaseError
from tests.journals import VOTE, file_journal, file_settings


def settings(url: str, **more: object) -> Config:
    return Config.model_validate({"database_url": url, **more})


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 1500), ("max_page_count", 512)],
)
def test_sqlite_is_durable_patient_and_bounded(tmp_path: Path, pragma: str, value: object) -> None:
    config = file_settings(tmp_path, database_timeout_s=1.5, database_max_mb=2)
    with open_database(config).connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_file_is_its_owners_alone_and_its_folder_is_made(tmp_path: Path) -> None:
    file_journal(tmp_path / "new" / "folder").prepare()
    made = list((tmp_path / "new" / "folder").iterdir())
    assert made
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///:memory:", "names no file that several workers share"),
        ("nosuch://user:canary@host/name", "names no database that SQLAlchemy knows"),
        ("oracle://user:canary@host/name", "needs the Python package"),
        ("postgresql://user:canary@host:port/name", "cannot be read"),
    ],
)
def test_url_that_cannot_be_used_is_told_with_the_cure_and_without_itself(
    url: str, told: str
) -> None:
    with pytest.raises(DatabaseError, match=told) as caught:
        open_database(settings(url))
    assert "ZHUJIAO_DATABASE_URL" in str(caught.value)
    assert "canary" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_password_and_no_user_is_shown() -> None:
    url = database_url(
        settings("postgresql://canary-user:canary@db.example/zhujiao?password=canary")
    )
    assert url.drivername == "postgresql+psycopg"
    assert shown(url) == "postgresql database zhujiao on db.example"


def test_fault_is_told_without_statement_and_values() -> None:
    url = database_url(settings("postgresql://db.example/zhujiao"))
    fault = OperationalError("INSERT canary", {"comment": "canary"}, Exception("canary"))
    with pytest.raises(DatabaseError) as caught, faults_told(url):
        raise fault
    assert "canary" not in str(caught.value)


def test_server_that_does_not_listen_is_told_in_one_line() -> None:
    config = settings("postgresql://user:canary@127.0.0.1:9/name", database_timeout_s=0.5)
    url = database_url(config)
    with (
        pytest.raises(DatabaseError, match="check that the server runs") as caught,
        faults_told(url),
    ):
        open_database(config).connect()
    assert "canary" not in str(caught.value)


def test_full_file_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    journal = file_journal(tmp_path, database_max_mb=1)
    journal.record_vote(VOTE)
    long = (replace(VOTE, vote=f"long{number}", comment="字" * 100_000) for number in range(100))
    with pytest.raises(DatabaseError, match="full"):
        collections.deque(map(journal.record_vote, long), maxlen=0)
    assert journal.counts()[0] > 1


def test_locked_file_is_a_fault_after_the_wait(tmp_path: Path) -> None:
    journal = file_journal(tmp_path, database_timeout_s=0.1)
    journal.record_vote(VOTE)
    other = sqlite3.connect(tmp_path / "journal.sqlite3")
    other.execute("BEGIN EXCLUSIVE")
    second = replace(VOTE, vote="v2")
    with pytest.raises(DatabaseError, match="locked"):
        journal.record_vote(second)
    other.rollback()
    other.close()
    journal.record_vote(second)
    assert journal.counts()[0] == 2


def test_file_that_is_no_database_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_bytes(b"not a database, but long enough to be one" * 40)
    with pytest.raises(DatabaseError, match="not a database"):
        file_journal(tmp_path).record_vote(VOTE)


def test_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseError, match="check the folder"):
        file_journal(tmp_path / "file").prepare()
