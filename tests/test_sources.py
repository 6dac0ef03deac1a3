"""P9, P10: what is published lets anybody verify a citation, and tells nobody how near a probe came."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from service.app import create_app
from service.config import Config
from service.openapi import openapi_document
from service.sources import digest
from tests.conftest import ROOT
from tests.tiny import TEXT, tiny_client, tiny_library

SCRIPT = ROOT / "benchmarks" / "verify_served.py"
TELLS_HOW_NEAR = {
    "score",
    "rank",
    "distance",
    "cosine",
    "confidence",
    "dense",
    "lexical",
    "maxsim",
    "count",
    "total",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(Config(log_level="error"), tiny_library()))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def verified(address: str, questions: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(SCRIPT), address, str(questions)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_source_is_the_text_with_its_digest() -> None:
    source = tiny_client().get("/api/v1/sources/tiny").get_json()
    assert source["text"] == TEXT
    assert source["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [note["sha256"] for note in source["notes"]] == [
        digest(note["text"]) for note in source["notes"]
    ]
    assert len(source["notes"]) == 3
    assert source["index_version"] == "tiny-1"


def test_unknown_source_is_404() -> None:
    response = tiny_client().get("/api/v1/sources/none")
    assert (response.status_code, response.get_json()["error"]["code"]) == (
        404,
        "document_not_found",
    )


def test_script_that_knows_nothing_of_us_verifies_every_citation(
    address: str, tmp_path: Path
) -> None:
    questions = ("night opening visits", "note 1", "夜間開放的圖書館有何作用", "no such thing")
    rows = [{"question": q} for q in questions[:3]] + [{"turns": [questions[3]]}]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    done = verified(address, path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("4 questions, 3 answered, ")
    assert done.stdout.endswith(" citations, 0 wrong\n")


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=night", "/api/v1/documents/tiny", "/api/v1/sources/tiny"]
)
def test_no_score_and_no_count_is_given(path: str) -> None:
    assert TELLS_HOW_NEAR.isdisjoint(keys(tiny_client().get(path).get_json()))


def test_answers_hold_no_score_and_no_count() -> None:
    for question in ("night opening visits", "how do I reset my password"):
        answer = tiny_client().post("/api/v1/ask", json={"question": question}).get_json()
        assert TELLS_HOW_NEAR.isdisjoint(keys(answer))


def test_description_knows_no_score_and_no_count() -> None:
    schemas = openapi_document(Config())["components"]["schemas"]
    assert TELLS_HOW_NEAR.isdisjoint(keys(schemas["Answer"]) | keys(schemas["Hit"]))


def keys(value: Any) -> set[str]:
    """Every key of an object and of those in it."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()
