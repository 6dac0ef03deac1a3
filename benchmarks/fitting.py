"""Gold questions that a fit may use, and a logistic regression over rows of features. Serves the benchmarks that fit weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.search import PassageIndex
from service.gold import GoldRow, read_gold

Rows = NDArray[np.float64]


def decided_here(path: Path, index: PassageIndex) -> list[GoldRow]:
    """The questions of a gold file that ranking and refusal decide, over this index."""
    known = {document.id for document in index.documents}
    return [
        row
        for row in read_gold(path)
        if not row.turns
        and row.kind not in ("footnote", "source")
        and (row.document or next(iter(known))) in known
    ]


def logistic(
    positive: Rows,
    negative: Rows,
    ridge: float,
    standardise: bool = True,
    shares: tuple[Rows, Rows] | None = None,
) -> tuple[Rows, float]:
    """Weights (f,) and intercept of a logistic regression with a ridge, by Newton's method.

    The two classes weigh alike, whatever their counts, and within a class every row unless
    `shares` says otherwise; the ridge acts on standardised features unless told otherwise, and never on
    the intercept.
    """
    rows = np.concatenate([positive, negative])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    if not standardise:
        mean, spread = np.zeros_like(mean), np.ones_like(spread)
    design = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    label = np.concatenate([np.ones(len(positive)), np.zeros(len(negative))])
    each = shares or (np.ones(len(positive)), np.ones(len(negative)))
    weight = np.concatenate([0.5 * share / share.sum() for share in each])
    penalty = ridge * np.diag([*np.ones(rows.shape[1]), 0.0])
    fitted = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ fitted))
        gradient = design.T @ (weight * (chance - label)) + penalty @ fitted
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design + penalty
        fitted -= np.linalg.solve(curvature, gradient)
    weights = fitted[:-1] / spread
    return weights, float(fitted[-1] - weights @ mean)
