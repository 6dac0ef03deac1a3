"""Read a reference in the style GB/T 7714, told by its type mark: [J], [M], [EB/OL].

`沈砚. 换乘等待的代价[J]. 海岛交通, 2021, 9(2): 12-19.`
-> `{type: article-journal, author: [沈砚], title: 换乘等待的代价, container-title: 海岛交通, ...}`
"""

from __future__ import annotations

import re
from typing import Any

from corpus.details import Fields, read_details
from corpus.masks import Segment
from corpus.names import Name, parse_names

Parsed = tuple[dict[str, Any], int, int]

_TYPES = {
    "J": "article-journal",
    "M": "book",
    "N": "article-newspaper",
    "C": "paper-conference",
    "D": "thesis",
    "R": "report",
    "S": "standard",
    "P": "patent",
    "EB": "webpage",
    "DB": "dataset",
    "DS": "dataset",
    "CP": "software",
    "A": "chapter",
    "G": "book",
    "Z": "document",
    "K": "book",
    "CM": "map",
}
MARK = re.compile(
    r"[\[［]\s?(?P<type>EB|DB|DS|CP|CM|[JMNCDRSPAGZK])(?:\s?/\s?(?:OL|CD|MT|DK))?\s?[\]］]",
    re.IGNORECASE,
)
_HOST = re.compile(r"\s?//\s?|[.,．]?\s?(?:[見见]|[載载]|In)\s?[:：]\s?")
_AUTHOR_STOP = re.compile(r"(?<=[^\s.])[.．。]\s?(?![A-Z]\.)")
_HOST_STOP = re.compile(r"[.．。]\s?|,\s?(?=(?:1[5-9]|20)\d\d)|[\[［]")
_GIVEN = re.compile(r"\s([A-Z](?:[\s\-]?[A-Z]){0,3})$")
_COMMA = re.compile(r"\s?,\s?")
_DIGIT = re.compile(r"\d")
_IMPRINT = re.compile(
    r"[^.．。:：]{1,40}+[:：]\s?(?:[^.．。:：,]{1,60}+,(?!\s?(?:1[5-9]|20)\d\d)){0,4}+[^.．。:：,]{1,60}+,\s?(?:1[5-9]|20)\d\d"
    r"|(?:1[5-9]|20)\d\d|https?:"
)
_BEFORE_IMPRINT = re.compile(
    r"\A[\s.．。]{0,6}+(?:(?P<translator>[^.．。\[［:：,，]{2,40}+(?:[,，](?!\s?[译譯])[^.．。\[［:：,，]{1,40}+){0,4}+)[,，]\s?[译譯]"
    r"|(?P<edition>(?:第?\s?\d{1,2}|修订|修訂|增订|增訂)\s?版|\d{1,2}(?:st|nd|rd|th) ed|刻本|影印本))(?=[.．。])"
)
_LONGEST_STATEMENT = 120
_OTHERS = re.compile(r"[,，]\s?(等|et al\.?)\s*$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")


def parse_gbt7714(segment: Segment) -> Parsed | None:
    """The reference in `segment`; None without a GB/T 7714 type mark."""
    mark = MARK.search(segment.text)
    if mark is None or not segment.text[: mark.start()].strip():
        return None
    before = segment.text[: mark.start()]
    csl: Fields = {"type": _TYPES[mark["type"].upper()]}
    csl |= _author_and_title(before)
    if not csl.get("title"):
        return None
    at = mark.end()
    host = _HOST.match(segment.text, at)
    if host is not None:
        at = _read_host(segment, host.end(), csl)
    fields, end = _after_mark(segment, at, csl["type"], hosted=host is not None)
    return {**fields, **csl}, 0, end


def _author_and_title(printed: str) -> Fields:
    """Author and title are parted by the first full stop that ends no initial."""
    stop = _AUTHOR_STOP.search(printed)
    names = gbt_names(printed[: stop.start()]) if stop else None
    title = printed[stop.end() :] if stop and names else printed
    fields: Fields = {"title": " ".join(title.split()).strip(" .．。")}
    if names:
        fields["author"] = list(names)
    return fields


def gbt_names(printed: str) -> tuple[Name, ...] | None:
    """`SMITH J, DOE A, et al` or `张三, 李四, 等`; None for what does not read as names."""
    text = " ".join(printed.split()).strip()
    others = _OTHERS.search(text)
    if others is not None:
        text = text[: others.start()]
    if _HAN.search(text):
        names = parse_names(text)
    else:
        latin = [_capitals(part) for part in _COMMA.split(text)]
        named = tuple(name for name in latin if name is not None)
        names = named if len(named) == len(latin) else parse_names(text)
    if names and others is not None:
        return (*names, {"literal": others.group(1)})
    return names


def _capitals(printed: str) -> Name | None:
    """`SMITH J` -> {family: SMITH, given: J}."""
    given = _GIVEN.search(printed)
    if given is None or not printed[0].isalpha() or _DIGIT.search(printed):
        return None
    return {"family": printed[: given.start()], "given": given.group(1)}


def _read_host(segment: Segment, at: int, csl: Fields) -> int:
    """`//编者. 书名. 出版地: 出版者`: read editor and container; where the imprint begins."""
    text = segment.text
    stop = _HOST_STOP.search(text, at)
    if stop is not None and stop.group()[0] in ".．。" and not _IMPRINT.match(text, stop.end()):
        editors = gbt_names(text[at : stop.start()])
        if editors:
            csl["editor"] = list(editors)
            at = stop.end()
            stop = _HOST_STOP.search(text, at)
    end = stop.start() if stop else len(text)
    csl["container-title"] = " ".join(text[at:end].split())
    if csl["type"] == "book":
        csl["type"] = "chapter"
    mark = MARK.match(text, end)
    return mark.end() if mark else end


def _before_imprint(text: str, at: int) -> tuple[Fields, int]:
    """`. 李辉, 译. 2版. ` -> translator and edition, and where the imprint begins."""
    fields: Fields = {}
    while (match := _BEFORE_IMPRINT.match(text[at : at + _LONGEST_STATEMENT])) is not None:
        translators = gbt_names(match["translator"]) if match["translator"] else None
        if translators:
            fields["translator"] = list(translators)
        if match["edition"]:
            fields["edition"] = match["edition"]
        at += match.end()
    return fields, at


def _after_mark(segment: Segment, at: int, kind: str, *, hosted: bool) -> tuple[Fields, int]:
    """Container or place and publisher, year, volume, pages; `(issued)[accessed]` dates."""
    periodical = kind in {"article-journal", "article-newspaper", "webpage"} and not hosted
    printed, at = _before_imprint(segment.text, at)
    details = read_details(segment.part(at), ("container-title" if periodical else "publisher",))
    fields = {**details.fields, **printed}
    if kind == "article-newspaper" and "issue" in fields:
        fields["page"] = fields.pop("issue")
    return fields, at + details.end
