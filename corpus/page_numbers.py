"""Tell the number of a page from a number, a year or a heading of the text.

"— 12 —", "Page 3 of 10", 33 alone between blank lines -> page number     2019 above a part of a chronology -> text
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean import Line
from corpus.page_edges import cuts_sentence, ends_block, is_alone, is_at_edge

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
FAR = 24
"""Blanks before a page number that was set flush right or in the middle."""


def find_page_numbers(lines: Sequence[Line], reasons: dict[int, str]) -> frozenset[int]:
    """The lines with the number of a page; the reason is entered in `reasons` for each."""
    paged = lines[-1].page > 1 if lines else False
    turns = _numbers_in_a_row(lines)
    for index, line in enumerate(lines):
        text = line.stripped
        if line.blank or len(text) > 24:
            continue
        set_far = line.indent >= FAR and _HAN_NUMBER.fullmatch(text)
        says_so = _DECORATED_NUMBER.fullmatch(text) or _PAGE_WORDS.fullmatch(text)
        if set_far or (says_so and ends_block(lines, index)):
            turns.add(index)
        if not _PAGE_NUMBER.fullmatch(text.strip(_AROUND_NUMBER)):
            continue
        if _YEAR.fullmatch(text) and not (paged and is_at_edge(lines, index, (1,))):
            continue
        decimal = any(map(str.isdecimal, text))
        apart = is_alone(lines, index) or (paged and is_at_edge(lines, index))
        if (decimal and (apart or line.indent >= FAR)) or (
            paged and is_at_edge(lines, index) and text == text.lower()
        ):
            turns.add(index)
    reasons.update(dict.fromkeys(turns, "page number"))
    return frozenset(turns)


def _numbers_in_a_row(lines: Sequence[Line]) -> set[int]:
    """Lines that hold a number only, right below the last of their page: 33, 34, … each one more than the last.

    What could be years must cut a sentence somewhere: the years of a chronology stand between whole ones.
    """
    rows: list[list[int]] = []
    last = 0
    for index, line in enumerate(lines):
        text = line.stripped
        if not text.isdecimal() or len(text) > 4 or not ends_block(lines, index):
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
        and (
            not _YEAR.fullmatch(lines[row[0]].stripped)
            or any(cuts_sentence(lines, i) for i in row[1:])
        )
        for index in row
    }


_SHORTEST_PAGE = 5
"""Lines between the numbers of two pages; those of a table stand closer."""
