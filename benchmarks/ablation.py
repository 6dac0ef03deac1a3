"""One question over one index -> the rank of the right paragraph under every variant of the passage score. Serves `benchmarks.retrieval`.

A variant leaves steps out of the score that `index.search` gives a passage and keeps the rest,
weights included. Nothing is cut off before it is scored, so that a variant is not helped by
candidates which another step found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.directions import Searchable
from benchmarks.public_sets import PublicQuestion
from index.centre import script_of
from index.chunk import Chunk
from index.maxsim import best_matches, restore, token_cosines, weighted_mean
from index.merge import best_of_each, on_one_scale
from index.query import Lexicon, QueryReader
from index.reuse import EmbeddingCache
from index.search import (
    LEXICAL_WEIGHT,
    MAXSIM_WEIGHT,
    RERANKED,
    SENTENCE_WEIGHT,
    Question,
)
from index.segment import fold_script

Vectors = NDArray[np.float32]
Words = Literal["none", "terms", "concepts", "equivalents"]


@dataclass(frozen=True, slots=True)
class Variant:
    """Which steps score a passage; `dense` is the cosine of the whole passage. `words` grows from none over the question's own terms and its
    concepts with their short and regional forms to the glossary's and the dictionary's equivalents.
    `each_script` and `one_scale` (`index/merge.py`) matter where an index holds both."""

    name: str
    centred: bool = True
    dense: bool = False
    words: Words = "equivalents"
    sentence: bool = True
    maxsim: bool = True
    each_script: bool = True
    one_scale: bool = True


LADDER = (
    Variant(
        "passage cosine", centred=False, dense=True, words="none", sentence=False, maxsim=False
    ),
    Variant("+ own-mean centring", dense=True, words="none", sentence=False, maxsim=False),
    Variant("best sentence in its place", words="none", maxsim=False),
    Variant("+ BM25 of the terms", words="terms", maxsim=False),
    Variant(f"+ MaxSim of the first {RERANKED}", words="terms"),
    Variant("+ concepts, short forms", words="concepts"),
    Variant("+ glossary, dictionary"),
)
WITHOUT = (
    Variant("without centring", centred=False),
    Variant("without BM25", words="none"),
    Variant("without best sentence", sentence=False),
    Variant("without MaxSim", maxsim=False),
)


@dataclass(frozen=True, slots=True)
class _Space:
    """Vectors of all passages (p, d), of all sentences (s, d) and of each passage's tokens, in one
    space; `passage_of` (s,) is each sentence's passage."""

    passages: Vectors
    sentences: Vectors
    passage_of: NDArray[np.int64]
    tokens: tuple[NDArray[np.int8], ...]


class _Asked:
    """A question in one space: the passages' cosines and those of their best sentences, (p,) each."""

    def __init__(
        self, space: _Space, vector: Vectors, tokens: Vectors, token_weights: Vectors
    ) -> None:
        self.dense = space.passages @ vector
        best = np.full(len(space.passages), -np.inf, np.float32)
        np.maximum.at(best, space.passage_of, space.sentences @ vector)
        self.sentence = np.where(np.isinf(best), 0, best)
        self._space, self._tokens, self._token_weights = space, tokens, token_weights
        self._maxsim: dict[int, float] = {}

    def maxsim(self, row: int) -> float:
        if row not in self._maxsim:
            cosines = token_cosines(self._tokens, restore(self._space.tokens[row]))
            self._maxsim[row] = weighted_mean(best_matches(cosines), self._token_weights)
        return self._maxsim[row]


def _holds(passage: Chunk, question: PublicQuestion) -> bool:
    return passage.document_id == question.document_id and passage.span.overlaps(question.paragraph)


