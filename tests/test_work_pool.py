import threading
import time
from collections.abc import Callable

import pytest

from service.errors import RequestError
from service.work_pool import Heartbeat, Job, OnStage, Result, Stage, WorkPool, follow, result

PATIENCE_S = 30


def still_there() -> bool:
    return False


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RequestError) as raised:
        act()
    return raised.value.code


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class Gate:
    """Work that waits until it is let through."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, on_stage: OnStage) -> str:
        self.begun.set()
        assert self.open.wait(PATIENCE_S)
        on_stage("through")
        return "done"


def test_result_comes_back_after_the_stages() -> None:
    def work(on_stage: OnStage) -> int:
        on_stage("a")
        on_stage("b")
        return 7

    job = WorkPool(1, 0, PATIENCE_S).submit(work)
    assert list(follow(job, still_there, 10)) == [Stage("a"), Stage("b"), Result(7)]


def test_what_the_work_raises_is_raised_where_the_request_waits() -> None:
    def work(on_stage: OnStage) -> None:
        raise LookupError("not here")

    pool = WorkPool(1, 0, PATIENCE_S)
    with pytest.raises(LookupError, match="not here"):
        result(pool.submit(work), still_there)
    wait_until(lambda: pool.load == 0)


def test_work_beyond_threads_and_queue_is_refused_and_later_taken_again() -> None:
    pool, gates = WorkPool(2, 1, PATIENCE_S), [Gate() for _ in range(3)]
    jobs = [pool.submit(gate) for gate in gates]
    assert code_of(lambda: pool.submit(lambda _: 1)) == "overloaded"
    assert pool.load == 3
    for gate in gates:
        gate.open.set()
    assert [result(job, still_there) for job in jobs] == ["done"] * 3
    wait_until(lambda: pool.load == 0)
    assert result(pool.submit(lambda _: 1), still_there) == 1


def test_no_more_work_runs_at_once_than_there_are_threads() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work(on_stage: OnStage) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.002)
        with lock:
            running -= 1

    pool = WorkPool(3, 100, PATIENCE_S)
    jobs = [pool.submit(work) for _ in range(60)]
    for job in jobs:
        result(job, still_there)
    assert 1 <= most <= 3


def test_deadline_ends_work_that_runs_and_work_that_waits() -> None:
    pool, gate = WorkPool(1, 1, deadline_s=0.1), Gate()
    running = pool.submit(gate)
    assert gate.begun.wait(PATIENCE_S)
    waiting: Job[int] = pool.submit(lambda _: 1)
    assert code_of(lambda: result(running, still_there)) == "deadline"
    assert code_of(lambda: result(waiting, still_there)) == "deadline"
    assert pool.load == 1, "the one that waited has left, the other goes on to its next stage"
    gate.open.set()
    wait_until(lambda: pool.load == 0)


def test_work_whose_client_is_gone_never_begins() -> None:
    pool, gate, done = WorkPool(1, 1, PATIENCE_S), Gate(), threading.Event()
    running = pool.submit(gate)
    waiting = pool.submit(lambda _: done.set())
    assert code_of(lambda: result(waiting, lambda: True)) == "client_closed"
    assert pool.load == 1
    gate.open.set()
    assert result(running, still_there) == "done"
    wait_until(lambda: pool.load == 0)
    assert not done.is_set()


def test_work_whose_client_is_gone_stops_at_its_next_stage() -> None:
    pool, gate = WorkPool(1, 0, PATIENCE_S), Gate()
    job = pool.submit(gate)
    assert gate.begun.wait(PATIENCE_S)
    assert code_of(lambda: result(job, lambda: True)) == "client_closed"
    gate.open.set()
    wait_until(lambda: pool.load == 0)
    assert job.next(0) is None, "it neither reached its stage nor gave a result"


def test_silent_work_gives_signs_of_life() -> None:
    gate = Gate()
    heard = follow(WorkPool(1, 0, PATIENCE_S).submit(gate), still_there, heartbeat_s=0.02)
    assert [next(heard), next(heard)] == [Heartbeat(), Heartbeat()]
    gate.open.set()
    assert [s for s in heard if s != Heartbeat()] == [Stage("through"), Result("done")]


def test_where_no_thread_can_be_had_work_waits_for_one_or_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_more(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    pool, gate = WorkPool(2, 5, PATIENCE_S), Gate()
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", no_more)
        assert code_of(lambda: pool.submit(gate)) == "overloaded"
        assert pool.load == 0
    first = pool.submit(gate)
    assert gate.begun.wait(PATIENCE_S)
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", no_more)
        second = pool.submit(lambda _: 2)
    gate.open.set()
    assert (result(first, still_there), result(second, still_there)) == ("done", 2)
