"""kill -9 of a worker, of a build and of the whole service at random moments, with readers asking all the while.

    .venv/bin/python -m benchmarks.kills --kills 200 --work /tmp/kills

Two corpora with the same text under different names are built in turn, so that every answer says by its
citations which of them it came from. Counted are unreadable indexes and wrong answers (both
must be 0), and requests lost with a process. `so-far.json` in the folder has the figures after each kill.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.record import ROOT
from index import store

CHAPTER = ROOT / "corpus" / "texts" / "indsr-2025-01.txt"
QUESTIONS = (
    "what is TSD's inner core argument",
    "AUKUS 第二支柱",
    "四方安全对话的起源",
    "Luzon Economic Corridor",
)
KINDS = (
    "worker",
    "build",
    "worker",
    "worker",
    "build",
    "worker",
    "service",
    "worker",
    "build",
    "worker",
)
"""What is killed in turn: six of ten are workers, three of ten builds, one of ten the whole service."""
READY_S = 180.0
PYTHON = sys.executable
Answers = Mapping[tuple[str, str], Any]


@dataclass(slots=True)
class Tally:
    """What the readers met, and how long a worker was missing."""

    kills: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    replaced_s: list[float] = field(default_factory=list)


class Readers:
    """Threads that ask one question after the other and compare every answer."""

    def __init__(self, port: int, expected: Answers, tally: Tally) -> None:
        self._port, self._expected, self._tally = port, expected, tally
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.kind = "none"
        self._threads = [threading.Thread(target=self._ask_on, args=(i,)) for i in range(2)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Return once the last reply is in."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask_on(self, seed: int) -> None:
        chance = random.Random(seed)
        while not self._over.is_set():
            question = chance.choice(QUESTIONS)
            try:
                status, body = ask(self._port, question)
            except (OSError, HTTPException):
                self._count_lost()
                time.sleep(0.05)
                continue
            self._count(question, status, body)
            time.sleep(0.02)

    def _count_lost(self) -> None:
        with self._lock:
            self._tally.lost[self.kind] += 1

    def _count(self, question: str, status: int, body: bytes) -> None:
        with self._lock:
            if status == 503:
                self._tally.refused += 1
            elif status != 200:
                self._tally.wrong.append(f"{status}: {body[:200]!r}")
            else:
                self._tally.answered += 1
                answer = json.loads(body)
                known = self._expected.get((answer["index_version"], question))
                if known != comparable(answer):
                    self._tally.wrong.append(f"{answer['index_version']}: {question}")


class Service:
    """gunicorn over the index in `work`; it can be killed and started again at the same port."""

    def __init__(self, work: Path, environ: Mapping[str, str]) -> None:
        self._log = work / "service.log"
        self._environ = environ
        self.port = int(environ["ZHUJIAO_PORT"])
        self.start()

    def start(self) -> None:
        """Return once it is ready with both workers."""
        command = [PYTHON, "-m", "gunicorn", "--config", "python:service.gunicorn_conf"]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "service.app:create_app()"],
                cwd=ROOT,
                env=self._environ,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            try:
                if len(self.workers()) == 2 and get(self.port, "/readyz")[0] == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise RuntimeError(f"the service did not become ready; see {self._log}")

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        return [int(child) for child in children.split()]

    def kill(self) -> None:
        """End every process of it as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Trial:
    """One run: a service with readers, and a corpus that changes."""

    def __init__(self, work: Path, seed: int) -> None:
        shutil.rmtree(work, ignore_errors=True)
        self.root, self._progress = work / "index", work / "so-far.json"
        self.corpora = [_corpus(work, name) for name in ("first", "second")]
        self.environ = environ_of(work)
        self.tally, self._chance = Tally(), random.Random(seed)
        self._build_s, self._built = 1.0, 0
        self.expected: dict[tuple[str, str], Any] = {}
        for i in (0, 1):
            started = time.monotonic()
            self._start_build(i).wait()
            self._build_s = time.monotonic() - started
            self.expected |= self._answers()
        self.service = Service(work, self.environ)

    def run(self, kills: int) -> Tally:
        """So many kills, each at a moment that chance chooses."""
        readers = Readers(self.service.port, self.expected, self.tally)
        try:
            for i in range(kills):
                kind = KINDS[i % len(KINDS)]
                readers.kind = kind
                getattr(self, f"_kill_{kind}")()
                self.tally.kills[kind] += 1
                self._check_index(f"{kind} {i}")
                self._progress.write_text(json.dumps(report(self.tally), ensure_ascii=False))
                time.sleep(self._chance.uniform(0, 0.5))
            time.sleep(2)
        finally:
            readers.stop()
            self.service.kill()
        self._start_build(0).wait()
        left = [p.name for p in self.root.iterdir() if p.name.startswith(".")]
        self.tally.unreadable += [f"left behind: {name}" for name in left]
        return self.tally

    def _kill_worker(self) -> None:
        before = self.service.workers()
        os.kill(self._chance.choice(before), signal.SIGKILL)
        started = time.monotonic()
        while len(set(self.service.workers()) - set(before)) < 1:
            time.sleep(0.005)
        self.tally.replaced_s.append(time.monotonic() - started)
        time.sleep(self._chance.uniform(0, 3))

    def _kill_build(self) -> None:
        """Before it is done, or just after: then the next one is of the other corpus."""
        self._built += 1
        building = self._start_build(self._built % 2)
        time.sleep(self._chance.uniform(0, 1.2 * self._build_s))
        building.kill()
        building.wait()

    def _kill_service(self) -> None:
        time.sleep(self._chance.uniform(0, 1))
        self.service.kill()
        self._check_index("service")
        self.service.start()

    def _start_build(self, which: int) -> subprocess.Popen[bytes]:
        command = [PYTHON, "-m", "service", "build", str(self.corpora[which])]
        return subprocess.Popen(command, cwd=ROOT, env=self.environ, stderr=subprocess.DEVNULL)

    def _check_index(self, after: str) -> None:
        try:
            store.read(self.root)
        except (OSError, store.IndexDamagedError) as error:
            self.tally.unreadable.append(f"{after}: {error}")

    def _answers(self) -> dict[tuple[str, str], Any]:
        """What each question is answered by the index as it is, from a process of its own."""
        script = (
            "import json,sys; from service.config import load_config;"
            "from service.library import open_library; from service.render import answer_json;"
            "library = open_library(load_config());"
            "print(json.dumps([answer_json(library.ask(q), library.document) for q in sys.argv[1:]]))"
        )
        done = subprocess.run(
            [PYTHON, "-c", script, *QUESTIONS], cwd=ROOT, env=self.environ, stdout=subprocess.PIPE
        )
        answers = json.loads(done.stdout)
        return {(a["index_version"], a["question"]): comparable(a) for a in answers}


def comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """An Answer object without the time that it took."""
    return {**answer, "took_ms": 0}


def ask(port: int, question: str) -> tuple[int, bytes]:
    """Status and body. OSError or HTTPException when there is no whole reply."""
    return _send(port, "POST", "/api/v1/ask", json.dumps({"question": question}).encode())


def get(port: int, path: str) -> tuple[int, bytes]:
    """Status and body. OSError or HTTPException when there is no whole reply."""
    return _send(port, "GET", path, None)


def _send(port: int, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _corpus(work: Path, name: str) -> Path:
    folder = work / name
    folder.mkdir(parents=True)
    for suffix in (".txt", ".toml"):
        if CHAPTER.with_suffix(suffix).exists():
            shutil.copy(CHAPTER.with_suffix(suffix), folder / f"{name}{suffix}")
    return folder


def environ_of(work: Path) -> dict[str, str]:
    """Two workers, a new index looked for five times a second, no rate limit."""
    given = {
        "INDEX_DIR": work / "index",
        "DATABASE_URL": f"sqlite:///{work / 'journal.sqlite3'}",
        "WORKERS": 2,
        "PORT": _free_port(),
        "RATE_LIMIT": 0,
        "INDEX_CHECK_S": 0.2,
        "ANSWERS_KEPT": 0,
        "LOG_LEVEL": "warning",
    }
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZHUJIAO_")}
    ours = {f"ZHUJIAO_{name}": str(value) for name, value in given.items()}
    return {**kept, **ours, "OMP_NUM_THREADS": "1"}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def report(tally: Tally) -> dict[str, Any]:
    """The figures, as JSON."""
    waits = tally.replaced_s or [0.0]
    return {
        "kills": dict(tally.kills),
        "answered": tally.answered,
        "refused_503": tally.refused,
        "lost_by_kind": dict(tally.lost),
        "wrong_answers": tally.wrong,
        "unreadable_indexes": tally.unreadable,
        "worker_replaced_s": {"median": round(median(waits), 3), "most": round(max(waits), 3)},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when an answer was wrong or an index could not be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--work", type=Path, required=True, help="Folder that is emptied first.")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}", file=sys.stderr)
    tally = Trial(given.work, given.seed).run(given.kills)
    print(json.dumps(report(tally), ensure_ascii=False, indent=1))
    return 1 if tally.wrong or tally.unreadable else 0


if __name__ == "__main__":
    sys.exit(main())
