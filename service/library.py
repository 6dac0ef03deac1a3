"""The publications of one loaded index, and what can be asked of them.

`open_library(config)` loads the index that the configuration names; `build_index(config)` makes
it from the corpus first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import corpus
from corpus.document import Document, Language
from corpus.read import read_corpus
from index import build, store
from index.embed import Embedder, open_embedder
from index.glossary import load as load_glossary
from index.question_language import language_of
from index.search import Hit, PassageIndex
from service.answer import Answer
from service.ask import Asker
from service.config import Config
from service.suggest import suggest

GLOSSARY = "glossary.toml"


class Library:
    """Safe to share between threads; loaded once in every worker."""

    def __init__(self, index: PassageIndex) -> None:
        self._asker = Asker(index)
        self._index = index

    @property
    def index_version(self) -> str:
        """Names the content of the index: equal content, equal version."""
        return self._index.version

    def documents(self) -> Sequence[Document]:
        """The publications, by id."""
        return self._index.documents

    def document(self, document_id: str) -> Document:
        """Raises KeyError when there is no such publication."""
        return self._asker.documents[document_id]

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        language: Language | None = None,
        on_stage: Callable[[str], None] | None = None,
    ) -> Answer:
        """`history` is the earlier questions, oldest first; no `documents` means all of them."""
        return self._asker.ask(question, history, documents, language, on_stage)

    def search(self, query: str, k: int = 10, documents: Sequence[str] = ()) -> Sequence[Hit]:
        """Passages and notes for a query, best first."""
        return self._asker.search(query, k, documents)

    def suggestions(
        self,
        language: Language,
        documents: Sequence[str] = (),
        on_stage: Callable[[str], None] | None = None,
    ) -> Sequence[str]:
        """At most three questions that the publications answer. KeyError for one that is not there."""
        named = [self.document(document_id) for document_id in documents]
        return suggest(
            named or self.documents(),
            language,
            lambda question: self.ask(question, documents=documents, on_stage=on_stage).answered,
        )


def open_library(config: Config) -> Library:
    """Raises FileNotFoundError, IndexDamagedError or ModelError, each with the cure."""
    return Library(open_index(config))


def library_opener(config: Config) -> Callable[[], Library]:
    """Opens the current index at each call, always with the one model loaded at the first."""
    embedder = cache(lambda: _embedder(config, threads=1))
    return lambda: Library(_open_index(config, embedder))


def open_index(config: Config) -> PassageIndex:
    """The index alone, with the model and the dictionaries warm. Raises what `open_library` raises."""
    return _open_index(config, lambda: _embedder(config, threads=1))


def _open_index(config: Config, embedder: Callable[[], Embedder]) -> PassageIndex:
    store.current(config.index_dir)  # without an index no model need be made
    index = PassageIndex.open(config.index_dir, embedder())
    language_of("預熱")
    index.rank(index.read("預熱 warming up"))
    return index


def build_index(
    config: Config, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> build.BuildReport:
    """Read the corpus and bring the index up to date; only changed text is embedded."""
    folder = corpus_folder(config)
    documents = read_corpus(folder)
    groups = load_glossary(folder / GLOSSARY) or load_glossary(folder.parent / GLOSSARY)
    return build.build(
        documents, _embedder(config, config.encoder_threads), config.index_dir, groups, on_progress
    )


def corpus_folder(config: Config) -> Path:
    """The configured folder of publications, or the one that ships."""
    return config.corpus_dir or Path(corpus.__file__).parent / "texts"


def _embedder(config: Config, threads: int) -> Embedder:
    return open_embedder(config.embedding_model, config.model_dir, threads)
