from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Resolved
from corpus.read import read_text
from index.build import index_documents
from index.search import PassageIndex
from service.answer import Answer
from service.ask import NEAREST, Asker
from service.note_search import MOST_NOTES
from tests.conftest import examples
from tests.hashing_embedder import HashingEmbedder

if TYPE_CHECKING:
    from service.library import Library


@pytest.fixture(scope="module")
def asker(tiny_index: PassageIndex) -> Asker:
    return Asker(tiny_index)


def quoted(answer: Answer) -> list[str]:
    return [c.quote.exact for c in answer.citations]


def notes(answer: Answer) -> list[tuple[str, str]]:
    """(publication, label) of the notes quoted."""
    return [(c.document_id, str(c.footnote_id)) for c in answer.citations if c.target == "note"]


def assert_holds(answer: Answer, documents: dict[str, Document]) -> None:
    """What is true of every answer, whatever was asked."""
    assert answer.answered == bool(answer.citations) == bool(answer.blocks)
    assert not (answer.answered and answer.nearest)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert [(b.text, b.citations) for b in answer.blocks] == [
        (c.quote.exact, (c.number,)) for c in answer.citations
    ]
    for citation in answer.citations:
        document, span = documents[citation.document_id], citation.quote.span
        text = (
            document.text
            if citation.target == "body"
            else document.footnote(citation.footnote_id or "").text
        )
        assert citation.quote.exact == text[span.start : span.end]
    assert len(answer.nearest) <= NEAREST
    for near in answer.nearest:
        assert documents[near.document_id].section(near.section_id).title == near.section_title


def test_answer_is_the_sentence_with_its_note(asker: Asker) -> None:
    answer = asker.ask("燈塔為什麼每二十秒閃一次？")
    assert any("燈塔的光每二十秒閃一次" in text for text in quoted(answer))
    first = next(c for c in answer.citations if "二十秒閃一次" in c.quote.exact)
    assert (first.document_id, first.section_id, first.section_title) == (
        "lighthouse-hant",
        "貳",
        "光",
    )
    (note,) = first.notes
    assert (note.label, note.basis, note.resolved) == (
        "5",
        "sentence",
        (Resolved("3", 0, "p. 25"),),
    )
    assert answer.language == "zh-Hant"
    assert answer.mode == "extractive"


def test_answer_shows_the_script_of_the_source(asker: Asker) -> None:
    answer = asker.ask("灯塔为什么每二十秒闪一次？")
    assert quoted(answer) == quoted(asker.ask("燈塔為什麼每二十秒閃一次？"))
    assert answer.language == "zh-Hans"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("今天股票漲了嗎", "zh-Hant"),
        ("怎么做红烧肉", "zh-Hans"),
        ("how do I reset my password", "en"),
    ],
)
def test_refusal_names_near_sections_in_the_askers_language_and_shows_no_source(
    question: str, language: str, asker: Asker
) -> None:
    answer = asker.ask(question)
    assert (answer.status, answer.language) == ("not_found", language)
    assert answer.citations == ()
    assert answer.blocks == ()
    assert 0 < len(answer.nearest) <= NEAREST


@pytest.mark.parametrize(
    "question", ["加拿大的燈塔幾秒閃一次？", "How high is Canada's lighthouse?"]
)
def test_what_no_publication_names_is_refused(question: str, asker: Asker) -> None:
    assert not asker.ask(question).answered
    assert asker.ask("燈塔幾秒閃一次？").answered


def test_language_asked_for_is_the_answers(asker: Asker) -> None:
    assert asker.ask("怎么做红烧肉", language="en").language == "en"


def test_only_publications_asked_for_are_quoted(asker: Asker) -> None:
    answer = asker.ask("note 1", documents=["bees-hans", "bakery-en"])
    assert {c.document_id for c in answer.citations} == {"bakery-en", "bees-hans"}
    other = asker.ask("燈塔為什麼每二十秒閃一次？", documents=["bakery-en"])
    assert {c.document_id for c in other.citations} | {n.document_id for n in other.nearest} == {
        "bakery-en"
    }
    assert asker.ask("who built the ovens", documents=["nowhere"]).nearest == ()


def test_note_asked_for_by_number_is_quoted_with_the_sentence_that_carries_it(asker: Asker) -> None:
    answer = asker.ask("註4引的是誰的文章、第幾頁？", documents=["lighthouse-hant"])
    assert quoted(answer) == ["漁會的帳簿至今仍在。", "Lin and Roe, *Supra* note 3, p. 25."]
    assert notes(answer) == [("lighthouse-hant", "4")]
    assert answer.citations[1].notes[0].works[0]["title"] == "Oil and Light"
    assert answer.citations[1].notes[0].resolved == (Resolved("3", 0, "p. 25"),)


def test_note_number_is_looked_up_in_every_publication(asker: Asker) -> None:
    assert notes(asker.ask("footnote 2")) == [
        ("bakery-en", "2"),
        ("bees-hans", "2"),
        ("lighthouse-hant", "2"),
    ]


