"""Who wrote a publication: the lines below its title, and the author's note at its foot.

"By Ines Carrow and Paul Lind" -> two authors      "许棹（海岛大学）" -> 许棹, 海岛大学
"李俊毅為財團法人…研究所副研究員。" -> affiliation 財團法人…研究所副研究員
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.clean import HAN, Line
from corpus.document import Author
from corpus.names import SURNAMES
from corpus.outline import columns, is_known_heading, looks_like_heading

SIGNS = "*＊†‡§⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤"
"""Marks of notes that a title or a name may carry."""

_BY = re.compile(
    r"(?:作者|撰文|撰稿|文|(?:an?\s)?(?:essay|report|article|paper|study|written)\sby|by|author)s?\s?(?:[:：／/｜|]\s?|\s+)(?=\S)",
    re.IGNORECASE,
)
_WROTE = re.compile(r"[\s\u3000]{1,4}(?:著|編著|编著|主編|主编|編|编|撰|撰文|譯|译|文)$")
_SMALL_WORDS = re.compile(
    r"\b(?:THE|AND|OF|FOR|IN|ON|TO|AS|WITH|FROM)\b|\b(?:the|and|of|for|in|on|to|as|with|from)\b"
)
_TITLE_PAGE = re.compile(
    r"(?:指導教授|指导教师|导师|指導老師|專業|专业|學科專業|学科专业|研究方向|院系|學院|学院|學號|学号|申請學位|申请学位|答辩日期)\s?[:：]"
)
_HAN_NAME = re.compile(
    f"[{SURNAMES}][{HAN}]{{1,2}}|[{SURNAMES}][\\s\\u3000]{{1,2}}[{HAN}]|(?:歐陽|欧阳|司馬|司马|諸葛|诸葛|上官|張簡|范姜|[{SURNAMES}]{{2}})"
    f"[{HAN}]{{1,2}}|[{HAN}]{{1,8}}·[{HAN}·]{{1,12}}"
)
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z])(?!(?:The|An?|On|In|Of|For|And|Two|Why|How|THE|AN?|ON|IN|OF|FOR|AND|WHY|HOW) )[A-Z][A-Za-zÀ-ɏ.'’-]{0,30}"
    r"(?: (?:[A-Z][A-Za-zÀ-ɏ.'’-]{0,30}|de|da|del|van|von|der|la|bin|al|el|di)){1,5}"
)
_PLACE = re.compile(
    r"大學|大学|學院|学院|研究院|研究所|研究中心|委員會|委员会|University|Institute|School of|College|Department of|Cent(?:er|re) for"
)
_POST = re.compile(
    r"智庫|智库|基金[會会]|[學学協协][會会]|研究[員员]|教授|講師|讲师|博士|[記记]者|律[師师]|中心|Fellow|Professor|Lecturer|Director|Centre|Center"
)
_DATE = re.compile(
    r"(?:民國|民国)[\s\d〇○零一二三四五六七八九十百]{1,8}年[\s\d一二三四五六七八九十]{1,5}月(?:[\s\d一二三四五六七八九十]{1,5}日)?|\d{4}\s?[年/.-]\s?\d{1,2}(?:\s?[月/.-]\s?\d{0,2}\s?日?)?|(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:\d{1,2},? )?\d{4}"
)
_INLINE_ABSTRACT = re.compile(
    r"[【\[]?(?:摘\s?要|關鍵[詞字]|关键[词字]|abstract|key\s?words)[】\]]?\s?[：:]", re.IGNORECASE
)
_IS = re.compile(
    r"[，,：:]?\s?(?:現任|现任|現為|现为|係|系|為|为|是|is (?:an? |the )?(?=[A-Z])|is (?:an? )?)\s?|[，,：:]\s?"
)
_NOTE_NAME = re.compile(
    rf"(?:作者|本文作者)?(?:([{HAN}]{{2,4}}?)[，,]?(?=(?:現任|现任|現為|现为|係|為|为|是)[{HAN}])|({_LATIN_NAME.pattern})(?=,? is ))"
)
_END_OF_CLAUSE = {stops: re.compile(rf"[{stops}]|\.(?=\s|$)") for stops in ("。", "。；;")}
_APART = re.compile(
    r"[、，,；;&]|\s(?:and|與|和|与)\s|\u3000{1,4}|(?<=[^\x00-\x7f])\s{1,8}(?=[^\x00-\x7f]{2})"
)
_AFFILIATION = re.compile(rf"(?<=[{HAN}a-zÀ-ɏ])\d(?:[,，]\d){{0,3}}(?=$|[、，,；;\s])")
_SPACED_AFFILIATION = re.compile(rf"(?<=[{HAN}a-zÀ-ɏ])\s\d(?:[,，]\s?\d){{0,3}}(?=$|[、，,；;\s])")
"""Anna Ruiz 1, Paul Keane 2: only where more than one name has a number."""
_NUMBERS = "0-9⁰¹²³⁴⁵⁶⁷⁸⁹"
_NUMBER_OF_NAME = re.compile(rf"[{_NUMBERS}](?:[,，]\s?[{_NUMBERS}]){{0,3}}(?=$|[\s,，、;；*†‡])")
_LAST_AND = re.compile(r"^\s*(?:and|&|与|與|和)\s")
_NUMBERED_PLACE = re.compile(rf"(?P<number>[{_NUMBERS}])[.、]?\s{{0,3}}(?P<place>[^\W\d].*)")
_SOCIETY = re.compile(r",\s(?:(?:Senior|Student|Life|Graduate)\s)?(?:Member|Fellow),\sIEEE")
_BESIDE = re.compile(
    r"(?:translated|edited|illustrated|photographs?|foreword|introduced)\sby\s|(?:commentary|analysis|article|blog|essay|feature|op-?ed|opinion|report)\Z",
    re.IGNORECASE,
)
"""What a title block says beside authors, places and dates."""
_PARTED = re.compile(r"\s[·•|]\s")
_INNER_BLANK = re.compile(rf"(?<=[{HAN}])[\s\u3000]{{1,2}}(?=[{HAN}])")


def names(text: str) -> tuple[str, ...]:
    """The personal names a line consists of, () when it holds anything else.

    "沈砚　顾明舟*" -> ("沈砚", "顾明舟");  "By Ines Carrow and Paul Lind" needs its "By" cut off first.
    """
    if len(text) > 120:
        return ()
    if len(_SPACED_AFFILIATION.findall(text)) > 1:
        text = _SPACED_AFFILIATION.sub("", text)
    text = _SOCIETY.sub("", text)
    bare = "".join(" " if c in SIGNS else c for c in _AFFILIATION.sub("", text)).strip()
    bare = _WROTE.sub("", bare)
    parts = [part for p in _APART.split(bare) if (part := p.strip())]
    if not parts or len(parts) > 8:
        return ()
    if all(_HAN_NAME.fullmatch(p) or _is_latin_name(p) for p in parts):
        return tuple(_INNER_BLANK.sub("", p) for p in parts)
    return ()


def _is_latin_name(text: str) -> bool:
    return bool(_LATIN_NAME.fullmatch(text)) and not _SMALL_WORDS.search(text)


def is_byline(text: str) -> bool:
    """Does the line name authors or the place they work at?"""
    return bool(_BY.match(text) or names(text) or _with_place(text) or _PLACE.search(text))


def _with_place(text: str) -> tuple[tuple[str, ...], str] | None:
    """ "许棹（海岛大学）" -> (("许棹",), "海岛大学")."""
    opened = max(text.find("（"), text.find("("))
    place = text[opened + 1 : -1]
    if opened < 2 or text[-1] not in "）)" or not (_PLACE.search(place) or _POST.search(place)):
        return None
    people = names(text[:opened].strip())
    return (people, place) if people else None


def author_lines(lines: Sequence[Line], start: int) -> tuple[tuple[Author, ...], list[int]]:
    """Authors named from line `start` on, and the indices of the lines that name them, their place or a date."""
    authors: list[Author] = []
    consumed: list[int] = []
    numbers: dict[str, str] = {}
    for index in range(start, min(start + 16, len(lines))):
        text = lines[index].stripped.strip("*_")
        if lines[index].blank:
            continue
        if columns(text) > 110 or _INLINE_ABSTRACT.match(text) or is_known_heading(text):
            break
        by = _BY.match(text)
        found = _named(text[by.end() :] if by else text) or _dated(text)
        if found and (by or not authors):
            authors.extend(found)
            numbers |= _numbers(text)
        elif placed := _placed(authors, numbers, text):
            authors = placed
        elif authors and _PLACE.search(text) and looks_like_heading(lines[index]):
            if len(authors) == 1 and authors[0].affiliation is None:
                authors = [Author(authors[0].name, text.strip("（）()" + SIGNS + " "))]
        elif not (authors and (_TITLE_PAGE.match(text) or _beside(text))):
            break
        consumed.append(index)
    return tuple(authors), consumed


def _numbers(text: str) -> dict[str, str]:
    """The first number that each name of a line carries: "Anna Ruiz 1, Mei Tan 1,2" -> 1 and 1."""
    found: dict[str, str] = {}
    at = 0
    for match in _NUMBER_OF_NAME.finditer(text):
        people = _named(_LAST_AND.sub("", text[at : match.start()].strip(" ,，、;；*†‡")))
        if len(people) == 1:
            found[people[0].name] = match[0][0]
        at = match.end()
    return found


def _placed(
    authors: Sequence[Author], numbers: Mapping[str, str], text: str
) -> list[Author] | None:
    """The authors with the place that a line names by their number, "1 Department of Public Health"; else None."""
    match = _NUMBERED_PLACE.match(text)
    if match is None or match["number"] not in numbers.values():
        return None
    place = match["place"].strip(" ;；,，")
    return [
        Author(a.name, place if numbers.get(a.name) == match["number"] else a.affiliation)
        for a in authors
    ]


def _beside(text: str) -> bool:
    """A date, a kind of text, a translator, or several of them parted by bars."""
    return all(_DATE.fullmatch(part) or _BESIDE.match(part) for part in _PARTED.split(text))


def _dated(text: str) -> list[Author]:
    """**Lena Osei** · 4 May 2022: names and a date in one line, parted by a dot or a bar."""
    parts = [part.strip("*_ ") for part in _PARTED.split(text)]
    dates = [part for part in parts if _DATE.fullmatch(part)]
    if not dates or len(parts) - len(dates) != 1:
        return []
    return _named(next(part for part in parts if part not in dates))


def _named(text: str) -> list[Author]:
    name, comma, place = text.partition(", ")
    if comma and _PLACE.search(place) and not _PLACE.search(name) and len(names(name)) == 1:
        return [Author(names(name)[0], place)]
    placed = _with_place(text)
    if placed:
        return [Author(name, placed[1]) for name in placed[0]]
    return [Author(name) for name in names(text)]


def named_in_note(note: str) -> tuple[Author, ...]:
    """The author whom a note at the foot introduces: "方以漁為潮間帶文史工作室研究員。" """
    match = _NOTE_NAME.match(note)
    return (Author(match[1] or match[2]),) if match else ()


def introduces(note: str) -> bool:
    """Does a note say who somebody is: by name, or by place and post?"""
    return bool(named_in_note(note) or _PLACE.search(note) or _POST.search(note))


def with_affiliations(authors: Sequence[Author], note: str) -> tuple[Author, ...]:
    """Each author with what the note says of them; of a single author the note need not repeat the name."""
    found = tuple(Author(a.name, _affiliation(a.name, note) or a.affiliation) for a in authors)
    if len(found) == 1 and found[0].affiliation is None and _PLACE.search(note) and len(note) < 300:
        return (Author(found[0].name, _clause(note, "。").strip()),)
    return found


def _affiliation(name: str, note: str) -> str | None:
    """ "李俊毅為…研究所副研究員。" -> "…研究所副研究員"; None where the note does not name the author."""
    position = note.find(name)
    if position < 0:
        return None
    rest = note[position + len(name) :]
    verb = _IS.match(rest)
    return _clause(rest[verb.end() :] if verb else rest, "。；;").strip(" ，,") or None


def _clause(text: str, stops: str) -> str:
    """Up to the first of `stops` or a period before a blank."""
    return _END_OF_CLAUSE[stops].split(text, maxsplit=1)[0]
