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
            total += self._term_scores(term)
            bound += self.idf(term)
        for concept in concepts:
            known = [a for a in concept.equivalents if all(t in self for t in a.terms)]
            if not known:
                continue
            total += np.maximum.reduce([self._phrase_scores(a.terms) * a.weight for a in known])
            bound += max(min(self.idf(t) for t in a.terms) for a in known)
        return total / bound if bound else total

    def _phrase_scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(np.minimum.reduce([self._term_scores(term) for term in terms]))

    def _term_scores(self, term: str) -> NDArray[np.float32]:
        scores = np.zeros(self.count, dtype=np.float32)
        if term in self:
            column = self._retriever.vocab_dict[term]
            matrix = self._retriever.scores
            entries = slice(matrix["indptr"][column], matrix["indptr"][column + 1])
            scores[matrix["indices"][entries]] = matrix["data"][entries]
        return scores
