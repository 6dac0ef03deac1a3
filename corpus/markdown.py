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
_ATTRIBUTES = re.compile(r"\s{0,4}\{(?:[#.][^{}]{1,120}|-)\}\s*$")
_BREAK = re.compile(r"\A {0,3}(?:(?:\* ?){3,99}|(?:- ?){3,99}|(?:_ ?){3,99})\Z")
_LINK_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)[^\[\]]{1,80}\]: {1,4}<?(?:https?://|www\.|#|mailto:)\S{1,500}(?: {1,4}[\"'(].{0,200})?\Z"
)
"""[essay]: https://example.org "An essay": what a link in the text leads to."""
_LONGEST_COMMENT = 200
"""Lines in which the end of a comment is looked for."""
_UNDERLINE = re.compile(r"\A(={2,}|-{2,})\s*$")
_NO_HEADING = re.compile(r"[#>|]|[-+*]\s|\d{1,3}[.)]\s|\[\^|---$|```|~~~")
_MARKDOWN = re.compile(r"#{1,6}\s+\S| {0,3}\[\^[^\[\]\s]{1,100}\]:")


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
            text = _ATTRIBUTES.sub("", match[2]) or match[2]
            found.append(MarkdownHeading(index, len(match[1]), text))
    return found


def heading_words(text: str) -> str:
    """ "# Notes {-}" -> "Notes"; a line without either sign as it is."""
    return _ATTRIBUTES.sub("", text.lstrip("# "))


def asides(lines: Sequence[Line]) -> dict[int, str]:
    """Lines that hold nothing but a comment, a rule between paragraphs or the address of a link, each with what it is."""
    found: dict[int, str] = {}
    start, fenced = _after_yaml(lines), False
    index = start
    while index < len(lines):
        line = lines[index]
        fenced ^= bool(FENCE.match(line.stripped))
        end = None if fenced else _comment_end(lines, index)
        if end is not None:
            found.update(dict.fromkeys(range(index, end + 1), "comment"))
            index = end
        elif not fenced and _BREAK.match(line.text):
            found[index] = "rule"
        elif not fenced and _LINK_DEFINITION.match(line.text):
            found[index] = "address of a link"
        index += 1
    return found


def _comment_end(lines: Sequence[Line], start: int) -> int | None:
    """The last line of a comment that opens on line `start`, closes, and has its lines to itself."""
    if not lines[start].stripped.startswith("<!--"):
        return None
    for index in range(start, min(start + _LONGEST_COMMENT, len(lines))):
        if "-->" in lines[index].text:
            return index if lines[index].text.endswith("-->") else None
    return None
