"""Lines of the body -> headings and whole paragraphs, cuts by page turns and line ends undone.

    "…強化友盟關" | notes 1, 2 | "係的策略。" -> one paragraph      "> 「晚上…」" -> blockquote      "- 保留…" -> list-item

A paragraph goes on over a page turn, a block of notes or a blank line when what stands before
does not end as a sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import numerals
from corpus.clean import Joining, Line, is_cjk, joint
from corpus.document import ParagraphKind
from corpus.markdown import FENCE
from corpus.marks import ZHU
from corpus.numbering import numbered
from corpus.outline import BELOW_FIGURE, Heading, columns, looks_like_heading
from corpus.sentences import is_finished
from corpus.traced import Traced, TracedBuilder

_QUOTE = re.compile(r">\s?")
_BULLET = re.compile(r"(?:[-+*•●◦▪‣○◆■]|[–—](?=\s))\s{1,4}(?=\S)")
_ORDERED = re.compile(
    r"(?:(?:\d{1,3}|[a-z]|i{2,3}|iv|vi{1,3}|ix|#)[.)]|\((?:[a-z]|@\w{0,20})\))\s{1,4}(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Element:
    """A heading or a paragraph with its marks still in it; fenced code is `literal` and holds no marks."""

    text: Traced
    kind: ParagraphKind
    heading: Heading | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What the file shows of how it was made.

    `wrapped`: lines are cut at a width; else each line is a paragraph or a part cut by a page turn.
    `width`: the usual width of a full line in columns.
    """

    markdown: bool
    wrapped: bool
    width: int
    joining: Joining


