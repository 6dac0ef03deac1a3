"""What is wrong with the notes and the structure of a publication, with file lines and the cure.

mark ¹² without a definition -> Finding("error", "note-missing", "note 12 is marked but not defined; …", 171)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus import numerals
from corpus.document import Finding, Footnote
from corpus.findings import finding
from corpus.footnotes import duplicated
from corpus.lift import Definition
from corpus.numbering import numbered
from corpus.outline import Heading
from corpus.paragraphs import Element
from corpus.tie import Tied, runs_of


def check_notes(
    definitions: Sequence[Definition],
    elements: Sequence[Element],
    ties: Sequence[Sequence[Tied]],
    front_labels: Iterable[str],
) -> list[Finding]:
    """Marks without definitions, definitions without marks, numbers defined twice or left out."""
    found: list[Finding] = []
    used: set[int] = set()
    lacking: set[tuple[str, int]] = set()
    for element, tied in zip(elements, ties, strict=True):
        for t in tied:
            used.update(t.orders)
            for label in t.missing:
                line = element.text.line_at(t.mark.span.start)
                found.append(
                    finding("note-missing", f"note {label} is marked but not defined", line)
                )
                lacking.add((t.mark.style, numerals.label_number(label) or 0))
    second = duplicated(definitions)
    found.extend(
        finding("note-duplicate", f"note {d.label} is defined a second time", d.line)
        for d in second
    )
    passed = used | {d.order for d in second}
    in_front = set(front_labels)
    found.extend(
        finding("note-orphan", f"note {d.label} is defined but not marked in the text", d.line)
        for d in definitions
        if d.order not in passed and d.style != "star" and d.label not in in_front
    )
    found.extend(_gaps(definitions, lacking))
    return found


def _gaps(definitions: Sequence[Definition], lacking: set[tuple[str, int]]) -> Iterable[Finding]:
    """A number that is neither marked nor defined, between two that are."""
    for style in dict.fromkeys(d.style for d in definitions):
        if style in {"key", "star"}:
            continue
        for run in runs_of([d for d in definitions if d.style == style]):
            known = {d.number for d in run} | {number for kind, number in lacking if kind == style}
            previous = 0
            for definition in run:
                skipped = [n for n in range(previous + 1, definition.number) if n not in known]
                if skipped:
                    what = f"number {skipped[0]} is neither marked nor defined"
                    if len(skipped) > 1:
                        what = f"numbers {skipped[0]}–{skipped[-1]} are neither marked nor defined"
                    yield finding("note-gap", what, definition.line)
                previous = max(previous, definition.number)


def check_dois(footnotes: Sequence[Footnote]) -> list[Finding]:
    """One DOI printed for two different works."""
    first: dict[str, tuple[str, str]] = {}
    found: list[Finding] = []
    for footnote in footnotes:
        for work in footnote.works:
            doi, title = (
                str(work.csl.get("DOI", "")).lower(),
                _folded(str(work.csl.get("title", ""))),
            )
            if not doi or not title:
                continue
            label, other = first.setdefault(doi, (footnote.label, title))
            if other != title:
                what = (
                    f"notes {label} and {footnote.label} give the DOI {doi} for two different works"
                )
                found.append(finding("doi-shared", what, footnote.line))
    return found


def _folded(title: str) -> str:
    return "".join(character for character in title.casefold() if character.isalnum())


def check_headings(headings: Iterable[tuple[Heading, int]]) -> list[Finding]:
    """A heading whose number jumps over one, among its siblings; each heading comes with its file line.

    Where a text begins is not judged: an excerpt may open with 參 or Chapter 4.
    """
    found: list[Finding] = []
    last: dict[int, tuple[str, int, str]] = {}
    for heading, line in headings:
        last = {level: sibling for level, sibling in last.items() if level <= heading.level}
        number = numbered(heading.text)
        if number is None:
            continue
        series = number.kind + (number.label.rpartition(".")[0] if number.kind == "decimal" else "")
        kind, before, label = last.get(heading.level, ("", 0, ""))
        if kind == series and number.number > before + 1:
            what = f"heading {number.label} follows {label}"
            found.append(finding("section-gap", what, line))
        last[heading.level] = (series, number.number, number.label)
    return found


def check_text(text: str, sections: int, invisible: Mapping[int, int]) -> list[Finding]:
    """Invisible characters, no body, no headings."""
    found: list[Finding] = []
    if invisible:
        lines = sorted(invisible)
        where = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
        what = f"{sum(invisible.values())} invisible characters in line {where}"
        found.append(finding("invisible-characters", what, lines[0]))
    if not text.strip():
        found.append(finding("no-text", "no body text was found", 1))
    elif not sections and len(text) > 2000:
        found.append(finding("no-sections", "no headings were found", 1))
    return found


def sort_findings(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By line, errors first."""
    return tuple(sorted(set(found), key=lambda f: (f.line, f.severity, f.code, f.message)))
