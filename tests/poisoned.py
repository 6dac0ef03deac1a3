"""Publications with something evil in them, served by the real application; only the model is a stand-in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from html.parser import HTMLParser

from flask.testing import FlaskClient

from corpus.document import Document
from corpus.read import read_text
from index.build import index_documents
from index.search import PassageIndex
from service.config import Config
from service.library import Library
from tests.conftest import ROOT
from tests.hashing_embedder import HashingEmbedder
from tests.tiny import application

CLEAN = "\n\n".join(
    (
        "壹、燈塔",
        "燈塔守在霧中每夜點燈三次，漁船因此得以返港。¹",
        "貳、航道",
        "航道在退潮時只有四公尺深，大船必須等待。²",
        "1 林安，〈燈塔〉，《海港》，2019年，頁3。",
        "2 同註1，頁5。",
    )
)
"""Two sections, two paragraphs, two notes."""


def injections() -> Mapping[str, Sequence[str]]:
    """The paragraphs of `tests/hostile/injections.toml`, by language."""
    return tomllib.loads((ROOT / "tests" / "hostile" / "injections.toml").read_text("utf-8"))


def with_paragraph(paragraph: str) -> str:
    """`CLEAN` with a paragraph more in its second section."""
    return CLEAN.replace("\n\n1 林安", f"\n\n{paragraph}\n\n1 林安")


def read(text: str, document_id: str = "harbour") -> Document:
    """As a .txt file is read."""
    return read_text(text, document_id, markdown=False)


def library_of(*documents: Document) -> Library:
    embedder = HashingEmbedder()
    return Library(PassageIndex(index_documents(documents, embedder), embedder, "poisoned-1"))


@cache
def client_of(*texts: str) -> FlaskClient:
    """A client over one publication for each text: `text-0`, `text-1`, …"""
    documents = [read(text, f"text-{number}") for number, text in enumerate(texts)]
    return application(Config(log_level="error"), library_of(*documents)).test_client()


class Elements(HTMLParser):
    """The elements of a page with their attributes, in order, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        """Where the page leads, and what it loads."""
        return [a[name] for _, a in self.found for name in ("href", "src", "action") if name in a]
