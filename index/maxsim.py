"""Late interaction: how well each word of a question is met somewhere in a sentence.

MaxSim (Khattab and Zaharia, ColBERT, 2020): for every token of the question the best cosine among
the tokens of the sentence, averaged with the tokens' weights. Tokens are the encoder's own last
layer, centred by language, so a sentence is read in the context of its passage.
"""

from __future__ import annotations

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
    vectors = rows.astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def token_cosines(question: Vectors, tokens: Vectors) -> Vectors:
    """Cosines of shape (question tokens, passage tokens)."""
    return np.asarray(question @ tokens.T, dtype=np.float32)


def best_matches(cosines: Vectors, keep: NDArray[np.bool_] | None = None) -> Vectors:
    """The best cosine of every question token among the kept passage tokens; 0 where none is kept."""
    columns = cosines if keep is None else cosines[:, keep]
    if columns.shape[1] == 0:
        return np.zeros(len(cosines), np.float32)
    return np.asarray(columns.max(axis=1), dtype=np.float32)


def weighted_mean(matches: Vectors, weights: Vectors) -> float:
    """The mean of `matches` (t,) by `weights` (t,); 0 where all weights are 0."""
    total = float(weights.sum())
    return float(matches @ weights) / total if total else 0.0


def cosine_of(one: Vectors, other: Vectors) -> float:
    """The cosine of two vectors (d,); 0 where either is zero."""
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0
