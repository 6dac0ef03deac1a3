"""Lines, pages, invisible characters, and how two halves of a line are joined."""

from __future__ import annotations

import pytest

from corpus.clean import Joining, Line, clean, joining_of, joint


def test_line_numbers_survive_every_kind_of_line_end() -> None:
    lines = clean("一\r\n二\r三\n四").lines
    assert [(line.number, line.text) for line in lines] == [
        (1, "一"),
        (2, "二"),
        (3, "三"),
        (4, "四"),
    ]


def test_a_form_feed_turns_the_page_and_keeps_the_line_number() -> None:
    lines = clean("頁一\n\f頁二").lines
    assert [(line.number, line.page, line.text) for line in lines if line.text] == [
        (1, 1, "頁一"),
        (2, 2, "頁二"),
    ]


@pytest.mark.parametrize(
    "character",
    [
        "\u200b",
        "\u200d",
        "\u2060",
        "\u202e",
        "\u2066",
        "\u00ad",
        "\ufe0f",
        "\U000e0041",
        "\x07",
        "\x1b",
        "\ud800",
    ],
)
def test_an_invisible_character_is_dropped_and_counted(character: str) -> None:
    cleaned = clean(f"前\n前{character}言")
    assert [line.text for line in cleaned.lines] == ["前", "前言"]
    assert cleaned.invisible == {2: 1}


def test_a_byte_order_mark_at_the_start_is_no_finding() -> None:
    cleaned = clean("\ufeff前言")
    assert (cleaned.lines[0].text, cleaned.invisible) == ("前言", {})


def test_indent_counts_an_ideographic_space_as_two_columns() -> None:
    assert [line.indent for line in clean("\u3000\u3000段\n  a\n\tb\nc").lines] == [4, 2, 4, 0]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("強化友盟關", "係的策略", "強化友盟關係的策略"),
        ("the open", "sea", "the open sea"),
        ("sched-", "ules", "schedules"),
        ("long-", "term", "long-term"),
        ("Indo-", "Pacific", "Indo-Pacific"),
        ("pp. 12-", "15", "pp. 12-15"),
        ("第三期，", "Quad 的", "第三期，Quad 的"),
        ("成立的", "Quad", "成立的 Quad"),
        ("<https://example.org/a", "b>", "<https://example.org/ab>"),
        ("see https://example.org/", "12", "see https://example.org/12"),
    ],
)
def test_two_halves_of_a_line_are_joined(left: str, right: str, joined: str) -> None:
    kept, between = joint(left, right, Joining(frozenset({"long-term"})))
    assert kept + between + right == joined


def test_a_file_that_prints_no_blank_beside_latin_letters_is_joined_without_one() -> None:
    joining = joining_of([Line(1, "自2008年起，TSD的運作")])
    assert joint("《日報》2012年", "3月8日", joining) == ("《日報》2012年", "")


def test_a_hyphen_printed_elsewhere_in_the_file_is_kept() -> None:
    joining = joining_of([Line(1, "the long-term view")])
    assert joint("a long-", "term lease", joining)[0] == "a long-"


def test_compounds_keep_their_hyphen_wherever_the_line_was_cut() -> None:
    assert joint("a long-", "term lease", Joining())[0] == "a long-"
    assert joint("twenty-", "four members", Joining())[0] == "twenty-"
    assert joint("a well-", "ness day", Joining())[0] == "a well"
