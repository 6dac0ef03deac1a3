from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from corpus.document import Document, Span
from corpus.read import read_text
from index.build import index_documents
from index.search import PassageIndex
from service.kinds import question_kind
from service.select import MOST, Selection, connects, margin, points_back, score, select
from tests.hashing_embedder import HashingEmbedder


@pytest.fixture(scope="module")
def documents(tiny_corpus: Sequence[Document]) -> Mapping[str, Document]:
    return {d.id: d for d in tiny_corpus}


def selected(
    index: PassageIndex,
    question: str,
    documents: Mapping[str, Document],
    bonus: Mapping[tuple[str, Span], float] | None = None,
) -> Selection:
    return select(index.rank(index.read(question)), question_kind(question), documents, bonus)


def texts(selection: Selection, documents: Mapping[str, Document]) -> list[str]:
    return [span.of(documents[document_id].text) for document_id, span in selection.spans]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("石桥镇有多少养蜂人？", "石桥镇有养蜂人十二户，共养蜜蜂三百箱。"),
        ("誰設計了白沙岬燈塔？", "白沙岬燈塔在1902年點燈，由工程師何渡設計。"),
        (
            "who built the brick ovens?",
            "The bakery on Mill Lane has two brick ovens, built in 1887 by the mason Jonas Pike.",
        ),
        ("枣花蜜的价格", "枣花蜜的价格是槐花蜜的两倍，因为枣花开得短。"),
    ],
)
def test_sentence_that_answers_is_chosen(
    question: str, sentence: str, tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    selection = selected(tiny_index, question, documents)
    assert sentence in texts(selection, documents)
    assert selection.enough
    assert 0.5 < selection.confidence <= 1


@pytest.mark.parametrize(
    "question",
    [
        "今天股票漲了嗎",
        "how do I reset my password",
        "怎么做红烧肉",
        "why?",
        "為什麼",
        "what can you do",
    ],
)
def test_sentences_that_do_not_answer_are_not_enough(
    question: str, tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    selection = selected(tiny_index, question, documents)
    assert not selection.enough


def test_enumeration_is_chosen_whole(
    tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    assert texts(selected(tiny_index, "燈塔的未來有哪兩種意見？", documents), documents) == [
        "燈塔的未來有兩種意見。",
        "首先，港務局主張改成旅店。",
        "其次，漁會主張保留燈光，因為小船沒有衛星定位。",
    ]


def test_chosen_sentences_are_few_and_in_reading_order(
    tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    for question in (
        "燈塔的光",
        "bread and ovens",
        "蜂蜜 honey",
        "why",
        "light 燈 oil 油 keeper 守燈人",
    ):
        selection = selected(tiny_index, question, documents)
        assert list(selection.spans) == sorted(set(selection.spans))
        assert selection.best in selection.spans
        assert len(selection.spans) <= 4
        for document_id, span in selection.spans:
            assert span in [s.span for s in documents[document_id].sentences]


def test_nothing_ranked_is_nothing_chosen(
    tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    ranking = tiny_index.rank(tiny_index.read("燈塔的光"))
    assert select(replace(ranking, passages=(), sentences=()), "fact", documents) == Selection(
        (), 0.0, enough=False
    )


def test_bonus_moves_the_choice(
    tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    (sunday,) = [
        ("bakery-en", s.span)
        for s in documents["bakery-en"].sentences
        if "Sunday" in s.span.of(documents["bakery-en"].text)
    ]
    question = "who built the brick ovens?"
    assert selected(tiny_index, question, documents).best != sunday
    assert selected(tiny_index, question, documents, {sunday: 1000.0}).best == sunday
    elsewhere = {("bees-hans", sunday[1]): 1000.0}
    assert selected(tiny_index, question, documents, elsewhere).best != sunday


def test_better_match_scores_higher(tiny_index: PassageIndex) -> None:
    hits = tiny_index.rank(tiny_index.read("In 1931 the bakers went on strike")).sentences
    by_text = {hit.text: score(hit, "fact") for hit in hits}
    assert (
        max(by_text, key=lambda text: by_text[text])
        == "In 1931 the bakers went on strike for eleven days."
    )


def test_margin_is_the_lead_over_the_best_of_another_passage(tiny_index: PassageIndex) -> None:
    ranking = tiny_index.rank(tiny_index.read("who built the ovens"))
    first, second = (
        next(s for s in ranking.sentences if s.passage is hit) for hit in ranking.passages[:2]
    )
    beside = next(s for s in ranking.sentences if s.passage is first.passage and s is not first)
    assert margin([(5.0, first), (4.5, beside), (3.0, second)]) == 2.0
    assert margin([(5.0, first), (4.5, beside)]) == 5.0


def test_second_note_is_not_shown_for_a_sentence_that_says_no_more(
    documents: Mapping[str, Document],
) -> None:
    document = read_text(
        "一、燈塔\n\n白沙岬燈塔由何渡設計。¹白沙岬燈塔是何渡設計的。²白沙岬燈塔在島上。\n\n"
        "1. 何渡，《燈塔記》（港口：燈塔社，1903 年），頁 1。\n2. 林深，《光》（港口：燈塔社，1950 年），頁 2。\n",
        "lamp",
    )
    index = PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "x")
    chosen = select(
        index.rank(index.read("誰設計了白沙岬燈塔？")), "who", {document.id: document}
    ).spans
    notes = {ref.footnote_id for _, span in chosen for ref in document.noterefs_of(span)}
    assert len(notes) == 1


@pytest.mark.parametrize(("opening", "quoted"), [("其認為", 2), ("漁會說", 1)])
def test_sentence_that_goes_on_from_the_best_is_quoted_with_it_whatever_its_note(
    opening: str, quoted: int
) -> None:
    document = read_text(
        f"一、燈塔\n\n反對拆除燈塔的是工程師何渡。{opening}舊燈照船仍可，拆除不必。¹漁會在島上開會。²\n\n"
        "1. 何渡，《燈塔記》（港口：燈塔社，1903 年），頁 1。\n2. 林深，《光》（港口：燈塔社，1950 年），頁 2。\n",
        "lamp",
    )
    index = PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "x")
    ranking = index.rank(index.read("反對拆除燈塔，舊燈照船嗎"))
    assert len(select(ranking, "fact", {document.id: document}).spans) == quoted


def test_no_more_than_the_most_are_chosen(
    tiny_index: PassageIndex, documents: Mapping[str, Document]
) -> None:
    for question in ("蜂蜜", "bread", "光", "oven oil"):
        assert 1 <= len(selected(tiny_index, question, documents).spans) <= MOST + 1


@pytest.mark.parametrize(
    "sentence",
    ["其主張遭漁會反對。", "此一燈塔至今仍在。", "該機制運作良好。", "It costs four crowns."],
)
def test_sentence_whose_subject_stands_before_it_points_back(sentence: str) -> None:
    assert points_back(sentence)
    assert not connects(sentence)


@pytest.mark.parametrize(
    "sentence", ["然而，油很貴。", "However, rye is dear.", "因此，光變慢了。"]
)
def test_sentence_tied_by_a_connective_connects(sentence: str) -> None:
    assert connects(sentence)
    assert not points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "其次，漁會主張保留。",
        "其中兩座已毀。",
        "燈塔高十四公尺。",
        "此外，油很貴。",
        "Italy joined.",
        "Theirs Bakery opened.",
        "「其」是代詞。",
    ],
)
def test_sentence_with_its_own_subject_does_neither(sentence: str) -> None:
    assert not points_back(sentence)
    assert not connects(sentence)
