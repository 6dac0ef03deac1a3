"""Elements and their tied marks -> `Document.text` and everything that is a span over it.

"…（inner core）。³⁹ 由於…" -> text without the mark, a noteref to 39 at the end of the sentence before it
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.document import LineMap, NoteRef, Paragraph, Section, Sentence, Span
from corpus.marks import lifted_spans
from corpus.outline import Heading, sections_of
from corpus.paragraphs import Element
from corpus.sentences import split
from corpus.tie import Tied
from corpus.traced import shifter

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Anchored:
    """What of a Document follows from its elements and marks alone."""

    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    noterefs: tuple[NoteRef, ...]
    line_map: LineMap


@dataclass(frozen=True, slots=True)
class _Placed:
    """An element where it stands in the text, with its marks as offsets into the text."""

    element: Element
    span: Span
    marks: tuple[tuple[int, Tied], ...]


def anchor(
    elements: Sequence[Element], ties: Sequence[Sequence[Tied]], ids: Mapping[int, str]
) -> Anchored:
    """Lay the elements out as one text; `ids` are the footnote ids by definition."""
    placed: list[_Placed] = []
    parts: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    position = 0
    for element, tied in zip(elements, ties, strict=True):
        spans = lifted_spans(element.text.text, [t.mark for t in tied])
        bare = element.text.without(spans)
        if not bare.text.strip():
            continue
        shift = shifter(spans)
        begins = [span.start for span in spans]
        marks = tuple(
            (position + shift(begins[max(bisect_left(begins, t.mark.span.start + 1) - 1, 0)]), t)
            for t in tied
        )
        placed.append(_Placed(element, Span(position, position + len(bare.text)), marks))
        parts.append(bare.text)
        starts.extend(position + start for start in bare.starts)
        lines.extend(bare.lines)
        position += len(bare.text) + len(_BETWEEN)
    text = _BETWEEN.join(parts)
    sections = _sections(placed, len(text))
    paragraphs = _paragraphs(placed, sections)
    sentences, noterefs = _sentences(placed, paragraphs, text, ids)
    return Anchored(
        text, sections, paragraphs, sentences, noterefs, LineMap(tuple(starts), tuple(lines))
    )


def _sections(placed: Sequence[_Placed], end: int) -> tuple[Section, ...]:
    headed: list[tuple[Heading, Span]] = [
        (p.element.heading, p.span) for p in placed if p.element.heading
    ]
    sections = sections_of(headed, end)
    first = sections[0].span.start if sections else end
    if placed and placed[0].element.heading is None:
        stop = first - len(_BETWEEN) if sections else end
        return (Section("", "", "", 1, Span(0, stop), Span(0, 0)), *sections)
    return sections


def _paragraphs(placed: Sequence[_Placed], sections: Sequence[Section]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    by_heading = {section.heading.start: section.id for section in sections if len(section.heading)}
    section_id = ""
    for p in placed:
        if p.element.heading is not None:
            section_id = by_heading[p.span.start]
        else:
            paragraph_id = f"p{len(paragraphs) + 1}"
            paragraphs.append(Paragraph(paragraph_id, section_id, p.span, p.element.kind))
    return tuple(paragraphs)


def _sentences(
    placed: Sequence[_Placed], paragraphs: Sequence[Paragraph], text: str, ids: Mapping[int, str]
) -> tuple[tuple[Sentence, ...], tuple[NoteRef, ...]]:
    sentences: list[Sentence] = []
    noterefs: list[NoteRef] = []
    following = iter(paragraphs)
    for p in placed:
        start = p.span.start
        if p.element.heading is not None:
            spans: tuple[Span, ...] = (p.span,)
        else:
            paragraph = next(following)
            inner = split(p.span.of(text), [offset - start for offset, _ in p.marks])
            spans = tuple(Span(s.start + start, s.end + start) for s in inner)
            sentences.extend(Sentence(paragraph.id, span) for span in spans)
        for offset, tied in p.marks:
            span = _sentence_of(spans, offset)
            noterefs.extend(
                NoteRef(ids[order], label, offset, span, tied.mark.pin)
                for order, label in tied.named
            )
    return tuple(sentences), tuple(noterefs)


def _sentence_of(spans: Sequence[Span], offset: int) -> Span:
    """The sentence a mark stands in, or whose end it stands at."""
    index = bisect_left(spans, offset, key=lambda span: span.start) - 1
    return spans[max(index, 0)]
