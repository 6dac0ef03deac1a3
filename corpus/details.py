"""Read what follows a title, piece by piece, into CSL fields.

`, Vol. 78, No. 6, 2024, pp. 767-781` -> `{volume: 78, issue: 6, issued: 2024, page: 767-781}`
`（臺北：三民書局，2019 年），頁 5`
-> `{publisher-place: 臺北, publisher: 三民書局, issued: 2019, page: 5}`

A pin that is no page (第 3 條, chap. 2, 表 6) goes to `locator` as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.dates import accessed_at, date_at
from corpus.imprint import HAN, Fields, is_name, read_imprint, read_publisher
from corpus.masks import FILLER, Segment
from corpus.names import parse_names
from corpus.urls import URL, find_urls

__all__ = ["Details", "Fields", "is_citation", "read_details"]

_DASH = r"\s?(?:-{1,3}|[–—~～‐‑－至])\s?"
_HAN_NUMBER = r"[〇○零一二三四五六七八九十百]{1,6}"
_PAGE = r"[A-Za-z]{0,2}\d{1,5}(?:[a-z](?![a-z]))?|[ivxlc]{1,7}\b"
_RANGE = rf"(?:{_PAGE})(?:{_DASH}(?:{_PAGE}))?(?:\s?(?:ff?\.|以下))?"
# A number after a comma goes on listing pages unless it is a year, a date or a volume.
_NO_YEAR = rf"(?!(?:1[5-9]|20)\d\d\b(?!{_DASH}))"
_MORE = rf"(?:\s?(?:[,、&]|and)\s?{_NO_YEAR}(?:{_RANGE})(?!\s?[年月卷期日:：.(（]))*"
_PAGES = rf"(?:{_RANGE}){_MORE}"
_ORDINAL = rf"(?:\d+|{_HAN_NUMBER})"
_ARTICLE = rf"第\s?{_ORDINAL}\s?[條条點点款項项章節节段號号](?:之\d+)?\s?"
_EN_PART = (
    r"(?:chap(?:ter|s)?\.?|ch\.|art(?:icle)?s?\.?|sec(?:tion)?s?\.?|§+|para(?:graph|s)?\.?|¶+"
    r"|fig(?:ure)?\.?|table|sheet|plate|item|app(?:endix|\.)|annex|clause|col(?:umn|\.)?s?|cc?\.(?=\s\d))"
)
_EDITION = (
    r"(?P<edition>\d{1,2}(?:st|nd|rd|th)|rev(?:ised)?\.?|updated|expanded|new|abridged|paperback"
    r"|second|third|fourth|fifth|sixth)"
)
_THESIS = (
    r"(?P<genre>(?:Ph\.?\s?D\.?|doctoral|master[’']?s|M\.?A\.?)\s(?:diss(?:ertation)?\b\.?|thesis))"
)

# Each group names the CSL variable it fills; "sheet" is a newspaper's page or a book's edition.
_EN_DETAILS = (
    r"(?:vols?\.?|volume|v\.)\s?(?P<volume>\d+|[IVXLC]+\b)",
    r"(?:nos?\.?|issues?|iss\.|number|nr\.)\s?(?P<issue>\d+(?:\s?[-–/]\s?\d+)?)",
    r"(?P<volume>\d{1,4})\*?\s?[(（](?!(?:1[5-9]|20)\d\d[)）])(?P<issue>\d{1,4}(?:\s?[-–/]\s?\d+)?)[)）]",
    r"(?P<volume>\d{1,4})\.(?P<issue>\d{1,2})(?=\s?[(（])",
    r"(?P<volume>\d{1,4})\s?[:：]\s?(?P<issue>\d{1,3})(?=\s?[,，(（])",
    r"(?P<volume>\d{1,4})(?=,?\s(?:no\.|issue)|\s?[(（]\s?[^()（）]{0,20}(?:1[5-9]|20)\d\d)",
    rf"(?:pp?\.|pages?|頁碼?|页码?)\s?[:：]?\s?(?P<page>{_PAGES})",
    rf"at\s(?P<page>{_PAGES})",
    rf"S\.\s(?P<page>{_PAGES})",
    r"(?P<edition>\d{1,2})\.\sAufl(?:age\b|\.)",
    rf"{_EDITION}\s(?:rev\.\s)?ed(?:ition|n)?\b\.?",
    rf"(?P<locator>{_EN_PART}\s?(?:\d+|[ivxlc]+\b)(?:[-–.]\d+)*(?:\s?\((?:\d{{1,2}}|[a-z])\)){{0,3}})",
    r"doi:?\s{0,3}10\.\d{4,9}/\S+",
    r"(?:trans(?:\.|lated\sby)|tr\.)\s(?P<translator>[^,()]{3,80})",
    r"(?:eds?\.|edited\sby)\s(?P<editor>[^,()]{3,120}?(?:,\sand\s[^,()]{3,60})?)(?=\s?[,(]|$)",
    _THESIS,
    r"(?P<locator>passim)\b",
    r"(?P<status>unpublished|forthcoming|in\spress|mimeo(?:graph)?)\b\.?",
    r"version\s(?P<version>\d[\d.]{0,8})",
    (
        r"(?:paper|lecture|speech|keynote|address|talk)\s(?:presented|delivered|given|read)\s(?:at|to|before)\s"
        r"(?:the\s)?(?P<event_title>[^,()]{3,100}(?:,\s[A-Z][^,\d()]{2,30}(?=,\s))?)"
    ),
)
_ZH_DETAILS = (
    rf"第?\s?(?P<volume>{_ORDINAL})\s?卷",
    rf"卷\s?(?P<volume>{_ORDINAL}(?:[上中下](?![\u4e00-\u9fff]))?)",
    rf"第\s?(?P<page>{_ORDINAL}\s?[張张]\s?第\s?{_ORDINAL}\s?版)",
    rf"(?:[\u4e00-\u9fff]字)?(?:總|总)?第?\s?(?P<issue>{_ORDINAL}(?:\s?[-–/]\s?\d+)?)\s?期",
    rf"第\s?(?P<issue>{_ORDINAL})\s?[輯辑](?!者)",
    rf"第\s?(?P<page>{_PAGES})\s?[頁页](?:[ab](?![a-z]))?",
    r"(?P<archive_location>[A-Z]{0,3}\d{1,6}(?:-\d{1,6}){2,4})(?=[，,。.；;]?\s?$)",
    rf"[頁页葉叶]\s?(?P<page>{_HAN_NUMBER}(?:{_DASH}{_HAN_NUMBER})?)(?![\u4e00-\u9fff])",
    rf"[頁页葉叶]\s?(?P<page>{_ORDINAL}\s?[上中下])(?![\u4e00-\u9fff])",
    r"(?P<number>[\u4e00-\u9fff]{2,12}令第\s?\d{1,5}\s?[號号])",
    rf"[冊册]\s?(?P<volume>{_ORDINAL})",
    rf"第\s?(?P<volume>{_ORDINAL})\s?[冊册]",
    r"(?:公布|發布|发布|頒布|颁布|施行|修正|修訂|修订)(?:施行)?(?=[，,]\s?第\s?[\d一二三四五六七八九十百]{1,6}\s?[條条]|[。.]?$)",
    r"第?\s?(?P<sheet>[A-Z]?\d{1,3}|[〇一二三四五六七八九十]{1,3})\s?版",
    r"(?P<edition>(?:修訂|修订|增訂|增订|初|再)[一二三四五六七八九\d]{0,2}版)",
    rf"(?P<locator>(?:{_ARTICLE}){{1,4}}|[表圖图]\s?{_ORDINAL}(?:[-–.]\d+)?)",
    rf"(?P<locator>附[件錄录表註注]\s?(?:{_ORDINAL}|[A-Z甲乙丙])?)",
    r"(?:[檔档](?:案[編编]?)?[號号]|(?:全宗|目[錄录]|案卷|卷宗)[號号]|[典館馆收]藏[號号]|登[錄录][號号]|Ref\.)\s?[:：]?\s?(?P<archive_location>[\w\-－./]{1,40})",
    r"(?P<translator>[^，,。（()）\s：:][^，,。（()）：:]{0,30}?)等?[譯译](?=[，,。（(\s]|$)",
    r"(?P<publisher>[^，,。（(）)\d：:]{2,20}(?:出版社|書局|书局|印書館|印书馆|書店|书店))\s?(?=\d{4}\s?年)",
    r"(?P<number>[A-Z]{1,4}/[A-Z0-9]{1,8}(?:/[\w.]{1,12}(?:\(\d{1,4}\))?){0,4})",
    r"(?P<publisher>[^，,。（(）)]{2,40}?)(?P<genre>[碩硕博]士(?:學位|学位)?[論论]文)",
)
_MODIFIED = re.compile(
    r"(?:last\s)?(?:modified|updated|revised|posted)\s(?:on\s)?(?=\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d)",
    re.IGNORECASE,
)
_ESPECIALLY = re.compile(r"(?:esp\.|especially|in\sparticular)\s(?=[a-z§])")
_LONGEST = 400
"""No detail is longer; what stands at an offset is cut off there before a pattern is tried."""
_DETAILS = tuple(re.compile(rf"\A(?:{p})", re.IGNORECASE) for p in (*_EN_DETAILS, *_ZH_DETAILS))
_BARE_PAGES = re.compile(rf"\A(?P<page>{_PAGES})(?=\s?(?:[.,，。;；)）]|\(pp?\.|$))", re.IGNORECASE)
_NAMES = frozenset({"editor", "translator"})
_SEPARATORS = re.compile(r"[\s,，.。:：、*]*")
_BRACKET = re.compile(rf"[(（\[［]{FILLER}*[)）\]］]")
_NO_ABBREVIATION = "".join(
    rf"(?<!\b{word})"
    for word in "Proc Conf Int Symp Univ Tech Rev Soc Assoc Inst Dept Trans St Mt Am Natl Ann Bull Acad Sci".split()
)
_UNMARKED = re.compile(
    rf"\A[^\s,，(（<。;；{FILLER}][^,，(（<。;；{FILLER}]{{0,150}}?"
    r"(?:\s\([A-Z][A-Za-z&.\-]{1,14}\))?"
    r"(?=\s\d{1,4}(?:\s?[(（]|,\s?no\.|:\s?\d)|\s(?:1[5-9]|20)\d\d(?=\.?$|,)|\s?[,，(（<。;；]|\.?\s*$|(?<![.\s][A-Z]){_NO_ABBREVIATION}\.\s)"
)
_EVIDENCE = frozenset(
    (
        *("issued", "accessed", "volume", "issue", "page", "locator"),
        *("publisher", "genre", "event-title", "URL", "DOI", "status", "version"),
        *("number", "archive_location"),
    )
)


@dataclass(slots=True)
class Details:
    """What was read: the fields, where reading stopped, whether prose stood there."""

    fields: Fields = field(default_factory=dict)
    end: int = 0
    leftover: bool = False

    def add(self, fields: Fields) -> None:
        """Keep the first value of each field."""
        self.fields = {**fields, **self.fields}


def is_citation(fields: Fields) -> bool:
    """Whether the fields tell a citation from a title mentioned in prose."""
    return not _EVIDENCE.isdisjoint(fields)


def read_details(tail: Segment, unmarked: Sequence[str] = ()) -> Details:
    """Read `tail` from its start as far as it is made of details.

    `unmarked` names the fields that words without marks may fill, in order: ("container-title",)
    lets the words before the first volume or date be the name of the periodical.
    """
    details = Details()
    waiting, last = list(unmarked), ""
    while True:
        start = _end_of(_SEPARATORS, tail.text, details.end)
        if start >= len(tail.text):
            return details
        skipped = tail.text[details.end : start]
        end = _detail_at(tail, start, details, skipped)
        if end is not None:
            details.end, last = end, ""
            continue
        end = _words_at(tail, start)
        if details.fields and not set(".。").isdisjoint(skipped):
            return details  # the next sentence
        glued = not skipped and details.end > 0
        if end is None or glued or not (waiting or last):
            details.leftover = True
            return details
        if waiting:
            last = waiting.pop(0)
            details.add(_named(last, tail.text[start:end]))
        elif not _extend(details, last, tail.text, start, end):
            details.leftover = True
            return details
        details.end = end


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _named(name: str, printed: str) -> Fields:
    """Words without marks: place and publisher where a colon parts them, else the field `name`."""
    printed = printed.strip().rstrip(",")
    fields = read_publisher(printed)
    return fields if "publisher-place" in fields else {name: printed}


def _extend(details: Details, name: str, text: str, start: int, end: int) -> bool:
    """Ministry of Defense + , + Japan: a short capitalised piece goes on with the name."""
    before = str(details.fields.get(name, ""))
    offset, piece = text.rfind(before, 0, start), text[start:end]
    if offset < 0 or len(piece.split()) > 3 or not piece[:1].isupper() or HAN.search(piece):
        return False
    details.fields[name] = text[offset:end]
    return True


def _detail_at(tail: Segment, at: int, details: Details, skipped: str) -> int | None:
    """Read one detail at `at`; the offset after it, None where there is none."""
    modified = _MODIFIED.match(tail.text, at) or _ESPECIALLY.match(tail.text, at)
    at = modified.end() if modified else at
    for name, date in (
        ("issued", date_at(tail.text, at)),
        ("accessed", accessed_at(tail.text, at)),
    ):
        if date is not None:
            details.add({name: date[0]})
            return date[1]
    url = URL.match(tail.text, at)
    if url is not None:
        details.add({"URL": find_urls(url.group())[0]})
        return url.end()
    bracket = _BRACKET.match(tail.closed, at)
    if bracket is not None:
        details.add(_bracketed(tail.text[at : bracket.end()]))
        return bracket.end()
    ahead = tail.text[at : at + _LONGEST]
    for pattern in _DETAILS:
        match = pattern.match(ahead)
        if match is not None and FILLER not in tail.mask[at : at + match.end()]:
            details.add(_fields(match, details))
            return at + match.end()
    return _bare_pages(tail.text, at, details, skipped)


def _bracketed(printed: str) -> Fields:
    """`(2022-03-01)` -> issued, `[2023-05-20]` -> accessed, `(Abingdon: Routledge, 2020)`."""
    fields = read_imprint(printed[1:-1])
    if printed[0] in "[［" and "issued" in fields:
        return {"accessed": fields["issued"]}
    return fields


def _bare_pages(text: str, at: int, details: Details, skipped: str) -> int | None:
    """Numbers alone are pages after a colon, after the imprint or the year, or at the end."""
    match = _BARE_PAGES.match(text[at : at + _LONGEST])
    if match is None:
        return None
    rest = text[at + match.end() :].lstrip(" ,.，。")
    known = not details.fields.keys().isdisjoint({"issued", "publisher"})
    if not (known or set(":：") & set(skipped) or not rest or URL.match(rest)):
        return None
    details.add({"page": match["page"].strip()})
    return at + match.end()


def _fields(match: re.Match[str], details: Details) -> Fields:
    fields: Fields = {}
    for name, value in match.groupdict().items():
        if not value:
            continue
        if name in _NAMES:
            names = parse_names(value)
            if names:
                fields[name] = list(names)
        elif name == "sheet":
            issued = details.fields.get("issued", {}).get("date-parts", [[]])[0]
            fields["page" if len(issued) == 3 else "edition"] = value
        else:
            fields[name.replace("event_", "event-")] = value.strip()
    return fields


def _words_at(tail: Segment, at: int) -> int | None:
    """The end of a plausible name (periodical, publisher, site) at `at`; None for prose."""
    match = _UNMARKED.match(tail.mask[at : at + _LONGEST])
    if match is None:
        return None
    words = match.group().strip()
    plausible = is_name(words) or (words[:1].isdigit() and " " in words)
    return at + match.end() if plausible and any(map(str.isalpha, words)) else None
