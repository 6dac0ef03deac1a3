from __future__ import annotations

import pytest

from service.enumeration import MOST, announces, continues, following, opens


@pytest.mark.parametrize(
    "sentence",
    [
        "燈塔的未來有兩種意見。",
        "原因有三：",
        "其目的如下。",
        "There are three reasons for this.",
        "The plan has two parts.",
        "本文提出以下四項建議。",
    ],
)
def test_sentence_that_counts_what_is_to_come_announces(sentence: str) -> None:
    assert announces(sentence)


@pytest.mark.parametrize(
    "sentence", ["燈塔在1902年點燈。", "Tourists rarely like it.", "因為舊齒輪轉得慢。", ""]
)
def test_plain_sentence_announces_nothing(sentence: str) -> None:
    assert not announces(sentence)
    assert not opens(sentence)
    assert not continues(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "首先，港務局主張改成旅店。",
        "第一，油貴。",
        "其一旨在省油。",
        "First, the light is old.",
        "(1) oil",
        "「首先是風。」",
    ],
)
def test_first_part_opens(sentence: str) -> None:
    assert opens(sentence)
    assert not continues(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "其次，漁會主張保留。",
        "第二，人少。",
        "最後，霧多。",
        "Second, the keeper left.",
        "Finally, it rained.",
        "另一方面，船多。",
        "(2) wind",
    ],
)
def test_later_part_continues(sentence: str) -> None:
    assert continues(sentence)
    assert not opens(sentence)


def test_enumeration_is_taken_whole_from_its_announcement() -> None:
    sentences = ["有三個原因。", "首先，油貴。", "其次，人少。", "最後，霧多。", "船仍然來。"]
    assert following(sentences, 0) == [1, 2, 3]
    assert following(sentences, 1) == [2, 3]
    assert following(sentences, 2) == following(sentences, 4) == []


def test_sentence_before_an_enumeration_that_it_does_not_announce_is_no_part_of_it() -> None:
    assert following(["燈塔在1902年點燈。", "首先，油貴。", "其次，人少。"], 0) == []


def test_one_sentence_may_stand_between_two_parts_and_is_left_out() -> None:
    sentences = [
        "First, oil is dear.",
        "A barrel costs four crowns.",
        "Second, few keepers are left.",
        "They are old.",
        "They are tired.",
        "Third, fog.",
    ]
    assert following(sentences, 0) == [2]


def test_announcement_without_parts_brings_nothing() -> None:
    assert following(["燈塔的未來有兩種意見。", "漁會反對。"], 0) == []
    assert following(["燈塔的未來有兩種意見。"], 0) == []


def test_long_enumeration_is_cut_short() -> None:
    sentences = ["首先是油。", *[f"第{n}是風。" for n in "二三四五六七八九"]]
    assert len(following(sentences, 0)) == MOST
