"""What the journal tells the owner of a site: questions asked, most often first, and votes.

times  last asked  outcome    nearest                 question
    3  2026-11-20  not_found  indsr-2025-01 參/三      what did the QUAD decide on fishing?
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, case, func, select

from service.database import faults_told
from service.journal import Journal
from service.journal_tables import QUESTIONS, VOTES
from service.render import Json

VOTE_FIELDS = (
    *("voted_at", "verdict", "comment", "language", "index_version"),
    *("question", "answer", "question_text", "answer_id"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question however often it was asked; all but the counts is of the last time.

    `question` is its digest, `question_text` is None unless texts were kept.
    """

    question: str
    question_text: str | None
    times: int
    not_found: int
    up: int
    down: int
    last_asked: str
    status: str
    language: str
    document_id: str | None
    section_id: str | None


def asked_questions(
    journal: Journal, since: int = 0, unanswered: bool = False
) -> list[AskedQuestion]:
    """Questions asked since a moment (seconds since 1970), the most frequent first.

    With `unanswered` only those that found nothing the last time.
    """
    if not journal.exists():
        return []
    journal.prepare()
    with faults_told(journal.engine.url), journal.engine.connect() as connection:
        rows = connection.execute(_questions(since, unanswered)).mappings().all()
        votes = {row.question: row for row in connection.execute(_counted_votes())}
    return [
        AskedQuestion(
            up=votes[row["question"]].up if row["question"] in votes else 0,
            down=votes[row["question"]].down if row["question"] in votes else 0,
            last_asked=_moment(row["asked_at"]),
            **{name: row[name] for name in _PLAIN},
        )
        for row in rows
    ]


_PLAIN = (
    *("question", "question_text", "times", "not_found"),
    *("status", "language", "document_id", "section_id"),
)


def _questions(since: int, unanswered: bool) -> Select[tuple[object, ...]]:
    asked = (
        select(
            func.max(QUESTIONS.c.id).label("last"),
            func.count().label("times"),
            func.sum(case((QUESTIONS.c.status == "not_found", 1), else_=0)).label("not_found"),
        )
        .where(QUESTIONS.c.asked_at >= since)
        .group_by(QUESTIONS.c.question)
        .subquery()
    )
    found = (
        select(QUESTIONS, asked.c.times, asked.c.not_found)
        .join(asked, QUESTIONS.c.id == asked.c.last)
        .order_by(asked.c.times.desc(), QUESTIONS.c.id.desc())
    )
    return found.where(QUESTIONS.c.status == "not_found") if unanswered else found


def _counted_votes() -> Select[tuple[object, ...]]:
    def count(verdict: str) -> object:
        return func.sum(case((VOTES.c.verdict == verdict, 1), else_=0)).label(verdict)

    return select(VOTES.c.question, count("up"), count("down")).group_by(VOTES.c.question)  # type: ignore[call-overload,no-any-return]


def votes(journal: Journal, since: int = 0) -> Iterator[Json]:
    """Votes since a moment, oldest first, with the time as ISO 8601 in UTC."""
    if not journal.exists():
        return
    journal.prepare()
    with faults_told(journal.engine.url), journal.engine.connect() as connection:
        chosen = select(*(VOTES.c[name] for name in VOTE_FIELDS)).where(VOTES.c.voted_at >= since)
        rows = connection.execution_options(yield_per=500).execute(
            chosen.order_by(VOTES.c.voted_at, VOTES.c.vote)
        )
        for row in rows.mappings():
            yield {**row, "voted_at": _moment(row["voted_at"])}


def as_csv(found: Iterator[Json]) -> Iterator[str]:
    """Lines of a table. What a spreadsheet would take for a formula gets an apostrophe before it."""
    yield _csv_line({name: name for name in VOTE_FIELDS})
    for vote in found:
        yield _csv_line(vote)


def as_text(questions: Sequence[AskedQuestion]) -> str:
    """A table for the terminal, and a line that sums it up."""
    lines = [
        f"{q.times:>5}  {q.last_asked[:10]}  {q.status:<9}  "
        f"{q.document_id or '-'} {q.section_id or '-'}  {_told(q)}"
        for q in questions
    ]
    head = [f"{'times':>5}  last asked  outcome    nearest  question"] if lines else []
    asked = sum(q.times for q in questions)
    return "\n".join([*head, *lines, f"{len(questions)} questions, asked {asked} times"])


def _told(question: AskedQuestion) -> str:
    """The text in one line, or the digest in brackets where texts are not kept."""
    text = " ".join((question.question_text or "").split())
    return text or f"[{question.question}]"


def _csv_line(row: Mapping[str, object]) -> str:
    line = io.StringIO()
    cells = [row[name] if row[name] is not None else "" for name in VOTE_FIELDS]
    csv.writer(line, lineterminator="").writerow(
        [f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in cells]
    )
    return line.getvalue()


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
