"""Own-mean centring: what is common to all vectors of a language is taken out before a cosine.

Multilingual encoders put each language in a narrow cone of its own, so that plain cosine prefers
the asker's language and one threshold cannot serve two. Subtracting, from a question, the mean of
questions in its language and, from a passage, the mean of passages in its language removes the cone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Script = Literal["han", "latin"]
SCRIPTS: tuple[Script, ...] = ("han", "latin")
_LETTERS = np.asarray([chr(code).isalpha() for code in range(128)])
LETTERS_A_CHARACTER = 4
"""Latin letters that say as much as a Han character."""
PRIOR_COUNT = 8
"""How many vectors' worth the mean over both languages weighs in a language's own mean."""


def script_of(text: str) -> Script:
    """Whether a text is mostly Chinese or mostly in Latin letters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    han = np.count_nonzero((codes >= 0x3400) & (codes <= 0x9FFF))
    latin = np.count_nonzero(_LETTERS[codes[codes < len(_LETTERS)]])
    return "han" if han * LETTERS_A_CHARACTER >= latin and han else "latin"


def means(vectors: Vectors, scripts: Sequence[Script]) -> dict[Script, Vectors]:
    """The mean vector of each script's rows, drawn towards the common mean where rows are few."""
    if not len(vectors):
        return {}
    common = vectors.mean(axis=0)
    labels = np.asarray(scripts)
    found: dict[Script, Vectors] = {}
    for script in SCRIPTS:
        rows = vectors[labels == script]
        total = rows.sum(axis=0) + PRIOR_COUNT * common
        found[script] = (total / (len(rows) + PRIOR_COUNT)).astype(np.float32)
    return found


def centre(
    vectors: Vectors, scripts: Sequence[Script], mean_of: Mapping[Script, Vectors]
) -> Vectors:
    """Unit vectors of shape (n, d) with their script's mean subtracted; zero rows stay zero."""
    if not len(vectors) or not mean_of:
        return vectors
    moved = vectors - np.stack([mean_of[s] for s in scripts])
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(length, 1e-9), dtype=np.float32)
