from __future__ import annotations

import numpy as np

from benchmarks.similar_vectors import closeness, similar
from tests.test_vectors import clustered_rows


def test_generated_rows_are_unit_rows_and_always_the_same() -> None:
    real = clustered_rows(400, 0)
    rows = np.concatenate([*similar(real, 700)])
    assert rows.shape == (700, 32)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(rows, np.concatenate([*similar(real, 700)]))


def test_more_spread_gives_rows_less_alike() -> None:
    real = clustered_rows(400, 0)
    near, far = (
        closeness(np.concatenate([*similar(real, 400, spread)]), real[:50]) for spread in (0.2, 2.0)
    )
    assert near["row_to_nearest"] > far["row_to_nearest"]
    assert near["question_to_first"] > far["question_to_first"]
