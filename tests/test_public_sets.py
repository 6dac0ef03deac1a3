"""SQuAD-format files read as Documents, asked across languages, and measured by the real search over them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ablation import LADDER, WITHOUT, PassageScores
from benchmarks.directions import (
    FILES,
    NOT_FOUND,
    PARALLEL,
    Searchable,
    asked_over,
    directions,
    load_sets,
    open_index,
    texts_of,
)
from benchmarks.folding import fold_ranks, unfolded_terms
from benchmarks.public_sets import PublicSet, load
from benchmarks.quotes import SENTENCE_STEPS, ask
from benchmarks.retrieval import TITLES, Measured, figures, measure, tables
from benchmarks.tables import filled
from corpus.document import Span
from index.segment import fold_script, terms
from tests.hashing_embedder import HashingEmbedder

ROOT = Path(__file__).parent.parent
ZH = (
    (
        "夜间开放的图书馆使高中生有处可去。馆员称之为第二张书桌。",
        ("q1", "馆员称之为什么？", "第二张书桌"),
        ("q2", "图书馆使谁有处可去？", "高中生"),
    ),
    (
        "渡轮每小时开出两班。船票为二十元。",
        ("q3", "船票多少钱？", "二十元"),
        ("q4", "渡轮每小时开出几班？", "两班"),
    ),
)
EN = (
    (
        "Night libraries give pupils a place to go. Librarians call it a second desk.",
        ("q1", "What do librarians call it?", "second desk"),
        ("q2", "Who gets a place to go?", "pupils"),
    ),
    (
        "The ferry leaves twice an hour. A ticket costs twenty dollars.",
        ("q3", "How much is a ticket?", "twenty dollars"),
        ("q4", "How often does the ferry leave?", "twice an hour"),
    ),
)
DRCD = (
    (
        "圖書館於夜間開放。館員稱之為第二張書桌。",
        ("d1", "館員稱之為什麼？", "第二張書桌"),
        ("d2", "圖書館於何時開放？", "夜間"),
    ),
    (
        "渡輪每小時開出兩班。船票為二十元。",
        ("d3", "船票多少錢？", "二十元"),
        ("d4", "渡輪每小時開出幾班？", "兩班"),
    ),
)


def _write(path: Path, contexts: tuple[tuple[str, *tuple[tuple[str, str, str], ...]], ...]) -> None:
    paragraphs = [
        {
            "context": text,
            "qas": [
                {
                    "id": i,
                    "question": asked,
                    "answers": [{"text": answer, "answer_start": text.index(answer)}] * 2,
                }
                for i, asked, answer in questions
            ],
        }
        for text, *questions in contexts
    ]
    articles = [{"title": f"{path.stem} {n}", "paragraphs": [p]} for n, p in enumerate(paragraphs)]
    path.write_text(json.dumps({"data": articles}, ensure_ascii=False), "utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    for name, contexts in (("zh", ZH), ("en", EN), ("drcd", DRCD)):
        _write(folder / FILES[name], contexts)
    return folder


@pytest.fixture(scope="module")
def sets(data: Path) -> dict[str, PublicSet]:
    return load_sets(data)


@pytest.fixture(scope="module")
def zh(sets: dict[str, PublicSet], tmp_path_factory: pytest.TempPathFactory) -> Searchable:
    return open_index(
        "zh", sets["zh"].documents, HashingEmbedder(), tmp_path_factory.mktemp("work")
    )


def test_an_article_is_a_document_and_a_context_a_paragraph(tmp_path: Path) -> None:
    contexts = [{"context": f"第{n}段。它有兩句。", "qas": []} for n in "一二"]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"title": "題", "paragraphs": contexts}]}), "utf-8")
    (document,) = load(path, "zh-Hant", "x").documents
    assert document.id == "x0000"
    assert document.metadata.title == "題"
    assert [p.span.of(document.text) for p in document.paragraphs] == [
        "第一段。它有兩句。",
        "第二段。它有兩句。",
    ]
    assert [s.span.of(document.text) for s in document.sentences] == [
        "第一段。",
        "它有兩句。",
        "第二段。",
        "它有兩句。",
    ]


def test_a_question_names_the_paragraph_that_holds_its_answer(sets: dict[str, PublicSet]) -> None:
    text_of = {d.id: d.text for of in sets.values() for d in of.documents}
    for question in (q for of in sets.values() for q in of.questions):
        assert all(
            a in question.paragraph.of(text_of[question.document_id]) for a in question.answers
        )


def test_an_answer_printed_twice_counts_once(sets: dict[str, PublicSet]) -> None:
    assert sets["zh"].questions[0].answers == ("第二张书桌",)


def test_a_cross_language_direction_asks_in_one_language_and_expects_the_other(
    sets: dict[str, PublicSet],
) -> None:
    over = directions(sets)["en->zh"]
    assert over.index == "zh"
    assert over.questions[2].text == "How much is a ticket?"
    assert over.questions[2].answers == ("二十元",)
    assert over.questions[2].document_id == sets["zh"].questions[2].document_id


def test_the_twin_is_the_same_paragraph_in_the_other_language(sets: dict[str, PublicSet]) -> None:
    twin = directions(sets)["both/zh twin"].questions[0]
    assert twin.text == "馆员称之为什么？"
    assert twin.document_id == sets["en"].questions[0].document_id
    assert {d.id for d in texts_of(sets)["both"]} == {
        d.id for n in ("zh", "en") for d in sets[n].documents
    }


def test_folded_questions_differ_in_script_alone(sets: dict[str, PublicSet]) -> None:
    of = directions(sets)
    pairs = list(zip(of["drcd"].questions, of["drcd folded"].questions, strict=True))
    assert [b.text for _, b in pairs] == [fold_script(a.text) for a, _ in pairs]
    assert pairs[0][1].text == "馆员称之为什么？"
    assert [a.paragraph for a, _ in pairs] == [b.paragraph for _, b in pairs]


def test_every_other_question_is_the_same_one_in_both_languages(sets: dict[str, PublicSet]) -> None:
    of = directions(sets, every=2)
    assert (
        [q.id for q in of["zh"].questions] == ["q1", "q3"] == [q.id for q in of["en->zh"].questions]
    )


def test_a_question_without_a_counterpart_is_left_out(sets: dict[str, PublicSet]) -> None:
    asked = asked_over(sets["en"].questions[:1], sets["zh"].questions)
    assert [q.id for q in asked] == ["q1"]


def test_rank_counts_paragraphs_and_not_the_pieces_they_are_cut_into(tmp_path: Path) -> None:
    long = "這一句話很長而且沒有什麼意思。" * 60
    path = tmp_path / "set.json"
    contexts = [
        {"context": c, "qas": [{"id": "q", "question": "?", "answers": []}]} for c in (long, "短。")
    ]
    path.write_text(json.dumps({"data": [{"title": "題", "paragraphs": contexts}]}), "utf-8")
    of = load(path, "zh-Hant")
    searched = open_index("cut", of.documents, HashingEmbedder(), tmp_path)
    passages = searched.stored.passages
    assert len(passages) > 2
    assert searched.rank_of(passages, of.questions[1]) == 2
    assert searched.rank_of(passages[:-1], of.questions[1]) == NOT_FOUND


def test_all_steps_together_give_the_order_of_the_real_search(
    zh: Searchable, sets: dict[str, PublicSet]
) -> None:
    scores = PassageScores(zh)
    for question in sets["zh"].questions + sets["en"].questions:
        real = zh.index.rank(zh.index.read(question.text)).passages
        (order,) = scores.orders(question.text, LADDER[-1:])
        assert [zh.stored.passages[row].id for row in order] == [hit.chunk.id for hit in real]


def test_no_two_variants_score_alike() -> None:
    steps = {(v.centred, v.dense, v.words, v.sentence, v.maxsim) for v in (*LADDER, *WITHOUT)}
    assert len(steps) == len(LADDER + WITHOUT)


def test_dense_alone_is_the_order_of_the_encoders_own_cosines(
    zh: Searchable, sets: dict[str, PublicSet]
) -> None:
    text = sets["zh"].questions[3].text
    (order,) = PassageScores(zh).orders(text, LADDER[:1])
    passages = zh.embedder.encode([p.text for p in zh.stored.passages], "passage").vectors
    assert list(order) == list(
        np.argsort(-passages @ zh.embedder.encode([text], "query").vectors[0], kind="stable")
    )


def test_a_right_sentence_is_found_where_the_words_are_the_texts_own(
    zh: Searchable, sets: dict[str, PublicSet]
) -> None:
    found = ask(zh, sets["zh"].questions[0])
    assert (found.paragraph, found.sentence, found.strictly) == (1, 1, 1)
    assert found.quoted_right
    assert set(found.without) == set(SENTENCE_STEPS)


def test_a_sentence_of_another_paragraph_is_not_strictly_right(
    zh: Searchable, sets: dict[str, PublicSet]
) -> None:
    elsewhere = replace(sets["zh"].questions[0], paragraph=Span(10_000, 10_001))
    found = ask(zh, elsewhere)
    assert (found.sentence, found.strictly, found.paragraph) == (1, NOT_FOUND, NOT_FOUND)


def test_unfolded_terms_are_the_index_terms_where_there_is_nothing_to_fold() -> None:
    assert unfolded_terms("第二张书桌 Second desks") == terms("第二张书桌 Second desks")
    assert "书桌" in terms("第二張書桌")
    assert "书桌" not in unfolded_terms("第二張書桌")


def test_folding_gives_both_scripts_the_same_ranks(
    sets: dict[str, PublicSet], tmp_path: Path
) -> None:
    searched = open_index("drcd", sets["drcd"].documents, HashingEmbedder(), tmp_path)
    of = directions(sets)
    ranks = fold_ranks(searched, [of["drcd"].questions, of["drcd folded"].questions])
    for row in ("BM25, folded", "dense, folded", "both, folded"):
        traditional, simplified = ranks[row]
        assert traditional == simplified


def test_a_page_takes_each_table_into_its_own_place() -> None:
    page = "a\n<!-- measured one -->\nold\n<!-- end -->\nb\n<!-- measured two -->\n\n<!-- end -->\n"
    once = filled(page, {"one": "| 1 |", "two": "| 2 |"})
    assert (
        once
        == "a\n<!-- measured one -->\n| 1 |\n<!-- end -->\nb\n<!-- measured two -->\n| 2 |\n<!-- end -->\n"
    )
    assert filled(once, {"one": "| 1 |", "two": "| 2 |"}) == once
    assert filled(once, {"two": "| 2 |"}) == once


def test_the_page_has_a_place_for_every_table() -> None:
    page = (ROOT / "docs" / "retrieval.md").read_text("utf-8")
    of_our_own = ["parts"]
    places = re.findall(r"<!-- measured (\w+) -->", page)
    assert [place for place in places if place not in of_our_own] == list(TITLES)
    assert set(of_our_own) < set(places)


@pytest.mark.slow
def test_the_tables_name_every_direction_and_step(
    sets: dict[str, PublicSet], tmp_path: Path
) -> None:
    measured = Measured()
    of = directions(sets)
    for name, documents in texts_of(sets).items():
        searched = open_index(name, documents, HashingEmbedder(), tmp_path)
        measure(measured, searched, [d for d in of.values() if d.index == name])
    printed = "\n".join(tables(measured).values())
    for name in (*of, *(v.name for v in (*LADDER, *WITHOUT)), *SENTENCE_STEPS):
        assert f"| {name} |" in printed
    report = json.loads(json.dumps(figures(measured)))
    assert set(report["directions"]) == set(of)
    assert set(report["steps"]) == set(PARALLEL)
    assert report["directions"]["zh"]["recall@1"] == 1
    assert report["drcd_folded_against_drcd"]["mean"] == 0
