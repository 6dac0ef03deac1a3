"""Numbers of pages, and numbers that are text."""

from __future__ import annotations

import pytest

from tests.test_furniture import PROSE, reasons


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


@pytest.mark.parametrize(
    "printed", ["— 七一 —", "第 1 頁，共 2 頁", "Page 3 of 10", "· 81 ·", "-  12  -"]
)
def test_a_page_number_may_stand_right_below_the_last_line(printed: str) -> None:
    assert reasons(f"{PROSE}\n{printed}\n\n{PROSE}") == {printed: "page number"}


def test_a_line_that_ends_in_a_number_is_no_page_number() -> None:
    assert reasons(f"{PROSE}\n表 3\n\n{PROSE}\n其中 12\n\n{PROSE}") == {}
