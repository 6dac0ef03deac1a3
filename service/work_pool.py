"""The costly work of a worker: a few threads, a bounded queue before them, a deadline for each job.

    job = WorkPool(threads=2, waiting=16, deadline_s=10).submit(work)
    for said in follow(job, client_gone, heartbeat_s=10): ...

A request waits for its job in its own thread, so that what is quick (health, pages, files) never
waits behind it. Work that nobody waits for any more stops at its next stage, or never starts.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread
from typing import Any, Generic, TypeVar

from service.errors import RequestError

T = TypeVar("T")
OnStage = Callable[[str], None]
Work = Callable[[OnStage], T]

LOOK_S = 0.2
"""How often a waiting request looks whether its client is still there."""
IDLE_S = 30.0
"""After so long without work a thread ends."""


class _Stopped(Exception):
    """Raised inside work that nobody waits for."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The work has come to the stage of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing has happened for a while; the work goes on."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """The work is done."""

    value: T


Said = Stage | Heartbeat | Result[T]


class Job(Generic[T]):
    """One piece of work on its way through the pool; it is over by `deadline` (monotonic, s)."""

    def __init__(self, pool: WorkPool, work: Work[T], deadline: float) -> None:
        self.deadline = deadline
        self._pool = pool
        self._work = work
        self._said: SimpleQueue[Stage | Result[T] | Exception] = SimpleQueue()
        self._over = Event()

    def next(self, timeout_s: float) -> Stage | Result[T] | Exception | None:
        """What the work said next, the exception that ended it, or None after `timeout_s`."""
        try:
            return self._said.get(timeout=max(timeout_s, 0))
        except Empty:
            return None

    def stop(self) -> None:
        """Nobody waits any more: leave the queue, or end at the next stage."""
        self._over.set()
        self._pool.withdraw(self)

    def run(self) -> None:
        """Do the work; called by a thread of the pool."""
        try:
            self._check()
            self._said.put(Result(self._work(self._reach)))
        except _Stopped:
            return
        except Exception as error:  # it is raised again where the request waits
            self._said.put(error)

    def _reach(self, stage: str) -> None:
        self._check()
        self._said.put(Stage(stage))

    def _check(self) -> None:
        if self._over.is_set() or time.monotonic() >= self.deadline:
            raise _Stopped


class WorkPool:
    """At most `threads` jobs at work and `waiting` before them; each has `deadline_s` in all."""

    def __init__(self, threads: int, waiting: int, deadline_s: float) -> None:
        self._most_threads = threads
        self._most = threads + waiting
        self._deadline_s = deadline_s
        self._queue: deque[Job[Any]] = deque()
        self._changed = Condition()
        self._threads = 0
        self._busy = 0

    @property
    def load(self) -> int:
        """Jobs at work and waiting."""
        with self._changed:
            return self._busy + len(self._queue)

    def submit(self, work: Work[T]) -> Job[T]:
        """RequestError `overloaded` when as many jobs are in the pool as may be."""
        job = Job(self, work, time.monotonic() + self._deadline_s)
        with self._changed:
            if self._busy + len(self._queue) >= self._most:
                raise RequestError("overloaded")
            if self._busy + len(self._queue) >= self._threads < self._most_threads:
                self._start_thread()
            self._queue.append(job)
            self._changed.notify()
        return job

    def _start_thread(self) -> None:
        """Where the system gives none, those that there are go on; `overloaded` where there are none."""
        try:
            Thread(target=self._serve, name="work", daemon=True).start()
        except RuntimeError:
            if not self._threads:
                raise RequestError("overloaded") from None
        else:
            self._threads += 1

    def withdraw(self, job: Job[Any]) -> None:
        """Take a job that has not begun out of the queue."""
        with self._changed:
            if job in self._queue:
                self._queue.remove(job)

    def _serve(self) -> None:
        while job := self._taken():
            job.run()
            with self._changed:
                self._busy -= 1

    def _taken(self) -> Job[Any] | None:
        """The next job; None, and one thread fewer, when none came for a while."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._queue, IDLE_S):
                self._threads -= 1
                return None
            self._busy += 1
            return self._queue.popleft()


def follow(
    job: Job[T], gone: Callable[[], bool], heartbeat_s: float
) -> Generator[Said[T], None, None]:
    """What a job says up to its result, with a Heartbeat where it is silent for `heartbeat_s`.

    Raises what the work raised; RequestError `deadline`, or `client_closed` when `gone()`. However
    it ends, the job does not go on for longer than to its next stage.
    """
    beat = time.monotonic() + heartbeat_s
    try:
        while True:
            now = time.monotonic()
            said = job.next(min(LOOK_S, job.deadline - now, beat - now))
            if isinstance(said, Exception):
                raise said
            if said is not None:
                yield said
            if isinstance(said, Result):
                return
            now = time.monotonic()
            if now >= job.deadline:
                raise RequestError("deadline")
            if gone():
                raise RequestError("client_closed")
            if now >= beat:
                yield Heartbeat()
            if said is not None or now >= beat:
                beat = now + heartbeat_s
    finally:
        job.stop()


def result(job: Job[T], gone: Callable[[], bool]) -> T:
    """The result of a job. Raises what `follow` raises."""
    for said in follow(job, gone, heartbeat_s=float("inf")):
        if isinstance(said, Result):
            return said.value
    raise AssertionError("a job ends with its result or with an exception")
