"""The library in use, as a request has it: taken once, so that versions never mix in one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from flask import current_app, g

from service.answer import Answer

if TYPE_CHECKING:
    from service.library import Library
    from service.question import AskRequest

EXTENSION = "zhujiao.library"


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
