"""How many questions the service answers over HTTP, how fast, and what it does with more than it can.

    python -m benchmarks.load [--workers 2] [--hold 60] [--work var/benchmarks] [--model var/model] [--out docs/benchmarks/load.json]

Starts the service over the first publication with the default settings (without a limit on one
client) and asks it from this process, on the same cores. Capacity C is the highest rate held for
--hold seconds with p99 at most 1 s and no error. About twelve minutes.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.fresh_questions import fresh_questions
from benchmarks.open_loop import HEALTH, Reply, ask_request, converse, offer
from benchmarks.served import Served, settings
from corpus.read import read_corpus
from index.bundled import DEFAULT_FOLDER
from service.config import Config
from service.library import build_index, corpus_folder

CLIENTS = (1, 2, 4, 8, 16, 32)
REPEATED = 20
P99_S = 1.0
SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Of the throughput that eight clients reach: the rates tried for C, the highest first."""
OFFERED = (0.8, 1, 2, 4)
"""Of C: below it, at it and beyond it, each for as long as C is held."""
SEED = 2026


def main() -> None:
    """Measure everything, print it and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--hold", type=float, default=60.0, help="seconds that C is held")
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--out", type=Path, default=record.RESULTS / "load.json")
    given = parser.parse_args()
    before = record.machine()
    config = Config(index_dir=given.work / "index", model_dir=given.model)
    build_index(config)
    fresh = map(ask_request, fresh_questions(read_corpus(corpus_folder(config)), SEED))
    with Served(settings(given.work, given.model, given.workers)) as served:
        asyncio.run(converse(served.port, fresh, 2, 3))  # warm
        figures = {
            "workers": given.workers,
            "hold_s": given.hold,
            **_measure(served.port, fresh, given.hold),
        }
    record.write(given.out, before, figures)


def _measure(port: int, fresh: Iterator[bytes], hold_s: float) -> dict[str, Any]:
    repeated = cycle(list(islice(fresh, REPEATED)))
    figures: dict[str, Any] = {}
    figures["steady"] = _told("5 a second", asyncio.run(offer(port, fresh, 5, hold_s)), hold_s)
    figures["clients"] = {
        str(n): _told(f"{n} clients", asyncio.run(converse(port, fresh, n, hold_s / 8)), hold_s / 8)
        for n in CLIENTS
    }
    figures["fresh"] = _capacity(port, fresh, hold_s)
    figures["repeated"] = _capacity(port, repeated, hold_s)
    capacity = figures["fresh"]["per_s"]
    figures["overload"] = {
        str(times): asyncio.run(_overload(port, fresh, capacity * times, hold_s))
        for times in OFFERED
    }
    figures["recovered_s"] = asyncio.run(_recovery(port, fresh, capacity))
    print(f"normal again {figures['recovered_s']} s after 4 C")
    return figures


def _capacity(port: int, requests: Iterator[bytes], hold_s: float) -> dict[str, float]:
    """The highest of the tried rates that is held, with what was measured while it was."""
    asyncio.run(converse(port, requests, 2, 1))
    replies = asyncio.run(converse(port, requests, 8, 8))
    flat_out = sum(r.status == 200 for r in replies) / 8
    for share in SHARES:
        if not _held(asyncio.run(offer(port, requests, flat_out * share, min(8.0, hold_s)))):
            continue
        replies = asyncio.run(offer(port, requests, flat_out * share, hold_s))
        told = _told(f"at {flat_out * share:.0f} a second", replies, hold_s)
        if _held(replies):
            return {"flat_out_per_s": round(flat_out, 1), **told}
    raise RuntimeError(f"not even {flat_out * SHARES[-1]:.1f} questions a second were held")


def _held(replies: Sequence[Reply]) -> bool:
    slow = record.milliseconds([r.latency_s for r in replies], 0.99) > 1000 * P99_S
    return not slow and all(r.status == 200 for r in replies)


async def _overload(
    port: int, requests: Iterator[bytes], per_second: float, seconds: float
) -> dict[str, float]:
    """Questions at a rate above capacity, with ten looks a second at /healthz beside them."""
    replies, health = await asyncio.gather(
        offer(port, requests, per_second, seconds), offer(port, cycle([HEALTH]), 10, seconds, 1)
    )
    refused = [r for r in replies if r.status == 503]
    told = {
        "offered_per_s": round(per_second, 1),
        **_told(f"{per_second:.0f} offered a second", replies, seconds),
        "refused": len(refused),
        "refused_with_retry_after": sum(r.retry_after for r in refused),
        "refused_p99_ms": record.milliseconds([r.latency_s for r in refused], 0.99),
        "health_p99_ms": record.milliseconds([r.latency_s for r in health], 0.99),
        "health_errors": sum(r.status != 200 for r in health),
    }
    print(f"  {told['refused']} refused, health p99 {told['health_p99_ms']} ms")
    return told


async def _recovery(port: int, requests: Iterator[bytes], capacity: float) -> float:
    """Seconds after five of 4 C until every question of half C is answered within P99_S for good."""
    await offer(port, requests, capacity * 4, 5)
    replies = await offer(port, requests, capacity / 2, 10)
    bad = [r.due_s for r in replies if r.status != 200 or r.latency_s > P99_S]
    return round(max(bad, default=0.0), 2)


def _told(what: str, replies: Sequence[Reply], seconds: float) -> dict[str, float]:
    answered = [r.latency_s for r in replies if r.status == 200]
    errors = sum(r.status not in (200, 503) for r in replies)
    figures = {
        "per_s": round(len(answered) / seconds, 1),
        "p50_ms": record.milliseconds(answered, 0.5),
        "p99_ms": record.milliseconds(answered, 0.99),
        "errors": errors,
    }
    print(what, _line(figures), flush=True)
    return figures


def _line(figures: Mapping[str, float]) -> str:
    return "  ".join(f"{name} {value}" for name, value in figures.items())


if __name__ == "__main__":
    main()
