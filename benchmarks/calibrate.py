"""Calibrate refusal on labelled questions, and print the [calibration] weights.

    python -m benchmarks.calibrate tests/quality/dev.jsonl tests/quality/practice.jsonl

A logistic regression with a ridge over the public log-odds (`benchmarks/fit_answer.py`) and the features that
say whether the very thing asked for is missing. Every file weighs alike, whatever its length. Questions about
notes and follow-ups are left out: they do not pass through this decision alone; so are those about
publications that the index lacks. Within a file the unanswerable weigh as the answerable of their kind do, so
that no kind of question is itself a reason to refuse. The threshold printed keeps 95% of the answerable of
the first file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.fitting import Rows, decided_here, logistic
from index.search import PassageIndex
from service.config import load_config
from service.features import CALIBRATION_FEATURES, calibration_features
from service.gold import GoldRow
from service.kinds import question_kind
from service.library import open_index
from service.select import margin, public_logit, scored_sentences

RIDGE = 0.004
KEPT = 0.95


def main() -> None:
    """Calibrate and print; see the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    index = open_index(load_config())
    files = [decided_here(path, index) for path in parser.parse_args().gold]
    rows = [row for file in files for row in file]
    share = np.concatenate([_shares(file) for file in files])
    features = np.asarray([_features(index, row) for row in rows])
    label = np.asarray([row.answerable for row in rows])
    weights, intercept = logistic(
        features[label],
        features[~label],
        RIDGE,
        standardise=False,
        shares=(share[label], share[~label]),
    )
    chance = 1 / (1 + np.exp(-(features @ weights + intercept)))
    first = np.arange(len(rows)) < len(files[0])
    threshold = float(np.quantile(chance[label & first], 1 - KEPT))
    print(f"threshold = {threshold:.2f}\n\n[calibration]\nintercept = {intercept:.2f}")
    for name, weight in zip(("logit", *CALIBRATION_FEATURES), weights, strict=True):
        print(f"{name} = {weight:.2f}")
    _list(rows, chance)


def _shares(rows: Sequence[GoldRow]) -> Rows:
    """What each row of a file weighs: one in all for the answerable, one for the unanswerable."""
    kinds = [question_kind(row.question) for row in rows]
    label = np.asarray([row.answerable for row in rows])
    answerable = Counter(kind for kind, known in zip(kinds, label, strict=True) if known)
    unanswerable = Counter(kinds) - answerable
    shares = np.asarray(
        [
            1.0 if known else (answerable[kind] + 0.5) / unanswerable[kind]
            for kind, known in zip(kinds, label, strict=True)
        ]
    )
    for value in (True, False):
        shares[label == value] /= shares[label == value].sum()
    return shares


def _list(rows: Sequence[GoldRow], chance: Rows) -> None:
    for row, value in sorted(zip(rows, chance, strict=True), key=lambda pair: pair[1]):
        print(f"# {value:.2f} {'answerable' if row.answerable else row.domain}: {row.question}")


def _features(index: PassageIndex, row: GoldRow) -> list[float]:
    ranking = index.rank(index.read(row.question))
    kind = question_kind(row.question)
    scored = scored_sentences(ranking, kind)
    best = scored[0][1]
    return [public_logit(best, margin(scored)), *calibration_features(best, ranking, kind)]


if __name__ == "__main__":
    main()
