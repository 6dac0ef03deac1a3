"""Which note a mark names: through read_text, since that is what ties are for."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.read import read_text


def tied(document: Document) -> list[tuple[str, str]]:
    """(footnote id, the last six characters before the mark)."""
    return [
        (r.footnote_id, document.text[max(r.offset - 6, 0) : r.offset]) for r in document.noterefs
    ]


def test_a_decimal_is_no_mark_and_a_digit_after_a_stop_is_when_its_number_is_due() -> None:
    document = read_text(
        "Fleets fell.1 They rose.2 By 1974 it held 34.3 The mean was 34.5 percent. It ended.4\n\n"
        "Notes\n\n1. Roe, A.\n2. Id.\n3. Id.\n4. Id.\n",
        "x",
    )
    assert tied(document) == [("1", " fell."), ("2", " rose."), ("3", "ld 34."), ("4", "ended.")]
    assert "34.5 percent" in document.text


def test_an_exponent_is_no_mark() -> None:
    document = read_text(
        "The sea of 340 km² is cold.¹ So is the land.²\n\nNotes\n\n1. Roe, A.\n2. Id.\n", "x"
    )
    assert tied(document) == [("1", " cold."), ("2", " land.")]
    assert "340 km² is" in document.text


def test_superscripts_that_touch_are_two_notes() -> None:
    document = read_text("拒絕背書⁸⁹。\n\n⁸ 甲，《書》。\n\n⁹ 乙，《刊》。\n", "x")
    assert [r.footnote_id for r in document.noterefs] == ["8", "9"]


def test_enumerators_are_told_from_circled_marks() -> None:
    document = read_text(
        "要點有：①價格；②資訊；③仲裁。共用水管。①費用分攤。②\n\n①甲，《書》。\n②同上。\n", "x"
    )
    assert tied(document) == [("①", "。共用水管。"), ("②", "。費用分攤。")]
    assert "①價格；②資訊；③仲裁" in document.text


def test_numbers_that_begin_again_on_each_page_name_the_notes_of_that_page() -> None:
    document = read_text(
        "甲說。①乙說。②\n\n①甲書。\n②乙書。\n\n1\n\f丙說。①丁說。②\n\n①丙書。\n②丁書。\n\n2\n", "x"
    )
    assert [(r.footnote_id, document.footnote(r.footnote_id).text) for r in document.noterefs] == [
        ("p1.①", "甲書。"), ("p1.②", "乙書。"), ("p2.①", "丙書。"), ("p2.②", "丁書。"),
    ]  # fmt: skip


def test_numbers_that_begin_again_in_each_chapter_name_the_list_of_that_chapter() -> None:
    chapter = "第{0}章 港\n\n第{0}段說明。（註1）再次提到。（註1）\n\n註釋\n\n註1：第{0}書。\n\n"
    document = read_text(chapter.format("一") + chapter.format("二"), "x")
    assert [r.footnote_id for r in document.noterefs] == [
        "第一章.1",
        "第一章.1",
        "第二章.1",
        "第二章.1",
    ]


def test_lists_of_all_chapters_at_the_end_are_taken_in_turn() -> None:
    document = read_text(
        "第一章 海\n\n甲。（註1）乙。（註2）\n\n第二章 港\n\n丙。（註1）丁。（註2）\n\n"
        "註釋\n\n註1：甲書。\n註2：乙書。\n註1：丙書。\n註2：丁書。\n",
        "x",
    )
    assert [document.footnote(r.footnote_id).text for r in document.noterefs] == [
        "甲書。",
        "乙書。",
        "丙書。",
        "丁書。",
    ]


def test_a_note_cited_three_times_has_three_marks() -> None:
    document = read_text("甲[1]。乙[1]。丙[1,2]。\n\n參考文獻\n\n[1] 王. 書.\n[2] 李. 刊.\n", "x")
    assert [r.footnote_id for r in document.noterefs] == ["1", "1", "1", "2"]


@pytest.mark.parametrize("printed", ["[0,1]", "[2023]", "[sic]"])
def test_brackets_that_name_no_note_stay_in_the_text(printed: str) -> None:
    document = read_text(f"區間{printed}不變[1]。\n\n參考文獻\n\n[1] 王. 書.\n", "x")
    assert f"區間{printed}不變。" in document.text


def test_a_mark_without_a_definition_is_lifted_and_reported() -> None:
    document = read_text("甲。¹ 乙。² 丙。³\n\n1 王，《書》。\n\n3 李，《刊》。\n", "x")
    assert document.text == "甲。乙。丙。"
    assert [(f.code, f.line) for f in document.findings if f.code == "note-missing"] == [
        ("note-missing", 1)
    ]


def test_a_mark_in_a_heading_names_its_note() -> None:
    document = read_text("壹、前言¹\n\n本文討論小多邊主義。\n\n¹ 王，《書》。\n", "x")
    assert document.sections[0].title == "前言"
    assert [r.footnote_id for r in document.noterefs] == ["1"]
    assert "¹" not in document.text


def test_keyed_notes_are_one_list_wherever_they_are_defined() -> None:
    document = read_text(
        "Free.[^fee] Not.[^1]\n\n[^fee]: Act, s. 12.\n\n# Bells\n\nRung.[^fee]\n\n"
        "[^1]: Lind, *Bells*.\n\n[^2]: Nobody cites this.\n", "x"
    )  # fmt: skip
    assert [r.footnote_id for r in document.noterefs] == ["fee", "1", "fee"]
    assert [f.code for f in document.findings] == ["note-orphan"]


def test_a_number_that_another_page_defines_is_missing_on_its_own() -> None:
    document = read_text(
        "甲說。①乙說。”④丙說。\n\n①甲書。\n\n1\n\f丁說。①戊說。②己說。③庚說。④\n\n①甲。\n②乙。\n③丙。\n④丁。\n\n2\n",
        "x",
    )
    assert "乙說。”丙說。" in document.text
    assert ("note-missing", 1) in [(f.code, f.line) for f in document.findings]


def test_signs_that_begin_again_name_the_notes_of_their_page() -> None:
    document = read_text(
        "It sailed.* It was late.†\n\n* Roe, A (London: Tide, 1987), 14.\n† The tide was.\n\n12\n\n"
        "It burned coal.* Few paid.†\n\n* Hale, B (London: Tide, 1988), 3.\n† Ibid.\n\n13\n",
        "x",
    )
    assert [(document.footnote(r.footnote_id).text[:4]) for r in document.noterefs] == [
        "Roe,", "The ", "Hale", "Ibid",
    ]  # fmt: skip
    assert [note.kind for note in document.footnotes] == ["source", "explanatory", "source", "ibid"]
