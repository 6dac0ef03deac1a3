"""The journal: readers' votes on answers, and the questions that were asked.

    Journal.open(config).record_vote(vote) -> returns once the vote is on disk

Question and answer ids stand in it as keyed digests, so that repeats can be counted; their text
only where the settings keep it. No address, name or session of a reader is ever stored.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from threading import Lock

from sqlalchemy import Column, Connection, Engine, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from service.config import Config
from service.database import database_file, faults_told, open_database, shown
from service.database_errors import DatabaseError, SchemaTooNew
from service.journal_tables import QUESTIONS, SCHEMA, SETTLED, VOTES

DAY_S = 86_400
_PURGED_AT_ONCE = 500
_TABLE_LOCK = 0x7A68756A  # any number, the same for every worker


@dataclass(frozen=True, slots=True)
class Vote:
    """One reader's vote on one answer; times are seconds since 1970 in UTC."""

    vote: str
    answer: str
    question: str
    verdict: str
    comment: str
    language: str
    index_version: str
    voted_at: int
    question_text: str | None = None
    answer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was asked, with what came of it and the section that it led to."""

    question: str
    asked_at: int
    status: str
    language: str
    took_ms: float
    index_version: str
    document_id: str | None
    section_id: str | None
    earlier: int
    question_text: str | None = None


class Journal:
    """Safe to share between threads; makes its tables at first use."""

    def __init__(self, engine: Engine, config: Config) -> None:
        self.engine = engine
        self._retention_s = config.retention_days * DAY_S
        self._key = config.question_key.get_secret_value().encode()
        self._patience_s = config.database_timeout_s
        self._prepared = False
        self._lock = Lock()

    @classmethod
    def open(cls, config: Config) -> Journal:
        """Connects to nothing yet. DatabaseError when the URL names no usable database."""
        return cls(open_database(config), config)

    def prepare(self) -> None:
        """Make what is missing; several workers may do so at once.

        SchemaTooNew when a newer version has been here; DatabaseError when the database is away.
        """
        if self._prepared:
            return
        if not self._lock.acquire(timeout=self._patience_s):  # so that none waits behind many
            raise DatabaseError(f"{self.place} is not ready; check that it can be reached")
        try:
            if self._prepared:
                return
            with faults_told(self.engine.url):
                key = self._make_tables()
            self._key = self._key or key.encode()
            self._prepared = True
        finally:
            self._lock.release()

    def close(self) -> None:
        """Give the connections back; the next use opens others."""
        self.engine.dispose()

    @property
    def place(self) -> str:
        """What may be told of where it is: a file, or a database and its host."""
        return shown(self.engine.url)

    def exists(self) -> bool:
        """Whether there may be anything to read; False for an SQLite file not made yet."""
        file = database_file(self.engine.url)
        return file is None or file.exists()

    def digest(self, *texts: str) -> str:
        """A keyed digest of `texts`: equal for equal ones, and telling nothing without the key."""
        self.prepare()
        joined = "\0".join(texts).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, joined, hashlib.sha256).hexdigest()[:32]

    def question_digest(self, question: str, earlier: Sequence[str]) -> str:
        """The digest of a question after `earlier` ones, whatever its case, width and spaces."""
        return self.digest("question", *(_plain(text) for text in (*earlier, question)))

    def record_vote(self, vote: Vote) -> None:
        """Store a vote, or change the one of the same id. On return it is committed."""
        self.prepare()
        row = asdict(vote)
        with faults_told(self.engine.url):
            if self._change(row):
                return
            try:
                with self.engine.begin() as connection:
                    connection.execute(insert(VOTES).values(row))
            except IntegrityError:  # the same vote came twice at once
                self._change(row)

    def record_questions(self, asked: Sequence[Asked]) -> None:
        """Store questions, all or none."""
        self.prepare()
        with faults_told(self.engine.url), self.engine.begin() as connection:
            connection.execute(insert(QUESTIONS), [asdict(one) for one in asked])

    def counts(self) -> tuple[int, int]:
        """How many votes and how many questions there are."""
        self.prepare()
        with faults_told(self.engine.url), self.engine.connect() as connection:
            votes = connection.scalar(select(func.count()).select_from(VOTES))
            questions = connection.scalar(select(func.count()).select_from(QUESTIONS))
        return votes or 0, questions or 0

    def purge(self, now: float | None = None) -> int:
        """Delete what is older than the retention, a few rows at a time; their number."""
        self.prepare()
        oldest = int((time.time() if now is None else now) - self._retention_s)
        return self._purge(QUESTIONS, QUESTIONS.c.id, QUESTIONS.c.asked_at, oldest) + self._purge(
            VOTES, VOTES.c.vote, VOTES.c.voted_at, oldest
        )

    def _purge(self, table: Table, key: Column[str], moment: Column[int], oldest: int) -> int:
        deleted = 0
        while True:
            with faults_told(self.engine.url), self.engine.begin() as connection:
                old = select(key).where(moment < oldest).limit(_PURGED_AT_ONCE)
                keys = connection.scalars(old).all()
                if keys:
                    connection.execute(delete(table).where(key.in_(keys)))
            deleted += len(keys)
            if len(keys) < _PURGED_AT_ONCE:
                return deleted

    def _change(self, row: dict[str, object]) -> bool:
        with self.engine.begin() as connection:
            changed = update(VOTES).where(VOTES.c.vote == row["vote"]).values(row)
            return connection.execute(changed).rowcount > 0

    def _make_tables(self) -> str:
        """The random key that the database holds, once its tables are there.

        SQLite may call a file that several processes turn to WAL at once locked, without waiting.
        """
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                with self.engine.begin() as connection:
                    if connection.dialect.name == "postgresql":  # IF NOT EXISTS may fail there
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TABLE_LOCK})")
                    connection.execute(CreateTable(SETTLED, if_not_exists=True))
                    self._check(_settled(connection, "schema", str(SCHEMA)))
                    for table in (VOTES, QUESTIONS):
                        connection.execute(CreateTable(table, if_not_exists=True))
                        for index in table.indexes:
                            connection.execute(CreateIndex(index, if_not_exists=True))
                    return _settled(connection, "question_key", secrets.token_hex(32))
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _check(self, found: str) -> None:
        if int(found) > SCHEMA:
            raise SchemaTooNew(
                f"{self.place} was written by a newer Zhujiao (schema {found}, this one "
                f"knows {SCHEMA}); install that version, or name another database in "
                "ZHUJIAO_DATABASE_URL"
            )


def _settled(connection: Connection, name: str, value: str) -> str:
    """What stands under `name` once and for all: `value`, unless another worker was first."""
    found = select(SETTLED.c.value).where(SETTLED.c.name == name)
    if (settled := connection.scalar(found)) is not None:
        return str(settled)
    try:
        with connection.begin_nested():
            connection.execute(insert(SETTLED).values(name=name, value=value))
        return value
    except IntegrityError:
        return str(connection.scalar(found))


def _plain(text: str) -> str:
    """`" What is ＴＳＤ?"` and `"what is tsd"` are one question."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).rstrip("?.! 。")
