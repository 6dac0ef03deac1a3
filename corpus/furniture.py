"""Tell what a page carries beside its text: page numbers, running heads, rules; contents lists too.

    "— 12 —" -> page number     "海岛治理评论 2023年第4期" on three pages -> running head

Nothing is dropped: every line set aside is returned with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.bylines import is_byline
from corpus.clean import Line, closed_up
from corpus.contents import Entry, find_contents
from corpus.definitions import NOTES_HEADING, candidates
from corpus.markdown import asides
from corpus.numbering import numbered
from corpus.outline import (
    belongs_to_figure,
    columns,
    is_known_heading,
    looks_like_heading,
    may_head,
)
from corpus.sentences import is_finished

_PAGE_NUMBER = re.compile(
    r"\A(?:(?:page|p\.|第|頁|页)\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?[頁页]|\s?(?:/|of|／|共)\s?\d{1,4}\s?[頁页]?)?",
    re.IGNORECASE,
)
_DECORATED_NUMBER = re.compile(
    r"[-–—―·•‧~～]{1,2}\s{0,3}(?:\d{1,4}|[〇○零一二三四五六七八九十百]{1,5})\s{0,3}[-–—―·•‧~～]{1,2}"
)
_HAN_NUMBER = re.compile(r"[〇○零一二三四五六七八九十百]{1,5}")
_PAGE_WORDS = re.compile(
    r"\A(?=.{0,20}(?:[頁页]|page))(?=.{0,20}\d)(?:\d|[\s第共之頁页/／|｜,，.·•‧\-–—()（）\[\]~～:：]|pages?|of)+",
    re.IGNORECASE,
)
"""第 1 頁，共 2 頁 and Page 3 of 10, in whatever signs."""
_AROUND_NUMBER = "-–—·•‧．.[](（）〔〕)|~ "
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
"""2019 alone is a page number only next to 2018 or 2020, or at the foot of a page: it may head a part of a chronology."""
_RULE = re.compile(r"\A(?:[.．·…]{3,}|[-–—_=~*＿─━]{3,}|(?:\* ?){3,})")
_CHANGING = re.compile(r"[\d\s\[\]()|·•—–-]+")
_NUMBER_AT_END = re.compile(r"\s\d{1,4}$")
_NUMBER_AT_START = re.compile(r"\d{1,4}\s")


_FAR = 24
"""Blanks before a page number that was set flush right or in the middle."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """`reasons` maps the index of a line to why it is no text; `turns` are the lines with the number of a page."""

    reasons: dict[int, str]
    contents: tuple[Entry, ...]
    turns: frozenset[int]


def find_furniture(lines: Sequence[Line], markdown: bool) -> Furniture:
    """Indices of the lines that are no text, in a file of any layout."""
    reasons: dict[int, str] = {}
    contents: tuple[Entry, ...] = ()
    turns: frozenset[int] = frozenset()
    if markdown:
        reasons.update(asides(lines))
    else:
        numbers = _page_numbers(lines, reasons)
        turns = numbers | _running_heads(lines, reasons, numbers)
        contents = find_contents(lines, reasons)
        for index, line in enumerate(lines):
            if not line.blank and _RULE.fullmatch(line.stripped):
                reasons.setdefault(index, "rule")
    return Furniture(reasons, contents, turns)


def _alone(lines: Sequence[Line], index: int) -> bool:
    before = index == 0 or lines[index - 1].blank or lines[index - 1].page != lines[index].page
    after = (
        index + 1 >= len(lines)
        or lines[index + 1].blank
        or lines[index + 1].page != lines[index].page
    )
    return before and after


def _at_edge(lines: Sequence[Line], index: int, edges: Sequence[int] = (-1, 1)) -> bool:
    """First (-1) or last (1) printed line of its page."""
    page = lines[index].page
    for step in edges:
        other = index + step
        while 0 <= other < len(lines) and lines[other].page == page and lines[other].blank:
            other += step
        if not 0 <= other < len(lines) or lines[other].page != page:
            return True
    return False


def _page_numbers(lines: Sequence[Line], reasons: dict[int, str]) -> frozenset[int]:
    paged = lines[-1].page > 1 if lines else False
    turns: set[int] = _numbers_in_a_row(lines)
    reasons.update(dict.fromkeys(turns, "page number"))
    for index, line in enumerate(lines):
        text = line.stripped
        if line.blank or len(text) > 24:
            continue
        set_far = line.indent >= _FAR and _HAN_NUMBER.fullmatch(text)
        if set_far or (_DECORATED_NUMBER.fullmatch(text) and _ends_block(lines, index)):
            reasons[index] = "page number"
            turns.add(index)
        if _PAGE_WORDS.fullmatch(text) and _ends_block(lines, index):
            reasons[index] = "page number"
            turns.add(index)
        if not _PAGE_NUMBER.fullmatch(text.strip(_AROUND_NUMBER)):
            continue
        if _YEAR.fullmatch(text) and not (paged and _at_edge(lines, index, (1,))):
            continue
        decimal = any(map(str.isdecimal, text))
        apart = _alone(lines, index) or (paged and _at_edge(lines, index))
        if (decimal and (apart or line.indent >= _FAR)) or (
            paged and _at_edge(lines, index) and text == text.lower()
        ):
            reasons[index] = "page number"
            turns.add(index)
    return frozenset(turns)


def _numbers_in_a_row(lines: Sequence[Line]) -> set[int]:
    """Lines that hold a number only, right below the last of their page: 33, 34, … each one more than the last.

    What could be years must cut a sentence somewhere: the years of a chronology stand between whole ones.
    """
    rows: list[list[int]] = []
    last = 0
    for index, line in enumerate(lines):
        text = line.stripped
        if not text.isdecimal() or len(text) > 4 or not _ends_block(lines, index):
            continue
        if rows and int(text) == last + 1 and index - rows[-1][-1] >= _SHORTEST_PAGE:
            rows[-1].append(index)
        else:
            rows.append([index])
        last = int(text)
    return {
        index
        for row in rows
        if len(row) > 1
        and (not _YEAR.fullmatch(lines[row[0]].stripped) or any(_cuts(lines, i) for i in row[1:]))
        for index in row
    }


def _cuts(lines: Sequence[Line], index: int, passed: Container[int] = ()) -> bool:
    """Does the text above, lines `passed` over, stop in the middle of a sentence and not with a heading?"""
    above = _printed_above(lines, index, passed)
    if above is None or is_finished(lines[above].text):
        return False
    text = lines[above].stripped
    return not (_alone(lines, above) and (numbered(text) or columns(text) < _LONG_HEADING))


_LONG_HEADING = 60
"""Columns; a longer line without a number and a stop is rather cut text than a heading."""


def _printed_above(lines: Sequence[Line], index: int, passed: Container[int]) -> int | None:
    shown = (i for i in range(index - 1, -1, -1) if not (lines[i].blank or i in passed))
    return next(shown, None)


def _ends_block(lines: Sequence[Line], index: int) -> bool:
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is None or below.blank or below.page != lines[index].page


_SHORTEST_PAGE = 5
"""Lines between the numbers of two pages; those of a table stand closer."""


def _skeleton(text: str) -> str:
    """A running head without what changes from page to page."""
    return _CHANGING.sub(" ", text).strip().casefold()


def _running_heads(
    lines: Sequence[Line], reasons: dict[int, str], turns: frozenset[int]
) -> frozenset[int]:
    """Short lines that come again: three times alone, or twice beside a page turn or with changing digits.

    Those that carry the number of their page are returned.
    """
    places: dict[str, list[int]] = {}
    folios = _consecutive_folios(lines) | _numbered_heads(lines)
    tops = _tops(lines)
    for index, line in enumerate(lines):
        text = line.stripped
        if index in reasons or line.blank or columns(text) > 100 or not may_head(line):
            continue
        skeleton = _skeleton(text)
        repeats = tops.get(_bare(text), index) < index and _beside_turn(lines, index, turns)
        if index in folios or ((repeats or _is_folio_line(text)) and _alone(lines, index)):
            reasons[index] = "running head"
            if repeats and _is_above_title(lines, tops[_bare(text)]):
                reasons[tops[_bare(text)]] = "running head"
        elif (
            len(skeleton) >= 3
            and (_alone(lines, index) or _at_edge(lines, index))
            and not _is_structure(text)
        ):
            places.setdefault(skeleton, []).append(index)
    for indices in places.values():
        heads = indices if _come_again(lines, indices, reasons, turns | folios) else ()
        for index in heads or (i for i in indices if _parts_sections(lines, i, turns)):
            reasons[index] = "running head"
    found = (i for i, reason in reasons.items() if reason == "running head")
    return frozenset(i for i in found if i in folios or _FOLIO.search(lines[i].stripped))


def _come_again(
    lines: Sequence[Line], indices: Sequence[int], reasons: Container[int], turns: frozenset[int]
) -> bool:
    """Twice with the number of a page or beside its turn; or three times, and once where a page may end."""
    texts = Counter(lines[index].stripped for index in indices)
    numbered_heads = sum(bool(_FOLIO.search(lines[index].stripped)) for index in indices)
    beside = sum(_beside_turn(lines, index, turns) for index in indices)
    if numbered_heads >= 2 or (beside >= 2 and len(texts) <= 2):
        return True
    if len(indices) < 3 or is_known_heading(lines[indices[0]].stripped):
        return False
    return any(_may_end_page(lines, index, reasons) for index in indices)


def _may_end_page(lines: Sequence[Line], index: int, passed: Container[int]) -> bool:
    """Does a page end above the line: with nothing, within a sentence, or with a note?"""
    above = _printed_above(lines, index, passed)
    if above is None or _cuts(lines, index, passed):
        return True
    first = above
    while first and not lines[first - 1].blank:
        first -= 1
    return is_finished(lines[above].text) and bool(candidates(lines[first : first + 1]))


def _tops(lines: Sequence[Line]) -> dict[str, int]:
    """What may come again as the head of a page: the first printed lines (title, subtitle, authors), two joined
    where the title takes two. Of numbered lines only the very first, for others begin a section.
    """
    shown = [index for index, line in enumerate(lines[:60]) if not line.blank][:8]
    tops: dict[str, int] = {}
    for place, index in enumerate(shown):
        text = lines[index].stripped
        if not may_head(lines[index]) or (place and (numbered(text) or _is_structure(text))):
            continue
        tops.setdefault(_bare(text), index)
        if index + 1 in shown:
            tops.setdefault(_bare(text + lines[index + 1].stripped), index)
    return tops


def _parts_sections(lines: Sequence[Line], index: int, turns: frozenset[int]) -> bool:
    """A line between the number of a page and 第二節: a heading would have a first section below it."""
    if not turns:
        return False
    above = next((i for i in range(index - 1, max(index - 6, -1), -1) if not lines[i].blank), -1)
    below = next((line for line in lines[index + 1 : index + 6] if not line.blank), None)
    found = numbered(below.stripped) if below is not None and looks_like_heading(below) else None
    text = lines[index].stripped
    plain = not (numbered(text) or _is_structure(text) or is_known_heading(text))
    return above in turns and plain and found is not None and found.number > 1


def _is_above_title(lines: Sequence[Line], index: int) -> bool:
    """Is the line that comes again the name of a journal: another title stands below it, and no author?"""
    if not _alone(lines, index) or numbered(lines[index].stripped):
        return False
    below = next((line for line in lines[index + 1 :] if not line.blank), None)
    if below is None or not may_head(below) or "。" in below.text or is_byline(below.stripped):
        return False
    return not (numbered(below.stripped) or is_known_heading(below.stripped))


def _bare(text: str) -> str:
    """Words without blanks and the signs of notes: what a title and the running head made of it share."""
    return _SIGNS.sub("", text).casefold()


_SIGNS = re.compile(r"[\s*＊†‡]")


def _numbered_heads(lines: Sequence[Line]) -> set[int]:
    """ "公法論衡 第 9 卷 第 1 期（2020/6） 122": lines alike but for the number at one end, which goes up from page to page."""
    places: dict[str, list[tuple[int, int]]] = {}
    facing: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        text = line.stripped if len(line.text) < 120 else ""
        match = _NUMBER_AT_END.search(text) or _NUMBER_AT_START.match(text)
        words = _without(text, match) if match else ""
        if match and len(_skeleton(words)) >= 6 and any(map(str.isdecimal, words)):
            places.setdefault(words, []).append((index, int(match[0])))
        if match and _may_face(text, match, words) and _alone(lines, index):
            facing.append((index, int(match[0])))
    return {
        index
        for found, most in ((facing, 1), *((found, 4) for found in places.values()))
        for (above, page), (below, following) in pairwise(found)
        if page < following <= page + most
        for index in (above, below)
    }


def _may_face(text: str, match: re.Match[str], words: str) -> bool:
    """ "12 法雲雜誌第五十二期" and "慧某求法考 13": an even page has its number at the left, an odd one at the right.

    Headings seldom count to ten.
    """
    page, left = int(match[0]), match.start() == 0
    return page >= 10 and (page % 2 == 0) == left and len(words) >= 4 and text[-1] not in "。；，"


def _without(text: str, match: re.Match[str]) -> str:
    return (text[: match.start()] + text[match.end() :]).strip()


_DOT = "[‧·•・．]"
_FOLIO = re.compile(
    r"^\d{1,4}[\]）)]?\s{2}|\s{2}\d{1,4}$|^\d{1,4}\s.{2,60}\[Vol|\s\|\s?\d{1,4}$|^\d{1,4}\s?\|\s"
    rf"|^{_DOT}\s?\d{{1,4}}\s?{_DOT}|{_DOT}\s?\d{{1,4}}\s?{_DOT}$"
)


_DOTTED = re.compile(rf"^{_DOT}\s?\d{{1,4}}\s?{_DOT}\s?\S|\S\s?{_DOT}\s?\d{{1,4}}\s?{_DOT}$")


_BARRED = re.compile(r"\A(?:\d{1,4}\s\|\s[^|]{3,80}|[^|]{3,80}\s\|\s\d{1,4})\Z")
"""12 | Centre for Infrastructure: a page number parted by a bar from the name beside it."""


def _is_folio_line(text: str) -> bool:
    """ "102        SELVAGE LAW REVIEW        [Vol. 47:101" and ‧2‧海島史刊 say what they are without being repeated."""
    if _DOTTED.search(text) or _BARRED.match(text):
        return True
    parts = [part.strip() for part in text.split("    ") if part.strip()]
    return len(parts) >= 3 and any(part.strip("[]").isdecimal() for part in (parts[0], parts[-1]))


_PAGE_OF = re.compile(r"\d{1,4}|\d{1,3}/\d{1,3}")
"""12, or 2/4: the second of four."""


def _consecutive_folios(lines: Sequence[Line]) -> set[int]:
    """Lines alone that hold words and, set far apart, a page number.

    The page numbers must follow one another, or stand at the far margin, or the words be capitals or a
    line of the file (the title).
    """
    numbers: dict[int, int] = {}
    sure: set[int] = set()
    printed = {line.stripped.casefold() for line in lines[:40]}
    for index, line in enumerate(lines):
        parts = [part for piece in line.text.split("    ") if (part := piece.strip())]
        shown = [part for part in parts if _PAGE_OF.fullmatch(part)]
        if len(parts) == 2 and len(shown) == 1 and len(line.text) < 160 and _alone(lines, index):
            numbers[index] = int(shown[0].partition("/")[0])
            words = next((part for part in parts if part not in shown), "")
            if words.isupper() or words.casefold() in printed or " " * _FAR in line.stripped:
                sure.add(index)
    pages = set(numbers.values())
    return sure | {index for index, page in numbers.items() if pages & {page - 1, page + 1}}


def _is_structure(text: str) -> bool:
    """Numbered headings, 註釋 or Notes and captions come again in every chapter and are no running heads."""
    found = numbered(text)
    return bool(NOTES_HEADING.fullmatch(closed_up(text)) or belongs_to_figure(text)) or (
        found is not None and found.kind not in {"arabic", "formal"} and not _FOLIO.search(text)
    )


def _beside_turn(lines: Sequence[Line], index: int, turns: frozenset[int]) -> bool:
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(lines) and lines[other].blank:
            other += step
        if not 0 <= other < len(lines) or other in turns or lines[other].page != lines[index].page:
            return True
    return False
