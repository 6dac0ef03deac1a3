"""A service under gunicorn for tests: on a free port, over the tiny library, ended by its own process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.conftest import ROOT

GUNICORN = ("-m", "gunicorn", "--config", "python:service.gunicorn_conf", "tests.tiny:tiny_app()")
START_S = 90
Reply = tuple[int, bytes]


class RunningService:
    """Use it with `with`; `settings` are those of the environment without their prefix."""

    def __init__(self, log: Path, port: int | None = None, **settings: object) -> None:
        self.port = port or free_port()
        self.log = log
        given = {f"ZHUJIAO_{name.upper()}": str(value) for name, value in settings.items()}
        environ = {"PYTHONPATH": str(ROOT), "ZHUJIAO_PORT": str(self.port), **given}
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, *GUNICORN],
                cwd=ROOT,
                env={**os.environ, **environ},
                stderr=stderr,
                start_new_session=True,  # so that a test can end it with its workers at once
            )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.is_ready():
                return self
            time.sleep(0.1)
        self.kill()
        raise AssertionError(f"not ready: {self.log.read_text('utf-8')[-2000:]}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.send("GET", path, None, headers)

    def post(self, path: str, content: Mapping[str, Any]) -> Reply:
        return self.send("POST", path, json.dumps(content).encode())

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        return send(self.port, method, path, body, headers)

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz")[0] == 200
        except (OSError, HTTPException):
            return False

    def wait_until_in_flight(self, count: int, headers: Mapping[str, str] | None = None) -> None:
        """Wait until so many requests have begun and not ended, beside the one that asks /metrics.

        A request ends after its client has read the answer, so that a look at once would be too early.
        """
        deadline = time.monotonic() + START_S
        line = f"\nzhujiao_requests_in_flight {count + 1:.1f}\n".encode()
        while line not in (found := self.get("/metrics", headers))[1]:
            assert time.monotonic() < deadline, found
            time.sleep(0.02)

    def workers(self) -> list[int]:
        """The process ids of the workers, lowest first."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        return sorted(int(child) for child in children.split())

    def stop(self) -> int:
        """End it as an operator does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        """End it and its workers as a power cut does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=60)


def send(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Status and body over a connection of its own. OSError or HTTPException when it breaks."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        typed = {"Content-Type": "application/json", **(headers or {})}
        connection.request(method, path, body, typed)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
