"""Who wrote it: names, places, notes on authors."""

from __future__ import annotations

import pytest

from corpus.bylines import author_lines, is_byline, named_in_note, names, with_affiliations
from corpus.clean import clean
from corpus.document import Author


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("陳海生", ("陳海生",)),
        ("李 白", ("李白",)),
        ("沈砚　顾明舟*", ("沈砚", "顾明舟")),
        ("歐陽修、王安石", ("歐陽修", "王安石")),
        ("Ines Carrow, Paul Lind", ("Ines Carrow", "Paul Lind")),
        ("Ludwig van der Berg and J. R. Roe", ("Ludwig van der Berg", "J. R. Roe")),
        ("葉　知　秋", ("葉知秋",)),
        ("施 远 林 若 溪", ("施远", "林若溪")),
        ("路小满  陈 谷", ("路小满", "陈谷")),
        ("吕 渊，董 若 愚，FRANK Müller", ("吕渊", "董若愚", "FRANK Müller")),
        ("[加] 埃莉诺·沃德 著", ("埃莉诺·沃德",)),
        ("研究員 葉柏廷", ("葉柏廷",)),
        ("课题组", ("课题组",)),
        ("景 川", ("景川",)),
        ("前 言", ()),
        ("Anna Ruiz 1, Mei Tan 1,2", ("Anna Ruiz", "Mei Tan")),
        ("World War 2", ()),
        ("Iris Moll, Senior Member, IEEE, and Jun Abe", ("Iris Moll", "Jun Abe")),
        ("壹、前言", ()),
        ("島嶼的水", ()),
        ("The Pier", ()),
        ("a lower line", ()),
    ],
)
def test_a_line_of_names(line: str, people: tuple[str, ...]) -> None:
    assert names(line) == people


@pytest.mark.parametrize(
    "line",
    [
        *("By Roe", "作者：海潮", "许棹（海岛大学）", "青嵐大學法律系", "Jane Doe"),
        *("2016-09-12　来源：能源观察网　作者：余江", "原创 唐糖 城市观察员 2021-07-15 08:00"),
    ],
)
def test_a_byline_names_people_or_a_place(line: str) -> None:
    assert is_byline(line)


def test_a_place_in_brackets_is_the_affiliation() -> None:
    assert author_lines(clean("许棹（海岛大学）").lines, 0) == ((Author("许棹", "海岛大学"),), [0])


def test_a_number_leads_from_a_name_to_its_place() -> None:
    text = "Anna Ruiz 1, Paul Keane 2, Mei Tan 1,2\n\n1 Department of Health\n2 Ferry Service, Amery\n3 Fog"
    assert author_lines(clean(text).lines, 0) == (
        (
            Author("Anna Ruiz", "Department of Health"),
            Author("Paul Keane", "Ferry Service, Amery"),
            Author("Mei Tan", "Department of Health"),
        ),
        [0, 2, 3],
    )


@pytest.mark.parametrize(
    "line", ["**Lena Osei** · 4 May 2022", "An essay by Lena Osei", "May 2022 | Lena Osei"]
)
def test_a_line_may_name_the_author_beside_other_things(line: str) -> None:
    assert author_lines(clean(line).lines, 0) == ((Author("Lena Osei"),), [0])


@pytest.mark.parametrize("line", ["Commentary | 14 September 2022", "Translated by Owen Marsh"])
def test_what_stands_beside_the_authors_goes_with_them(line: str) -> None:
    assert author_lines(clean(f"Lena Osei\n\n{line}").lines, 0)[1] == [0, 2]


def test_a_place_behind_the_name_is_the_affiliation() -> None:
    line = clean("Eva Strand, Calder University").lines
    assert author_lines(line, 0) == ((Author("Eva Strand", "Calder University"),), [0])


def test_the_lines_of_authors_end_where_the_abstract_begins() -> None:
    authors, consumed = author_lines(clean("陳海生\n2021年3月\n摘要：本文討論。\n王安石").lines, 0)
    assert ([author.name for author in authors], consumed) == (["陳海生"], [0, 1])


@pytest.mark.parametrize(
    ("note", "authors"),
    [
        ("方以漁為潮間帶文史工作室研究員。", (Author("方以漁"),)),
        ("Jane Q. Doe is Professor of Law at Amery.", (Author("Jane Q. Doe"),)),
        ("本文獲國科會補助。", ()),
    ],
)
def test_a_note_may_name_the_author(note: str, authors: tuple[Author, ...]) -> None:
    assert named_in_note(note) == authors


@pytest.mark.parametrize(
    ("note", "affiliation"),
    [
        ("王守仁現任青嵐大學教授。", "青嵐大學教授"),
        ("國立青嵐大學教授。E-mail: wang@example.org", "國立青嵐大學教授"),
        ("本文獲補助。", None),
    ],
)
def test_the_note_gives_the_affiliation_of_a_single_author(
    note: str, affiliation: str | None
) -> None:
    assert with_affiliations([Author("王守仁")], note) == (Author("王守仁", affiliation),)
