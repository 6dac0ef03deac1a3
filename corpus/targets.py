"""Find the note and the work that a printed back reference means.

`Singh and Teo, "Introduction," *Supra* note 8` -> note 8, the second of its two works

A number means the nearest earlier note that carries it; where numbering starts anew, a number
that its own run still has to come is no earlier note. What cannot be told is left open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.crossrefs import CrossReference, normal_label
from corpus.document import Footnote, Work
from corpus.findings import AMBIGUOUS, DANGLING
from corpus.numbering import numbered
from corpus.referents import (
    Referent,
    author_keys,
    bare_title,
    choose,
    lookup_keys,
    named_in,
    printed_authors,
    work_keys,
)

_MOST_WORKS = 50
_BOOK, _ARTICLE = "書书著", "文"


_Chapter = tuple[str, int]
"""Its unit and its number, however they are printed: 第一章 and 第 1 章 緒論 are both ("chapter-章", 1)."""


@dataclass(slots=True)
class Register:
    """The notes of a document as far as they are resolved.

    `places` gives the positions of a label, `run_of` the numbering run of a position, `chapter_of`
    the chapter in its id. `referents` by position and `works` (by author or title, then by title)
    grow as notes are resolved.
    """

    footnotes: Sequence[Footnote]
    places: dict[str, list[int]] = field(default_factory=dict)
    run_of: list[int] = field(default_factory=list)
    chapter_of: list[_Chapter | None] = field(default_factory=list)
    referents: list[list[Referent]] = field(default_factory=list)
    works: dict[str, dict[str, Referent]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one cross reference came to: a target, what is meant there, and what is wrong."""

    target: str | None = None
    meant: Referent | None = None
    code: str | None = None
    wrong: str = ""


def open_register(footnotes: Sequence[Footnote]) -> Register:
    """Index the labels; a run ends where a number does not rise above the one before."""
    register = Register(footnotes)
    run, highest = 0, 0
    for position, footnote in enumerate(footnotes):
        label = normal_label(footnote.label)
        register.places.setdefault(label, []).append(position)
        if label.isdecimal():
            run += int(label) <= highest
            highest = int(label)
        register.run_of.append(run)
        register.chapter_of.append(_chapter(footnote.id))
    return register


def _chapter(text: str) -> _Chapter | None:
    found = numbered(text)
    return (found.kind, found.number) if found and found.kind.startswith("chapter") else None


def enter(register: Register, footnote_id: str, referents: Sequence[Referent]) -> None:
    """Add the next note's referents, and its own works by author and title."""
    register.referents.append(list(referents))
    for referent in referents:
        if referent.work is None or referent.chain != (footnote_id,):
            continue
        for key in work_keys(referent.work.csl):
            titled = register.works.setdefault(key, {})
            title = referent.work.csl.get("title", "")
            before = titled.pop(title, None)
            titled[title] = _fuller(before, referent) if before else referent


def _fuller(before: Referent, again: Referent) -> Referent:
    """Of two notes on one work the one that says more of it, else the later."""
    said = [len(referent.work.csl) if referent.work else 0 for referent in (before, again)]
    return before if said[0] > said[1] else again


def outcome_of(
    register: Register, position: int, reference: CrossReference, here: Sequence[Referent]
) -> Outcome:
    """What the note at `position` means by `reference`; `here` is what it cites before it."""
    if reference.form == "note":
        return _by_number(register, position, reference)
    if reference.form == "author" and reference.own_citation:
        return _by_author(register, reference)
    if reference.form == "author":
        return Outcome(code=AMBIGUOUS, wrong="it names no author and no note")
    if here and not _names_another(register, reference, here[-1]):
        return _within(register.footnotes[position].id, reference, here[-1])
    return _by_position(register, position, reference)


def points_forward(register: Register, position: int, reference: CrossReference) -> bool:
    """見註 10 in note 9: a number that comes only later, in words that do not say "before"."""
    phrase = reference.span.of(register.footnotes[position].text)
    return (
        reference.form == "note"
        and reference.label in register.places
        and not _SAYS_BEFORE.search(phrase)
        and _place(register, position, reference) is None
    )


_SAYS_BEFORE = re.compile(r"[同前上]|supra|above|cit", re.IGNORECASE)


def _by_number(register: Register, position: int, reference: CrossReference) -> Outcome:
    found = _place(register, position, reference)
    if found is None:
        return Outcome(code=DANGLING, wrong=f"no earlier note is numbered {reference.label}")
    if not register.referents[found]:
        return Outcome(register.footnotes[found].id)
    return _meant(register, found, reference)


