"""Who wrote a publication: the lines below its title, and the author's note at its foot.

"By Ines Carrow and Paul Lind" -> two authors      "许棹（海岛大学）" -> 许棹, 海岛大学
"李俊毅為財團法人…研究所副研究員。" -> affiliation 財團法人…研究所副研究員
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.clean import HAN, Line, closed_up
from corpus.document import Author
from corpus.names import SURNAMES
from corpus.numbering import numbered
from corpus.outline import columns, is_known_heading, looks_like_heading

SIGNS = "*＊†‡§⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤"
"""Marks of notes that a title or a name may carry."""

_BY = re.compile(
    r"(?:作者|撰文|撰稿人?|文|(?:an?\s)?(?:essay|report|article|paper|study|written)\sby|by|author)s?\s?(?:[:：／/｜|]\s?|\s+)(?=\S)|(?:研究生|作者姓名|[學学]生姓名|姓名|(?:[協协]同|共同)?(?:研究|[計计][畫画劃划])?主持人)\s?[:：]\s?(?=\S)"
    r"|[●○◎◆■]\s?(?=\S)",
    re.IGNORECASE,
)
_AUTHOR_FIELD = re.compile(r"(?<=[\s\u3000])作者\s?[:：]\s?(?=\S)")
_OTHER_FIELD = re.compile(
    r"(?<!\S)(?:[來来]源|[發发]布(?:[時时][間间]|日期)|日期|[時时][間间]|[責责]任?[編编][輯辑]?)\s?[:：]"
)
"""What a web page prints behind the author: 来源：…   发布时间：…"""
_SPREAD = re.compile(f"[{HAN}](?:[\\s\\u3000]{{1,4}}[{HAN}]){{2,9}}")
_COUNTRY = re.compile(f"[\\[［〔【（(][{HAN}]{{1,4}}[\\]］〕】）)]\\s?")
_POST_AT_END = re.compile(
    r"\s(?:(?:助理|副|[講讲]座|名[譽誉])?教授|(?:助理|副)?研究[員员]|博士生?|[講讲][師师])$"
)
_CONTACT = re.compile(
    r"\A(?:(?:E-?mail|電子郵件|电子邮[件箱]|郵箱|邮箱|ORCID|Tel|電話|电话|通[訊讯]地址|地址)\s?[:：]|[^\s@]{1,60}@[^\s@]{3,60}$)",
    re.IGNORECASE,
)
_POSTED = re.compile(r"原[創创]\s?[:：]?\s{0,4}(?=\S.{0,60}\d{4}-\d{1,2}-\d{1,2})")
_POST_AT_START = re.compile(
    r"^(?:(?:特[約约]|助理|副|客座)?(?:研究[員员]|教授|[記记]者|撰述))\s(?=\S)"
)
_ROLE_INSIDE = re.compile(
    f"(?<=[{HAN}])[\\s\\u3000]{{1,2}}(?:校[註注點点]|[點点]校|整理|[編编]?著|[撰著譯译編编校])(?=$|[\\s\\u3000])"
)
_TRANSLATED = re.compile(r"[\s\u3000]{1,4}(?:[編编]?[譯译]|[譯译]者)$|^(?:翻?[譯译]者?)\s?[:：]")
_GROUP = re.compile(
    r"(?:[課课][題题][組组]|[編编][寫写][組组]|[編编][輯辑]部|工作[組组]|研究[組组]|研究[團团][隊队])\Z"
)
_WROTE = re.compile(r"[\s\u3000]{1,4}(?:著|編著|编著|主編|主编|編|编|撰|撰文|譯|译|文)$")
_SMALL_WORDS = re.compile(
    r"\b(?:THE|AND|OF|FOR|IN|ON|TO|AS|WITH|FROM)\b|\b(?:the|and|of|for|in|on|to|as|with|from)\b"
)
_TITLE_PAGE = re.compile(
    r"(?:指導教授|指导教师|导师|指導老師|專業|专业|學科專業|学科专业|研究方向|院系|學院|学院|學號|学号|申請學位|申请学位|答辩日期|(?:撰[成稿寫写]|完成|出版|[發发]布)日期|收稿|修回|[錄录]用)\s?[:：]"
)
_HAN_NAME = re.compile(
    f"[{SURNAMES}][{HAN}]{{1,2}}|[{SURNAMES}][\\s\\u3000]{{1,2}}[{HAN}]|(?:歐陽|欧阳|司馬|司马|諸葛|诸葛|上官|張簡|范姜|[{SURNAMES}]{{2}})"
    f"[{HAN}]{{1,2}}|[{HAN}]{{1,8}}·[{HAN}·]{{1,12}}|佚名"
)
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z])(?!(?:The|An?|On|In|Of|For|And|Two|Why|How|THE|AN?|ON|IN|OF|FOR|AND|WHY|HOW) )[A-Z][A-Za-zÀ-ɏ.'’-]{0,30}"
    r"(?: (?:[A-Z][A-Za-zÀ-ɏ.'’-]{0,30}|de|da|del|van|von|der|la|bin|al|el|di)){1,5}"
)
_PLACE = re.compile(
    r"大學|大学|學院|学院|研究院|研究所|研究中心|研究室|[實实][驗验]室|委員會|委员会|University|Institute|School of|College|Department of|Cent(?:er|re) for"
)
_POST = re.compile(
    r"智庫|智库|基金[會会]|[學学協协][會会]|研究[員员]|教授|講師|讲师|博士|[記记]者|律[師师]|中心|Fellow|Professor|Lecturer|Director|Centre|Center"
)
_DATE = re.compile(
    r"(?:中[華华])?(?:民國|民国)[\s\d〇○零一二三四五六七八九十百]{1,8}年[\s\d一二三四五六七八九十]{1,5}月(?:[\s\d一二三四五六七八九十]{1,5}日)?|\d{4}\s?[年/.-]\s?\d{1,2}(?:\s?[月/.-]\s?\d{0,2}\s?日?)?|(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:\d{1,2},? )?\d{4}"
)
INLINE_ABSTRACT = re.compile(
    r"(?:[內内]容)?(?:摘\s?要|提要|關鍵[詞字]|关键[词字]|abstract|key\s?words)\s?[：:]"
    r"|[【\[〔［](?:[內内]容)?(?:摘\s?要|提要|關鍵[詞字]|关键[词字]|abstract|key\s?words)[】\]〕］]",
    re.IGNORECASE,
)
_IS = re.compile(
    r"[，,：:]?\s?(?:現任|现任|現為|现为|係|系|為|为|是|is (?:an? |the )?(?=[A-Z])|is (?:an? )?)\s?|[，,：:]\s?"
)
_NOTE_NAME = re.compile(
    rf"(?:作者|本文作者)?(?:((?!本[文研篇書书]|[該该]文|[筆笔]者|作者)[{HAN}]{{2,4}}?)[，,]?(?=(?:現任|现任|現為|现为|係|為|为|是)[{HAN}])|({_LATIN_NAME.pattern})(?=,? is ))"
)
_END_OF_CLAUSE = {stops: re.compile(rf"[{stops}]|\.(?=\s|$)") for stops in ("。", "。；;")}
_LISTED = re.compile(r"[、，,；;&]|\s(?:and|與|和|与)\s")
_APART = re.compile(r"\u3000{1,4}|(?<=[^\x00-\x7f])\s{1,8}(?=[^\x00-\x7f]{2})")
_AFFILIATION = re.compile(
    rf"(?:(?<=[{HAN}a-zÀ-ɏ])\d(?:[,，]\d){{0,3}}|(?<=[{HAN}]) (?:\d(?:[,，]\d){{0,3}}|[a-e](?:[,，] ?[a-e]){{0,3}}))(?=$|[、，,；;\s])"
)
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
    bare = _ROLE_INSIDE.sub("\u3000", _WROTE.sub("", _POST_AT_START.sub("", bare)))
    if len(bare) < 24 and bare.isalpha() and _GROUP.search(bare):
        return (bare,)
    pieces = (_COUNTRY.sub("", piece.strip(), count=1) for piece in _LISTED.split(bare))
    parts = [part for piece in pieces for part in _names_apart(_POST_AT_END.sub("", piece)) if part]
    if not parts or len(parts) > 8:
        return ()
    if _is_set_apart(bare) or all(_HAN_NAME.fullmatch(p) or _is_latin_name(p) for p in parts):
        return tuple(_INNER_BLANK.sub("", p) for p in parts)
    return ()


_TWO_OR_THREE = re.compile(f"[{HAN}](?:[\\s\\u3000]{{1,4}}[{HAN}]){{1,2}}")
"""景 川: characters set apart are a name, whatever the surname, unless they spell a heading such as 前 言."""


def _is_set_apart(text: str) -> bool:
    word = closed_up(text)
    spelt = is_known_heading(word) or _WORD_OF_A_PAGE.fullmatch(word)
    return _TWO_OR_THREE.fullmatch(text) is not None and not spelt


_WORD_OF_A_PAGE = re.compile(
    r"目[次錄录]|[論论]文|專[題题论論]|专[题论]|[書书]評|书评|[註注][釋释]|[緣缘]起|背景|概[述說说]|[說说]明|凡例|[導导][讀读]|圖表|图表|表目錄|正文"
)
_WIDE_BLANK = re.compile(r"\s{2,8}")


def _names_apart(text: str) -> tuple[str, ...]:
    """One piece of a list of names -> its names: blanks may part them, or the characters of one."""
    if _HAN_NAME.fullmatch(text):
        return (text,)
    apart = tuple(_WIDE_BLANK.split(text))
    if all(map(_HAN_NAME.fullmatch, apart)):
        return apart
    if _is_set_apart(text):
        return ("".join(text.split()),)
    return _spread_names(text) or tuple(part.strip() for part in _APART.split(text))


def _spread_names(text: str) -> tuple[str, ...]:
    """施 远 林 若 溪: characters one by one, when surnames part them in one way only; () for anything else."""
    if not _SPREAD.fullmatch(text):
        return ()
    letters = "".join(text.split())
    ways: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(letters) + 1):
        last = [letters[start:end] for start in (end - 2, end - 3) if start >= 0]
        fits = [(name, end - len(name)) for name in last if name[0] in SURNAMES]
        ways.append([(*before, name) for name, start in fits for before in ways[start]])
    return ways[-1][0] if len(ways[-1]) == 1 else ()


def _is_latin_name(text: str) -> bool:
    return bool(_LATIN_NAME.fullmatch(text)) and not _SMALL_WORDS.search(text)


def is_byline(text: str) -> bool:
    """Does the line name authors or the place they work at?"""
    return bool(_by(text) or names(text) or _with_place(text) or _PLACE.search(text))


def _by(text: str) -> re.Match[str] | None:
    """What comes before the names: 作者：, or a date and the source of a page with 作者： behind them."""
    posted = _POSTED.match(text)
    if posted:
        return posted
    dated = _DATE.match(text) or _OTHER_FIELD.match(text)
    return _BY.match(text) or (_AUTHOR_FIELD.search(text) if dated else None)


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
    fresh = 0
    numbers: dict[str, str] = {}
    for index in range(start, min(start + 16, len(lines))):
        text = lines[index].stripped.strip("*_")
        if lines[index].blank:
            continue
        if columns(text) > 110 or INLINE_ABSTRACT.match(text) or _heads(lines, index):
            break
        by = _by(text)
        named = _OTHER_FIELD.split(text[by.end() :])[0].strip() if by else text
        found = _named(named.split()[0] if by and by.re is _POSTED else named)
        found = found or _dated(text)
        found = found or ([] if authors else _above_place(lines, index))
        if authors and (_TRANSLATED.search(text) or _CONTACT.match(text)):
            consumed.append(index)
            continue
        if found and (by or fresh == len(authors)):
            authors.extend(found)
            numbers |= _numbers(text)
        elif placed := _placed(authors, numbers, text):
            authors = placed
        elif authors and _PLACE.search(text) and looks_like_heading(lines[index]):
            if len(authors) == fresh + 1 and authors[-1].affiliation is None:
                authors[-1] = Author(authors[-1].name, text.strip("（）()" + SIGNS + " "))
            fresh = len(authors)
        elif not (authors and (is_of_title_page(text) or _beside(text))):
            break
        consumed.append(index)
    return tuple(authors), consumed


def _heads(lines: Sequence[Line], index: int) -> bool:
    """前言, and I. Harbour Dues where II. comes next: a heading, though it is built like a name."""
    text = lines[index].stripped.strip("*_")
    own = numbered(text)
    if own is None or own.kind not in {"roman", "letter"}:
        return is_known_heading(text)
    series = (numbered(line.stripped) for line in lines[index + 1 :] if looks_like_heading(line))
    following = next((found for found in series if found and found.kind == own.kind), own)
    return is_known_heading(own.title) or following.number == own.number + 1


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
    rest = next(part for part in parts if part not in dates)
    return [] if _FIELD_NAME.fullmatch(rest) else _named(rest)


_FIELD_NAME = re.compile(r"[時时][間间]|日期|[來来]源|[單单]位")


def _above_place(lines: Sequence[Line], index: int) -> list[Author]:
    """Two to four characters right above a line that names a place to work at are a name, whatever the surname."""
    name = closed_up(lines[index].stripped.strip(SIGNS + " "))
    below = next((line.stripped for line in lines[index + 1 :] if not line.blank), "")
    placed = _PLACE.search(below) and columns(below) < 80 and "。" not in below
    return [Author(name)] if placed and _SHORT_NAME.fullmatch(name) else []


_SHORT_NAME = re.compile(f"[{HAN}]{{2,4}}")


def is_of_title_page(text: str) -> bool:
    """A date, or a line such as 指導教授：…"""
    return bool(_DATE.fullmatch(text) or _TITLE_PAGE.match(text))


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
