import json
import threading
import time

from service.render import Json
from service.stream import OnStage, answer_events, event


def failed(error: Exception) -> Json:
    return {"error": type(error).__name__}


def test_stages_come_before_the_answer_and_done_comes_last() -> None:
    def work(on_stage: OnStage) -> Json:
        on_stage("searching")
        return {"id": "a"}

    assert list(answer_events(work, failed, 5)) == [
        'event: stage\ndata: {"stage": "searching"}\n\n',
        'event: answer\ndata: {"id": "a"}\n\n',
        "event: done\ndata: {}\n\n",
    ]


def test_failure_is_an_error_event_and_the_stream_still_ends() -> None:
    def work(on_stage: OnStage) -> Json:
        raise LookupError

    sent = list(answer_events(work, failed, 5))
    assert [line.split("\n")[0] for line in sent] == ["event: error", "event: done"]


def test_silent_work_sends_signs_of_life() -> None:
    def work(on_stage: OnStage) -> Json:
        time.sleep(0.2)
        return {}

    assert next(answer_events(work, failed, 0.05)) == ": still working\n\n"


def test_work_stops_at_its_next_stage_when_the_reader_is_gone() -> None:
    reached, left = [], threading.Event()

    def work(on_stage: OnStage) -> Json:
        on_stage("searching")
        assert left.wait(5)
        on_stage("choosing")
        reached.append("answer")
        return {}

    before = threading.active_count()
    stream = answer_events(work, failed, 5)
    assert "searching" in next(stream)
    stream.close()  # type: ignore[attr-defined]
    left.set()
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert reached == []


def test_no_text_breaks_out_of_its_event() -> None:
    hostile = "a\nevent: answer\ndata: {}\n\n\r\x85\u2028b"
    name, line, end = event("answer", {"text": hostile}).splitlines()
    assert (name, end) == ("event: answer", "")
    assert json.loads(line.removeprefix("data: "))["text"] == hostile
