"""Read a citation that fits no style, told from prose by its shape: fields parted by commas, each a name without a verb,
and among them a date, a shelf mark or a place in the work.

`Vik Town Council, Minutes of the meeting of 8 March 2018, item 5`
-> `{type: document, author: [Vik Town Council], title: Minutes of the meeting of 8 March 2018, locator: item 5}`
`Ware to Smith, 3 June 1803, TNA, CUST 48/20, fo. 7`
-> `{type: manuscript, title: Ware to Smith, issued: 1803-06-03, archive: TNA, archive_location: CUST 48/20, ...}`

The last of the styles: it keeps what is printed, and leaves out what it cannot name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.dates import date_at
from corpus.details import Fields
from corpus.masks import Segment
from corpus.names import parse_names

Parsed = tuple[dict[str, Any], int, int]

_MAX_LENGTH = 300
_MOST_SMALL_WORDS = 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_COMMA = re.compile(r",\s|(?<=[”\"])\s(?=[A-Z\d])|\Z")
_AFTER_DATE = re.compile(r"[,.]\s|\Z")
_SMALL_WORD = re.compile(r"(?<![A-Za-zÀ-ɏ’'-])[a-zß-ÿ][a-zß-ÿ’'-]*+(?![A-Z.])")
_MINOR = frozenset(
    "a an and as at by de del der des di du et for from in la le of on or the to und van von with".split()
)
_PROSE = frozenset(
    "is are was were be been being am has have had having do does did can could will would shall should may might must "
    "says said see sees shows argues gives calls makes became remains i it its they he she we our my you "
    "who which whose what there here not no than then also this these that those if when where while because".split()
)
_OPENS_PROSE = frozenset(
    "all although another any as at because before both but by each even for from however if in most no not on one only "
    "several since some such thus to under unless until with table tables figure figures part section sections chapter "
    "chapters appendix annex note notes pages emphasis prices estimate estimates".split()
)
_REPRINTED = re.compile(
    r"(?:reprinted|reproduced|quoted|cited)\s(?:in|by)\s|(?:in|by|eds?\.|trans\.)\s(?=[A-Z])"
)
_GENRE = re.compile(
    r"(?:address|e-?mail|interview|lecture|letter|memorandum|message|paper|remarks|report|review|speech|statement|testimony)\s"
)
_SMALL_NAME = re.compile(
    r"(?!(?:the|an?|as|and|or|of|in|on|at|by|for|to|with|which|who)\b)[a-z-]+(?:\s[a-z-]+){0,2}"
)
"""consultation response, unpublished memorandum: what kind of thing is cited."""
_PLACE = re.compile(
    r"\A(?:at\s)?(?:paras?|paragraphs?|items?|entry|entries|arts?|articles?|ss?|sections?|secs?|cols?|cc?|tables?|apps?|appendix|annex|chs?"
    r"|chaps?|chapters?|fos?|fols?|ff?|sheets?|plates?|lines?|cls?|clauses?|rr?|rules?|vols?|bks?|exhibits?|docs?|documents?|s\.v|§{1,2})\.?\s?"
    r"(?:\d|“[^”]{1,60}”|[ivxlc]{1,7}\b|[IVXLC]{1,7}\b|[A-Z]\b)[\w.()/–-]{0,20}(?:\s\(\w{1,3}\)){0,2}\Z"
)
_PAGE = re.compile(r"\A(?:at\s|pp?\.?\s?)(?P<page>[A-Z]?\d{1,5}(?:[-–]\d{1,5})?(?:\sff?\.?)?)\Z")
_SHELF = re.compile(
    r"\A(?:[A-Z]{1,4}(?:/[A-Z]?\d{1,6}){1,4}|(?:[A-Z][A-Za-z]{0,4}\.?|(?:Add\.?\s)?MSS?\.?)\s?\d[\w./-]{0,20}(?:\s[A-Z]?\d[\w./-]{0,20})?"
    r"|(?:box|folder|file|reel|bundle|carton)\s\w[\w./-]{0,20}|[A-Z]{2,6}\s(?:\d{4}\s)?\(\d{1,4}\)\s[IVXLC]{1,6})\Z"
)
_YEARS = re.compile(r"\A(?P<first>(?:1[5-9]|20)\d\d)[-–/](?P<last>(?:1[5-9]|20)\d\d)\Z")
_ON_FILE = re.compile(r"\s\((?:on file with|copy in)\s[^()]{3,80}\)\Z")
_REPORTED = re.compile(r"\A\d{1,4}\s[A-Z][A-Za-z.’'&\s]{1,40}(?:[2-9]d\s)?\d{1,5}\Z")
_KIND = re.compile(r"(?:Minutes|Brief|Complaint|Log|Transcript|Memorandum|Report|Register)\b")
"""What opens with the kind of a paper opens with no author."""
_EDITION = re.compile(
    r"\A(?P<edition>\d{1,4}(?:st|nd|rd|th)?|rev\.|revised|second|third)\s(?:ed\.|edn\.?|edition)\Z"
)
_DATED_TITLE = re.compile(r"\s(?P<first>(?:1[5-9]|20)\d\d)(?:[-–/](?:1[5-9]|20)?\d\d)?\Z")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z0-9)])\.\s+(?=[A-Z][a-z’]{0,12}\s[a-z])")
_NUMBERS = re.compile(r"\d{1,4}(?:[-–]\d{1,4})?")
_DATED_BRACKET = re.compile(r"\([^()]{0,80}?(?P<year>(?:1[5-9]|20)\d\d)\)")
_TRAILING_BRACKET = re.compile(r"\s\([^()]{1,80}\)\Z")
_DATED_WORDS = re.compile(r"[a-z]{3,12}\s(?:of|for|dated)\s(?=[\dA-Z])")
"""speech of 10 Nov. 1859, letter of 3 May 1921"""
_EDITED = re.compile(r"\b(?:eds?|trans|edn)\b")


@dataclass(slots=True)
class _Parts:
    """What the fields of a citation are: `names` before the first date, shelf mark or place, `later` after it."""

    names: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    csl: Fields = field(default_factory=dict)


def parse_bare(segment: Segment) -> Parsed | None:
    """The citation that the first sentence of `segment` is as (CSL item, start, end); None for prose."""
    if len(segment) > _MAX_LENGTH or _HAN.search(segment.text):
        return None
    prose = _NEXT_SENTENCE.search(segment.closed)
    end = len(segment.text[: prose.start() if prose else None].rstrip(" .,"))
    kept = _ON_FILE.search(segment.text[:end])
    whole = segment.part(0, kept.start() if kept else end)
    words = whole.text.split(maxsplit=1)
    if not words or words[0].casefold() in _OPENS_PROSE:
        return None
    parts = _parts(whole)
    if parts is None or not parts.names or not parts.csl:
        return None
    return _item(parts), 0, end


def _parts(whole: Segment) -> _Parts | None:
    """The fields told apart; None where one of them reads as prose."""
    parts = _Parts()
    at = small = 0
    while at < len(whole):
        dated = _DATED_WORDS.match(whole.text, at) if at else None
        date = date_at(whole.text, dated.end() if dated else at)
        comma = _COMMA.search(whole.closed, at)
        stop, following = comma.span() if comma else (len(whole), len(whole))
        if date is not None and _AFTER_DATE.match(whole.text, date[1]):
            parts.csl.setdefault("issued", date[0])
            following = date[1] + 2
        elif not (at and _evidence(whole.text[at:stop], parts)):
            plain = [w for w in _SMALL_WORD.findall(whole.closed, at, stop) if w not in _MINOR]
            small += len(plain)
            named = _names(whole.text[at:stop]) and _PROSE.isdisjoint(plain)
            if not named or small > _MOST_SMALL_WORDS:
                return None
            (parts.later if parts.csl else parts.names).append(whole.text[at:stop])
        at = max(following, at + 1)
    _bracket(whole, parts)
    return parts


def _names(text: str) -> bool:
    if text.lstrip("“\"‘'*")[:1].isupper():
        return True
    return any(p.match(text) for p in (_REPRINTED, _GENRE)) or bool(_SMALL_NAME.fullmatch(text))


def _evidence(text: str, parts: _Parts) -> bool:
    """A place in the work or a shelf mark, entered where `text` is one."""
    bracket = None if _PLACE.match(text) else _TRAILING_BRACKET.search(text)
    text = text[: bracket.start()] if bracket else text
    page = _PAGE.match(text)
    if page is not None:
        parts.csl.setdefault("page", page["page"])
        return True
    if _PLACE.match(text):
        parts.csl.setdefault("locator", text.removeprefix("at "))
        return True
    edition = _EDITION.match(text)
    if edition is not None:
        parts.csl.setdefault("edition", edition["edition"])
        return True
    if _REPORTED.match(text):
        parts.csl.setdefault("references", text)
        return True
    years = _YEARS.match(text)
    if years is not None:
        parts.csl.setdefault(
            "issued", {"date-parts": [[int(years["first"])], [int(years["last"])]]}
        )
        return True
    if _SHELF.match(text):
        parts.csl.setdefault("archive_location", text)
        return True
    if parts.csl and _NUMBERS.fullmatch(text):
        parts.csl.setdefault("page", text)
        return True
    return False


def _bracket(whole: Segment, parts: _Parts) -> None:
    """(A. Dow ed., 1901): a dated bracket at the end is evidence where an editor or several fields say so; so is the
    year at the end of a title after an author, Gauge Log 1990–2013.
    """
    titled = _DATED_TITLE.search(parts.names[-1]) if len(parts.names) > 1 else None
    if titled is not None and not parts.csl:
        parts.csl["issued"] = {"date-parts": [[int(titled["first"])]]}
    opened = whole.text.rfind("(")
    dated = _DATED_BRACKET.fullmatch(whole.text, opened) if opened > 0 else None
    if dated is not None and (len(parts.names) > 1 or _EDITED.search(dated[0])):
        date = date_at(dated["year"])
        if date is not None:
            parts.csl.setdefault("issued", date[0])


def _item(parts: _Parts) -> Fields:
    """A manuscript has its archive named after the date; of two names or more the first may be the author's."""
    kept = "archive_location" in parts.csl
    csl: Fields = {"type": "manuscript" if kept else "document"}
    names = parts.names
    whole = kept or len(names) == 1 or _REPRINTED.match(names[1]) or _KIND.match(names[0])
    author = None if whole else parse_names(names[0])
    if author:
        csl["author"] = list(author)
        names = names[1:]
    csl["title"] = " ".join(", ".join(names).split())
    if kept and parts.later:
        csl["archive"] = ", ".join(parts.later)
    return {**csl, **parts.csl}
