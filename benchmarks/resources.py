"""What the service costs before the first question: start, memory by workers, and the building of an index.

    python -m benchmarks.resources [--work var/benchmarks] [--model var/model] [--out docs/benchmarks/resources.json]

A worker's start is measured on one that is killed: from the signal to the first 200 of its
successor. Processor seconds stand beside seconds of the clock, for those of a busy machine say little.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import record
from benchmarks.fresh_questions import fresh_questions
from benchmarks.open_loop import ask_request
from benchmarks.served import Served, settings
from corpus.read import read_corpus
from index.bundled import DEFAULT_FOLDER
from service.config import Config
from service.library import corpus_folder

QUESTIONS_EACH = 40
STARTS = 5
BUILD = "from service.cli import main; main(['build'])"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--out", type=Path, default=record.RESULTS / "resources.json")
    given = parser.parse_args()
    before = record.machine()
    figures: dict[str, Any] = {"build": _builds(given.work, given.model)}
    print(figures["build"])
    questions = [
        ask_request(q)
        for q in islice(
            fresh_questions(read_corpus(corpus_folder(Config())), seed=7), 3 * QUESTIONS_EACH
        )
    ]
    figures["memory"] = {}
    for workers in (1, 2, 3):
        with Served(settings(given.work, given.model, workers)) as served:
            _ask(served.port, questions[: workers * QUESTIONS_EACH])
            figures["memory"][str(workers)] = {
                **served.memory(),
                "service_start_s": round(served.start_s, 2),
            }
            print(workers, "workers", figures["memory"][str(workers)], flush=True)
            if workers == 1:
                figures["worker_start"] = _worker_starts(served)
                print(figures["worker_start"], flush=True)
    alone, three = (figures["memory"][n]["all_mb"] for n in ("1", "3"))
    figures["additional_worker_mb"] = round((three - alone) / 2, 1)
    record.write(given.out, before, figures)


def _builds(work: Path, model: Path) -> dict[str, float]:
    """The first publication's index from nothing, and again with nothing changed."""
    shutil.rmtree(work / "index", ignore_errors=True)
    figures: dict[str, float] = {}
    for what in ("whole", "unchanged"):
        used, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("ZHUJIAO_")},
            "ZHUJIAO_INDEX_DIR": str(work / "index"),
            "ZHUJIAO_MODEL_DIR": str(model),
            "OMP_NUM_THREADS": "1",
        }
        told = subprocess.run(
            [sys.executable, "-c", BUILD],
            cwd=record.ROOT,
            env=environ,
            check=True,
            capture_output=True,
            text=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime - used.ru_utime + after.ru_stime - used.ru_stime
        figures[f"{what}_s"] = round(time.perf_counter() - started, 1)
        figures[f"{what}_processor_s"] = round(processor, 1)
        print(told.stdout.strip())
    return figures


def _worker_starts(served: Served) -> dict[str, float]:
    seconds: list[float] = []
    processor: list[float] = []
    for _ in range(STARTS):
        (pid,) = served.worker_pids()
        started = time.perf_counter()
        os.kill(pid, signal.SIGKILL)
        served.wait_until_ready()
        seconds.append(time.perf_counter() - started)
        (successor,) = served.worker_pids()
        processor.append(_processor_s(successor))
    return {
        "median_s": round(median(seconds), 2),
        "most_s": round(max(seconds), 2),
        "processor_s": round(median(processor), 2),
    }


def _processor_s(pid: int) -> float:
    """User and system time of a process so far; fields 14 and 15 of proc(5)'s stat."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ask(port: int, requests: Sequence[bytes]) -> None:
    """Ask over connections of their own, so that every worker gets its share."""
    for request in requests:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(
            "POST",
            "/api/v1/ask",
            request.partition(b"\r\n\r\n")[2],
            {"Content-Type": "application/json"},
        )
        connection.getresponse().read()
        connection.close()


if __name__ == "__main__":
    main()
