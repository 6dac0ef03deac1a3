from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.maxsim import (
    Vectors,
    best_in_each,
    best_matches,
    gist_cosines,
    lengths,
    quantise,
    restore,
    stored_cosines,
    sum_in_each,
    token_cosines,
    weighted_mean,
    weighted_means,
)


def unit_rows(count: int, dimension: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@given(st.integers(1, 20), st.sampled_from([2, 64, 384]), st.integers(0, 1000))
def test_a_byte_a_component_keeps_the_direction(count: int, dimension: int, seed: int) -> None:
    vectors = unit_rows(count, dimension, seed)
    rows = quantise(vectors)
    assert rows.dtype == np.int8
    np.testing.assert_array_less(0.999, np.sum(restore(rows) * vectors, axis=1))
    np.testing.assert_allclose(np.linalg.norm(restore(rows), axis=1), 1, atol=1e-5)


def test_quantising_again_changes_nothing() -> None:
    rows = quantise(unit_rows(10, 32, 0))
    np.testing.assert_array_equal(quantise(restore(rows)), rows)


def test_zero_and_no_rows_survive() -> None:
    assert quantise(np.empty((0, 4), np.float32)).shape == (0, 4)
    np.testing.assert_array_equal(restore(quantise(np.zeros((2, 4), np.float32))), np.zeros((2, 4)))


def test_every_question_token_takes_its_best_passage_token() -> None:
    question = np.array([[1, 0], [0, 1]], np.float32)
    passage = np.array([[0.6, 0.8], [1, 0], [0, -1]], np.float32)
    cosines = token_cosines(question, passage)
    np.testing.assert_allclose(cosines, [[0.6, 1, 0], [0.8, 0, -1]])
    np.testing.assert_allclose(best_matches(cosines), [1, 0.8])


def test_every_sentence_takes_the_best_of_its_own_tokens() -> None:
    cosines = np.array([[0.6, 1, 0, -0.5], [0.8, 0, -1, -0.2]], np.float32)
    found = best_in_each(cosines, np.array([[0, 1], [1, 3], [3, 4]]))
    np.testing.assert_allclose(found, [[0.6, 1, -0.5], [0.8, 0, -0.2]])


def test_passage_or_sentence_without_tokens_meets_nothing() -> None:
    np.testing.assert_array_equal(best_matches(np.ones((3, 0), np.float32)), [0, 0, 0])
    ranges = np.array([[0, 0], [0, 2], [2, 2]])
    np.testing.assert_array_equal(best_in_each(np.ones((1, 2), np.float32), ranges), [[0, 1, 0]])
    assert best_in_each(np.ones((3, 2), np.float32), np.empty((0, 2), np.int64)).shape == (3, 0)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=8),
    st.integers(1, 6),
)
def test_ranges_with_gaps_give_what_each_gives_alone(
    gaps_and_sizes: list[tuple[int, int]], rows: int
) -> None:
    starts = np.cumsum([gap + size for gap, size in gaps_and_sizes]) - [
        s for _, s in gaps_and_sizes
    ]
    ranges = np.array([(a, a + size) for a, (_, size) in zip(starts, gaps_and_sizes, strict=True)])
    values = unit_rows(rows, int(ranges[-1, 1]) + 1, 5)
    best, sums = best_in_each(values, ranges), sum_in_each(values, ranges)
    for column, (start, end) in enumerate(ranges):
        np.testing.assert_array_equal(best[:, column], best_matches(values[:, start:end]))
        np.testing.assert_allclose(sums[:, column], values[:, start:end].sum(axis=1), atol=1e-5)


def test_cosines_with_stored_rows_are_those_with_the_restored() -> None:
    question, rows = unit_rows(3, 16, 1), quantise(unit_rows(5, 16, 2))
    found = stored_cosines(question, rows, lengths(rows))
    np.testing.assert_allclose(found, token_cosines(question, restore(rows)), atol=1e-6)


def test_rare_tokens_weigh_more() -> None:
    matches = np.array([1, 0], np.float32)
    assert weighted_mean(matches, np.array([3, 1], np.float32)) == pytest.approx(0.75)
    assert weighted_mean(matches, np.zeros(2, np.float32)) == 0
    assert weighted_mean(np.empty(0, np.float32), np.empty(0, np.float32)) == 0


def test_means_of_columns_are_those_of_each_alone() -> None:
    values, weights = unit_rows(4, 3, 6), np.array([1, 2, 0, 4], np.float32)
    alone = [weighted_mean(column, weights) for column in values.T]
    np.testing.assert_allclose(weighted_means(values, weights), alone, atol=1e-6)
    np.testing.assert_array_equal(weighted_means(values, np.zeros(4, np.float32)), [0, 0, 0])
    np.testing.assert_array_equal(weighted_means(values[:0], weights[:0]), [0, 0, 0])


def test_gist_is_the_cosine_of_mean_tokens() -> None:
    question, passage = unit_rows(3, 8, 3), unit_rows(5, 8, 4)
    weights, ranges = np.array([1, 0.5, 2], np.float32), np.array([[0, 2], [2, 2], [2, 5]])
    sums = [passage[start:end].sum(axis=0) for start, end in ranges]
    found = gist_cosines(
        token_cosines(question, passage),
        question,
        weights,
        ranges,
        np.asarray([np.linalg.norm(one) for one in sums], np.float32),
    )
    mean = weights @ question
    expected = [
        mean @ one / (np.linalg.norm(mean) * np.linalg.norm(one)) for one in (sums[0], sums[2])
    ]
    np.testing.assert_allclose(found, [expected[0], 0, expected[1]], atol=1e-6)
