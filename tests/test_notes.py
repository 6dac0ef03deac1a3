"""Definitions split from the body, by style, whole and nothing else."""

from __future__ import annotations

import pytest

from corpus.clean import clean, joining_of
from corpus.notes import SplitNotes, split_notes
from corpus.paragraphs import layout_of
from corpus.read import read_text


def split(text: str, markdown: bool = False) -> SplitNotes:
    lines = clean(text).lines
    return split_notes(lines, layout_of(lines, markdown, joining_of(lines)))


def notes(text: str, markdown: bool = False) -> list[tuple[str, str]]:
    return [(d.label, d.text) for d in split(text, markdown).definitions]


def body(text: str, markdown: bool = False) -> list[str]:
    return [line.text for line in split(text, markdown).body if line.text]


@pytest.mark.parametrize(
    ("marks", "definitions", "labels"),
    [
        ("甲。¹ 乙。²", "¹ 王，《書》。\n\n² 同前註。", ["1", "2"]),
        ("甲。¹ 乙。²", "1 王，《書》。\n\n2 同前註。", ["1", "2"]),
        ("甲[1]。乙[2]。", "參考文獻\n\n[1] 王. 書.\n[2] 李. 刊.", ["1", "2"]),
        ("甲①。乙②。", "①王，《書》。\n②同上。", ["①", "②"]),
        ("甲。（註1）乙。（註2）", "註釋\n\n註1：王，《書》。\n註2：同註1。", ["1", "2"]),
        ("甲。（註一）乙。（註二）", "註一：王，《書》。\n註二：同註一。", ["一", "二"]),
        ("It fell.1 It rose.2", "Notes\n\n1. Roe, Title.\n2. Id.", ["1", "2"]),
    ],
)
def test_each_style_of_definition_is_lifted(
    marks: str, definitions: str, labels: list[str]
) -> None:
    text = f"{marks}\n\n{definitions}\n"
    assert [label for label, _ in notes(text)] == labels
    assert body(text) == [marks]


def test_a_body_line_that_opens_with_a_date_or_count_is_no_definition() -> None:
    text = "甲。¹ 乙。²\n\n1 王，《書》。\n\n2 同前註。\n\n3 月起，新制實施。³\n\n3 李，《刊》。\n"
    assert [label for label, _ in notes(text)] == ["1", "2", "3"]
    assert body(text) == ["甲。¹ 乙。²", "3 月起，新制實施。³"]


def test_numbered_headings_stay_where_notes_are_bare_numbers_too() -> None:
    text = "1. 引言\n\n甲。¹\n\n2. 方法\n\n乙。²\n\n1 王，《書》，2001。\n\n2 同前註，頁 3。\n"
    assert body(text) == ["1. 引言", "甲。¹", "2. 方法", "乙。²"]


def test_numbers_without_marks_stay_in_the_body() -> None:
    text = "分三點：\n\n1. 第一點。\n\n2. 第二點。\n"
    assert notes(text) == []
    assert len(body(text)) == 3


def test_a_wrapped_definition_is_joined() -> None:
    text = "甲。¹ 乙。²\n\n¹ 王守仁，《書》，頁 15、\n22-24。\n\n² 李，《刊》。\n"
    assert notes(text)[0] == ("1", "王守仁，《書》，頁 15、22-24。")


def test_a_second_paragraph_of_a_note_in_a_list_belongs_to_it() -> None:
    text = (
        "Fell.¹ Rose.²\n\nNotes\n\n1. Prices of 2015.\n\nThe rate is an average.\n2. Roe, Title.\n"
    )
    assert notes(text)[0] == ("1", "Prices of 2015.\n\nThe rate is an average.")


def test_the_body_goes_on_below_the_notes_of_a_page() -> None:
    text = "甲的關¹\n\n¹ 王，《書》。\n\n係密切。²\n\n² 李，《刊》。\n"
    assert body(text) == ["甲的關¹", "係密切。²"]


def test_what_stands_below_the_last_note_of_a_list_is_no_note() -> None:
    text = "甲[1]。\n\n參考文獻\n\n[1] 王. 書.\n\n致謝\n\n感謝讀者。\n"
    assert body(text) == ["甲[1]。", "致謝", "感謝讀者。"]


def test_a_list_of_references_that_nothing_cites_is_body() -> None:
    text = "甲。¹\n\n¹ 王，《書》。\n\n參考文獻\n\n王守仁（2001）。《書》。\n"
    assert "參考文獻" in body(text)


def test_keyed_notes_take_indented_paragraphs() -> None:
    text = "# A\n\nx[^k]\n\n[^k]: one\n\n    two\n\nafter\n"
    assert notes(text, True) == [("k", "one\n\ntwo")]
    assert body(text, True) == ["# A", "x[^k]", "after"]


def test_the_author_note_is_lifted_and_emphasis_is_not_one() -> None:
    found = split("甲。¹\n\n* 李俊毅為副研究員。\n\n¹ *Ibid.*, p. 5.\n")
    assert [(d.style, d.label) for d in found.definitions] == [("star", "*"), ("superscript", "1")]


def test_a_bulleted_list_is_no_author_note() -> None:
    assert notes("甲。\n\n* 第一項\n* 第二項\n") == []


def test_a_second_definition_of_a_number_is_kept() -> None:
    text = "甲。¹ 乙。² 丙。³\n\n1 王，《書》。\n\n2 李，《刊》。\n\n2 趙，《報》。\n\n3 同註 1。\n"
    assert [label for label, _ in notes(text)] == ["1", "2", "2", "3"]


def test_glued_digits_may_begin_again_on_each_page() -> None:
    text = "It ran.1 It fell.2\n\n1 Roe, A.\n2 Id.\n\f It rose.1 It sank.2\n\n1 Hale, B.\n2 Id.\n"
    assert notes(text) == [("1", "Roe, A."), ("2", "Id."), ("1", "Hale, B."), ("2", "Id.")]


@pytest.mark.parametrize(
    "marks", ["甲¹，乙²。", "甲<sup>[1]</sup>，乙<sup>[2]</sup>。", "甲10³ m[1]，乙[2]。"]
)
def test_raised_marks_may_name_a_list_in_brackets(marks: str) -> None:
    text = f"{marks}\n\n参考文献\n\n[1] 王. 书[M]. 北京: 海洋, 2001.\n[2] 李. 刊[J]. 桥梁, 2004.\n"
    assert [label for label, _ in notes(text)] == ["1", "2"]
    document = read_text(text, "x")
    assert [ref.label for ref in document.noterefs] == ["1", "2"]
    assert "sup>" not in document.text


def test_a_heading_right_above_its_first_part_is_no_note() -> None:
    text = (
        "1. Tides\n\nTrusted [1] and dull [2]. They are [1].\n\n2. The affair\n2.1. The gauge\n\nIt rose [2].\n\n"
        "References\n\n1. Roe, Bells (Leeds: Aire, 2001).\n2. Lind, Tides (Leeds: Aire, 2002).\n"
    )
    document = read_text(text, "x")
    assert [note.label for note in document.footnotes] == ["1", "2"]
    assert [s.label for s in document.sections if s.id] == ["1", "2", "2.1"]
