"""Split the lines of a file into the definitions of its notes and its body.

    lines …, "³⁴ *Supra* note 31, p. 855.", … -> Definition("34", "*Supra* note 31, p. 855.") and the lines without it

Which styles of note a file uses is decided by evidence: a style holds when its marks have
definitions. Definitions are lifted whole: wrapped lines, and the further paragraphs of a note.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus import numerals
from corpus.clean import Line
from corpus.definitions import FORMS_OF, Candidate, Evidence, candidates, choose, star_candidates
from corpus.lift import Definition, Page, lift
from corpus.marks import Style, find_marks, parted
from corpus.numbering import numbered
from corpus.outline import is_known_heading, is_notes_heading, is_signed, looks_like_heading
from corpus.paragraphs import Layout

_KEY_DEFINITION = re.compile(r" {0,3}\[\^([^\]\[\s^]{1,100})\][:：]\s*")
_NUMERIC: tuple[Style, ...] = ("superscript", "zhu", "bracket", "circled", "paren", "glued")
_DOUBTFUL = frozenset({"paren", "glued"})
"""Styles whose marks look like other things: read only where no other style is used."""


@dataclass(frozen=True, slots=True)
class SplitNotes:
    """`body` has the input's length; lines that were lifted out are blank. `headings` are the indices of
    lines such as 註釋 whose list was lifted out whole.
    """

    definitions: tuple[Definition, ...]
    styles: tuple[Style, ...]
    body: tuple[Line, ...]
    headings: frozenset[int]


def split_notes(lines: Sequence[Line], layout: Layout) -> SplitNotes:
    """Lift every definition out of `lines` (furniture already blank)."""
    signed = frozenset(i for i in range(len(lines)) if is_signed(lines, i))
    found = [c for c in candidates(lines) if c.index not in signed]
    listed, listing = _listed(lines, {c.index for c in found if c.number == 1}, signed)
    chosen: dict[int, tuple[Style, Candidate]] = {c.index: ("key", c) for c in _keys(lines)}
    styles: list[Style] = ["key"] if chosen else []
    seen_at: dict[Style, dict[int, int]] = {}
    pool = [c for c in found if c.index not in chosen]
    for style in _NUMERIC:
        if style in _DOUBTFUL and any(other in styles for other in _NUMERIC):
            continue
        chain, marked = _chain(style, [c for c in pool if c.index not in chosen], lines, listed)
        if chain:
            styles.append(style)
            chosen.update({candidate.index: (style, candidate) for candidate in chain})
            seen_at[style] = marked
    stars = [] if layout.markdown else _star_notes(lines, chosen)
    if stars:
        styles.append("star")
        chosen.update({candidate.index: ("star", candidate) for candidate in stars})
    definitions, lifted = lift(Page(lines, layout, listed, frozenset(listing), seen_at), chosen)
    served = _served(listing, lines, {listed[index] for index in chosen if index in listed})
    emptied = {
        i
        for i in listing
        if definitions and i not in lifted and (i in served or _emptied(i, lines, lifted))
    }
    lifted |= emptied
    body = tuple(replace(line, text="") if i in lifted else line for i, line in enumerate(lines))
    return SplitNotes(tuple(definitions), tuple(styles), body, frozenset(emptied))


def _listed(
    lines: Sequence[Line], ones: Container[int], signed: Container[int]
) -> tuple[dict[int, int], list[int]]:
    """Lines below a heading such as 註釋, with the index of that heading, up to the next heading.

    A heading of the body that comes again below it (第一章), or that has a note 1 (of `ones`) right
    below, parts the list and does not end it; the `signed` heading of the next chapter ends it.
    """
    listed: dict[int, int] = {}
    headings: list[int] = []
    passed: set[str] = set()
    current = -1
    for index, line in enumerate(lines):
        if line.blank:
            continue
        ends = index in signed or _ends_list(line)
        parts = current >= 0 and ends and (_name(line) in passed or _has_note(index, lines, ones))
        if is_notes_heading(line) or parts:
            current = index
            headings.append(index)
        elif ends:
            current = -1
            passed.add(_name(line))
        elif current >= 0:
            listed[index] = current
    return listed, headings


def _served(listing: Sequence[int], lines: Sequence[Line], holding: set[int]) -> set[int]:
    """The headings of lists that hold notes: those of `holding`, and the one above the chapters that part a list."""
    served = set(holding)
    for heading, below in reversed(list(pairwise(listing))):
        if below in served and not is_notes_heading(lines[below]):
            served.add(heading)
    return served


def _has_note(heading: int, lines: Sequence[Line], ones: Container[int]) -> bool:
    below = next((i for i in range(heading + 1, len(lines)) if not lines[i].blank), None)
    return below is not None and below in ones and not looks_like_heading(lines[below])


def _name(line: Line) -> str:
    """What a chapter is called again by in the notes at the end of a book: its number, or else its heading."""
    found = numbered(line.stripped)
    return found.label if found else line.stripped


def _ends_list(line: Line) -> bool:
    text = line.stripped
    if text.startswith("#") or is_known_heading(text):
        return True
    found = numbered(text) if looks_like_heading(line) else None
    return found is not None and found.kind not in {
        "arabic",
        "arabic-paren",
        "letter",
        "letter-paren",
        "small-letter",
        "roman",
        "decimal",
    }


def _emptied(heading: int, lines: Sequence[Line], lifted: set[int]) -> bool:
    """Does a lifted note, or nothing, stand right below the heading of a list?"""
    below = next((i for i in range(heading + 1, len(lines)) if not lines[i].blank), None)
    return below is None or below in lifted or _ends_list(lines[below])


def _keys(lines: Sequence[Line]) -> list[Candidate]:
    found: list[Candidate] = []
    fenced = False
    for index, line in enumerate(lines):
        fenced ^= line.stripped.startswith(("```", "~~~"))
        match = None if fenced else _KEY_DEFINITION.match(line.text)
        if match:
            found.append(
                Candidate(index, "key", match[1], numerals.note_number(match[1]) or 0, match.end())
            )
    return found


def _chain(
    style: Style, pool: Sequence[Candidate], lines: Sequence[Line], listed: dict[int, int]
) -> tuple[list[Candidate], dict[int, int]]:
    """The definitions of one style, none when the marks do not bear them out.

    Beside them, unless numbers begin again, the first line where each number is marked.
    """
    found = [c for c in pool if c.form in FORMS_OF[style]]
    if style == "superscript" and _marked("bracket", lines, {c.index: c for c in found})[0]:
        found = [c for c in found if c.form != "bracket"]
    marked, again = _marked(style, lines, {c.index: c for c in found}) if found else ({}, False)
    if not marked:
        return [], {}
    glued = style == "glued"
    paged = lines[-1].page > 1
    evidence = Evidence(
        {} if glued else marked,
        marked if glued else {},
        frozenset(listed),
        frozenset(c.index for c in found if _heading_like(lines, c.index)),
        len(set(listed.values())) > 1 or (again and paged) if glued else again,
    )
    chain = choose(found, lines, evidence)
    numbers = {c.number for c in chain}
    seen = numbers & marked.keys()
    in_list = 2 * sum(c.index in listed for c in chain) >= len(chain) > 0
    doubtful = style in _DOUBTFUL
    least = max((0.6 if doubtful else 0.3) * len(numbers), 1 if in_list or not doubtful else 2)
    return (chain, {} if again else marked) if len(seen) >= least else ([], {})


def _marked(
    style: Style, lines: Sequence[Line], found: dict[int, Candidate]
) -> tuple[dict[int, int], bool]:
    """The first line that shows each number as a mark, and whether number one comes again."""
    marked: dict[int, int] = {}
    ones = 0
    for index, line in enumerate(lines):
        if line.blank:
            continue
        column = found[index].column if index in found else 0
        for mark in find_marks(line.text, (style,)):
            if mark.span.start < column or (mark.weight < 0.4 and style != "circled"):
                continue
            touching = parted(mark.labels[0]) if style == "superscript" else None
            for label in (*mark.labels, *(touching or ())):
                number = numerals.label_number(label)
                if number is not None:
                    marked.setdefault(number, index)
                    ones += number == 1 and mark.weight > 0.4
    return marked, ones > 1


def _heading_like(lines: Sequence[Line], index: int) -> bool:
    """Between blank lines, or right above the first of its own parts: 2. The Tarn affair | 2.1. What it said."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    part = numbered(below.stripped) if below is not None else None
    ends = below is None or below.blank or (part is not None and part.kind == "decimal")
    return ends and (index == 0 or lines[index - 1].blank) and looks_like_heading(lines[index])


