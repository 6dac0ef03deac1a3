from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from service.suggest import SHOWN, TRIED, suggest


def test_editors_questions_come_first_then_the_sections(tiny_corpus: Sequence[Document]) -> None:
    found = suggest(tiny_corpus[2:], "zh-Hant", lambda question: True)
    assert found == ("何謂「慢眨眼」？", "關於沿革，文中怎麼說？", "關於光，文中怎麼說？")


def test_question_without_an_answer_is_not_suggested(tiny_corpus: Sequence[Document]) -> None:
    assert suggest(tiny_corpus, "en", lambda question: "Strike" in question) == (
        "What does the text say about The Strike?",
    )
    assert suggest(tiny_corpus, "en", lambda question: False) == ()
    assert suggest([], "en", lambda question: True) == ()


def test_no_question_is_suggested_twice(tiny_corpus: Sequence[Document]) -> None:
    lighthouse = tiny_corpus[2]
    found = suggest([lighthouse, replace(lighthouse)], "zh-Hans", lambda question: True)
    assert len(found) == len(set(found)) == SHOWN


def test_no_more_questions_are_tried_than_needed(tiny_corpus: Sequence[Document]) -> None:
    tried: list[str] = []

    def answered(question: str) -> bool:
        tried.append(question)
        return True

    suggest(tiny_corpus, "en", answered)
    assert len(tried) == SHOWN


def test_search_ends_where_many_questions_are_in_vain(tiny_corpus: Sequence[Document]) -> None:
    bakery = tiny_corpus[0]
    sections = tuple(replace(bakery.sections[0], id=str(i), title=f"Oven {i}") for i in range(500))
    tried: list[str] = []

    def answered(question: str) -> bool:
        tried.append(question)
        return False

    assert suggest([replace(bakery, sections=sections)], "en", answered) == ()
    assert len(tried) == len(set(tried)) == TRIED
