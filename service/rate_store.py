"""Where the counts of the rate limit lie: the times of each client's last requests.

    open_store("redis://127.0.0.1:6379/0"), open_store("sqlite:///run/rates.sqlite3"), open_store("")

The empty name keeps them in this process. Times are of a clock that no setting of the date moves
(SQLite) or of the Redis server's own; a time from the future is dropped.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from uuid import uuid4

SQLITE, REDIS = "sqlite:///", ("redis://", "rediss://", "unix://")
WAIT_S = 0.5
"""Longest wait for the store before it counts as failed."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS asked (client TEXT NOT NULL, moment REAL NOT NULL);
CREATE INDEX IF NOT EXISTS by_client ON asked (client, moment);
CREATE INDEX IF NOT EXISTS by_moment ON asked (moment);
"""
_LUA = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1e6
local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[1], string.format('(%.6f', now), '+inf')
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('EXPIRE', KEYS[1], window + 1)
  return '0'
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return tostring(first[2] + window - now)
"""


class StoreError(Exception):
    """The store cannot be reached or used."""


class RateStore(Protocol):
    """Counts that several processes may share. Safe between threads."""

    def hit(self, client: str, limit: int, window_s: int) -> float:
        """Count the request and return 0, or return the seconds to wait. Raises StoreError."""

    def ping(self) -> None:
        """StoreError where a count could not be kept now. Counts nothing."""


class SQLiteStore:
    """A file that the workers of one machine share, or `:memory:`."""

    def __init__(self, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def hit(self, client: str, limit: int, window_s: int) -> float:
        """Count the request and return 0, or return the seconds to wait. Raises StoreError."""
        with self._lock:
            try:
                self._connection = self._connection or self._connected()
                return self._counted(self._connection, client, limit, window_s)
            except sqlite3.Error as error:
                self._connection = None
                raise StoreError(str(error)) from error

    def ping(self) -> None:
        """StoreError where a count could not be kept now. Makes no file that is not there yet."""
        try:
            if not Path(self._path).exists():
                Path(self._path).parent.resolve(strict=True)
                return
            with closing(self._connected()) as connection:
                connection.execute("BEGIN IMMEDIATE")
        except (OSError, sqlite3.Error) as error:
            raise StoreError(str(error)) from error

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=WAIT_S, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")  # counts need not outlive the machine
        connection.executescript(_SCHEMA)
        return connection

    def _counted(
        self, connection: sqlite3.Connection, client: str, limit: int, window_s: int
    ) -> float:
        connection.execute("BEGIN IMMEDIATE")
        try:
            now = self._clock()
            connection.execute(
                "DELETE FROM asked WHERE moment <= ? OR moment > ?", (now - window_s, now)
            )
            count, first = connection.execute(
                "SELECT COUNT(*), MIN(moment) FROM asked WHERE client = ?", (client,)
            ).fetchone()
            if count < limit:
                connection.execute("INSERT INTO asked VALUES (?, ?)", (client, now))
            return 0.0 if count < limit else float(first + window_s - now)
        finally:
            connection.execute("COMMIT")


class RedisStore:
    """A Redis server, for workers on several machines; one sorted set for each client."""

    def __init__(self, url: str) -> None:
        from redis import Redis, RedisError

        self._error = RedisError
        self._client: Any = Redis.from_url(
            url, socket_timeout=WAIT_S, socket_connect_timeout=WAIT_S
        )
        self._script = self._client.register_script(_LUA)

    def hit(self, client: str, limit: int, window_s: int) -> float:
        """Count the request and return 0, or return the seconds to wait. Raises StoreError."""
        try:
            key = f"zhujiao:asked:{client}"
            return float(self._script(keys=[key], args=[limit, window_s, uuid4().hex]))
        except self._error as error:
            raise StoreError(str(error)) from error

    def ping(self) -> None:
        """StoreError where a count could not be kept now. Counts nothing."""
        try:
            self._client.ping()
        except self._error as error:
            raise StoreError(str(error)) from error


def open_store(url: str) -> RateStore:
    """The store that `url` names; nothing is reached yet."""
    if url.startswith(REDIS):
        return RedisStore(url)
    return SQLiteStore(url.removeprefix(SQLITE) or ":memory:")


def shared_file(port: int, folder: Path) -> str:
    """The name of a fresh store in `folder` for the workers of the service at `port`.

    The empty name where it cannot be made, or where somebody else has made it: each worker then
    counts for itself.
    """
    place = _place(port, folder)
    try:
        remove_shared_file(port, folder)
        place.mkdir(0o700)
    except OSError:
        return ""
    return f"{SQLITE}{place}/rates.sqlite3"


def remove_shared_file(port: int, folder: Path) -> None:
    """Take away what `shared_file` made, if it did."""
    shutil.rmtree(_place(port, folder), ignore_errors=True)


def _place(port: int, folder: Path) -> Path:
    return folder / f"zhujiao-rates-{os.getuid()}-{port}"


def check_url(url: str) -> None:
    """ValueError when `url` names no store that we know."""
    if url and not url.startswith((SQLITE, *REDIS)):
        raise ValueError("expected redis://HOST:PORT/0, sqlite:///PATH, or nothing")
