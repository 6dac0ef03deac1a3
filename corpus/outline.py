"""Lines -> headings with labels and levels, and headings -> the tree of sections.

    "參、印太地區的主要…" -> label 參, level 1      "一、「四方安全對話」(Quad)" -> label 一, level 2, id 參/一
    "1.1 研究背景" -> label 1.1, level 2             "# 一、問題緣起" -> label 一、問題緣起, title 問題緣起

The kind of numbering seen first is level 1; a kind seen for the first time below another is one
level deeper; a kind seen before returns to its level. Numbers begin at one, but for 參 or Chapter 4 at
the top of an excerpt, and go up by three at most: that tells a heading from a date or a count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import numerals
from corpus.clean import CJK, Line, closed_up, printed_below
from corpus.definitions import NOTES_HEADING
from corpus.document import Section, Span
from corpus.levels import Levels
from corpus.markdown import MarkdownHeading, heading_words
from corpus.markdown import headings as markdown_heads
from corpus.numbering import Numbered, numbered
from corpus.sentences import is_finished

_MAX_COLUMNS = 120
"""Longest heading in columns; a Chinese character takes two."""

_KNOWN = re.compile(
    r"(?:前言|緒論|绪论|導論|导论|導言|导言|引言|序[言論论]?|摘要|中文摘要|英文摘要|結論|结论|結語|结语"
    r"|小結|小结|結論與建議|结论与建议|後記|后记|致[謝谢]|附[錄录]|餘論|余论"
    r"|abstract|introduction|conclusions?|summary|executive summary|preface|foreword|background|discussion"
    r"|acknowledge?ments?|epilogue|prologue|appendix|afterword|methods?|results|literature review|methodology"
    r"|about the authors?|funding|disclosures?|作者[簡简]介)\s?[：:]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"結論|结论|結語|结语|結論與建議|结论与建议|後記|后记|致[謝谢]|附[錄录]|餘論|余论|conclusions?|acknowledge?ments?|epilogue|appendix|afterword",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"[圖图表]\s?[\d一二三四五六七八九十]|figure\b|fig\.|table\b", re.IGNORECASE)
BELOW_FIGURE = re.compile(
    r"(?:[資资]料|[數数][據据])?[來来]源\s?[:：]|Sources?\s?:|[註注]\s?[:：]|Notes?\s?:",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*")
_MINOR = frozenset(
    "a an and as at but by for from in into nor of on or over the to under up via vs with".split()
)
_MARK_AT_END = re.compile(
    rf"(?:[{numerals.SUPERSCRIPTS}*＊†‡]{{1,8}}+|\[\^[^\]\s]{{1,60}}\]|[（(]?[註注]\s?\d{{1,3}}[）)]){{1,6}}+$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`text` is the line without Markdown's #; `title` is the text without its number."""

    index: int
    text: str
    label: str
    title: str
    level: int


def columns(text: str) -> int:
    """Width on a terminal: full-width characters take two columns."""
    return len(text) + len(_WIDE.findall(text))


_WIDE = re.compile(f"[{CJK}]")


def looks_like_heading(line: Line) -> bool:
    """Short, and without the end of a sentence."""
    text = line.stripped
    return (
        bool(text)
        and columns(text) <= _MAX_COLUMNS
        and not is_finished(text)
        and text[-1] not in "；;，,、"
    )


def find_headings(lines: Sequence[Line], markdown: bool) -> list[Heading]:
    """The headings among the lines of the body, in order, with their levels."""
    heads = markdown_heads(lines) if markdown else []
    return _nested(heads) if heads else _plain_headings(lines)


def _nested(heads: Sequence[MarkdownHeading]) -> list[Heading]:
    """Depths in # -> levels without gaps; the label is the heading as printed."""
    depths: list[int] = []
    headings: list[Heading] = []
    for head in heads:
        while depths and depths[-1] >= head.depth:
            depths.pop()
        depths.append(head.depth)
        bare = _MARK_AT_END.sub("", head.text).strip() or head.text
        number = numbered(bare)
        title = number.title if number and number.title else bare
        headings.append(Heading(head.index, head.text, bare, title, len(depths)))
    return headings


def with_whole_headings(lines: Sequence[Line]) -> tuple[Line, ...]:
    """ "Chapter 1" and the title on the line right below it become one line."""
    joined = list(lines)
    for index in range(len(lines) - 1):
        line, below = lines[index], lines[index + 1]
        if line.blank or below.blank or not is_bare_chapter(line) or not may_head(below):
            continue
        alone = index + 2 >= len(lines) or lines[index + 2].blank
        if alone and not numbered(below.stripped):
            joined[index] = replace(line, text=f"{line.text} {below.stripped}")
            joined[index + 1] = replace(below, text="")
    return tuple(joined)


def _is_chapter(line: Line) -> bool:
    found = numbered(line.stripped) if looks_like_heading(line) else None
    return found is not None and found.kind.startswith("chapter")


