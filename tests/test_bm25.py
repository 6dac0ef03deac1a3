from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import TermIndex
from index.query import Concept, Equivalent

CHUNKS = [["oven", "brick", "brick"], ["loaf", "rye", "oven"], ["strike"], []]
TERMS = ("oven", "brick", "loaf", "rye", "strike", "bee")


@pytest.fixture(scope="module")
def index() -> TermIndex:
    return TermIndex.build(CHUNKS)


def concept(*ways: tuple[tuple[str, ...], float]) -> Concept:
    return Concept(
        "asked", tuple(Equivalent(" ".join(terms), terms, weight) for terms, weight in ways)
    )


def test_chunk_with_more_of_the_words_scores_higher(index: TermIndex) -> None:
    scores = index.scores(["oven", "brick"], [])
    assert list(np.argsort(-scores)[:2]) == [0, 1]
    assert scores[2] == scores[3] == 0


def test_rare_word_weighs_more_than_a_common_one(index: TermIndex) -> None:
    assert index.idf("strike") > index.idf("oven")
    assert index.idf("oven") == pytest.approx(math.log(1 + (4 - 2 + 0.5) / (2 + 0.5)))
    assert index.idf("bee") > index.idf("strike")


def test_document_frequency_counts_chunks_not_occurrences(index: TermIndex) -> None:
    assert [index.document_frequency(t) for t in ("brick", "oven", "bee", "")] == [1, 2, 0, 0]
    assert "oven" in index
    assert "bee" not in index
    assert "" not in index


@given(st.lists(st.sampled_from(TERMS), max_size=8), st.lists(st.sampled_from(TERMS), max_size=3))
def test_scores_lie_between_nothing_and_all(terms: list[str], asked: list[str]) -> None:
    index = TermIndex.build(CHUNKS)
    scores = index.scores(terms, [concept(((t,), 1.0), (("rye", "oven"), 0.8)) for t in asked])
    assert scores.shape == (4,)
    assert (scores >= 0).all()
    assert (scores <= 1).all()


def test_half_known_question_scores_lower_than_a_known_one(index: TermIndex) -> None:
    assert 0 < index.scores(["oven", "bee"], [])[0] < index.scores(["oven"], [])[0]


def test_concept_counts_through_the_best_of_its_equivalents(index: TermIndex) -> None:
    either = index.scores([], [concept((("rye",), 1.0), (("strike",), 1.0))])
    assert either[1] > 0
    assert either[2] > 0
    assert either[0] == either[3] == 0


def test_phrase_counts_where_all_its_words_stand(index: TermIndex) -> None:
    scores = index.scores([], [concept((("rye", "oven"), 1.0))])
    assert [bool(s) for s in scores] == [False, True, False, False]


def test_concept_unknown_to_the_corpus_costs_nothing(index: TermIndex) -> None:
    known = concept((("rye",), 1.0))
    unknown = concept((("bee",), 1.0))
    np.testing.assert_array_equal(index.scores([], [known, unknown]), index.scores([], [known]))


def test_saved_index_scores_as_before(index: TermIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = TermIndex.load(tmp_path, 4)
    np.testing.assert_array_equal(
        loaded.scores(["oven", "rye"], []), index.scores(["oven", "rye"], [])
    )
    assert loaded.vocabulary == index.vocabulary == set(TERMS) - {"bee"}
    assert not [path for path in tmp_path.iterdir() if path.suffix not in (".npy", ".json")]


@pytest.mark.parametrize("chunks", [[], [[], []]])
def test_index_without_words_scores_nothing(chunks: list[list[str]], tmp_path: Path) -> None:
    index = TermIndex.build(chunks)
    index.save(tmp_path)
    loaded = TermIndex.load(tmp_path, len(chunks))
    assert loaded.scores(["oven"], []).tolist() == [0.0] * len(chunks)
    assert loaded.vocabulary == frozenset()
    assert loaded.idf("oven") == math.log(1 + (len(chunks) + 0.5) / 0.5)
