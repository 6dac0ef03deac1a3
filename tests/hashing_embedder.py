"""A stand-in for the model: texts that share character trigrams get near vectors.

No model, no files, the same vectors in every process; for tests that need an index, not a model.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.embed import Encoded, Progress, TextKind, TokenVectors, Vectors

_WORD = re.compile(r"[a-z0-9]+|[^\W\d_a-z]|\d", re.IGNORECASE)


class HashingEmbedder:
    """Words (Latin) and characters (Han) are tokens; a token is a bag of hashed n-grams.

    Like the real tokenizer it knows no character beyond the Basic Multilingual Plane: such a token weighs 0.
    """

    name = "hashing@1"

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension

    def encode(
        self, texts: Sequence[str], kind: TextKind, progress: Progress | None = None
    ) -> Encoded:
        tokens = [self._tokens(text) for text in texts]
        vectors = np.array([self._vector(text) for text in texts], np.float32)
        if progress:
            for _ in texts:
                progress(1)
        return Encoded(vectors.reshape(len(texts), self.dimension), tuple(tokens))

    def _tokens(self, text: str) -> TokenVectors:
        matches = list(_WORD.finditer(text))
        vectors = [self._vector(match.group()) for match in matches]
        return TokenVectors(
            pieces=tuple(match.group() for match in matches),
            spans=np.array([match.span() for match in matches], np.int32).reshape(-1, 2),
            vectors=np.array(vectors, np.float32).reshape(-1, self.dimension),
            weights=np.array([match.group() <= "\uffff" for match in matches], np.float32),
        )

    def _vector(self, text: str) -> Vectors:
        padded = f" {text.lower()} "
        vector = np.zeros(self.dimension, np.float32)
        for size in (1, 2, 3):
            for start in range(len(padded) - size + 1):
                digest = zlib.crc32(padded[start : start + size].encode("utf-8", "surrogatepass"))
                vector[digest % self.dimension] += 1 if digest & 1 << 31 else -1
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-9))
