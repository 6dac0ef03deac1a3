"""The service under gunicorn, on a free port of this machine, as `zhujiao serve` starts it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APPLICATION = "tests.tiny:tiny_app()"
GUNICORN = ("-m", "gunicorn", "--config", "python:service.gunicorn_conf")
START_S = 90

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def launch(application: str, before: Sequence[str] = (), **settings: str) -> subprocess.Popen[str]:
    """gunicorn with one worker and its log on a pipe; `before` is a command that runs it."""
    given = {"PORT": str(free_port()), "WORKERS": "1", **settings}
    return subprocess.Popen(
        [*before, sys.executable, *GUNICORN, application],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            **{f"ZHUJIAO_{k}": v for k, v in given.items()},
        },
        stderr=subprocess.PIPE,
        text=True,
    )


class Server:
    """A running service, by default over the tiny library."""

    def __init__(self, application: str = APPLICATION, ready: int = 200, **settings: str) -> None:
        self.port = free_port()
        self.process = launch(application, PORT=str(self.port), **settings)
        self._wait_until_ready(ready)

    def send(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=30)[1]

    def _wait_until_ready(self, status: int) -> None:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.send("GET", "/readyz")[0] == status:
                    return
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        pytest.fail(f"not ready after {START_S} s: {self.process.communicate()[1][-2000:]}")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.process.kill()
    running.process.communicate()


def test_question_is_answered_over_a_socket(server: Server) -> None:
    status, body = server.send("POST", "/api/v1/ask", b'{"question": "night opening visits"}')
    assert status == 200
    assert json.loads(body)["status"] == "answered"


def test_twenty_megabytes_are_refused_in_the_one_shape(server: Server) -> None:
    status, body = server.send("POST", "/api/v1/ask", b"x" * 20_000_000)
    assert status == 413
    assert json.loads(body)["error"]["code"] == "body_too_large"
    assert server.send("GET", "/healthz")[0] == 200


def test_chunked_body_is_held_to_the_same_limit(server: Server) -> None:
    padding = b" " * 70_000
    status, _ = server.send("POST", "/api/v1/ask", iter([b'{"question": "q"}', padding]))
    assert status == 413
    status, _ = server.send("POST", "/api/v1/ask", iter([b'{"question": ', b'"night opening"}']))
    assert status == 200


def test_wrong_setting_stops_the_start_in_one_line() -> None:
    process = launch(APPLICATION, PORT="none")
    log = process.communicate(timeout=60)[1]
    assert process.returncode != 0
    assert log.startswith("ZHUJIAO_PORT='none' cannot be used: ")
    assert log.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "counted_in"),
    [
        ({}, r"sqlite:////.+-{port}/rates\.sqlite3"),
        ({"RATE_STORE": ""}, r"sqlite:////.+-{port}/rates\.sqlite3"),
        ({"RATE_STORE": "redis://host:1/0"}, "redis://host:1/0"),
    ],
    ids=["unset", "empty", "given"],
)
def test_workers_count_in_one_file_unless_a_store_is_named(
    given: Mapping[str, str], counted_in: str
) -> None:
    port = str(free_port())
    settings = {"FEEDBACK": "off", "QUESTION_LOG": "off", "PORT": port, **given}
    program = (
        "from service import config, gunicorn_conf as conf; conf.on_starting(None);"
        "print(config.load_config().rate_store.get_secret_value()); conf.on_exit(None)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **{f"ZHUJIAO_{k}": v for k, v in settings.items()}},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=START_S,
    )
    assert re.fullmatch(counted_in.format(port=port), told.stdout.strip())


def test_missing_index_is_said_with_the_cure_and_the_process_goes_on(tmp_path: Path) -> None:
    folder = str(tmp_path)
    server = Server("service.app:create_app()", 503, INDEX_DIR=folder, MODEL_DIR=folder)
    assert server.send("GET", "/healthz")[0] == 200
    error = json.loads(server.send("POST", "/api/v1/ask", b'{"question": "q"}')[1])["error"]
    assert error["code"] == "index_unavailable"
    assert "zhujiao build" in error["message"]
    assert "zhujiao build" in server.stop()


def test_stop_is_clean_and_the_log_is_json_without_questions() -> None:
    server = Server()
    server.send("POST", "/api/v1/ask", b'{"question": "whispered"}')
    log = server.stop()
    assert server.process.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert any(line.get("route") == "/api/v1/ask" for line in lines)
    assert "whispered" not in log


def test_service_whose_workers_never_live_ends_and_says_why() -> None:
    """F23: a system that kills every worker for its memory must not see them come again and again."""
    process = launch("os:_exit(1)")
    told = process.communicate(timeout=START_S)[1]
    assert process.returncode == 1
    assert told.count("exited with code 1") == 3
    assert "give the service 1 GB or more" in told


def test_limit_under_which_nothing_can_run_stops_the_start_in_one_line() -> None:
    """F23."""
    process = launch(APPLICATION, ["sh", "-c", 'ulimit -v 655360; exec "$@"', "sh"])
    told = process.communicate(timeout=START_S)[1]
    assert process.returncode == 1
    assert told == "there is too little memory; give the process 1 GB or more\n"


def test_worker_that_finds_no_room_for_its_index_ends_the_service_with_the_cure() -> None:
    """F23: an application of 100 terabytes."""
    process = launch("builtins:bytearray(100000000000000)")
    told = process.communicate(timeout=START_S)[1].splitlines()
    assert process.returncode != 0
    assert "zhujiao: there is too little memory; give the process 1 GB or more" in told
    assert sum("Booting worker" in line for line in told) == 1
    assert not any("Traceback" in line for line in told)
