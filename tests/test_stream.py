import json
import time
from collections.abc import Generator

from service.errors import RequestError
from service.render import Json
from service.stream import answer_events, event
from service.work_pool import Heartbeat, OnStage, Result, Said, Stage, WorkPool, follow


def failed(error: Exception) -> Json:
    return {"error": type(error).__name__}


def said(*things: Said[Json] | Exception) -> Generator[Said[Json], None, None]:
    for thing in things:
        if isinstance(thing, Exception):
            raise thing
        yield thing


def test_stages_come_before_the_answer_and_done_comes_last() -> None:
    assert list(answer_events(said(Stage("searching"), Result({"id": "a"})), failed)) == [
        'event: stage\ndata: {"stage": "searching"}\n\n',
        'event: answer\ndata: {"id": "a"}\n\n',
        "event: done\ndata: {}\n\n",
    ]


def test_failure_is_an_error_event_and_the_stream_still_ends() -> None:
    sent = list(answer_events(said(Stage("searching"), LookupError()), failed))
    assert [line.split("\n")[0] for line in sent] == ["event: stage", "event: error", "event: done"]


def test_sign_of_life_is_a_comment() -> None:
    assert next(answer_events(said(Heartbeat()), failed)) == ": still working\n\n"


def test_nothing_more_is_sent_to_a_reader_who_is_gone() -> None:
    assert list(answer_events(said(RequestError("client_closed")), failed)) == []


def test_work_ends_when_its_stream_is_closed() -> None:
    def work(on_stage: OnStage) -> Json:
        on_stage("searching")
        while True:
            time.sleep(0.01)
            on_stage("choosing")

    pool = WorkPool(threads=1, waiting=0, deadline_s=60)
    stream = answer_events(follow(pool.submit(work), lambda: False, 5), failed)
    assert "searching" in next(stream)
    stream.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 30
    while pool.load and time.monotonic() < deadline:
        time.sleep(0.01)
    assert pool.load == 0


def test_no_text_breaks_out_of_its_event() -> None:
    hostile = "a\nevent: answer\ndata: {}\n\n\r\x85\u2028b"
    name, line, end = event("answer", {"text": hostile}).splitlines()
    assert (name, end) == ("event: answer", "")
    assert json.loads(line.removeprefix("data: "))["text"] == hostile
