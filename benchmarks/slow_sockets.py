"""500 connections that send or read slowly, in four modes, with a probe beside them (fault F8).

    ZHUJIAO_INDEX_DIR=/tmp/index .venv/bin/python -m benchmarks.slow_sockets [--sockets 500]

silent: connect and say nothing; head: a byte of the head every 0.5 s; body: the same of the body;
read: ask for a whole publication and read 1 KB a second through a small window. Printed for each
mode: probes (`/healthz` and a question in turn, one every 0.5 s) answered within 1 s, the slowest, how many of the
slow connections the service had closed within 30 s, and its memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any

from benchmarks.kills import QUESTIONS, ask, get
from benchmarks.served import Served

HOLD_S, STEP_S = 12.0, 0.5
CLOSED_WITHIN_S = 30.0
HEAD = b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
FILLER = b"X-Filler: " + b"x" * 2000
BODY = HEAD + b"Content-Length: 2000\r\n\r\n"
DOCUMENT = b"GET /api/v1/documents/indsr-2025-01 HTTP/1.1\r\nHost: localhost\r\n\r\n"
MODES = {"silent": b"", "head": HEAD + FILLER, "body": BODY + b"{" * 2000, "read": DOCUMENT}
AT_ONCE = {"silent": 0, "head": len(HEAD), "body": len(BODY), "read": len(DOCUMENT)}


class SlowClients:
    """Connections of one mode; `step` is called every STEP_S."""

    def __init__(self, port: int, mode: str, count: int) -> None:
        self._mode, self._sent = mode, AT_ONCE[mode]
        self._open = [self._connect(port) for _ in range(count)]

    def _connect(self, port: int) -> socket.socket:
        connection = socket.socket()
        if self._mode == "read":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.sendall(MODES[self._mode][: self._sent])
        connection.setblocking(False)
        return connection

    def step(self) -> None:
        """One byte more on each connection, or half a kilobyte read from it."""
        content = MODES[self._mode][self._sent : self._sent + 1]
        self._sent += len(content)
        self._open = [c for c in self._open if self._alive(c, content)]

    def _alive(self, connection: socket.socket, content: bytes) -> bool:
        try:
            if content:
                connection.send(content)
            if not connection.recv(512):
                raise ConnectionResetError
        except BlockingIOError:
            return True
        except OSError:
            connection.close()
            return False
        return True

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """Leave."""
        for connection in self._open:
            connection.close()


def trial(served: Served, mode: str, count: int) -> dict[str, Any]:
    """Figures of one mode."""
    clients = SlowClients(served.port, mode, count)
    started, took = time.monotonic(), []
    for i in range(round(HOLD_S / STEP_S)):
        time.sleep(max(0.0, started + i * STEP_S - time.monotonic()))
        clients.step()
        took.append(_probe(served.port, i))
    memory = served.memory()["all_mb"]
    while len(clients) and time.monotonic() < started + CLOSED_WITHIN_S and mode != "read":
        time.sleep(STEP_S)
        clients.step()
    left = len(clients)
    clients.close()
    return {
        "mode": mode,
        "sockets": count,
        "probes": len(took),
        "within_1_s": sum(t <= 1 for t in took),
        "slowest_s": round(max(took), 3),
        "closed_by_service": count - left,
        "memory_mb": memory,
    }


def _probe(port: int, number: int) -> float:
    started = time.monotonic()
    try:
        asked = number % 2 == 1
        question = QUESTIONS[number % len(QUESTIONS)]
        status, _ = ask(port, question) if asked else get(port, "/healthz")
    except (OSError, HTTPException):
        return float("inf")
    return time.monotonic() - started if status == 200 else float("inf")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every mode as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sockets", type=int, default=500)
    given = parser.parse_args(arguments)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    index = os.environ.get("ZHUJIAO_INDEX_DIR", "var/index")
    with tempfile.TemporaryDirectory() as work:
        database = f"sqlite:///{Path(work) / 'journal.sqlite3'}"
        limits = {"RATE_LIMIT": "0", "LOG_LEVEL": "error", "WORKERS": "2"}
        with Served({"INDEX_DIR": index, "DATABASE_URL": database, **limits}) as served:
            for mode in MODES:
                print(json.dumps(trial(served, mode, given.sockets)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
