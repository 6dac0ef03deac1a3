"""Tell what a page carries beside its text: page numbers, running heads, rules, contents lists, part titles.

    "— 12 —" -> page number     "海岛治理评论 2023年第4期" on three pages -> running head
    "- 第二章 川普新政下…（詹祥威）" -> contents entry

Nothing is dropped: every line set aside is returned with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import Line, closed_up
from corpus.definitions import NOTES_HEADING
from corpus.markdown import asides
from corpus.numbering import numbered
from corpus.outline import columns, looks_like_heading, may_head

_PAGE_NUMBER = re.compile(
    r"\A(?:(?:page|p\.|第|頁|页)\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?[頁页]|\s?(?:/|of|／|共)\s?\d{1,4}\s?[頁页]?)?",
    re.IGNORECASE,
)
_AROUND_NUMBER = "-–—·•‧．.[](（）〔〕)|~ "
_RULE = re.compile(r"\A(?:[.．·…]{3,}|[-–—_=~*＿─━]{3,}|(?:\* ?){3,})")
_CONTENTS_HEADING = re.compile(
    r"\A[【\[]?(?:目[錄录次]|contents|table of contents)[】\]]?", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:[.．·・] ?){4}|……|(?<!\s)\s{4,40}\d{1,4}$")
_ENTRY = re.compile(
    r"\A(?:[-•*]\s{1,3})?(第\s?[\d一二三四五六七八九十]{1,4}\s?[章篇編编]|Chapter\s\d{1,3}\b)"
)
_CHANGING = re.compile(r"[\d\s\[\]()|·•—–-]+")
_NUMBER_AT_END = re.compile(r"\s\d{1,4}$")
_BULLET = re.compile(r"\A[-•*]\s{1,3}")
_LEADERS_AT_END = re.compile(
    r"(?<![.．·・…])(?<![.．·・…]\s)(?:\s?[.．·・…]){3,}+\s?\d{0,4}$|\s{1,40}+\d{1,4}$"
)
_PART = re.compile(
    r"\A(?:(?:PART|Part)\s{1,3}(?:\d{1,2}|[IVX]{1,5})|第\s?[\d一二三四五六七八九十]{1,3}\s?(?:部分|部|編|编|篇))"
)
_AUTHOR_AT_END = re.compile(r"[（(／/]\s?([^（()）／/]{2,40})[）)]?$")


_FAR = 24
"""Blanks before a page number that was set flush right or in the middle."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a contents list: 第一章, its title, and the author where the list names one."""

    label: str
    title: str
    author: str | None


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
        contents = _contents(lines, reasons)
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


def _at_edge(lines: Sequence[Line], index: int) -> bool:
    """First or last printed line of its page."""
    page = lines[index].page
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(lines) and lines[other].page == page and lines[other].blank:
            other += step
        if not 0 <= other < len(lines) or lines[other].page != page:
            return True
    return False


