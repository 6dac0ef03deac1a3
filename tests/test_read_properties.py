"""What holds for every text, whatever is in it."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.document import Document, Span
from corpus.read import read_text
from tests.conftest import examples

PIECES = st.sampled_from(
    [
        "壹、前言", "一、背景", "（一）資料", "1. Methods", "2.1 Data", "第一章 緒論", "Introduction", "I. Origins",
        "註釋", "Notes", "參考文獻", "# 標題", "## Part", "---", "===", "> 引文", "- 項目", "1. item", "```",
        "海岛自2008年起共用一條水管。", "他說「沒有」。", "The court held", "islands. The ", "See U.S. v. Roe, 12 F.2d 34.",
        "¹", "²³", "① ", "②", "[1]", "[2,3]", "[4]15", "（註1）", "註2：", "[^a]", "[^a]: 注", "^[inline]", "*", "* 作者為教授。",
        "1 Roe, Title, 2001.", "2 同註 1，頁 5。", "3. Ibid., p. 4.", "12", "— 12 —", "....... 3", "\u3000\u3000", "    ",
        "\n", "\n\n", "\r\n", "\f", "\t", "\u200b", "\u202e", "，", "；", "」", "“", "-", "a", "漁", "2017", "25%",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=25).map("\n".join),
    st.lists(PIECES, max_size=25).map("\n\n".join),
)
LETTERS = st.text(
    st.sampled_from("海島水管制度abcde ABC\n\n。，.；：「」（）()¹²①[]123、 \f-*"), max_size=400
)
PROFILE = examples(1.5)


def read(text: str) -> Document:
    return read_text(text, "x")


@given(TEXTS)
@PROFILE
def test_reading_never_raises_and_spans_nest(text: str) -> None:
    document = read(text)
    sections = {section.id for section in document.sections}
    assert len(sections) == len(document.sections)
    position = -1
    for paragraph in document.paragraphs:
        assert paragraph.section_id in sections
        assert position < paragraph.span.start < paragraph.span.end <= len(document.text)
        position = paragraph.span.end
        assert document.section(paragraph.section_id).span.covers(paragraph.span)
    by_id = {paragraph.id: paragraph.span for paragraph in document.paragraphs}
    for sentence in document.sentences:
        assert by_id[sentence.paragraph_id].covers(sentence.span)


@given(TEXTS)
@PROFILE
def test_every_mark_names_a_note_and_stands_in_or_at_the_end_of_its_sentence(text: str) -> None:
    document = read(text)
    ids = [footnote.id for footnote in document.footnotes]
    assert len(ids) == len(set(ids))
    for noteref in document.noterefs:
        assert noteref.footnote_id in ids
        assert noteref.sentence.start <= noteref.offset <= noteref.sentence.end + 1


@given(TEXTS)
@PROFILE
def test_sentences_hold_every_printed_character_of_their_paragraphs(text: str) -> None:
    document = read(text)
    for paragraph in document.paragraphs:
        inside = "".join(s.span.of(document.text) for s in document.sentences_in(paragraph.span))
        assert "".join(inside.split()) == "".join(paragraph.span.of(document.text).split())


def letters(*texts: str) -> Counter[str]:
    return Counter(
        c for text in texts for c in text if unicodedata.category(c) in {"Lo", "Ll", "Lu"}
    )


@given(LETTERS)
@PROFILE
def test_no_letter_of_the_file_is_lost_or_made_up(text: str) -> None:
    document = read(text)
    notes = [footnote.text for footnote in document.footnotes]
    aside = [line.text for line in document.set_aside]
    assert letters(text) == letters(document.text, *notes, *aside)


@given(TEXTS)
@PROFILE
def test_an_offset_leads_to_the_line_that_printed_it(text: str) -> None:
    document = read(text)
    printed: dict[int, str] = {}
    for line in clean(text).lines:
        printed[line.number] = printed.get(line.number, "") + line.text
    for offset, character in enumerate(document.text):
        if character.isalpha():
            assert character in printed[document.line_map.line_of(offset)]


@given(TEXTS)
@PROFILE
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    again = clean("\n".join(line.text for line in once.lines))
    assert [line.text for line in again.lines] == [line.text for line in once.lines]
    assert again.invisible == {}


@given(TEXTS)
@PROFILE
def test_reading_is_deterministic(text: str) -> None:
    assert read(text) == read(text)


@given(TEXTS, st.integers(0, 60), st.integers(0, 200))
@PROFILE
def test_sentences_in_a_span_are_those_that_it_covers(text: str, start: int, length: int) -> None:
    document = read(text)
    spans = (Span(start, start + length), *(p.span for p in document.paragraphs))
    for span in spans:
        covered = [s for s in document.sentences if span.covers(s.span)]
        assert list(document.sentences_in(span)) == covered
