"""A note, an answer or a publication -> a file for a reference manager, or formatted text.

    export_note(document, "40", "ris") -> Export("TY  - JOUR...", ..., "indsr-2025-01-note-40.ris")

Supra, Ibid., 同註 and 前揭註 are exported as the work they stand for, with the page they point to.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from corpus.document import Document
from service.answer import Answer
from service.bibliography import (
    Reference,
    exported_item,
    references_of_answer,
    references_of_document,
    references_of_note,
)
from service.bibtex import as_bibtex
from service.csl import citation_keys
from service.formatted import as_text
from service.ris import as_ris

Format = Literal["ris", "bibtex", "csl-json", "chicago", "apa", "gbt7714"]


class NothingToCiteError(ValueError):
    """An answer without citations was asked for an export."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a download needs: UTF-8 text, its media type, and an ASCII file name."""

    text: str
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class _FileType:
    write: Callable[[Sequence[Reference]], str]
    media_type: str
    suffix: str


def as_csl_json(references: Sequence[Reference]) -> str:
    """A JSON array of CSL items, each with an `id`, as the CSL project's `csl-data.json` has it."""
    items = [exported_item(reference) for reference in references]
    keyed = [{"id": key} | item for item, key in zip(items, citation_keys(items), strict=True)]
    return json.dumps(keyed, ensure_ascii=False, indent=2) + "\n"


_TEXT = "text/plain; charset=utf-8"
_FILE_TYPES: Mapping[Format, _FileType] = {
    "ris": _FileType(as_ris, "application/x-research-info-systems; charset=utf-8", ".ris"),
    "bibtex": _FileType(as_bibtex, "application/x-bibtex; charset=utf-8", ".bib"),
    "csl-json": _FileType(as_csl_json, "application/vnd.citationstyles.csl+json", ".json"),
    "chicago": _FileType(partial(as_text, style_name="chicago"), _TEXT, "-chicago.txt"),
    "apa": _FileType(partial(as_text, style_name="apa"), _TEXT, "-apa.txt"),
    "gbt7714": _FileType(partial(as_text, style_name="gbt7714"), _TEXT, "-gbt7714.txt"),
}
FORMATS: tuple[Format, ...] = tuple(_FILE_TYPES)


def media_types() -> frozenset[str]:
    """Those of all formats, with their character sets."""
    return frozenset(file_type.media_type for file_type in _FILE_TYPES.values())


def export_note(document: Document, footnote_id: str, format: Format) -> Export:
    """The works behind a note; a note that names none is cited as a note of the publication.

    Raises KeyError when the document has no such note, ValueError for an unknown format.
    """
    name = f"{document.id}-note-{footnote_id}"
    return _export(references_of_note(document, footnote_id), format, name)


def export_answer(
    answer: Answer,
    documents: Mapping[str, Document],
    format: Format,
) -> Export:
    """The publications quoted and the works behind the notes shown, each once.

    Raises NothingToCiteError for an answer without citations, KeyError when `documents` lacks a
    cited publication, ValueError for an unknown format.
    """
    references = references_of_answer(answer, documents)
    if not references:
        raise NothingToCiteError(
            "This answer quotes nothing, so there is nothing to cite; cite the publication instead."
        )
    return _export(references, format, f"answer-{answer.id}")


def export_document(document: Document, format: Format) -> Export:
    """The publication itself. Raises ValueError for an unknown format."""
    return _export(references_of_document(document), format, document.id)


def _export(references: Sequence[Reference], format_: Format, name: str) -> Export:
    file_type = _file_type(format_)
    text = file_type.write(references)
    return Export(text, file_type.media_type, _file_name(name) + file_type.suffix)


def _file_type(format_: Format) -> _FileType:
    try:
        return _FILE_TYPES[format_]
    except KeyError:
        known = ", ".join(FORMATS)
        raise ValueError(f"Unknown format {format_!r}; choose one of {known}.") from None


def _file_name(name: str) -> str:
    """ASCII letters, digits, dots and hyphens only, so that no header or path can be broken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.]+", "-", plain).strip("-.")[:80] or "citation"
