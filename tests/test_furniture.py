"""What a page carries beside its text."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.contents import Entry
from corpus.furniture import find_furniture

PROSE = "這是一段完整的正文，說明前述標題之下的內容，並且長得足以看作段落。"


def reasons(text: str) -> dict[str, str]:
    lines = clean(text).lines
    return {lines[i].stripped: reason for i, reason in find_furniture(lines, False).reasons.items()}


@pytest.mark.parametrize(
    "number", ["12", "— 12 —", "- 12 -", "· 45 ·", "第 12 頁", "12 / 40", "Page 3 of 9", "[7]"]
)
def test_a_number_alone_between_blank_lines_is_a_page_number(number: str) -> None:
    assert reasons(f"{PROSE}\n\n{number}\n\n{PROSE}\n") == {number: "page number"}


def test_the_years_of_a_chronology_are_no_page_numbers() -> None:
    for years in (["2019"], ["2019", "2020", "2021"], ["1998", "2004"]):
        assert reasons(PROSE + "".join(f"\n\n{y}\n\n{PROSE}\n\n{PROSE}" for y in years)) == {}


def test_numbers_of_pages_that_could_be_years_cut_sentences_or_stand_at_the_foot() -> None:
    cut = PROSE[:-1]
    found = {"1821": "page number", "1822": "page number"}
    assert reasons(f"{PROSE}\n\n1821\n\n{PROSE}\n\n{cut}\n\n1822\n\n{PROSE}") == found
    assert reasons(f"{PROSE}\n\n1821\n\f{PROSE}\n\n2019\n\n{PROSE}") == {"1821": "page number"}


@pytest.mark.parametrize("line", ["2017 年", "25%", "壹", "F35", "12 倍", "C"])
def test_what_only_resembles_a_page_number_is_text(line: str) -> None:
    assert reasons(f"{PROSE}\n\n{line}\n\n{PROSE}\n") == {}


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


def test_a_list_of_chapters_with_authors_takes_the_part_title_with_it() -> None:
    text = f"PART 1\n\n.....\n\n印太總體態勢\n\n- 第一章 甲（李俊毅）\n- 第二章 乙（詹祥威）\n\n壹、前言\n\n{PROSE}"
    lines = clean(text).lines
    found = find_furniture(lines, False)
    assert found.contents == (Entry("第一章", "甲", "李俊毅"), Entry("第二章", "乙", "詹祥威"))
    assert set(found.reasons.values()) == {"part title", "rule", "contents"}
    assert "壹、前言" not in {lines[i].text for i in found.reasons}


def test_a_contents_list_without_leaders_is_known_by_its_headings_coming_again() -> None:
    found = reasons(f"目次\n壹、前言\n貳、結論\n\n壹、前言\n\n{PROSE}\n\n貳、結論\n\n{PROSE}")
    assert found == {"目次": "contents", "壹、前言": "contents", "貳、結論": "contents"}


@pytest.mark.parametrize(
    "rows",
    [
        "日本（東京）    45\n韓國（首爾）    32",
        "日本    32\n韓國    45",
        "1    30    45\n2    31    46",
    ],
)
def test_a_table_of_numbers_is_no_contents_list(rows: str) -> None:
    assert reasons(f"港口論\n\n壹、前言\n\n{rows}\n\n{PROSE}\n\n貳、結論\n\n{PROSE}") == {}


def test_a_contents_list_without_a_heading_is_known_by_its_pages_and_titles() -> None:
    found = reasons(f"緒論    1\n港口    3\n船舶    9\n\n緒論\n\n{PROSE}\n\n港口\n\n{PROSE}")
    assert found == dict.fromkeys(("緒論    1", "港口    3", "船舶    9"), "contents")


def test_the_part_title_stands_right_above_the_list() -> None:
    chapters = "- 第一章 甲（李俊毅）\n- 第二章 乙（詹祥威）"
    found = reasons(f"壹、前言\n\n{PROSE}\n\n島嶼交通\n\n{chapters}\n\n{PROSE}")
    assert [line for line, reason in found.items() if reason == "part title"] == ["島嶼交通"]


def test_headings_in_a_row_that_come_again_are_a_contents_list_without_a_heading() -> None:
    found = reasons(f"一、前言\n二、結論\n\n一、前言\n\n{PROSE}\n\n二、結論\n\n{PROSE}")
    assert found == {"一、前言": "contents", "二、結論": "contents"}


def test_a_page_number_between_dots_makes_a_running_head() -> None:
    found = reasons(f"{PROSE}\n\n‧2‧海島史刊　第二期\n\n{PROSE}\n\n航路之壟斷‧3‧\n\n{PROSE}")
    assert found == dict.fromkeys(("‧2‧海島史刊　第二期", "航路之壟斷‧3‧"), "running head")


@pytest.mark.parametrize(
    "printed", ["— 七一 —", "第 1 頁，共 2 頁", "Page 3 of 10", "· 81 ·", "-  12  -"]
)
def test_a_page_number_may_stand_right_below_the_last_line(printed: str) -> None:
    assert reasons(f"{PROSE}\n{printed}\n\n{PROSE}") == {printed: "page number"}


def test_a_line_that_ends_in_a_number_is_no_page_number() -> None:
    assert reasons(f"{PROSE}\n表 3\n\n{PROSE}\n其中 12\n\n{PROSE}") == {}


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


def test_a_contents_list_with_leaders_is_set_aside() -> None:
    assert set(
        reasons(
            f"第七章 甲 .......... 112\n第八章 乙 .......... 139\n\n壹、前言\n\n{PROSE}"
        ).values()
    ) == {"contents"}


def test_markdown_has_no_page_numbers_but_comments_and_rules() -> None:
    text = "# A\n\n12\n\n---\n\n<!-- edited\nby hand -->\n\n<!-- x --> text\n\n```\n***\n```\n\n<!-- never closed\n"
    assert find_furniture(clean(text).lines, True).reasons == {
        4: "rule",
        6: "comment",
        7: "comment",
    }
