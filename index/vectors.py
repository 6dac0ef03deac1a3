"""Vectors -> nearest rows by cosine. The only module that imports faiss.

Another engine takes FAISS's place by offering the same four methods: `build`, `search`,
`rows` and the pair `save`/`load`.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SWIG types without __module__
        import faiss
    return faiss


class VectorIndex:
    """Exact inner-product search over n unit vectors (FAISS flat: right to at least 100,000 rows)."""

    def __init__(self, faiss_index: Any) -> None:
        self._index = faiss_index

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """`vectors` has shape (n, d), rows of unit length."""
        index = _library().IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """The k nearest rows to one query vector of shape (d,), with their cosines, best first."""
        k = min(k, len(self))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores, rows = self._index.search(np.ascontiguousarray(query[None, :], np.float32), k)
        return rows[0], scores[0]

    def rows(self, numbers: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The stored vectors of the given rows, shape (len(numbers), d)."""
        if not len(numbers):
            return np.empty((0, self._index.d), np.float32)
        found: Vectors = self._index.reconstruct_batch(np.asarray(numbers, np.int64))
        return found

    def save(self, path: Path) -> None:
        """Write the index to one file, in FAISS's own format."""
        path.write_bytes(_library().serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read what `save` wrote. Raises RuntimeError when FAISS cannot."""
        return cls(_library().deserialize_index(np.frombuffer(path.read_bytes(), np.uint8)))
