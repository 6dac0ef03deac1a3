"""Tell the running heads of pages from the headings and captions of the text.

"海岛治理评论 2023年第4期" on three pages, "12 | Centre for Roads" -> running head     "Conclusion" in each chapter -> text
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise

from corpus.bylines import is_byline
from corpus.clean import Line, closed_up, printed_below
from corpus.definitions import NOTES_HEADING, candidates
from corpus.numbering import numbered
from corpus.outline import (
    belongs_to_figure,
    columns,
    is_known_heading,
    looks_like_heading,
    may_head,
)
from corpus.page_edges import cuts_sentence, is_alone, is_at_edge, is_beside_turn, printed_above
from corpus.page_numbers import FAR
from corpus.sentences import is_finished

_CHANGING = re.compile(r"[\d\s\[\]()|·•—–-]+")
_NUMBER_AT_END = re.compile(r"\s\d{1,4}$")
_NUMBER_AT_START = re.compile(r"\d{1,4}\s")


def _skeleton(text: str) -> str:
    """A running head without what changes from page to page."""
    return _CHANGING.sub(" ", text).strip().casefold()


def find_running_heads(
    lines: Sequence[Line], reasons: dict[int, str], turns: frozenset[int]
) -> frozenset[int]:
    """Short lines that come again or carry the number of their page; the reason is entered in `reasons` for each.

    Those with a number are returned.
    """
    places: dict[str, list[int]] = {}
    folios = _consecutive_folios(lines) | _numbered_heads(lines)
    tops = _tops(lines)
    for index, line in enumerate(lines):
        text = line.stripped
        if index in reasons or line.blank or columns(text) > 100 or not may_head(line):
            continue
        skeleton = _skeleton(text)
        repeats = tops.get(_bare(text), index) < index and is_beside_turn(lines, index, turns)
        if index in folios or ((repeats or _is_folio_line(text)) and is_alone(lines, index)):
            reasons[index] = "running head"
            if repeats and _is_above_title(lines, tops[_bare(text)]):
                reasons[tops[_bare(text)]] = "running head"
        elif (
            len(skeleton) >= 3
            and (is_alone(lines, index) or is_at_edge(lines, index))
            and not _is_structure(text)
        ):
            places.setdefault(skeleton, []).append(index)
    for indices in places.values():
        heads = indices if _come_again(lines, indices, reasons, turns | folios) else ()
        for index in heads or (i for i in indices if _parts_sections(lines, i, turns)):
            reasons[index] = "running head"
    found = (i for i, reason in reasons.items() if reason == "running head")
    return frozenset(i for i in found if i in folios or _FOLIO.search(lines[i].stripped))


def _come_again(
    lines: Sequence[Line], indices: Sequence[int], reasons: Container[int], turns: frozenset[int]
) -> bool:
    """Twice with the number of a page or beside its turn; or three times, and once where a page may end."""
    texts = Counter(lines[index].stripped for index in indices)
    numbered_heads = sum(bool(_FOLIO.search(lines[index].stripped)) for index in indices)
    beside = sum(is_beside_turn(lines, index, turns) for index in indices)
    if numbered_heads >= 2 or (beside >= 2 and len(texts) <= 2):
        return True
    if len(indices) < 3 or is_known_heading(lines[indices[0]].stripped):
        return False
    return any(_may_end_page(lines, index, reasons) for index in indices)


def _may_end_page(lines: Sequence[Line], index: int, passed: Container[int]) -> bool:
    """Does a page end above the line: with nothing, within a sentence, or with a note?"""
    above = printed_above(lines, index, passed)
    if above is None or cuts_sentence(lines, index, passed):
        return True
    first = above
    while first and not lines[first - 1].blank:
        first -= 1
    return is_finished(lines[above].text) and bool(candidates(lines[first : first + 1]))


def _tops(lines: Sequence[Line]) -> dict[str, int]:
    """What may come again as the head of a page: the first printed lines (title, subtitle, authors), two joined
    where the title takes two. Of numbered lines only the very first, for others begin a section.
    """
    shown = [index for index, line in enumerate(lines[:60]) if not line.blank][:8]
    tops: dict[str, int] = {}
    for place, index in enumerate(shown):
        text = lines[index].stripped
        if not may_head(lines[index]) or (place and (numbered(text) or _is_structure(text))):
            continue
        tops.setdefault(_bare(text), index)
        if index + 1 in shown:
            tops.setdefault(_bare(text + lines[index + 1].stripped), index)
    return tops


def _parts_sections(lines: Sequence[Line], index: int, turns: frozenset[int]) -> bool:
    """A line between the number of a page and 第二節: a heading would have a first section below it."""
    if not turns:
        return False
    above = next((i for i in range(index - 1, max(index - 6, -1), -1) if not lines[i].blank), -1)
    below = next((line for line in lines[index + 1 : index + 6] if not line.blank), None)
    found = numbered(below.stripped) if below is not None and looks_like_heading(below) else None
    text = lines[index].stripped
    plain = not (numbered(text) or _is_structure(text) or is_known_heading(text))
    return above in turns and plain and found is not None and found.number > 1


def _is_above_title(lines: Sequence[Line], index: int) -> bool:
    """Is the line that comes again the name of a journal: another title stands below it, and no author?"""
    if not is_alone(lines, index) or numbered(lines[index].stripped):
        return False
    below = printed_below(lines, index)
    if below is None or not may_head(below) or "。" in below.text or is_byline(below.stripped):
        return False
    return not (numbered(below.stripped) or is_known_heading(below.stripped))


def _bare(text: str) -> str:
    """Words without blanks and the signs of notes: what a title and the running head made of it share."""
    return _SIGNS.sub("", text).casefold()


_SIGNS = re.compile(r"[\s*＊†‡]")


def _numbered_heads(lines: Sequence[Line]) -> set[int]:
    """ "公法論衡 第 9 卷 第 1 期（2020/6） 122": lines alike but for the number at one end, which goes up from page to page."""
    places: dict[str, list[tuple[int, int]]] = {}
    facing: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        text = line.stripped if len(line.text) < 120 else ""
        match = _NUMBER_AT_END.search(text) or _NUMBER_AT_START.match(text)
        words = _without(text, match) if match else ""
        if match and len(_skeleton(words)) >= 6 and any(map(str.isdecimal, words)):
            places.setdefault(words, []).append((index, int(match[0])))
        if match and _may_face(text, match, words) and is_alone(lines, index):
            facing.append((index, int(match[0])))
    return {
        index
        for found, most in ((facing, 1), *((found, 4) for found in places.values()))
        for (above, page), (below, following) in pairwise(found)
        if page < following <= page + most
        for index in (above, below)
    }


def _may_face(text: str, match: re.Match[str], words: str) -> bool:
    """ "12 法雲雜誌第五十二期" and "慧某求法考 13": an even page has its number at the left, an odd one at the right.

    Headings seldom count to ten.
    """
    page, left = int(match[0]), match.start() == 0
    return page >= 10 and (page % 2 == 0) == left and len(words) >= 4 and text[-1] not in "。；，"


def _without(text: str, match: re.Match[str]) -> str:
    return (text[: match.start()] + text[match.end() :]).strip()


_DOT = "[‧·•・．]"
_FOLIO = re.compile(
    r"^\d{1,4}[\]）)]?\s{2}|\s{2}\d{1,4}$|^\d{1,4}\s.{2,60}\[Vol|\s\|\s?\d{1,4}$|^\d{1,4}\s?\|\s"
    rf"|^{_DOT}\s?\d{{1,4}}\s?{_DOT}|{_DOT}\s?\d{{1,4}}\s?{_DOT}$"
)


_DOTTED = re.compile(rf"^{_DOT}\s?\d{{1,4}}\s?{_DOT}\s?\S|\S\s?{_DOT}\s?\d{{1,4}}\s?{_DOT}$")


_BARRED = re.compile(r"\A(?:\d{1,4}\s\|\s[^|]{3,80}|[^|]{3,80}\s\|\s\d{1,4})\Z")
"""12 | Centre for Infrastructure: a page number parted by a bar from the name beside it."""


def _is_folio_line(text: str) -> bool:
    """ "102        SELVAGE LAW REVIEW        [Vol. 47:101" and ‧2‧海島史刊 say what they are without being repeated."""
    if _DOTTED.search(text) or _BARRED.match(text):
        return True
    parts = [part.strip() for part in text.split("    ") if part.strip()]
    return len(parts) >= 3 and any(part.strip("[]").isdecimal() for part in (parts[0], parts[-1]))


_PAGE_OF = re.compile(r"\d{1,4}|\d{1,3}/\d{1,3}")
"""12, or 2/4: the second of four."""


def _consecutive_folios(lines: Sequence[Line]) -> set[int]:
    """Lines alone that hold words and, set far apart, a page number.

    The page numbers must follow one another, or stand at the far margin, or the words be capitals or a
    line of the file (the title).
    """
    numbers: dict[int, int] = {}
    sure: set[int] = set()
    printed = {line.stripped.casefold() for line in lines[:40]}
    for index, line in enumerate(lines):
        parts = [part for piece in line.text.split("    ") if (part := piece.strip())]
        shown = [part for part in parts if _PAGE_OF.fullmatch(part)]
        if len(parts) == 2 and len(shown) == 1 and len(line.text) < 160 and is_alone(lines, index):
            numbers[index] = int(shown[0].partition("/")[0])
            words = next((part for part in parts if part not in shown), "")
            if words.isupper() or words.casefold() in printed or " " * FAR in line.stripped:
                sure.add(index)
    pages = set(numbers.values())
    return sure | {index for index, page in numbers.items() if pages & {page - 1, page + 1}}


def _is_structure(text: str) -> bool:
    """Numbered headings, 註釋 or Notes and captions come again in every chapter and are no running heads."""
    found = numbered(text)
    return bool(NOTES_HEADING.fullmatch(closed_up(text)) or belongs_to_figure(text)) or (
        found is not None and found.kind not in {"arabic", "formal"} and not _FOLIO.search(text)
    )
