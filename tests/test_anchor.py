"""One text, and everything else as spans over it."""

from __future__ import annotations

from corpus.document import Span
from corpus.read import read_text

TEXT = "導言一段，說明海島共用一條水管的由來與現況，並交代資料。\n\n壹、水管¹\n\n水管老舊，²須更換。費用高。³ 四鎮分攤。\n\n1 王。\n\n2 李。\n\n3 趙。\n"


def test_headings_and_paragraphs_are_joined_by_a_blank_line() -> None:
    assert (
        read_text(TEXT, "x").text
        == "導言一段，說明海島共用一條水管的由來與現況，並交代資料。\n\n壹、水管\n\n水管老舊，須更換。費用高。四鎮分攤。"
    )


def test_text_before_the_first_heading_has_a_section_without_a_name() -> None:
    document = read_text(TEXT, "x")
    assert [(s.id, s.span.of(document.text)[:2]) for s in document.sections] == [
        ("", "導言"),
        ("壹", "壹、"),
    ]
    assert len(document.sections[0].heading) == 0
    assert [p.section_id for p in document.paragraphs] == ["", "壹"]


def test_a_mark_belongs_to_the_sentence_it_stands_in_or_whose_end_it_stands_at() -> None:
    document = read_text(TEXT, "x")
    found = [(r.label, r.sentence.of(document.text)) for r in document.noterefs]
    assert found == [("1", "壹、水管"), ("2", "水管老舊，須更換。"), ("3", "費用高。")]


def test_an_offset_lies_between_the_characters_the_mark_stood_between() -> None:
    document = read_text(TEXT, "x")
    assert [document.text[r.offset - 1 : r.offset + 1] for r in document.noterefs] == [
        "管\n",
        "，須",
        "。四",
    ]


def test_a_text_without_headings_is_one_section() -> None:
    document = read_text("甲說明了海島水管的由來，並交代了資料。乙則沒有。\n", "x")
    assert [(s.id, s.span) for s in document.sections] == [("", Span(0, 24))]
