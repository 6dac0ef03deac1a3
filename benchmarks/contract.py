"""The service against its own description: every phase of schemathesis, over HTTP, against gunicorn.

    python -m benchmarks.contract [EXAMPLES] [SEED]     (160 examples an address, seed 5)
    -> schemathesis's own report: cases generated, checks, failures; exit code 1 when any check failed

The library is the tiny one of the tests. A response may take two seconds of a quiet machine; on a busy
one, give it more: `CONTRACT_SECONDS=10`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.running_service import RunningService

PHASES = "examples,coverage,fuzzing,stateful"
SETTINGS = """[checks]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 428, 429, 431, "5xx"]
"""
"""Beside schemathesis's own statuses of refusal those of a request that is too long to be read."""


def main(examples: str = "160", seed: str = "5") -> int:
    """Run schemathesis against a service of its own; its exit code."""
    program = str(Path(sys.executable).with_name("schemathesis"))
    with (
        tempfile.TemporaryDirectory() as place,
        RunningService(
            Path(place) / "log", rate_limit=0, workers=1, database_url=f"sqlite:///{place}/votes"
        ) as service,
    ):
        settings = Path(place) / "schemathesis.toml"
        settings.write_text(SETTINGS, "utf-8")
        address = f"http://127.0.0.1:{service.port}/openapi.json"
        limits = ("--max-response-time", os.environ.get("CONTRACT_SECONDS", "2"))
        amount = ("--max-examples", examples, "--seed", seed, "--phases", PHASES)
        command = [
            program,
            "--config-file",
            str(settings),
            "run",
            address,
            "--mode",
            "all",
            *amount,
            *limits,
        ]
        return subprocess.run([*command, "--request-timeout", "60"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