def layout_of(lines: Sequence[Line], markdown: bool, joining: Joining) -> Layout:
    """Lines that run on into the next without the end of a sentence are cut at a width."""
    finished = unfinished = 0
    widths: list[int] = []
    for left, right in pairwise(lines):
        if left.blank or right.blank or left.page != right.page or _opens(right.stripped):
            continue
        if _NOTE.match(right.stripped):
            continue
        if looks_like_heading(left) and (numbered(left.stripped) or columns(left.text) < 24):
            continue
        if is_finished(left.text):
            finished += 1
        else:
            unfinished += 1
            widths.append(columns(left.text))
    wrapped = unfinished > 0.4 * (finished + unfinished) and unfinished > 0
    widths.sort()
    return Layout(markdown, wrapped, widths[len(widths) // 2] if widths else 0, joining)


_CIRCLES = "".join(numerals.CIRCLED_NUMBERS)
_NOTE = re.compile(
    f"[（(\\[［〔【]?\\s?(?:{ZHU}\\s?)?(?:[\\d一二三四五六七八九十]{{1,4}}\\s?[）)\\]］〕】]|[{_CIRCLES}{numerals.SUPERSCRIPTS}]{{1,4}})|{ZHU}\\s?[\\d一二三四五六七八九十]"
)
"""What opens a note: [1], ①, （註1）, ¹, 註一. The line above it ends where its own note does, whatever the width."""


def _opens(text: str) -> bool:
    return bool(_QUOTE.match(text) or _BULLET.match(text) or numbered(text))


@dataclass(slots=True)
class _Open:
    """The paragraph being put together, with its first and its last line; `captioned` below the caption of a table."""

    builder: TracedBuilder
    kind: ParagraphKind
    first: Line
    last: Line
    literal: bool = False
    gap: bool = False
    captioned: bool = False


class _Assembly:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.elements: list[Element] = []
        self.open: _Open | None = None
        self.fenced = False

    def close(self) -> None:
        if self.open is not None:
            self.elements.append(
                Element(self.open.builder.build(), self.open.kind, None, self.open.literal)
            )
            self.open = None

    def heading(self, heading: Heading, line: Line) -> None:
        self.close()
        builder = TracedBuilder()
        builder.add(heading.text, line.number)
        self.elements.append(Element(builder.build(), "paragraph", heading))

    def start(self, text: str, kind: ParagraphKind, line: Line, literal: bool = False) -> None:
        above = self.open is not None and self.open.captioned and not self.open.gap
        self.close()
        builder = TracedBuilder()
        builder.add(text, line.number)
        captioned = above or _is_caption(line)
        self.open = _Open(builder, kind, line, line, literal, captioned=captioned)

    def extend(self, text: str, line: Line) -> None:
        assert self.open is not None
        builder = self.open.builder
        left, between = joint(builder.last, text, self.layout.joining)
        builder.replace_last(left + between)
        builder.add(text, line.number)
        self.open.last, self.open.gap = line, False


def assemble(
    lines: Sequence[Line], headings: Mapping[int, Heading], layout: Layout
) -> list[Element]:
    """Elements in reading order. `lines` is the body only: what was lifted out is left as blank lines."""
    assembly = _Assembly(layout)
    for index, line in enumerate(lines):
        if line.blank:
            if assembly.open is not None:
                assembly.open.gap = True
        elif layout.markdown and (assembly.fenced or FENCE.match(line.stripped)):
            _add_code(assembly, line)
        elif index in headings:
            assembly.heading(headings[index], line)
        else:
            _add_line(assembly, line)
    assembly.close()
    return assembly.elements


def _add_code(assembly: _Assembly, line: Line) -> None:
    """A line of fenced code, or a fence; the lines of one block stay apart in one paragraph."""
    if FENCE.match(line.stripped):
        assembly.close()
        assembly.fenced = not assembly.fenced
    elif assembly.open is None:
        assembly.start(line.stripped, "paragraph", line, literal=True)
    else:
        assembly.open.builder.replace_last(assembly.open.builder.last + "\n")
        assembly.open.builder.add(line.text, line.number)


def _add_line(assembly: _Assembly, line: Line) -> None:
    text, kind = _unmarked(line, assembly.layout.markdown)
    if not text:
        if assembly.open is not None:
            assembly.open.gap = True
        return
    if assembly.open is not None and _goes_on(assembly.open, text, kind, line, assembly.layout):
        assembly.extend(text, line)
    else:
        assembly.start(text, kind or "paragraph", line)


def _unmarked(line: Line, markdown: bool) -> tuple[str, ParagraphKind | None]:
    """The line without quote or list signs, and the kind they name (None: no sign)."""
    text = line.stripped
    match = _QUOTE.match(text) if markdown else None
    if match:
        while match := _QUOTE.match(text):
            text = text[match.end() :].lstrip()
        return text, "blockquote"
    match = _BULLET.match(text) or (_ORDERED.match(text) if markdown else None)
    if match:
        return text[match.end() :], "list-item"
    return text, None


def _goes_on(
    opened: _Open, text: str, kind: ParagraphKind | None, line: Line, layout: Layout
) -> bool:
    if layout.markdown:
        return not opened.gap and (kind is None or kind == opened.kind == "blockquote")
    before = opened.builder.last
    if kind is not None or _is_row(before) or _is_row(text) or BELOW_FIGURE.match(text):
        return False
    if _is_caption(opened.last) and text[0].isupper():
        return False
    if not opened.gap and opened.last.page == line.page:
        return _same_block(opened, text, line, layout)
    return not is_finished(before) and _may_be_cut(before, text, opened, line)


def _is_row(text: str) -> bool:
    """A row of a table: three cells or more, set far apart."""
    return len(_BETWEEN_CELLS.findall(text)) > 1


_BETWEEN_CELLS = re.compile(r"(?<=\S)(?: {3,40}|\u3000{2,20})(?=\S)")
_CAPTION = re.compile(
    r"(?:[表圖图]|附[表圖图]|[專专][欄栏]|Table|Figure|Fig\.|Box|Chart|Map|Exhibit)\s?"
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Z]\d?)(?:[-–—.．]\d{1,3})?"
    r"(?:\s?[:：.．、–—]|\s{1,4}(?![a-z\s]|所[示列見见述]|[顯显]示|列[出舉举]))"
)
"""表 1 …, Fig. 1: …; not what a sentence says of one: Table 3 shows …, 表 1 所示 …"""
_EQUATION = re.compile(r"\s[（(]\d{1,3}(?:[.–-]\d{1,2})?[)）]\Z")
"""The number at the end of a displayed equation."""
COLOPHON = re.compile(
    r"[（(［\[【〔]?\s?(?:本文)?(?:作者(?:[簡简]介|[單单]位|[^，。]{2,8}[，,为為係系])|通[訊讯信]作者|[責责]任?[編编][輯辑]|[責责]任校[對对]|(?:收|[來来])稿日期|修回日期"
    r"|基金[項项]目|中[圖图]分[類类][號号]|文[獻献][標标][識识志][碼码]|文章[編编][號号]|投稿|(?:接受|通[過过])刊登|DOI\s?[:：]|E-?mail\s?[:：])"
)
"""What a journal says of an article beside its text, each on a line of its own."""
_CELL = re.compile(
    r"[<>＜＞±+\-–−]?[\d.,]{1,12}[%％*]{0,3}|[—–-]|[\u3400-\u9fff（）()%％]{1,8}|[A-Za-z]{1,12}"
)
_KEYWORDS = re.compile(
    r"(?:關鍵[詞字]|关键[词字]|key\s?words|JEL)\s?[:：]|[【\[〔［](?:關鍵[詞字]|关键[词字]|key\s?words)[】\]〕］]",
    re.IGNORECASE,
)


