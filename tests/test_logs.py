import json
import logging
import sys
from typing import Any

import pytest

from service.logs import JsonFormatter, log_failure, start_logging
from tests.tiny import tiny_client

Captured = pytest.CaptureFixture[str]


def written(capsys: Captured) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_line_is_one_json_object_even_with_line_ends_in_it() -> None:
    fields = {"fields": {"route": "/a\nb", "status": 200}}
    record = logging.LogRecord("zhujiao", logging.INFO, "", 0, "request", None, None)
    record.__dict__.update(fields)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    shown = json.loads(line)
    assert shown.pop("time").endswith("Z")
    assert shown == {"level": "info", "event": "request", "route": "/a\nb", "status": 200}


def test_request_line_names_the_route_and_holds_no_question(capsys: Captured) -> None:
    client = tiny_client()
    client.post("/api/v1/ask", json={"question": "whispered"})
    client.get("/api/v1/search?q=whispered")
    client.get("/?q=whispered")
    client.get("/documents/whispered")
    client.open("/", method="whispered")
    lines = written(capsys)
    assert [line["route"] for line in lines] == [
        *("/api/v1/ask", "/api/v1/search", "/", "/documents/<document_id>", "-")
    ]
    assert [line["status"] for line in lines] == [200, 200, 200, 404, 405]
    assert all(len(line["request_id"]) == 16 for line in lines)
    assert "whispered" not in json.dumps(lines).lower()


def test_failure_is_logged_by_its_type_and_where_it_passed(capsys: Captured) -> None:
    start_logging("error")
    try:
        raise KeyError("whispered")
    except KeyError as error:
        log_failure(error, "0123")
    (line,) = written(capsys)
    assert (line["error"], line["request_id"]) == ("KeyError", "0123")
    assert line["passed"][0].startswith("test_logs.py:")
    assert "whispered" not in json.dumps(line)


def test_line_of_gunicorn_keeps_its_error_and_loses_the_query() -> None:
    try:
        raise FileNotFoundError("no index; run `zhujiao build`")
    except FileNotFoundError:
        seen = sys.exc_info()
    arguments = ("/?q=whispered&lang=en",)
    record = logging.LogRecord("gunicorn.error", 40, "", 0, "Error at %s now", arguments, seen)
    line = json.loads(JsonFormatter().format(record))
    assert line["event"] == "Error at / now"
    assert (line["error"], line["message"]) == (
        "FileNotFoundError",
        "no index; run `zhujiao build`",
    )


def test_level_silences_what_is_less_severe(capsys: Captured) -> None:
    tiny_client(log_level="error").get("/healthz")
    assert written(capsys) == []
