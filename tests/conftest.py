"""Fixtures: three publications of a page each, and indexes over them and over those that ship.

Whoever reads `tests/tiny_corpus/` can rank its sentences for a question by eye. Nothing here may
be written to by a test: copy first.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:  # imported where it is used: the process that spreads tests needs none of it
    from corpus.document import Document
    from index.search import PassageIndex
    from service.library import Library

ROOT = Path(__file__).parent.parent
TINY_CORPUS = ROOT / "tests" / "tiny_corpus"
MODEL = ROOT / "var" / "model"

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.register_profile("fast", deadline=None, max_examples=20)
settings.load_profile("untimed")
gc.disable()  # until collection is over


def examples(times: float) -> settings:
    """So many times the examples that the profile wants of a test: 100 of them, 20 in the fast suite."""
    return settings(max_examples=int(times * settings().max_examples))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves its event loop, and its deep stack, in the thread that started it."""
    items.sort(key=lambda item: item.path.parent.name == "browser")


def pytest_collection_finish() -> None:
    """What collection made stays to the end: the garbage collector need not go through it."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _database(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Votes and questions of tests never reach the database of whoever runs them."""
    file = tmp_path_factory.mktemp("database") / "zhujiao.sqlite3"
    os.environ["ZHUJIAO_DATABASE_URL"] = f"sqlite:///{file}"


@pytest.fixture(scope="session")
def tiny_corpus() -> Sequence[Document]:
    """An English bakery, a Simplified village of beekeepers, a Traditional lighthouse, in this order."""
    from corpus.read import read_corpus

    return read_corpus(TINY_CORPUS)


@pytest.fixture(scope="session")
def tiny_root(tiny_corpus: Sequence[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an index over the tiny corpus lies, built with hashed n-grams in place of a model."""
    from index.build import build
    from tests.hashing_embedder import HashingEmbedder

    root = tmp_path_factory.mktemp("tiny") / "index"
    build(tiny_corpus, HashingEmbedder(), root)
    return root


@pytest.fixture(scope="session")
def tiny_index(tiny_root: Path) -> PassageIndex:
    from index.search import PassageIndex
    from tests.hashing_embedder import HashingEmbedder

    return PassageIndex.open(tiny_root, HashingEmbedder())


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The publications that ship, indexed with the bundled model; for tests marked `model`."""
    from service.config import Config
    from service.library import build_index, open_library

    config = Config(index_dir=tmp_path_factory.mktemp("shipped") / "index", model_dir=MODEL)
    build_index(config)
    return open_library(config)
