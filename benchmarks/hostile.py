"""Send thousands of distinct hostile requests and count what should never happen.

    python -m benchmarks.hostile [COUNT] [SEED]     (15,000 of seed 7)
    -> {"requests": 15000, "5xx": 0, "tracebacks": 0, "other shapes": 0, "slow": 0, "slowest ms": 212, …}

In one process over the tiny publications of the tests and the model that ships, without a network. Slow is more
than two seconds of processor time, so that a busy machine finds none that are not there. Exit code 1 when
anything was found.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from flask.testing import FlaskClient

from benchmarks.hostile_inputs import Sent, requests
from index.build import index_documents
from index.bundled import DEFAULT_FOLDER
from index.embed import BUNDLED, open_embedder
from index.search import PassageIndex
from service.library import Library
from tests.tiny import tiny_client, tiny_document

SLOW_S = 2.0
TELLS = ("Traceback", 'File "', "site-packages", "RuntimeError", "/service/", "werkzeug")
"""What an answer must not hold, for it tells of our inside."""


@dataclass(slots=True)
class Found:
    """What was seen; `cases` keeps the first of each kind of fault."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    cases: dict[str, str] = field(default_factory=dict)
    slowest_s: float = 0.0

    def fault(self, kind: str, sent: Sent, said: str) -> None:
        """Count a fault and keep the request that showed it."""
        self.faults[kind] += 1
        self.cases.setdefault(kind, f"{str(sent)[:600]} -> {said[:300]}")


def bombard(client: FlaskClient, count: int, seed: int) -> Found:
    """Send `count` requests."""
    found = Found()
    for sent in requests(count, seed):
        started = time.process_time()
        path, _, query = sent.target.partition("?")
        line = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
        response = client.open(
            "/",
            method=sent.method,
            headers=list(sent.headers),
            data=sent.body,
            environ_overrides=line,
        )
        said = response.get_data(as_text=True)
        response.close()
        taken = time.process_time() - started
        found.slowest_s = max(found.slowest_s, taken)
        found.statuses[response.status_code] += 1
        _judge(found, sent, response, said, taken)
    return found


def _judge(found: Found, sent: Sent, response: Any, said: str, taken: float) -> None:
    if response.status_code >= 500:
        found.fault("5xx", sent, said)
    if response.status_code >= 400:
        if any(telling in said for telling in TELLS):
            found.fault("tracebacks", sent, said)
        if sent.method != "HEAD" and not _has_the_shape(response, said):
            found.fault("other shapes", sent, said)
    if taken > SLOW_S:
        found.fault("slow", sent, f"{taken:.1f} s")
    if not response.headers.get("X-Request-ID") or "Set-Cookie" in response.headers:
        found.fault("headers", sent, str(response.headers))


def _has_the_shape(response: Any, said: str) -> bool:
    """An error is our JSON object with the request's id, or a page in one of our languages."""
    request_id = response.headers.get("X-Request-ID", "-")
    if response.mimetype == "text/html":
        return '<html lang="' in said
    error = json.loads(said).get("error", {}) if response.mimetype == "application/json" else {}
    return list(error) == ["code", "message", "request_id"] and error["request_id"] == request_id


def _library() -> Library:
    """The stand-in for the model that the tests use knows every character; the model does not."""
    embedder = open_embedder(BUNDLED, DEFAULT_FOLDER)
    stored = index_documents([tiny_document("tiny"), tiny_document("twin")], embedder)
    return Library(PassageIndex(stored, embedder, "tiny-1"))


def main(count: str = "15000", seed: str = "7") -> int:
    """Print what was found as one JSON object; how many faults there were."""
    with tempfile.TemporaryDirectory() as place:
        settings = {"database_url": f"sqlite:///{place}/votes.sqlite3", "log_level": "error"}
        found = bombard(tiny_client(_library(), **settings), int(count), int(seed))
    kinds = ("5xx", "tracebacks", "other shapes", "slow", "headers")
    counts = {"requests": found.statuses.total(), **{kind: found.faults[kind] for kind in kinds}}
    statuses = {str(status): n for status, n in sorted(found.statuses.items())}
    slowest = {"slowest ms": round(found.slowest_s * 1000)}
    print(json.dumps({**counts, **slowest, "statuses": statuses, "cases": found.cases}, indent=1))
    return found.faults.total()


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
