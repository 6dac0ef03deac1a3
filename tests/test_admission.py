from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.document import Language
from index.search import PassageIndex
from service import admission
from service.admission import Admission
from service.answer import Answer
from service.library import Library
from service.receipt import Receipt
from tests.tiny import tiny_client

ASK = "/api/v1/ask"
EVENTS = {"Accept": "text/event-stream"}
PATIENCE_S = 30


class Held(Library):
    """The tiny library, whose answers wait until they are let through."""

    def __init__(self, index: PassageIndex) -> None:
        super().__init__(index)
        self.open, self.begun = threading.Event(), threading.Semaphore(0)
        self.finished: list[str] = []

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        language: Language | None = None,
        on_stage: Callable[[str], None] | None = None,
    ) -> Answer:
        self.begun.release()
        assert self.open.wait(PATIENCE_S)
        answer = super().ask(question, history, documents, language, on_stage)
        self.finished.append(question)
        return answer


@pytest.fixture
def held(tiny_index: PassageIndex) -> Iterator[Held]:
    library = Held(tiny_index)
    yield library
    library.open.set()


@pytest.fixture
def pool(held: Held) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads
        held.open.set()


def ask(client: FlaskClient, question: str = "ovens", **headers: str) -> TestResponse:
    return client.application.test_client().post(ASK, json={"question": question}, headers=headers)


def bounds(client: FlaskClient) -> Admission:
    found: Admission = client.application.extensions[admission.EXTENSION]
    return found


def busy(client: FlaskClient, held: Held, pool: ThreadPoolExecutor) -> Future[TestResponse]:
    """A question at work, all others refused."""
    running = pool.submit(ask, client, "the first")
    assert held.begun.acquire(timeout=PATIENCE_S)
    return running


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_question_beyond_the_bound_is_503_and_everything_quick_goes_on(
    held: Held, pool: ThreadPoolExecutor
) -> None:
    client = tiny_client(held, max_concurrent_asks=1, max_waiting_asks=0)
    running = busy(client, held, pool)
    for headers in ({}, EVENTS):
        response = ask(client, **headers)
        assert response.status_code == 503
        assert response.get_json()["error"]["code"] == "overloaded"
        assert int(response.headers["Retry-After"]) > 0
    assert client.get("/api/v1/search?q=ovens").status_code == 503
    for path in ("/healthz", "/readyz", "/", "/embed", "/documents/bakery-en", "/api/v1/documents"):
        assert client.get(path).status_code == 200
    held.open.set()
    assert running.result(PATIENCE_S).status_code == 200
    assert ask(client).status_code == 200


def test_form_of_a_busy_worker_keeps_the_question(held: Held, pool: ThreadPoolExecutor) -> None:
    client = tiny_client(held, max_concurrent_asks=1, max_waiting_asks=0)
    busy(client, held, pool)
    response = client.post("/", data={"question": "who built the ovens"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "who built the ovens" in response.text


def test_deadline_is_one_clear_error_and_an_event_in_a_stream(held: Held) -> None:
    client = tiny_client(held, ask_deadline_s=0.1)
    plain = ask(client)
    assert plain.status_code == 503
    assert plain.get_json()["error"]["code"] == "deadline"
    assert plain.headers["Retry-After"]
    events = ask(client, **EVENTS).text.strip().split("\n\n")
    names = [block.split("\n")[0] for block in events]
    assert names[-2:] == ["event: error", "event: done"]
    error = json.loads(events[-2].split("data: ")[1])["error"]
    assert list(error) == ["code", "message", "request_id", "retry_after"]
    assert (error["code"], error["retry_after"]) == ("deadline", int(plain.headers["Retry-After"]))


@pytest.mark.parametrize(
    "path", ["/api/v1/answers/{}", "/api/v1/answers/{}/cite?format=ris", "/answers/{}"]
)
def test_answer_given_again_stops_at_its_deadline(held: Held, path: str) -> None:
    client = tiny_client(held, ask_deadline_s=0.1)
    address = path.format(Receipt("who built the ovens").encode())
    assert client.get(address).status_code == 503
    held.open.set()
    wait_until(lambda: bounds(client).pool.load == 0)
    assert held.finished == []


def test_streams_beyond_the_bound_are_refused_until_one_is_closed(held: Held) -> None:
    client = tiny_client(held, max_streams=1, max_concurrent_asks=8, stream_heartbeat_s=0.1)
    first = client.post(ASK, json={"question": "ovens"}, headers=EVENTS, buffered=False)
    assert first.status_code == 200
    refused = ask(client, **EVENTS)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (503, "overloaded")
    first.close()
    held.open.set()
    wait_until(lambda: bounds(client).pool.load == 0)
    assert "event: answer" in ask(client, **EVENTS).text


def test_repeated_question_is_answered_from_memory(tiny_index: PassageIndex) -> None:
    client = tiny_client(Library(tiny_index))
    first = ask(client, "who built the ovens").get_json()
    again = ask(client, "who built the ovens").get_json()
    assert len(bounds(client).answers) == 1
    assert {**again, "took_ms": 0} == {**first, "took_ms": 0}
    assert 0 <= again["took_ms"] < first["took_ms"]
    streamed = ask(client, "who built the ovens", **EVENTS).text
    assert streamed.startswith("event: answer\n")


def test_kept_answer_is_given_even_when_the_worker_is_busy(
    held: Held, pool: ThreadPoolExecutor
) -> None:
    client = tiny_client(held, max_concurrent_asks=1, max_waiting_asks=0)
    held.open.set()
    assert ask(client, "who built the ovens").status_code == 200
    held.open.clear()
    held.begun.acquire()
    busy(client, held, pool)
    assert ask(client, "who built the ovens").status_code == 200
    assert ask(client, "another").status_code == 503


SUGGESTED = '<button name="question"'


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_suggestions_are_found_once_and_count_as_one_question(held: Held, path: str) -> None:
    client = tiny_client(held, rate_limit=2)
    held.open.set()
    for query in (
        "documents=bakery-en&documents=bees-hans",
        "documents=bees-hans&documents=bakery-en",
    ):
        assert SUGGESTED in client.get(f"{path}?{query}&documents=bakery-en&lang=en").text
    tried = len(held.finished)
    assert ask(client).status_code == 200
    assert ask(client).status_code == 429
    unfound = client.get(f"{path}?lang=en")
    assert (unfound.status_code, SUGGESTED in unfound.text) == (200, False)
    assert SUGGESTED in client.get(f"{path}?{query}&lang=en").text
    assert len(held.finished) == tried + 1


def test_search_for_suggestions_stops_at_the_deadline(held: Held) -> None:
    client = tiny_client(held, ask_deadline_s=0.1)
    page = client.get("/")
    assert (page.status_code, SUGGESTED in page.text) == (200, False)
    held.open.set()
    wait_until(lambda: bounds(client).pool.load == 0)
    assert held.finished == []


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_nothing_is_suggested_beside_an_answer_or_an_error(held: Held, path: str) -> None:
    client = tiny_client(held)
    held.open.set()
    assert SUGGESTED not in client.post(path, data={"question": "who built the ovens"}).text
    assert SUGGESTED not in client.post(path, data={"question": " "}).text
    assert SUGGESTED not in client.get(f"{path}?documents=nowhere").text
    assert held.finished == ["who built the ovens"]
    assert len(bounds(client).suggestions) == 0
