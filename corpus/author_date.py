"""Read an entry of a reference list with the year after the author, as in APA.

`Panda, J., & Ohn, D. (2024). Minilateralism. *Journal*, *78*(6), 767–781.`
-> `{author: [Panda, Ohn], issued: 2024, title: Minilateralism, container-title: Journal, ...}`
`王守仁（2017）。〈離島交通權〉。《海島研究季刊》，12(3)，45-72。` is read likewise.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.dates import date_at
from corpus.details import Fields, is_citation, read_details
from corpus.masks import FILLER, Segment
from corpus.names import parse_names
from corpus.western import bibliography_names

Parsed = tuple[dict[str, Any], int, int]

_HEAD = re.compile(
    r"\A(?P<names>[^()（）]{2,200}+)(?:\((?P<role>Eds?\.)\)\.?\s?)?[(（]\s?(?=(?:1[5-9]|20)\d\d|民)"
)
_BARE_HEAD = re.compile(
    r"\A(?P<names>[A-Z][^()\d“”\"]{2,200}+)(?=(?:1[5-9]|20)\d\d[a-z]?\.\s[A-Z*])"
)
"""Smith, J. 2010. Title: the year stands bare between two stops."""
_EVIDENCE = frozenset({"publisher", "container-title", "URL"})
_BARE_YEAR_CLOSED = re.compile(r"\s?\.\s{1,4}")
_STOP = re.compile(r"[.．。?？!！](?:\s|$)|[。？！]")
_IN = re.compile(r"\s?In\s(?P<editors>[^(]{2,150}+)\(Eds?\.\),\s")
_PAGES = re.compile(r"\(\s?pp?\.\s?(?P<page>[\divxlc]{1,8}+(?:\s?[-–]\s?[\divxlc]{1,8}+)?)\s?\)")
_YEAR_CLOSED = re.compile(r"\s?[)）]\s?[.．。]\s{0,4}")
_AFTER_TITLE = re.compile(r"\s?\((?:pp?\.|\d{1,2}(?:st|nd|rd|th)\sed)[^()]{0,60}\)$")
_MARKED = re.compile(rf"\s{{0,4}}(?:\*{FILLER}+\*|[《〈]{FILLER}+[》〉])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_TITLE_MARKS = "*〈〉《》「」『』"


def parse_author_date(segment: Segment) -> Parsed | None:
    """The entry in `segment`; None unless it opens with names and a bracketed year with a stop."""
    head = _HEAD.match(segment.text) or _BARE_HEAD.match(segment.text)
    date = date_at(segment.text, head.end()) if head else None
    if head is None or date is None:
        return None
    bare = head.re is _BARE_HEAD
    closed = (_BARE_YEAR_CLOSED if bare else _YEAR_CLOSED).match(segment.text, date[1])
    names = (bare and bibliography_names(head["names"])) or parse_names(head["names"])
    if closed is None or not names:
        return None
    stop = _STOP.search(segment.closed, closed.end())
    end = stop.end() if stop else len(segment)
    ended = segment.text[closed.end() : end].strip().rstrip(".．。").strip(_TITLE_MARKS)
    csl: Fields = {
        "editor" if head.groupdict().get("role") else "author": list(names),
        "issued": date[0],
    }
    csl["title"] = _AFTER_TITLE.sub("", " ".join(ended.split())).strip("*")
    fields, last = _container(segment, end)
    csl |= {k: v for k, v in fields.items() if k not in csl}
    known = csl.keys() & _EVIDENCE if bare else is_citation(csl)
    if not csl["title"] or not known:
        return None
    return csl, 0, last


def _container(segment: Segment, at: int) -> tuple[Fields, int]:
    """The periodical, the book of a chapter, or the publisher, and the details after it."""
    fields: Fields = {}
    chapter = _IN.match(segment.text, at)
    if chapter is not None:
        names = parse_names(chapter["editors"])
        if names:
            fields["editor"] = list(names)
        at = chapter.end()
    pages = _PAGES.search(segment.text, at)
    if pages is not None:
        fields["page"] = pages["page"]
    marked = _MARKED.match(segment.mask, at)
    if marked is not None:
        printed = segment.text[at : marked.end()].strip().strip(_TITLE_MARKS)
        # *Journal, 78*(6): the italics run on over the volume.
        name, _, volume = printed.rpartition(", ")
        if volume.isdigit() and name:
            fields["volume"] = volume
            printed = name
        fields["container-title"] = printed.strip(" ,")
        at = marked.end()
    free = ("publisher",) if marked or chapter else ("container-title",)
    details = read_details(segment.part(at), free)
    read = {k: v for k, v in details.fields.items() if k not in fields}
    if (
        not marked
        and not chapter
        and not read.keys() & {"volume", "issue", "page"}
        and "container-title" in read
    ):
        read["publisher"] = read.pop("container-title")
    return {**read, **fields}, at + details.end
