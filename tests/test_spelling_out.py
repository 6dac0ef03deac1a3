from __future__ import annotations

import pytest

from index.segment import fold
from index.spelling_out import index_terms, short_forms, spell_out


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("美日韓三邊夥伴關係", "美国 日本 韩国"),
        ("美、日、菲會談", "美国 日本 菲律宾"),
        ("中—韓—日三國協力", "中国 韩国 日本"),
        ("美方的立場", "美国"),
        ("近日美方表示", "美国"),
        ("中日甲午戰爭", "中国 日本"),
    ],
)
def test_strung_countries_are_written_out_behind_the_text(text: str, countries: str) -> None:
    assert spell_out(fold(text)) == f"{fold(text)} {countries}"


@pytest.mark.parametrize(
    "text",
    [
        "美麗的日子",
        "日本與美國",
        "中國",
        "燈塔",
        "憲法中規定",
        "立法中",
        "台中市與台中",
        "其中越來越多",
        "朝日新聞",
        "日日夜夜",
        "加德滿都",
        "plain English",
        "",
    ],
)
def test_text_without_short_names_stays_as_it_is(text: str) -> None:
    assert spell_out(fold(text)) == fold(text)


def test_typesetters_blanks_between_figures_and_characters_go() -> None:
    assert spell_out("2024 年 8 月 15 日") == "2024年8月15日"
    assert spell_out("the year 2024") == "the year 2024"


@pytest.mark.parametrize(
    ("word", "forms"),
    [("august", ("8月", "八月")), ("six", ("六", "6")), ("ten", ("十", "10")), ("seventh", ())],
)
def test_months_and_numerals_are_said_in_chinese(word: str, forms: tuple[str, ...]) -> None:
    assert short_forms(word) == forms


def test_chunk_is_indexed_under_both_forms() -> None:
    assert {"美日", "韩国"} <= set(index_terms("美日韓"))
