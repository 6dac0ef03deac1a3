"""What stands between a request and the costly work: the rate of its client, a place, a deadline.

    perform(lambda on_stage: loaded.ask("what is TSD", on_stage=on_stage)) -> Answer, or RequestError

Whatever searches or answers over HTTP goes through `perform`, `stream` or `answer`, the search for
questions that a page suggests among it; health, files and the rest of a page do not.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, TypeVar

from flask import Response, current_app, g, request

from corpus.document import Language
from service import running
from service.answer_cache import AnswerCache
from service.config import Config
from service.current_library import ask_library
from service.errors import RequestError, as_request_error, error_event_json
from service.question import AskRequest
from service.rate_limit import open_limiter
from service.receipt import Receipt
from service.recently_used import RecentlyUsed
from service.render import Json, answer_json
from service.stream import answer_events
from service.work_pool import Result, Said, Work, WorkPool, follow, result

if TYPE_CHECKING:
    from service.library import Library


EXTENSION = "zhujiao.admission"
T = TypeVar("T")
_Choice = tuple[str, Language, tuple[str, ...]]
"""The version of an index, a language, publications of the index: what suggestions are found for."""
_CHOICES_KEPT = 64


class Admission:
    """The bounds of one worker."""

    def __init__(self, config: Config) -> None:
        self.pool = WorkPool(
            config.max_concurrent_asks, config.max_waiting_asks, config.ask_deadline_s
        )
        self.streams = BoundedSemaphore(config.max_streams)
        self.answers = AnswerCache(config.answers_kept)
        self.suggestions: RecentlyUsed[_Choice, Sequence[str]] = RecentlyUsed(_CHOICES_KEPT)
        self.limiter = open_limiter(config)
        self.heartbeat_s = config.stream_heartbeat_s


def perform(work: Work[T]) -> T:
    """The result of costly work. RequestError `rate_limited`, `overloaded` or `deadline`."""
    bounds = _admission()
    bounds.limiter.count(_client())
    return result(bounds.pool.submit(work), client_gone())


def answer(loaded: Library, asked: AskRequest) -> Json:
    """The Answer object for a checked question: kept from before, or made now."""
    bounds = _admission()
    bounds.limiter.count(_client())
    kept = _kept(loaded, asked, bounds.answers)
    if kept is not None:
        return kept
    return result(bounds.pool.submit(_asking(loaded, asked, bounds.answers)), client_gone())


def count_request() -> None:
    """Count a request that is not costly. RequestError `rate_limited` when it is one too many."""
    _admission().limiter.count(_client())


def stream(loaded: Library, asked: AskRequest) -> Response:
    """The Answer object for a checked question as server-sent events."""
    bounds = _admission()
    bounds.limiter.count(_client())
    kept = _kept(loaded, asked, bounds.answers)
    said = _at_once(kept) if kept is not None else _opened(bounds, loaded, asked)
    request_id: str = g.request_id
    recorder = running.recorder()

    def failed(error: Exception) -> Json:
        fault = as_request_error(error, request_id)
        recorder.failed(fault.code)
        return error_event_json(fault, request_id)

    response = Response(answer_events(said, failed), mimetype="text/event-stream")
    if kept is None:
        response.call_on_close(bounds.streams.release)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def suggestions(
    loaded: Library, language: Language, documents: Sequence[str] = ()
) -> Sequence[str]:
    """Questions to begin with, found once for a choice of publications; none when this client may not
    ask now, or the worker is too busy to find them."""
    kept = _admission().suggestions
    chosen = tuple(sorted(set(documents)))
    found = kept.get((loaded.index_version, language, chosen))
    if found is None:
        try:
            found = perform(lambda on_stage: loaded.suggestions(language, chosen, on_stage))
        except RequestError:
            return ()
        kept.put((loaded.index_version, language, chosen), found)
    return found


def client_gone() -> Callable[[], bool]:
    """Whether the client of this request has closed its connection, to be asked from any thread."""
    connection = request.environ.get("gunicorn.socket")
    if not isinstance(connection, socket.socket):
        return lambda: False

    def gone() -> bool:
        try:
            return not socket.socket.recv(connection, 1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    return gone


def _opened(
    bounds: Admission, loaded: Library, asked: AskRequest
) -> Generator[Said[Json], None, None]:
    if not bounds.streams.acquire(blocking=False):
        raise RequestError("overloaded")
    try:
        job = bounds.pool.submit(_asking(loaded, asked, bounds.answers))
    except RequestError:
        bounds.streams.release()
        raise
    return follow(job, client_gone(), bounds.heartbeat_s)


def _at_once(kept: Json) -> Generator[Said[Json], None, None]:
    yield Result(kept)


def _asking(loaded: Library, asked: AskRequest, answers: AnswerCache) -> Work[Json]:
    recorder = running.recorder()

    def work(on_stage: Callable[[str], None]) -> Json:
        with closing(recorder.timed(on_stage)) as timed:
            given = ask_library(loaded, asked, timed)
        made = answer_json(given, loaded.document)
        recorder.answered(made, asked.earlier)
        answers.put(loaded.index_version, _key(asked), made)
        return made

    return work


def _kept(loaded: Library, asked: AskRequest, answers: AnswerCache) -> Json | None:
    started = time.perf_counter()
    kept = answers.get(loaded.index_version, _key(asked))
    if kept is None:
        return None
    given = {**kept, "took_ms": round((time.perf_counter() - started) * 1000, 1)}
    running.recorder().answered(given, asked.earlier)
    return given


def _key(asked: AskRequest) -> Receipt:
    documents = tuple(sorted(asked.documents))
    return Receipt(asked.question, tuple(asked.earlier), documents, asked.asked_language)


def _client() -> str:
    return request.remote_addr or ""


def _admission() -> Admission:
    bounds: Admission = current_app.extensions[EXTENSION]
    return bounds
