"""Which channels of an encoder's inputs are found to outlie, and by how much."""

from __future__ import annotations

import numpy as np

from index.smoothing import smoothing_factors
from tests.tiny_encoder import SHAPE, tiny_encoder

TEXTS = ([0, 5, 9, 14, 2], [0, 30, 2])


def test_every_layer_has_a_factor_a_channel_for_both_normed_inputs() -> None:
    model = tiny_encoder()
    factors = smoothing_factors(model, model.word_embeddings, TEXTS)
    assert list(factors) == ["l0.q", "l0.fi", "l1.q", "l1.fi"]
    assert all(factor.shape == (SHAPE.hidden,) for factor in factors.values())


def test_outlying_channel_has_the_largest_factor() -> None:
    model = tiny_encoder(outlying_channel=11)
    for name, factor in smoothing_factors(model, model.word_embeddings, TEXTS).items():
        assert int(factor.argmax()) == 11, name
        assert factor[11] > 3 * np.median(factor), name


def test_factors_are_roots_of_powers_of_two() -> None:
    model = tiny_encoder()
    for factor in smoothing_factors(model, model.word_embeddings, TEXTS).values():
        exponents = np.log2(factor) * 2
        np.testing.assert_allclose(exponents, np.rint(exponents), atol=1e-5)


def test_more_text_never_lowers_a_factor() -> None:
    model = tiny_encoder()
    fewer = smoothing_factors(model, model.word_embeddings, TEXTS[:1])
    more = smoothing_factors(model, model.word_embeddings, TEXTS)
    assert all((more[name] >= fewer[name]).all() for name in fewer)
