"""Resolve the back references of a document's notes to the works they mean.

    8   Koga, "A New Strategic Minilateralism," ...; Singh and Teo, "Introduction," ...
    10  Singh and Teo, "Introduction," *Supra* note 8, p. 4.   -> note 8, its second work, p. 4
    11  *Ibid.*, p.5.                        -> note 10, hence note 8, its second work, p.5

Finding is the first pass (`find_back_references`), resolving the second. A number means the
nearest earlier note that carries it; where numbering starts anew, a number that its own run
still has to come is no earlier note. What cannot be told is left open and reported, never guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.crossrefs import CrossReference, find_back_references, normal_label
from corpus.document import BackReference, Finding, Footnote, FootnoteKind, Resolved, Work
from corpus.referents import (
    Referent,
    author_keys,
    choose,
    mentioned_keys,
    short_form,
)

__all__ = ["AMBIGUOUS", "DANGLING", "find_back_references", "resolve"]

DANGLING = "back-reference-dangling"
AMBIGUOUS = "back-reference-ambiguous"
_MAX_CHAIN = 32
_BOOK, _ARTICLE = "書书著", "文"


@dataclass(slots=True)
class _Register:
    """The notes of a document as far as they are resolved.

    `places` gives the positions of a label, `run_of` the numbering run of a position;
    `referents` and `by_author` grow as notes are resolved.
    """

    footnotes: Sequence[Footnote]
    places: dict[str, list[int]] = field(default_factory=dict)
    run_of: list[int] = field(default_factory=list)
    referents: list[list[Referent]] = field(default_factory=list)
    by_author: dict[str, list[Referent]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one cross reference came to: a target, what is meant there, and what is wrong."""

    target: str | None = None
    meant: Referent | None = None
    code: str | None = None
    cure: str = ""


def resolve(footnotes: Sequence[Footnote]) -> tuple[tuple[Footnote, ...], tuple[Finding, ...]]:
    """The notes, in document order, with `kind` and `back_references` set, and what is wrong.

    Input notes carry text, works and urls, and kind "source" or "author". Output kinds: a note
    with a work of its own is `source`; one that only points back is `supra` or `ibid` by its first
    pointer; without either it is `explanatory`; `author` stays. Never raises.

    `BackReference.work` is the index of the work in the note that holds it, at the end of the
    chain; `pin` is the note's own. `resolved.pin` is the own pin or, for an Ibid. without one, the
    pin of the reference it repeats.
    """
    register = _register(footnotes)
    resolved: list[Footnote] = []
    findings: list[Finding] = []
    for position, footnote in enumerate(footnotes):
        references = () if footnote.kind == "author" else find_back_references(footnote.text)
        outcomes = _read_note(register, position, references)
        back_references = tuple(
            _back_reference(reference, outcome, footnote)
            for reference, outcome in zip(references, outcomes, strict=True)
        )
        kind = _kind(footnote, references)
        resolved.append(replace(footnote, kind=kind, back_references=back_references))
        findings += _findings(footnote, references, outcomes)
    return tuple(resolved), tuple(findings)


def _register(footnotes: Sequence[Footnote]) -> _Register:
    """Index the labels; a run ends where a number does not rise above the one before."""
    register = _Register(footnotes)
    run, highest = 0, 0
    for position, footnote in enumerate(footnotes):
        label = normal_label(footnote.label)
        register.places.setdefault(label, []).append(position)
        if label.isdecimal():
            run += int(label) <= highest
            highest = int(label)
        register.run_of.append(run)
    return register


def _kind(footnote: Footnote, references: Sequence[CrossReference]) -> FootnoteKind:
    if footnote.kind == "author":
        return "author"
    if footnote.works:
        return "source"
    return references[0].kind if references else "explanatory"


def _read_note(
    register: _Register, position: int, references: Sequence[CrossReference]
) -> list[_Outcome]:
    """Resolve a note's references in printed order, between its own works; fill the register."""
    footnote = register.footnotes[position]
    own = _own_referents(footnote)
    here: list[Referent] = []
    outcomes: list[_Outcome] = []
    for reference in references:
        while own and own[0].start < reference.span.start:
            here.append(own.pop(0))
        outcome = _outcome(register, position, reference, here)
        outcomes.append(outcome)
        if outcome.target is not None or outcome.code is not None:
            here.append(_pointer(footnote.id, reference, outcome))
    register.referents.append([*here, *own])
    for referent in (r for r in register.referents[position] if r.chain == (footnote.id,)):
        for key in author_keys(dict(referent.work.csl)) if referent.work else ():
            register.by_author.setdefault(key, []).append(referent)
    return outcomes


def _own_referents(footnote: Footnote) -> list[Referent]:
    ends = [work.span.start for work in footnote.works[1:]] + [len(footnote.text)]
    return [
        Referent(
            start=work.span.start,
            resolved=Resolved(footnote.id, index),
            work=work,
            chain=(footnote.id,),
            short_form=short_form(footnote.text[work.span.start : end]),
        )
        for index, (work, end) in enumerate(zip(footnote.works, ends, strict=False))
    ]


def _pointer(footnote_id: str, reference: CrossReference, outcome: _Outcome) -> Referent:
    """A resolved reference as a referent of its own note, for the notes that point to it."""
    meant = outcome.meant
    if meant is None or meant.resolved is None:
        return Referent(reference.span.start, None, None, (footnote_id,))
    chain = meant.chain if meant.chain[0] == footnote_id else (footnote_id, *meant.chain)
    if len(chain) > _MAX_CHAIN:
        chain = (*chain[: _MAX_CHAIN - 1], chain[-1])
    inherited = meant.resolved.pin if reference.kind == "ibid" else None
    return Referent(
        start=reference.span.start,
        resolved=replace(meant.resolved, pin=reference.pin or inherited),
        work=meant.work,
        chain=chain,
    )