def test_note_that_does_not_exist_is_not_found(asker: Asker) -> None:
    answer = asker.ask("What does note 99 say?")
    assert not answer.answered
    assert answer.nearest


def test_notes_are_found_by_the_author_they_cite_also_through_supra_and_ibid(asker: Asker) -> None:
    answer = asker.ask("which notes cite David Roe?")
    assert notes(answer) == [
        ("lighthouse-hant", "3"),
        ("lighthouse-hant", "4"),
        ("lighthouse-hant", "5"),
    ]
    assert notes(asker.ask("哪些註引用了林安？")) == [
        ("lighthouse-hant", "1"),
        ("lighthouse-hant", "2"),
    ]


def test_many_notes_are_listed_without_their_sentences() -> None:
    body = "".join(f"第{n}句談燈。{n}" for n in "¹²³⁴⁵⁶⁷⁸⁹")
    listed = "".join(f"{n}. 林安，《燈》，2011年，頁{n}。\n" for n in range(1, 10))
    document = read_text(f"壹、題\n\n{body}\n\n註釋\n{listed}", "many")
    asker = Asker(
        PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "v")
    )
    answer = asker.ask("哪些註引用了林安？")
    assert len(answer.citations) == MOST_NOTES < 9
    assert {c.target for c in answer.citations} == {"note"}


def test_source_of_a_claim_is_the_sentence_and_its_note(asker: Asker) -> None:
    answer = asker.ask("What source supports the claim that the loaf costs four crowns?")
    assert any("four crowns" in text for text in quoted(answer))
    assert notes(answer) == [("bakery-en", "4")]
    (note,) = answer.citations[-1].notes
    assert note.works[0]["title"] == "Rye: A Love Story"


@pytest.mark.parametrize(
    "question",
    ["「漁會的帳簿」這句話的出處是什麼？", "“渔会的帐簿”这句话的出处是什么？"],
)
def test_source_of_a_phrase_is_found_word_for_word_in_either_script(
    question: str, asker: Asker
) -> None:
    answer = asker.ask(question)
    assert quoted(answer)[0] == "漁會的帳簿至今仍在。"
    assert notes(answer) == [("lighthouse-hant", "4")]


def test_source_of_a_phrase_said_twice_is_where_the_author_gives_a_note() -> None:
    document = read_text(
        "壹、題\n\n燈是「夜的眼睛」。後人又說燈是「夜的眼睛」，出自詩集。¹\n\n註釋\n1. 林安，《詩集》，2011年，頁1。\n",
        "twice",
    )
    asker = Asker(
        PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "v")
    )
    answer = asker.ask("「夜的眼睛」的出處是哪本書？")
    assert quoted(answer)[0] == "後人又說燈是「夜的眼睛」，出自詩集。"
    assert notes(answer) == [("twice", "1")]


@pytest.mark.parametrize(
    "question",
    [
        "林安的《白沙岬燈塔史》是在哪一個註釋引用的？",
        "「白沙岬燈塔史」出自哪個註？",
        'Which source is "白沙岬灯塔史"?',
    ],
)
def test_title_that_stands_in_a_note_alone_is_found_there(question: str, asker: Asker) -> None:
    assert notes(asker.ask(question)) == [("lighthouse-hant", "1")]


def test_note_without_a_word_in_it_is_not_quoted() -> None:
    document = read_text(
        "# Light\n\nThe lamp is lit.[^1] Oil burns.[^2]\n\n[^1]:\n\n[^2]: An Lin, *Oil*.\n",
        "empty",
        {},
        True,
    )
    assert document.footnote("1").text == ""
    asker = Asker(
        PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "v")
    )
    assert notes(asker.ask("note 1")) == []
    assert notes(asker.ask("note 2")) == [("empty", "2")]


def test_follow_up_is_read_with_the_question_before_it(asker: Asker) -> None:
    alone = asker.ask("How long did it last?")
    together = asker.ask("How long did it last?", ["When did the bakers go on strike?"])
    assert any("eleven days" in text for text in quoted(together))
    assert together.question == alone.question == "How long did it last?"
    assert together.id != alone.id


def test_new_topic_is_read_alone(asker: Asker) -> None:
    question = "石桥镇有多少养蜂人合作社的蜂箱？"
    assert quoted(asker.ask(question, ["When did the bakers go on strike?"])) == quoted(
        asker.ask(question)
    )


def test_stages_are_told_in_order(asker: Asker) -> None:
    told: list[str] = []
    asker.ask("who built the ovens", on_stage=told.append)
    assert told == ["searching", "choosing"]


QUESTIONS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.lists(
        st.sampled_from(
            "註 note 4 哪些 引用 誰 燈塔 bakers 「 」 which cite 出處 source claim that 蜂蜜 why ? 99".split()
        ),
        max_size=9,
    ).map(" ".join),
)


