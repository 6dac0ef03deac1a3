"""Documents -> an index on disk: chunk, segment, embed, centre, write.

`build(documents, embedder, root)` embeds only text that the index under `root` does not hold
already, and writes the same bytes for the same documents and embedder.
"""

from __future__ import annotations

import fcntl
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index import store
from index.bm25 import TermIndex
from index.centre import Script, centre, means, script_of
from index.chunk import Chunk, chunk_document, states
from index.dictionary import Pair, Substrings, packaged_dictionary
from index.embed import Embedder
from index.glossary import Group, equivalents, extract
from index.maxsim import quantise, restore
from index.query import Lexicon
from index.reuse import EmbeddingCache, Row
from index.segment import fold, words
from index.spelling_out import index_terms
from index.store import Manifest, Means, SentenceRow, Stored, Tokens
from index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build wrote, and how many texts it had to embed."""

    manifest: Manifest
    embedded: int
    reused: int


def build(
    documents: Sequence[Document],
    embedder: Embedder,
    root: Path,
    groups: Iterable[Group] = (),
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> BuildReport:
    """Index `documents` under `root`; `groups` are equivalent names beside those the texts give.

    `on_progress(done, total)` counts embedded texts. Raises OSError when the disk refuses; the
    index that was there before stays in use.
    """
    with _locked(root):
        cache = EmbeddingCache(embedder, _earlier(root))
        stored = _index(documents, cache, list(groups), embedder.dimension, on_progress)
        manifest = store.write(root, stored, embedder.name, embedder.dimension, cache.save)
    return BuildReport(manifest, cache.embedded, cache.reused)


def index_documents(
    documents: Sequence[Document], embedder: Embedder, groups: Iterable[Group] = ()
) -> Stored:
    """The same index, in memory only."""
    cache = EmbeddingCache(embedder)
    return _index(documents, cache, list(groups), embedder.dimension, lambda done, total: None)


def _index(
    documents: Sequence[Document],
    cache: EmbeddingCache,
    groups: list[Group],
    dimension: int,
    on_progress: Callable[[int, int], None],
) -> Stored:
    documents = sorted(documents, key=lambda d: d.id)
    chunks = [c for d in documents for c in chunk_document(d)]
    passages = [c for c in chunks if c.kind == "passage"]
    notes = [c for c in chunks if c.kind == "note"]
    sentences = list(_sentences(documents, passages))
    text_of = {d.id: d.text for d in documents}
    sentence_texts = [s.span.of(text_of[passages[s.passage].document_id]) for s in sentences]
    questions = _generic_questions()

    done = 0
    total = len(passages) + len(notes) + len(sentence_texts) + len(questions)

    def advance(count: int) -> None:
        nonlocal done
        done += count
        on_progress(done, total)

    passage_texts, note_texts = [c.text for c in passages], [c.text for c in notes]
    passage_rows = cache.embed(passage_texts, "passage", with_tokens=True, on_done=advance)
    note_rows = cache.embed(note_texts, "passage", on_done=advance)
    sentence_rows = cache.embed(sentence_texts, "passage", on_done=advance)
    question_rows = cache.embed(questions, "query", with_tokens=True, on_done=advance)

    mean_of = _means(
        (questions, question_rows),
        (passage_texts, passage_rows),
        (sentence_texts, sentence_rows),
        (note_texts, note_rows),
        dimension,
    )
    passage_terms = TermIndex.build([index_terms(text) for text in passage_texts])
    note_terms = TermIndex.build([index_terms(text) for text in note_texts])
    return Stored(
        documents=tuple(documents),
        passages=tuple(passages),
        notes=tuple(notes),
        sentences=tuple(sentences),
        passage_terms=passage_terms,
        note_terms=note_terms,
        passage_vectors=_vector_index(passage_texts, passage_rows, mean_of.passage, dimension),
        sentence_vectors=_vector_index(sentence_texts, sentence_rows, mean_of.sentence, dimension),
        note_vectors=_vector_index(note_texts, note_rows, mean_of.note, dimension),
        tokens=_tokens(passage_texts, passage_rows, dimension),
        means=mean_of,
        lexicon=build_lexicon(
            documents, groups, [*passage_texts, *note_texts], (passage_terms, note_terms)
        ),
    )


def _sentences(documents: Sequence[Document], passages: Sequence[Chunk]) -> Iterator[SentenceRow]:
    by_id = {d.id: d for d in documents}
    for number, passage in enumerate(passages):
        document = by_id[passage.document_id]
        for sentence in document.sentences_in(passage.span):
            if states(sentence.span.of(document.text)):
                yield SentenceRow(number, sentence.span)


def _means(
    questions: tuple[list[str], list[Row]],
    passages: tuple[list[str], list[Row]],
    sentences: tuple[list[str], list[Row]],
    notes: tuple[list[str], list[Row]],
    dimension: int,
) -> Means:
    def of(texts: list[str], rows: list[Row]) -> dict[Script, NDArray[np.float32]]:
        vectors = _stacked([r.vector for r in rows], dimension)
        return means(vectors, [script_of(t) for t in texts]) or _zeros(dimension)

    tokens = _stacked(list(chain.from_iterable(restore(r.tokens) for r in questions[1])), dimension)
    scripts = [script_of(t) for t, r in zip(*questions, strict=True) for _ in r.tokens]
    return Means(
        question=of(*questions),
        question_token=means(tokens, scripts) or _zeros(dimension),
        passage=of(*passages),
        sentence=of(*sentences),
        note=of(*notes),
    )


def _zeros(dimension: int) -> dict[Script, NDArray[np.float32]]:
    return {script: np.zeros(dimension, np.float32) for script in ("han", "latin")}


def _stacked(vectors: Sequence[NDArray[np.float32]], dimension: int) -> NDArray[np.float32]:
    return np.stack(vectors) if len(vectors) else np.empty((0, dimension), np.float32)


def _vector_index(
    texts: list[str], rows: list[Row], mean_of: dict[Script, NDArray[np.float32]], dimension: int
) -> VectorIndex:
    vectors = _stacked([r.vector for r in rows], dimension)
    return VectorIndex.build(centre(vectors, [script_of(t) for t in texts], mean_of))


def _tokens(texts: list[str], rows: list[Row], dimension: int) -> Tokens:
    """All passages' tokens, centred by the mean token of their script."""
    starts = np.cumsum([0, *(len(r.tokens) for r in rows)]).astype(np.int64)
    script_of_text = map(script_of, texts)
    scripts = [script for script, r in zip(script_of_text, rows, strict=True) for _ in r.tokens]
    vectors = _stacked(list(chain.from_iterable(restore(r.tokens) for r in rows)), dimension)
    spans = np.concatenate([r.spans for r in rows]) if rows else np.empty((0, 2), np.int32)
    return Tokens(quantise(centre(vectors, scripts, means(vectors, scripts))), spans, starts)


