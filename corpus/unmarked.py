"""Read a note in Latin letters whose title carries no marks, told by the shape of the whole.

`Edda Lindqvist, A Coast Without Clerks (Tarn Point: Skerry Press, 2009), 3.`  book
`Magnus Hale, The Quiet Compact, 31 SELVAGE L. REV. 9, 14 (2001)`              law review

With no marks to go by, every part must fit: names, a capitalised title, then nothing but details.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.dates import date_at
from corpus.details import Fields, read_details
from corpus.gbt7714 import gbt_names
from corpus.masks import FILLER, Segment
from corpus.names import Name, is_institution, parse_names
from corpus.urls import URL
from corpus.western import bibliography_names

Parsed = tuple[dict[str, Any], int, int]

_MAX_LENGTH = 600
_REPORTER = re.compile(
    r",\s(?P<volume>\d{1,4})\s(?P<container>[A-Z][^\d,;()]{1,60}?)\s"
    r"(?P<page>\d{1,5}(?:,\s\d{1,5}(?:[-–]\d{1,5})?){0,20})(?:\s(?:&\s)?nn?\.\s?\d{1,4}(?:[-–]\d{1,4})?)?(?=\s?\(|\s?[.,]|\s?$)"
)
_GENRE = re.compile(r"(?:Note|Comment|Essay|Book Review|Student Article),\s")
_VOLUME_FIRST = re.compile(r"\A(\d{1,2})\s(?=[A-Z]{2})")
_CAPS_BOOK = re.compile(
    r"\A,\s(?P<title>[^\d(),§]{3,150}?)"
    r"(?:,?\s(?P<page>\d{1,4}(?:[-–]\d{1,4})?)|,?\s(?P<locator>§{1,2}\s?[\d.\-–]{1,12}))?\s(?=\()"
)
_EDITION = re.compile(
    r",\s(?P<edition>\d{1,2}(?:st|nd|d|rd|th)|rev\.|[Ss]econd|[Tt]hird)\s[Ee]d(?:ition|n)?\.?\Z"
)
_PRESS = re.compile(r"\b(?:Press|Publish(?:ers|ing)|Books|Verlag|Presses|Publications)\b")
_STOPPED = re.compile(
    r"\A(?P<title>[^.;“”\"《]{3,150}+)\.\s"
    r"(?=[A-Z][^.:;]{1,40}:\s[^:;]{1,60},\s(?:1[5-9]|20)\d\d)"
)
_INVERTED = re.compile(
    r"\A(?P<names>[A-Z][^.,\d]{1,40},\s[A-Z](?:[^.\d“\"]|(?<=\s[A-Z])\.){1,100})(?:\.|(?<=\s[A-Z]\.))\s(?P<title>[A-Z][^.“”\"]{3,150})\.\s(?=[A-Z])"
)
_HAN_HEAD = re.compile(
    r"\A(?P<names>[\u4e00-\u9fff、]{2,24}+)[，,]\s?(?P<title>[\u4e00-\u9fff\w：:—─－ ]{2,60}+)[，,]\s?"
)
_HAN_PRESS = re.compile(r"(?:出版|出版社|[書书][局店房]|印[書书][館馆]|公司|圖書|图书|文化|自版)$")
_QUOTES = re.compile(r"[“”\"«»《〈「]")
_BRACKET = re.compile(rf"\s?\({FILLER}+\)")
_COMMA = re.compile(r",\s")
_ROLE = re.compile(r"(?:eds?|comps?|dir|trans)\.,\s")
_CONTRIBUTOR = re.compile(
    r",\s(?:(?P<translator>trans\.|tr\.|translated\sby)|eds?\.|edited\sby)\s(?P<names>[A-Z][^()]{2,100})\Z"
)
"""Title, trans. John Roe: who else had a hand in the book, before its imprint."""
_EDITED = re.compile(r"\beds?\b")
_PLACED = re.compile(r"https?:|\bpp?\.\s?\d|\bat\s\d")
_SHORT_FORM = re.compile(
    r"\A[A-Z][\w’'-]{1,30}(?:(?:,\s[A-Z][\w’'-]{1,30}){0,3},?\s(?:and|&)\s[A-Z][\w’'-]{1,30})?,\s[A-Z][^,;:()\d“”\"]{3,80},"
    r"\s(?!(?:1[5-9]|20)\d\d\b)\d{1,4}[a-e]?(?:[-–]\d{1,4}[a-e]?)?(?:,\s\d{1,4}(?:[-–]\d{1,4})?){0,8}\s?\.?\s?\Z"
)
"""Vik, Hemp and Habit, 88: family names, title and page."""
_FAMILIES = re.compile(r",?\s(?:and|&)\s|,\s")
_DATED_TITLE = re.compile(r"\s(?:1[5-9]|20)\d\d(?:[-–/]\d{1,4})?\Z")
_TITLE_CASE = re.compile(r"[A-Z0-9“\"]")


def _han_commas(segment: Segment) -> Parsed | None:
    """王澤鑑，民法總則，三民書局，2014 年，頁 5: commas alone part the fields; the year may come last in a bracket."""
    head = _HAN_HEAD.match(segment.mask)
    names = parse_names(head["names"]) if head else None
    if head is None or not names or not all(_writes(str(n.get("literal"))) for n in names):
        return None
    details = read_details(segment.part(head.end()), ("container-title",))
    fields = details.fields
    by_office = _HAN_OFFICE.search(head["names"]) is not None
    if by_office and "issued" in fields and not details.leftover:
        return (
            {**fields, "author": list(names), "title": head["title"].strip()},
            0,
            (head.end() + details.end),
        )
    placed = "page" in fields and fields.keys() & {"issued", "volume", "issue"}
    stated = bool(fields.keys() & {"container-title", "publisher", "edition"})
    stated = stated or _YEAR_AT_END.search(segment.text) is not None
    if details.leftover or not placed or not stated:
        return None
    if _HAN_PRESS.search(str(fields.get("container-title", ""))) and "volume" not in fields:
        fields["publisher"] = fields.pop("container-title")
    csl: Fields = {**fields, "author": list(names), "title": head["title"].strip()}
    return csl, 0, head.end() + details.end


def _entry(segment: Segment) -> Parsed | None:
    """苗青. 空壳合作社. 浦湾：浦湾人民出版社，2018: an entry of a list whose fields full stops part."""
    head = _ENTRY_HEAD.match(segment.mask)
    printed = {k: segment.text[slice(*head.span(k))] for k in head.groupdict()} if head else {}
    names = gbt_names(printed["names"]) if head else None
    if head is None or not names or not all("family" in n or _writes(n["literal"]) for n in names):
        return None
    details = read_details(segment.part(head.end()), ("container-title", "publisher"))
    if details.leftover or "issued" not in details.fields:
        return None
    csl: Fields = {"author": list(names), "title": " ".join(printed["title"].split())}
    if printed["genre"]:
        csl["genre"] = printed["genre"]
    return {**details.fields, **csl}, 0, head.end() + details.end


_ENTRY_HEAD = re.compile(
    r"\A(?P<names>[\u4e00-\u9fff，,、]{2,30}|[A-Z]{2,20} [A-Z]{1,3})\.\s(?P<title>[^.。;；]{2,100}?)(?:\[(?P<genre>[^\]]{2,12}[論论]文)\])?\.\s?(?=\S)"
)


def _writes(name: str) -> bool:
    """A personal name, or the name of an office."""
    return len(name) <= 4 or _HAN_OFFICE.search(name) is not None


_HAN_OFFICE = re.compile(r"(?:[署部局院廳厅處处所府室]|[會会]|中心|公司|大[學学]|[銀银]行)$")
_YEAR_AT_END = re.compile(r"[（(]\s?(?:民[國国]?\s?)?\d{2,4}\s?年?\s?[）)][\s。.]*$")


def parse_unmarked(segment: Segment) -> Parsed | None:
    """The work in `segment` as (CSL item, start, end); None when nothing fits whole."""
    if len(segment) > _MAX_LENGTH:
        return None
    for parse in (
        _caps_book,
        _imprint,
        _anonymous,
        _stopped,
        _inverted,
        _fields,
        _han_commas,
        _entry,
    ):
        parsed = parse(segment)
        if parsed is not None:
            return parsed
    return None


def parse_reported(segment: Segment) -> Parsed | None:
    """A law review or treaty named by volume, reporter and first page; None without."""
    match = _REPORTER.search(segment.mask) if len(segment) <= _MAX_LENGTH else None
    if match is None:
        return None
    before = segment.part(0, match.start())
    details = read_details(segment.part(match.end()))
    if details.leftover:
        return None
    fields: Fields = {
        **details.fields,
        "volume": match["volume"],
        "container-title": match["container"].strip(" ,"),
        "page": match["page"],
    }
    named = _reported(before, fields)
    if named is None or "issued" not in named:
        return None
    return named, 0, match.end() + details.end


def _reported(before: Segment, fields: Fields) -> Fields | None:
    """What stands before the volume: a dated treaty, or author and title."""
    for match in _COMMA.finditer(before.text):
        date = date_at(before.text, match.end())
        if date is not None and date[1] == len(before.text.rstrip()):
            treaty = before.text[: match.start()]
            return {"type": "treaty", "title": treaty, **fields, "issued": date[0]}
    for names, rest in _author_splits(before):
        genre = _GENRE.match(rest.text)
        title = " ".join(rest.text[genre.end() if genre else 0 :].split()).strip(" ,")
        if _TITLE_CASE.match(title):
            return {"type": "article-journal", "author": list(names), "title": title, **fields}
    return None


def _author_splits(segment: Segment) -> Iterator[tuple[tuple[Name, ...], Segment]]:
    """Ways to part authors from the rest: at the first comma, or where a list ends in "and"."""
    commas = list(_COMMA.finditer(segment.closed))
    listed = [
        i for i, m in enumerate(commas[:-1]) if segment.text.startswith(("and ", "& "), m.end())
    ]
    for index in ([listed[0] + 1] if listed else []) + [0]:
        if index >= len(commas):
            continue
        names = parse_names(segment.text[: commas[index].start()])
        if names:
            role = _ROLE.match(segment.text, commas[index].end())
            yield names, segment.part(role.end() if role else commas[index].end())


def _caps_book(segment: Segment) -> Parsed | None:
    """DANA ROWE, TIDAL SOVEREIGNTY 12-15 (2014): capitals throughout; the volume may stand first."""
    volume = _VOLUME_FIRST.match(segment.text)
    for names, rest in _author_splits(segment.part(volume.end() if volume else 0)):
        match = _CAPS_BOOK.match(", " + rest.mask)
        if match is None or not match["title"].isupper():
            continue
        details = read_details(rest.part(match.end() - 2))
        if "issued" not in details.fields or details.leftover:
            continue
        csl: Fields = {"type": "book", "author": list(names), "title": match["title"].strip()}
        csl |= {name: value for name in ("page", "locator") if (value := match[name])}
        if volume:
            csl["volume"] = volume[1]
        at = rest.start - segment.start + match.end() - 2
        return {**details.fields, **csl}, 0, at + details.end
    return None


def _imprint(segment: Segment) -> Parsed | None:
    """Author, Title (Place: Publisher, 2009), 3; also Office, Report (2015), 31."""
    bracket = _BRACKET.search(segment.closed)
    if bracket is None:
        return None
    details = read_details(segment.part(bracket.start()))
    if "issued" not in details.fields or details.leftover:
        return None
    if not details.fields.keys() & {"publisher", "page", "URL", "edition", "locator"}:
        return None
    for names, rest in _author_splits(segment.part(0, bracket.start())):
        title = " ".join(rest.text.split()).strip(" ,")
        edition = _EDITION.search(title)
        if edition is not None:
            title, details.fields["edition"] = title[: edition.start()], edition["edition"]
        contributor = _CONTRIBUTOR.search(title)
        others = parse_names(contributor["names"]) if contributor else None
        if contributor and others:
            title = title[: contributor.start()]
            role = "translator" if contributor["translator"] else "editor"
            details.fields[role] = list(others)
        if _is_title(title, surely="publisher-place" in details.fields):
            csl: Fields = {"title": title, **details.fields}
            role = (
                "editor" if _EDITED.search(segment.text[: rest.start - segment.start]) else "author"
            )
            return {**csl, role: list(names)}, 0, bracket.start() + details.end
    return None


def _anonymous(segment: Segment) -> Parsed | None:
    """Port Accounts 2019 (Amery: Port Board, 2020), 8: a title and its imprint, no author."""
    bracket = _BRACKET.search(segment.closed)
    title = segment.text[: bracket.start()].strip() if bracket else ""
    if bracket is None or "," in title or not is_institution(title) or not _is_title(title):
        return None
    details = read_details(segment.part(bracket.start()))
    if details.leftover or not {"issued", "publisher", "publisher-place"} <= details.fields.keys():
        return None
    return {**details.fields, "title": title}, 0, bracket.start() + details.end


def _fields(segment: Segment) -> Parsed | None:
    """Author, Title, CONTAINER, Fall 2022, at 16; or Office, Annual Report 1987, 14, https://..."""
    for names, rest in _author_splits(segment):
        comma = _COMMA.search(rest.closed)
        title = " ".join(rest.text[: comma.start()].split()) if comma else ""
        short = _SHORT_FORM.match(segment.text) is not None
        if comma is None or not _is_title(title, surely=short):
            continue
        details = read_details(rest.part(comma.end()), ("container-title",))
        fields = _with_publisher(details.fields)
        dated_container = "issued" in fields and fields.keys() & {"container-title", "publisher"}
        placed = "page" in fields and ("issued" in fields or _PLACED.search(segment.text))
        placed = placed or URL.match(rest.text, comma.end()) is not None
        cited = short or _DATED_TITLE.search(title) is not None
        placed = placed or ("page" in fields and cited)
        placed = placed or {"publisher-place", "issued"} <= fields.keys()
        if details.leftover or not ((dated_container and _is_person(names)) or placed):
            continue
        if short:
            printed = segment.text[: rest.start - segment.start].rstrip(", ")
            names = tuple({"literal": name} for name in _FAMILIES.split(printed))
        at = rest.start - segment.start + comma.end()
        return {**fields, "author": list(names), "title": title}, 0, at + details.end
    return None


