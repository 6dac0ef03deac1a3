"""Readers' votes on answers: `POST /api/v1/feedback`.

    {"answer_id": "eNqLVl…", "verdict": "up", "comment": "exactly"} -> 201 {"id": "Yx0…"}

The id names the vote: a client makes it, or takes the one it got, and sending again under it
changes the vote or, after a lost response, does no harm. A vote answered with 201 is on disk.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Annotated, Literal

from flask import Blueprint, Response, g, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.question_language import language_of
from service import running
from service.admission import count_request
from service.api import checked_receipt, json_response
from service.body import read_body
from service.config import Config
from service.current_library import library
from service.database_errors import DatabaseError
from service.errors import RequestError
from service.logs import log_trouble
from service.question import VOTE_ID, AskRequest, Text, first_fault, read_json

if TYPE_CHECKING:
    from service.journal import Journal, Vote

feedback = Blueprint("feedback", __name__)


class Feedback(BaseModel):
    """A vote as a client sends it, checked and readable."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    answer_id: str
    verdict: Literal["up", "down"]
    comment: Text = ""
    id: Annotated[str, Field(pattern=VOTE_ID)] = Field(
        default_factory=lambda: secrets.token_urlsafe(16)
    )


@feedback.post("/api/v1/feedback")
def vote() -> Response:
    """Store a vote, or change the one of the same id; 503 when it cannot be stored now."""
    config = running.config()
    if config.feedback == "off":
        raise RequestError("feedback_off")
    count_request()
    given = read_feedback(read_body(config), request.mimetype, config)
    asked = checked_receipt(library(), given.answer_id, config)
    _store(given, asked, config)
    g.verdict = given.verdict
    return json_response({"id": given.id}, 201)


def read_feedback(body: bytes, content_type: str, config: Config) -> Feedback:
    """The vote in a JSON body. RequestError with status 400, 415 or 422 otherwise."""
    try:
        given = Feedback.model_validate(read_json(body, content_type))
    except ValidationError as error:
        raise RequestError("invalid_request", first_fault(error)) from None
    if len(given.comment) > config.max_comment_characters:
        raise RequestError(
            "invalid_request",
            f"comment: at most {config.max_comment_characters:,} characters are read. Shorten it.",
        )
    return given


def _store(given: Feedback, asked: AskRequest, config: Config) -> None:
    journal = running.journal()
    try:
        journal.record_vote(_row(journal, given, asked, config))
    except DatabaseError as error:
        log_trouble("database", str(error), g.request_id)
        raise RequestError("store_unavailable") from None


def _row(journal: Journal, given: Feedback, asked: AskRequest, config: Config) -> Vote:
    from service.journal import Vote

    kept = config.keep_questions == "on"
    return Vote(
        vote=journal.digest("vote", given.answer_id, given.id),
        answer=journal.digest("answer", given.answer_id),
        question=journal.question_digest(asked.question, asked.earlier),
        verdict=given.verdict,
        comment=given.comment,
        language=asked.asked_language or language_of(asked.question),
        index_version=library().index_version,
        voted_at=int(time.time()),
        question_text=asked.question if kept else None,
        answer_id=given.answer_id if kept else None,
    )
