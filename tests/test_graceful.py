"""Stop, reload and the shared rate limit, over a service with two workers."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.running_service import RunningService

ASK = "/api/v1/ask"
BODY = b'{"question": "night opening visits"}'
PATIENCE_S = 120

pytestmark = pytest.mark.slow


@contextmanager
def asked_all_the_while(service: RunningService) -> Iterator[Counter[str]]:
    """Two clients with a connection for each question; what became of the questions."""
    said, over, lock = Counter[str](), threading.Event(), threading.Lock()

    def ask_on() -> None:
        while not over.is_set():
            try:
                what = str(service.post(ASK, {"question": "night opening visits"})[0])
            except ConnectionRefusedError:
                return
            except (OSError, HTTPException) as error:
                what = type(error).__name__
            with lock:
                said[what] += 1

    clients = [threading.Thread(target=ask_on) for _ in range(2)]
    for client in clients:
        client.start()
    try:
        yield said
    finally:
        over.set()
        for client in clients:
            client.join()


def test_reload_loses_no_question_and_stop_none_that_has_begun(tmp_path: Path) -> None:
    settings = {"workers": 2, "rate_limit": 0, "metrics_networks": "127.0.0.1"}
    with RunningService(tmp_path / "log", None, **settings) as service:
        with asked_all_the_while(service) as said:
            before = set(service.workers())
            service.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + PATIENCE_S
            while before & set(service.workers()) or len(service.workers()) < 2:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        assert set(said) == {"200"}
        begun = [_half_sent(service.port) for _ in range(5)]
        service.wait_until_in_flight(len(begun))
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        for connection in begun:
            connection.sendall(BODY[10:])
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            connection.close()
        assert service.process.wait(PATIENCE_S) == 0


def _half_sent(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    head = "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    connection.sendall(f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:10])
    return connection


def test_two_workers_count_one_client_together(tmp_path: Path) -> None:
    with RunningService(tmp_path / "log", workers=2, rate_limit=30, rate_window_s=3600) as service:
        said = Counter(
            service.send("POST", ASK, b'{"question": "night"}', {"X-Forwarded-For": f"6.6.6.{i}"})[
                0
            ]
            for i in range(60)
        )
        assert said == {200: 30, 429: 30}
        assert service.get("/healthz")[0] == 200
