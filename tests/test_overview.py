from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.read import read_text
from service.overview import MOST, asks_for_overview, overview


@pytest.mark.parametrize(
    "question",
    [
        "這篇文章在講什麼",
        "这一章到底在谈什么？",
        "本文的主旨是什么",
        "作者的主要論點是什麼？",
        "請總結本文",
        "总结一下",
        "全文摘要",
        "What is this chapter about?",
        "what is it about",
        "Summarise the chapter.",
        "Give me a summary",
        "What is the author's main argument?",
        "what's the main argument of this paper",
        "What does the chapter argue?",
    ],
)
def test_question_about_the_whole_text_is_told(question: str) -> None:
    assert asks_for_overview(question)


@pytest.mark.parametrize(
    "question",
    [
        "what is TSD's inner core argument",
        "What does the chapter say about AUKUS?",
        "What is the main argument of Wilkins' article?",
        "what is minilateralism about",
        "summary of AUKUS",
        "本文怎麼說 TSD",
        "TSD 的主要內容是什麼",
        "總結 AUKUS 的發展",
        "第三章在講什麼",
        "作者對台灣的建議是什麼",
        "",
    ],
)
def test_question_about_a_subject_is_not(question: str) -> None:
    assert not asks_for_overview(question)


def quoted(*texts: str) -> list[str]:
    documents: list[Document] = [read_text(text, f"text{i}") for i, text in enumerate(texts)]
    by_id = {document.id: document for document in documents}
    return [span.of(by_id[name].text) for name, span in overview(documents)]


CHINESE = (
    "壹、前言\n\n燈塔很高。本文探討燈塔的歷史。本文的局限在於史料不多。\n\n"
    "貳、小結\n\n其他本文討論的燈塔都已拆除。因此，本文主張保留燈塔。筆者認為燈油太貴。本文建議改用電燈。\n"
)
ENGLISH = "Introduction\n\nThe bakers shared one oven. This paper asks why. Ovens cost much. In this paper, we argue that ovens make friends.\n"


def test_sentences_in_which_the_author_says_what_the_text_does_are_quoted() -> None:
    assert quoted(CHINESE) == [
        "本文探討燈塔的歷史。",
        "因此，本文主張保留燈塔。",
        "筆者認為燈油太貴。",
    ]


def test_bare_one_brings_the_sentence_that_it_leans_on() -> None:
    assert quoted(ENGLISH) == [
        "The bakers shared one oven.",
        "This paper asks why.",
        "In this paper, we argue that ovens make friends.",
    ]


def test_several_publications_share_the_room() -> None:
    assert quoted(CHINESE, ENGLISH) == [
        "本文探討燈塔的歷史。",
        "The bakers shared one oven.",
        "This paper asks why.",
    ]
    assert quoted(*[CHINESE] * (MOST + 1)) == []
    assert quoted() == []


def test_text_that_never_says_so_has_no_overview() -> None:
    assert quoted("壹、前言\n\n燈塔很高。\n") == []
