"""A sample of the hostile requests; all of them: `python -m benchmarks.hostile`."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from benchmarks.hostile import bombard
from benchmarks.hostile_inputs import requests
from tests.tiny import tiny_client


def test_requests_are_distinct_and_the_same_for_the_same_seed() -> None:
    first, again, other = (list(requests(3000, seed)) for seed in (7, 7, 8))
    assert first == again != other
    assert len(set(first)) == 3000
    assert {"GET", "POST", "HEAD", "OPTIONS", "TRACE"} <= {sent.method for sent in first}


@pytest.mark.slow
def test_no_hostile_request_makes_the_service_stumble(tmp_path: Path) -> None:
    client = tiny_client(database_url=f"sqlite:///{tmp_path}/votes", log_level="error")
    found = bombard(client, 300, 11)
    assert found.faults == {}, found.cases
    assert set(found.statuses) >= {200, 400, 404}


def test_application_that_answers_in_its_own_way_is_found_out() -> None:
    found = bombard(Flask("plain").test_client(), 40, 1)
    assert found.faults["other shapes"] > 20
    assert found.faults["headers"] == 40
    assert "GET" in found.cases["other shapes"] or "POST" in found.cases["other shapes"]
