"""The types of a read publication: one text, and everything else as spans over it.

Every offset is a Unicode code point into `Document.text`, which is the body with page
breaks undone and with note marks and note definitions lifted out. A page turn, a footnote
and a citation can therefore never disagree about where they are. This module imports
nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

Language = Literal["zh-Hant", "zh-Hans", "en"]
ParagraphKind = Literal["paragraph", "blockquote", "list-item"]
FootnoteKind = Literal["source", "supra", "ibid", "explanatory", "author"]
BackReferenceKind = Literal["supra", "ibid"]
Severity = Literal["error", "warning"]
Part = TypeVar("Part", "Footnote", "Section")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The slice of `text` that this span names."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote a publication, as printed."""

    name: str
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a publication says of itself, from its text and its sidecar `<id>.toml`.

    `suggestions` are questions, by interface language, that the editor offers a reader to begin with.
    """

    id: str
    title: str
    authors: tuple[Author, ...]
    lang: Language
    container_title: str | None = None
    publisher: str | None = None
    issued: str | None = None
    url: str | None = None
    licence: str | None = None
    suggestions: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """`id` is the labels from the root joined with "/", as in 參/三.

    `span` runs from the heading to the end of the last subsection; `heading` is the
    heading line inside it (empty when the text opens without one).
    """

    id: str
    label: str
    title: str
    level: int
    span: Span
    heading: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, block quotation or list item; `id` is unique in the document."""

    id: str
    section_id: str
    span: Span
    kind: ParagraphKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one paragraph, closing quotes and brackets included."""

    paragraph_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class NoteRef:
    """Where a mark stood. The mark itself is not in `Document.text`.

    `offset` lies between the characters the mark stood between; `sentence` is the
    sentence the mark stands in, or whose end it stands at. `pin` is the page that the mark
    itself gives, as in [4]15 (note 4, page 15).
    """

    footnote_id: str
    label: str
    offset: int
    sentence: Span
    pin: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A work named by the note that holds it: `Document.footnote(footnote_id).works[work]`."""

    footnote_id: str
    work: int
    pin: str | None = None


@dataclass(frozen=True, slots=True)
class BackReference:
    """Supra, Ibid., 同註, 前揭註: a pointer from one note to an earlier one.

    `target` is the note named in print (None when it dangles or is ambiguous), `work` the
    index of the work meant inside it, `pin` the page as printed. `resolved` follows the
    chain to the note that holds the work (11 -> 10 -> 8 gives 8); `chain` lists the steps.
    """

    kind: BackReferenceKind
    target: str | None
    work: int | None
    pin: str | None
    resolved: Resolved | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """One work cited in a note. `csl` is a CSL-JSON item; `span` lies in the note's text."""

    csl: Mapping[str, Any]
    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, verbatim. `id` is unique in the document; `label` is what is printed."""

    id: str
    label: str
    text: str
    kind: FootnoteKind
    line: int
    back_references: tuple[BackReference, ...] = ()
    works: tuple[Work, ...] = ()
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should look at; `message` names the cure, `line` is 1-based in the file."""

    severity: Severity
    code: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line of the file that is neither body nor note: a running head, a page number, a contents
    entry, the title. `line` is 1-based in the file; `reason` says in words what it was taken for.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LineMap:
    """From offsets in `Document.text` back to 1-based line numbers of the file.

    `starts[i]` is the first offset that comes from file line `lines[i]`.
    """

    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_of(self, offset: int) -> int:
        """The 1-based file line that the character at `offset` came from."""
        if not self.starts:
            return 1
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Document:
    """A read publication. Sections, paragraphs, sentences and noterefs stand in reading order."""

    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    noterefs: tuple[NoteRef, ...]
    footnotes: tuple[Footnote, ...]
    findings: tuple[Finding, ...] = ()
    line_map: LineMap = field(default_factory=lambda: LineMap((), ()))
    set_aside: tuple[SetAside, ...] = ()
    _footnote_of: Mapping[str, Footnote] = field(init=False, repr=False, compare=False)
    _section_of: Mapping[str, Section] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_footnote_of", _by_id(self.footnotes))
        object.__setattr__(self, "_section_of", _by_id(self.sections))

    @property
    def id(self) -> str:
        """The publication's id: the name of its file without the suffix."""
        return self.metadata.id

    def footnote(self, footnote_id: str) -> Footnote:
        """Raises KeyError when the document has no such note."""
        return self._footnote_of[footnote_id]

    def section(self, section_id: str) -> Section:
        """Raises KeyError when the document has no such section."""
        return self._section_of[section_id]

    def section_path(self, section_id: str) -> tuple[Section, ...]:
        """The section and its ancestors, outermost first."""
        wanted = self.section(section_id)
        return tuple(
            s for s in self.sections if s.level <= wanted.level and s.span.covers(wanted.span)
        )

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that holds the character at `offset`; None in a heading or between paragraphs."""
        position = bisect_right(self.paragraphs, offset, key=lambda p: p.span.start) - 1
        if position < 0 or offset >= self.paragraphs[position].span.end:
            return None
        return self.paragraphs[position]

    def sentences_in(self, span: Span) -> Iterator[Sentence]:
        """The sentences that lie wholly inside `span`."""
        first = bisect_left(self.sentences, span.start, key=lambda s: s.span.start)
        behind = bisect_left(self.sentences, span.end, first, key=lambda s: s.span.start)
        return (s for s in self.sentences[first:behind] if s.span.end <= span.end)

    def noterefs_of(self, sentence: Span) -> Iterator[NoteRef]:
        """The marks that belong to the sentence with exactly this span."""
        start, end = sentence.start, sentence.end
        return (r for r in self.noterefs if r.sentence.start == start and r.sentence.end == end)


def _by_id(parts: Sequence[Part]) -> Mapping[str, Part]:
    """The first of each id."""
    return {part.id: part for part in reversed(parts)}
