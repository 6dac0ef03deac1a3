"""F17: every way to go wrong has the one shape, tells nothing of our inside, and speaks the reader's language."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.errors import ERRORS
from service.messages import LANGUAGES
from service.receipt import Receipt
from tests.tiny import tiny_client

ASK, SEARCH, ONE = "/api/v1/ask", "/api/v1/search", "/api/v1/documents"
TYPED = {"content_type": "application/json"}
TELLS = (
    "Traceback",
    'File "',
    ".py",
    "/home",
    "/usr",
    "site-packages",
    "Exception",
    "werkzeug",
    "0x",
)
CASES: tuple[tuple[str, str, dict[str, Any], int], ...] = (
    *(("GET", path, {}, 404) for path in ("/x", "/api", "/api/v2/ask", "/.git/config", "/.env", "/static/a/b")),
    *(("GET", f"{ONE}/{name}", {}, 404) for name in ("none", "..%2f", "%00", "tiny/", "tiny/footnotes/9")),
    *(("GET", f"/{door}/none", {}, 404) for door in ("documents", "answers", "api/v1/answers", "api/v1/sources")),
    ("GET", "/documents/none.json", {}, 404),
    ("GET", f"/api/v1/answers/{Receipt('').encode()}", {}, 400),
    ("GET", f"/answers/{Receipt('n' * 3000).encode()}", {}, 400),
    ("GET", f"/answers/{Receipt('n', documents=('gone',)).encode()}", {}, 404),
    *((method, ASK, {}, 405) for method in ("GET", "PUT", "PATCH", "DELETE", "TRACE")),
    *((method, "/", {}, 405) for method in ("PUT", "DELETE", "TRACE")),
    *(("POST", path, {"json": {}}, 405) for path in ("/healthz", SEARCH, ONE, "/documents/tiny")),
    *(("POST", ASK, {"data": body, **TYPED}, 400) for body in (b"", b"{", b"\xff", b"[" * 9999, b'{"a":1,"a":2}', b"NaN")),
    *(("POST", ASK, {"json": body}, 422) for body in ([0], "x", 1, {"question": 1}, {}, {"question": "q", "x": 1})),
    *(("POST", ASK, {"json": {"question": q}}, 400) for q in ("", " ", "\u200b", "q" * 2001)),
    ("POST", ASK, {"json": {"question": "\x00"}}, 422),
    ("POST", ASK, {"json": {"question": "q", "documents": ["none"]}}, 404),
    ("POST", ASK, {"data": b"q=1"}, 415),
    ("POST", ASK, {"data": b" " * 70_000, **TYPED}, 413),
    ("POST", "/", {"data": b"x", "content_type": "text/plain"}, 415),
    *(("GET", f"{SEARCH}{query}", {}, 400) for query in ("", "?q=", "?q=%20")),
    *(("GET", f"{SEARCH}?q=x&k={k}", {}, 422) for k in ("0", "-1", "x", "1e9", "51")),
    ("GET", f"{SEARCH}?q=x&documents=none", {}, 404),
    ("GET", f"{ONE}/tiny/cite?format=x", {}, 400),
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return tiny_client(log_level="error")


def test_there_are_more_than_forty() -> None:
    assert len({(method, path, str(sent)) for method, path, sent, _ in CASES}) >= 60
    assert {status for *_, status in CASES} == {400, 404, 405, 413, 415, 422}


@pytest.mark.parametrize(("method", "path", "sent", "status"), CASES, ids=range(len(CASES)))
def test_error_has_its_status_and_the_one_shape(
    method: str, path: str, sent: dict[str, Any], status: int, client: FlaskClient
) -> None:
    response = client.open(path, method=method, **sent)
    assert (response.status_code, response.mimetype) == (status, "application/json")
    (error,) = response.get_json().values()
    assert list(error) == ["code", "message", "request_id"]
    assert ERRORS[error["code"]][0] == status
    assert error["request_id"] == response.headers["X-Request-ID"]
    assert not [telling for telling in TELLS if telling in response.text]


@pytest.mark.parametrize(
    ("path", "language"), list(product(("/x", "/documents/none", "/answers/none"), LANGUAGES))
)
def test_reader_gets_a_page_in_the_language_of_the_browser(
    path: str, language: str, client: FlaskClient
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": f"{language},xx;q=0.1"}
    response = client.get(path, headers=headers)
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text
    assert response.headers["X-Request-ID"] in response.text
    assert not [telling for telling in TELLS[:3] if telling in response.text]


@pytest.mark.parametrize(
    "path", ["/", "/x", "/healthz", "/api/v1/ask", "/widget.js", "/documents/tiny"]
)
def test_every_response_has_its_headers_and_no_cookie(path: str, client: FlaskClient) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST", "TRACE"):
        headers = client.open(path, method=method).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors" in headers["Content-Security-Policy"]
        assert headers["X-Request-ID"]
        assert "Set-Cookie" not in headers
        assert "Server" not in headers
