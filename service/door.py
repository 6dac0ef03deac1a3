"""What the web layer asks of a loaded library, and the library that a request has.

`service/library.py` is what the application holds in production.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from flask import current_app, g

from corpus.document import Document, Language
from service.answer import Answer

if TYPE_CHECKING:
    from index.search import Hit
    from service.question import AskRequest

EXTENSION = "zhujiao.library"


class Library(Protocol):
    """The publications of one index, and what can be asked of them."""

    @property
    def index_version(self) -> str:
        """Digest of the index; every answer carries it."""

    def documents(self) -> Sequence[Document]:
        """The publications, in the order in which pages list them."""

    def document(self, document_id: str) -> Document:
        """Raises KeyError when there is no such publication."""

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        language: Language | None = None,
        on_stage: Callable[[str], None] | None = None,
    ) -> Answer:
        """`history` is the earlier questions, oldest first; no `documents` means all of them."""

    def search(self, query: str, k: int = 10, documents: Sequence[str] = ()) -> Sequence[Hit]:
        """At most `k` passages and notes, best first."""

    def suggestions(
        self,
        language: Language,
        documents: Sequence[str] = (),
        on_stage: Callable[[str], None] | None = None,
    ) -> Sequence[str]:
        """At most three questions that the publications, or those named, answer."""


class LibrarySource(Protocol):
    """Where the library in use comes from; another may take its place at any moment."""

    @property
    def failure(self) -> str | None:
        """Why a newer index is not in use, or None."""

    def library(self) -> Library:
        """RequestError `index_unavailable` while there is none."""


def library() -> Library:
    """The library of this request: the first call takes it, and later ones get the same.

    So versions never mix in one answer. RequestError `index_unavailable` while there is none.
    """
    if "library" not in g:
        g.library = source().library()
    taken: Library = g.library
    return taken


def ask_library(loaded: Library, asked: AskRequest, on_stage: Callable[[str], None]) -> Answer:
    """The answer to a checked question."""
    return loaded.ask(
        asked.question, asked.earlier, asked.documents, asked.asked_language, on_stage
    )


def source() -> LibrarySource:
    """Where the running application has its library from."""
    found: LibrarySource = current_app.extensions[EXTENSION]
    return found
