"""Definitions -> footnotes: ids that are unique, the works and addresses they hold, what they point back to.

    definition ① on the second page -> id "p2.①", label "①"      definition 1 of 第一章 -> id "第一章.1", label "1"

Where numbers never begin again the id is the label. Where they do, the id begins with the chapter
whose marks the list serves, or else with the page; a second definition of one number is "12@2".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.backrefs import resolve
from corpus.bylines import introduces
from corpus.crossrefs import find_back_references
from corpus.document import Finding, Footnote
from corpus.lift import Definition
from corpus.paragraphs import Element
from corpus.tie import Tied, runs_of
from corpus.urls import find_urls
from corpus.works import parse_works


def footnote_ids(
    definitions: Sequence[Definition], elements: Sequence[Element], ties: Sequence[Sequence[Tied]]
) -> dict[int, str]:
    """Ids by the definitions' order. `ties` are the marks of each element."""
    chapter_of = _chapters(elements, ties)
    ids: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for style in dict.fromkeys(d.style for d in definitions):
        runs = runs_of([d for d in definitions if d.style == style])
        scopes = _scopes(runs, chapter_of) if len(runs) > 1 else [""]
        if len(runs) == 1 and any(d.label in taken for d in runs[0]):
            scopes = [f"{style}."]
        for scope, run in zip(scopes, runs, strict=True):
            for definition in run:
                ids[definition.order] = _free(scope + definition.label, taken)
    return ids


_CHAPTER = re.compile(r"第.{1,5}[章篇編编]|Chapter\b", re.IGNORECASE)


def _scopes(runs: Sequence[Sequence[Definition]], chapter_of: Mapping[int, str]) -> list[str]:
    """A prefix for each list: its chapter when every list has one of its own, its page, or its place.

    The foot of a page goes by its page, unless what begins again there is a chapter (第二章).
    """
    chapters = [
        next((chapter_of[d.order] for d in run if d.order in chapter_of), "") for run in runs
    ]
    pages = [run[0].page for run in runs]
    by_page = len(set(pages)) == len(runs) and not all(run[0].listed for run in runs)
    by_chapter = all(chapters) and len(set(chapters)) == len(runs)
    if by_page and not (by_chapter and all(map(_CHAPTER.match, chapters))):
        return [f"p{page}." for page in pages]
    if by_chapter:
        return [f"{chapter}." for chapter in chapters]
    return [f"n{place}." for place in range(1, len(runs) + 1)]


def _chapters(elements: Sequence[Element], ties: Sequence[Sequence[Tied]]) -> dict[int, str]:
    """The top section where each definition is first marked."""
    chapters: dict[int, str] = {}
    chapter = ""
    for element, tied in zip(elements, ties, strict=True):
        if element.heading is not None and element.heading.level == 1:
            chapter = element.heading.label
        for t in tied:
            for order in t.orders:
                chapters.setdefault(order, chapter)
    return chapters


def _places(
    definitions: Sequence[Definition], ties: Sequence[Sequence[Tied]]
) -> dict[int, tuple[int, int]]:
    first: dict[int, int] = {}
    for t in (t for tied in ties for t in tied):
        for order in t.orders:
            first.setdefault(order, len(first))
    return {
        d.order: (first.get(d.order, len(first)) if d.style == "key" else -1, d.order)
        for d in definitions
    }


def _free(wanted: str, taken: Counter[str]) -> str:
    """`wanted`, with @2, @3 … where it has been given away; `taken` counts what has."""
    taken[wanted] += 1
    if taken[wanted] == 1:
        return wanted
    return _free(f"{wanted}@{taken[wanted]}", taken)


def footnotes_of(
    definitions: Sequence[Definition],
    ids: Mapping[int, str],
    ties: Sequence[Sequence[Tied]],
) -> tuple[tuple[Footnote, ...], tuple[Finding, ...]]:
    """Footnotes in document order, with works, addresses and back references, and what is wrong with these.

    Document order is that of the lists; Markdown's keyed notes stand in the order of their first marks.
    """
    places = _places(definitions, ties)
    ordered = sorted(definitions, key=lambda d: places[d.order])
    marked = {order for tied in ties for t in tied for order in t.orders}
    return resolve(tuple(_footnote(d, ids[d.order], d.order in marked) for d in ordered))


def _footnote(definition: Definition, footnote_id: str, marked: bool) -> Footnote:
    """A note by * is the author's, unless the body marks it and it cites something or introduces nobody."""
    works = parse_works(definition.text)
    cites = works or find_back_references(definition.text)
    about_text = marked and (cites or not introduces(definition.text))
    authors = definition.style == "star" and not about_text
    return Footnote(
        footnote_id,
        definition.label,
        definition.text,
        "author" if authors else "source",
        definition.line,
        works=() if authors else works,
        urls=find_urls(definition.text),
    )


def duplicated(definitions: Sequence[Definition]) -> list[Definition]:
    """Every second definition of a label within one list."""
    found: list[Definition] = []
    for style in dict.fromkeys(d.style for d in definitions):
        for run in runs_of([d for d in definitions if d.style == style]):
            counts: Counter[str] = Counter()
            for definition in run:
                counts[definition.label] += 1
                if counts[definition.label] > 1:
                    found.append(definition)
    return found
