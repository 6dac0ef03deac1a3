"""Candidates for definitions, and the chain that wins."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.definitions import NOTES_HEADING, Evidence, candidates, choose, star_candidates


@pytest.mark.parametrize(
    ("line", "form", "label"),
    [
        ("³⁴ *Supra* note 31", "superscript", "34"),
        ("12 Megan Dee, “A”", "bare-blank", "12"),
        ("12. See Roe", "bare-stop", "12"),
        ("12、王守仁", "bare-stop", "12"),
        ("[12] 王. 书.", "bracket", "12"),
        ("［12］王. 书.", "bracket", "12"),
        ("[[12]](#_ftnref12) Roe", "bracket", "12"),
        ("[\\[12\\]](#_ftnref12) Roe", "bracket", "12"),
        ("[xii] Roe", "bracket", "xii"),
        ("註12：王守仁", "zhu", "12"),
        ("（註 12）王守仁", "zhu", "12"),
        ("註十二：王守仁", "zhu", "十二"),
        ("②《协议》", "circled", "②"),
        ("  ② 《协议》", "circled", "②"),
    ],
)
def test_a_definition_opens_with_its_number(line: str, form: str, label: str) -> None:
    found = candidates(clean(line).lines)
    assert [(c.form, c.label) for c in found] == [(form, label)]


@pytest.mark.parametrize(
    "line",
    ["12", "1.5 公里", "2025", "註冊號", "王守仁", "註釋", "3,000 人", "[2](https://a.example)"],
)
def test_what_opens_otherwise_is_no_candidate(line: str) -> None:
    assert candidates(clean(line).lines) == []


@pytest.mark.parametrize(
    ("line", "label"),
    [("* 李俊毅為", "*"), ("＊李俊毅", "＊"), ("† Professor", "†"), ("** 王", "**")],
)
def test_an_author_note_opens_with_a_star(line: str, label: str) -> None:
    assert [c.label for c in star_candidates(clean(line).lines)] == [label]


def test_emphasis_opens_no_author_note() -> None:
    assert star_candidates(clean("*Ibid.*, p. 5\n**bold** text").lines) == []


def chosen(text: str, marked: dict[int, int], restarts: bool = False) -> list[int]:
    lines = clean(text).lines
    evidence = Evidence(marked, {}, frozenset(), frozenset(), restarts)
    return [c.index for c in choose(candidates(lines), lines, evidence)]


def test_a_stray_number_is_outvoted_by_the_chain() -> None:
    assert chosen("甲\n7 月起\n5 王\n6 李\n7 趙\n8 孫", {5: 0, 6: 0, 7: 0, 8: 0}) == [2, 3, 4, 5]


def test_a_number_far_below_the_notes_is_no_second_definition() -> None:
    """Whether prose stands between is asked of the lines between, not of the first line of the file."""
    prose = "\n\n甲。" * 8
    text = f"\n1. 王\n2. 李{prose}\n\n1. 標題{prose}\n3. 趙\n4. 孫"
    found = chosen(text, dict.fromkeys(range(1, 5), 0))
    assert [clean(text).lines[index].text for index in found] == [
        "1. 王",
        "2. 李",
        "3. 趙",
        "4. 孫",
    ]


def test_a_chain_may_begin_again_only_where_marks_do() -> None:
    text = "甲\n1 王\n2 李\n乙\n1 趙\n2 孫"
    assert chosen(text, {1: 0, 2: 0}, restarts=True) == [1, 2, 4, 5]
    assert len(chosen(text, {1: 0, 2: 0})) < 4


@pytest.mark.parametrize(
    "line",
    [
        "註釋",
        "注释：",
        "參考文獻",
        "【参考文献】",
        "主要參考文獻",
        "陸、參考文獻",
        "Notes",
        "NOTES",
        "References",
        "Notes and References",
        "参考文献（References）",
        "Notes to Chapter 1: The Ropewalk",
        "第一章註釋",
        "引用書目",
    ],
)
def test_headings_of_lists(line: str) -> None:
    assert NOTES_HEADING.fullmatch(line)


@pytest.mark.parametrize("line", ["註釋的歷史", "Notes on method", "參考", "前言"])
def test_headings_that_only_begin_like_a_list(line: str) -> None:
    assert not NOTES_HEADING.fullmatch(line)
