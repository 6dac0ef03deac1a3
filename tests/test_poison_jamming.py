"""P6: paragraphs stuffed with the words of many questions do not fill the first page of a search."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from corpus.document import Document
from corpus.read import read_document, read_text
from index.build import index_documents
from index.bundled import ensure_model
from index.embed import open_embedder
from index.search import PassageIndex
from tests.conftest import MODEL, ROOT
from tests.hashing_embedder import HashingEmbedder

SUBJECTS = (
    "蜂箱與蜂蜜",
    "lighthouse and fishermen",
    "麵包與烤爐",
    "漁會與霧鐘",
    "bread, flour and the oven",
)
STUFFED = {
    "words": [
        f"燈塔 漁船 蜂箱 蜂蜜 麵包 bakery oven bread 誰 何時 為何 多少 年 元 who when why how many {s}。"
        for s in SUBJECTS
    ],
    "sentences": [
        f"關於{s}，燈塔何時點燈、漁船為何返港、誰養蜂、who bakes the bread and why 的答案都在這裡。"
        for s in SUBJECTS
    ],
}
QUESTIONS = (
    *("燈塔何時點燈？", "漁船為何返港", "誰養蜂", "蜂蜜多少錢", "霧鐘是誰出的錢"),
    *("who bakes the bread", "when does the oven start", "why do people buy bread", "灯塔的雾钟"),
)


def stuffed(kind: str) -> Document:
    return read_text("壹、附錄\n\n" + "\n\n".join(STUFFED[kind]), "stuffed", markdown=False)


@pytest.mark.parametrize("kind", STUFFED)
def test_one_paragraph_of_a_family_is_among_the_first_five(
    kind: str, tiny_corpus: Sequence[Document]
) -> None:
    embedder = HashingEmbedder()
    index = PassageIndex(index_documents([*tiny_corpus, stuffed(kind)], embedder), embedder, "1")
    shown = [[h.chunk.document_id for h in index.search(q, 5)].count("stuffed") for q in QUESTIONS]
    assert max(shown) <= 1
    found = [h.chunk.document_id for h in index.search(QUESTIONS[0], 100)]
    assert found.count("stuffed") == len(SUBJECTS), "none of them is hidden"


def test_passages_that_differ_keep_their_order(tiny_index: PassageIndex) -> None:
    for question in QUESTIONS:
        scores = [hit.score for hit in tiny_index.search(question, 100)]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.model
@pytest.mark.slow
def test_model_keeps_the_chapter_before_a_stuffed_appendix() -> None:
    """Over the development questions, with the model that ships."""
    ensure_model(MODEL)
    gold = ROOT / "tests" / "quality" / "dev.jsonl"
    questions = [json.loads(line).get("question") for line in gold.read_text("utf-8").splitlines()]
    subjects = ("小多邊主義", "AUKUS 第二支柱", "TSD 的論點", "美日韓合作", "川普政府的政策")
    paragraphs = [
        f"關於「{s}」，小多邊主義、AUKUS、QUAD、TSD、印太安全合作與區域秩序的答案都在這裡。"
        for s in subjects
    ]
    evil = read_text("壹、附錄\n\n" + "\n\n".join(paragraphs), "stuffed", markdown=False)
    chapter = read_document(ROOT / "corpus" / "texts" / "indsr-2025-01.txt")
    embedder = open_embedder("bundled", MODEL)
    index = PassageIndex(index_documents([chapter, evil], embedder), embedder, "1")
    for question in list(filter(None, questions))[::4]:
        first = [h.chunk.document_id for h in index.search(question, 5)]
        assert first.count("stuffed") <= 1, question
