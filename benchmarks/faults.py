"""Faults under load: another index, reload and stop, killed workers, clients who leave, one client who asks too much.

    .venv/bin/python -m benchmarks.faults --work /tmp/faults [swap reload kill leave rate]

Numbers of the fault tests that they stand for: swap F6, reload and kill F9, leave F12, rate F14. Each prints its
figures as a line of JSON; the criteria are in docs/operations.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from benchmarks.kills import QUESTIONS, Service, Trial, ask, comparable
from index import store

SWAP_REQUESTS, PER_SECOND, KILL_EVERY_S, KILLING_S = 1000, 20, 2.3, 30.0
LEAVERS, RATE, WINDOW_S, WINDOWS = 500, 60, 10, 3


class Load:
    """Questions at a steady rate from threads of their own, for as long as it is open."""

    def __init__(self, port: int, per_second: float = PER_SECOND) -> None:
        self.port, self.answered, self.statuses = port, 0, Counter[str]()
        self._over, self._lock = threading.Event(), threading.Lock()
        self._sender = threading.Thread(target=self._send, args=(per_second,))

    def __enter__(self) -> Load:
        self._sender.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._sender.join()

    def _send(self, per_second: float) -> None:
        chance = random.Random(1)
        with ThreadPoolExecutor(64) as threads:
            while not self._over.is_set():
                threads.submit(self._ask, chance.choice(QUESTIONS))
                time.sleep(chance.expovariate(per_second))

    def _ask(self, question: str) -> None:
        try:
            said = str(ask(self.port, question)[0])
        except ConnectionRefusedError:
            said = "nobody listens"
        except (OSError, HTTPException) as error:
            said = type(error).__name__
        with self._lock:
            self.statuses[said] += 1


def swap(trial: Trial) -> Mapping[str, Any]:
    """1,000 questions while the index changes every second: none may fail or mix versions."""
    versions = sorted(p.name for p in trial.root.iterdir() if p.is_dir())
    over, wrong, seen = threading.Event(), Counter[str](), Counter[str]()

    def publish() -> None:
        for i in range(10_000):
            if over.wait(1):
                return
            fresh = trial.root / ".CURRENT-trial"
            fresh.write_text(f"{versions[i % len(versions)]}\n")
            fresh.replace(trial.root / store.CURRENT)

    def question(i: int) -> None:
        text = QUESTIONS[i % len(QUESTIONS)]
        try:
            status, body = ask(trial.service.port, text)
        except (OSError, HTTPException) as error:
            wrong[type(error).__name__] += 1
            return
        if status != 200:
            wrong[str(status)] += 1
            return
        answer = json.loads(body)
        seen[answer["index_version"]] += 1
        if trial.expected.get((answer["index_version"], text)) != comparable(answer):
            wrong["mixed or other answer"] += 1

    publisher = threading.Thread(target=publish)
    publisher.start()
    with ThreadPoolExecutor(4) as clients:
        list(clients.map(question, range(SWAP_REQUESTS)))
    over.set()
    publisher.join()
    return {"requests": SWAP_REQUESTS, "failed": dict(wrong), "answers_by_version": dict(seen)}


def reload(trial: Trial) -> Mapping[str, Any]:
    """SIGHUP three times, then SIGTERM, under load: nothing that was accepted may be lost."""
    service = trial.service
    with Load(service.port) as load:
        for _ in range(3):
            before = set(service.workers())
            service.process.send_signal(signal.SIGHUP)
            _until(lambda before=before: not before & set(service.workers()))  # type: ignore[misc]
            time.sleep(2)
        through_reload = dict(load.statuses)
        service.process.send_signal(signal.SIGTERM)
        stopped = service.process.wait(60)
    service.start()
    return {"after_hup": through_reload, "after_term": dict(load.statuses), "exit": stopped}


def kill(trial: Trial) -> Mapping[str, Any]:
    """SIGKILL a worker every 2.3 s under load: at most the questions that it was working on may be lost."""
    chance, kills, replaced = random.Random(2), 0, []
    ends = time.monotonic() + KILLING_S
    with Load(trial.service.port) as load:
        while time.monotonic() < ends:
            before = trial.service.workers()
            os.kill(chance.choice(before), signal.SIGKILL)
            kills, started = kills + 1, time.monotonic()
            _until(lambda before=before: bool(set(trial.service.workers()) - set(before)))  # type: ignore[misc]
            replaced.append(round(time.monotonic() - started, 3))
            time.sleep(max(0.0, KILL_EVERY_S - replaced[-1]))
    return {"kills": kills, "statuses": dict(load.statuses), "replaced_s": max(replaced)}


def leave(trial: Trial) -> Mapping[str, Any]:
    """500 clients who close their connection at a random moment of their question."""
    chance, port = random.Random(3), trial.service.port
    for i in range(LEAVERS):
        body = json.dumps({"question": f"{QUESTIONS[i % len(QUESTIONS)]} {i}"}).encode()
        accept = "text/event-stream" if i % 2 else "application/json"
        head = (
            "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Accept: {accept}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(head.encode() + body)
            time.sleep(chance.uniform(0, 0.05))
    started = time.monotonic()
    _until(lambda: all(ask(port, q)[0] == 200 for q in QUESTIONS))
    log = (trial.root.parent / "service.log").read_text("utf-8")
    return {
        "left": LEAVERS,
        "all_answered_again_after_s": round(time.monotonic() - started, 3),
        "failures_in_the_log": log.count('"failure"') + log.count("Traceback"),
    }


def rate(trial: Trial) -> Mapping[str, Any]:
    """One address with forged headers ten times over its limit, then fifty addresses, over two workers."""
    trial.service.kill()
    limited = {"ZHUJIAO_RATE_LIMIT": str(RATE), "ZHUJIAO_RATE_WINDOW_S": str(WINDOW_S)}
    service = Service(trial.root.parent, {**trial.environ, **limited, "ZHUJIAO_ANSWERS_KEPT": "64"})
    trial.service = service
    ends, said, chance = time.monotonic() + WINDOW_S * WINDOWS, Counter[int](), random.Random(4)
    with ThreadPoolExecutor(8) as clients:
        while time.monotonic() < ends:
            forged = f"{chance.randrange(1, 224)}.0.0.{chance.randrange(256)}"
            clients.submit(lambda f=forged: said.update([_status(service.port, "127.0.0.1", f)]))  # type: ignore[misc]
            time.sleep(WINDOW_S / (RATE * 10))
    each = [_admitted(service.port, f"127.0.1.{i + 1}", RATE + 20) for i in range(50)]
    return {
        "offered": said.total(),
        "admitted": said[200],
        "expected": RATE * WINDOWS,
        "refused_429": said[429],
        "other": said.total() - said[200] - said[429],
        "fifty_addresses_admitted_each": sorted(set(each)),
    }


def _admitted(port: int, address: str, times: int) -> int:
    """How many of so many questions at once an address of its own gets answered."""
    with ThreadPoolExecutor(4) as clients:
        said = list(clients.map(lambda _: _status(port, address, "6.6.6.6"), range(times)))
    return said.count(200)


def _status(port: int, address: str, forged: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
    try:
        body = json.dumps({"question": QUESTIONS[0]}).encode()
        headers = {"Content-Type": "application/json", "X-Forwarded-For": forged}
        connection.request("POST", "/api/v1/ask", body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _until(done: Callable[[], bool], within_s: float = 120) -> None:
    deadline = time.monotonic() + within_s
    while not done():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not within {within_s} s")
        time.sleep(0.005)


TRIALS: Mapping[str, Callable[[Trial], Mapping[str, Any]]] = {
    "swap": swap,
    "reload": reload,
    "kill": kill,
    "leave": leave,
    "rate": rate,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials that are named, all by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("trials", nargs="*", default=list(TRIALS))
    parser.add_argument("--work", type=Path, required=True, help="Folder that is emptied first.")
    given = parser.parse_args(arguments)
    trial = Trial(given.work, seed=5)
    try:
        for name in given.trials:
            print(json.dumps({"trial": name, **TRIALS[name](trial)}), flush=True)
    finally:
        trial.service.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
