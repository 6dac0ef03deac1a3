from __future__ import annotations

import math

import pytest

from index.search import PassageIndex, Ranking, SentenceHit
from service.features import (
    ANSWER_FEATURES,
    CALIBRATION_FEATURES,
    SENTENCE_FEATURES,
    answer_features,
    calibration_features,
    is_cross_language,
    names_the_unknown,
    sentence_features,
    weakest_token,
)
from service.kinds import QuestionKind
from service.select import weights


def ranked(index: PassageIndex, question: str, opening: str) -> tuple[Ranking, SentenceHit]:
    """A ranking and the sentence in it that opens so."""
    ranking = index.rank(index.read(question))
    (hit,) = [s for s in ranking.sentences if s.text.startswith(opening)]
    return ranking, hit


def measured(
    index: PassageIndex, question: str, opening: str, kind: QuestionKind = "fact"
) -> dict[str, float]:
    ranking, hit = ranked(index, question, opening)
    return dict(zip(ANSWER_FEATURES, answer_features(hit, 1.0, 0.25, ranking, kind), strict=True))


def test_every_feature_has_its_weight() -> None:
    assert set(weights().sentence) == set(SENTENCE_FEATURES)
    for pair in ("same", "cross"):
        assert set(weights().answer[pair]) == {"intercept", *ANSWER_FEATURES}
    assert set(weights().calibration) == {"intercept", "logit", *CALIBRATION_FEATURES}
    assert 0 < weights().threshold < 1


def test_a_number_is_measured_for_every_name(tiny_index: PassageIndex) -> None:
    ranking, hit = ranked(tiny_index, "誰設計了燈塔？", "白沙岬燈塔")
    found = sentence_features(hit, "who")
    assert len(found) == len(SENTENCE_FEATURES)
    assert all(math.isfinite(v) for v in (*found, *answer_features(hit, 1.0, 0.0, ranking, "who")))


def test_sentence_in_the_shape_of_an_answer_is_told_from_one_without(
    tiny_index: PassageIndex,
) -> None:
    question = "when was the lighthouse 燈塔 lit"
    dated = dict(
        zip(
            SENTENCE_FEATURES,
            sentence_features(ranked(tiny_index, question, "白沙岬燈塔")[1], "when"),
            strict=True,
        )
    )
    plain = dict(
        zip(
            SENTENCE_FEATURES,
            sentence_features(ranked(tiny_index, question, "塔身以")[1], "when"),
            strict=True,
        )
    )
    assert (dated["shape_met"], dated["shape_missing"]) == (1, 0)
    assert (plain["shape_met"], plain["shape_missing"]) == (0, 1)


def test_name_that_the_passage_lacks_is_unmet(tiny_index: PassageIndex) -> None:
    assert measured(tiny_index, "BKC 2009", "养蜂人合作社")["unmet_name"] == 0
    assert measured(tiny_index, "BKC 2009", "春天采")["unmet_name"] > 0.8


def test_margin_is_the_lead_over_the_runner_up(tiny_index: PassageIndex) -> None:
    assert measured(tiny_index, "who built the ovens", "The bakery")["margin"] == pytest.approx(
        0.75
    )


def test_question_in_another_language_than_the_sentence_is_told(tiny_index: PassageIndex) -> None:
    for question, opening, cross in (
        ("slow blink of the lighthouse", "燈塔的光", True),
        ("燈塔的光", "燈塔的光", False),
        ("灯塔的光", "燈塔的光", False),
        ("罷工 strike 有幾天", "In 1931", True),
    ):
        ranking, hit = ranked(tiny_index, question, opening)
        assert is_cross_language(hit, ranking.question) == cross


def test_weakest_token_lies_below_the_mean_match(tiny_index: PassageIndex) -> None:
    ranking, hit = ranked(tiny_index, "who built the brick ovens of Zanzibar", "The bakery")
    assert weakest_token(hit, ranking.question) < hit.maxsim
    ranking, hit = ranked(tiny_index, "？", "燈塔的光")
    assert weakest_token(hit, ranking.question) == 0


def test_number_of_another_unit_leaves_the_quantity_unmet(tiny_index: PassageIndex) -> None:
    def unmet(question: str) -> float:
        ranking, hit = ranked(tiny_index, question, "石桥镇有养蜂人")
        found = calibration_features(hit, ranking, "how-many")
        return dict(zip(CALIBRATION_FEATURES, found, strict=True))["unmet_quantity"]

    assert unmet("石桥镇的养蜂人有多少艘船？") == 1
    assert unmet("石桥镇有多少养蜂人？") < 1


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("加拿大的燈塔有多高？", True),
        ("How tall is Canada's lighthouse?", True),
        ("燈塔有多高？", False),
        ("白沙岬燈塔有多高？", False),
    ],
)
def test_name_that_no_passage_has_is_told(
    question: str, unknown: bool, tiny_index: PassageIndex
) -> None:
    assert names_the_unknown(tiny_index.read(question)) is unknown
