"""Read a note whose title stands in quotation marks or italics, as in Chicago notes.

`Kei Koga, "A New Strategic Minilateralism," *Asia Policy*, Vol. 17, No. 4, 2022, p. 28`
-> `{type: article-journal, author: [Koga], title: A New ..., container-title: Asia Policy, ...}`

The container may also stand without asterisks: then it is the words up to the first volume,
date or address.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.details import Fields, is_citation, read_details
from corpus.masks import FILLER, Segment
from corpus.names import Name, inverted_name, parse_names
from corpus.segments import after_lead_in

Parsed = tuple[dict[str, Any], int, int]

QUOTED = re.compile(
    rf"[“\"]{FILLER}+[”\"]|‘(?=\S)[^‘’]{{2,300}}(?:’[^‘’\s][^‘’]{{0,200}}){{0,4}}’(?=[\s,.(])"
    r"|(?:(?<=[\s(])|\A)'(?=[A-Z\d])[^'\n]{2,200}+(?:'[^'\s][^'\n]{0,100}+){0,3}'(?=[\s,.(])"
)
ITALIC = re.compile(rf"\*{FILLER}+\*")
_IN = re.compile(r"\A[\s,，]{0,8}+[Ii]n:?\s{1,4}")
_EDITED = re.compile(r"\b(?:eds?\.?|editors?)[)）]?\s{0,2},?\s{0,2}$", re.IGNORECASE)
_EDITORS = re.compile(r"(?P<bracket>[(（])|,?\s[(（]?eds?\.?[)）]?,?\s", re.IGNORECASE)
_FIRST_NAMES = re.compile(r"\A[^,]{1,120},\s[^,]{1,120}")
_NEXT_NAME = re.compile(r"\A[,\s]{0,4}+(?:and\s)?")
_BOOK_IMPRINT = re.compile(rf"\s?[(（]{FILLER}+[)）]")
_ENDING_STOP = re.compile(r"(?<!\.)\.$")
_ENDING_COMMA = re.compile(r"[,，](['’”\"]{1,4})$")
_LAW_REVIEW = re.compile(
    r"\A[\s,]{0,8}+(?P<volume>\d{1,4})\s(?P<container>[A-Z][^\d()]{2,60}?)\s"
    r"(?P<page>\d{1,5}(?:,\s?\d{1,5}(?:[-–]\d{1,5})?)*)\s?(?=\()"
)
_OSCOLA = re.compile(
    r"\A\s?[(\[](?P<year>(?:1[5-9]|20)\d\d)[)\]]\s(?:(?P<volume>\d{1,4})\s)?(?P<container>[A-Z][^\d(),]{2,60}?)\s"
    r"(?P<page>\d{1,5}(?:,\s\d{1,5}(?:[-–]\d{1,5})?)?)(?!\d|\.\d)"
)
_YEAR_LAST = re.compile(r"\.?\s\(?((?:1[5-9]|20)\d\d)[a-z]?\)?\.?\Z")
"""Smith, J. 2010. before a title in quotation marks."""
_EDITORS_LAST = re.compile(
    r",\s(?:eds?\.|edited\sby)\s(?P<names>[A-Z][^(),“”\"]{2,100}?(?:,[^(),“”\"]{2,60}?){0,3})(?=\s?\(|,\s\d|,\s(?:vol|pp?)\.)"
)
_MEETING = re.compile(r"\b(?:Proc(?:eedings|\.)|Conf(?:erence|\.)|Symp(?:osium|\.)|Workshop)")
_MAX_EDITORS = 320
_SENTENCE_END = re.compile(r"[a-z0-9)”\"]{2}[.?!]\s+(?=[A-Z“\"*])")
_MID_LEAD = re.compile(
    r"(?:^|[\s,，:：;(（])(?:see(?:\salso)?,?(?:\se\.g\.,)?|cf\.|e\.g\.,?|[參参][見见]|[詳详另][見见])\s?",
    re.I,
)
_CLOSES_TITLE = re.compile(rf"[,.，。]|\s{{0,4}}(?:\*{FILLER}|[Ii]n:?\s|[(（<\[]|$)")


def parse_western(segment: Segment) -> Parsed | None:
    """The work in `segment` as (CSL item without type, start, end); None when it cites none."""
    quoted = QUOTED.search(segment.mask)
    italic = ITALIC.search(segment.mask)
    if quoted is not None and (italic is None or quoted.start() < italic.start()):
        return _quoted(segment, quoted)
    return _italic(segment, italic) if italic is not None else None


def read_authors(before: Segment) -> tuple[Fields, int] | None:
    """The authors (or editors) printed before a title and where they start; None for prose."""
    text = before.text.rstrip()
    if not text:
        return {}, len(before.text)
    if text[-1] not in ",，.:：、":
        return None
    start = _start_of_names(before.mask[: len(text)])
    printed = text[start:].rstrip(",，:：、 ")
    year = _YEAR_LAST.search(printed)
    issued: Fields = {}
    if year is not None and year.start() > 0:
        printed, issued = printed[: year.start()], {"issued": {"date-parts": [[int(year[1])]]}}
    role = "editor" if _EDITED.search(printed) else "author"
    names = bibliography_names(printed) if issued or text.endswith(".") else None
    names = names or parse_names(printed)
    if names is None:
        return None
    return ({role: list(names), **issued} if names else {}), start


def _start_of_names(mask: str) -> int:
    """After the last sentence end or lead-in: prose may come before the citation."""
    start = 0
    for pattern in (_SENTENCE_END, _MID_LEAD):
        for match in pattern.finditer(mask, start):
            start = match.end()
    return after_lead_in(mask, start)


def bibliography_names(printed: str) -> tuple[Name, ...] | None:
    """Panda, Jagannath, and Daewon Ohn. -> the first name inverted, the others as spoken."""
    text = printed.rstrip(". ")
    first = _FIRST_NAMES.match(text)
    inverted = inverted_name(first.group()) if first else None
    if first is None or inverted is None:
        return None
    others = parse_names(_NEXT_NAME.sub("", text[first.end() :]))
    return None if others is None else (inverted, *others)


def printed_title(text: str) -> str:
    """The words of a title without quotes, asterisks and the comma before the closing quote."""
    title = " ".join(text.strip("*_").split())
    if title[:1] in "“\"‘'" and title[-1:] in "”\"’'":
        title = title[1:-1]
    title = _ENDING_STOP.sub("", title.strip().rstrip(",，"))
    return _ENDING_COMMA.sub(r"\1", title).strip()


def _quoted(segment: Segment, match: re.Match[str]) -> Parsed | None:
    authors = read_authors(segment.part(0, match.start()))
    printed = segment.text[match.start() : match.end()]
    closed = printed.rstrip("”\"’'")[-1:] in ",.?!，" or _CLOSES_TITLE.match(
        segment.mask, match.end()
    )
    if authors is None or not closed:
        return None
    rest = segment.part(match.end())
    chapter = _IN.match(rest.mask)
    fields, end, leftover = _chapter(rest, chapter.end()) if chapter else _article(rest)
    csl = {**fields, **authors[0], "title": printed_title(printed)}
    short_form = "author" in csl and not rest.text.strip(" ,.")
    known = is_citation(csl) or {"author", "container-title"} <= csl.keys() or short_form
    if not csl["title"] or not known:
        return None
    if leftover and not (is_citation(csl) and csl.keys() & {"author", "container-title"}):
        return None
    return csl, authors[1], match.end() + end


def _article(rest: Segment) -> tuple[Fields, int, bool]:
    law_review = _LAW_REVIEW.match(rest.mask) or _OSCOLA.match(rest.mask)
    if law_review is not None:
        return _law_review(rest, law_review)
    italic = ITALIC.search(rest.mask)
    if italic is not None and not rest.mask[: italic.start()].strip(" ,，.:"):
        details = read_details(rest.part(italic.end()), ("publisher",))
        container = rest.text[italic.start() + 1 : italic.end() - 1].strip().rstrip(",")
        return (
            {"container-title": container, **details.fields},
            italic.end() + details.end,
            details.leftover,
        )
    details = read_details(rest, ("container-title",))
    return details.fields, details.end, details.leftover


def _law_review(rest: Segment, match: re.Match[str]) -> tuple[Fields, int, bool]:
    details = read_details(rest.part(match.end()))
    container = {"container-title": match["container"].strip(" ,")}
    printed: Fields = {"page": match["page"], **container}
    if match["volume"]:
        printed["volume"] = match["volume"]
    year = match.groupdict().get("year")
    if year:
        printed["issued"] = {"date-parts": [[int(year)]]}
    return {**details.fields, **printed}, match.end() + details.end, details.leftover


def _chapter(rest: Segment, at: int) -> tuple[Fields, int, bool]:
    """`in A and B (eds.), *Book* (Place: Publisher, 2020), p. 2`; or the editors after the book."""
    fields: Fields = {}
    italic = ITALIC.search(rest.mask, at)
    stop = italic.start() if italic else len(rest)
    named = _EDITORS.search(rest.text, at + 3, min(stop, at + _MAX_EDITORS))
    last = _EDITORS_LAST.search(rest.mask, at + 3)
    editors = parse_names(rest.text[slice(*last.span("names"))]) if last else None
    if last is not None and editors and italic is None:
        fields = {"editor": list(editors), "container-title": rest.text[at : last.start()].strip()}
        details = read_details(rest.part(last.end()), ("publisher",))
        return (
            {"type": "chapter", **details.fields, **fields},
            last.end() + details.end,
            details.leftover,
        )
    if named is not None and named["bracket"] is None:
        names = parse_names(rest.text[at : named.start()])
        if names:
            fields["editor"] = list(names)
        at = named.end()
    if italic is not None and not rest.mask[at : italic.start()].strip(" ,"):
        title, at = rest.text[italic.start() + 1 : italic.end() - 1], italic.end()
    else:
        imprint = _BOOK_IMPRINT.search(rest.closed, at)
        stop = imprint.start() if imprint else at
        title, at = rest.text[at:stop], stop
    if title.strip():
        fields["container-title"] = " ".join(title.strip(" ,").split())
    named_last = "event-place" if _MEETING.search(title) else "publisher"
    free = (named_last,) if title.strip() else ("container-title",)
    details = read_details(rest.part(at), free)
    return {"type": "chapter", **details.fields, **fields}, at + details.end, details.leftover


def _italic(segment: Segment, match: re.Match[str]) -> Parsed | None:
    authors = read_authors(segment.part(0, match.start()))
    after = segment.mask[match.end() : match.end() + 3].lstrip()
    if authors is None or (after and after[0] not in ",，.(（:<[" and not after[0].isdigit()):
        return None
    title = printed_title(segment.text[match.start() : match.end()])
    rest = segment.part(match.end())
    law_review = _LAW_REVIEW.match(rest.mask)
    if law_review is not None:
        fields, end, leftover = _law_review(rest, law_review)
    else:
        details = read_details(rest, ("publisher",))
        fields, end, leftover = details.fields, details.end, details.leftover
    csl = {**authors[0], "title": title, **fields}
    short_form = "author" in csl and not rest.text.strip(" ,.")
    known = is_citation(csl) or short_form
    if not title or not known or (leftover and "author" not in csl):
        return None
    return csl, authors[1], match.end() + end
