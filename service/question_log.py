"""The question log: each question asked becomes a row of the journal, without an answer waiting for it.

Answers put what was asked into a bounded queue; one thread of the worker writes it down, many
rows in one commit. What finds the queue full, or the database away, is dropped and counted.
The same thread deletes once a day what is older than the retention.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

from service.config import Config
from service.database_errors import DatabaseError
from service.journal import DAY_S, Asked, Journal
from service.logs import log_trouble
from service.render import Json

_BATCH = 200


@dataclass(frozen=True, slots=True)
class _Heard:
    """An Answer object as it went out, the questions before it, and when, in seconds since 1970."""

    answer: Json
    earlier: Sequence[str]
    asked_at: int


class QuestionLog:
    """One for each worker. `on_dropped` is told how many questions were not written down."""

    def __init__(
        self,
        journal: Journal,
        config: Config,
        on_dropped: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._journal = journal
        self._on = config.question_log == "on"
        self._keep_text = config.keep_questions == "on"
        self._on_dropped = on_dropped
        self._queue: Queue[_Heard | None] = Queue(config.question_log_queue)
        self._closing = Event()
        self._starting = Lock()
        self._thread: Thread | None = None

    def put(self, answer: Json, earlier: Sequence[str]) -> None:
        """Leave a question to be written down. Never waits and never fails."""
        if not self._on:
            return
        try:
            self._queue.put_nowait(_Heard(answer, earlier, int(time.time())))
        except Full:
            self._on_dropped(1)
        if self._thread is None:
            self.start()

    def start(self) -> None:
        """Begin to write and to purge; what is queued when the process ends is still written."""
        with self._starting:
            if self._thread is not None:
                return
            thread = Thread(target=self._run, name="question-log", daemon=True)
            try:
                thread.start()
            except (
                RuntimeError
            ) as error:  # the system gives no more threads; the next question tries again
                log_trouble("question log", str(error))
                return
            self._thread = thread
            atexit.register(self.close)

    def close(self, wait_s: float = 5.0) -> None:
        """Write what is queued, then stop; gives up after `wait_s`."""
        self._closing.set()
        with suppress(Full):  # a thread that has much to write needs no call
            self._queue.put_nowait(None)
        if self._thread is not None:
            self._thread.join(wait_s)
        atexit.unregister(self.close)

    def _run(self) -> None:
        purge_at = time.monotonic()
        while not (self._closing.is_set() and self._queue.empty()):
            if time.monotonic() >= purge_at:
                purge_at = time.monotonic() + DAY_S
                self._purge()
            if batch := list(self._waiting(purge_at - time.monotonic())):
                self._write(batch)

    def _waiting(self, wait_s: float) -> Iterator[_Heard]:
        """What is queued; waits for the first, not for more. None is the call to close."""
        try:
            for count in range(_BATCH):
                heard = self._queue.get(block=count == 0, timeout=max(0.0, wait_s))
                if heard is None:
                    return
                yield heard
        except Empty:
            return

    def _write(self, batch: Sequence[_Heard]) -> None:
        try:
            self._journal.record_questions([self._row(heard) for heard in batch])
        except DatabaseError as error:
            self._on_dropped(len(batch))
            log_trouble("question log", f"{len(batch)} questions were not stored: {error}")

    def _row(self, heard: _Heard) -> Asked:
        answer = heard.answer
        place: Json = next(iter((*answer["citations"], *answer["nearest"])), {})
        return Asked(
            question=self._journal.question_digest(answer["question"], heard.earlier),
            asked_at=heard.asked_at,
            status=answer["status"],
            language=answer["language"],
            took_ms=answer["took_ms"],
            index_version=answer["index_version"],
            document_id=place.get("document_id"),
            section_id=place.get("section_id"),
            earlier=len(heard.earlier),
            question_text=answer["question"] if self._keep_text else None,
        )

    def _purge(self) -> None:
        try:
            self._journal.purge()
        except DatabaseError as error:
            log_trouble("retention", str(error))
