"""The tables of the journal, as any SQL database keeps them.

Times are seconds since 1970 in UTC. A change of these tables raises `SCHEMA`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, String, Table, Text

SCHEMA = 1
METADATA = MetaData()
_DIGEST = String(32)

SETTLED = Table(
    "zhujiao_settled",
    METADATA,
    Column("name", String(50), primary_key=True),
    Column("value", String(200), nullable=False),
)
"""What is fixed once for a database: its schema, and the random key of its digests."""

VOTES = Table(
    "zhujiao_votes",
    METADATA,
    Column("vote", _DIGEST, primary_key=True),
    Column("answer", _DIGEST, nullable=False),
    Column("question", _DIGEST, nullable=False, index=True),
    Column("verdict", String(4), nullable=False),
    Column("comment", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("index_version", Text, nullable=False),
    Column("voted_at", BigInteger, nullable=False, index=True),
    Column("question_text", Text),
    Column("answer_id", Text),
)

QUESTIONS = Table(
    "zhujiao_questions",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("question", _DIGEST, nullable=False, index=True),
    Column("asked_at", BigInteger, nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("language", String(20), nullable=False),
    Column("took_ms", Float, nullable=False),
    Column("index_version", Text, nullable=False),
    Column("document_id", Text),
    Column("section_id", Text),
    Column("earlier", Integer, nullable=False),
    Column("question_text", Text),
)
