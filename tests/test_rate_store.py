"""The store in Redis, against a real server that the test starts."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis, RedisError

from service.config import ConfigError, load_config
from service.rate_store import RateStore, StoreError, open_store, remove_shared_file, shared_file

SERVER = shutil.which("redis-server")
START_S = 30

needs_redis = pytest.mark.skipif(
    SERVER is None, reason="no redis-server; `apt-get install redis-server` brings it"
)


class Server:
    """A Redis server of our own: a private port, nothing on disk."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self.start()

    def start(self) -> None:
        assert SERVER is not None
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir"]
        self.process = subprocess.Popen(
            [SERVER, *options, str(self._folder)], stdout=subprocess.DEVNULL
        )
        with Redis.from_url(self.url) as client:
            deadline = time.monotonic() + START_S
            while True:
                try:
                    client.ping()
                    return
                except RedisError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("redis"))
    yield running
    running.stop()


@needs_redis
def test_workers_on_two_machines_count_together(server: Server) -> None:
    stores = [open_store(server.url) for _ in range(2)]

    def hit(i: int) -> bool:
        return stores[i % 2].hit("192.0.2.1", 20, 60) == 0

    with ThreadPoolExecutor(8) as clients:
        assert sum(clients.map(hit, range(200))) == 20
    assert 0 < stores[0].hit("192.0.2.1", 20, 60) <= 60
    assert stores[1].hit("192.0.2.2", 20, 60) == 0


@pytest.mark.slow
@needs_redis
def test_window_slides_and_what_it_left_behind_goes_by_itself(server: Server) -> None:
    store = open_store(server.url)
    assert store.hit("192.0.2.3", 1, 1) == 0
    wait = store.hit("192.0.2.3", 1, 1)
    assert 0 < wait <= 1
    time.sleep(wait + 0.05)
    assert store.hit("192.0.2.3", 1, 1) == 0
    with Redis.from_url(server.url) as client:
        assert 0 < int(client.ttl("zhujiao:asked:192.0.2.3")) <= 2


@needs_redis
def test_ping_reaches_the_server_and_counts_nothing(server: Server) -> None:
    store = open_store(server.url)
    store.ping()
    with Redis.from_url(server.url) as client:
        before = client.dbsize()
        store.ping()
        assert client.dbsize() == before
    assert store.hit("192.0.2.7", 1, 60) == 0
    with pytest.raises(StoreError):
        open_store("redis://127.0.0.1:9/0").ping()


@needs_redis
def test_server_that_dies_is_a_store_that_failed_until_it_is_back(tmp_path: Path) -> None:
    server = Server(tmp_path)
    store = open_store(server.url)
    assert store.hit("192.0.2.4", 9, 60) == 0
    server.stop()
    with pytest.raises(StoreError):
        store.hit("192.0.2.4", 9, 60)
    server.start()
    assert store.hit("192.0.2.4", 9, 60) == 0
    server.stop()


def test_store_is_chosen_by_its_address(tmp_path: Path) -> None:
    path = tmp_path / "rates.sqlite3"
    shared: RateStore = open_store(f"sqlite:///{path}")
    assert shared.hit("192.0.2.5", 9, 60) == 0
    assert path.exists()
    assert open_store("").hit("192.0.2.5", 9, 60) == 0


def test_shared_file_is_private_fresh_at_each_start_and_taken_away(tmp_path: Path) -> None:
    url = shared_file(8000, tmp_path)
    assert open_store(url).hit("192.0.2.6", 1, 60) == 0
    (place,) = tmp_path.iterdir()
    assert place.stat().st_mode & 0o777 == 0o700
    assert shared_file(8000, tmp_path) == url
    assert open_store(url).hit("192.0.2.6", 1, 60) == 0
    remove_shared_file(8000, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert shared_file(8000, tmp_path / "missing") == ""


def test_address_of_no_store_we_know_is_refused_unshown() -> None:
    with pytest.raises(ConfigError, match="redis://HOST:PORT/0") as raised:
        load_config({"ZHUJIAO_RATE_STORE": "memcached://user:canary@host"})
    assert "canary" not in str(raised.value)
