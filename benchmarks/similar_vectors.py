"""Vectors of real passages, sentences and questions, and as many generated ones like them as are asked for. Serves the benchmarks of size.

A generated vector lies between a real one and one of its ten nearest (0.7 and 0.3), moved by noise with
the covariance of the differences between nearest neighbours, at 0.7 of its size. With that, generated
vectors are as near to each other as real ones are (`closeness`), and a little farther from the real
questions. Uniformly random vectors would be unlike any text: nothing is near to anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.directions import load_sets, open_index, texts_of
from index.embed import open_embedder
from index.vectors import VectorIndex

Vectors = NDArray[np.float32]
OWN, SPREAD, NEIGHBOURS = 0.7, 0.7, 10
BLOCK = 20_000
SEED = 2025


@dataclass(frozen=True, slots=True)
class RealVectors:
    """Distinct unit rows (n, d), centred as in an index: of texts, and of questions over them."""

    texts: Vectors
    questions: Vectors


def real_vectors(data: Path, work: Path, model: Path, every: int = 12) -> RealVectors:
    """Passages and sentences of XQuAD and DRCD and every `every`-th question; kept in `work` for the next time."""
    kept = work / "real_vectors.npz"
    if not kept.exists():
        embedder = open_embedder("bundled", model)
        sets, texts, questions = load_sets(data), list[Vectors](), list[Vectors]()
        for name, of in (("both", ("zh", "en")), ("drcd", ("drcd",))):
            searched = open_index(name, texts_of(sets)[name], embedder, work)
            for index in (searched.stored.passage_vectors, searched.stored.sentence_vectors):
                texts.append(index.rows(range(len(index))))
            asked = [q.text for s in of for q in sets[s].questions[::every]]
            questions += [searched.index.read(text).vector[None] for text in asked]
        np.savez(
            kept,
            texts=np.unique(np.concatenate(texts), axis=0),
            questions=np.concatenate(questions),
        )
    with np.load(kept, allow_pickle=False) as stored:
        return RealVectors(stored["texts"], stored["questions"])


def similar(real: Vectors, count: int, spread: float = SPREAD) -> Iterator[Vectors]:
    """`count` unit rows like `real`, in blocks; the same ones every time. More `spread`, less alike."""
    generator = np.random.default_rng(SEED)
    near = _nearest(real)
    factor = np.linalg.cholesky(np.cov((real - real[near[:, 0]]).T) + 1e-8 * np.eye(real.shape[1]))
    noise = (spread * factor.T).astype(np.float32)
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        own = generator.integers(0, len(real), size)
        other = near[own, generator.integers(0, NEIGHBOURS, size)]
        rows = OWN * real[own] + (1 - OWN) * real[other]
        rows += generator.standard_normal(rows.shape, dtype=np.float32) @ noise
        yield np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def closeness(rows: Vectors, questions: Vectors) -> dict[str, float]:
    """Median cosines: of a row to its nearest other row, and of a question to its first and tenth row."""
    index = VectorIndex.build(rows, "exact")
    own = [index.search(row, 2)[1][1] for row in rows[:: max(1, len(rows) // 500)]]
    asked = np.stack([index.search(q, 10)[1] for q in questions])
    return {
        "row_to_nearest": round(float(np.median(own)), 3),
        "question_to_first": round(float(np.median(asked[:, 0])), 3),
        "question_to_tenth": round(float(np.median(asked[:, 9])), 3),
    }


def _nearest(rows: Vectors) -> NDArray[np.int64]:
    index = VectorIndex.build(rows, "exact")
    return np.stack([index.search(row, NEIGHBOURS + 1)[0][1:] for row in rows])