def _page_numbers(lines: Sequence[Line], reasons: dict[int, str]) -> frozenset[int]:
    paged = lines[-1].page > 1 if lines else False
    turns: set[int] = set()
    for index, line in enumerate(lines):
        text = line.stripped
        if line.blank or len(text) > 24 or not _PAGE_NUMBER.fullmatch(text.strip(_AROUND_NUMBER)):
            continue
        decimal = any(map(str.isdecimal, text))
        apart = _alone(lines, index) or (paged and _at_edge(lines, index))
        if (decimal and (apart or line.indent >= _FAR)) or (
            paged and _at_edge(lines, index) and text == text.lower()
        ):
            reasons[index] = "page number"
            turns.add(index)
    return frozenset(turns)


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
    folios = _consecutive_folios(lines)
    for index, line in enumerate(lines):
        text = line.stripped
        if index in reasons or line.blank or columns(text) > 100 or not may_head(line):
            continue
        skeleton = _skeleton(text)
        if index in folios or (_is_folio_line(text) and _alone(lines, index)):
            reasons[index] = "running head"
        elif (
            len(skeleton) >= 3
            and (_alone(lines, index) or _at_edge(lines, index))
            and not _is_structure(text)
        ):
            places.setdefault(skeleton, []).append(index)
    for indices in places.values():
        if len(indices) < 2:
            continue
        texts = Counter(lines[index].stripped for index in indices)
        numbered_heads = sum(bool(_FOLIO.search(lines[index].stripped)) for index in indices)
        beside = sum(_beside_turn(lines, index, turns | folios) for index in indices)
        if len(indices) >= 3 or numbered_heads >= 2 or (beside >= 2 and len(texts) <= 2):
            for index in indices:
                reasons[index] = "running head"
    heads = (i for i, reason in reasons.items() if reason == "running head")
    return frozenset(i for i in heads if i in folios or _FOLIO.search(lines[i].stripped))


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
    """Numbered headings and 註釋 or Notes come again in every chapter and are no running heads."""
    found = numbered(text)
    return bool(NOTES_HEADING.fullmatch(closed_up(text))) or (
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


def _contents(lines: Sequence[Line], reasons: dict[int, str]) -> tuple[Entry, ...]:
    """Entries with leaders or page numbers, or a list of chapters; with them the part title above it."""
    entries = _entry_lines(lines, reasons)
    if not entries:
        return ()
    found: list[Entry] = []
    for index in entries:
        reasons[index] = "contents"
        found.append(_entry(lines[index].stripped))
    first = entries[0]
    above = [i for i in range(first) if not lines[i].blank and i not in reasons]
    with_authors = any(entry.author for entry in found)
    for index in above:
        text = lines[index].stripped
        if _CONTENTS_HEADING.fullmatch(closed_up(text.lstrip("# "))):
            reasons[index] = "contents"
        elif _PART.match(text) or (with_authors and looks_like_heading(lines[index])):
            reasons[index] = "part title"
    return tuple(found)


def _entry_lines(lines: Sequence[Line], reasons: dict[int, str]) -> list[int]:
    """A run of at least two entries near the top, or whatever follows a heading 目錄: lines with leaders or
    pages, and headings that come again below.
    """
    run: list[int] = []
    listed = False
    printed = Counter(line.stripped for line in lines)
    again = Counter(_entry(line.stripped).title for line in lines if 0 < len(line.text) < 120)
    for index, line in enumerate(lines[:400]):
        text = line.stripped
        if line.blank or index in reasons:
            continue
        if _CONTENTS_HEADING.fullmatch(closed_up(text.lstrip("# "))):
            listed = True
            reasons[index] = "contents"
        elif _points_to_page(line, listed) or (listed and again[_entry(text).title] > 1):
            run.append(index)
            again[_entry(text).title] -= 1
        elif (
            looks_like_heading(line)
            and _ENTRY.match(text)
            and (text[0] in "-•*" or _AUTHOR_AT_END.search(text))
        ):
            run.append(index)
        elif not listed and printed[text] > 1 and looks_like_heading(line) and numbered(text):
            run.append(index)
            printed[text] -= 1
        elif len(run) > 1 or listed:
            break
        else:
            run = []
    return run if len(run) >= 2 or (listed and run) else []


def _points_to_page(line: Line, listed: bool) -> bool:
    """Leaders, or below a heading 目錄 a number at the end."""
    if not looks_like_heading(line):
        return False
    text = line.stripped
    return bool(_LEADERS.search(text) or (listed and _NUMBER_AT_END.search(text)))


def _entry(text: str) -> Entry:
    bare = _LEADERS_AT_END.sub("", _BULLET.sub("", text)).strip()
    match = _AUTHOR_AT_END.search(bare)
    author = match[1].strip() if match else None
    title = bare[: match.start()].strip() if match else bare
    found = numbered(title)
    return Entry(found.label if found else "", found.title if found else title, author)
