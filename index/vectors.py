"""Vectors -> nearest rows by cosine. The only module that imports faiss.

Up to `EXACT_UP_TO` rows the index is exact; above, it is an inverted file over byte codes, whose
recall, time and memory docs/performance.md states. Another engine takes FAISS's place by offering
the same four methods: `build`, `search`, `rows` and the pair `save`/`load`.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Kind = Literal["exact", "inverted"]

EXACT_UP_TO = 50_000
"""Rows searched one by one: 4 ms of one core and 77 MB at 384 dimensions."""
PROBED = 1 / 16
"""The share of its lists that an inverted file reads for a question."""
TRAINED_PER_LIST = 64
_ROUNDS = 10
_SEED = 1234
_BLOCK = 65_536


def kind_for(count: int) -> Kind:
    """The kind of index for `count` rows."""
    return "exact" if count <= EXACT_UP_TO else "inverted"


def list_count(count: int) -> int:
    """Lists of an inverted file over `count` rows: the power of two nearest to 4 √n, FAISS's own advice."""
    return int(2 ** round(math.log2(4 * math.sqrt(max(count, 1)))))


class VectorIndex:
    """Inner-product search over n unit vectors."""

    def __init__(self, faiss_index: Any) -> None:
        self._index = faiss_index

    @classmethod
    def build(cls, vectors: Vectors, kind: Kind | None = None) -> VectorIndex:
        """`vectors` has shape (n, d), rows of unit length; the kind follows from n where none is given.

        The same rows give the same index, however many threads the machine has.
        """
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        with _one_thread():
            if (kind or kind_for(len(rows))) == "inverted":
                return cls(_inverted(rows))
            index = _library().IndexFlatIP(rows.shape[1])
            index.add(rows)
            return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """The k nearest rows to one query vector of shape (d,), with their cosines, best first.

        Fewer than k where the lists that an inverted file reads hold no more.
        """
        k = min(k, len(self))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores, rows = self._index.search(np.ascontiguousarray(query[None, :], np.float32), k)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def rows(self, numbers: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The stored vectors of the given rows, shape (len(numbers), d); an inverted file keeps a byte for each component."""
        if not len(numbers):
            return np.empty((0, self._index.d), np.float32)
        found: Vectors = self._index.reconstruct_batch(np.asarray(numbers, np.int64))
        return found

    def save(self, path: Path) -> None:
        """Write the index to one file, in FAISS's own format."""
        path.write_bytes(_library().serialize_index(self._index))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read what `save` wrote. Raises RuntimeError when FAISS cannot, ValueError when the file is empty."""
        return cls(_library().deserialize_index(np.memmap(path, np.uint8, "r")))


def _inverted(vectors: Vectors) -> Any:
    """Byte codes in lists by nearest centroid. k-means sees a sample drawn evenly over the rows."""
    faiss = _library()
    lists = list_count(len(vectors))
    centroids = faiss.IndexFlatIP(vectors.shape[1])
    index = faiss.IndexIVFScalarQuantizer(
        centroids,
        vectors.shape[1],
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.seed, index.cp.niter, index.cp.spherical = _SEED, _ROUNDS, True
    index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, TRAINED_PER_LIST
    sample = np.linspace(0, len(vectors) - 1, min(len(vectors), TRAINED_PER_LIST * lists))
    index.train(vectors[sample.astype(np.int64)])
    for start in range(0, len(vectors), _BLOCK):
        index.add(vectors[start : start + _BLOCK])
    index.nprobe = max(1, round(PROBED * lists))
    index.make_direct_map()
    return index


@contextmanager
def _one_thread() -> Iterator[None]:
    """Sums come out the same whatever OMP_NUM_THREADS says."""
    faiss = _library()
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SWIG types without __module__
        import faiss
    return faiss
