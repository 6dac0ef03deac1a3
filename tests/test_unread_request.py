"""What a client gets, and what the log gets, for a request that no route of ours ever sees."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from email.parser import BytesParser
from http.client import HTTPResponse

import pytest
from gunicorn.http.errors import InvalidResponseHeader

from service.errors import ERRORS, RequestError
from service.headers import HEADERS
from service.unread_request import whole_response
from service.worker import Worker
from tests.running_service import RunningService

LONG = b"q" * 8200
UNREAD = {
    "address_too_long": [
        b"GET /api/v1/search?q=" + LONG + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /api/v1/" + b"whispered/" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    "headers_too_large": [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Whispered: " + LONG + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Whispered: 1\r\n" * 70 + b"\r\n",
    ],
    "bad_request": [
        b"whispered\r\n\r\n",
        b"GET /?q=a whispered word HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nwhispered word\r\n\r\n",
        b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: whispered\r\n\r\n",
        b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: whispered\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nExpect: whispered\r\n\r\n",
    ],
}
CASES = [(code, sent) for code, requests in UNREAD.items() for sent in requests]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    log = tmp_path_factory.mktemp("unread") / "log"
    with RunningService(log, workers=1) as service:
        yield service


def everything(connection: socket.socket) -> bytes:
    """All that the other side says until it closes."""
    return b"".join(iter(lambda: connection.recv(65_536), b""))


def parted(response: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = response.partition(b"\r\n\r\n")
    first, _, fields = head.partition(b"\r\n")
    return int(first.split()[1]), dict(BytesParser().parsebytes(fields).items()), body


@pytest.mark.slow
@pytest.mark.parametrize(("code", "sent"), CASES, ids=range(len(CASES)))
def test_request_that_cannot_be_read_gets_the_one_shape(
    code: str, sent: bytes, running: RunningService
) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(sent)
        status, headers, body = parted(everything(connection))
    error = json.loads(body)["error"]
    assert (status, error["code"]) == (ERRORS[code][0], code)
    assert list(error) == ["code", "message", "request_id"]
    assert headers["Content-Type"] == "application/json"
    assert headers["Connection"] == "close"
    assert HEADERS.items() <= headers.items()
    assert b"hispered" not in body
    log = running.log.read_text("utf-8")
    assert "hispered" not in log
    assert "ip=" not in log
    (line,) = [line for line in log.splitlines() if error["request_id"] in line]
    assert json.loads(line)["status"] == status
    assert running.get("/healthz")[0] == 200


@pytest.mark.slow
def test_longest_address_that_is_read_is_answered(running: RunningService) -> None:
    limit = 8190 - len("GET  HTTP/1.1")
    assert running.get("/" + "q" * (limit - 1))[0] == 404
    assert running.get("/" + "q" * limit)[0] == 414


def test_client_library_reads_the_response_whole() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        error = RequestError("overloaded")
        ours.sendall(whole_response(error, "0123456789abcdef"))
        response = HTTPResponse(theirs)
        response.begin()
        assert (response.status, response.reason) == (503, "Service Unavailable")
        assert response.headers["Retry-After"] == error.headers["Retry-After"]
        assert (
            json.loads(response.read())["error"]["request_id"] == response.headers["X-Request-ID"]
        )
        assert response.will_close


@pytest.mark.parametrize(
    "failure", [RuntimeError("whispered"), InvalidResponseHeader("X", "whispered")], ids=repr
)
def test_mistake_of_ours_is_500_and_says_nothing(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    ours, theirs = socket.socketpair()
    logging.getLogger("zhujiao").propagate = True
    with theirs, caplog.at_level(logging.ERROR, "zhujiao"):
        with ours:
            Worker.__new__(Worker).handle_error(None, ours, None, failure)
        status, _, body = parted(everything(theirs))
    told = json.loads(body)["error"]
    assert (status, told["code"]) == (500, "internal_error")
    lines = [json.dumps(record.fields) for record in caplog.records]  # type: ignore[attr-defined]
    (logged,) = {line for line in lines if told["request_id"] in line}
    assert type(failure).__name__ in logged
    assert "whispered" not in logged + body.decode()


def test_client_that_is_gone_is_no_failure() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        Worker.__new__(Worker).handle_error(None, ours, None, RuntimeError())
