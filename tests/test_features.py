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
    names_the_unknown,
    sentence_features,
)
from service.kinds import QuestionKind
from service.select import weights


def ranked(index: PassageIndex, question: str, opening: str) -> tuple[Ranking, SentenceHit]:
    """A ranking and the sentence in it that opens so."""
    ranking = index.rank(index.read(question))
    (hit,) = [s for s in ranking.sentences if s.text.startswith(opening)]
    return ranking, hit


def calibrated(
    index: PassageIndex, question: str, opening: str, kind: QuestionKind = "fact"
) -> dict[str, float]:
    ranking, hit = ranked(index, question, opening)
    return dict(zip(CALIBRATION_FEATURES, calibration_features(hit, ranking, kind), strict=True))


def test_every_feature_has_its_weight() -> None:
    assert set(weights().sentence) == set(SENTENCE_FEATURES)
    for pair in ("same", "cross"):
        assert set(weights().answer[pair]) == {"intercept", *ANSWER_FEATURES}
    assert set(weights().calibration) == {"intercept", "logit", *CALIBRATION_FEATURES}
    assert 0 < weights().threshold < 1


def test_a_number_is_measured_for_every_name(tiny_index: PassageIndex) -> None:
    ranking, hit = ranked(tiny_index, "誰設計了燈塔？", "白沙岬燈塔")
    for names, found in (
        (SENTENCE_FEATURES, sentence_features(hit, "who")),
        (ANSWER_FEATURES, answer_features(hit, 1.0)),
        (CALIBRATION_FEATURES, calibration_features(hit, ranking, "who")),
    ):
        assert len(found) == len(names)
        assert all(math.isfinite(value) for value in found)


def test_character_that_the_encoder_does_not_know_weighs_nothing(tiny_index: PassageIndex) -> None:
    """Found by `benchmarks.soak`: `𠮷 inner core` was a failure."""
    ranking, hit = ranked(tiny_index, "𠮷 ovens", "The bakery")
    assert ranking.question.token_weights.tolist() == [0, 1]
    assert hit.maxsim == pytest.approx(hit.token_matches[1])
    assert all(math.isfinite(value) for value in calibration_features(hit, ranking, "fact"))


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
    assert (dated["shape"], plain["shape"]) == (1, -1)


def test_name_that_the_passage_lacks_is_unmet(tiny_index: PassageIndex) -> None:
    assert calibrated(tiny_index, "BKC 2009", "养蜂人合作社")["unmet_name"] == 0
    assert calibrated(tiny_index, "BKC 2009", "春天采")["unmet_name"] > 0.8


def test_question_in_another_language_than_the_sentence_is_told(tiny_index: PassageIndex) -> None:
    for question, opening, cross in (
        ("slow blink of the lighthouse", "燈塔的光", True),
        ("燈塔的光", "燈塔的光", False),
        ("灯塔的光", "燈塔的光", False),
        ("罷工 strike 有幾天", "In 1931", True),
    ):
        _, hit = ranked(tiny_index, question, opening)
        assert hit.passage.foreign == cross


def test_number_of_another_unit_leaves_the_quantity_unmet(tiny_index: PassageIndex) -> None:
    def unmet(question: str) -> float:
        found = calibrated(tiny_index, question, "石桥镇有养蜂人", "how-many")
        return found["unmet_quantity"]

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