def build_lexicon(
    documents: Sequence[Document],
    groups: Sequence[Group],
    texts: Sequence[str],
    indexes: Sequence[TermIndex],
) -> Lexicon:
    """What the texts and `groups` say is equivalent, and the dictionary's part of the corpus's words."""
    own = [group for d in documents for group in extract(d.text)]
    corpus = Substrings(fold("\n".join(texts)))
    dictionary = packaged_dictionary()
    known = frozenset[str]().union(*(index.vocabulary for index in indexes))
    pairs = dictionary.restricted(corpus, known)
    return Lexicon(
        english_words=dictionary.english_words,
        english_nouns=dictionary.english_nouns,
        chinese_verbs=dictionary.chinese_verbs,
        names=dictionary.names,
        glossary=dict(sorted(equivalents([*groups, *own, *dictionary.spellings(corpus)]).items())),
        chinese_of=_chinese_of(pairs, corpus),
        english_of=_english_of(pairs, known),
    )


def _chinese_of(
    pairs: Iterable[Pair], corpus: Substrings
) -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], dict[str, None]] = {}
    for word, gloss, _ in pairs:
        if word in corpus:
            table.setdefault(gloss, {})[word] = None
    return {gloss: tuple(found) for gloss, found in sorted(table.items())}


def _english_of(
    pairs: Iterable[Pair], known: Collection[str]
) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, dict[tuple[str, ...], None]] = {}
    for word, gloss, _ in pairs:
        if all(stem in known for stem in gloss):
            table.setdefault("".join(words(word)), {})[gloss] = None
    return {word: tuple(glosses) for word, glosses in sorted(table.items())}


def _generic_questions() -> list[str]:
    text = resources.files("index").joinpath("generic_questions.toml").read_text("utf-8")
    by_language: dict[str, list[str]] = tomllib.loads(text)
    return [question for questions in by_language.values() for question in questions]


def _earlier(root: Path) -> Path | None:
    """The version in use, when it is whole: embeddings of a damaged one are not to be reused."""
    try:
        folder = store.current(root)
        store.verify(folder)
    except (FileNotFoundError, store.IndexDamagedError):
        return None
    return folder


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """One build at a time under `root`; a second one waits."""
    root.mkdir(parents=True, exist_ok=True)
    with (root.parent / f".{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
