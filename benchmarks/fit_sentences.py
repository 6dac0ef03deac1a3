"""Fit the weights that say which sentence answers, and print the [sentence] weights.

    python -m benchmarks.fit_sentences tests/quality/practice.jsonl

A listwise softmax over the ranked sentences of each answerable question, with a ridge on standardised
features (Cao et al., Learning to Rank: From Pairwise Approach to Listwise Approach, 2007). Follow-ups and
questions about notes are left out, as are those about publications that the index lacks.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.fitting import Rows, decided_here
from index.search import PassageIndex
from service.config import load_config
from service.features import SENTENCE_FEATURES, sentence_features
from service.gold import core_sentences
from service.kinds import question_kind
from service.library import open_index

RIDGE = 0.02
PASSAGES = 8
"""Best passages whose sentences compete; the answer is seldom further down."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Feature rows (n, f) of all questions in sequence; question i has rows `starts[i]:starts[i + 1]`,
    and `right` (n,) says which answer."""

    rows: Rows
    right: Rows
    starts: np.ndarray[Any, np.dtype[np.int64]]


def main() -> None:
    """Fit and print; see the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    lists = gather(parser.parse_args().gold, open_index(load_config()))
    weights = fit(lists)
    print("[sentence]")
    for name, weight in zip(SENTENCE_FEATURES, weights, strict=True):
        print(f"{name} = {weight:.2f}")
    print(f"# first of the list right: {first_right(lists, weights):.3f}")


def gather(gold: Path, index: PassageIndex) -> Lists:
    """The ranked sentences of every answerable question whose answer is among them."""
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    starts = [0]
    for row in decided_here(gold, index):
        answers = core_sentences(row, index.documents) if row.answerable else ()
        ranking = index.rank(index.read(row.question))
        kind = question_kind(row.question)
        hits = [s for s in ranking.sentences if s.passage in ranking.passages[:PASSAGES]]
        if any(hit.text in answers for hit in hits):
            rows += [sentence_features(hit, kind) for hit in hits]
            right += [float(hit.text in answers) for hit in hits]
            starts.append(len(rows))
    return Lists(np.asarray(rows), np.asarray(right), np.asarray(starts))


def fit(lists: Lists, ridge: float = RIDGE) -> Rows:
    """Weights (f,) that make the answering sentences likeliest."""
    spread = lists.rows.std(axis=0) + 1e-9
    rows = lists.rows / spread
    first = lists.starts[:-1]
    of = np.repeat(np.arange(len(first)), np.diff(lists.starts))

    def loss(weights: Rows) -> tuple[float, Rows]:
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, first)[of])
        every, right = (np.add.reduceat(part, first) for part in (odds, odds * lists.right))
        right = right + 1e-12
        slope = rows.T @ (odds / every[of] - odds * lists.right / right[of]) / len(first)
        value = float(np.mean(np.log(every) - np.log(right)) + ridge * weights @ weights)
        return value, slope + 2 * ridge * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / spread, np.float64)


def first_right(lists: Lists, weights: Rows) -> float:
    """The share of questions whose best sentence answers."""
    scores = lists.rows @ weights
    ends = zip(lists.starts[:-1], lists.starts[1:], strict=True)
    return float(np.mean([lists.right[a + int(np.argmax(scores[a:b]))] for a, b in ends]))


if __name__ == "__main__":
    main()
