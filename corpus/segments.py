"""Cut a note into segments, one for each work or back reference, and hide titles from patterns.

`前者如 Kei Koga, "A; B," *Asia Policy*, 2022; 後者如 Teo, 2020.` -> `Kei Koga, ...`, `Teo, 2020.`

Two masks of the same length as the text let a pattern see structure without reading into a
title: in `mask` the inside of quotes, book titles, italics and addresses is filler; in `closed`
the inside of brackets too. Offsets agree, so every value is sliced from the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Span
from corpus.urls import URL

FILLER = "\ue000"
MAX_NOTE_CHARACTERS = 20_000
"""How much of a note is searched for works and back references; longer notes are prose."""
_TITLES = {"“": "”", "「": "」", "『": "』", "〈": "〉", "《": "》"}
_BRACKETS = {"(": ")", "（": ")", "[": "]", "［": "]", "【": "]", "〔": "]"}
_CLOSERS = {"）": ")", "］": "]", "】": "]", "〕": "]"}
_MARKS = re.compile(r"[“”「」『』〈〉《》\"*()（）\[\]［］【】〔〕]")
# Italics that carry no title but a signal: *Ibid.*, *Supra* note 8, *See also*.
_SIGNAL = re.compile(
    r"(?:but\s+|cf\.?\s+)?(?:see(?:\s+also)?|cf|accord|compare|in|et\s+al|e\.g|hereinafter)?[\s,.]*"
    r"(?:(?:supra|infra|ibid(?:em)?|idem|id|op\.?\s?cit|loc\.?\s?cit)(?![a-z])"
    r"[\s.,]*(?:(?:foot)?notes?|nn?\.|at|pp?\.)?[\s\d.,–-]*)?",
    re.IGNORECASE,
)

_EN_LEAD = (
    r"(?:(?:but\s+)?see(?:,?\s+(?:also|generally|further|in\s+particular))?,?(?:\s+e\.g\.,?)?|cf\.|compare"
    r"|contra|accord|e\.g\.,?|for\s+example,|(?:as\s+)?(?:quoted|cited)\s+(?:in|by)|quoting|citing|and|also"
    r"|sources?\s?:|originally\s+in)"
)
_ZH_VERB = (
    r"(?:參見|参见|參閱|参阅|參考|参考|參照|参照|詳見|详见|詳參|详参|引自|見於|见于|載於"
    r"|[見见](?![城上田野聞闻解])|[參参](?![謀谋議议與与考加政眾众照]))"
)
_ZH_LEAD = (
    r"(?:(?:前者|後者|后者)(?:如|[參参]?[見见]|為|为)?"
    r"|(?:相關討論|相关讨论|相關文獻|相关文献)?(?:另|亦|又|並|并|可|請|请|還|还|轉|转|更)*(?:可|請|请)?"
    + _ZH_VERB
    + r"|例如|比如|如(?![是何果下])|(?:資料|资料)?(?:來源|来源)\s?[:：]|出處\s?[:：]|出处\s?[:：])"
)
LEAD_IN = re.compile(
    rf"[\s,，:：、—–]*(?P<star>\*)?(?:{_EN_LEAD}(?![A-Za-z])|{_ZH_LEAD})(?(star)[.,]?\*)[\s,，:：]*",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"[;；]|\n[ \t]*\n"
    r"|(?<=[.>\d)）”\"])[,.]?\s+(?=\*?(?:But see|See|Cf\.|Compare|Accord)(?:\*|\s))"
    r"|[,，.]\s*(?=(?:as\s+)?(?:quoted|cited)\s+in\s)"
    rf"|[，,.]\s*(?=(?:另|亦|又|並|并|轉|转)(?:可|請|请)*{_ZH_VERB})"
)
_FULL_STOPS = re.compile(r"。")
# Entries whose fields are parted by full stops: 王守仁（2017）。篇名。 and 张三。题名[J]。
_STOPPED_FIELDS = re.compile(
    r"[^。]{1,80}[（(]\s?(?:1[5-9]|20)\d\d[^）)。]{0,20}[）)]\s?。"
    r"|[^。]{1,80}。[^。]{1,120}[\[［][A-Z]{1,2}"
)
_BLANK = re.compile(r"[\s,，。.;；、]*")


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
    """Spans of matching quotes and brackets, without their closing mark's successor; linear."""
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
    plain = _masked(text, urls)
    pairs = [s for s in _paired(plain) if len(s) > 2]
    titles = [s for s in pairs if text[s.start] not in _BRACKETS and not _is_signal(text, s)]
    return Segment(
        text,
        _masked(text, urls + titles),
        _masked(text, urls + titles + [s for s in pairs if text[s.start] in _BRACKETS]),
        0,
    )


def _is_signal(text: str, span: Span) -> bool:
    inside = text[span.start + 1 : min(span.end - 1, span.start + 80)]
    return text[span.start] == "*" and (inside.isdecimal() or _SIGNAL.fullmatch(inside) is not None)


def _stops(chunk: Segment) -> list[re.Match[str]]:
    if _STOPPED_FIELDS.match(chunk.mask):
        return []
    return list(_FULL_STOPS.finditer(chunk.closed))


def _cut(whole: Segment, breaks: list[re.Match[str]]) -> Iterator[Segment]:
    at = 0
    for match in breaks:
        yield whole.part(at, match.start())
        at = match.end()
    yield whole.part(at)


def split_note(text: str) -> tuple[Segment, ...]:
    """The note's segments in order, without lead-ins (參見, See also) and outer punctuation.

    A semicolon, a blank line, a Chinese full stop or a new lead-in parts two segments, unless it
    stands inside quotes, brackets, italics or an address.
    """
    whole = masked_note(text)
    chunks = _cut(whole, list(_BREAKS.finditer(whole.closed)))
    segments = (s for chunk in chunks for s in _cut(chunk, _stops(chunk)))
    return tuple(s for s in map(without_lead_in, segments) if len(s))


def without_lead_in(segment: Segment) -> Segment:
    """The segment from its first word that is no lead-in, without blanks at either end."""
    start = _end_of(_BLANK, segment.mask, 0)
    for _ in range(3):
        lead = LEAD_IN.match(segment.mask, start)
        if lead is None:
            break
        start = lead.end()
    end = len(segment.text.rstrip())
    return segment.part(min(start, end), end)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def segment_at(segments: tuple[Segment, ...], offset: int) -> Segment | None:
    """The segment that holds `offset` of the note, None between segments."""
    position = bisect_right(segments, offset, key=lambda s: s.start) - 1
    if position < 0 or offset >= segments[position].start + len(segments[position]):
        return None
    return segments[position]
