import json
import logging

import pytest

from service.answer import Answer
from service.errors import ERRORS
from service.library import Library
from service.messages import LANGUAGES
from tests.tiny import shared_client, tiny_client

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Failing(Library):
    """A library whose every answer fails with a message that must not leave the process."""

    def __init__(self) -> None:
        """It holds no index."""

    @property
    def index_version(self) -> str:
        return "none"

    def ask(self, question: str, *rest: object, **more: object) -> Answer:
        raise RuntimeError(f"/secret/path {question}")


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("GET", "/nothing", {}, 404, "not_found"),
        ("GET", "/documents/none", {}, 404, "document_not_found"),
        ("GET", "/documents/none.json", {}, 404, "document_not_found"),
        ("GET", "/answers/none", {}, 404, "answer_not_found"),
        ("PUT", "/api/v1/ask", {}, 405, "method_not_allowed"),
        ("TRACE", "/", {}, 405, "method_not_allowed"),
        (
            "POST",
            "/api/v1/ask",
            {"data": b"{", "content_type": "application/json"},
            400,
            "invalid_json",
        ),
        ("POST", "/api/v1/ask", {"data": b"{}"}, 415, "unsupported_media_type"),
        ("POST", "/api/v1/ask", {"json": {"question": 1}}, 422, "invalid_request"),
        ("POST", "/api/v1/ask", {"json": {"question": ""}}, 400, "question_empty"),
        ("POST", "/api/v1/ask", {"json": {"question": "x" * 10_000}}, 400, "question_too_long"),
        (
            "POST",
            "/api/v1/ask",
            {"data": b"x" * 70_000, "content_type": "application/json"},
            413,
            "body_too_large",
        ),
        ("POST", "/", {"data": {"question": "x" * 70_000}}, 413, "body_too_large"),
        ("GET", "/api/v1/search", {}, 400, "question_empty"),
    ],
)
def test_every_error_has_the_one_shape(
    method: str, path: str, sent: dict[str, object], status: int, code: str
) -> None:
    response = shared_client().open(path, method=method, **sent)  # type: ignore[arg-type]
    assert response.status_code == status == ERRORS[code][0]
    assert response.mimetype == "application/json"
    assert list(response.get_json()) == ["error"]
    error = response.get_json()["error"]
    assert list(error) == ["code", "message", "request_id"]
    assert error["code"] == code
    assert error["request_id"] == response.headers["X-Request-ID"]
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", LANGUAGES)
def test_reader_gets_a_page_in_their_language(language: str) -> None:
    response = shared_client().get(f"/documents/none?lang={language}", headers=BROWSER)
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert LANGUAGES[language].errors["document_not_found"] in response.text  # type: ignore[index]
    assert response.headers["X-Request-ID"] in response.text


def test_api_answers_a_browser_in_json() -> None:
    assert shared_client().get("/api/v1/none", headers=BROWSER).mimetype == "application/json"


def test_method_refused_names_those_allowed() -> None:
    assert "POST" in shared_client().delete("/api/v1/ask").headers["Allow"]


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_unexpected_failure_tells_nothing_and_is_logged_without_the_question(
    accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = tiny_client(Failing())
    logging.getLogger("zhujiao").propagate = True
    with caplog.at_level(logging.ERROR, "zhujiao"):
        response = client.post(
            "/api/v1/ask", json={"question": "whispered"}, headers={"Accept": accept}
        )
        body = response.text
    assert "internal_error" in body
    assert "secret" not in body
    assert "RuntimeError" not in body
    (record,) = caplog.records
    logged = json.dumps(record.fields)  # type: ignore[attr-defined]
    assert "RuntimeError" in logged
    assert "whispered" not in logged
    assert response.headers["X-Request-ID"] in logged


def test_no_default_message_holds_a_traceback_or_a_path() -> None:
    for status, message in ERRORS.values():
        assert 400 <= status < 600
        assert "Traceback" not in message
