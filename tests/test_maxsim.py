from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.maxsim import (
    Vectors,
    best_matches,
    cosine_of,
    quantise,
    restore,
    token_cosines,
    weighted_mean,
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
    np.testing.assert_allclose(best_matches(cosines, np.array([True, False, False])), [0.6, 0.8])


def test_sentence_without_tokens_meets_nothing() -> None:
    cosines = np.ones((3, 2), np.float32)
    np.testing.assert_array_equal(best_matches(cosines, np.array([False, False])), [0, 0, 0])


def test_rare_tokens_weigh_more() -> None:
    matches = np.array([1, 0], np.float32)
    assert weighted_mean(matches, np.array([3, 1], np.float32)) == pytest.approx(0.75)
    assert weighted_mean(matches, np.zeros(2, np.float32)) == 0
    assert weighted_mean(np.empty(0, np.float32), np.empty(0, np.float32)) == 0


def test_cosine_does_not_depend_on_length_and_is_nothing_for_a_zero_vector() -> None:
    one, other = unit_rows(2, 8, 3)
    assert cosine_of(3 * one, 0.5 * other) == pytest.approx(float(one @ other), abs=1e-6)
    assert cosine_of(one, np.zeros(8, np.float32)) == 0
