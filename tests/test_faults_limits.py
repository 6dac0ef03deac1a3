"""F1: one less than a limit, the limit, and one more; F22: a clock that jumps."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.config import Config
from tests.tiny import tiny_client

CONFIG = Config()
SMALL = {"max_question_characters": 40, "max_history_turns": 3, "max_search_results": 4}
Send = Callable[[FlaskClient, int], TestResponse]


def asked(client: FlaskClient, **fields: Any) -> TestResponse:
    return client.post("/api/v1/ask", json={"question": "night opening visits", **fields})


def of_bytes(client: FlaskClient, size: int) -> TestResponse:
    body = json.dumps({"question": "night"}).encode()
    padded = body + b" " * (size - len(body))
    return client.post("/api/v1/ask", data=padded, content_type="application/json")


LIMITS: dict[str, tuple[int, Send, int]] = {
    "question": (40, lambda c, n: asked(c, question="n" * n), 400),
    "query": (40, lambda c, n: c.get("/api/v1/search", query_string={"q": "n" * n}), 400),
    "question of the page": (40, lambda c, n: c.get("/", query_string={"q": "n" * n}), 400),
    "earlier question": (40, lambda c, n: asked(c, history=[{"question": "n" * n}]), 400),
    "turns": (3, lambda c, n: asked(c, history=[{"question": "q"}] * n), 422),
    "publications": (100, lambda c, n: asked(c, documents=["tiny"] * n), 422),
    "results": (4, lambda c, n: c.get("/api/v1/search", query_string={"q": "n", "k": n}), 422),
    "body": (CONFIG.max_body_bytes, of_bytes, 413),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limit_is_accepted_and_one_more_refused(name: str) -> None:
    limit, send, refused = LIMITS[name]
    client = tiny_client(None, **SMALL)
    for size in (limit - 1, limit):
        assert send(client, size).status_code == 200, size
    response = send(client, limit + 1)
    assert response.status_code == refused
    if response.mimetype == "application/json":
        assert list(response.get_json()["error"]) == ["code", "message", "request_id"]


def test_name_of_a_publication_longer_than_its_limit_is_refused_as_such() -> None:
    client = tiny_client()
    assert asked(client, documents=["d" * 200]).status_code == 404
    assert asked(client, documents=["d" * 201]).status_code == 422


@pytest.mark.parametrize("jump_s", [-86_400.0, 86_400.0, 3e9])
def test_clock_that_jumps_changes_no_answer_and_no_limit(
    jump_s: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F22: a day back, a day on, and past 2038; durations come from the clock that only runs on."""
    client = tiny_client(rate_limit=2, rate_store=f"sqlite:///{tmp_path}/rates")
    before = asked(client).get_json()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + jump_s)
    after = asked(client).get_json()
    assert {**after, "took_ms": 0} == {**before, "took_ms": 0}
    assert after["took_ms"] >= 0
    refused = asked(client)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= CONFIG.rate_window_s
    assert client.get("/healthz").status_code == 200
