"""Two systems' outcomes over the same questions -> the difference of their means, with its uncertainty. Serves `benchmarks.retrieval`.

    paired_bootstrap(rights_of_one, rights_of_other) -> Difference(mean=0.021, low=0.009, high=0.034, p=0.0006)

Questions are drawn with replacement, the same for both systems (Efron and Tibshirani, An
Introduction to the Bootstrap, 1993, chapters 13 and 16); the interval is the percentile one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000
SEED = 20_250_101
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of other minus one, its 95% interval, and the two-sided p that the true difference is 0.

    `p` is never below 2 / (resamples + 1): more cannot be told from that many resamples.
    """

    mean: float
    low: float
    high: float
    p: float

    @property
    def significant(self) -> bool:
        """Whether p is below .05."""
        return self.p < 0.05


def paired_bootstrap(
    one: Sequence[float], other: Sequence[float], resamples: int = RESAMPLES, seed: int = SEED
) -> Difference:
    """Compare `other` to `one`, question by question; raises ValueError where they cannot be paired."""
    if len(one) != len(other) or not len(one):
        raise ValueError(f"need two equally long, non-empty lists, got {len(one)} and {len(other)}")
    gains = np.asarray(other, float) - np.asarray(one, float)
    random = np.random.default_rng(seed)
    batches = [
        gains[random.integers(0, len(gains), (min(_BATCH, resamples - done), len(gains)))].mean(
            axis=1
        )
        for done in range(0, resamples, _BATCH)
    ]
    means = np.concatenate(batches)
    beyond = 1 + min(int((means <= 0).sum()), int((means >= 0).sum()))
    low, high = np.percentile(means, [2.5, 97.5])
    return Difference(
        float(gains.mean()), float(low), float(high), min(1.0, 2 * beyond / (resamples + 1))
    )
