"""A gold file -> its rows: questions beside the sentences and notes that answer them, as a reader found them.

A row is a JSON object a line: `question` (or `turns`, the last of which is asked with the earlier ones
as history), `lang`, `answerable`, and where it helps `id` and `kind`. An answerable row names its
evidence: `core_sentence_ids` / `alternative_sentence_ids` ("S097" is the 97th sentence of the document)
or `core_sentences` / `alternative_sentences` (verbatim), `must_include`, `footnotes`,
`footnotes_acceptable`, and `answer_in_footnotes` where the answer stands in a note; the last turn may
name it in place of the row. An unanswerable row may carry `domain`: near-domain or out-of-domain. Other
keys are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from corpus.document import Document


class GoldError(ValueError):
    """The gold file cannot be used; the message names the row, what is wrong with it and the cure."""


Text = Annotated[str, StringConstraints(min_length=1)]
SentenceId = Annotated[str, StringConstraints(pattern=r"^S[0-9]{1,9}$")]


class Turn(BaseModel):
    """One question of a conversation."""

    model_config = ConfigDict(frozen=True)

    question: Text


class GoldRow(BaseModel):
    """One question and its evidence. Notes are named by id, as text, however the file writes them."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str = ""
    lang: Text
    kind: Text = "other"
    question: Text
    turns: tuple[Turn, ...] = ()
    answerable: bool
    domain: str | None = None
    document: str | None = None
    answer_sentences: tuple[str, ...] = ()
    core_sentences: tuple[str, ...] = ()
    alternative_sentences: tuple[str, ...] = ()
    core_sentence_ids: tuple[SentenceId, ...] = ()
    alternative_sentence_ids: tuple[SentenceId, ...] = ()
    must_include: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    footnotes_acceptable: tuple[str, ...] = ()
    answer_in_footnotes: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, given: Any) -> Any:
        """What the row does not say itself, its last turn may; null says nothing."""
        match given:
            case {"turns": [*_, {**last}]}:
                given = {**last, **given}
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if value is not None}

    @property
    def asked(self) -> str:
        """The question to ask."""
        return self.turns[-1].question if self.turns else self.question

    @property
    def history(self) -> Sequence[str]:
        """The questions before it, oldest first."""
        return [turn.question for turn in self.turns[:-1]]


def read_gold(path: Path) -> list[GoldRow]:
    """The rows of a file. GoldError names the first line that is none, OSError says that there is no file."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise GoldError(f"{path.name} is not UTF-8; save it as UTF-8") from None
    rows = [_row(line, f"{path.name} line {n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise GoldError(f"{path.name}: no gold rows; write one JSON object a line")
    return rows


def _row(line: str, place: str) -> GoldRow:
    try:
        row = GoldRow.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        fault = " ".join(f"{key}: {first['msg']}".removeprefix(": ").split())
        raise GoldError(
            f"{place}: {fault}; a gold row is a JSON object with question (or turns), lang and answerable"
        ) from None
    return row if row.id else row.model_copy(update={"id": place})


def core_sentences(row: GoldRow, documents: Sequence[Document]) -> Sequence[str]:
    """The sentences of which one must be quoted, verbatim. GoldError when no document holds them."""
    if verbatim := (*row.core_sentences, *row.alternative_sentences):
        return verbatim
    wanted = (*row.core_sentence_ids, *row.alternative_sentence_ids)
    if not wanted:
        return ()
    document = _document_of(row, documents)
    return [_sentence(row, document, name) for name in wanted]


def _sentence(row: GoldRow, document: Document, name: str) -> str:
    number, count = int(name[1:]), len(document.sentences)
    if not 0 < number <= count:
        raise GoldError(
            f"{row.id}: {document.id} has no sentence {name}; its sentences are S1 to S{count}"
        )
    return document.sentences[number - 1].span.of(document.text)


def _document_of(row: GoldRow, documents: Sequence[Document]) -> Document:
    """The document a row's sentence numbers count in: the one named, or the one that holds the answer."""
    named = [d for d in documents if d.id == row.document]
    holding = [d for d in documents if all(s in d.text for s in row.answer_sentences)]
    for document in [*named, *holding]:
        return document
    raise GoldError(
        f"{row.id}: no document holds its answer sentences; build the corpus it belongs to"
    )
