"""Kill the service at random moments while readers vote -> how many acknowledged votes are lost: none.

    python -m benchmarks.feedback_kills --kills 100
    python -m benchmarks.feedback_kills --kills 100 --database-url postgresql://user:password@host/name

Most kills hit a worker, every fourth the whole service, which is then started again. Whatever was
answered with 201 must stand in the database at the end, with its last verdict.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import signal
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from service.config import Config
from service.journal import Journal
from service.journal_report import votes
from service.receipt import Receipt
from tests.running_service import RunningService, free_port, send

READERS = 4
WHOLE = 4
"""One kill in so many hits the whole service."""


@dataclass
class Tally:
    """What readers were told; `acknowledged` has the verdicts that may stand there, by comment."""

    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    refused: int = 0
    broken: int = 0


def kill_while_readers_vote(
    kills: int, folder: Path, seed: int, url: str = ""
) -> Mapping[str, int]:
    """Votes acknowledged, requests broken by a kill, and acknowledged votes that are lost."""
    chance = random.Random(seed)
    url = url or f"sqlite:///{folder / 'votes.sqlite3'}"
    port, tally, over = free_port(), Tally(), Event()
    with ThreadPoolExecutor(READERS) as readers:
        reading = [readers.submit(_vote_until, over, port, tally) for _ in range(READERS)]
        try:
            _kill(kills, chance, port, url, folder / "log", tally)
        finally:
            over.set()
        for reader in reading:
            reader.result()
    stored = _stored(url)
    lost = sum(stored.get(name) not in may_be for name, may_be in tally.acknowledged.items())
    return {
        "kills": kills,
        "acknowledged": len(tally.acknowledged),
        "refused": tally.refused,
        "broken": tally.broken,
        "stored": len(stored),
        "lost": lost,
    }


def _kill(kills: int, chance: random.Random, port: int, url: str, log: Path, tally: Tally) -> None:
    done = 0
    while done < kills:
        with RunningService(log, port, workers=2, database_url=url, rate_limit=0) as service:
            while done < kills:
                _wait_for_votes(tally)
                time.sleep(chance.uniform(0.0, 0.5))
                done += 1
                if done % WHOLE == 0:
                    break  # the service and its workers are killed on the way out
                if workers := service.workers():
                    with suppress(ProcessLookupError):
                        os.kill(chance.choice(workers), signal.SIGKILL)


def _wait_for_votes(tally: Tally) -> None:
    """Until somebody votes again, so that every kill hits votes on their way."""
    before, deadline = len(tally.acknowledged), time.monotonic() + 60
    while len(tally.acknowledged) == before and time.monotonic() < deadline:
        time.sleep(0.01)


def _vote_until(over: Event, port: int, tally: Tally) -> None:
    """Vote up, then change the vote to down, each on a connection of its own."""
    while not over.is_set():
        name = secrets.token_hex(8)
        answer = Receipt(f"question {name}").encode()
        for verdict in ("up", "down"):
            vote = {"answer_id": answer, "verdict": verdict, "comment": name, "id": name}
            try:
                status, _ = send(port, "POST", "/api/v1/feedback", json.dumps(vote).encode())
            except (OSError, HTTPException):
                tally.broken += 1
                time.sleep(0.05)
                if name in tally.acknowledged:
                    tally.acknowledged[name] = {"up", "down"}  # changed or not: nobody was told
                break
            if status != 201:
                tally.refused += 1
                break
            tally.acknowledged[name] = {verdict}


def _stored(url: str) -> Mapping[str, str]:
    with closing(Journal.open(Config.model_validate({"database_url": url}))) as journal:
        return {vote["comment"]: vote["verdict"] for vote in votes(journal)}


def main() -> None:
    """Print the figures as JSON; exit status 1 when a vote is lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--database-url", default="")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and with it the service
    with TemporaryDirectory() as folder:
        figures = kill_while_readers_vote(given.kills, Path(folder), given.seed, given.database_url)
    print(json.dumps({"seed": given.seed, **figures}))
    raise SystemExit(1 if figures["lost"] else 0)


if __name__ == "__main__":
    main()