def _stopped(segment: Segment) -> Parsed | None:
    """P. Lind, Harbour Tales. London: Port Press, 2001: a full stop parts title and imprint."""
    for names, rest in _author_splits(segment):
        head = _STOPPED.match(rest.mask)
        if head is None:
            continue
        details = read_details(rest.part(head.end()), ("publisher",))
        title = rest.text[: head.end("title")].strip()
        if details.leftover or "issued" not in details.fields or not _is_title(title, surely=True):
            continue
        at = rest.start - segment.start + head.end()
        return {**details.fields, "author": list(names), "title": title}, 0, at + details.end
    return None


def _inverted(segment: Segment) -> Parsed | None:
    """Smith, John. Harbours of the North. New York: Tide Press, 2010: an entry of a bibliography."""
    head = _INVERTED.match(segment.mask)
    names = bibliography_names(segment.text[: head.end("names")]) if head else None
    if head is None or not names:
        return None
    details = read_details(segment.part(head.end()), ("publisher",))
    fields = details.fields
    if details.leftover or not {"issued", "publisher"} <= fields.keys():
        return None
    title = segment.text[head.start("title") : head.end("title")].strip()
    return {**fields, "author": list(names), "title": title}, 0, head.end() + details.end


def _is_person(names: tuple[Name, ...]) -> bool:
    return "family" in names[0]


def _with_publisher(fields: Fields) -> Fields:
    """Port Press, London 2001: what is named like a press and has no volumes publishes the book."""
    named = str(fields.get("container-title", ""))
    if not _PRESS.search(named) or fields.keys() & {"volume", "issue", "publisher"}:
        return fields
    others = {name: value for name, value in fields.items() if name != "container-title"}
    press, _, place = named.partition(", ")
    return {**others, "publisher": press} | ({"publisher-place": place} if place else {})


def _is_title(title: str, *, surely: bool = False) -> bool:
    """Capitalised, and no sentence; at least two words unless place and press `surely` make it one."""
    words = title.split()
    if not words or not _TITLE_CASE.match(title) or _QUOTES.search(title):
        return False
    return surely or sum(word[0].isupper() for word in words) > 1
