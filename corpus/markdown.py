"""Markdown's two ways to write a heading become one.

"2 方法" / "------" -> "## 2 方法"        "標題" / "====" -> "# 標題"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.clean import Line

FENCE = re.compile(r"```|~~~")
_ATX = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\A(={2,}|-{2,})\s*$")
_NO_HEADING = re.compile(r"[#>|]|[-+*]\s|\d{1,3}[.)]\s|\[\^|---$|```|~~~")
_MARKDOWN = re.compile(r"#{1,6}\s+\S| {0,3}\[\^[^\]\s]{1,100}\]:")


@dataclass(frozen=True, slots=True)
class MarkdownHeading:
    """The heading on line number `index` of the lines; `depth` 1 is the highest."""

    index: int
    depth: int
    text: str


def is_markdown(lines: Sequence[Line]) -> bool:
    """Headings with # or notes with [^key]: show it."""
    return any(_MARKDOWN.match(line.text) for line in lines)


def with_atx_headings(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Underlined headings written with #; their underlines are blank."""
    changed = list(lines)
    start = _after_yaml(lines)
    for index in range(start + 1, len(lines)):
        match = _UNDERLINE.match(lines[index].text)
        above = lines[index - 1]
        alone = index - 2 < start or lines[index - 2].blank
        if match and alone and not above.blank and not _NO_HEADING.match(above.stripped):
            sign = "#" if match[1][0] == "=" else "##"
            changed[index - 1] = replace(above, text=f"{sign} {above.stripped}")
            changed[index] = replace(lines[index], text="")
    return tuple(changed)


def _after_yaml(lines: Sequence[Line]) -> int:
    if not lines or lines[0].text != "---":
        return 0
    return next(
        (i + 1 for i in range(1, min(200, len(lines))) if lines[i].text in {"---", "..."}), 0
    )


def headings(lines: Sequence[Line]) -> list[MarkdownHeading]:
    """Headings outside fenced code."""
    found: list[MarkdownHeading] = []
    fenced = False
    for index, line in enumerate(lines):
        fenced ^= bool(FENCE.match(line.stripped))
        match = None if fenced else _ATX.match(line.text)
        if match:
            found.append(MarkdownHeading(index, len(match[1]), match[2]))
    return found
