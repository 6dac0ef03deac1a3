from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fitting import Rows, decided_here, logistic
from index.search import PassageIndex


def classes(count: int) -> tuple[Rows, Rows]:
    """Rows of two features; the first is higher by 2 where the answer is yes, the second says nothing."""
    rows = np.random.default_rng(0).normal(size=(2 * count, 2))
    rows[:count, 0] += 2
    return rows[:count], rows[count:]


def test_feature_that_tells_the_classes_apart_gets_the_weight() -> None:
    positive, negative = classes(500)
    (telling, idle), intercept = logistic(positive, negative, ridge=0.01)
    assert telling > 1
    assert abs(idle) < 0.2 * telling
    assert telling * 1 + intercept == pytest.approx(0, abs=0.3)  # even chances half way between


def test_classes_weigh_alike_whatever_their_counts() -> None:
    positive, negative = classes(500)
    whole, _ = logistic(positive, negative, 0.01, standardise=False)
    often, _ = logistic(np.concatenate([positive] * 9), negative, 0.01, standardise=False)
    assert often == pytest.approx(whole)


def test_row_without_a_share_counts_for_nothing() -> None:
    positive, negative = classes(500)
    wrong = np.full((50, 2), -9.0)
    shares = (np.concatenate([np.ones(500), np.zeros(50)]), np.ones(500))
    spoilt = np.concatenate([positive, wrong])
    kept, _ = logistic(spoilt, negative, 0.01, standardise=False, shares=shares)
    assert kept == pytest.approx(logistic(positive, negative, 0.01, standardise=False)[0])


def test_follow_ups_questions_about_notes_and_absent_publications_are_left_out(
    tmp_path: Path, tiny_index: PassageIndex
) -> None:
    row = {"question": "q", "lang": "en", "kind": "why", "answerable": False}
    rows = [
        row | {"id": "kept"},
        row | {"id": "of ours", "document": "lighthouse-hant"},
        row | {"id": "elsewhere", "document": "absent"},
        row | {"id": "note", "kind": "footnote"},
        row | {"id": "source", "kind": "source"},
        row | {"id": "follow-up", "turns": [{"question": "p"}, {"question": "q"}]},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert [found.id for found in decided_here(gold, tiny_index)] == ["kept", "of ours"]
