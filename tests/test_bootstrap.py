from __future__ import annotations

import numpy as np
import pytest

from benchmarks.bootstrap import paired_bootstrap


def test_equal_outcomes_differ_by_nothing_and_are_not_significant() -> None:
    outcomes = [1.0, 0.0, 1.0, 1.0]
    difference = paired_bootstrap(outcomes, outcomes)
    assert (difference.mean, difference.low, difference.high, difference.p) == (0, 0, 0, 1)
    assert not difference.significant


def test_the_interval_is_that_of_the_normal_approximation() -> None:
    random = np.random.default_rng(1)
    one = random.integers(0, 2, 400).astype(float)
    other = np.where(random.random(400) < 0.2, 1.0, one)
    gains = other - one
    error = gains.std() / np.sqrt(len(gains))
    difference = paired_bootstrap(list(one), list(other))
    assert difference.mean == pytest.approx(gains.mean())
    assert difference.low == pytest.approx(gains.mean() - 1.96 * error, abs=0.004)
    assert difference.high == pytest.approx(gains.mean() + 1.96 * error, abs=0.004)


def test_p_is_that_of_the_sign_test_where_few_questions_differ() -> None:
    one, other = [0.0] * 100, [1.0] * 4 + [0.0] * 96
    # no gain at all where none of four questions in a hundred is drawn: (1 - 4/100)^100 = .0169
    assert paired_bootstrap(one, other).p == pytest.approx(2 * 0.96**100, abs=0.006)


def test_a_loss_is_the_gain_seen_from_the_other_side() -> None:
    one, other = [0.0] * 50 + [1.0] * 50, [0.0] * 40 + [1.0] * 60
    gain, loss = paired_bootstrap(one, other), paired_bootstrap(other, one)
    assert (loss.mean, loss.p) == (-gain.mean, gain.p)
    assert (loss.low, loss.high) == pytest.approx((-gain.high, -gain.low))
    assert gain.significant
    assert gain.low > 0


def test_pairing_tells_what_two_separate_means_would_not() -> None:
    random = np.random.default_rng(2)
    one = random.normal(0, 10, 200)
    assert paired_bootstrap(list(one), list(one + 0.1)).p < 0.001
    assert paired_bootstrap(list(one), list(random.permutation(one) + 0.1)).p > 0.1


def test_the_seed_fixes_the_figures() -> None:
    one, other = [0.1, 0.9, 0.3, 0.7, 0.5], [0.8, 0.95, 0.33, 0.21, 0.6]
    assert paired_bootstrap(one, other) == paired_bootstrap(one, other)
    assert paired_bootstrap(one, other) != paired_bootstrap(one, other, seed=7)


def test_p_is_never_smaller_than_the_resamples_can_tell() -> None:
    assert paired_bootstrap([0.0] * 30, [1.0] * 30, resamples=999).p == pytest.approx(2 / 1000)


@pytest.mark.parametrize(("one", "other"), [([], []), ([1.0], [1.0, 0.0])])
def test_outcomes_that_cannot_be_paired_are_refused(one: list[float], other: list[float]) -> None:
    with pytest.raises(ValueError, match="equally long"):
        paired_bootstrap(one, other)
