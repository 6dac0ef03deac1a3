"""The numbers of several workers, added up right, those of killed ones too."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.metrics import Metrics
from tests.running_service import RunningService

ASKED = {"question": "night opening visits"}
TOKEN = {"Authorization": "Bearer a-token-of-this-test"}
ASKS = 'zhujiao_requests_total{method="POST",route="/api/v1/ask",status="200"}'


def numbers(text: str) -> dict[str, float]:
    """`name{label="value"}` -> value, as Prometheus itself would read them."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f'{k}="{v}"' for k, v in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


def read(service: RunningService) -> dict[str, float]:
    status, body = service.get("/metrics", TOKEN)
    assert status == 200
    return numbers(body.decode())


def ask_until_answered_by(count: int, service: RunningService, folder: Path, least: int) -> int:
    """How many questions it took until so many workers had counted one in their files."""
    with ThreadPoolExecutor(8) as readers:
        asked = 0
        while asked < least or sum(map(has_answered, folder.glob("counter_*.db"))) < count:
            replies = list(readers.map(lambda _: service.post("/api/v1/ask", ASKED)[0], range(8)))
            assert replies == [200] * 8
            asked += 8
    return asked


def has_answered(file: Path) -> bool:
    return b"/api/v1/ask" in file.read_bytes()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    token = TOKEN["Authorization"].removeprefix("Bearer ")
    with RunningService(
        tmp_path / "log", workers=2, metrics_token=token, max_waiting_asks=100, rate_limit=0
    ) as running:
        yield running


def folder_of(service: RunningService) -> Path:
    maps = "".join(Path(f"/proc/{pid}/maps").read_text("utf-8") for pid in service.workers())
    line = next(line for line in maps.splitlines() if "zhujiao-metrics-" in line)
    return Path(line.split(maxsplit=5)[-1]).parent


@pytest.mark.slow
def test_sums_are_right_over_two_workers_and_after_both_are_killed(
    service: RunningService,
) -> None:
    service.post("/api/v1/ask", ASKED)
    read(service)
    folder = folder_of(service)
    asked = 1 + ask_until_answered_by(2, service, folder, least=40)
    counted = read(service)
    assert counted[ASKS] == asked
    assert counted['zhujiao_answers_total{language="en",status="answered"}'] == asked
    assert counted["zhujiao_answer_seconds_count{}"] == asked
    assert counted['zhujiao_answer_stage_seconds_count{stage="searching"}'] >= 1
    assert counted['zhujiao_index_info{version="tiny-1"}'] == 1
    service.wait_until_in_flight(0, TOKEN)

    with half_sent(service):
        service.wait_until_in_flight(1, TOKEN)
        before = service.workers()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_for_others(service, before)
    assert read(service)[ASKS] == asked
    service.wait_until_in_flight(0, TOKEN)
    asked += ask_until_answered_by(3, service, folder, least=16)
    assert read(service)[ASKS] == asked

    assert service.stop() == 0
    assert not folder.exists()


def half_sent(service: RunningService) -> socket.socket:
    """A connection whose request has begun and does not end."""
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=30)
    head = "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    connection.sendall(f"{head}Content-Length: 99\r\n\r\n{{".encode())
    return connection


def wait_for_others(service: RunningService, before: list[int]) -> None:
    """Until two other workers are there, and one of them answers."""
    deadline = time.monotonic() + 60
    while len(set(service.workers()) - set(before)) < 2 or not service.is_ready():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_numbers_of_one_process_are_read_without_a_folder() -> None:
    metrics = Metrics()
    metrics.answers.labels("answered", "en").inc()
    found = numbers(metrics.exposition("v1", 5.0).decode())
    assert found['zhujiao_answers_total{language="en",status="answered"}'] == 1
    assert found['zhujiao_index_info{version="v1"}'] == 1
    assert found["zhujiao_index_age_seconds{}"] == 5


def test_age_is_never_negative_and_absent_where_it_is_not_known() -> None:
    assert (
        numbers(Metrics().exposition("v1", -86_400.0).decode())["zhujiao_index_age_seconds{}"] == 0
    )
    absent = numbers(Metrics().exposition(None, None).decode())
    assert not [name for name in absent if name.startswith("zhujiao_index")]
