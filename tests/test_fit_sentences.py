from __future__ import annotations

import numpy as np
import pytest

from benchmarks.fit_sentences import Lists, first_right, fit


def lists(count: int, noise: float) -> Lists:
    """Questions of four sentences each; the first feature tells the right one, the second nothing."""
    rng = np.random.default_rng(0)
    right = np.zeros(4 * count)
    right[rng.integers(0, 4, count) + 4 * np.arange(count)] = 1
    rows = np.column_stack([right + noise * rng.normal(size=4 * count), rng.normal(size=4 * count)])
    return Lists(rows, right, np.arange(0, 4 * count + 1, 4))


def test_feature_that_tells_the_answer_gets_the_weight() -> None:
    telling, idle = fit(lists(200, noise=0.5))
    assert telling > 1
    assert abs(idle) < 0.2 * telling


def test_fitted_weights_put_the_answer_first() -> None:
    given = lists(200, noise=0.1)
    assert first_right(given, fit(given)) == pytest.approx(1)
    assert first_right(given, np.array([-1.0, 0.0])) == 0


def test_greater_ridge_gives_smaller_weights() -> None:
    given = lists(50, noise=0.5)
    assert np.linalg.norm(fit(given, ridge=1.0)) < np.linalg.norm(fit(given, ridge=0.001))
