"""Calibrate refusal on the development questions, and print the [calibration] weights.

    python -m benchmarks.calibrate tests/quality/dev.jsonl

A logistic regression with a ridge over the public log-odds (`benchmarks/fit.py`) and the features that
say whether the very thing asked for is missing. Questions about notes and follow-ups are left
out: they do not pass through this decision alone. The threshold printed keeps 95% of the answerable.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fit import logistic
from index.search import PassageIndex
from service.config import load_config
from service.evaluate import read_gold
from service.features import CALIBRATION_FEATURES, calibration_features
from service.kinds import question_kind
from service.library import open_index
from service.select import public_logit, score

RIDGE = 0.004
KEPT = 0.95


def main() -> None:
    """Calibrate and print; see the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    rows = [
        r
        for r in read_gold(parser.parse_args().gold)
        if not r.get("turns") and r["kind"] != "footnote"
    ]
    index = open_index(load_config())
    features = np.asarray([_features(index, row) for row in rows])
    label = np.asarray([bool(row["answerable"]) for row in rows])
    weights, intercept = logistic(features[label], features[~label], RIDGE, standardise=False)
    chance = 1 / (1 + np.exp(-(features @ weights + intercept)))
    threshold = float(np.quantile(chance[label], 1 - KEPT))
    print(f"threshold = {threshold:.2f}\n\n[calibration]\nintercept = {intercept:.2f}")
    for name, weight in zip(("logit", *CALIBRATION_FEATURES), weights, strict=True):
        print(f"{name} = {weight:.2f}")
    for row, value in sorted(zip(rows, chance, strict=True), key=lambda pair: pair[1]):
        print(
            f"# {value:.2f} {'answerable' if row['answerable'] else row.get('domain')}: {row['question']}"
        )


def _features(index: PassageIndex, row: Mapping[str, Any]) -> list[float]:
    ranking = index.rank(index.read(row["question"]))
    kind = question_kind(row["question"])
    scored = sorted(
        ((score(hit, kind), hit) for hit in ranking.sentences), key=lambda pair: -pair[0]
    )
    best_score, best = scored[0]
    runner_up = next((s for s, hit in scored[1:] if hit.passage is not best.passage), 0.0)
    logit = public_logit(best, best_score, runner_up, ranking, kind)
    return [logit, *calibration_features(best, ranking, kind)]


if __name__ == "__main__":
    main()
