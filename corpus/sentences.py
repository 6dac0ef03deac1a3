"""A paragraph -> its sentences, as spans.

    "論者主張…「內部核心」。它有三國。" -> "論者主張…「內部核心」。", "它有三國。"
    "The U.S. acted. Dr. Roe (2d ed.) agreed.” Then" -> "The U.S. acted.", "Dr. Roe (2d ed.) agreed.”", "Then"

；and ： end no sentence. Closing quotes and brackets belong to the sentence before them. A note
mark that stood after a stop is evidence that the sentence ends there, even after "U.S.".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from corpus.clean import is_cjk
from corpus.document import Span

_CLOSERS = "」』）】》〉〕］”’\"')]"
_STOP = re.compile(f"(?:\\.(?: \\.){{1,3}}|[。！？!?．｡.]+)([{re.escape(_CLOSERS)}*_]*)")
_CJK_STOPS = "。！？．｡"
_GOES_ON = re.compile(r"[，、；：,;:。！？）」』》〉】的之等與与和及]")
_NEVER_ENDS = frozenset(
    "mr mrs ms dr prof hon gen sen rep gov col lt sgt capt st mt no nos vol vols p pp para paras § sec secs art arts "
    "s ss harv colum cir messrs rev fr pres supt cmdr adm maj brig pop est approx chap chaps fo fos fol fols ms mss bk bks pl pls nr repr "
    "ch chs pt pts fig figs tab tabs eq eqs ed eds ser supp cf e.g i.e viz vs v ibid id op loc cit ca "
    "jan feb mar apr jun jul aug sep sept oct nov dec ann app div dist rev stat reg tit cl nn trans comp".split()
)
_WORDS_TOO = frozenset(
    "no No app art Art arts Arts est fig figs id mar pl Pl pop s SS tab tabs".split()
)
"""Abbreviations that are words as well, as printed: a number shows what they are. "App. A" is an appendix, "the app. A man" none."""
_MAY_END = frozenset(
    "c n u.s u.k u.n e.u d.c p.m a.m ph.d inc ltd co corp llc etc al jr sr bros dept univ assn l.l.c u.s.c u.s.a b.c a.d".split()
)
_OPENERS = frozenset(
    "The A An In It Its This These Those That There They He She We But However Yet And Or If When While As At By For From "
    "On To Under Thus Hence Moreover Nor So Such Since Although After Before Because Both Each Even Most Many Some "
    "Our Their His Her What Which Who Why How One Two Here Then Still Instead Indeed Finally First Second Third".split()
)
_WORD_BEFORE = re.compile(r"[A-Za-zÀ-ɏ§.]{1,24}$")
_WORD_AFTER = re.compile(r"[\"“‘'(\[「『（]{0,3}([A-Za-zÀ-ɏ]{1,24}+(?!\.))?")
_NUMBER = re.compile(r"[\d§(]|(?:[B-HJ-Z]|[IVXLC]{2,7})\b")


def split(text: str, marks: Collection[int] = ()) -> tuple[Span, ...]:
    """Spans of the sentences in reading order; together they hold every character but outer blanks.

    `marks` are the offsets in `text` where note marks stood.
    """
    spans: list[Span] = []
    start = 0
    for end in _ends(text, frozenset(marks)):
        span = _trimmed(text, start, end)
        if len(span):
            spans.append(span)
        start = end
    last = _trimmed(text, start, len(text))
    if len(last):
        spans.append(last)
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends(text: str, marks: frozenset[int]) -> Iterator[int]:
    for match in _STOP.finditer(text):
        stop, end = match.end() - len(match[1]), match.end()
        marked = any(position in marks for position in range(stop, end + 1))
        if marked and end == len(text):
            yield end
        elif any(c in _CJK_STOPS for c in text[match.start() : stop]):
            if _cjk_ends(text, match[1], end, marked):
                yield end
        elif _latin_ends(text, match.start(), stop, end, marked):
            yield end


def _cjk_ends(text: str, closers: str, end: int, marked: bool) -> bool:
    if not closers or marked:
        return True
    if closers[0] in "》〉":
        return False
    following = text[end : end + 1]
    return not (following and _GOES_ON.match(following))


def _latin_ends(text: str, start: int, stop: int, end: int, marked: bool) -> bool:
    """`.`, `!` and `?` end a sentence before a blank and what can open one, and after no abbreviation."""
    following = text[end : end + 1]
    if following and not following.isspace():
        return text[start:stop] != "." and is_cjk(following) and not _GOES_ON.match(following)
    opening = text[end : end + 60].lstrip()
    if not opening or marked:
        return True
    if opening[0].islower() or opening[0] in ",;:)—–，；：）、":
        return False
    if text[start:stop] == ".":
        return not _abbreviated(text[max(start - 24, 0) : start], opening, text[stop:end])
    return True


def _abbreviated(before: str, opening: str, closers: str) -> bool:
    match = _WORD_BEFORE.search(before)
    if not match:
        return bool(_CAPTION.fullmatch(before))
    if before[match.start() - 1 : match.start()].isdigit():
        return False
    printed = match[0].lstrip(".")
    word, capital = printed.lower(), len(printed) == 1 and printed.isupper()
    if word in _NEVER_ENDS and not (capital or closers):
        return printed not in _WORDS_TOO or _NUMBER.match(opening) is not None
    next_word = (_WORD_AFTER.match(opening) or [None, None])[1]
    may_go_on = capital or word in _MAY_END or _INITIALS.fullmatch(word) is not None
    return may_go_on and next_word not in _OPENERS


_CAPTION = re.compile(
    r"(?:(?:Figure|Table|Fig\.|Box|Chart|Map|Plate|Exhibit|Recommendation|Finding|Principle|Step) (?:[A-Z]\.?)?)?\d{1,3}(?:[.–-]\d{1,3})?"
)
"""What opens a paragraph and ends no sentence: "Figure 1. Dues and costs", "12. The Committee agreed"."""


_INITIALS = re.compile(r"\A(?:[a-z]\.)+[a-z]")
_TRAILING_MARK = re.compile(
    r"(?:[⁰¹²³⁴-⁹⁻①-⒇❶-➓㉑-㉟㊱-㊿⓫-⓴]{1,8}|\[\^[^\]\s]{1,60}\]|[\[［〔（(【][註注]?\s?(?:[\d一二三四五六七八九十,，、–-]{1,12}|[ivxl]{1,7})[\]］〕）)】]\d{0,4}"
    r"|<sup>[^<]{1,12}</sup>|\^[\d,]{1,8}\^|(?<=[.!?。！？：”\"’」』）)])\d{1,3})\s{0,4}$"
)


def is_finished(text: str) -> bool:
    """Does a line end where a sentence can end: a stop or colon, then closers and note marks at most?"""
    tail = text[-160:].rstrip()
    while match := _TRAILING_MARK.search(tail[-80:]):
        tail = tail[: len(tail) - len(tail[-80:]) + match.start()].rstrip()
    bare = tail.rstrip(_CLOSERS + "*_> †‡§＊")
    return bool(bare) and bare[-1] in "。！？．｡.!?…:："
