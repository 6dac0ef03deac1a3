"""Text of a file -> the lines that hold body and notes; running heads, page numbers and the title set aside.

"PART 1", "印太總體態勢", "- 第一章 …（李俊毅）", "壹、前言", … -> "壹、前言", … and three lines set aside, each with its reason
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.clean import Line, clean
from corpus.contents import Entry
from corpus.document import SetAside
from corpus.frontmatter import Front, find_front
from corpus.furniture import Furniture, find_furniture
from corpus.lone_numbers import with_joined_numbers
from corpus.markdown import is_markdown, with_atx_headings
from corpus.numerals import CIRCLED_NUMBERS


@dataclass(frozen=True, slots=True)
class Pages:
    """`lines` has a place for every line of the file, several for one that holds several notes; what is set
    aside is blank there.

    `invisible` maps a line number to how many invisible characters the line lost.
    """

    lines: tuple[Line, ...]
    markdown: bool
    front: Front
    contents: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...]
    invisible: Mapping[int, int]


def strip_pages(text: str, markdown: bool | None = None) -> Pages:
    """Markdown is recognised by its headings and notes unless told."""
    cleaned = clean(text)
    lines = cleaned.lines
    marked_up = is_markdown(lines) if markdown is None else markdown
    lines = with_atx_headings(lines) if marked_up else with_joined_numbers(lines)
    furniture = find_furniture(lines, marked_up)
    rest = _turned(blanked(lines, furniture.reasons), furniture)
    front = find_front(rest, marked_up)
    reasons = furniture.reasons | dict.fromkeys(front.consumed, "title and authors")
    return Pages(
        _parted(blanked(rest, front.consumed)),
        marked_up,
        front,
        furniture.contents,
        set_aside(lines, reasons),
        cleaned.invisible,
    )


def set_aside(lines: Sequence[Line], reasons: Mapping[int, str]) -> tuple[SetAside, ...]:
    """The lines at the given indices, in order, with why they are no text."""
    return tuple(
        SetAside(lines[index].number, lines[index].stripped, reasons[index])
        for index in sorted(reasons)
        if not lines[index].blank
    )


def blanked(lines: Sequence[Line], indices: Container[int]) -> tuple[Line, ...]:
    """`lines` with nothing printed at `indices`."""
    return tuple(replace(line, text="") if i in indices else line for i, line in enumerate(lines))


def _turned(lines: Sequence[Line], furniture: Furniture) -> tuple[Line, ...]:
    """Without form feeds, printed page numbers tell where pages turn; a foot and a head turn one page."""
    bare = sum(furniture.reasons[index] == "page number" for index in furniture.turns)
    if not lines or lines[-1].page > 1 or (bare == len(furniture.turns) and bare < 2):
        return tuple(lines)
    turned: list[Line] = []
    page, printed = 1, False
    for index, line in enumerate(lines):
        if index in furniture.turns and printed:
            page, printed = page + 1, False
        printed |= not line.blank
        turned.append(replace(line, page=page))
    return tuple(turned)


def _parted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """ "③ 刘淼…。　④ 同上书…。": short notes that share a line become lines of one number."""
    parted: list[Line] = []
    for line in lines:
        starts = [0]
        opened = CIRCLED_NUMBERS.get(line.stripped[:1], 0)
        for match in _NEXT_NOTE.finditer(line.text) if opened else ():
            if CIRCLED_NUMBERS[match[0][-1]] == opened + len(starts):
                starts.append(match.end() - 1)
        ends = [*starts[1:], len(line.text)]
        parted += [
            replace(line, text=line.text[start:end].rstrip())
            for start, end in zip(starts, ends, strict=True)
        ]
    return tuple(parted)


_NEXT_NOTE = re.compile(f"(?<=[。.；;）)])[ \\u3000]{{1,8}}[{''.join(CIRCLED_NUMBERS)}]")
