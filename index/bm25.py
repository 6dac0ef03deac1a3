"""Terms -> BM25 scores, divided by their upper bound so that 0 means nothing and 1 all of it.

The scores are those of the `bm25s` library (its "lucene" variant, whose term score stays below
the term's idf). This is the only module that imports it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.query import Concept

Postings = tuple[NDArray[np.int32], NDArray[np.float32]]

K1 = 0.9
B = 0.4
"""k1 and b of Robertson and Zaragoza (2009); the values of Lin et al.'s Anserini baselines."""


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bm25s probes for numba and jax
        import bm25s
    return bm25s


class TermIndex:
    """BM25 over the term lists of n chunks."""

    def __init__(self, retriever: Any, count: int) -> None:
        self._retriever = retriever
        self.count = count

    @classmethod
    def build(cls, term_lists: Sequence[Sequence[str]]) -> TermIndex:
        """`term_lists[i]` holds the terms of chunk i, repeated as they occur."""
        if not any(term_lists):
            return cls(None, len(term_lists))
        retriever = _library().BM25(method="lucene", k1=K1, b=B)
        vocabulary = {
            term: i for i, term in enumerate(sorted({t for ts in term_lists for t in ts}))
        }
        ids = [[vocabulary[term] for term in terms] for terms in term_lists]
        retriever.index((ids, vocabulary), show_progress=False)
        return cls(retriever, len(term_lists))

    def save(self, folder: Path) -> None:
        """Write plain arrays and a JSON vocabulary into `folder`, which must exist."""
        if self._retriever is not None:
            self._retriever.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, count: int) -> TermIndex:
        """Read what `save` wrote for `count` chunks; no object in it is unpickled."""
        if not any(folder.glob("*.npy")):
            return cls(None, count)
        return cls(_library().BM25.load(str(folder), load_corpus=False), count)

    def __contains__(self, term: str) -> bool:
        return self._retriever is not None and bool(term) and term in self._retriever.vocab_dict

    @property
    def vocabulary(self) -> Collection[str]:
        """Every term that some chunk has."""
        if self._retriever is None:
            return frozenset()
        return frozenset(self._retriever.vocab_dict) - {
            ""
        }  # bm25s keeps a place for the empty term

    def document_frequency(self, term: str) -> int:
        """In how many chunks the term stands."""
        if term not in self:
            return 0
        column = self._retriever.vocab_dict[term]
        starts = self._retriever.scores["indptr"]
        return int(starts[column + 1] - starts[column])

    def idf(self, term: str) -> float:
        """ln(1 + (N - df + 0.5) / (df + 0.5)), Lucene's; largest for a term no chunk has."""
        frequency = self.document_frequency(term)
        return math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))

    def scores(self, terms: Sequence[str], concepts: Sequence[Concept]) -> NDArray[np.float32]:
        """One score in 0..1 for every chunk: each term counts, and each concept counts through the
        best of its equivalents; unseen terms stay in the bound, so a half-known question scores low."""
        total = np.zeros(self.count, dtype=np.float32)
        bound = 0.0
        for term in dict.fromkeys(terms):
            rows, scores = self._postings(term)
            total[rows] += scores
            bound += self.idf(term)
        best = np.zeros(self.count, dtype=np.float32)
        for concept in concepts:
            known = [e for e in concept.equivalents if e.terms and all(t in self for t in e.terms)]
            if not known:
                continue
            met = [self._phrase_postings(e.terms) for e in known]
            for equivalent, (rows, scores) in zip(known, met, strict=True):
                best[rows] = np.maximum(best[rows], scores * equivalent.weight)
            for rows, _ in met:
                total[rows] += best[rows]
                best[rows] = 0.0  # a row that two equivalents share counts once
            bound += max(min(self.idf(t) for t in e.terms) for e in known)
        return total / bound if bound else total

    def _phrase_postings(self, terms: Sequence[str]) -> Postings:
        """The chunks that have every term, each with its least score among them."""
        rows, scores = self._postings(terms[0])
        for term in terms[1:]:
            others, their_scores = self._postings(term)
            rows, here, there = np.intersect1d(
                rows, others, assume_unique=True, return_indices=True
            )
            scores = np.minimum(scores[here], their_scores[there])
        return rows, scores

    def _postings(self, term: str) -> Postings:
        """The chunks that have a term, each once, with its score; work grows with them and not with n."""
        if term not in self:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        column = self._retriever.vocab_dict[term]
        matrix = self._retriever.scores
        entries = slice(matrix["indptr"][column], matrix["indptr"][column + 1])
        return matrix["indices"][entries], matrix["data"][entries]
