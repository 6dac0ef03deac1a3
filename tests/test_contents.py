"""Contents lists, and tables that look like them."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.contents import Entry
from corpus.furniture import find_furniture
from tests.test_furniture import PROSE, reasons


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


def test_a_contents_list_with_leaders_is_set_aside() -> None:
    assert set(
        reasons(
            f"第七章 甲 .......... 112\n第八章 乙 .......... 139\n\n壹、前言\n\n{PROSE}"
        ).values()
    ) == {"contents"}
