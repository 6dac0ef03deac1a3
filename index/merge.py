"""Passages in the question's script and in the other -> scores on one scale.

Two languages share fewer words and lower cosines, so that the right passage in the other language
scores below idle ones in the asker's own. What each script's candidates score is mostly what any passage
of it would; so the other's scores are moved until the means of both agree, and stretched by the root of
the ratio of their spreads. All of that ratio, which is merging by Z-scores (Savoy, Combining Multiple
Strategies for Effective Monolingual and Cross-Language Retrieval, 2004), would make the best of both
languages equals whatever they say.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST = 5
"""Of fewer candidates in a script, what they have in common is not known."""
STRETCH = 0.5
LEAST_SPREAD = 0.05

Scores = NDArray[np.floating[Any]]


def on_one_scale(scores: Scores, foreign: NDArray[np.bool_]) -> Scores:
    """The `scores` (n,) of candidates, those of `foreign` ones put on the scale of the others.

    They stay as they are where either kind has fewer than FEWEST.
    """
    own, other = scores[~foreign], scores[foreign]
    if min(len(own), len(other)) < FEWEST:
        return scores
    ratio = max(float(own.std()), LEAST_SPREAD) / max(float(other.std()), LEAST_SPREAD)
    moved = own.mean() + (other - other.mean()) * ratio**STRETCH
    found = scores.copy()
    found[foreign] = moved
    return found


def best_of_each(scores: Scores, one: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """The places in `scores` (n,) of the `count` best of `one` kind and of the `count` best of the
    rest, best first."""
    kept = [_best(scores, np.flatnonzero(kind), count) for kind in (one, ~one)]
    places = np.sort(np.concatenate(kept))
    return places[np.argsort(-scores[places], kind="stable")]


def _best(scores: Scores, places: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    if len(places) <= count:
        return places
    return places[np.argpartition(-scores[places], count - 1)[:count]]
