"""The body of a question, JSON or form -> AskRequest, or one clear 4xx.

    b'{"question": " what is TSD?\\u200b "}' -> AskRequest(question="what is TSD?")

JSON is read strictly: UTF-8, no duplicate keys, no NaN, bounded depth, no lone surrogates. What
cannot be seen (zero-width, bidi and tag characters) is taken out of a question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NoReturn
from urllib.parse import parse_qs

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from corpus.clean import LOOSE_SELECTOR, UNSEEN
from corpus.document import Language
from service.config import Config
from service.errors import RequestError

_UNSEEN_RE = re.compile(f"[{UNSEEN}]|{LOOSE_SELECTOR}")
_BROKEN_RE = re.compile("[\x00\ud800-\udfff]")
_CONTROL_RE = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f]")

NO_NUL = r"^[^\u0000]*$"
VOTE_ID = r"^[A-Za-z0-9_-]{16,64}$"
"""What names a vote: no more than a random value has, and nothing that could hold a text."""
READABLE = rf"^[^\u0000]*[^\s\u0000-\u001f\u007f-\u009f{UNSEEN}\U000e0100-\U000e01ef][^\u0000]*$"
"""What a question must match, for the interface description: something to see, and no NUL."""


def _readable(text: str) -> str:
    if _BROKEN_RE.search(text):
        raise ValueError("a NUL or half of a surrogate pair stands in it")
    return _CONTROL_RE.sub(" ", _UNSEEN_RE.sub("", text)).strip()


Text = Annotated[str, AfterValidator(_readable)]


class Turn(BaseModel):
    """An earlier question. Clients may leave the answer in; only the question is read."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")
    question: Text


class AskRequest(BaseModel):
    """A question with what narrows it, checked and readable."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    question: Text
    history: list[Turn] = Field(default_factory=list)
    documents: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list, max_length=100
    )
    language: Literal["auto", "zh-Hant", "zh-Hans", "en"] = "auto"

    @property
    def asked_language(self) -> Language | None:
        """The language to answer in, or None to go by the question."""
        return None if self.language == "auto" else self.language

    @property
    def earlier(self) -> list[str]:
        """The questions before this one, oldest first."""
        return [turn.question for turn in self.history if turn.question]


def read_ask(body: bytes, content_type: str, config: Config) -> AskRequest:
    """The question in a JSON body. RequestError with status 400, 415 or 422 otherwise."""
    return check_ask(read_json(body, content_type), config)


def read_form(body: bytes, content_type: str) -> Mapping[str, list[str]]:
    """The fields of a form as a browser sends it. RequestError with status 400 or 415 otherwise."""
    if content_type != "application/x-www-form-urlencoded":
        raise RequestError("unsupported_media_type")
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=200)
    except ValueError:
        raise RequestError("bad_request") from None


def check_ask(fields: Mapping[str, object], config: Config) -> AskRequest:
    """The question in `fields`, within the limits of `config`."""
    _check_length(fields.get("question"), config)
    try:
        ask = AskRequest.model_validate(fields)
    except ValidationError as error:
        raise RequestError("invalid_request", first_fault(error)) from None
    if not ask.question:
        raise RequestError("question_empty")
    if len(ask.history) > config.max_history_turns:
        raise RequestError(
            "invalid_request", f"history: at most {config.max_history_turns} turns are read."
        )
    for turn in ask.history:
        _check_length(turn.question, config)
    return ask


def last_turns(earlier: Sequence[str], config: Config) -> list[str]:
    """The last of the earlier questions in a form, which carries them all: as many as are read."""
    asked = [text for text in earlier if text.strip()]
    return asked[max(len(asked) - config.max_history_turns, 0) :]


def check_query(query: str | None, config: Config) -> str:
    """The `q` of a search, under the rules of a question."""
    if query is None:
        raise RequestError("question_empty", "The query is empty; put it into `q`.")
    return check_ask({"question": query}, config).question


def _check_length(question: object, config: Config) -> None:
    if isinstance(question, str) and len(question) > config.max_question_characters:
        raise RequestError(
            "question_too_long",
            f"The question has {len(question):,} characters; "
            f"at most {config.max_question_characters:,} are read. Shorten it.",
        )


def read_json(body: bytes, content_type: str) -> Mapping[str, Any]:
    """The object in a JSON body, read strictly. RequestError with status 400, 415 or 422 otherwise."""
    if content_type != "application/json":
        raise RequestError("unsupported_media_type")
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise RequestError("invalid_json", _json_fault(error)) from None
    if not isinstance(value, dict):
        raise RequestError("invalid_request", "The body must be one JSON object.")
    return value


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return fields


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _json_fault(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "The body is nested too deeply."
    if isinstance(error, UnicodeDecodeError):
        return "The body is not UTF-8."
    if isinstance(error, json.JSONDecodeError):
        return (
            f"The body is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        )
    return f"The body is not valid JSON: {error}."


def first_fault(error: ValidationError) -> str:
    """`documents.0: Input should be a valid string` and the like; never the value that was sent."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(step) for step in fault["loc"])[:100]
    return f"{place or 'body'}: {fault['msg']}.".encode("utf-8", "replace").decode("utf-8")
