from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Resolved, Sentence, Span
from corpus.read import read_document, read_text
from service.answer import Citation
from service.cite import (
    CONTEXT,
    QuoteError,
    cite_note,
    cite_sentence,
    cited_note,
    printed_heading,
    quote,
)

ROOT = Path(__file__).parent.parent
SOURCES = [
    *(ROOT / "corpus" / "texts").glob("*.txt"),
    *(ROOT / "tests" / "texts").glob("*/source.*"),
]


@cache
def read(path: Path) -> Document:
    return read_document(path)


@pytest.mark.parametrize(
    ("label", "title", "printed"),
    [
        ("參", "前言", "參 前言"),
        ("1.2", "Trust", "1.2 Trust"),
        ("1 背景", "背景", "1 背景"),
        ("Introduction", "Introduction", "Introduction"),
        ("", "Abstract", "Abstract"),
        ("II", "", "II"),
        ("", "", ""),
    ],
)
def test_heading_is_printed_once(label: str, title: str, printed: str) -> None:
    assert printed_heading(label, title) == printed


def sentence(document: Document, opening: str) -> Sentence:
    (found,) = [s for s in document.sentences if s.span.of(document.text).startswith(opening)]
    return found


def cited(document: Document, opening: str) -> Citation:
    return cite_sentence(document, sentence(document, opening).span, 1)


def shown(citation: Citation) -> list[tuple[str, str]]:
    return [(note.label, note.basis) for note in citation.notes]


@given(st.text(max_size=60), st.integers(-70, 70), st.integers(-70, 70))
def test_quote_is_the_slice_or_there_is_none(text: str, start: int, end: int) -> None:
    span = Span(start, end)
    if 0 <= start < end <= len(text):
        found = quote(text, span)
        assert found.exact == text[start:end]
        assert found.span == span
        assert found.prefix + found.exact + found.suffix in text
        assert text.startswith(found.prefix, max(start - CONTEXT, 0))
        assert text.startswith(found.suffix, end)
    else:
        with pytest.raises(QuoteError):
            quote(text, span)


def test_prefix_and_suffix_end_with_the_text() -> None:
    text = "a" * 100
    assert len(quote(text, Span(50, 51)).prefix) == len(quote(text, Span(40, 41)).suffix) == CONTEXT
    assert quote(text, Span(0, 100)).prefix == quote(text, Span(0, 100)).suffix == ""


@pytest.fixture(scope="module")
def lighthouse(tiny_corpus: Sequence[Document]) -> Document:
    return tiny_corpus[2]


def test_note_marked_in_the_sentence_is_shown_for_the_sentence(lighthouse: Document) -> None:
    citation = cited(lighthouse, "塔身以花崗石砌成")
    assert shown(citation) == [("2", "sentence")]
    assert (citation.document_id, citation.section_id, citation.section_title) == (
        "lighthouse-hant",
        "壹",
        "沿革",
    )
    assert (citation.target, citation.footnote_id) == ("body", None)


def test_next_mark_of_the_paragraph_is_shown_for_the_passage(lighthouse: Document) -> None:
    assert shown(cited(lighthouse, "1952年颱風")) == [("4", "passage")]
    assert shown(cited(lighthouse, "首先，港務局")) == [("6", "passage")]


def test_only_the_next_of_several_marks_covers_the_passage() -> None:
    document = read_text(
        "壹、題\n\n甲說。乙說。¹丙說。²\n\n註釋\n1. 一註。\n2. 二註。\n", "several"
    )
    assert shown(cited(document, "甲說")) == [("1", "passage")]


def test_note_never_comes_from_beyond_the_paragraph(lighthouse: Document) -> None:
    assert shown(cited(lighthouse, "因為舊齒輪")) == []
    assert shown(cited(lighthouse, "為什麼是二十秒")) == []


def test_run_of_sentences_shows_the_notes_marked_in_it(lighthouse: Document) -> None:
    first, last = sentence(lighthouse, "白沙岬燈塔在1902年"), sentence(lighthouse, "守燈人（")
    run = cite_sentence(lighthouse, Span(first.span.start, last.span.end), 1)
    assert shown(run) == [("1", "sentence"), ("2", "sentence"), ("3", "sentence")]
    later = cite_sentence(
        lighthouse,
        Span(
            sentence(lighthouse, "1952年").span.start, sentence(lighthouse, "漁會的帳簿").span.end
        ),
        1,
    )
    assert shown(later) == [("4", "sentence")]


