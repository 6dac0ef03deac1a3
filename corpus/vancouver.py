"""Read an entry of the Vancouver style, in which full stops part the fields and initials follow the family name.

`Hale J, Roe D. Sick at work: a survey. J Coast Health. 2004;12(3):34-40.`
-> `{type: article-journal, author: [Hale, Roe], title: Sick at work: a survey, container-title: J Coast Health, volume: 12, ...}`
`Hale J. The ferry and the stomach. 2nd ed. Amery: Port Press; 2003.` -> `{type: book, publisher: Port Press, ...}`
"""

from __future__ import annotations

import re
from typing import Any

from corpus.dates import date_at
from corpus.details import Fields
from corpus.masks import Segment
from corpus.names import is_institution

Parsed = tuple[dict[str, Any], int, int]

_PERSON = r"(?:(?:van|von|de|der|den|da|di|du|la|le|el|al)\s){0,2}[A-ZÀ-ÖØ-Þ][\w’'-]{0,30}(?:\s[A-ZÀ-ÖØ-Þ][\w’'-]{1,30})?\s[A-Z]{1,3}"
_PEOPLE = rf"{_PERSON}(?:,\s{_PERSON}){{0,30}}(?:,\set\sal)?"
_HEAD = re.compile(
    rf"\A(?:(?P<people>{_PEOPLE})|(?P<body>[A-Z][^.;:]{{3,100}}))(?P<editors>,\seditors?)?\.\s(?P<title>[^.?!;]{{3,250}})(?P<end>[.?!])\s(?=\S)"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_JOURNAL = re.compile(
    rf"\A(?P<container>[A-Z][^.;:]{{1,80}})\.?\s(?P<date>{_YEAR}(?:\s[A-Z][a-z]{{2,8}}(?:\s\d{{1,2}})?)?)\s?;\s?"
    r"(?P<volume>\d{1,4})(?:\s?\((?P<issue>[^()]{1,12})\))?(?:\s?:\s?(?P<page>[A-Za-z]{0,3}\d{1,7}(?:[-–][A-Za-z]{0,3}\d{1,7})?))?"
)
_IMPRINT = (
    r"(?:(?P<edition>\d{1,2}(?:st|nd|rd|th)|rev)\.?\sed\.\s)?(?P<place>[A-Z][^.;:]{1,60}):\s(?P<publisher>[^;:]{2,80});\s"
    rf"(?P<date>{_YEAR})(?:\.\sp\.\s(?P<page>\d{{1,5}}(?:[-–]\d{{1,5}})?))?"
)
_BOOK = re.compile(rf"\A{_IMPRINT}")
_CHAPTER = re.compile(
    rf"\AIn:\s(?P<people>{_PEOPLE}),\seds?(?:itors?)?\.\s(?P<book>[^.;:]{{3,200}})\.\s{_IMPRINT}"
)
_GENRE = re.compile(
    r"\s?\[(?P<genre>(?:dissertation|thesis|master’s thesis|PhD thesis)|Internet)\]\Z"
)


def parse_vancouver(segment: Segment) -> Parsed | None:
    """The entry as (CSL item, start, end); None for anything else."""
    head = _HEAD.match(segment.text)
    if head is None or (head["body"] and not is_institution(head["body"])):
        return None
    rest = segment.text[head.end() :]
    found = next((m for p in (_JOURNAL, _CHAPTER, _BOOK) if (m := p.match(rest))), None)
    if found is None:
        return None
    title = head["title"] + (head["end"] if head["end"] in "?!" else "")
    genre = _GENRE.search(title)
    csl: Fields = {"title": title[: genre.start()] if genre else title}
    if genre and genre["genre"] != "Internet":
        csl["genre"] = genre["genre"]
    names = _people(head["people"]) if head["people"] else [{"literal": head["body"]}]
    csl["editor" if head["editors"] else "author"] = names
    return {**csl, **_fields(found)}, 0, head.end() + found.end()


def _fields(match: re.Match[str]) -> Fields:
    named = match.groupdict()
    kind = {_JOURNAL: "article-journal", _CHAPTER: "chapter", _BOOK: "book"}[match.re]
    csl: Fields = {} if kind == "book" else {"type": kind}
    for group, variable in _VARIABLES.items():
        if named.get(group):
            csl[variable] = " ".join(named[group].split())
    if named.get("people"):
        csl["editor"] = _people(named["people"])
    date = date_at(named["date"])
    return {**csl, "issued": date[0]} if date else csl


_VARIABLES = {
    "container": "container-title",
    "book": "container-title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "edition": "edition",
    "place": "publisher-place",
    "publisher": "publisher",
}


def _people(printed: str) -> list[dict[str, str]]:
    """Hale J, van den Berg AB, et al -> families and initials, as printed."""
    people: list[dict[str, str]] = []
    for name in printed.split(", "):
        family, _, initials = name.rpartition(" ")
        whole = name == "et al"
        people.append({"literal": name} if whole else {"family": family, "given": initials})
    return people
