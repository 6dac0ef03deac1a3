"""What the web layer asks of a loaded library: the one door between HTTP and answering.

`service/library.py` is what the application holds in production; anything with these five
methods will do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from flask import current_app

from corpus.document import Document, Language, Span
from service.answer import Answer

EXTENSION = "zhujiao.library"


class Chunk(Protocol):
    """A stored passage, or a note whose `span` then counts code points of the note's text."""

    @property
    def id(self) -> str: ...
    @property
    def document_id(self) -> str: ...
    @property
    def section_id(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def footnote_id(self) -> str | None: ...


class Hit(Protocol):
    @property
    def chunk(self) -> Chunk: ...


class Library(Protocol):
    """The publications of one index, and what can be asked of them."""

    @property
    def index_version(self) -> str: ...

    def documents(self) -> Sequence[Document]: ...

    def document(self, document_id: str) -> Document:
        """Raises KeyError when there is no such publication."""
        ...

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        language: Language | None = None,
        on_stage: Callable[[str], None] | None = None,
    ) -> Answer:
        """`history` is the earlier questions, oldest first; no `documents` means all of them."""
        ...

    def search(self, query: str, k: int = 10, documents: Sequence[str] = ()) -> Sequence[Hit]: ...

    def suggestions(self, language: Language) -> Sequence[str]:
        """Three questions that the publications answer."""
        ...

    def replay(self, answer_id: str) -> Answer | None:
        """The answer given before under this id, or None when it is not known."""
        ...


def library() -> Library:
    """The library of the running application. Take it once a request, so that versions never mix."""
    loaded: Library = current_app.extensions[EXTENSION]
    return loaded
