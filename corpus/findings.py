"""Every finding by its code, with its severity and its cure.

note-missing, "note 12 is marked but not defined", line 171
-> Finding("error", "note-missing", "note 12 is marked but not defined; add the definition, or …", 171)
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.document import Finding, Severity

DANGLING = "back-reference-dangling"
AMBIGUOUS = "back-reference-ambiguous"
CODES: Mapping[str, tuple[Severity, str]] = {
    "note-missing": ("error", "add the definition, or remove the mark"),
    "note-orphan": ("warning", "put its mark where it belongs, or remove the definition"),
    "note-duplicate": ("error", "give one of the two definitions another number"),
    "note-gap": ("warning", "check whether a note is lost or the notes were not renumbered"),
    DANGLING: (
        "error",
        "correct the number, print the number of a note that cites the work, or cite the work in full",
    ),
    AMBIGUOUS: ("warning", "print the author and title, or the number of the note"),
    "doi-shared": ("warning", "look both works up; one of the two DOIs is wrong"),
    "invisible-characters": ("warning", "they were left out; remove them from the file"),
    "prompt-injection": (
        "warning",
        "it is shown as quoted text only; remove it unless the author wrote it",
    ),
    "no-sections": (
        "warning",
        "number the headings (壹、一、（一）; 1, 1.1; I., A.) or mark them with #",
    ),
    "section-gap": (
        "warning",
        "check whether a section is lost or the headings were not renumbered",
    ),
    "no-text": ("error", "the file holds no body text; check the export"),
}
"""Every code with its severity and the cure that its message names."""


def finding(code: str, what: str, line: int) -> Finding:
    """A finding of `CODES`: what is wrong, then its cure."""
    severity, cure = CODES[code]
    return Finding(severity, code, f"{what}; {cure}", line)
