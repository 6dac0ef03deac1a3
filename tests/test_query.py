from __future__ import annotations

import pytest

from index.query import Concept, Lexicon, QueryReader, merge_singles
from index.segment import fold
from index.stopwords import STOP_WORDS

LEXICON = Lexicon(
    glossary={
        "四方安全对话": ("quadrilateral security dialogue", "quad"),
        "quadrilateral security dialogue": ("四方安全对话", "quad"),
        "quad": ("四方安全对话", "quadrilateral security dialogue"),
        "柯伯吉": ("elbridge colby", "colby"),
        "elbridge colby": ("柯伯吉", "colby"),
        "colby": ("柯伯吉", "elbridge colby"),
    },
    chinese_of={("member",): ("成员", "会员"), ("arm", "forc"): ("武装力量",)},
    english_of={"成员": (("member",),), "核心": (("core",), ("nucleu",))},
    names=frozenset({"加拿大", "canada", "柯伯吉", "七月"}),
)
READER = QueryReader(LEXICON, ["submarin", "pillar", "灯塔"])


def concepts(question: str) -> dict[str, Concept]:
    return {concept.text: concept for concept in READER.concepts(question)}


def said(concept: Concept) -> set[str]:
    return {equivalent.text for equivalent in concept.equivalents}


def test_question_words_carry_no_concept() -> None:
    assert list(concepts("How many members does the Quad have?")) == ["member", "quad"]
    assert list(concepts("誰是四方安全對話的成員？")) == ["四方安全对话", "成员"]
    assert concepts("what is it and why?") == concepts("這是什麼，為什麼？") == {}


def test_name_brings_what_the_glossary_says_it_is_called() -> None:
    found = concepts("什麼是四方安全對話？")["四方安全对话"]
    assert said(found) == {"四方安全对话", "quadrilateral security dialogue", "quad"}
    assert found.named


def test_longest_name_wins() -> None:
    assert list(concepts("the Quadrilateral Security Dialogue")) == [
        "quadrilateral security dialogue"
    ]
    assert list(concepts("Elbridge Colby")) == ["elbridge colby"]


def test_name_in_characters_that_stand_alone_is_one_name() -> None:
    found = concepts("柯伯吉擔心什麼？")["柯伯吉"]
    assert said(found) == {"柯伯吉", "elbridge colby", "colby"}
    assert found.named


def test_same_question_in_both_scripts_has_the_same_concepts() -> None:
    assert READER.concepts("四方安全對話的核心成員") == READER.concepts("四方安全对话的核心成员")


def test_word_brings_its_equivalents_in_the_other_language() -> None:
    assert {"member", "成员", "会员"} <= said(concepts("members")["member"])
    assert {"核心", "core", "nucleu"} <= said(concepts("核心")["核心"])
    assert {"武装力量"} <= said(concepts("the armed forces")["arm forc"])


def test_dictionary_weighs_less_than_the_word_itself() -> None:
    weights = {e.text: e.weight for e in concepts("members")["member"].equivalents}
    assert weights["成员"] < weights["member"] == 1.0


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Qaud", "quad"),
        ("Quadd", "quad"),
        ("Qua", "qua"),
        ("Cobly", "colby"),
        ("submraine", "submarin"),
        ("Squaad", "squaad"),
    ],
)
def test_one_slip_of_the_keyboard_is_read_as_the_word_it_is_near(slip: str, meant: str) -> None:
    assert list(concepts(slip)) == [meant]


def test_slip_near_two_known_words_is_left_alone() -> None:
    reader = QueryReader(Lexicon(), ["light", "night"])
    assert [c.text for c in reader.concepts("xight")] == ["xight"]


@pytest.mark.parametrize("word", ["pillar", "cat", "2017", "quid"])
def test_known_and_short_words_and_numbers_are_never_respelled(word: str) -> None:
    reader = QueryReader(
        Lexicon(english_words=frozenset({"quid"})), ["pillar", "quad", "cats", "2018"]
    )
    assert [c.text for c in reader.concepts(word)] == [word]


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("What did Biden say in May 2024?", {"5月", "五月"}),
        ("the summit of 24 May", {"5月", "五月"}),
        ("What may follow?", set()),
    ],
)
def test_may_beside_a_number_is_the_month(question: str, concepts: set[str]) -> None:
    found = {e.text for c in READER.concepts(question) for e in c.equivalents}
    assert found & {"5月", "五月"} == concepts


def test_number_is_a_name_that_must_be_met() -> None:
    assert concepts("2017")["2017"].named
    assert not concepts("submarines")["submarin"].named


@pytest.mark.parametrize(
    ("question", "proper"),
    [
        ("加拿大的燈塔", {"加拿大"}),
        ("the lighthouses of Canada", {"canada"}),
        ("柯伯吉是誰", {"柯伯吉"}),
        ("七月的燈塔", set()),
    ],
)
def test_proper_names_are_told_from_words(question: str, proper: set[str]) -> None:
    found = concepts(question).values()
    assert {concept.text for concept in found if concept.proper} == proper


def test_repeated_word_is_one_concept() -> None:
    assert list(concepts("Quad, quad and QUAD")) == ["quad"]


def test_neighbouring_single_characters_are_joined_and_function_words_stay_alone() -> None:
    assert merge_singles(["柯", "伯", "吉", "担心", "的", "光"]) == ["柯伯吉", "担心", "的", "光"]
    assert merge_singles([]) == []


def test_empty_question_has_no_concept() -> None:
    assert READER.concepts("") == READER.concepts("？！") == ()


def test_stop_words_are_folded_and_stemmed() -> None:
    assert {"的", "什么", "为什么", "the", "what"} <= STOP_WORDS
    assert all(word == fold(word) for word in STOP_WORDS)
    assert not STOP_WORDS & {"不", "无", "成员", "core", "quad"}


def test_compound_that_nobody_has_is_read_as_the_two_words_that_it_is_made_of() -> None:
    lexicon = Lexicon(english_of={"中国": (("china",),), "外交部": (("foreign", "ministri"),)})

    def read(lexicon: Lexicon, *vocabulary: str) -> list[str]:
        return [c.text for c in QueryReader(lexicon, vocabulary).concepts("中國外交部")]

    assert read(lexicon) == ["中国", "外交部"]
    assert read(lexicon, "中国外交部") == read(Lexicon()) == ["中国外交部"]
