from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import VectorIndex, Vectors


def unit_rows(count: int, dimension: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 99))
def test_nearest_rows_are_those_of_the_largest_cosine(count: int, k: int, seed: int) -> None:
    vectors = unit_rows(count, 8, seed)
    query = unit_rows(1, 8, seed + 1000)[0]
    rows, cosines = VectorIndex.build(vectors).search(query, k)
    assert len(rows) == min(k, count)
    expected = np.sort(vectors @ query)[::-1][:k]
    np.testing.assert_allclose(cosines, expected, atol=1e-6)
    np.testing.assert_allclose(vectors[rows] @ query, expected, atol=1e-6)


def test_rows_are_given_back_as_they_were_stored() -> None:
    vectors = unit_rows(5, 4)
    index = VectorIndex.build(vectors)
    assert len(index) == 5
    np.testing.assert_array_equal(index.rows([3, 0, 3]), vectors[[3, 0, 3]])
    assert index.rows([]).shape == (0, 4)


def test_index_of_nothing_finds_nothing() -> None:
    rows, cosines = VectorIndex.build(np.empty((0, 4), np.float32)).search(unit_rows(1, 4)[0], 3)
    assert rows.tolist() == cosines.tolist() == []


@pytest.mark.parametrize("count", [0, 7])
def test_loaded_index_finds_what_the_saved_one_did(count: int, tmp_path: Path) -> None:
    index = VectorIndex.build(unit_rows(count, 4))
    index.save(tmp_path / "rows.faiss")
    loaded = VectorIndex.load(tmp_path / "rows.faiss")
    query = unit_rows(1, 4, 5)[0]
    assert len(loaded) == count
    for ours, theirs in zip(loaded.search(query, 3), index.search(query, 3), strict=True):
        np.testing.assert_array_equal(ours, theirs)
