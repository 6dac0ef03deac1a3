import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from service.errors import RequestError
from service.rate_limit import RateLimiter, client_of
from service.rate_store import SQLiteStore, StoreError
from tests.tiny import tiny_client

ASK = "/api/v1/ask"


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def admitted(limiter: RateLimiter, client: str, times: int) -> int:
    """How many of so many questions were let through."""
    through = 0
    for _ in range(times):
        with suppress(RequestError):
            limiter.count(client)
            through += 1
    return through


def test_one_client_has_the_limit_in_any_window_and_others_their_own() -> None:
    clock = Clock()
    limiter = RateLimiter(SQLiteStore(":memory:", clock), limit=10, window_s=60)
    assert admitted(limiter, "192.0.2.1", 25) == 10
    assert admitted(limiter, "192.0.2.2", 25) == 10
    clock.now += 59
    assert admitted(limiter, "192.0.2.1", 5) == 0
    clock.now += 2
    assert admitted(limiter, "192.0.2.1", 25) == 10


def test_refusal_says_when_to_come_back() -> None:
    clock = Clock()
    limiter = RateLimiter(SQLiteStore(":memory:", clock), limit=2, window_s=60)
    limiter.count("192.0.2.1")
    clock.now += 20
    limiter.count("192.0.2.1")
    with pytest.raises(RequestError) as raised:
        limiter.count("192.0.2.1")
    assert raised.value.headers == {
        "Retry-After": "40",
        "RateLimit-Policy": '"asks";q=2;w=60',
        "RateLimit": '"asks";r=0;t=40',
    }
    clock.now += 40
    limiter.count("192.0.2.1")


@pytest.mark.parametrize("jump_s", [-86_400, 86_400])
def test_clock_that_jumps_shuts_nobody_out(jump_s: int) -> None:
    clock = Clock()
    limiter = RateLimiter(SQLiteStore(":memory:", clock), limit=3, window_s=60)
    assert admitted(limiter, "192.0.2.1", 5) == 3
    clock.now += jump_s
    assert admitted(limiter, "192.0.2.1", 5) == 3


def test_two_workers_count_in_one_file(tmp_path: Path) -> None:
    path = str(tmp_path / "rates.sqlite3")
    workers = [RateLimiter(SQLiteStore(path), limit=10, window_s=60) for _ in range(2)]
    assert sum(admitted(worker, "192.0.2.1", 8) for worker in workers) == 10


def test_limit_of_zero_counts_nothing() -> None:
    assert admitted(RateLimiter(SQLiteStore(":memory:"), limit=0, window_s=60), "a", 100) == 100


def test_store_that_fails_lets_questions_through(tmp_path: Path) -> None:
    store = SQLiteStore(str(tmp_path / "no folder" / "rates.sqlite3"))
    with pytest.raises(StoreError):
        store.hit("192.0.2.1", 1, 60)
    assert admitted(RateLimiter(store, limit=1, window_s=60), "192.0.2.1", 9) == 9


def test_store_that_is_locked_too_long_has_failed(tmp_path: Path) -> None:
    path = tmp_path / "rates.sqlite3"
    store = SQLiteStore(str(path))
    assert store.hit("192.0.2.1", 1, 60) == 0
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        store.hit("192.0.2.1", 1, 60)
    other.execute("ROLLBACK")
    other.close()
    assert store.hit("192.0.2.1", 1, 60) > 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_client_is_an_address_or_a_network_of_one_household(address: str, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_question_beyond_the_rate_is_429_however_it_is_asked(accept: str) -> None:
    client = tiny_client(rate_limit=2, rate_window_s=600)
    for _ in range(2):
        assert client.post(ASK, json={"question": "night"}).status_code == 200
    response = client.post(ASK, json={"question": "night"}, headers={"Accept": accept})
    assert response.status_code == 429
    assert response.get_json()["error"]["code"] == "rate_limited"
    assert 0 < int(response.headers["Retry-After"]) <= 600
    assert client.get("/api/v1/search?q=night").status_code == 429
    assert client.get("/").status_code == client.get("/healthz").status_code == 200


def test_form_beyond_the_rate_keeps_the_question_on_the_page() -> None:
    client = tiny_client(rate_limit=1, rate_window_s=600)
    for path in ("/", "/embed"):
        client.post(path, data={"question": "night opening"})
        response = client.post(path, data={"question": "night opening"})
        assert response.status_code == 429
        assert "night opening" in response.text
        assert response.headers["Retry-After"]


def test_forwarded_address_counts_only_from_a_listed_proxy() -> None:
    def refused(proxies: str) -> bool:
        client = tiny_client(rate_limit=1, rate_window_s=600, trusted_proxies=proxies)
        answers = [
            client.post(ASK, json={"question": "night"}, headers={"X-Forwarded-For": address})
            for address in ("203.0.113.1", "203.0.113.2")
        ]
        return answers[1].status_code == 429

    assert refused("")
    assert refused("10.0.0.0/8")
    assert not refused("127.0.0.1")
