"""The types of an answer: blocks of verbatim text, citations into the source, the author's notes.

`exact == document.text[start:end]` holds for every citation and is checked before one is
made (see `cite.py`). The JSON form of these types is the public contract; `answer_json`
in `render.py` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from corpus.document import Language, Resolved, Span

Basis = Literal["sentence", "passage"]
Status = Literal["answered", "not_found"]
Mode = Literal["extractive", "generative"]
Target = Literal["body", "note"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice of the source with what stands around it (W3C TextQuoteSelector names)."""

    exact: str
    prefix: str
    suffix: str
    span: Span


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A footnote shown under a citation.

    `basis` is "sentence" when the mark stands in the quoted sentence, "passage" when it is
    the author's next mark in the same paragraph. `resolved` names the works meant, through
    Supra and Ibid.; `works` are those works as CSL-JSON, in the same order.
    """

    footnote_id: str
    label: str
    text: str
    kind: str
    basis: Basis
    resolved: tuple[Resolved, ...]
    works: tuple[Mapping[str, Any], ...]
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a block's text stands. `footnote_id` is set when the quote is from a note (`target` "note"),
    and `quote.span` then counts code points of that note's text."""

    number: int
    document_id: str
    section_id: str
    section_title: str
    quote: Quote
    url: str
    notes: tuple[CitedNote, ...]
    target: Target = "body"
    footnote_id: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of answer text. In an extractive answer it is verbatim the exact text of its citations."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearSection:
    """A section to look into where nothing answers; it is no evidence."""

    document_id: str
    section_id: str
    section_title: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got: quotes with citations, or the nearest sections."""

    id: str
    question: str
    language: Language
    status: Status
    mode: Mode
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[NearSection, ...]
    index_version: str
    took_ms: float

    @property
    def answered(self) -> bool:
        """Whether there is an answer at all."""
        return self.status == "answered"
