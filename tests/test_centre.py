from __future__ import annotations

import numpy as np
import pytest

from index.centre import Script, centre, means, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("什麼是 TSD？", "han"),
        ("TSD 的 inner core", "latin"),
        ("what is 四方 about", "latin"),
        ("AUKUS 第二支柱", "han"),
        ("what is AUKUS", "latin"),
        ("", "latin"),
        ("2017?", "latin"),
    ],
)
def test_text_is_han_when_its_chinese_says_more(text: str, script: str) -> None:
    assert script_of(text) == script


def test_centring_takes_out_what_a_language_has_in_common() -> None:
    meaning = np.random.default_rng(0).normal(size=(200, 16)).astype(np.float32)
    scripts: list[Script] = ["han", "latin"] * 100
    away = np.array([3 if s == "han" else -3 for s in scripts], np.float32)
    vectors = meaning + away[:, None]
    plain = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = centre(vectors, scripts, means(vectors, scripts))
    assert float((plain[0::2] @ plain[1::2].T).mean()) < -0.8
    assert abs(float((centred[0::2] @ centred[1::2].T).mean())) < 0.08


def test_centred_rows_have_length_one() -> None:
    vectors = np.random.default_rng(1).normal(size=(30, 8)).astype(np.float32)
    scripts: list[Script] = ["latin"] * 30
    centred = centre(vectors, scripts, means(vectors, scripts))
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)


def test_language_with_few_rows_leans_on_the_common_mean() -> None:
    vectors = np.array([[1, 0]] * 100 + [[0, 1]], np.float32)
    scripts: list[Script] = ["han"] * 100
    mean_of = means(vectors, [*scripts, "latin"])
    np.testing.assert_allclose(mean_of["han"], [1, 0], atol=0.01)
    assert mean_of["latin"][0] > mean_of["latin"][1]


def test_one_language_alone_is_centred_for_both() -> None:
    vectors = np.array([[1, 0], [0, 1]], np.float32)
    mean_of = means(vectors, ["han", "han"])
    np.testing.assert_allclose(mean_of["latin"], [0.5, 0.5])


def test_nothing_has_no_mean_and_stays_as_it_is() -> None:
    nothing = np.empty((0, 4), np.float32)
    assert means(nothing, []) == {}
    assert centre(nothing, [], {}) is nothing


def test_row_equal_to_the_mean_becomes_zero_and_not_noise() -> None:
    vectors = np.ones((3, 2), np.float32)
    np.testing.assert_array_equal(
        centre(vectors, ["han"] * 3, {"han": vectors[0]}), np.zeros((3, 2))
    )
