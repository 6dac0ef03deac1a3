"""A note whose number was left on a line of its own, as converters of PDF leave it, gets it back before its text.

    "3" | "" | "Weather Office, Annual Report 1954, 31." -> "3 Weather Office, Annual Report 1954, 31."

A page number stands alone too: the number must be marked in the body above, go on from the last, and have text below it
on its page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import numerals
from corpus.clean import Line
from corpus.marks import find_marks

_LONE = re.compile(f"\\d{{1,3}}|[{numerals.SUPERSCRIPTS}]{{1,3}}")
_FEWEST = 2
"""Notes that must be numbered this way before any is believed."""


def with_joined_numbers(lines: Sequence[Line]) -> tuple[Line, ...]:
    """`lines`, each lone number of a note moved to the line of its text, which takes the number's place."""
    if sum(bool(_LONE.fullmatch(line.stripped)) for line in lines) < _FEWEST:
        return tuple(lines)
    found = _lone_numbers(lines)
    joined = list(lines)
    for index, below in found if len(found) >= _FEWEST else ():
        text = f"{lines[index].stripped} {lines[below].stripped}"
        joined[index] = replace(lines[index], text=text)
        joined[below] = replace(lines[below], text="")
    return tuple(joined)


def _lone_numbers(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Lines that hold the number of a note alone, each with the line of its text."""
    found: list[tuple[int, int]] = []
    marked: set[int] = set()
    last = 0
    for index, line in enumerate(lines):
        if not _LONE.fullmatch(line.stripped):
            marks = find_marks(line.text, ("superscript", "glued"))
            marked.update(
                int(label) for mark in marks for label in mark.labels if label.isdecimal()
            )
            continue
        number, below = numerals.note_number(line.stripped), _text_below(lines, index)
        if number is None:
            continue
        begins = number == 1 or not found
        if below is not None and number in marked and (number == last + 1 or begins):
            found.append((index, below))
            marked.discard(number)
            last = number
    return found


def _text_below(lines: Sequence[Line], index: int) -> int | None:
    """The printed line right below, or below one blank line, on the same page; None where that is a number too."""
    for below in range(index + 1, min(index + 3, len(lines))):
        line = lines[below]
        if not line.blank:
            whole = line.page == lines[index].page and not _LONE.fullmatch(line.stripped)
            return below if whole else None
    return None
