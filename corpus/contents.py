"""Find the contents list near the top of a publication, and the part title above it.

"第一章 緒論 …………… 1" -> contents     "- 第二章 川普新政下…（詹祥威）" -> contents, with its author
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.clean import Line, closed_up
from corpus.numbering import numbered
from corpus.outline import looks_like_heading

_CONTENTS_HEADING = re.compile(
    r"\A[【\[]?(?:[圖图表附]?[表圖图]?目[錄录次]|contents|(?:table of contents|list of (?:tables|figures)))[】\]]?",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.．·・] ?){4}|……")
_PAGE_SET_FAR = re.compile(r"(?<=\S\s{4})\d{1,4}$")
_ENTRY = re.compile(
    r"\A(?:[-•*]\s{1,3})?(第\s?[\d一二三四五六七八九十]{1,4}\s?[章篇編编]|Chapter\s\d{1,3}\b)"
)
_NUMBER_AT_END = re.compile(r"\s\d{1,4}$")
_BULLET = re.compile(r"\A[-•*]\s{1,3}")
_LEADERS_AT_END = re.compile(
    r"(?<![.．·・…])(?<![.．·・…]\s)(?:\s?[.．·・…]){3,}+\s?\d{0,4}$|\s{1,40}+\d{1,4}$"
)
_PART = re.compile(
    r"\A(?:(?:PART|Part)\s{1,3}(?:\d{1,2}|[IVX]{1,5})|第\s?[\d一二三四五六七八九十]{1,3}\s?(?:部分|部|編|编|篇))"
)
_AUTHOR_AT_END = re.compile(r"[（(／/]\s?([^（()）／/]{2,40})[）)]?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a contents list: 第一章, its title, and the author where the list names one."""

    label: str
    title: str
    author: str | None


def find_contents(lines: Sequence[Line], reasons: dict[int, str]) -> tuple[Entry, ...]:
    """Entries with leaders or page numbers, or a list of chapters; with them the part title above it."""
    entries = _entry_lines(lines, reasons)
    reasons.update(dict.fromkeys(entries, "contents"))
    found = tuple(_entry(lines[index].stripped) for index in entries)
    with_authors = any(entry.author for entry in found)
    block = _block_above(lines, entries[0], reasons) if with_authors else []
    for index in range(entries[0]) if entries else ():
        if _PART.match(lines[index].stripped) or index in block:
            reasons.setdefault(index, "part title")
    return found


def _block_above(lines: Sequence[Line], first: int, reasons: Mapping[int, str]) -> list[int]:
    """The lines that could be headings right above the list, blanks and what is set aside passed over."""
    block: list[int] = []
    for index in range(first - 1, -1, -1):
        if lines[index].blank or index in reasons:
            if block:
                break
        elif looks_like_heading(lines[index]):
            block.append(index)
        else:
            break
    return block


def _entry_lines(lines: Sequence[Line], reasons: dict[int, str]) -> list[int]:
    """A run of at least two entries near the top, or whatever follows a heading 目錄: lines with leaders or
    pages, and headings that come again below.
    """
    run: list[int] = []
    listed, page = False, 0
    last = {line.stripped: index for index, line in enumerate(lines)}
    last_titled = {_entry(t).title: index for t, index in last.items() if 0 < len(t) < 120}
    for index, line in enumerate(lines[:400]):
        text = line.stripped
        if line.blank or index in reasons:
            continue
        again = last_titled.get(_entry(text).title, 0) > index
        number = _PAGE_SET_FAR.search(text) if looks_like_heading(line) else None
        if _CONTENTS_HEADING.fullmatch(closed_up(text.lstrip("# "))):
            listed = True
            reasons[index] = "contents"
        elif number and int(number[0]) >= page and (again or len(run) > 1 or _is_numbered(text)):
            run.append(index)
            page = int(number[0])
        elif _is_entry(line, listed, last[text] > index) or (listed and again):
            run.append(index)
        elif len(run) > 1 or listed:
            break
        else:
            run, page = [], 0
    return run if len(run) >= 2 or (listed and run) else []


def _is_numbered(text: str) -> bool:
    """第一章 緒論; no row of figures (1    30    45)."""
    return numbered(text) is not None and any(map(str.isalpha, _entry(text).title))


def _is_entry(line: Line, listed: bool, printed_again: bool) -> bool:
    """Leaders, a number that is printed again, a chapter as an item of a list or with its author; below a heading
    目錄 a page.
    """
    text = line.stripped
    return looks_like_heading(line) and bool(
        _LEADERS.search(text)
        or (listed and _NUMBER_AT_END.search(text))
        or (printed_again and numbered(text))
        or (_ENTRY.match(text) and (text[0] in "-•*" or _AUTHOR_AT_END.search(text)))
    )


def _entry(text: str) -> Entry:
    bare = _LEADERS_AT_END.sub("", _BULLET.sub("", text)).strip()
    match = _AUTHOR_AT_END.search(bare)
    author = match[1].strip() if match else None
    title = bare[: match.start()].strip() if match else bare
    found = numbered(title)
    return Entry(found.label if found else "", found.title if found else title, author)
