"""Half an hour of readers, one request in twenty hostile: what fails, and what grows (fault F11).

    python -m benchmarks.soak [--minutes 30] [--per-second 25] [--work var/benchmarks] [--model var/model]

The rate should be about 0.7 of the capacity C that `benchmarks.load` prints. Printed every STEP_S seconds, and at the end as
JSON: statuses, and memory, open files and threads of the service, with the growth of its memory that lies in no file (and so
does not change with what else runs) once a sixth of the time has passed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fresh_questions import fresh_questions
from benchmarks.hostile_inputs import Sent
from benchmarks.hostile_inputs import requests as hostile_requests
from benchmarks.open_loop import TIMEOUT_S, ask_request, offer
from benchmarks.served import Served, settings
from corpus.read import read_corpus
from index.bundled import DEFAULT_FOLDER
from service.config import Config
from service.library import build_index, corpus_folder

STEP_S = 15.0
HOSTILE, DISTINCT = 0.05, 5000
WARM = 1 / 6
"""Of the time, at the start, that says nothing about growth: caches fill."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when anything was answered with 5xx, refusals apart, or not at all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--per-second", type=float, default=25.0)
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER)
    given = parser.parse_args(arguments)
    config = Config(index_dir=given.work / "index", model_dir=given.model)
    build_index(config)
    fresh = map(ask_request, fresh_questions(read_corpus(corpus_folder(config)), seed=29))
    hostile = _mixed()
    statuses: Counter[str] = Counter()
    samples: list[dict[str, float]] = []
    with Served(settings(given.work, given.model, 2)) as served:
        workers = served.worker_pids()
        for step in range(max(4, round(given.minutes * 60 / STEP_S))):
            _one_step(served.port, fresh, hostile, given.per_second, step, statuses)
            samples.append(_sample(served))
            print(json.dumps({"at_s": (step + 1) * STEP_S, **samples[-1]}), flush=True)
        replaced = served.worker_pids() != workers
    figures = {"statuses": dict(statuses), "workers_replaced": replaced, **_growth(samples)}
    print(json.dumps(figures, indent=1))
    failed = {s for s in statuses if s == "none" or (s.startswith("5") and s != "503")}
    return 1 if failed or replaced else 0


def _mixed() -> Iterator[Sent]:
    """Hostile requests of every kind from the beginning. As they are made, the longest come last, and memory with them."""
    made = list(hostile_requests(DISTINCT, seed=31))
    random.Random(37).shuffle(made)
    return cycle(made)


def _one_step(
    port: int,
    fresh: Iterator[bytes],
    hostile: Iterator[Sent],
    per_second: float,
    step: int,
    statuses: Counter[str],
) -> None:
    """Readers and, beside them, hostile clients for STEP_S seconds."""
    said: Counter[str] = Counter()
    over = threading.Event()

    def attack() -> None:
        while not over.wait(1 / (HOSTILE * per_second)):
            said[_status_of(port, next(hostile))] += 1

    attacker = threading.Thread(target=attack)
    attacker.start()
    replies = asyncio.run(offer(port, fresh, per_second * (1 - HOSTILE), STEP_S, step))
    over.set()
    attacker.join()
    statuses.update(str(reply.status) if reply.status else "none" for reply in replies)
    statuses.update({f"{status} to a hostile request": n for status, n in said.items()})


def _status_of(port: int, sent: Sent) -> str:
    """What a hostile request is answered; "closed" where it is not: what no parser can read gets no answer."""
    head = f"{sent.method} {sent.target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in sent.headers)
    head += f"Content-Length: {len(sent.body)}\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as connection:
            connection.sendall(head.encode("latin-1", "replace") + sent.body)
            first = connection.recv(16).split()
            while connection.recv(65_536):
                pass
    except TimeoutError:
        return "none"
    except OSError:
        return "closed"
    return first[1].decode("latin-1") if len(first) > 1 else "closed"


def _sample(served: Served) -> dict[str, float]:
    """Memory of all processes, files and threads of the workers, a moment after the last reply."""
    time.sleep(1)
    processes = [Path(f"/proc/{pid}") for pid in served.worker_pids()]
    memory = served.memory()
    return {
        "memory_mb": memory["all_mb"],
        "anonymous_mb": memory["anonymous_mb"],
        "files": sum(len(list((process / "fd").iterdir())) for process in processes),
        "threads": sum(len(list((process / "task").iterdir())) for process in processes),
    }


def _growth(samples: Sequence[dict[str, float]]) -> dict[str, Any]:
    """How fast memory grows, and the range of files and threads, after WARM of the time."""
    steady = samples[round(len(samples) * WARM) :]
    minutes = np.arange(len(steady)) * (STEP_S + 1) / 60
    slope = float(np.polyfit(minutes, [s["anonymous_mb"] for s in steady], 1)[0])
    ranges = {
        what: [min(s[what] for s in steady), max(s[what] for s in steady)]
        for what in ("memory_mb", "anonymous_mb", "files", "threads")
    }
    return {"anonymous_mb_a_minute": round(slope, 3), **ranges}


if __name__ == "__main__":
    sys.exit(main())
