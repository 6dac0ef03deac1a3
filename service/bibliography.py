"""Which works stand behind a note, an answer or a publication, each with the page pointed to.

    note 11, "Ibid., p.5." -> Reference(csl=<Singh and Teo 2020, from note 8>, pin="p.5")

A note that names no work we can identify (an explanation, an ambiguous Ibid.) is cited as what
it is: that note of the publication, with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.document import Document, Footnote, Metadata
from corpus.names import western_name
from service.answer import Answer, CitedNote
from service.cite import printed_heading
from service.csl import CslItem, clean_item, one_line

_PAGES = re.compile(
    r"\A(?:(?:pp?\.|pages?|[頁页])?\s*(?P<pages>\d+(?:\s*[-–—~,、，]\s*\d+)*)(?:\s*[頁页])?"
    r"|第\s*(?P<ordinal>\d+(?:\s*[-–—~,、，]\s*\d+)*)\s*[頁页])",
    re.IGNORECASE,
)
_LANGUAGES = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as a CSL-JSON item, and where in it the note points, as printed ("pp. 27, 31-32")."""

    csl: CslItem
    pin: str | None = None


def pin_pages(pin: str) -> str | None:
    """ "pp. 27, 31–32; p. 40" -> "27, 31-32, 40"; None when a part is no page (附件三, 第 5 點)."""
    matches = [_PAGES.fullmatch(part) for part in one_line(pin).split("; ")]
    pages = [m["pages"] or m["ordinal"] for m in matches if m is not None]
    if len(pages) < len(matches):
        return None
    hyphened = re.sub(r"\s*[-–—~]\s*", "-", ", ".join(pages))
    return re.sub(r"\s*[,、，]\s*", ", ", hyphened)


def exported_item(reference: Reference) -> dict[str, Any]:
    """The work in plain CSL-JSON, without `id`; the pin is `locator` and a line of `note`."""
    exported = clean_item(reference.csl)
    pin = one_line(reference.pin or exported.get("locator", ""))
    if pin:
        exported["locator"] = pin_pages(pin) or pin
        exported["note"] = "\n".join(filter(None, (exported.get("note"), f"Cited at: {pin}")))
    return exported


def publication(metadata: Metadata) -> dict[str, Any]:
    """The publication itself as a CSL-JSON item: a chapter when it stands in a named volume.

    An author is parted into given and family name as `corpus.names` parts those in notes; one
    in Chinese characters stays as printed (`literal`).
    """
    optional = {
        "container-title": metadata.container_title,
        "publisher": metadata.publisher,
        "URL": metadata.url,
        "issued": _issued(metadata.issued),
        "author": [
            western_name(author.name) or {"literal": author.name} for author in metadata.authors
        ],
        "note": f"Licence: {metadata.licence}" if metadata.licence else None,
    }
    required = {
        "id": metadata.id,
        "type": "chapter" if metadata.container_title else "document",
        "title": metadata.title,
        "language": _LANGUAGES[metadata.lang],
    }
    return required | {variable: value for variable, value in optional.items() if value}


def _issued(date: str | None) -> dict[str, Any] | None:
    """ "2025-06" -> date parts; what is not an ISO date stays literal."""
    if not date:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if match is None:
        return {"literal": date}
    return {"date-parts": [[int(part) for part in match.groups() if part]]}


def references_of_note(document: Document, footnote_id: str) -> tuple[Reference, ...]:
    """The works a note cites itself, then those it points back to; never empty.

    Raises KeyError when the document has no such note.
    """
    footnote = document.footnote(footnote_id)
    references = [Reference(work.csl) for work in footnote.works]
    for back in footnote.back_references:
        if back.resolved is not None:
            source = document.footnote(back.resolved.footnote_id)
            pin = back.pin or back.resolved.pin
            references.append(Reference(_without_pin(source.works[back.resolved.work].csl), pin))
    return merged(references) or (_note_itself(document, footnote),)


def _note_itself(document: Document, footnote: Footnote) -> Reference:
    mark = "note" if document.metadata.lang == "en" else "註"
    csl = publication(document.metadata)
    notes = (csl.get("note"), f"{mark} {footnote.label}: {one_line(footnote.text)}")
    return Reference(csl | {"note": "\n".join(filter(None, notes))}, f"{mark} {footnote.label}")


def references_of_document(document: Document) -> tuple[Reference, ...]:
    """The publication itself, alone."""
    return (Reference(publication(document.metadata)),)


def references_of_answer(
    answer: Answer, documents: Mapping[str, Document]
) -> tuple[Reference, ...]:
    """The publications quoted, with the sections, then every work behind the notes shown.

    A note that names no work adds nothing: its publication is cited already. Empty when the
    answer cites nothing. `documents` holds the cited publications by id (KeyError otherwise).
    """
    publications = [
        Reference(
            publication(documents[citation.document_id].metadata),
            printed_heading(citation.section_id, citation.section_title),
        )
        for citation in answer.citations
    ]
    works = [
        reference
        for citation in answer.citations
        for note in citation.notes
        for reference in _works_of(note)
    ]
    return merged(publications) + merged(works)


def _works_of(note: CitedNote) -> list[Reference]:
    """The works shown under a citation; one of another note comes without that note's pin."""
    if len(note.resolved) != len(note.works):
        return [Reference(csl) for csl in note.works]
    return [
        Reference(csl if where.footnote_id == note.footnote_id else _without_pin(csl), where.pin)
        for where, csl in zip(note.resolved, note.works, strict=True)
    ]


def _without_pin(csl: CslItem) -> dict[str, Any]:
    """A work as another note cites it: the page that the first note pointed to is not its own."""
    return {variable: value for variable, value in csl.items() if variable != "locator"}


def merged(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each work once, in the order first cited, with all its pins ("p. 4; p.5").

    Works are the same when every field but the id is. A shared DOI does not make two works
    one: sources print wrong ones.
    """
    unique: dict[str, Reference] = {}
    for reference in references:
        work = {k: v for k, v in reference.csl.items() if k not in {"id", "locator"}}
        same = repr(sorted(work.items()))
        pin = reference.pin or reference.csl.get("locator")
        if same not in unique:
            unique[same] = replace(reference, pin=one_line(pin) if pin else None)
        elif pin:
            unique[same] = _with_pin(unique[same], one_line(pin))
    return tuple(unique.values())


def _with_pin(reference: Reference, pin: str) -> Reference:
    pins: Sequence[str] = reference.pin.split("; ") if reference.pin else ()
    return reference if pin in pins else replace(reference, pin="; ".join([*pins, pin]))
