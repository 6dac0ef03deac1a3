"""Document -> chunks: passages that never cross a section, and one chunk for every note.

A passage is a paragraph, cut at sentence ends when it is longer than the encoder reads well.
Note texts are chunks of their own kind, so that a name that stands only in a note is found
without its words counting as body text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.document import Document, Paragraph, Span

ChunkKind = Literal["passage", "note"]
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_FILED_UNDER = re.compile(
    r"\W{0,4}(?:關鍵[詞字]|关键[词字]|key ?words|index terms|中[图圖]分[类類][号號]|文献标[识志]码|文章编号|jel (?:codes?|classification)|doi)\W{0,4}[:：]",
    re.IGNORECASE,
)
MAX_WIDTH = 1200
"""Longest passage, in half-width columns: about 400 tokens of the default encoder's 512."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stored piece of a document. For a note, `span` counts code points of the note's text."""

    id: str
    document_id: str
    section_id: str
    span: Span
    text: str
    kind: ChunkKind = "passage"
    footnote_id: str | None = None


def chunk_document(document: Document) -> list[Chunk]:
    """Passages in reading order, then notes in document order."""
    return [*_passages(document), *_notes(document)]


def states(sentence: str) -> bool:
    """Whether a sentence may say something: 「关键词：渡轮；票价」 files the text and answers nothing."""
    return _FILED_UNDER.match(sentence) is None


@lru_cache(maxsize=5_000)
def width(text: str) -> int:
    """Columns of `text`, a wide character counting two: a measure close to encoder tokens times three."""
    return len(text) + len(_WIDE.findall(text))


def _passages(document: Document) -> Iterator[Chunk]:
    for paragraph in document.paragraphs:
        for number, span in enumerate(_pieces(document, paragraph)):
            yield Chunk(
                id=f"{document.id}:{paragraph.id}.{number}",
                document_id=document.id,
                section_id=paragraph.section_id,
                span=span,
                text=span.of(document.text),
            )


def _pieces(document: Document, paragraph: Paragraph) -> list[Span]:
    if width(paragraph.span.of(document.text)) <= MAX_WIDTH:
        return [paragraph.span]
    pieces: list[Span] = []
    for sentence in document.sentences_in(paragraph.span):
        grown = Span(pieces[-1].start, sentence.span.end) if pieces else sentence.span
        if pieces and width(grown.of(document.text)) <= MAX_WIDTH:
            pieces[-1] = grown
        else:
            pieces.append(sentence.span)
    return pieces


def _notes(document: Document) -> Iterator[Chunk]:
    section_of = {
        ref.footnote_id: _section_at(document, ref.offset) for ref in reversed(document.noterefs)
    }
    for footnote in document.footnotes:
        yield Chunk(
            id=f"{document.id}:note.{footnote.id}",
            document_id=document.id,
            section_id=section_of.get(footnote.id, ""),
            span=Span(0, len(footnote.text)),
            text=footnote.text,
            kind="note",
            footnote_id=footnote.id,
        )


def _section_at(document: Document, offset: int) -> str:
    """The innermost section with a mark that ends at `offset`, be it in a heading."""
    around = [s for s in document.sections if s.span.start < offset <= s.span.end]
    return max(around, key=lambda section: section.level).id if around else ""
