"""The numbers of several workers, added up right, those of killed ones too."""

from __future__ import annotations

import os
import signal
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
def test_sums_are_right_over_two_workers_after_one_is_killed_and_at_the_end(
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
    assert counted["zhujiao_requests_in_flight{}"] == 1
    assert counted['zhujiao_index_info{version="tiny-1"}'] == 1

    before = service.workers()
    os.kill(before[0], signal.SIGKILL)
    wait_for_another(service, before)
    assert read(service)[ASKS] == asked
    asked += ask_until_answered_by(3, service, folder, least=16)
    counted = read(service)
    assert counted[ASKS] == asked
    assert counted["zhujiao_requests_in_flight{}"] == 1

    assert service.stop() == 0
    assert not folder.exists()


def wait_for_another(service: RunningService, before: list[int]) -> None:
    deadline = time.monotonic() + 60
    while not (set(service.workers()) - set(before) and len(service.workers()) == 2):
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
