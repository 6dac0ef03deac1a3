"""What the doctor says of the database and the rate limit; of model, corpus and index it speaks in test_cli."""

from __future__ import annotations

import time
from pathlib import Path

from service.config import Config
from service.doctor import examine_one
from service.rate_store import SQLiteStore, open_store
from tests.journals import VOTE, asked, file_journal, file_settings


def test_database_is_named_with_what_it_holds(tmp_path: Path) -> None:
    journal = file_journal(tmp_path)
    journal.record_vote(VOTE)
    journal.record_questions([asked(1), asked(2)])
    found = examine_one("database", file_settings(tmp_path))
    assert found.sound
    assert found.message == f"{tmp_path / 'journal.sqlite3'} holds 1 votes and 2 questions"


def test_database_that_is_not_there_yet_is_not_made_by_looking(tmp_path: Path) -> None:
    found = examine_one("database", file_settings(tmp_path))
    assert found.sound
    assert "will be made" in found.message
    assert list(tmp_path.iterdir()) == []


def test_database_is_not_looked_for_where_nothing_is_stored(tmp_path: Path) -> None:
    off = file_settings(tmp_path / "none", feedback="off", question_log="off")
    assert examine_one("database", off).message.startswith("nothing is stored")


def test_database_that_cannot_be_used_is_bad_with_the_cure_and_without_its_password() -> None:
    url = "postgresql://canary:canary@127.0.0.1:9/name"
    config = Config.model_validate({"database_url": url, "database_timeout_s": 0.2})
    found = examine_one("database", config)
    assert not found.sound
    assert "ZHUJIAO_DATABASE_URL" in found.message
    assert "canary" not in found.message


def test_rate_limit_says_where_it_is_counted() -> None:
    assert "no limit" in examine_one("rate limit", Config(rate_limit=0)).message
    found = examine_one("rate limit", Config(rate_limit=7, rate_window_s=30))
    assert found.sound
    assert found.message == (
        "7 requests in 30 s, counted in a temporary file that the service makes at its start"
    )


def test_looking_at_the_rate_limit_leaves_every_count_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "rates.sqlite3"
    config = Config.model_validate({"rate_store": f"sqlite:///{path}", "rate_limit": 1})
    half_a_minute_ago = time.monotonic() - 30
    assert SQLiteStore(str(path), lambda: half_a_minute_ago).hit("192.0.2.1", 1, 60) == 0
    found = examine_one("rate limit", config)
    assert found.sound
    assert found.message.endswith("counted in a file that the workers share")
    assert 0 < open_store(f"sqlite:///{path}").hit("192.0.2.1", 1, 60) <= 30


def test_rate_store_that_is_not_there_yet_is_not_made_by_looking(tmp_path: Path) -> None:
    for place, sound in ((tmp_path, True), (tmp_path / "none", False)):
        store = f"sqlite:///{place / 'rates.sqlite3'}"
        assert (
            examine_one("rate limit", Config.model_validate({"rate_store": store})).sound is sound
        )
    assert list(tmp_path.iterdir()) == []


def test_rate_store_that_cannot_be_reached_is_bad_with_the_cure_and_without_its_password() -> None:
    config = Config.model_validate({"rate_store": "redis://canary:canary@127.0.0.1:9/0"})
    found = examine_one("rate limit", config)
    assert not found.sound
    assert "ZHUJIAO_RATE_STORE" in found.message
    assert "canary" not in found.message
