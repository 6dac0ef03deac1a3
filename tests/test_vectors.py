from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import EXACT_UP_TO, Kind, VectorIndex, Vectors, kind_for, list_count


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


@pytest.mark.parametrize(("count", "kind"), [(0, "exact"), (7, "exact"), (400, "inverted")])
def test_loaded_index_finds_what_the_saved_one_did(count: int, kind: Kind, tmp_path: Path) -> None:
    index = VectorIndex.build(unit_rows(count, 4), kind)
    index.save(tmp_path / "rows.faiss")
    loaded = VectorIndex.load(tmp_path / "rows.faiss")
    query = unit_rows(1, 4, 5)[0]
    assert len(loaded) == count
    for ours, theirs in zip(loaded.search(query, 3), index.search(query, 3), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(loaded.rows(range(count)), index.rows(range(count)))


def test_empty_file_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "rows.faiss").touch()
    with pytest.raises(ValueError, match="empty"):
        VectorIndex.load(tmp_path / "rows.faiss")


def test_kind_follows_from_the_number_of_rows() -> None:
    assert [kind_for(n) for n in (0, EXACT_UP_TO, EXACT_UP_TO + 1)] == [
        "exact",
        "exact",
        "inverted",
    ]
    assert [list_count(n) for n in (0, 1_000_000)] == [4, 4096]


def clustered_rows(count: int, seed: int) -> Vectors:
    """Twenty rows, each at a cosine of about .8 to it, around every centre, as sentences of one passage lie."""
    generator = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(count // 20, 32))
    rows = centres[generator.integers(0, len(centres), count)]
    rows += 0.8 * generator.normal(size=rows.shape)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def inverted() -> tuple[Vectors, VectorIndex]:
    vectors = clustered_rows(12_000, 0)
    return vectors, VectorIndex.build(vectors, "inverted")


@pytest.mark.slow
def test_inverted_file_finds_nearly_all_that_exact_search_finds(
    inverted: tuple[Vectors, VectorIndex],
) -> None:
    vectors, index = inverted
    exact = VectorIndex.build(vectors, "exact")
    questions = clustered_rows(100, 1)
    shared = [len({*index.search(q, 10)[0]} & {*exact.search(q, 10)[0]}) for q in questions]
    assert np.mean(shared) >= 9.5


@pytest.mark.slow
def test_inverted_file_gives_its_rows_back_to_a_byte(
    inverted: tuple[Vectors, VectorIndex],
) -> None:
    vectors, index = inverted
    np.testing.assert_allclose(index.rows([11_999, 0]), vectors[[11_999, 0]], atol=2 / 255)


@pytest.mark.parametrize("kind", ["exact", "inverted"])
def test_same_rows_give_the_same_bytes_with_any_number_of_threads(
    kind: Kind, tmp_path: Path
) -> None:
    vectors = clustered_rows(3_000, 0)
    before = faiss.omp_get_max_threads()
    written = []
    for threads in (1, 2):
        faiss.omp_set_num_threads(threads)
        VectorIndex.build(vectors, kind).save(tmp_path / "rows.faiss")
        assert faiss.omp_get_max_threads() == threads
        written.append((tmp_path / "rows.faiss").read_bytes())
    faiss.omp_set_num_threads(before)
    assert written[0] == written[1]
