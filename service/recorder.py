"""What is kept of each answer: a row in the question log, counts and times for Prometheus.

It is told of every question answered over HTTP, whole or streamed, made now or kept from before; not of
an answer that is opened again by its id.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from service.config import Config
from service.database_errors import DatabaseError, SchemaTooNew
from service.logs import log_trouble
from service.render import Json

if TYPE_CHECKING:
    from service.journal import Journal
    from service.metrics import Metrics
    from service.question_log import QuestionLog

EXTENSION = "zhujiao.recorder"
OnStage = Callable[[str], None]


class Recorder:
    """Without a log and without metrics it does nothing. Safe to share between threads."""

    def __init__(self, log: QuestionLog | None = None, metrics: Metrics | None = None) -> None:
        self._log = log
        self._metrics = metrics

    def start(self) -> None:
        """Begin to delete what is older than the retention, whether anybody asks or not."""
        if self._log:
            self._log.start()

    def answered(self, answer: Json, earlier: Sequence[str]) -> None:
        """An Answer object goes out; `earlier` is the questions before it."""
        if self._metrics:
            self._metrics.answers.labels(answer["status"], answer["language"]).inc()
            self._metrics.answer_seconds.observe(answer["took_ms"] / 1000)
        if self._log:
            self._log.put(answer, earlier)

    def failed(self, code: str) -> None:
        """An error was told, a refusal or a failure."""
        if self._metrics:
            self._metrics.errors.labels(code).inc()

    def timed(self, on_stage: OnStage) -> StageClock:
        """`on_stage`, with each stage's time measured; to be closed when the answer is made."""
        return StageClock(on_stage, self._observe)

    def _observe(self, stage: str, seconds: float) -> None:
        if self._metrics:
            self._metrics.stage_seconds.labels(stage).observe(seconds)


class StageClock:
    """Passes stages on, and tells how long each lasted."""

    def __init__(self, on_stage: OnStage, observe: Callable[[str, float], None]) -> None:
        self._on_stage = on_stage
        self._observe = observe
        self._stage: str | None = None
        self._since = 0.0

    def __call__(self, stage: str) -> None:
        """The answer has come to `stage`."""
        self.close()
        self._stage, self._since = stage, time.perf_counter()
        self._on_stage(stage)

    def close(self) -> None:
        """The last stage is over."""
        if self._stage is not None:
            self._observe(self._stage, time.perf_counter() - self._since)
            self._stage = None


def open_journal(config: Config) -> Journal | None:
    """None where the settings store nothing. DatabaseError when the URL names no usable database."""
    if not config.stores:
        return None
    from service.journal import Journal

    return Journal.open(config)


def open_recorder(config: Config, journal: Journal | None, metrics: Metrics | None) -> Recorder:
    """What the settings want kept."""
    if journal is None:
        return Recorder(None, metrics)
    from service.question_log import QuestionLog

    dropped = metrics.dropped.inc if metrics else lambda count: None
    return Recorder(QuestionLog(journal, config, dropped), metrics)


def prepare_journal(config: Config) -> None:
    """Make the tables once, before any worker starts.

    SystemExit with one line where the settings or a newer version forbid to go on. A database that
    is away does not: asking goes on, and every use tries again.
    """
    try:
        journal = open_journal(config)
    except DatabaseError as error:
        raise SystemExit(str(error)) from None
    if journal is None:
        return
    try:
        journal.prepare()
    except SchemaTooNew as error:
        raise SystemExit(str(error)) from None
    except DatabaseError as error:
        log_trouble("database", str(error))
    finally:
        journal.close()  # no connection may be shared with a worker
