"""What the chat asks: every publication, or one of them, or one with a section to begin from.

    /?documents=indsr-2025-01&section=參/三 -> Scope(the publication, its section 參/三)

A section narrows nothing: its title is sent as the question before the first, so that "what is
its main argument?" means the section, and a question that names its own subject is not bent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.document import Document, Section
from service.errors import RequestError
from service.links import ask_url

if TYPE_CHECKING:
    from service.library import Library


@dataclass(frozen=True, slots=True)
class Scope:
    """The publications asked, none of them meaning all; a section only of a single one."""

    documents: tuple[Document, ...] = ()
    section: Section | None = None

    @property
    def document_ids(self) -> list[str]:
        """As the interface wants them."""
        return [document.id for document in self.documents]

    @property
    def url(self) -> str:
        """Where it is asked from the beginning."""
        return ask_url(self.document_ids, self.section.id if self.section else None)

    @property
    def history(self) -> list[str]:
        """The section as the question before the first."""
        return [self.section.title] if self.section else []


EVERYTHING = Scope()


def read_scope(
    loaded: Library, document_ids: Sequence[str], section_id: str | None = None
) -> Scope:
    """RequestError for an id that names no publication; a section it lacks counts as none."""
    try:
        documents = tuple(loaded.document(document_id) for document_id in document_ids)
    except KeyError:
        raise RequestError("document_not_found") from None
    if len(documents) != 1:
        return Scope(documents)
    titled = (section for section in documents[0].sections if section.title)
    return Scope(documents, next((s for s in titled if s.id == section_id), None))
