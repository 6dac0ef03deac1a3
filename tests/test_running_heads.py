"""Running heads, and headings and captions that come again."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.furniture import find_furniture
from tests.test_furniture import PROSE, reasons


def test_a_line_that_comes_three_times_alone_is_a_running_head() -> None:
    assert reasons(f"海事評論\n\n{PROSE}\n\n海事評論\n\n{PROSE}甲\n\n海事評論\n\n{PROSE}") == {
        "海事評論": "running head"
    }


@pytest.mark.parametrize(
    "line", ["Conclusion", "結論與建議", "政策意涵", "資料來源：作者自行整理", "Notes: own count"]
)
def test_a_line_that_comes_three_times_between_whole_paragraphs_is_none(line: str) -> None:
    assert reasons(f"{PROSE}\n\n" + f"{line}\n\n{PROSE}\n\n" * 3) == {}


def test_captions_that_differ_in_their_numbers_are_no_running_heads() -> None:
    text = "\n\n".join(f"{PROSE}{n}年，\n\nTable {n}. Ports\n\n{PROSE}{n}" for n in (1, 2, 3))
    assert reasons(text) == {}


@pytest.mark.parametrize("above", [f"{PROSE}{PROSE[:-1]}", f"{PROSE}\n\n¹ 同註 1，頁 5。"])
def test_a_line_that_comes_again_within_a_sentence_or_below_a_note_is_a_running_head(
    above: str,
) -> None:
    text = f"{PROSE}\n\n海事評論\n\n{PROSE}\n\n海事評論\n\n{above}\n\n海事評論\n\n{PROSE}"
    assert reasons(text) == {"海事評論": "running head"}


def test_running_heads_may_differ_in_their_page_numbers() -> None:
    found = reasons(
        f"2024]      THE COMPACT      101\n\n{PROSE}\n\n2024]      THE COMPACT      103\n\n{PROSE}"
    )
    assert set(found.values()) == {"running head"}
    assert len(found) == 2


def test_headings_that_come_again_in_every_chapter_are_no_running_heads() -> None:
    assert (
        reasons("\n\n".join(f"第{n}章 港\n\n第一節 動機\n\n{PROSE}\n\n註釋" for n in "一二三四"))
        == {}
    )


def test_a_page_number_between_dots_makes_a_running_head() -> None:
    found = reasons(f"{PROSE}\n\n‧2‧海島史刊　第二期\n\n{PROSE}\n\n航路之壟斷‧3‧\n\n{PROSE}")
    assert found == dict.fromkeys(("‧2‧海島史刊　第二期", "航路之壟斷‧3‧"), "running head")


def test_heads_of_facing_pages_have_their_numbers_at_either_end() -> None:
    found = reasons(f"{PROSE}\n\n12 法雲雜誌第五二期\n\n{PROSE}\n\n慧某求法考 13\n\n{PROSE}")
    assert found == dict.fromkeys(("12 法雲雜誌第五二期", "慧某求法考 13"), "running head")


def test_a_head_with_its_page_number_turns_the_page_like_a_number_alone() -> None:
    lines = clean(f"{PROSE}\n\n302        FOG REVIEW        [Vol. 7:301]\n\n{PROSE}\n").lines
    assert find_furniture(lines, False).turns == {2}


@pytest.mark.parametrize(
    "line", ["2 | Centre for Roads", "www.example.org | 3", f"2/4{' ' * 40}GE.19-01234"]
)
def test_a_line_with_the_number_of_its_page_says_what_it_is(line: str) -> None:
    assert reasons(f"{PROSE}\n\n{line}\n\n{PROSE}") == {line: "running head"}
