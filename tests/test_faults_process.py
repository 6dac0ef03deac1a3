"""F7, F15, F23: the process itself, where home, temporary folder, language or user are missing, and without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

SEGMENTS = """
import hashlib, json, pathlib, sys
from index.segment import terms
text = pathlib.Path("corpus/texts/indsr-2025-01.txt").read_text("utf-8")
found = terms(text)
print(json.dumps({"terms": len(found), "digest": hashlib.sha256(" ".join(found).encode()).hexdigest()}))
"""
WITHOUT_NETWORK = """
import json, sys
seen = []
sys.addaudithook(lambda name, args: seen.append(name) if name.startswith("socket.") else None)
from tests.tiny import tiny_client
client = tiny_client(log_level="error", feedback="off", question_log="off")
urls = ("https://evil.example/x", "http://169.254.169.254/latest", "//evil.example", "ftp://a")
for url in urls:
    assert client.post("/api/v1/ask", json={"question": f"night {url} visits"}).status_code == 200
    assert client.get("/api/v1/search", query_string={"q": url}).status_code == 200
for page in ("/", "/documents/tiny", "/embed", "/widget", "/openapi.json", "/api/v1/documents/tiny/cite?format=apa"):
    assert client.get(page).status_code == 200, page
print(json.dumps(seen))
"""


def run(code: str, cwd: Path = ROOT, user: int | None = None, **environ: str) -> Any:
    """What a fresh process prints, as JSON; its environment holds nothing but `environ`."""
    path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**path, "OMP_NUM_THREADS": "1", **environ},
        user=user,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def segments() -> Mapping[str, Any]:
    return run(SEGMENTS, LANG="C.UTF-8", HOME="/")  # type: ignore[no-any-return]


@pytest.mark.slow
def test_words_are_cut_alike_where_everything_is_missing(
    segments: Mapping[str, Any], tmp_path: Path
) -> None:
    """F7: no home, no temporary folder, language C."""
    assert segments["terms"] > 10_000
    assert run(SEGMENTS, LANG="C", TMPDIR=str(tmp_path / "none")) == segments


@pytest.mark.slow
def test_planted_cache_is_not_read_and_none_is_written(
    segments: Mapping[str, Any], tmp_path: Path
) -> None:
    """F7: jieba itself would read `jieba.cache` from the temporary folder, whoever wrote it."""
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(b"\xe9\x01\x00\x00\x00")
    assert run(SEGMENTS, LANG="C", TMPDIR=str(tmp_path), HOME=str(tmp_path)) == segments
    assert [p.name for p in tmp_path.iterdir()] == ["jieba.cache"]
    assert planted.read_bytes() == b"\xe9\x01\x00\x00\x00"


@pytest.mark.slow
def test_no_socket_is_opened_whatever_addresses_a_question_holds() -> None:
    """F15: nothing of ours asks for a socket; the listener is gunicorn's."""
    assert run(WITHOUT_NETWORK, LANG="C", HOME="/nonexistent") == []


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [262_144, 655_360, 1_000_000])
def test_too_little_memory_is_said_in_one_line(kilobytes: int, tmp_path: Path) -> None:
    """F23: without a look at the limit onnxruntime fails in its own words, or a library ends the process."""
    zhujiao = f"{sys.executable} -m service ask why"
    done = subprocess.run(
        ["sh", "-c", f"ulimit -v {kilobytes}; exec {zhujiao}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "zhujiao: there is too little memory; give the process 1 GB or more"
    ]
