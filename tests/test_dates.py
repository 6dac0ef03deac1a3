"""Printed dates as CSL dates."""

from __future__ import annotations

import pytest

from corpus.dates import accessed_at, date_at

DATES = [
    ("June 21, 2009", [[2009, 6, 21]]),
    ("Mar. 4, 1962", [[1962, 3, 4]]),
    ("2 May 2001", [[2001, 5, 2]]),
    ("February 2025", [[2025, 2]]),
    ("July-August 2025", [[2025, 7], [2025, 8]]),
    ("May 3–5, 2020", [[2020, 5, 3], [2020, 5, 5]]),
    ("May 30–June 2, 2020", [[2020, 5, 30], [2020, 6, 2]]),
    ("2020, May 3)", [[2020, 5, 3]]),
    ("2024", [[2024]]),
    ("2024a", [[2024]]),
    ("2019-07-04(3)", [[2019, 7, 4]]),
    ("2017.9", [[2017, 9]]),
    ("2022: 31-33", [[2022]]),
    ("2017 年 9 月 1 日", [[2017, 9, 1]]),
    ("2012年\n3月8日", [[2012, 3, 8]]),
    ("2020年7-8月", [[2020, 7], [2020, 8]]),
    ("2001年第3期", [[2001]]),
    ("2016年版", [[2016]]),
    ("民國 86 年 9 月 12 日", [[1997, 9, 12]]),
    ("2017 年 13 月", [[2017]]),
]


@pytest.mark.parametrize(("printed", "parts"), DATES, ids=[row[0] for row in DATES])
def test_dates_are_read_as_far_as_they_are_printed(printed: str, parts: list[list[int]]) -> None:
    read = date_at(printed)
    assert read is not None
    assert read[0]["date-parts"] == parts


def test_season_is_kept_in_words() -> None:
    read = date_at("Fall 2022")
    assert read == ({"date-parts": [[2022]], "season": "Fall"}, 9)


def test_the_year_of_an_emperor_is_kept_as_printed() -> None:
    assert date_at("光緒三十四年五月初六日，") == ({"literal": "光緒三十四年五月初六日"}, 11)


@pytest.mark.parametrize("printed", ["", "p. 2024", "2020-2021", "12345", "Mayor 2020", "1066"])
def test_what_is_no_date_is_none(printed: str) -> None:
    assert date_at(printed) is None


@pytest.mark.parametrize(
    "printed", ["accessed June 1, 2020", "最後瀏覽日：2020年6月1日", "检索日期: 2020-06-01"]
)
def test_date_of_access_needs_its_word(printed: str) -> None:
    read = accessed_at(printed)
    assert read is not None
    assert read[0] == {"date-parts": [[2020, 6, 1]]}
    assert accessed_at("June 1, 2020") is None
