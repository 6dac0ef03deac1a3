"""Read what follows a title, piece by piece, into CSL fields.

`, Vol. 78, No. 6, 2024, pp. 767-781` -> `{volume: 78, issue: 6, issued: 2024, page: 767-781}`
`（臺北：三民書局，2019 年），頁 5`
-> `{publisher-place: 臺北, publisher: 三民書局, issued: 2019, page: 5}`

A pin that is no page (第 3 條, chap. 2, 表 6) goes to `locator` as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.dates import date_at
from corpus.names import parse_names
from corpus.segments import FILLER, Segment
from corpus.urls import URL

Fields = dict[str, Any]

_DASH = r"\s?[-–—~～‐‑]\s?"
_HAN_NUMBER = r"[〇○零一二三四五六七八九十百]{1,6}"
_PAGE = r"[A-Za-z]{0,2}\d{1,5}(?:[a-z](?![a-z]))?|[ivxlc]{1,7}\b"
_RANGE = rf"(?:{_PAGE})(?:{_DASH}(?:{_PAGE}))?(?:\s?(?:ff?\.|以下))?"
# A number after a comma goes on listing pages unless it is a year, a date or a volume.
_NO_YEAR = rf"(?!(?:1[5-9]|20)\d\d\b(?!{_DASH}))"
_MORE = rf"(?:\s?(?:[,、&]|and)\s?{_NO_YEAR}(?:{_RANGE})(?!\s?[年月卷期日:：.(（]))*"
_PAGES = rf"(?:{_RANGE}){_MORE}"
_ORDINAL = rf"(?:\d+|{_HAN_NUMBER})"
_UNIT = r"[條条點点款項项章節节段號号]"

DETAILS = tuple(
    re.compile(pattern, flags)
    for flags, pattern in (
        (re.I, r"(?:vols?\.?|volume|v\.)\s?(?P<volume>\d+|[IVXLC]+\b)"),
        (re.I, r"(?:nos?\.?|issues?|iss\.|number|nr\.)\s?(?P<issue>\d+(?:\s?[-–/]\s?\d+)?)"),
        (0, r"(?P<volume>\d{1,4})\*?\s?[(（](?P<issue>\d{1,4}(?:\s?[-–/]\s?\d+)?)[)）]"),
        (0, r"(?P<volume>\d{1,4})\s?[:：]\s?(?P<issue>\d{1,3})(?=\s?[,，(（])"),
        (
            0,
            r"(?P<volume>\d{1,4})(?=,?\s(?:[Nn]o\.|[Ii]ssue)|\s?[(（]\s?[^()（）]{0,20}(?:1[5-9]|20)\d\d)",
        ),
        (0, rf"第?\s?(?P<volume>{_ORDINAL})\s?卷"),
        (
            0,
            rf"(?:總|总)?第?\s?(?P<issue>{_ORDINAL}(?:\s?[-–/]\s?\d+)?)\s?期|第\s?{_ORDINAL}\s?[輯辑](?!者)",
        ),
        (re.I, rf"(?:pp?\.|pages?|頁碼?|页码?)\s?[:：]?\s?(?P<page>{_PAGES})"),
        (0, rf"第\s?(?P<page>{_PAGES})\s?[頁页]"),
        (0, rf"at\s(?P<page>{_PAGES})"),
        (0, r"第?\s?(?P<sheet>[A-Z]?\d{1,3}|[〇一二三四五六七八九十]{1,3})\s?版"),
        (
            re.I,
            r"(?P<edition>\d{1,2}(?:st|nd|rd|th)|rev(?:ised)?\.?|second|third|fourth|fifth)\s(?:rev\.\s)?ed(?:ition|n)?\b\.?",
        ),
        (0, r"(?P<edition>(?:修訂|修订|增訂|增订|初|再)[一二三四五六七八九\d]{0,2}版)"),
        (
            0,
            rf"(?P<locator>(?:第\s?{_ORDINAL}\s?{_UNIT}(?:之\d+)?\s?)+|[表圖图]\s?{_ORDINAL}(?:[-–.]\d+)?|附[件錄录表註注]\s?(?:{_ORDINAL}|[A-Z甲乙丙])?)",
        ),
        (
            re.I,
            r"(?P<locator>(?:chap(?:ter|s)?\.?|ch\.|art(?:icle)?s?\.?|sec(?:tion)?s?\.?|§+|para(?:graph|s)?\.?|¶+|fig(?:ure)?\.?|table|app(?:endix|\.)|annex)\s?[\dIVXivx]+(?:[-–.]\d+)*)",
        ),
        (0, r"(?:檔號|档号|檔案號|档案号)\s?[:：]?\s?(?P<archive_location>[\w\-－./]{1,40})"),
        (re.I, r"doi:?\s{0,3}10\.\d{4,9}/\S+"),
        (0, r"(?:trans(?:\.|lated\sby)|tr\.)\s(?P<translator>[^,()]{3,80})"),
        (
            0,
            r"(?:eds?\.|edited\sby)\s(?P<editor>[^,()]{3,120}?(?:,\sand\s[^,()]{3,60})?)(?=\s?[,(]|$)",
        ),
        (
            0,
            r"(?P<translator>[^，,。（()）\s：:][^，,。（()）：:]{0,30}?)(?:等)?[譯译](?=[，,。（(\s]|$)",
        ),
        (
            re.I,
            r"(?P<genre>(?:Ph\.?\s?D\.?|doctoral|master[’']?s|M\.?A\.?)\s(?:diss(?:ertation)?\b\.?|thesis))",
        ),
        (0, r"(?P<publisher>[^，,。（(）)]{2,40}?)(?P<genre>[碩硕博]士(?:學位|学位)?[論论]文)"),
    )
)
_BARE_PAGES = re.compile(rf"(?P<page>{_PAGES})(?=\s?(?:[.,，。;；)）]|$))")
_NAMED = frozenset({"editor", "translator"})
_SEPARATORS = re.compile(r"[\s,，.。:：、*]*")
_BRACKET = re.compile(rf"[(（\[［]{FILLER}*[)）\]］]")
_FREE = re.compile(
    rf"[^\s,，(（<。;；{FILLER}][^,，(（<。;；{FILLER}]{{0,150}}?"
    r"(?:\s\([A-Z][A-Za-z&.\-]{1,14}\))?"
    r"(?=\s\d{1,4}(?:\s?[(（]|,\s?no\.|:\s?\d)|\s?[,，(（<。;；]|\.?\s*$|\.\s)"
)
_ACCESS_WORD = (
    r"(?:last\s)?(?:accessed|visited|retrieved|viewed)(?:\son)?"
    r"|最[後后]?(?:瀏覽|浏览|檢索|检索|訪問|访问|查閱|查阅|造訪)(?:日期|日|時間|时间)?"
    r"|(?:瀏覽|浏览|檢索|检索|訪問|访问|查閱|查阅|造訪|下載|下载|引用|上網|上网)(?:日期|日|時間|时间)"
)
_ACCESSED = re.compile(rf"(?:{_ACCESS_WORD})\s?[:：]?\s?(?=[\dA-Z民])", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_PROSE = re.compile(r"[的了是在於于將将被]|認為|指出|表示|主張|使用|稱|称之|本文|該|该")
_PLACE = re.compile(r"(?P<place>[^:：]{1,60}?)\s?[:：]\s?(?P<publisher>[^:：]{1,120})")
_MAX_HAN_FREE = 30


@dataclass(frozen=True, slots=True)
class Tail:
    """What `read_details` read: the fields, where it stopped, and whether words were left over."""

    fields: Fields
    end: int
    leftover: bool


def read_details(tail: Segment, free: Sequence[str] = ()) -> Tail:
    """Read `tail` from its start as far as it is made of details.

    `free` names the fields that unmarked words may fill, in order: ("container-title",) lets the
    words before the first volume or date be the name of the periodical.
    """
    fields: Fields = {}
    waiting, at, end = list(free), 0, 0
    last_free = ""
    while True:
        skipped = _SEPARATORS.match(tail.text, at)
        start = skipped.end() if skipped else at
        if start >= len(tail.text):
            return Tail(fields, end, leftover=False)
        after_colon = bool(skipped and set(":：") & set(skipped.group()))
        read_to = _detail_at(tail, start, fields, after_colon)
        if read_to is None:
            found = _free_at(tail, start)
            stopped = (
                bool(fields) and skipped is not None and not set(".。").isdisjoint(skipped.group())
            )
            if found is None or stopped or not (waiting or last_free):
                return Tail(fields, end, leftover=_is_leftover(tail, end, start))
            if waiting:
                last_free = waiting.pop(0)
                _put_free(fields, last_free, tail.text[start:found])
            elif not _extends(fields, last_free, tail, start, found):
                return Tail(fields, end, leftover=True)
            read_to = found
        else:
            last_free = ""
        end = at = read_to


def _is_leftover(tail: Segment, end: int, start: int) -> bool:
    """Words that follow after a full stop are the next sentence, not part of this citation."""
    return not re.search(r"[.。]\s*$", tail.text[end:start])


def _extends(fields: Fields, name: str, tail: Segment, start: int, end: int) -> bool:
    """Ministry of Defense + , + Japan: a short capitalised piece goes on with the name."""
    before = str(fields.get(name, ""))
    offset = tail.text.rfind(before, 0, start)
    piece = tail.text[start:end]
    if offset < 0 or len(piece.split()) > 3 or not piece[:1].isupper() or _HAN.search(piece):
        return False
    fields[name] = tail.text[offset:end]
    return True


def _detail_at(tail: Segment, at: int, fields: Fields, after_colon: bool) -> int | None:
    """Read one detail at `at` into `fields`; the offset after it, None where there is none."""
    date = date_at(tail.text, at)
    if date is not None:
        fields.setdefault("issued", date[0])
        return date[1]
    url = URL.match(tail.text, at)
    if url is not None:
        return url.end()
    bracket = _BRACKET.match(tail.closed, at)
    if bracket is not None:
        inside = read_imprint(tail.part(at + 1, bracket.end() - 1))
        if tail.text[at] in "[［" and "issued" in inside:
            inside = {"accessed": inside["issued"]}
        for name, value in inside.items():
            fields.setdefault(name, value)
        return bracket.end()
    return _pattern_at(tail, at, fields, after_colon)


def _pattern_at(tail: Segment, at: int, fields: Fields, after_colon: bool) -> int | None:
    accessed = _accessed_at(tail.text, at, fields)
    if accessed is not None:
        return accessed
    for pattern in DETAILS:
        match = pattern.match(tail.text, at)
        if match is not None and FILLER not in tail.mask[at : match.end()]:
            _put(fields, match)
            return match.end()
    bare = _BARE_PAGES.match(tail.text, at)
    if bare is not None and (
        after_colon or {"issued", "publisher"} & fields.keys() or _ends(tail, bare)
    ):
        fields.setdefault("page", bare.group("page").strip())
        return bare.end()
    return None


def _ends(tail: Segment, bare: re.Match[str]) -> bool:
    rest = tail.text[bare.end() :].lstrip(" ,.，。")
    return not rest or URL.match(rest) is not None


def _accessed_at(text: str, at: int, fields: Fields) -> int | None:
    match = _ACCESSED.match(text, at)
    date = date_at(text, match.end()) if match else None
    if date is None:
        return None
    fields.setdefault("accessed", date[0])
    return date[1]


def _put(fields: Fields, match: re.Match[str]) -> None:
    for name, value in match.groupdict().items():
        if not value:
            continue
        if name in _NAMED:
            names = parse_names(value)
            if names:
                fields.setdefault(name, list(names))
        elif name == "sheet":
            dated = fields.get("issued", {}).get("date-parts", [[]])[0]
            fields.setdefault("page" if len(dated) == 3 else "edition", value)
        else:
            fields.setdefault(name, value.strip())


def _free_at(tail: Segment, at: int) -> int | None:
    """The end of a plausible name (periodical, publisher, site) at `at`; None for prose."""
    match = _FREE.match(tail.mask, at)
    if match is None:
        return None
    words = match.group().strip()
    if _HAN.search(words):
        plausible = len(words) <= _MAX_HAN_FREE and not _HAN_PROSE.search(words)
    else:
        plausible = words[:1].isupper() or (words[:1].isdigit() and " " in words)
    return match.end() if plausible and any(map(str.isalpha, words)) else None


def _put_free(fields: Fields, name: str, printed: str) -> None:
    place = _PLACE.fullmatch(printed.strip())
    if place is not None:
        fields.setdefault("publisher-place", place["place"].strip())
        fields.setdefault("publisher", place["publisher"].strip())
    else:
        fields.setdefault(name, printed.strip().rstrip(","))


def read_imprint(inside: Segment) -> Fields:
    """The fields of a bracket after a title; {} when it holds something else.

    `Abingdon: Routledge, 2020` -> `{publisher-place: Abingdon, publisher: Routledge, issued: 2020}`
    """
    text = inside.text.strip()
    fields: Fields = {}
    if re.fullmatch(r"\d{1,4}(?:[-–/]\d{1,4})?", text) and date_at(text) is None:
        return {"issue": text}
    if _accessed_at(text, 0, fields) is not None:
        return fields
    dated = _date_at_end(text)
    if dated is None:
        place = _PLACE.fullmatch(text)
        if place is None or not _is_imprint(place["place"]):
            return {}
        return {"publisher-place": place["place"].strip(), "publisher": place["publisher"].strip()}
    start, issued = dated
    fields["issued"] = issued
    before = text[:start].strip(" ,，、：:")
    if before:
        _read_publisher(before, fields)
    return fields


def _date_at_end(text: str) -> tuple[int, Fields] | None:
    """Where a date begins that ends `text`, and the date: the earliest such start."""
    for match in re.finditer(r"(?<![\w/.\-])[\dA-Z民]|(?<=[\u4e00-\u9fff，：、])\d", text[-60:]):
        start = max(len(text) - 60, 0) + match.start()
        date = date_at(text, start)
        if date is not None and not text[date[1] :].strip(" .年)）"):
            return start, date[0]
    return None


def _read_publisher(printed: str, fields: Fields) -> None:
    genre = re.match(
        r"((?:Ph\.?\s?D\.?|[Dd]octoral|[Mm]aster[’']?s?|M\.?A\.?)\s(?:diss(?:ertation)?\.?|thesis)),\s?",
        printed,
    )
    if genre is not None:
        fields["genre"], printed = genre.group(1), printed[genre.end() :]
    zh_thesis = re.fullmatch(r"(.{2,40}?)([碩硕博]士(?:學位|学位)?[論论]文)", printed)
    if zh_thesis is not None:
        fields["publisher"], fields["genre"] = zh_thesis.groups()
        return
    edition = re.match(r"(\d{1,2}(?:st|nd|rd|th)|rev\.)\sedn?\.?,?\s?", printed)
    if edition is not None:
        fields["edition"], printed = edition.group(1), printed[edition.end() :]
    place = _PLACE.fullmatch(printed)
    if place is not None and _is_imprint(place["place"]):
        fields["publisher-place"] = place["place"].strip()
        fields["publisher"] = place["publisher"].strip()
    elif place is None and _is_imprint(printed):
        fields["publisher"] = printed


def _is_imprint(printed: str) -> bool:
    """Whether the words can name a place or a publisher: capitals or Han, and no clause."""
    if _HAN.search(printed):
        return len(printed) <= _MAX_HAN_FREE and not _HAN_PROSE.search(printed)
    return printed[:1].isupper() and len(printed) <= 100


def evidence(fields: Fields) -> bool:
    """Whether the fields tell a citation from a title mentioned in prose."""
    return not fields.keys().isdisjoint(
        {"issued", "volume", "issue", "page", "publisher", "URL", "DOI", "locator", "genre"}
    )
