"""Where a line stands on its page: alone, first or last, beside a page turn, or within a sentence.

What a page carries beside its text is told by its place as much as by its words.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from corpus.clean import Line
from corpus.numbering import numbered
from corpus.outline import columns
from corpus.sentences import is_finished


def is_alone(lines: Sequence[Line], index: int) -> bool:
    """Between blank lines or the ends of its page."""
    above = lines[index - 1] if index else None
    begins = above is None or above.blank or above.page != lines[index].page
    return begins and ends_block(lines, index)


def ends_block(lines: Sequence[Line], index: int) -> bool:
    """Above a blank line or the end of its page."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is None or below.blank or below.page != lines[index].page


def is_at_edge(lines: Sequence[Line], index: int, edges: Sequence[int] = (-1, 1)) -> bool:
    """First (-1) or last (1) printed line of its page."""
    page = lines[index].page
    for step in edges:
        other = index + step
        while 0 <= other < len(lines) and lines[other].page == page and lines[other].blank:
            other += step
        if not 0 <= other < len(lines) or lines[other].page != page:
            return True
    return False


def is_beside_turn(lines: Sequence[Line], index: int, turns: frozenset[int]) -> bool:
    """Next to the number of a page (`turns`), another page or an end of the file, but for blank lines."""
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(lines) and lines[other].blank:
            other += step
        if not 0 <= other < len(lines) or other in turns or lines[other].page != lines[index].page:
            return True
    return False


def cuts_sentence(lines: Sequence[Line], index: int, passed: Container[int] = ()) -> bool:
    """Does the text above, lines `passed` over, stop in the middle of a sentence and not with a heading?"""
    above = printed_above(lines, index, passed)
    if above is None or is_finished(lines[above].text):
        return False
    text = lines[above].stripped
    return not (is_alone(lines, above) and (numbered(text) or columns(text) < _LONG_HEADING))


_LONG_HEADING = 60
"""Columns; a longer line without a number and a stop is rather cut text than a heading."""


def printed_above(lines: Sequence[Line], index: int, passed: Container[int]) -> int | None:
    """The next line above that is neither blank nor `passed` over."""
    shown = (i for i in range(index - 1, -1, -1) if not (lines[i].blank or i in passed))
    return next(shown, None)