def _same_block(opened: _Open, text: str, line: Line, layout: Layout) -> bool:
    if COLOPHON.match(text) or _KEYWORDS.match(text):
        return False
    if opened.captioned and (_is_cells(text) or _is_cells(opened.builder.last)):
        return False
    if _is_caption(opened.first) and columns(opened.last.text) < 0.75 * layout.width:
        return False
    if not is_finished(opened.builder.last):
        return not (_is_caption(line) or _EQUATION.search(opened.builder.last))
    if not layout.wrapped:
        full = columns(opened.last.text) >= 0.9 * layout.width > 0
        return full and opened.first.text.startswith("\u3000") and not line.indent
    indented = line.indent > opened.last.indent and line.indent >= 2
    short = columns(opened.last.text) < 0.75 * layout.width
    return not indented and not short


def _is_caption(line: Line) -> bool:
    """表 1 …, Fig. 1 …: what stands above a table or below a figure, no sentence."""
    return bool(_CAPTION.match(line.stripped)) and looks_like_heading(line)


def _is_cells(text: str) -> bool:
    """A row below the caption of a table, though its cells stand a blank apart: 2019 3 0."""
    cells = text.split()
    return len(cells) > 1 and all(_CELL.fullmatch(cell) for cell in cells)


def _may_be_cut(before: str, text: str, opened: _Open, line: Line) -> bool:
    """Can a paragraph that stops without a stop go on in `text`, over a gap?"""
    if line.text.startswith("\u3000") and not opened.last.text.startswith("\u3000\u3000\u3000"):
        return False
    if before[-1] in "；;" and numbered(text):
        return False
    if _is_caption(opened.first) or COLOPHON.match(opened.first.stripped) or COLOPHON.match(text):
        return False
    if columns(before) < 24 and len(before) < 24:
        return False
    if (
        _KEYWORDS.match(before)
        or _EQUATION.search(before)
        or (before[0] in "（([［【" and before[-1] in "）)]］】")
    ):
        return False
    if is_cjk(before[-1]) or is_cjk(text[0]):
        return True
    return (
        before[-1] in "-,–—"
        or text[0].islower()
        or not looks_like_heading(opened.last)
        or text[0].isdigit()
    )