def _back_reference(
    reference: CrossReference, outcome: _Outcome, footnote: Footnote
) -> BackReference:
    pointer = _pointer(footnote.id, reference, outcome)
    return BackReference(
        kind=reference.kind,
        target=outcome.target,
        work=pointer.resolved.work if pointer.resolved else None,
        pin=reference.pin,
        resolved=pointer.resolved,
        chain=pointer.chain if pointer.resolved else (),
    )


def _outcome(
    register: _Register, position: int, reference: CrossReference, here: Sequence[Referent]
) -> _Outcome:
    if reference.form == "note":
        return _by_number(register, position, reference)
    if reference.form == "author" and reference.own_citation:
        return _by_author(register, reference)
    if reference.form == "author":
        return _Outcome(code=AMBIGUOUS, cure="print the author, or the number of the note")
    if here:
        return _within(register.footnotes[position].id, reference, here[-1])
    return _by_position(register, position, reference)


def _by_number(register: _Register, position: int, reference: CrossReference) -> _Outcome:
    found = _place(register, position, reference)
    if found is None:
        return _Outcome(
            code=DANGLING, cure=f"no earlier note is numbered {reference.label}: correct the number"
        )
    target, referents = register.footnotes[found].id, register.referents[found]
    if not referents:
        return _Outcome(target)
    meant = choose(reference.own_citation, referents)
    if meant is None:
        cure = f"note {target} cites several works: print the author or title"
        return _Outcome(target, code=AMBIGUOUS, cure=cure)
    if meant.resolved is None:
        return _Outcome(
            code=DANGLING,
            cure=f"note {target} itself leads to no work: name the note with the work",
        )
    return _Outcome(target, meant)


def _place(register: _Register, position: int, reference: CrossReference) -> int | None:
    """The nearest earlier note with the printed number; None when its run has it only later."""
    places = register.places.get(reference.label or "", [])
    if reference.chapter is not None:
        named = [p for p in places if _in_chapter(register.footnotes[p], reference.chapter)]
        return named[-1] if named and named[-1] < position else None
    at = bisect_left(places, position)
    if at == 0:
        return None
    later = places[at] if at < len(places) else None
    run = register.run_of[position]
    if later is not None and register.run_of[later] == run != register.run_of[places[at - 1]]:
        return None
    return places[at - 1]


def _in_chapter(footnote: Footnote, chapter: str) -> bool:
    return chapter in footnote.id


def _by_position(register: _Register, position: int, reference: CrossReference) -> _Outcome:
    """Ibid.: the note before, which must lead to one work."""
    previous = position - 1
    while previous >= 0 and register.footnotes[previous].kind == "author":
        previous -= 1
    if previous < 0:
        return _Outcome(code=DANGLING, cure="no note stands before it: cite the work in full")
    target, referents = register.footnotes[previous].id, register.referents[previous]
    if not referents:
        return _Outcome(code=DANGLING, cure=f"note {target} cites no work: name the note that does")
    meant = choose(reference.own_citation, referents)
    if meant is None:
        cure = f"note {target} cites several works: name the author, or use a numbered reference"
        return _Outcome(code=AMBIGUOUS, cure=cure)
    if meant.resolved is None:
        return _Outcome(
            code=DANGLING,
            cure=f"note {target} itself leads to no work: name the note with the work",
        )
    return _Outcome(target, meant)


def _within(footnote_id: str, reference: CrossReference, before: Referent) -> _Outcome:
    """Id. after another citation in the same note means that one, unless a bracket parts them."""
    if reference.parenthesis is not None and before.start < reference.parenthesis:
        return _Outcome(
            code=AMBIGUOUS, cure="inside a bracket it may mean either work: name the work"
        )
    if before.resolved is None:
        return _Outcome(
            code=DANGLING, cure="the reference before it leads to no work: name the work"
        )
    return _Outcome(footnote_id, before)


def _by_author(register: _Register, reference: CrossReference) -> _Outcome:
    """op. cit., 前引書: the nearest earlier work by the author, when the author has but one."""
    found = {
        id(referent): referent
        for key in sorted(mentioned_keys(reference.own_citation))
        for referent in register.by_author.get(key, ())
    }
    works = {}
    for referent in found.values():
        if referent.work is not None and _of_genre(referent.work, reference.genre):
            works[referent.work.csl.get("title", "")] = referent
    if not works:
        return _Outcome(
            code=DANGLING, cure="no earlier note cites this author in full: print the note's number"
        )
    meant = choose(reference.own_citation, list(works.values()))
    if meant is None:
        return _Outcome(
            code=AMBIGUOUS,
            cure="earlier notes cite several works of this author: print the note's number",
        )
    return _Outcome(meant.chain[0], meant)


def _of_genre(work: Work, genre: str | None) -> bool:
    """前引書 means a book, 前引文 an article; any other word leaves it open."""
    if genre is None or genre not in _BOOK + _ARTICLE:
        return True
    return ("container-title" in work.csl) == (genre in _ARTICLE)


def _findings(
    footnote: Footnote, references: Sequence[CrossReference], outcomes: Sequence[_Outcome]
) -> Iterator[Finding]:
    for reference, outcome in zip(references, outcomes, strict=True):
        if outcome.code is None:
            continue
        printed = " ".join(reference.span.of(footnote.text).strip("*_").split())
        severity = "error" if outcome.code == DANGLING else "warning"
        yield Finding(
            "error" if severity == "error" else "warning",
            outcome.code,
            f'note {footnote.id}: "{printed}": {outcome.cure}',
            footnote.line,
        )