def is_bare_chapter(line: Line) -> bool:
    """Chapter 1 without a title."""
    found = numbered(line.stripped) if _is_chapter(line) else None
    bare = found is not None and found.title == found.label
    return bare or _BARE_NUMBER.fullmatch(line.stripped) is not None


_BARE_NUMBER = re.compile(r"0[1-9]|[一二三四五六七八九十]{1,2}")
"""01 and 一 on a line of their own, right above the words of the heading."""


def may_head(line: Line) -> bool:
    """Short, and without the end of a sentence unless a question is asked."""
    text = line.stripped
    asks = text[-1:] in {"?", "？"} and columns(text) <= 80 and not _STOP_INSIDE.search(text)
    return asks or looks_like_heading(line)


_STOP_INSIDE = re.compile(r"[。！；;!]|[?？.](?=.{2})")


def is_signed(lines: Sequence[Line], index: int) -> bool:
    """ "6  Drowned Villages" right above a line of names: a chapter of a collection, whatever its number."""
    found = numbered(lines[index].stripped) if looks_like_heading(lines[index]) else None
    if found is None or found.kind != "arabic" or not found.title[:1].isupper():
        return False
    below = lines[index + 1] if index + 1 < len(lines) else lines[index]
    ends = index + 2 >= len(lines) or lines[index + 2].blank
    return ends and bool(_NAMES.match(below.stripped))


_NAMES = re.compile(
    r"\A(?!(?:A|An|In|On|The)\s)[A-Z][\w.’-]{0,20}(?:\s[A-Z][\w.’-]{0,20}){1,3}"
    r"(?:(?:,\s|\sand\s|,\sand\s|\s&\s)[A-Z][\w.’-]{0,20}(?:\s[A-Z][\w.’-]{0,20}){1,3}){0,4}\Z"
)


def _plain_headings(lines: Sequence[Line]) -> list[Heading]:
    levels = Levels()
    headings: list[Heading] = []
    chapters = [i for i, line in enumerate(lines) if not line.blank and _is_chapter(line)]
    last = _last_numbered(lines)
    capitals = _in_capitals(lines) > 1
    for index, line in enumerate(lines):
        text = line.stripped
        may = may_head(line) or (len(text) < 8 and numbered(text))
        if line.blank or not may or not _stands_apart(lines, index):
            continue
        bare = _MARK_AT_END.sub("", text).rstrip()
        found = numbered(bare)
        if found and is_signed(lines, index):
            found = replace(found, kind="chapter-signed")
        if found and levels.fits(found) and _fit_to_head(found, lines, index):
            headings.append(Heading(index, text, found.label, found.title, levels.enter(found)))
        elif not found and bare and is_unnumbered(lines, index, bare):
            label = bare.rstrip("：: ")
            closes = len(chapters) > 1 and index > chapters[-1] and _closes(label, headings)
            below = index < last and not is_known_heading(label)
            small = capitals and not label.isupper() and not is_known_heading(label)
            level = levels.enter_word(below=below, closes=closes, small=small)
            headings.append(Heading(index, text, label, label, level))
    return headings


def _in_capitals(lines: Sequence[Line]) -> int:
    """How many lines that may be headings without a number stand in capitals."""
    shown = (i for i, line in enumerate(lines) if line.text.isupper() and may_head(line))
    words = (i for i in shown if not numbered(lines[i].stripped))
    return sum(is_unnumbered(lines, i, lines[i].stripped) for i in words)


def _last_numbered(lines: Sequence[Line]) -> int:
    """The last line that looks like a numbered heading: what stands before it is no appendix."""
    shown = (i for i in range(len(lines) - 1, -1, -1) if not lines[i].blank)
    return next(
        (i for i in shown if looks_like_heading(lines[i]) and numbered(lines[i].stripped)), -1
    )


