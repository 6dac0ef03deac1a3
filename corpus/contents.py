"""Find the contents list near the top of a publication, and the part title above it.

"第一章 緒論 …………… 1" -> contents     "- 第二章 川普新政下…（詹祥威）" -> contents, with its author
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import Line, closed_up
from corpus.numbering import numbered
from corpus.outline import looks_like_heading

_CONTENTS_HEADING = re.compile(
    r"\A[【\[]?(?:[圖图表附]?[表圖图]?目[錄录次]|contents|(?:table of contents|list of (?:tables|figures)))[】\]]?",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.．·・] ?){4}|……|(?<!\s)\s{4,40}\d{1,4}$")
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
