"""Who may read /metrics, and what may stand in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_metrics import numbers
from tests.tiny import tiny_client

SECRET = "a-token-of-this-test"
LOOPBACK = "127.0.0.0/8, ::1"


def test_there_are_no_metrics_unless_the_settings_say_so() -> None:
    response = tiny_client().get("/metrics")
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Bearer {SECRET}", 200),
        (f"Bearer {SECRET}x", 403),
        (f"bearer {SECRET}", 403),
        (SECRET, 403),
        ("Bearer ", 403),
        ("Bearer \xff", 403),
        (None, 403),
    ],
)
def test_token_opens_them_and_nothing_near_it(header: str | None, status: int) -> None:
    headers = {"Authorization": header} if header is not None else {}
    site = tiny_client(None, metrics_token=SECRET)
    assert site.get("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("127.9.9.9", 200),
        ("::ffff:127.0.0.1", 200),
        ("::1", 200),
        ("10.0.0.1", 403),
        ("::2", 403),
        ("", 403),
        ("not an address", 403),
    ],
)
def test_listed_networks_may_read_them(address: str, status: int) -> None:
    site = tiny_client(None, metrics_networks=LOOPBACK)
    environ = {"REMOTE_ADDR": address}
    assert site.get("/metrics", environ_base=environ).status_code == status


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_proxy_in_a_listed_network_opens_them_to_nobody(header: str) -> None:
    site = tiny_client(None, metrics_networks=LOOPBACK, metrics_token=SECRET)
    forwarded = {header: "127.0.0.1"}
    assert site.get("/metrics", headers=forwarded).status_code == 403
    with_token = {**forwarded, "Authorization": f"Bearer {SECRET}"}
    assert site.get("/metrics", headers=with_token).status_code == 200


def test_requests_errors_answers_and_votes_are_counted() -> None:
    site = tiny_client(None, metrics_networks=LOOPBACK)
    with site.post("/api/v1/ask", json={"question": "night opening visits"}) as asked:
        answer = asked.get_json()
    site.post("/api/v1/feedback", json={"answer_id": answer["id"], "verdict": "down"}).close()
    site.post("/api/v1/ask", json={"question": ""}).close()
    site.get("/nothing/whispered").close()
    page = site.get("/metrics")
    assert page.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert page.headers["Cache-Control"] == "no-store"
    found = numbers(page.text)
    asks = 'zhujiao_requests_total{method="POST",route="/api/v1/ask",status='
    assert found[asks + '"200"}'] == found[asks + '"400"}'] == 1
    assert found['zhujiao_requests_total{method="-",route="-",status="404"}'] == 1
    assert found['zhujiao_errors_total{code="question_empty"}'] == 1
    assert found['zhujiao_answers_total{language="en",status="answered"}'] == 1
    assert found['zhujiao_votes_total{verdict="down"}'] == 1
    assert found["zhujiao_requests_in_flight{}"] == 1
    assert found['zhujiao_answer_stage_seconds_count{stage="choosing"}'] == 1


def test_refused_request_of_another_site_is_counted_as_any_other() -> None:
    site = tiny_client(None, metrics_networks=LOOPBACK)
    evil = {"Origin": "https://evil.example"}
    site.post("/api/v1/ask", json={"question": "q"}, headers=evil).close()
    found = numbers(site.get("/metrics").text)
    assert found['zhujiao_errors_total{code="origin_not_allowed"}'] == 1
    assert found["zhujiao_requests_in_flight{}"] == 1


def test_nothing_that_a_reader_sends_becomes_a_label() -> None:
    site = tiny_client(None, metrics_networks=LOOPBACK)
    for number in range(30):
        word = f"whispered{number}"
        site.post("/api/v1/ask", json={"question": word}, headers={"User-Agent": word})
        site.get(f"/{word}?q={word}")
        site.get(f"/documents/{word}")
        site.open(f"/api/v1/documents/{word}", method=f"WHISPERED{number}")
    text = site.get("/metrics").text
    assert "whispered" not in text.lower()
    assert "127.0.0.1" not in text
    labels = set(re.findall(r'(\w+)="', text))
    assert labels == {"method", "route", "status", "le", "code", "language", "stage", "version"}
    assert len(text.splitlines()) < 200


def test_index_that_lies_on_disk_has_an_age(tmp_path: Path) -> None:
    (tmp_path / "tiny-1").mkdir()
    (tmp_path / "tiny-1" / "manifest.json").write_text("{}")
    site = tiny_client(None, metrics_networks=LOOPBACK, index_dir=tmp_path)
    age = numbers(site.get("/metrics").text)["zhujiao_index_age_seconds{}"]
    assert 0 <= age < 600