def _closes(label: str, headings: Sequence[Heading]) -> bool:
    """Does a word such as 結論 or Appendix close the whole text? Not where each chapter has its own."""
    again = any(heading.label == label for heading in headings)
    return bool(_CLOSING.fullmatch(closed_up(label))) and not again


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Nothing unfinished runs into the line from above, and something follows it."""
    before = lines[index - 1] if index else None
    if before is not None and not before.blank and before.page == lines[index].page:
        return is_finished(before.text) or looks_like_heading(before)
    return True


def _fit_to_head(found: Numbered, lines: Sequence[Line], index: int) -> bool:
    if found.kind.startswith("chapter"):
        return True
    stopped = lines[index].stripped[len(found.label) :].lstrip().startswith((".", "．", "、"))
    counts = found.kind in {"arabic", "decimal"} and not stopped and _COUNTED.match(found.title)
    if not found.title or counts or _SENTENCE_ENDED.search(found.title):
        return False
    alone = index + 1 >= len(lines) or lines[index + 1].blank
    if found.kind in {"letter-paren", "small-letter"}:
        return alone and _prose_follows(lines, index)
    if (
        found.kind in {"letter", "roman", "arabic", "decimal"}
        and not found.title.lstrip("“\"‘'")[:1].isupper()
    ):
        return bool(_WIDE.match(found.title[0])) and (alone or found.kind != "letter")
    return True


_SENTENCE_ENDED = re.compile(r"。(?![」』”）)])")
_COUNTED = re.compile(
    r"[年月日時时個个名人位次倍元％%億亿萬万千百]|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def is_unnumbered(lines: Sequence[Line], index: int, text: str) -> bool:
    """A known word (前言, Conclusion), or a short line alone between paragraphs that reads like a title."""
    alone = (index == 0 or lines[index - 1].blank) and (
        index + 1 >= len(lines) or lines[index + 1].blank
    )
    if is_known_heading(text):
        return True
    if not alone or belongs_to_figure(text) or index + 1 >= len(lines):
        return False
    if not (_prose_follows(lines, index) or _smaller_follows(lines, index)):
        return False
    words = _WORD.findall(text)
    if words and not _WIDE.search(text):
        if len(words) > 12 or len(text) > 90 or text[0] in "-•*>|" or not text[0].isalpha():
            return False
        if _AFFILIATED.search(text):
            return False
        titled = all(w[0].isupper() or w.lower() in _MINOR for w in words)
        return (titled or _is_in_sentence_case(lines, index)) and _previous_finished(lines, index)
    return (
        2 <= len(text) <= 20 and not _NOT_IN_TITLE.search(text) and _previous_finished(lines, index)
    )


_AFFILIATED = re.compile(r"[a-z] ?\d,.*[a-z] ?\d$")
"""LIANG Zhixia 1, HE Lan 2: names with the numbers of their affiliations."""


def _is_in_sentence_case(lines: Sequence[Line], index: int) -> bool:
    """The cost of waiting: a few words, neither cut from what follows nor a name or a date."""
    words = lines[index].stripped.split()
    below = printed_below(lines, index)
    cut = below is not None and below.stripped[0].islower()
    whole = (
        all(_WORD.fullmatch(word.rstrip("?")) for word in words) and words[-1].lower() not in _MINOR
    )
    return 2 <= len(words) <= 8 and whole and words[0][0].isupper() and not cut


def belongs_to_figure(text: str) -> bool:
    """表 1 …, Figure 2: …, 資料來源：…: what stands above or below a table or a figure."""
    return bool(_CAPTION.match(text) or BELOW_FIGURE.match(text))


def is_known_heading(text: str) -> bool:
    """前言, Conclusion and their like."""
    return len(text) < 40 and bool(_KNOWN.fullmatch(closed_up(text)))


_NOT_IN_TITLE = re.compile(r"[，。；,;!?！？|<>\[\]{}=#*_~•●\d]|^[-–—.…]|\.{3}|…")


def _prose_follows(lines: Sequence[Line], index: int) -> bool:
    following = next((line for line in lines[index + 1 : index + 6] if not line.blank), None)
    return (
        following is not None
        and columns(following.text) > 40
        and columns(following.text) > columns(lines[index].text)
    )


def _smaller_follows(lines: Sequence[Line], index: int) -> bool:
    """Does a heading in capitals stand right above one that is not?"""
    near = range(index + 1, min(index + 4, len(lines)))
    below = next((i for i in near if not lines[i].blank), index)
    text = lines[below].stripped
    smaller = lines[index].text.isupper() and not text.isupper() and may_head(lines[below])
    return smaller and not numbered(text) and is_unnumbered(lines, below, text)


def _previous_finished(lines: Sequence[Line], index: int) -> bool:
    for line in reversed(lines[max(index - 6, 0) : index]):
        if not line.blank:
            return is_finished(line.text) or looks_like_heading(line)
    return True


def is_notes_heading(line: Line) -> bool:
    """註釋, 参考文献, Notes and their like."""
    return len(line.text) < 60 and bool(
        NOTES_HEADING.fullmatch(closed_up(heading_words(line.stripped)))
    )


def sections_of(headings: Sequence[tuple[Heading, Span]], end: int) -> tuple[Section, ...]:
    """Headings with their spans in `Document.text` -> sections.

    A section ends where the blank line before the next heading as high begins, the last at `end`.
    """
    stops = _stops([heading.level for heading, _ in headings])
    sections: list[Section] = []
    labels: list[str] = []
    taken: Counter[str] = Counter()
    for (heading, span), stop in zip(headings, stops, strict=True):
        del labels[heading.level - 1 :]
        labels.append(heading.label)
        while number := taken[section_id := "/".join(labels)]:
            taken[section_id] += 1
            labels[-1] = f"{labels[-1]}@{number + 1}"
        taken[section_id] = 1
        last = end if stop is None else headings[stop][1].start - 2
        whole = Span(span.start, last)
        sections.append(
            Section(section_id, heading.label, heading.title, heading.level, whole, span)
        )
    return tuple(sections)


def _stops(levels: Sequence[int]) -> list[int | None]:
    """For each heading the next one as high or higher."""
    stops: list[int | None] = [None] * len(levels)
    waiting: list[int] = []
    for position, level in enumerate(levels):
        while waiting and levels[waiting[-1]] >= level:
            stops[waiting.pop()] = position
        waiting.append(position)
    return stops
