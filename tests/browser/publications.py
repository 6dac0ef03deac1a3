"""Three real publications, one in each language, for browser tests; only the model is a stand-in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from corpus.document import Document
from corpus.read import read_document
from index.build import index_documents
from index.search import PassageIndex
from service.library import Library
from tests.conftest import ROOT
from tests.hashing_embedder import HashingEmbedder

CHAPTER = "indsr-2025-01"
PUBLICATIONS = (
    f"corpus/texts/{CHAPTER}.txt",
    "tests/publications/calder-2026-01.txt",
    "tests/publications/lanwan-2026-02.txt",
)


@cache
def shelf_documents() -> Sequence[Document]:
    """In the order of PUBLICATIONS."""
    return [read_document(ROOT / path) for path in PUBLICATIONS]


@cache
def shelf_library() -> Library:
    """The real library over them."""
    embedder = HashingEmbedder()
    return Library(PassageIndex(index_documents(shelf_documents(), embedder), embedder, "shelf-1"))
