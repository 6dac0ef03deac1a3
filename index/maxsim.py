"""Late interaction: how well each word of a question is met somewhere in a sentence.

MaxSim (Khattab and Zaharia, ColBERT, 2020): for every token of the question the best cosine among
the tokens of the sentence, averaged with the tokens' weights. Tokens are the encoder's own last
layer, centred by language, so a sentence is read in the context of its passage.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
SCALE = 127.0


def quantise(vectors: Vectors) -> NDArray[np.int8]:
    """Unit vectors as int8, each component times 127 over the row's largest, so that only direction is kept."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9) if len(vectors) else 1.0
    return np.asarray(np.rint(vectors / largest * SCALE), dtype=np.int8)


def restore(rows: NDArray[np.int8]) -> Vectors:
    """Unit float vectors from int8 rows."""
    return rows.astype(np.float32) / lengths(rows)[:, None]


def lengths(rows: NDArray[np.int8]) -> Vectors:
    """The length of every row (n,), never 0, so that rows can be divided by it."""
    squares = np.einsum("ij,ij->i", rows, rows, dtype=np.int32)
    return np.asarray(np.maximum(np.sqrt(squares), 1e-9), np.float32)


def token_cosines(question: Vectors, tokens: Vectors) -> Vectors:
    """Cosines of shape (question tokens, passage tokens)."""
    return np.asarray(question @ tokens.T, dtype=np.float32)


def stored_cosines(question: Vectors, rows: NDArray[np.int8], row_lengths: Vectors) -> Vectors:
    """`token_cosines(question, restore(rows))`, with the lengths of the rows known from before."""
    return np.asarray(token_cosines(question, rows.astype(np.float32)) / row_lengths, np.float32)


def best_matches(cosines: Vectors) -> Vectors:
    """The best cosine of every question token; 0 where the passage has no tokens."""
    if cosines.shape[1] == 0:
        return np.zeros(len(cosines), np.float32)
    return np.asarray(cosines.max(axis=1), dtype=np.float32)


def best_in_each(cosines: Vectors, ranges: NDArray[np.int64]) -> Vectors:
    """`best_matches` among the tokens of every range, shape (question tokens, ranges)."""
    return _over_each(np.maximum, cosines, ranges)


def sum_in_each(values: Vectors, ranges: NDArray[np.int64]) -> Vectors:
    """The sums of `values` (m, t) within every half-open range of its columns, shape (m, ranges)."""
    return _over_each(np.add, values, ranges)


def _over_each(operation: np.ufunc, values: Vectors, ranges: NDArray[np.int64]) -> Vectors:
    """An empty range gives 0. `reduceat` takes no index behind the last column, so one is added."""
    if not len(ranges):
        return np.zeros((len(values), 0), np.float32)
    behind = np.zeros((len(values), 1), np.float32)
    reduced = operation.reduceat(np.hstack([values, behind]), ranges.ravel(), axis=1)[:, ::2]
    return np.where(ranges[:, 0] < ranges[:, 1], reduced, np.float32(0))


def weighted_mean(matches: Vectors, weights: Vectors) -> float:
    """The mean of `matches` (t,) by `weights` (t,); 0 where all weights are 0."""
    total = float(weights.sum())
    return float(matches @ weights) / total if total else 0.0


def weighted_means(values: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """The means of the columns of `values` (m, n) by `weights` (m,); 0 where all weights are 0."""
    total = weights.sum()
    means = weights @ values / total if total else np.zeros(values.shape[1])
    return np.asarray(means, values.dtype)


def gist_cosines(
    cosines: Vectors, question: Vectors, weights: Vectors, ranges: NDArray[np.int64], sums: Vectors
) -> Vectors:
    """The cosine of the question's mean token, by `weights`, with the sum of the unit vectors of every
    range, whose length is in `sums`; 0 where either is zero."""
    products = sum_in_each((weights @ cosines)[None, :], ranges)[0]
    bounds = np.linalg.norm(weights @ question) * sums
    found = np.divide(products, bounds, out=np.zeros_like(products), where=bounds > 0)
    return np.asarray(found, np.float32)
