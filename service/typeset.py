"""Document -> the leaves of the reading view: headings and paragraphs as words and note marks.

    主張 TSD 是「內部核心」。 with note 39 at its end, quoted from 3 to 6
    -> Words("主張 "), Words("TSD", quoted), Words(" 是「內部核心」。"), Mark("39", place 1)

Every character of the document that is not white space stands in exactly one run, so the page
shows the whole text, and a run's `start` lets the browser find any span again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from corpus.document import Document, Language, Span
from service.runs import RunKind, text_language, text_runs

LeafKind = Literal["heading", "paragraph", "blockquote", "list-item"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words set in one way; `start` is their offset in the document."""

    kind: RunKind
    text: str
    start: int
    quoted: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A note mark; `place` counts the marks of that note from 1, for the links back."""

    footnote_id: str
    label: str
    offset: int
    place: int
    kind: Literal["mark"] = "mark"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A heading or paragraph, by the id of its section or paragraph; text outside both has none."""

    kind: LeafKind
    id: str | None
    level: int
    span: Span
    lang: Language = "en"
    runs: tuple[Words | Mark, ...] = ()


def typeset(document: Document, quoted: Span | None = None) -> list[Leaf]:
    """The leaves of `document` in reading order, with the words inside `quoted` set apart."""
    leaves = _with_gaps(document.text, _blank_leaves(document))
    marks: dict[int, list[Mark]] = {}
    starts = [leaf.span.start for leaf in leaves]
    ends = {leaf.span.end: number for number, leaf in enumerate(leaves)}
    for mark in marks_in_order(document):
        number = ends.get(mark.offset, max(bisect_right(starts, mark.offset) - 1, 0))
        marks.setdefault(number, []).append(mark)
    return [
        replace(
            leaf,
            lang=text_language(leaf.span.of(document.text), document.metadata.lang),
            runs=tuple(runs_of(document.text, leaf.span, marks.get(number, []), quoted)),
        )
        for number, leaf in enumerate(leaves)
    ]


def places_of(document: Document) -> Counter[str]:
    """How many marks each note has in the text, by footnote id."""
    return Counter(ref.footnote_id for ref in document.noterefs)


def marks_in_order(document: Document) -> Iterator[Mark]:
    """The note marks in reading order."""
    seen: Counter[str] = Counter()
    for ref in sorted(document.noterefs, key=lambda ref: ref.offset):
        seen[ref.footnote_id] += 1
        yield Mark(ref.footnote_id, ref.label, ref.offset, seen[ref.footnote_id])


def runs_of(
    text: str, span: Span, marks: Sequence[Mark], quoted: Span | None = None
) -> Iterator[Words | Mark]:
    """`span` of `text` cut at its marks and at the edges of `quoted`, in reading order."""
    at = [(min(max(mark.offset, span.start), span.end), mark) for mark in marks]
    cuts = {offset for offset, _ in at}
    if quoted is not None:
        cuts |= {quoted.start, quoted.end}
    yield from (mark for offset, mark in at if offset == span.start)
    for words in _cut(text, span, cuts):
        end = words.start + len(words.text)
        inside = quoted is not None and quoted.start <= words.start and end <= quoted.end
        yield replace(words, quoted=inside)
        yield from (mark for offset, mark in at if offset == end)


def _cut(text: str, span: Span, cuts: set[int]) -> Iterator[Words]:
    start = span.start
    for run in text_runs(span.of(text)):
        end = start + len(run.text)
        edges = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
        for left, right in pairwise(edges):
            yield Words(run.kind, text[left:right], left, href=run.href)
        start = end


def _blank_leaves(document: Document) -> list[Leaf]:
    headings = [Leaf("heading", s.id, s.level, s.heading) for s in document.sections]
    paragraphs = [Leaf(p.kind, p.id, 0, p.span) for p in document.paragraphs]
    return sorted((leaf for leaf in headings + paragraphs if len(leaf.span)), key=_position)


def _with_gaps(text: str, leaves: Sequence[Leaf]) -> list[Leaf]:
    """`leaves`, and between them the text that belongs to none: nothing of the source is hidden."""
    gaps: list[Leaf] = []
    position = 0
    for span in (*(leaf.span for leaf in leaves), Span(len(text), len(text))):
        gap = Span(position, max(span.start, position))
        if gap.of(text).strip():
            gaps.append(Leaf("paragraph", None, 0, gap))
        position = max(position, span.end)
    return sorted([*leaves, *gaps], key=_position)


def _position(leaf: Leaf) -> Span:
    return leaf.span
