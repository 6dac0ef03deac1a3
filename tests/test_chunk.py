from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Span
from corpus.read import read_document, read_text
from index.chunk import MAX_WIDTH, chunk_document, states, width

SHIPPED = Path(__file__).parent.parent / "corpus" / "texts" / "indsr-2025-01.txt"


def document_of(sentences: Sequence[str]) -> Document:
    return read_text("壹、題目\n\n" + "".join(sentences) + "\n", "sample", {}, False)


def test_passages_come_in_reading_order_and_notes_behind_them(
    tiny_corpus: Sequence[Document],
) -> None:
    for document in tiny_corpus:
        chunks = chunk_document(document)
        passages = [c for c in chunks if c.kind == "passage"]
        assert [c.span for c in passages] == [p.span for p in document.paragraphs]
        assert [c.footnote_id for c in chunks[len(passages) :]] == [
            f.id for f in document.footnotes
        ]


@pytest.mark.parametrize("name", ["tiny", "shipped"])
def test_passage_is_a_slice_of_one_section(name: str, tiny_corpus: Sequence[Document]) -> None:
    for document in tiny_corpus if name == "tiny" else [read_document(SHIPPED)]:
        chunks = chunk_document(document)
        assert len({c.id for c in chunks}) == len(chunks)
        for chunk in chunks:
            if chunk.kind == "passage":
                assert chunk.text == chunk.span.of(document.text)
                holding = {s.id for s in document.sections if s.span.overlaps(chunk.span)}
                assert holding == {s.id for s in document.section_path(chunk.section_id)}


def test_every_sentence_lies_in_one_passage() -> None:
    document = read_document(SHIPPED)
    passages = [c.span for c in chunk_document(document) if c.kind == "passage"]
    for sentence in document.sentences:
        assert sum(p.covers(sentence.span) for p in passages) == 1
        assert sum(p.overlaps(sentence.span) for p in passages) == 1


def test_long_paragraph_is_cut_at_sentence_ends() -> None:
    document = document_of([f"第{number}句談的是燈塔的光與守燈人的夜。" for number in range(120)])
    passages = [c for c in chunk_document(document) if c.kind == "passage"]
    assert len(document.paragraphs) == 1
    assert len(passages) > 2
    assert max(width(c.text) for c in passages) <= MAX_WIDTH
    assert all(c.text.endswith("。") for c in passages)
    assert "".join(c.text for c in passages) == document.paragraphs[0].span.of(document.text)


def test_sentence_longer_than_a_passage_stays_whole() -> None:
    long = "光" * MAX_WIDTH + "。"
    document = document_of(["短句。", long, "又一短句。"])
    assert [c.text for c in chunk_document(document)] == ["短句。", long, "又一短句。"]


@given(st.lists(st.integers(1, 900), min_size=1, max_size=12))
def test_cutting_loses_no_sentence(lengths: list[int]) -> None:
    sentences = ["夜" * length + "。" for length in lengths]
    document = document_of(sentences)
    passages = [c for c in chunk_document(document) if c.kind == "passage"]
    assert "".join(c.text for c in passages) == "".join(sentences)
    assert all(width(c.text) <= MAX_WIDTH or c.text in sentences for c in passages)


def test_note_chunk_is_the_note_verbatim_in_the_section_of_its_first_mark(
    tiny_corpus: Sequence[Document],
) -> None:
    lighthouse = tiny_corpus[2]
    notes = [c for c in chunk_document(lighthouse) if c.kind == "note"]
    assert [c.text for c in notes] == [f.text for f in lighthouse.footnotes]
    assert [c.section_id for c in notes] == ["壹", "壹", "壹", "壹", "貳", "參"]
    assert all(c.span == Span(0, len(c.text)) for c in notes)


def test_note_of_a_heading_belongs_to_its_section(tiny_corpus: Sequence[Document]) -> None:
    lighthouse = tiny_corpus[2]
    heading = lighthouse.section("貳").heading
    moved = tuple(replace(ref, offset=heading.end) for ref in lighthouse.noterefs)
    notes = [c for c in chunk_document(replace(lighthouse, noterefs=moved)) if c.kind == "note"]
    assert {c.section_id for c in notes} == {"貳"}


def test_note_without_a_mark_belongs_to_no_section(tiny_corpus: Sequence[Document]) -> None:
    unmarked = replace(tiny_corpus[2], noterefs=())
    assert {c.section_id for c in chunk_document(unmarked) if c.kind == "note"} == {""}


@pytest.mark.parametrize(
    ("sentence", "says_something"),
    [
        ("關鍵詞：渡輪；票價", False),
        ("【关键词】：渡轮", False),
        ("Keywords: ferries, fares", False),
        ("**Key words**: ferries", False),
        ("關鍵詞彙由作者選定。", True),
        ("Keywords matter less than fares.", True),
        ("渡輪載書。", True),
    ],
)
def test_line_of_keywords_says_nothing(sentence: str, says_something: bool) -> None:
    assert states(sentence) is says_something


def test_wide_character_counts_two_columns() -> None:
    assert width("燈塔 ab，") == 9


@given(st.text())
def test_wide_characters_count_two(text: str) -> None:
    assert width(text) == sum(1 if ord(c) < 0x2E80 else 2 for c in text)
