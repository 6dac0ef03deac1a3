from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.read import read_text
from index.build import index_documents
from index.search import PassageIndex
from service.ask import Asker
from service.named_part import narrowed
from tests.hashing_embedder import HashingEmbedder

TEXT = """壹、前言

渡輪載書到小島。島民等書。

貳、發現

渡輪在冬天停駛。

參、結論與建議

一、政策

渡輪應在冬天也載書。小島宜設書箱。
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(TEXT, "ferry")


@pytest.fixture(scope="module")
def index(document: Document) -> PassageIndex:
    return PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "v")


@pytest.mark.parametrize(
    ("question", "sections"),
    [
        ("結論對渡輪有什麼建議？", ["參", "參/一"]),
        ("小结怎么说渡轮？", ["參", "參/一"]),
        ("According to the conclusion, what about 渡輪?", ["參", "參/一"]),
        ("What is the author's conclusion on 渡輪?", ["參", "參/一"]),
        ("渡輪在引言裡做什麼", ["壹"]),
        ("what does the introduction of this chapter say", ["壹"]),
        ("渡輪在摘要裡做什麼", []),
        ("渡輪何時停駛", []),
        ("the introduction of 渡輪 to the islands", []),
        ("研究得出什麼結論", []),
        ("", []),
    ],
)
def test_named_part_limits_the_sections(
    question: str, sections: list[str], document: Document, index: PassageIndex
) -> None:
    read = index.read(question)
    rest, found = narrowed(read, [document])
    assert found == tuple(("ferry", section) for section in sections)
    assert rest.text == question
    assert (rest == read) == (not sections)
    assert len(rest.concepts) == len(rest.concept_idf) == len(rest.absent)
    texts = [concept.text for concept in rest.concepts]
    assert not sections or not {"结论", "小结", "conclus", "引言", "introduct"} & set(texts)


def test_answer_stands_in_the_part_that_the_question_names(index: PassageIndex) -> None:
    answer = Asker(index).ask("結論說渡輪應在冬天載書嗎？")
    assert answer.citations
    assert {c.section_id for c in answer.citations} == {"參/一"}


def test_sentences_of_other_parts_are_not_ranked(index: PassageIndex) -> None:
    read, sections = narrowed(index.read("前言說小島宜設書箱嗎？"), index.documents)
    ranking = index.rank(read, sections=sections)
    assert {hit.section_id for hit in ranking.sentences} == {"壹"}
