"""The database of votes and questions, opened by the URL of the settings.

    open_database(Config()) -> an Engine over var/zhujiao.sqlite3 in WAL mode, every commit synced

Whatever goes wrong in it leaves as `DatabaseError`: one line that names no password and no value.
"""

from __future__ import annotations

import math
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from service.config import Config
from service.database_errors import DatabaseError

DEFAULT_URL = "sqlite:///var/zhujiao.sqlite3"
_POOLED = 4
"""Connections that a worker keeps; as many more are opened under load."""
_MB = 1_048_576


def open_database(config: Config) -> Engine:
    """Connects to nothing yet. DatabaseError when the URL names no database that can be used."""
    url = database_url(config)
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, config)
        return create_engine(
            url,
            hide_parameters=True,
            pool_size=_POOLED,
            max_overflow=_POOLED,
            pool_timeout=config.database_timeout_s,
            pool_pre_ping=True,
            connect_args=_patience(url, config.database_timeout_s),
        )
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"ZHUJIAO_DATABASE_URL needs the Python package {error.name}; install it, for PostgreSQL "
            "with `pip install psycopg psycopg-binary`"
        ) from None
    except (ArgumentError, TypeError):
        raise DatabaseError(
            "ZHUJIAO_DATABASE_URL names no database that SQLAlchemy knows; write it as "
            "sqlite:///folder/file or postgresql://user:password@host/name"
        ) from None


def database_url(config: Config) -> URL:
    """The URL of the settings; PostgreSQL is spoken to through psycopg unless it says otherwise."""
    try:
        url = make_url(config.database_url.get_secret_value() or DEFAULT_URL)
    except (ArgumentError, ValueError):
        raise DatabaseError(
            "ZHUJIAO_DATABASE_URL cannot be read; write it as sqlite:///folder/file or "
            "postgresql://user:password@host/name"
        ) from None
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def database_file(url: URL) -> Path | None:
    """The file of an SQLite database; None for every other."""
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database.startswith((":", "file:")):
        raise DatabaseError(
            "ZHUJIAO_DATABASE_URL names no file that several workers share; "
            "write it as sqlite:///folder/file"
        )
    return Path(url.database)


def shown(url: URL) -> str:
    """What may be told of `url`: `var/zhujiao.sqlite3`, `postgresql database zhujiao on db`."""
    if file := database_file(url):
        return str(file)
    return f"{url.get_backend_name()} database {url.database} on {url.host or 'this machine'}"


@contextmanager
def faults_told(url: URL) -> Iterator[None]:
    """What goes wrong inside becomes DatabaseError, without statement, values or password."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"{shown(url)}: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror}; check the folder and its permissions"
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return f"{cause}; check the file, its permissions and the room on its disk"
    state = getattr(cause, "sqlstate", None)
    told = f"{type(cause or error).__name__}{f' {state}' if state else ''}"
    return f"{told}; check that the server runs and that ZHUJIAO_DATABASE_URL is right"


def _sqlite(url: URL, config: Config) -> Engine:
    file = database_file(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_POOLED,
        max_overflow=_POOLED,
        pool_timeout=config.database_timeout_s,
        connect_args={"timeout": config.database_timeout_s, "check_same_thread": False},
    )

    @event.listens_for(engine, "do_connect")
    def make_private(*_: object) -> None:
        """What readers wrote is nobody else's: the file is its owner's alone from the start."""
        if file is not None and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))

    @event.listens_for(engine, "connect")
    def make_durable(connection: sqlite3.Connection, _: object) -> None:
        with closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            (page,) = cursor.execute("PRAGMA page_size").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {config.database_max_mb * _MB // page}")

    return engine


def _patience(url: URL, seconds: float) -> dict[str, Any]:
    """What keeps psycopg from waiting longer than `seconds` for a server, a lock or an answer."""
    if url.get_driver_name() != "psycopg":
        return {}
    milliseconds = math.ceil(seconds * 1000)
    return {
        "connect_timeout": max(2, math.ceil(seconds)),  # libpq reads 1 as 2
        "tcp_user_timeout": milliseconds,
        "options": f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}",
    }
