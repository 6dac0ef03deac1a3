"""Hide what stands inside quotes, titles, italics, brackets and addresses from patterns.

`Koga, "A; B," *Asia Policy* (2022)` -> mask `Koga, "·····" *···········* (2022)`,
closed `Koga, "·····" *···········* (····)`

Both masks have the length of the text, so an offset found in a mask names the same place in the
text, and every value is sliced from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Span
from corpus.urls import URL

FILLER = "\ue000"
"""What stands in a mask for a hidden character."""

_TITLES = {"“": "”", "「": "」", "『": "』", "〈": "〉", "《": "》"}
_BRACKETS = {"(": ")", "（": ")", "[": "]", "［": "]", "【": "]", "〔": "]"}
_CLOSERS = {"）": ")", "］": "]", "】": "]", "〕": "]"}
_MARKS = re.compile(r"[“”「」『』〈〉《》\"*()（）\[\]［］【】〔〕]")
# Italics that carry no title but a signal: *Ibid.*, *Supra* note 8, *See also*.
_SIGNAL = re.compile(
    r"\A(?:but\s+|cf\.?\s+)?(?:see(?:\s+also)?|cf|accord|compare|in|et\s+al|e\.g|hereinafter)?[\s,.]*"
    r"(?:(?:supra|infra|ibid(?:em)?|idem|id|op\.?\s?cit|loc\.?\s?cit)(?![a-z])"
    r"[\s.,]*(?:(?:foot)?notes?|nn?\.|at|pp?\.)?[\s\d.,–-]*)?",
    re.IGNORECASE,
)


_UNDERSCORED = re.compile(r"(?<![\w/])_(?=\S)([^_\n]{1,200})(?<=\S)_(?!\w)")
"""_Italics_ as Pandoc writes them in plain text; in the masks they stand between asterisks."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A slice of a note with its masks; `start` is its offset in the note."""

    text: str
    mask: str
    closed: str
    start: int

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> Segment:
        """The slice `[start:end]` of this segment."""
        end = len(self.text) if end is None else end
        return Segment(
            self.text[start:end], self.mask[start:end], self.closed[start:end], self.start + start
        )


def _paired(text: str) -> Iterator[Span]:
    """The span of each pair of quotes or brackets, both marks included, in one pass over the text."""
    waiting: dict[str, list[int]] = {}
    toggled: dict[str, int] = {}
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if mark in '"*':
            span = _toggled(text, at, toggled)
            if span is not None:
                yield span
        elif mark in _TITLES or mark in _BRACKETS:
            waiting.setdefault(_TITLES.get(mark) or _BRACKETS[mark], []).append(at)
        elif opened := waiting.get(_CLOSERS.get(mark, mark)):
            yield Span(opened.pop(), at + 1)


def _toggled(text: str, at: int, open_at: dict[str, int]) -> Span | None:
    """A span that a straight quote or an asterisk at `at` closes, if it closes one."""
    mark = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    opens = not after.isspace() and after != "" and (not before or not before.isalnum())
    if mark not in open_at:
        if opens or (mark == '"' and after and not after.isspace()):
            open_at[mark] = at
        return None
    if opens and (before.isspace() or before in "([（"):
        open_at[mark] = at
        return None
    if mark == "*" and before.isspace():
        return None
    return Span(open_at.pop(mark), at + 1)


def _outermost(spans: list[Span]) -> Iterator[Span]:
    end = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= end:
            end = span.end
            yield span


def _masked(text: str, spans: list[Span]) -> str:
    pieces, at = [], 0
    for span in _outermost(spans):
        pieces += [text[at : span.start + 1], FILLER * (len(span) - 2)]
        at = span.end - 1
    return "".join([*pieces, text[at:]])


def masked_note(text: str) -> Segment:
    """The whole note as one segment with its masks."""
    urls = [Span(*m.span()) for m in URL.finditer(text)]
    starred = _UNDERSCORED.sub(r"*\1*", text)
    plain = _masked(starred, urls)
    pairs = [s for s in _paired(plain) if len(s) > 2]
    titles = [s for s in pairs if text[s.start] not in _BRACKETS and not _is_signal(starred, s)]
    return Segment(
        text,
        _masked(starred, urls + titles),
        _masked(starred, urls + titles + [s for s in pairs if text[s.start] in _BRACKETS]),
        0,
    )


def _is_signal(text: str, span: Span) -> bool:
    inside = text[span.start + 1 : min(span.end - 1, span.start + 80)]
    return text[span.start] == "*" and (inside.isdecimal() or _SIGNAL.fullmatch(inside) is not None)
