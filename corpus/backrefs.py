"""Resolve the back references of a document's notes to the works they mean.

    8   Koga, "A New Strategic Minilateralism," ...; Singh and Teo, "Introduction," ...
    10  Singh and Teo, "Introduction," *Supra* note 8, p. 4.   -> note 8, its second work, p. 4
    11  *Ibid.*, p.5.                        -> note 10, hence note 8, its second work, p.5

Finding is the first pass (`find_back_references`), resolving the second. What cannot be told is
left open and reported, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.crossrefs import CrossReference, find_back_references
from corpus.document import BackReference, Finding, Footnote, FootnoteKind, Resolved
from corpus.findings import finding
from corpus.referents import Referent, short_form
from corpus.targets import (
    Outcome,
    Register,
    enter,
    open_register,
    outcome_of,
    points_forward,
)

_MAX_CHAIN = 32
_MAX_SHOWN = 40


def resolve(footnotes: Sequence[Footnote]) -> tuple[tuple[Footnote, ...], tuple[Finding, ...]]:
    """The notes, in document order, with `kind` and `back_references` set, and what is wrong.

    Input notes carry text, works and urls, and kind "source" or "author". Output kinds: a note
    with a work of its own is `source`; one that only points back is `supra` or `ibid` by its first
    pointer; without either it is `explanatory`; `author` stays. Never raises.

    `BackReference.work` is the index of the work in the note that holds it, at the end of the
    chain; `pin` is the note's own. `resolved.pin` is the own pin or, for an Ibid. without one, the
    pin of the reference it repeats.
    """
    register = open_register(footnotes)
    resolved: list[Footnote] = []
    findings: list[Finding] = []
    for position, footnote in enumerate(footnotes):
        found = () if footnote.kind == "author" else find_back_references(footnote.text)
        references = tuple(r for r in found if not points_forward(register, position, r))
        outcomes = _read_note(register, position, references)
        back_references = tuple(
            _back_reference(reference, outcome, footnote)
            for reference, outcome in zip(references, outcomes, strict=True)
        )
        kind = _kind(footnote, references)
        resolved.append(replace(footnote, kind=kind, back_references=back_references))
        findings += _findings(footnote, references, outcomes)
    return tuple(resolved), tuple(findings)


def _kind(footnote: Footnote, references: Sequence[CrossReference]) -> FootnoteKind:
    if footnote.kind == "author":
        return "author"
    if footnote.works:
        return "source"
    return references[0].kind if references else "explanatory"


def _read_note(
    register: Register, position: int, references: Sequence[CrossReference]
) -> list[Outcome]:
    """Resolve a note's references in printed order, between its own works; fill the register."""
    footnote = register.footnotes[position]
    own = _own_referents(footnote)
    here: list[Referent] = []
    outcomes: list[Outcome] = []
    for reference in references:
        while own and own[0].start < reference.span.start:
            here.append(own.pop(0))
        outcome = outcome_of(register, position, reference, here)
        outcomes.append(outcome)
        if outcome.target is not None or outcome.code is not None:
            here.append(_pointer(footnote.id, reference, outcome))
    enter(register, footnote.id, [*here, *own])
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


def _pointer(footnote_id: str, reference: CrossReference, outcome: Outcome) -> Referent:
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
    reference: CrossReference, outcome: Outcome, footnote: Footnote
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


def _findings(
    footnote: Footnote, references: Sequence[CrossReference], outcomes: Sequence[Outcome]
) -> Iterator[Finding]:
    for reference, outcome in zip(references, outcomes, strict=True):
        if outcome.code is None:
            continue
        phrase = reference.span.of(footnote.text)[:_MAX_SHOWN]
        printed = " ".join(phrase.replace("*", "").strip("_").split())
        what = f'note {footnote.id}: "{printed}": {outcome.wrong}'
        yield finding(outcome.code, what, footnote.line)