def _star_notes(
    lines: Sequence[Line], chosen: dict[int, tuple[Style, Candidate]]
) -> list[Candidate]:
    """`*` lines that belong to the author, next to other notes or the only ones of their sign, and notes
    by *, † and ‡ whose signs the body shows since the last of the same sign.
    """
    found = [c for c in star_candidates(lines) if c.index not in chosen]
    signs = [c.label for c in found]
    marked = _marked_since(lines, found)
    kept: list[Candidate] = []
    for candidate in found:
        beside = any(j in chosen for j in _neighbours(lines, candidate.index))
        if beside or signs.count(candidate.label) == 1 or candidate.index in marked:
            kept.append(candidate)
    return kept if len(kept) <= 5 or marked.issuperset(c.index for c in kept) else []


def _marked_since(lines: Sequence[Line], found: Sequence[Candidate]) -> set[int]:
    """The candidates whose sign marks a line between the last candidate of that sign and themselves."""
    by_line = {candidate.index: candidate for candidate in found}
    shown: set[str] = set()
    marked: set[int] = set()
    for index, line in enumerate(lines):
        candidate = by_line.get(index)
        if candidate is None:
            shown.update(
                label for mark in find_marks(line.text, ("star",)) for label in mark.labels
            )
        elif candidate.label in shown:
            shown.discard(candidate.label)
            marked.add(index)
    return marked


def _neighbours(lines: Sequence[Line], index: int) -> list[int]:
    """The printed lines right before and after."""
    found: list[int] = []
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(lines) and lines[other].blank:
            other += step
        found.append(other)
    return found
