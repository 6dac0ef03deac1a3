from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.merge import FEWEST, best_of_each, on_one_scale

OWN = np.array([3.0, 2.0, 1.0, 0.5, 0.5])
OTHER = np.array([0.9, 0.3, 0.2, 0.1, 0.0])
FOREIGN = np.array([False] * 5 + [True] * 5)


def test_scores_of_the_other_script_get_the_mean_of_the_askers() -> None:
    merged = on_one_scale(np.concatenate([OWN, OTHER]), FOREIGN)
    assert merged[:5].tolist() == OWN.tolist()
    assert merged[5:].mean() == pytest.approx(OWN.mean())
    assert np.argsort(-merged[5:]).tolist() == np.argsort(-OTHER).tolist()


def test_passage_that_stands_out_in_its_script_passes_idle_ones_of_the_askers() -> None:
    merged = on_one_scale(np.concatenate([OWN, OTHER]), FOREIGN)
    assert OTHER.max() < OWN[2]
    assert OWN[1] < merged[5] < OWN[0]


@pytest.mark.parametrize("few", [(FEWEST - 1, 9), (9, FEWEST - 1), (0, 9), (9, 0)])
def test_few_candidates_say_nothing_of_a_scale(few: tuple[int, int]) -> None:
    scores = np.arange(sum(few), dtype=np.float64)
    foreign = np.arange(sum(few)) < few[0]
    assert on_one_scale(scores, foreign).tolist() == scores.tolist()


def test_equal_scores_are_no_reason_to_fail() -> None:
    merged = on_one_scale(np.concatenate([OWN, np.zeros(5)]), FOREIGN)
    np.testing.assert_allclose(merged[5:], OWN.mean())


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=40),
    st.integers(1, 12),
)
def test_best_of_each_kind_are_those_of_a_full_sort(
    drawn: list[tuple[int, bool]], count: int
) -> None:
    scores = np.array([score for score, _ in drawn], np.float32)
    kind = np.array([one for _, one in drawn], bool)
    places = best_of_each(scores, kind, count)
    assert len(set(places)) == len(places)
    assert scores[places].tolist() == sorted(scores[places], reverse=True)
    for one in (True, False):
        found = sorted(scores[places][kind[places] == one], reverse=True)
        assert found == sorted(scores[kind == one], reverse=True)[:count]
