"""Terms -> BM25 scores, divided by their upper bound so that 0 means nothing and 1 all of it.

The scores are those of the `bm25s` library (its "lucene" variant, whose term score stays below
the term's idf), which computes them when an index is built; a search reads its arrays. This is the only module that imports it.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.query import Concept

Postings = tuple[NDArray[np.int32], NDArray[np.float32]]

K1 = 0.9
B = 0.4
"""k1 and b of Robertson and Zaragoza (2009); the values of Lin et al.'s Anserini baselines."""


_ARRAYS = ("indptr", "indices", "data")
"""A sparse matrix of scores by columns, a column a term: where each begins, its rows, its scores."""
_VOCABULARY = "vocab.index.json"


class TermIndex:
    """BM25 over the term lists of `count` chunks; `vocabulary` numbers the columns of `_ARRAYS`."""

    def __init__(
        self, count: int, vocabulary: Mapping[str, int], arrays: Mapping[str, NDArray[Any]]
    ) -> None:
        self.count = count
        self._numbers = vocabulary
        self._arrays = arrays

    @classmethod
    def build(cls, term_lists: Sequence[Sequence[str]]) -> TermIndex:
        """`term_lists[i]` holds the terms of chunk i, repeated as they occur."""
        terms = sorted({term for terms in term_lists for term in terms})
        if not terms:
            return cls(len(term_lists), {}, {})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bm25s probes for numba and jax
            import bm25s  # here, because serving needs none of it, nor SciPy under it
        vocabulary = {term: number for number, term in enumerate(terms)}
        ids = [[vocabulary[term] for term in terms] for terms in term_lists]
        retriever = bm25s.BM25(method="lucene", k1=K1, b=B)
        retriever.index((ids, dict(vocabulary)), show_progress=False)
        arrays = {name: retriever.scores[name] for name in _ARRAYS}
        return cls(len(term_lists), vocabulary, arrays)

    def save(self, folder: Path) -> None:
        """Write plain arrays and a JSON vocabulary into `folder`, which must exist; nothing where there are no terms."""
        if not self._numbers:
            return
        for name, array in self._arrays.items():
            np.save(folder / f"{name}.csc.index.npy", array)
        (folder / _VOCABULARY).write_text(json.dumps(self._numbers, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, count: int) -> TermIndex:
        """Read what `save` wrote for `count` chunks; no object in it is unpickled."""
        if not (folder / _VOCABULARY).exists():
            return cls(count, {}, {})
        arrays = {
            name: np.load(folder / f"{name}.csc.index.npy", allow_pickle=False) for name in _ARRAYS
        }
        return cls(count, json.loads((folder / _VOCABULARY).read_text("utf-8")), arrays)

    def __contains__(self, term: str) -> bool:
        return bool(term) and term in self._numbers

    @property
    def vocabulary(self) -> Collection[str]:
        """Every term that some chunk has."""
        return self._numbers.keys() - {""}

    def document_frequency(self, term: str) -> int:
        """In how many chunks the term stands."""
        if term not in self:
            return 0
        number = self._numbers[term]
        starts = self._arrays["indptr"]
        return int(starts[number + 1] - starts[number])

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
        number = self._numbers[term]
        starts, rows, scores = (self._arrays[name] for name in _ARRAYS)
        entries = slice(starts[number], starts[number + 1])
        return rows[entries], scores[entries]
