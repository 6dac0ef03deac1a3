"""Which lines are headings, and the tree they make."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.document import Span
from corpus.outline import find_headings, sections_of
from corpus.read import read_text

PROSE = "這是一段完整的正文，說明前述標題之下的內容，並且長得足以看作段落，而不是另一個標題。"
ENGLISH = (
    "This is a whole paragraph of prose, long enough to be taken for one, and it ends with a stop."
)


def outline(*lines: str, markdown: bool = False) -> list[tuple[int, str, str]]:
    printed = clean("\n\n".join(lines)).lines
    return [(h.level, h.label, h.title) for h in find_headings(printed, markdown)]


def test_formal_and_plain_chinese_numbers_nest() -> None:
    found = outline(
        "壹、前言",
        PROSE,
        "貳、爭點",
        "一、甲案",
        "（一）優點",
        PROSE,
        "（二）缺點",
        "二、乙案",
        "參、結語",
    )
    assert found == [
        (1, "壹", "前言"), (1, "貳", "爭點"), (2, "一", "甲案"), (3, "（一）", "優點"),
        (3, "（二）", "缺點"), (2, "二", "乙案"), (1, "參", "結語"),
    ]  # fmt: skip


def test_chapters_and_articles_nest_and_numbers_begin_again() -> None:
    found = outline("第一章 緒論", "第一節 動機", PROSE, "第二章　方法", "第一節 採集")
    assert [(level, label) for level, label, _ in found] == [
        (1, "第一章"),
        (2, "第一節"),
        (1, "第二章"),
        (2, "第一節"),
    ]


def test_decimal_numbers_nest_under_their_whole_number() -> None:
    found = outline("1 引言", PROSE, "2 制度", "2.1 清分", PROSE, "2.2 樞紐", "3 結論")
    assert [(level, label) for level, label, _ in found] == [
        (1, "1"),
        (1, "2"),
        (2, "2.1"),
        (2, "2.2"),
        (1, "3"),
    ]


def test_roman_numbers_letters_and_unnumbered_headings() -> None:
    found = outline(
        "INTRODUCTION",
        ENGLISH,
        "I. The Compact",
        "A. Origins",
        ENGLISH,
        "B. Practice",
        ENGLISH,
        "II. Exit",
        ENGLISH,
        "Conclusion",
        ENGLISH,
    )
    assert [(level, label) for level, label, _ in found] == [
        (1, "INTRODUCTION"), (1, "I"), (2, "A"), (2, "B"), (1, "II"), (1, "Conclusion"),
    ]  # fmt: skip


def test_an_unnumbered_heading_in_a_chapter_stands_below_the_chapter() -> None:
    assert [level for level, _, _ in outline("第一章 海", "前言", PROSE, "第二章 港")] == [1, 2, 1]


@pytest.mark.parametrize(
    "line",
    [
        "2025 年 1 月 21 日第二任政府上任",
        "7 月 1 日的外交部長會議",
        "3 倍的客流",
        "一、這是一個完整的句子。",
        "圖 1 青嵐群島的航線",
        "五、跳號的標題",
        "C. Skipped letters",
        "12 May 2020",
    ],
)
def test_a_date_a_count_a_sentence_or_a_number_out_of_order_is_no_heading(line: str) -> None:
    assert outline(PROSE, line, PROSE) == []


def test_a_short_line_alone_between_paragraphs_is_a_heading() -> None:
    assert outline("Abstract", ENGLISH, "Background of the Dispute", ENGLISH)[1] == (
        1,
        "Background of the Dispute",
        "Background of the Dispute",
    )
    assert outline("壹、前言", PROSE, "資料來源與限制", PROSE)[1] == (
        1,
        "資料來源與限制",
        "資料來源與限制",
    )


@pytest.mark.parametrize(
    ("word", "first", "inner", "second"),
    [
        ("摘要", "參、港口", "一、甲港", "肆、船舶"),
        ("Executive Summary", "Chapter 4 Ports", "1. One port", "Chapter 5 Ships"),
    ],
)
def test_an_excerpt_may_open_with_a_word_before_its_first_number(
    word: str, first: str, inner: str, second: str
) -> None:
    found = outline(word, PROSE, first, PROSE, inner, PROSE, second, PROSE)
    assert [level for level, _, _ in found] == [1, 1, 2, 1]


def test_below_a_heading_with_a_number_a_series_begins_at_one() -> None:
    found = outline("壹、前言", PROSE, "第三章 港口", PROSE, "結論", PROSE, "第四章 船舶", PROSE)
    assert [label for _, label, _ in found] == ["壹", "結論"]


def test_numbers_may_begin_at_nought() -> None:
    assert [label for _, label, _ in outline("0 引言", PROSE, "1 方法", PROSE)] == ["0", "1"]


def test_a_few_words_in_sentence_case_are_a_heading_below_the_number_before_it() -> None:
    found = outline(
        "1 Introduction", ENGLISH, "The cost of waiting", ENGLISH, "2 Evidence", ENGLISH
    )
    assert [(level, label) for level, label, _ in found] == [
        (1, "1"), (2, "The cost of waiting"), (1, "2"),
    ]  # fmt: skip
    for cut in ("The cost of waiting for the", "The cost of waiting, which"):
        assert len(outline("1 Introduction", ENGLISH, cut, ENGLISH)) == 1


def test_small_letters_number_headings_where_prose_follows() -> None:
    found = outline(
        "I. Law", "A. Old", "1. Text", ENGLISH, "a. Before", ENGLISH, "b. After", ENGLISH
    )
    assert [(level, label) for level, label, _ in found][3:] == [(4, "a"), (4, "b")]
    found = outline("1. Text", "(a) Before 1776", ENGLISH, "(b) After 1776", ENGLISH)
    assert [label for _, label, _ in found] == ["1", "(a)", "(b)"]
    assert outline("1. Text", ENGLISH, "(a) Bread", "(b) Butter")[1:] == []


def test_a_cut_paragraph_is_no_heading() -> None:
    assert outline("壹、前言", "這些國家在相當程度上仍", "取決於同盟關係") == [(1, "壹", "前言")]


def test_a_chapter_and_the_title_right_below_it_are_one_heading() -> None:
    text = f"Chapter 1\nWho Pays for a Light?\n\n{ENGLISH}\n\nChapter 2\nThe Levy\n\n{ENGLISH}\n"
    document = read_text(text, "x")
    assert [(s.id, s.title) for s in document.sections] == [
        ("Chapter 1", "Who Pays for a Light?"),
        ("Chapter 2", "The Levy"),
    ]


def test_after_a_stop_a_number_counts_nothing() -> None:
    assert outline("1. 資本", PROSE, "2. 人事", PROSE)[1] == (1, "2", "人事")


def test_a_heading_may_ask() -> None:
    assert outline("壹、前言", PROSE, "貳、誰來巡邏深海？", PROSE)[1] == (1, "貳", "誰來巡邏深海？")
    assert outline("壹、前言", PROSE, "貳、有人問：是誰？沒有人知道嗎？", PROSE) == [
        (1, "壹", "前言")
    ]


def test_a_word_spread_over_the_line_is_the_same_heading() -> None:
    assert [label for _, label, _ in outline("摘  要", PROSE, "結　論", PROSE)] == [
        "摘  要",
        "結　論",
    ]


def test_a_closing_word_below_the_last_chapter_closes_the_text_unless_each_chapter_has_one() -> (
    None
):
    one = outline("第一章 海", PROSE, "第二章 港", PROSE, "結論", PROSE, "致謝", PROSE)
    assert [level for level, _, _ in one] == [1, 1, 1, 1]
    each = outline("第一章 海", PROSE, "結論", PROSE, "第二章 港", PROSE, "結論", PROSE)
    assert [level for level, _, _ in each] == [1, 2, 1, 2]


def test_markdown_levels_have_no_gaps_and_labels_are_as_printed() -> None:
    found = outline("# 一、緣起", PROSE, "### （一）資料", PROSE, "# 2 Method[^1]", markdown=True)
    assert found == [(1, "一、緣起", "緣起"), (2, "（一）資料", "資料"), (1, "2 Method", "Method")]


def test_a_heading_in_fenced_code_is_code() -> None:
    assert outline("# A", "```", "# comment", "```", "# B", markdown=True) == [
        (1, "A", "A"),
        (1, "B", "B"),
    ]


def test_a_section_ends_where_one_as_high_begins() -> None:
    headings = find_headings(clean("壹、一\n\n一、二\n\n貳、三").lines, False)
    spans = [Span(0, 3), Span(20, 23), Span(50, 53)]
    sections = sections_of(list(zip(headings, spans, strict=True)), 90)
    assert [(s.id, s.span) for s in sections] == [
        ("壹", Span(0, 48)),
        ("壹/一", Span(20, 48)),
        ("貳", Span(50, 90)),
    ]


def test_a_repeated_heading_gets_an_id_of_its_own() -> None:
    document = read_text(f"# A\n\n{ENGLISH}\n\n# A\n\n{ENGLISH}\n\n## B\n\n{ENGLISH}\n", "x")
    assert [section.id for section in document.sections] == ["A", "A@2", "A@2/B"]


def test_below_headings_in_capitals_others_stand_a_level_deeper() -> None:
    found = outline(
        "THE OLD ACT", "The duty to report", ENGLISH, "THE NEW ACT", ENGLISH, "Conclusion", ENGLISH
    )
    assert [(level, label) for level, label, _ in found] == [
        (1, "THE OLD ACT"), (2, "The duty to report"), (1, "THE NEW ACT"), (1, "Conclusion"),
    ]  # fmt: skip


def test_a_number_alone_is_a_heading_without_a_title() -> None:
    assert outline(ENGLISH, "I.", ENGLISH, "II.", ENGLISH) == [(1, "I", "I"), (1, "II", "II")]


def test_a_chapter_of_a_collection_is_known_by_the_names_below_it() -> None:
    text = f"5  The Lamp\nJoan Mellor\n\n{ENGLISH}\n\nA Keeper\n\n{ENGLISH}\n\n6  The Sea\nFarid Anwar\n\n{ENGLISH}\n"
    found = find_headings(clean(text).lines, False)
    assert [(h.level, h.label) for h in found] == [(1, "5"), (2, "A Keeper"), (1, "6")]
