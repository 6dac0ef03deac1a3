"""Read the works that a note cites, each as a CSL-JSON item with its place in the note.

`Moisés Naim, “Minilateralism,” *Foreign Policy*, June 21, 2009, <https://reurl.cc/0W9Zyx>.`
-> `Work({type: webpage, author: [{family: Naim, given: Moisés}], title: Minilateralism,
    container-title: Foreign Policy, issued: 2009-06-21, URL: https://reurl.cc/0W9Zyx}, span)`

Every string is printed in the note; nothing is looked up or filled in. A segment that is a back
reference (*Supra* note 8, 同前註) is no work, and a title named in prose is none either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from corpus.author_date import parse_author_date
from corpus.bare_citations import parse_bare
from corpus.chinese import parse_chinese
from corpus.crossrefs import references_in
from corpus.details import Fields
from corpus.document import Span, Work
from corpus.gbt7714 import parse_gbt7714
from corpus.legal import parse_legal
from corpus.masks import Segment, masked_note
from corpus.primary import parse_primary
from corpus.segments import MAX_CITATIONS, MAX_NOTE_CHARACTERS, split_note
from corpus.unmarked import parse_reported, parse_unmarked
from corpus.urls import find_doi, find_urls
from corpus.vancouver import parse_vancouver
from corpus.western import parse_western

Parsed = tuple[dict[str, Any], int, int]

_MAX_SEGMENT = 3_000
_STYLES: tuple[Callable[[Segment], Parsed | None], ...] = (
    parse_gbt7714,
    parse_vancouver,
    parse_legal,
    parse_author_date,
    parse_chinese,
    parse_western,
    parse_reported,
    parse_primary,
    parse_unmarked,
    parse_bare,
)
_SENTENCE = re.compile(r"\.\s+(?=[A-Z])")
_MOST_SENTENCES = 12
"""How many sentences after a work are looked at for another."""
_SERIES = ("paper", "report", "brief", "commentary", "working", "報告", "报告")
_STATUTE = "條点點条款"


def parse_works(note_text: str) -> tuple[Work, ...]:
    """The works cited in a note, in order; () for an explanation or a bare back reference.

    Reads the first `MAX_NOTE_CHARACTERS` of a note and `MAX_CITATIONS` works. Never raises.
    """
    return tuple(islice(_works(note_text[:MAX_NOTE_CHARACTERS]), MAX_CITATIONS))


def _works(text: str) -> Iterator[Work]:
    note = masked_note(text)
    segments = split_note(note)
    pointed = {r.segment for r in references_in(note, segments) if r.parenthesis is None}
    for segment in segments:
        if Span(segment.start, segment.start + len(segment)) in pointed:
            continue
        parsed = _parse(segment)
        if parsed is not None:
            yield _work(parsed, segment)
            yield from _in_later_sentences(segment.part(parsed[2]), parsed[0])


def _work(parsed: Parsed, segment: Segment) -> Work:
    csl, start, end = parsed
    end = len(segment.text[:end].rstrip(" ,，.。"))
    return Work(csl, Span(segment.start + start, segment.start + end))


def _in_later_sentences(rest: Segment, first: Fields) -> Iterator[Work]:
    """Works that open a sentence after the first of a segment: with author and date, or they are prose; a work of
    the same place and date is the `first` in translation.
    """
    read_to = 0
    for match in islice(_SENTENCE.finditer(rest.closed), _MOST_SENTENCES):
        if match.end() < read_to:
            continue
        sentence = rest.part(match.end())
        parsed = _parse(sentence)
        if parsed is None or parsed[1] or not {"author", "issued"} <= parsed[0].keys():
            continue
        if any(parsed[0].get(name) != first.get(name) for name in ("issued", "volume", "page")):
            yield _work(parsed, sentence)
            read_to = match.end() + parsed[2]


def _parse(segment: Segment) -> Parsed | None:
    if len(segment) > _MAX_SEGMENT:
        return None
    for style in _STYLES:
        parsed = style(segment)
        if parsed is not None:
            return _completed(parsed, segment)
    urls = find_urls(segment.text)
    if not urls:
        return None
    return _completed(({"type": "webpage"}, 0, len(segment)), segment)


def _completed(parsed: Parsed, segment: Segment) -> Parsed:
    """Add address, DOI and type, wherever in the segment they stand."""
    csl, start, end = parsed
    urls = find_urls(segment.text[start:])
    doi = find_doi(segment.text[start:])
    if urls:
        csl["URL"] = urls[0]
        end = max(end, segment.text.find(urls[0], start) + len(urls[0]))
        end += segment.text[end : end + 1] == ">"
    if doi is not None:
        csl["DOI"] = doi
    return {"type": _type(csl), **csl}, start, end


def _type(csl: Fields) -> str:
    """The CSL type that the fields show; `document` where they do not tell."""
    container = csl.get("container-title", "").casefold()
    if "genre" in csl and "container-title" not in csl:
        return "thesis"
    if "event-title" in csl:
        return "paper-conference"
    if container and csl.keys() & {"editor", "publisher-place"}:
        return "chapter"
    if container:
        return _article_type(csl, container)
    if "publisher" in csl:
        return "book"
    if "locator" in csl and not csl.get("author"):
        return "legislation" if csl["locator"][-1] in _STATUTE else "document"
    return "document"


def _article_type(csl: Fields, container: str) -> str:
    if "volume" not in csl and any(word in container for word in _SERIES):
        return "report"
    dated = csl.get("issued", {}).get("date-parts", [[]])[0]
    if "volume" in csl or "issue" in csl or ("page" in csl and len(dated) < 3):
        return "article-journal"
    if "URL" in csl:
        return "webpage"
    return "article-newspaper" if len(dated) == 3 else "article"
