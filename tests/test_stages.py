from __future__ import annotations

import time

from benchmarks.stages import REST, STAGES, Stopwatch, measuring, owner_of, stage_times
from tests.tiny import tiny_app


def burn(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_time_of_an_inner_stage_is_not_the_outer_ones() -> None:
    watch = Stopwatch()
    inner = watch.timed("inner", lambda: burn(0.04))

    def outer() -> None:
        burn(0.01)
        inner()

    watch.timed("outer", outer)()
    assert watch.spent["inner"] >= 0.04
    assert 0.01 <= watch.spent["outer"] < 0.03


def test_stages_add_up_to_the_whole_and_leave_nothing_behind() -> None:
    places = [place for of in STAGES.values() for place in of]
    before = [getattr(*owner_of(place)) for place in places]
    client = tiny_app().test_client()
    times = stage_times(
        lambda q: client.post("/api/v1/ask", json={"question": q}), ["night opening", "lamp"], 1
    )
    assert times["whole"][0] > 0
    parts = sum(of[0] for name, of in times.items() if name != "whole")
    assert abs(parts - times["whole"][0]) < 1e-6
    assert all(times[name][0] > 0 for name in ("BM25", "vectors", "sentence choice", REST))
    assert before == [getattr(*owner_of(place)) for place in places]


def test_measuring_twice_finds_the_functions_as_they_were() -> None:
    with measuring() as first:
        pass
    with measuring() as second:
        pass
    assert not first.spent
    assert not second.spent
