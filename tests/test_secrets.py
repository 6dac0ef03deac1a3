"""No secret of the settings leaves the process: not in an answer, a log line, a metric or an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from service.cli import main
from service.config import Config, ConfigError, load_config
from tests.conftest import ROOT
from tests.running_service import GUNICORN, RunningService, free_port

CANARY = "canary-4f1d9c27-of-this-test"
SECRETS = [name for name, field in Config.model_fields.items() if field.annotation is SecretStr]
PATHS = ("/", "/embed", "/widget", "/openapi.json", "/healthz", "/readyz", "/metrics", "/nothing")


def with_canary(name: str) -> str:
    """A value with the canary in it, of a form that the setting takes."""
    forms = {
        "database_url": f"postgresql://{CANARY}:{CANARY}@127.0.0.1:9/name?application_name={CANARY}",
        "rate_store": f"redis://:{CANARY}@127.0.0.1:9/0",
    }
    return forms.get(name, CANARY)


def test_settings_that_hold_passwords_and_tokens_are_secret() -> None:
    assert {"database_url", "metrics_token", "question_key"} <= set(SECRETS)
    told = repr(Config.model_validate({name: with_canary(name) for name in SECRETS}))
    assert CANARY not in told


@pytest.mark.parametrize("name", SECRETS)
def test_secret_that_cannot_be_used_is_refused_without_it(name: str) -> None:
    wrong = f"{CANARY} \n"
    with pytest.raises(ConfigError, match=f"ZHUJIAO_{name.upper()} cannot be used") as caught:
        load_config({f"ZHUJIAO_{name.upper()}": wrong})
    assert CANARY not in str(caught.value)
    with pytest.raises(ValueError, match=name) as raised:
        Config.model_validate({name: wrong})
    assert CANARY not in str(raised.value)


@pytest.mark.slow
def test_service_with_a_canary_in_every_secret_shows_it_nowhere(tmp_path: Path) -> None:
    settings: dict[str, Any] = {name: with_canary(name) for name in SECRETS}
    log = tmp_path / "log"
    with RunningService(
        log, None, **settings, log_level="debug", database_timeout_s=0.2
    ) as running:
        told = [running.get(path) for path in PATHS]
        told.append(running.get("/metrics", {"Authorization": f"Bearer {CANARY}"}))
        answered = running.post("/api/v1/ask", {"question": "night opening visits"})
        told.append(answered)
        told.append(running.post("/api/v1/feedback", {"answer_id": "none", "verdict": "up"}))
        vote = {"answer_id": _id(answered[1]), "verdict": "up"}
        told.append(running.post("/api/v1/feedback", vote))
        assert running.stop() == 0
    statuses = [status for status, _ in told]
    assert statuses == [200, 200, 200, 200, 200, 200, 403, 404, 200, 200, 404, 503]
    assert CANARY.encode() not in b"".join(body for _, body in told)
    assert "database" in log.read_text("utf-8")
    assert CANARY not in log.read_text("utf-8")


@pytest.mark.parametrize("words", [["questions"], ["feedback"]])
def test_console_does_not_show_it(words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUJIAO_DATABASE_URL", with_canary("database_url"))
    monkeypatch.setenv("ZHUJIAO_DATABASE_TIMEOUT_S", "0.2")
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "check that the server runs" in result.stderr
    assert CANARY not in result.output


@pytest.mark.slow
@pytest.mark.parametrize("url", [f"nosuch://u:{CANARY}@h/n", f"postgresql://u:{CANARY}@h:port/n"])
def test_database_that_cannot_be_named_stops_the_start_in_one_line(url: str) -> None:
    environ = {"ZHUJIAO_DATABASE_URL": url, "ZHUJIAO_PORT": str(free_port())}
    stopped = subprocess.run(
        [sys.executable, *GUNICORN],
        cwd=ROOT,
        env={**os.environ, **environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert stopped.returncode != 0
    *_, last = stopped.stderr.strip().splitlines()
    assert last.startswith("ZHUJIAO_DATABASE_URL")
    assert "Traceback" not in stopped.stderr
    assert CANARY not in stopped.stderr


def _id(body: bytes) -> str:
    given: str = json.loads(body)["id"]
    return given