@examples(0.8)
@given(question=QUESTIONS, history=st.lists(QUESTIONS, max_size=2))
def test_every_answer_keeps_the_rules(
    question: str, history: list[str], asker: Asker, tiny_corpus: Sequence[Document]
) -> None:
    answer = asker.ask(question, history)
    assert_holds(answer, {d.id: d for d in tiny_corpus})
    assert answer.question == question


TSD = (
    "what is TSD's inner core argument",
    "TSD 的「內部核心」論點是什麼？",
    "TSD的“内部核心”论点是什么？",
)


@pytest.mark.model
@pytest.mark.parametrize("question", TSD)
def test_inner_core_of_tsd_is_quoted_with_note_39(question: str, library: Library) -> None:
    answer = library.ask(question)
    document = library.document("indsr-2025-01")
    (citation,) = [c for c in answer.citations if "「內部核心」（inner core）" in c.quote.exact]
    assert citation.quote.span == document.sentences[96].span
    assert (citation.document_id, citation.section_id) == ("indsr-2025-01", "參/三")
    (note,) = citation.notes
    assert (note.label, note.basis, note.resolved) == ("39", "sentence", (Resolved("39", 0),))
    assert note.works[0]["author"][0]["family"] == "Wilkins"
    assert note.works[0]["issued"]["date-parts"][0][0] == 2024


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("best ramen in Osaka?", "en"),
        ("今晚哪裡有好吃的拉麵？", "zh-Hant"),
        ("怎么做红烧肉", "zh-Hans"),
        ("How do I reset my router password?", "en"),
    ],
)
def test_question_from_another_world_is_refused(
    question: str, language: str, library: Library
) -> None:
    answer = library.ask(question)
    assert (answer.status, answer.language, answer.citations) == ("not_found", language, ())
    assert len(answer.nearest) == NEAREST


@pytest.mark.model
@pytest.mark.parametrize(
    "question", ["註39引的是誰的文章？", "注39引的是谁的文章？", "Whose article is footnote 39?"]
)
def test_note_39_is_that_of_wilkins(question: str, library: Library) -> None:
    answer = library.ask(question, documents=["indsr-2025-01"])
    assert notes(answer) == [("indsr-2025-01", "39")]
    assert "Thomas Wilkins" in answer.citations[-1].quote.exact


@pytest.mark.model
def test_supra_note_of_the_chapter_leads_to_its_work(library: Library) -> None:
    document = library.document("indsr-2025-01")
    supra = next(f for f in document.footnotes if f.kind == "supra")
    answer = library.ask(f"註{supra.label}指的是哪一篇？", documents=["indsr-2025-01"])
    (note,) = answer.citations[-1].notes
    assert (note.footnote_id, note.kind) == (supra.id, "supra")
    assert note.resolved[0] == supra.back_references[0].resolved
    assert note.works


@pytest.mark.model
def test_notes_citing_an_author_are_his_and_no_namesakes(library: Library) -> None:
    answer = library.ask("which notes cite Thomas Wilkins?", documents=["indsr-2025-01"])
    assert [label for _, label in notes(answer)] == [
        "4",
        "15",
        "16",
        "18",
        "39",
        "40",
        "42",
        "45",
    ]  # 6 is by Wilkinson


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "What source supports the claim that TSD is the inner core of regional order?",
        "「內部核心」這個說法的出處是什麼？",
    ],
)
def test_source_of_the_inner_core_is_note_39(question: str, library: Library) -> None:
    assert ("indsr-2025-01", "39") in notes(library.ask(question))


@pytest.mark.model
def test_follow_up_finds_the_man_of_the_question_before(library: Library) -> None:
    answer = library.ask("What is he worried about?", ["Who is Elbridge Colby?"])
    assert any("柯伯吉" in text for text in quoted(answer))


def test_question_about_the_whole_text_is_answered_in_the_authors_words() -> None:
    text = "壹、前言\n\n燈塔很高。本文探討燈塔的歷史。¹\n\n1. 何渡，《燈塔記》（港口：燈塔社，1903 年），頁 1。\n"
    document = read_text(text, "lamp")
    index = PassageIndex(index_documents([document], HashingEmbedder()), HashingEmbedder(), "v")
    answer = Asker(index).ask("這篇文章在講什麼？")
    assert quoted(answer) == ["本文探討燈塔的歷史。"]
    assert [note.label for citation in answer.citations for note in citation.notes] == ["1"]


@pytest.mark.model
def test_notes_with_the_very_words_come_before_those_that_only_mean_it(library: Library) -> None:
    """The glossary takes the White House for the United States, too."""
    answer = library.ask("Which notes cite the White House?", documents=["indsr-2025-01"])
    assert [label for _, label in notes(answer)] == ["20", "23", "28", "30", "49", "59"]


@pytest.mark.model
def test_name_that_the_body_has_in_one_word_is_found_in_notes_of_another_language(
    library: Library,
) -> None:
    answer = library.ask("哪些註引用了美國國務院？", documents=["indsr-2025-01"])
    assert {"19", "25", "26", "53", "54", "57", "60"} <= {label for _, label in notes(answer)}