def _meant(register: Register, found: int, reference: CrossReference) -> Outcome:
    """The work meant in the note at `found`, which points to one or several."""
    target = register.footnotes[found]
    referents = register.referents[found]
    alike = [r for r in referents if r.work is None or _of_genre(r.work, reference.genre)]
    meant = choose(reference.own_citation, alike or referents)
    named = None if reference.form == "previous" else target.id
    if meant is None:
        return Outcome(named, code=AMBIGUOUS, wrong=f"note {target.id} cites several works")
    if meant.resolved is None:
        return Outcome(code=DANGLING, wrong=f"note {target.id} itself leads to no work")
    stranger = _stranger(register, target, reference, meant)
    if stranger is not None:
        return Outcome(named, code=AMBIGUOUS, wrong=f"note {target.id} does not name {stranger}")
    return Outcome(target.id, meant)


def _stranger(
    register: Register, target: Footnote, reference: CrossReference, meant: Referent
) -> str | None:
    """An author printed with the reference whom other notes cite, but not the note it names."""
    if not reference.own_citation or meant.work is None:
        return None
    authors = printed_authors(reference.own_citation)
    printed = f"{target.text} {list(author_keys(meant.work.csl))}".casefold()
    if any(author in printed for author in authors):
        return None
    return next((author for author in sorted(authors) if author in register.works), None)


def _place(register: Register, position: int, reference: CrossReference) -> int | None:
    """The nearest earlier note with the printed number; None when its run has it only later."""
    places = register.places.get(reference.label or "", [])
    if reference.chapter is not None:
        chapter = _chapter(reference.chapter)
        named = [place for place in places if register.chapter_of[place] == chapter]
        return named[-1] if named and named[-1] < position else None
    at = bisect_left(places, position)
    if at == 0:
        return None
    following = (place for place in places[at : at + 2] if place != position)
    later = next(following, None)
    run = register.run_of[position]
    if later is not None and register.run_of[later] == run != register.run_of[places[at - 1]]:
        return None
    return places[at - 1]


def _by_position(register: Register, position: int, reference: CrossReference) -> Outcome:
    """Ibid.: the note before, which must lead to one work."""
    previous = position - 1
    while previous >= 0 and register.footnotes[previous].kind == "author":
        previous -= 1
    if previous < 0:
        return Outcome(code=DANGLING, wrong="no note stands before it")
    if not register.referents[previous]:
        wrong = f"note {register.footnotes[previous].id} cites no work"
        return Outcome(code=DANGLING, wrong=wrong)
    return _meant(register, previous, reference)


def _within(footnote_id: str, reference: CrossReference, before: Referent) -> Outcome:
    """Id. after another citation in the same note means that one, unless a bracket parts them."""
    if reference.parenthesis is not None and before.start < reference.parenthesis:
        return Outcome(code=AMBIGUOUS, wrong="inside a bracket it may mean either work")
    if before.resolved is None:
        return Outcome(code=DANGLING, wrong="the reference before it leads to no work")
    return Outcome(footnote_id, before)


def _names_another(register: Register, reference: CrossReference, before: Referent) -> bool:
    """前揭註 5；林可汶，同前註: is a known author printed who did not write the work cited right before?"""
    known = any(author in register.works for author in printed_authors(reference.own_citation))
    return (
        known and before.work is not None and not named_in(reference.own_citation, before.work.csl)
    )


def _by_author(register: Register, reference: CrossReference) -> Outcome:
    """op. cit., 前引書: the nearest earlier work by the author, when the author has but one."""
    works = {
        title: referent
        for key in sorted(lookup_keys(reference.own_citation))
        for title, referent in islice(reversed(register.works.get(key, {}).items()), _MOST_WORKS)
        if referent.work is not None and _of_genre(referent.work, reference.genre)
    }
    if not works:
        return Outcome(code=DANGLING, wrong="no earlier note cites this author in full")
    meant = choose(reference.own_citation, _in_full(works))
    if meant is None:
        return Outcome(code=AMBIGUOUS, wrong="earlier notes cite several works of this author")
    return Outcome(meant.chain[0], meant)


def _in_full(works: Mapping[str, Referent]) -> list[Referent]:
    """Without those whose title is but a short form of another: Last Ring beside The Last Ring."""
    bare = {title: bare_title(title) for title in works}
    return [
        referent
        for title, referent in works.items()
        if not any(other != title and bare[title] and bare[title] in bare[other] for other in works)
    ]


def _of_genre(work: Work, genre: str | None) -> bool:
    """前引書 means a book, 前引文 an article; any other word leaves it open."""
    if genre is None or genre not in _BOOK + _ARTICLE:
        return True
    return ("container-title" in work.csl) == (genre in _ARTICLE)
