from __future__ import annotations

import json
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.worker import TimedSocket
from tests.running_service import RunningService

ASK, QUESTION = "/api/v1/ask", {"question": "night opening visits"}
READ_S = 1.0
PATIENCE_S = 30
HEAD = b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture
def pair() -> Iterator[tuple[TimedSocket, socket.socket]]:
    plain, theirs = socket.socketpair()
    ours = TimedSocket.of(plain)
    yield ours, theirs
    ours.close()
    theirs.close()


def test_reading_ends_at_the_time_however_often_a_byte_comes(
    pair: tuple[TimedSocket, socket.socket],
) -> None:
    ours, theirs = pair
    ours.read_by = time.monotonic() + 0.2
    theirs.sendall(b"a")
    assert ours.recv(10) == b"a"
    assert ours.recv(10) == b""
    theirs.sendall(b"b")
    assert ours.recv(10) == b""
    ours.read_by = time.monotonic() + PATIENCE_S
    assert ours.recv(10) == b"b"
    assert ours.gettimeout() is None


def test_time_that_the_caller_sets_is_kept(pair: tuple[TimedSocket, socket.socket]) -> None:
    ours, _ = pair
    ours.read_by = time.monotonic() + PATIENCE_S
    ours.settimeout(0.05)
    with pytest.raises(TimeoutError):
        ours.recv(10)
    assert ours.gettimeout() == 0.05


def test_reader_who_takes_nothing_is_given_up(pair: tuple[TimedSocket, socket.socket]) -> None:
    ours, _ = pair
    ours.write_s = 0.1
    with pytest.raises(ConnectionResetError):
        ours.sendall(b"x" * 50_000_000)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    log = tmp_path_factory.mktemp("worker") / "log"
    with RunningService(log, workers=1, request_read_s=READ_S, keepalive_s=1) as service:
        yield service


def connected(service: RunningService) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def drip(connection: socket.socket, content: bytes) -> bytes:
    """Send a byte every 50 ms for as long as the other side takes them; what it said."""
    connection.settimeout(0.05)
    for byte in content:
        try:
            connection.sendall(bytes([byte]))
            return all_said(connection)
        except TimeoutError:
            continue
        except OSError:
            return b""
    raise AssertionError("it was taken whole")


def all_said(connection: socket.socket) -> bytes:
    """What the other side says until it is silent for a second or hangs up; a head and its body may come apart."""
    said = connection.recv(65_536)
    connection.settimeout(1)
    try:
        while more := connection.recv(65_536):
            said += more
    except OSError:
        pass
    return said


@pytest.mark.slow
def test_head_that_comes_too_slowly_is_not_waited_for(running: RunningService) -> None:
    started = time.monotonic()
    with connected(running) as connection:
        assert drip(connection, HEAD + b"X-Filler: " + b"x" * 1000) == b""
        assert time.monotonic() - started >= READ_S


@pytest.mark.slow
@pytest.mark.parametrize(
    ("length", "body"),
    [
        (b"Content-Length: 1000", b"{" * 1000),
        (b"Transfer-Encoding: chunked", b"3e8\r\n" + b"x" * 999),
    ],
)
def test_body_that_comes_too_slowly_is_408(
    length: bytes, body: bytes, running: RunningService
) -> None:
    with connected(running) as connection:
        connection.sendall(HEAD + length + b"\r\n\r\n")
        said = drip(connection, body)
        assert said.startswith(b"HTTP/1.1 408")
        assert b"body_incomplete" in said


@pytest.mark.slow
def test_body_that_ends_early_is_told_so(running: RunningService) -> None:
    with connected(running) as connection:
        connection.sendall(HEAD + b'Content-Length: 99\r\n\r\n{"question": "night"}')
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408")


@pytest.mark.slow
def test_slow_and_silent_connections_hold_up_nobody(running: RunningService) -> None:
    slow = [connected(running) for _ in range(100)]
    try:
        for connection in slow[:50]:
            connection.sendall(HEAD)
        for _ in range(5):
            assert running.post(ASK, QUESTION)[0] == 200
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.slow
def test_client_that_never_closes_holds_up_nobody(running: RunningService) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    left_open = [connected(running) for _ in range(20)]
    started = time.monotonic()
    for connection in left_open:
        connection.sendall(request)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
    assert time.monotonic() - started < 20, "gunicorn alone waits 2 s for each, one after the other"
    for connection in left_open:
        connection.close()


@pytest.mark.slow
def test_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    with RunningService(tmp_path / "log", workers=2) as service:
        workers = service.workers()
        os.kill(workers[0], signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE_S
        while len(set(service.workers()) - {workers[0]}) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert service.post(ASK, QUESTION)[0] == 200


@pytest.mark.slow
def test_workers_share_the_connections(tmp_path: Path) -> None:
    with RunningService(tmp_path / "log", workers=2, keepalive_s=60) as service:
        deadline = time.monotonic() + PATIENCE_S
        while len(service.workers()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(3)  # until both accept
        before = [_sockets_of(pid) for pid in service.workers()]
        kept = [connected(service) for _ in range(24)]
        for connection in kept:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        taken = [_sockets_of(pid) - of for pid, of in zip(service.workers(), before, strict=True)]
        for connection in kept:
            connection.close()
    assert sum(taken) == 24
    assert min(taken) >= 4


def _sockets_of(pid: int) -> int:
    opened = Path(f"/proc/{pid}/fd").iterdir()
    return sum(str(fd.readlink()).startswith("socket:") for fd in opened)


@pytest.mark.slow
def test_worker_that_gets_no_more_threads_goes_on_with_those_it_has(tmp_path: Path) -> None:
    """F23: forty clients at once, with address space for some threads more."""
    settings = {"workers": 1, "rate_limit": 0, "answers_kept": 0, "max_waiting_asks": 100}
    with RunningService(tmp_path / "log", **settings) as service:
        (worker,) = service.workers()
        pages = int(Path(f"/proc/{worker}/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + 40 * 2**20
        resource.prlimit(worker, resource.RLIMIT_AS, (most, most))
        with ThreadPoolExecutor(40) as clients:
            said = list(clients.map(lambda _: service.post(ASK, QUESTION)[0], range(80)))
        assert set(said) == {200}
        assert service.workers() == [worker]


@pytest.mark.slow
def test_client_that_leaves_gives_its_place_back(tmp_path: Path) -> None:
    settings = {"workers": 1, "max_concurrent_asks": 1, "max_waiting_asks": 0, "answers_kept": 0}
    with RunningService(tmp_path / "log", **settings) as service:
        for _ in range(30):
            with connected(service) as connection:
                body = json.dumps({"question": "night opening visits"}).encode()
                length = f"Content-Length: {len(body)}\r\n\r\n".encode()
                connection.sendall(HEAD + b"Accept: text/event-stream\r\n" + length + body)
        deadline = time.monotonic() + PATIENCE_S
        while service.post(ASK, QUESTION)[0] != 200:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert "failure" not in (tmp_path / "log").read_text("utf-8")