class PassageScores:
    """Every step's score of every passage of an index."""

    def __init__(self, searched: Searchable) -> None:
        self._searched = searched
        stored = searched.stored
        self._passage_of = np.asarray([s.passage for s in stored.sentences], np.int64)
        scripts = [script_of(passage.text) for passage in stored.passages]
        self._latin = np.asarray([script == "latin" for script in scripts], bool)
        self._plain_reader = QueryReader(Lexicon(), stored.passage_terms.vocabulary)
        self._centred = _Space(
            stored.passage_vectors.rows(range(len(stored.passages))),
            stored.sentence_vectors.rows(range(len(stored.sentences))),
            self._passage_of,
            tuple(
                stored.tokens.vectors[a:b]
                for a, b in zip(stored.tokens.starts, stored.tokens.starts[1:], strict=False)
            ),
        )
        self._uncentred = self._encoder_space()

    def ranks(
        self,
        question: PublicQuestion,
        variants: Sequence[Variant],
        without: PublicQuestion | None = None,
    ) -> list[int]:
        """The rank of the question's paragraph under each variant, counted in paragraphs from 1, as if the
        paragraph of the question `without` were not there."""
        passages = self._searched.stored.passages
        kept = [
            row
            for row, passage in enumerate(passages)
            if without is None or not _holds(passage, without)
        ]
        orders = self.orders(question.text, variants, np.asarray(kept, np.int64))
        return [
            self._searched.rank_of((passages[row] for row in order), question) for order in orders
        ]

    def orders(
        self, text: str, variants: Sequence[Variant], rows: NDArray[np.int64] | None = None
    ) -> list[NDArray[np.int64]]:
        """The `rows` of passages, or all of them, under each variant, best first."""
        rows = np.arange(len(self._latin)) if rows is None else rows
        read = self._searched.index.read(text)
        lexical = self._lexical(read)
        asked = {True: _Asked(self._centred, read.vector, read.tokens, read.token_weights)}
        if any(not v.centred for v in variants):
            encoded = self._searched.embedder.encode([fold_script(text)], "query")
            tokens = encoded.tokens[0]
            asked[False] = _Asked(
                self._uncentred, encoded.vectors[0], tokens.vectors, tokens.weights
            )
        foreign = self._latin != (read.script == "latin")
        return [self._order(v, rows, asked[v.centred], lexical, foreign) for v in variants]

    def _order(
        self,
        variant: Variant,
        rows: NDArray[np.int64],
        asked: _Asked,
        lexical: dict[Words, Vectors],
        foreign: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        first = LEXICAL_WEIGHT * lexical[variant.words]
        if variant.dense:
            first = first + asked.dense
        if variant.sentence:
            first = first + SENTENCE_WEIGHT * asked.sentence
        order = rows[np.argsort(-first[rows], kind="stable")]
        if not variant.maxsim:
            return order
        top = order[:RERANKED]
        if variant.each_script:
            top = rows[best_of_each(first[rows], self._latin[rows], RERANKED)]
        final = np.asarray([first[row] + MAXSIM_WEIGHT * asked.maxsim(row) for row in top])
        if variant.one_scale:
            final = on_one_scale(final, foreign[top])
        rest = order[~np.isin(order, top)]
        return np.concatenate([top[np.argsort(-final, kind="stable")], rest])

    def _lexical(self, read: Question) -> dict[Words, Vectors]:
        bm25 = self._searched.stored.passage_terms
        return {
            "none": np.zeros(bm25.count, np.float32),
            "terms": bm25.scores(read.terms, ()),
            "concepts": bm25.scores(read.terms, self._plain_reader.concepts(read.text)),
            "equivalents": bm25.scores(read.terms, read.concepts),
        }

    def _encoder_space(self) -> _Space:
        """What the encoder gave before any mean was taken out; the index keeps it for its next build."""
        stored = self._searched.stored
        text_of = {d.id: d.text for d in stored.documents}
        texts = [
            s.span.of(text_of[stored.passages[s.passage].document_id]) for s in stored.sentences
        ]
        cache = EmbeddingCache(self._searched.embedder, self._searched.folder)
        passages = cache.embed([p.text for p in stored.passages], "passage", with_tokens=True)
        sentences = cache.embed(texts, "passage")
        return _Space(
            np.stack([row.vector for row in passages]),
            np.stack([row.vector for row in sentences]),
            self._passage_of,
            tuple(row.tokens for row in passages),
        )