def test_supra_and_ibid_bring_the_work_they_mean(lighthouse: Document) -> None:
    (supra,) = cited(lighthouse, "漁會的帳簿").notes
    assert supra.text == "Lin and Roe, *Supra* note 3, p. 25."
    assert supra.resolved == (Resolved("3", 0, "p. 25"),)
    assert supra.works[0]["title"] == "Oil and Light"
    (ibid,) = cited(lighthouse, "燈塔的光每二十秒").notes
    assert (ibid.kind, ibid.resolved) == ("ibid", (Resolved("3", 0, "p. 25"),))
    assert ibid.works == supra.works


def test_source_note_brings_its_own_work(lighthouse: Document) -> None:
    (source,) = cited(lighthouse, "白沙岬燈塔在1902年").notes
    assert source.resolved == (Resolved("1", 0),)
    assert source.works[0]["title"] == "白沙岬燈塔史"


def test_note_cited_twice_in_a_sentence_is_shown_once(lighthouse: Document) -> None:
    first = sentence(lighthouse, "白沙岬燈塔在1902年")
    twice = replace(lighthouse, noterefs=(lighthouse.noterefs[0], *lighthouse.noterefs))
    assert shown(cite_sentence(twice, first.span, 1)) == [("1", "sentence")]


def test_mark_without_a_note_shows_nothing(lighthouse: Document) -> None:
    without = replace(lighthouse, footnotes=lighthouse.footnotes[1:])
    assert shown(cited(without, "白沙岬燈塔在1902年")) == []


def test_quoted_note_stands_where_it_is_first_marked(lighthouse: Document) -> None:
    footnote = lighthouse.footnote("6")
    citation = cite_note(lighthouse, footnote, 2)
    assert citation.quote.exact == footnote.text
    assert (citation.target, citation.footnote_id, citation.section_id) == ("note", "6", "參")
    assert [note.footnote_id for note in citation.notes] == ["6"]


def test_quoted_note_without_a_mark_stands_in_no_section(lighthouse: Document) -> None:
    unmarked = replace(lighthouse, noterefs=())
    citation = cite_note(unmarked, unmarked.footnote("1"), 1)
    assert (citation.section_id, citation.section_title) == ("", "")


def test_unresolved_back_reference_brings_no_work() -> None:
    document = read_text("壹、題\n\n甲。¹\n\n註釋\n1. 同註9，頁3。\n", "dangling")
    (note,) = cited(document, "甲").notes
    assert note.text == "同註9，頁3。"
    assert (note.resolved, note.works) == ((), ())


def citations(document: Document) -> Iterator[tuple[Sentence, Citation]]:
    for found in document.sentences:
        yield found, cite_sentence(document, found.span, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", SOURCES, ids=lambda path: path.stem if path.stem != "source" else path.parent.name
)
def test_every_sentence_of_every_text_can_be_cited(path: Path) -> None:
    document = read(path)
    for found, citation in citations(document):
        where = citation.quote.span
        assert citation.quote.exact == document.text[where.start : where.end]
        paragraph = document.paragraph_at(found.span.start)
        assert paragraph is not None
        for note in citation.notes:
            marks = [
                r
                for r in document.noterefs
                if r.footnote_id == note.footnote_id and paragraph.span.covers(r.sentence)
            ]
            assert any((r.sentence == found.span) == (note.basis == "sentence") for r in marks)
            assert note.basis == "sentence" or all(
                r.sentence != found.span for r in document.noterefs
            )
            assert len(note.resolved) == len(note.works)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", SOURCES, ids=lambda path: path.stem if path.stem != "source" else path.parent.name
)
def test_every_work_a_note_means_is_the_one_in_the_note_named(path: Path) -> None:
    document = read(path)
    for footnote in document.footnotes:
        note = cited_note(document, footnote, "sentence")
        for resolved, work in zip(note.resolved, note.works, strict=True):
            assert document.footnote(resolved.footnote_id).works[resolved.work].csl == work
