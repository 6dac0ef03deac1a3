"""The question log: beside the answer, bounded, written at the end, and silent about the text."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from service.journal import Journal
from service.question_log import QuestionLog
from service.render import Json
from tests.conftest import ROOT
from tests.journals import ASKED, file_journal, file_settings
from tests.running_service import RunningService
from tests.tiny import tiny_client


def answer(question: str = "what is TSD?", **changed: object) -> Json:
    near = {"document_id": "tiny", "section_id": "貳"}
    found: Json = {"question": question, "status": "not_found", "language": "en", "took_ms": 2.5}
    return {**found, "index_version": "tiny-1", "citations": [], "nearest": [near], **changed}


def stored(folder: Path, columns: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "journal.sqlite3")
    try:
        return connection.execute(f"SELECT {columns} FROM zhujiao_questions ORDER BY id").fetchall()
    finally:
        connection.close()


def logged(folder: Path) -> int:
    """How many questions are stored; none while the writer has not made its table yet."""
    try:
        return len(stored(folder, "id"))
    except sqlite3.OperationalError:
        return 0


def written(folder: Path, put: Callable[[QuestionLog], None], **settings: object) -> list[int]:
    """What was dropped, once everything that `put` left is written or dropped."""
    dropped: list[int] = []
    log = QuestionLog(
        file_journal(folder, **settings), file_settings(folder, **settings), dropped.append
    )
    put(log)
    log.close()
    return dropped


def test_question_is_stored_with_its_outcome_and_nearest_section(tmp_path: Path) -> None:
    assert written(tmp_path, lambda log: log.put(answer(), ["before"])) == []
    columns = "status, language, took_ms, index_version, document_id, section_id, earlier"
    assert stored(tmp_path, columns) == [("not_found", "en", 2.5, "tiny-1", "tiny", "貳", 1)]


def test_answered_question_is_stored_with_the_section_of_its_first_quote(tmp_path: Path) -> None:
    cited = [
        {"document_id": "twin", "section_id": "壹"},
        {"document_id": "tiny", "section_id": "貳"},
    ]
    written(tmp_path, lambda log: log.put(answer(citations=cited, nearest=[]), []))
    assert stored(tmp_path, "document_id, section_id") == [("twin", "壹")]


@pytest.mark.parametrize(("keep", "text"), [("off", None), ("on", "what is TSD?")])
def test_text_is_stored_only_where_the_settings_keep_it(
    tmp_path: Path, keep: str, text: str | None
) -> None:
    written(tmp_path, lambda log: log.put(answer(), []), keep_questions=keep)
    assert stored(tmp_path, "question_text") == [(text,)]
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"TSD" in files) == (keep == "on")


def test_same_question_asked_twice_is_known_as_one(tmp_path: Path) -> None:
    def put(log: QuestionLog) -> None:
        for question in ("what is TSD?", "What is  tsd", "what is AUKUS?"):
            log.put(answer(question), [])

    written(tmp_path, put)
    first, second, third = stored(tmp_path, "question")
    assert first == second != third


def test_nothing_is_stored_where_the_settings_say_so(tmp_path: Path) -> None:
    def put(log: QuestionLog) -> None:
        log.start()
        log.put(answer(), [])

    written(tmp_path, put, question_log="off")
    assert stored(tmp_path, "count(*)") == [(0,)]


def test_full_queue_drops_and_counts_and_never_waits(tmp_path: Path) -> None:
    class Held(Journal):
        """Writes nothing until it is let."""

        def record_questions(self, asked: Sequence[object]) -> None:
            time.sleep(0.2)

    dropped: list[int] = []
    config = file_settings(tmp_path, question_log_queue=3)
    log = QuestionLog(Held.open(config), config, dropped.append)
    for _ in range(20):
        log.put(answer(), [])
    log.close()
    assert 20 - 3 - 3 - 1 <= sum(dropped) <= 20 - 3


def test_database_that_fails_drops_and_counts(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").mkdir()
    assert sum(written(tmp_path, lambda log: log.put(answer(), []))) == 1


def test_old_questions_are_deleted_when_the_log_starts(tmp_path: Path) -> None:
    file_journal(tmp_path).record_questions([ASKED])
    written(tmp_path, lambda log: log.start(), retention_days=1)
    assert stored(tmp_path, "count(*)") == [(0,)]


@pytest.mark.slow
def test_what_is_queued_is_written_when_the_process_ends(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from tests.test_question_log import *\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "log = QuestionLog(file_journal(folder), file_settings(folder))\n"
        "for number in range(500): log.put(answer(f'question {number}'), [])\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)
    assert stored(tmp_path, "count(*)") == [(500,)]


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_every_way_to_ask_is_logged_repeated_questions_too(tmp_path: Path, accept: str) -> None:
    site = tiny_client(None, database_url=f"sqlite:///{tmp_path / 'journal.sqlite3'}")
    for _ in range(2):
        body = {"question": "night opening visits"}
        assert site.post("/api/v1/ask", json=body, headers={"Accept": accept}).data
    site.post("/", data={"question": "night opening visits"})
    site.post("/embed", data={"question": "night opening visits"})
    deadline = time.monotonic() + 20
    while logged(tmp_path) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert stored(tmp_path, "status, language") == [("answered", "en")] * 4


@pytest.mark.slow
def test_stop_of_the_service_loses_no_question(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'journal.sqlite3'}"
    with RunningService(tmp_path / "log", database_url=url, workers=2) as service:
        for number in range(30):
            asked = {"question": f"night opening {number}"}
            assert service.post("/api/v1/ask", asked)[0] == 200
        assert service.stop() == 0
    assert stored(tmp_path, "count(*)") == [(30,)]


def test_question_log_without_a_thread_fails_nobody_and_starts_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    def put(log: QuestionLog) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", no_more)
            log.put(answer("first"), [])
        log.put(answer("second"), [])

    assert written(tmp_path, put) == []
    assert logged(tmp_path) == 2
