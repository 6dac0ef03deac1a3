"""Tell what a page carries beside its text: page numbers, running heads, rules; contents lists too.

    "— 12 —" -> page number     "海岛治理评论 2023年第4期" on three pages -> running head

Nothing is dropped: every line set aside is returned with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import Line
from corpus.contents import Entry, find_contents
from corpus.markdown import asides
from corpus.page_numbers import find_page_numbers
from corpus.running_heads import find_running_heads

_RULE = re.compile(r"\A(?:[.．·…]{3,}|[-–—_=~*＿─━]{3,}|(?:\* ?){3,})")


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
        numbers = find_page_numbers(lines, reasons)
        turns = numbers | find_running_heads(lines, reasons, numbers)
        contents = find_contents(lines, reasons)
        for index, line in enumerate(lines):
            if not line.blank and _RULE.fullmatch(line.stripped):
                reasons.setdefault(index, "rule")
    return Furniture(reasons, contents, turns)
