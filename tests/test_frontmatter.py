"""Title, authors and affiliations above the body."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.contents import Entry
from corpus.document import Author
from corpus.frontmatter import Front, find_front, with_author_note

PROSE = "這是一段完整的正文，說明前述標題之下的內容，並且長得足以看作段落，而不是另一個標題。"


def front(text: str, markdown: bool = False) -> Front:
    return find_front(clean(text).lines, markdown)


def test_a_yaml_header_gives_title_authors_and_fields() -> None:
    found = front(
        '---\ntitle: "Tide Tables: Lessons"\nauthor:\n  - Ines Carrow\n  - name: Paul Lind\n    affiliation: AHO\nlang: en\n---\n\n# A\n',
        True,
    )
    assert found.title == "Tide Tables: Lessons"
    assert found.authors == (Author("Ines Carrow"), Author("Paul Lind", "AHO"))
    assert found.fields["lang"] == "en"
    assert found.consumed == frozenset(range(8))


@pytest.mark.parametrize(
    ("header", "title", "authors"),
    [
        ("title: 'A Reader''s Guide'\nauthor: [Mira Sato, \"Jonas Feld\"]", "A Reader's Guide", ["Mira Sato", "Jonas Feld"]),
        ('title: "The \\"Vault\\""\nauthor: Mira Sato and Jonas Feld', 'The "Vault"', ["Mira Sato", "Jonas Feld"]),
        ("title: >-\n  Seed Vaults\n  of the North\nauthor: Seed Trust", "Seed Vaults of the North", ["Seed Trust"]),
    ],
)  # fmt: skip
def test_values_of_a_yaml_header_are_read_as_yaml_writes_them(
    header: str, title: str, authors: list[str]
) -> None:
    found = front(f"---\n{header}\n---\n\n# A\n", True)
    assert (found.title, [author.name for author in found.authors]) == (title, authors)


def test_a_toml_header_is_read_as_toml() -> None:
    text = '+++\ntitle = "Counting Gulls"\nauthors = ["Mona Reyes", "Teo Strand"]\ndate = 2023-05-04\n+++\n\n# A\n'
    found = front(text, True)
    assert found.title == "Counting Gulls"
    assert found.authors == (Author("Mona Reyes"), Author("Teo Strand"))
    assert (found.fields["date"], found.consumed) == ("2023-05-04", frozenset(range(5)))
    assert front("+++\nno TOML\n+++\n", True) == Front()


def test_a_title_block_of_pandoc_gives_title_and_authors() -> None:
    text = "% Seed Vaults\n  of the North\n% Mira Sato; Jonas Feld\n% May 2020\n\n# A\n"
    found = front(text, True)
    assert found.title == "Seed Vaults of the North"
    assert found.authors == (Author("Mira Sato"), Author("Jonas Feld"))
    assert found.consumed == frozenset(range(4))
    assert front(text, False).title != found.title


def test_a_rule_that_opens_a_text_is_no_yaml_header() -> None:
    assert front(f"---\n\n{PROSE}\n") == Front()


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        (f"論漁港的公共性\n\n陳海生\n\n壹、前言\n\n{PROSE}", "論漁港的公共性", ["陳海生"]),
        (f"渡輪班次整合研究*\n\n沈砚　顾明舟\n\n（云澜大学）\n\n1 引言\n\n{PROSE}", "渡輪班次整合研究", ["沈砚", "顾明舟"]),
        (f"漁村記憶\n\n作者：藍汐舟\n\n第一章 緒論\n\n{PROSE}\n\n第二章 二", "漁村記憶", ["藍汐舟"]),
        (f"CHAPTER THREE\n\nTHE SEASIDE\n\n{PROSE}", "CHAPTER THREE THE SEASIDE", []),
        (f"(2021) 9(2) Journal of Law 114\n\nWreck and Ruin\n\nEve Vance*\n\n{PROSE}", "Wreck and Ruin", ["Eve Vance"]),
        (f"Health Review 2020; 14: 5–8\n\nORIGINAL RESEARCH\n\nSick at Sea\n\nEve Vance\n\n{PROSE}", "Sick at Sea", ["Eve Vance"]),
        (f"WHO OWNS THE FOG?\nThe public interest\n\nEve Vance\n\n{PROSE}", "WHO OWNS THE FOG? The public interest", ["Eve Vance"]),
        (f"海事法評論\n第三卷第一期\n\n論無人船\n\n陳海生\n\n壹、前言\n\n{PROSE}", "論無人船", ["陳海生"]),
        ("Sharing the Pilot\n\nBy Edda Lindqvist and Q. Roe\n\nIntroduction\n\nHarbours are shared.", "Sharing the Pilot", ["Edda Lindqvist", "Q. Roe"]),
        (f"海島史研究\n第二十一卷第二期\n\n離島航路之壟斷\n\n許海棠*\n\n摘要\n\n{PROSE}", "離島航路之壟斷", ["許海棠"]),
        (f"分类号：F552    密级：公开\n\n渡轮票价研究\n\n作者：林岚\n\n指导教师：何渡 教授\n\n摘  要\n\n{PROSE}", "渡轮票价研究", ["林岚"]),
        (f"·海关史·\n\n灯塔税的挪用\n\n顾海生\n\n{PROSE}", "灯塔税的挪用", ["顾海生"]),
        (f"島嶼教育概論\n\n林海文　著\n\n第一章　緒論\n\n{PROSE}\n\n第二章　師資", "島嶼教育概論", ["林海文"]),
        (f"無人島的選票\n\n撰文｜何以漁（海島智庫研究員）\n\n2022.11.26\n\n{PROSE}", "無人島的選票", ["何以漁"]),
        ("POLICY BRIEF | NO. 7 | OCTOBER 2020\n\nFOG AND THE FISCAL YEAR\n\nBy Kofi Osei and Hanne Vik\n\nKEY POINTS\n\nFog costs money.", "FOG AND THE FISCAL YEAR", ["Kofi Osei", "Hanne Vik"]),
        ("ARTICLE\n\nOWNING THE TIDE\n\nInes Carrow† & Paul Lind‡\n\nINTRODUCTION\n\nThe tide owns nothing.", "OWNING THE TIDE", ["Ines Carrow", "Paul Lind"]),
        (f"壹、前言\n\n{PROSE}", None, []),
        (f"{PROSE}\n\n{PROSE}", None, []),
        ("一行", None, []),
    ],
)  # fmt: skip
def test_the_first_short_line_is_the_title_where_a_body_follows(
    text: str, title: str | None, authors: list[str]
) -> None:
    found = front(text)
    assert (found.title, [author.name for author in found.authors]) == (title, authors)


def test_an_affiliation_below_a_single_author_is_taken() -> None:
    found = front(f"論港\n\n陳海生\n\n青嵐大學法律系教授\n\n壹、前言\n\n{PROSE}")
    assert found.authors == (Author("陳海生", "青嵐大學法律系教授"),)


@pytest.mark.parametrize(
    "body", [f"I. Introduction\n\n{PROSE}", f"A. Harbour Dues\n\n{PROSE}\n\nB. Ships\n\n{PROSE}"]
)
def test_the_first_heading_is_no_author_though_it_is_built_like_a_name(body: str) -> None:
    assert front(f"Ports of the Coast\n\n{body}").authors == ()
    assert front(f"Ports of the Coast\n\nI. Smith\n\n{body}").authors == (Author("I. Smith"),)


def test_a_single_top_heading_above_all_others_is_the_title_in_markdown() -> None:
    assert front("# Ports\n\nJane Doe\n\n## A\n\ntext\n\n## B\n", True).title == "Ports"
    assert front("# A\n\ntext\n\n# B\n", True).title is None


def test_the_author_note_chooses_the_entry_of_the_contents_list() -> None:
    entries = (Entry("第四章", "青嵐", "林若川"), Entry("第五章", "離島", "許庭瑜"))
    found = with_author_note(Front(), entries, "林若川為海島政策研究中心副研究員。")
    assert (found.title, found.authors) == ("青嵐", (Author("林若川", "海島政策研究中心副研究員"),))


def test_an_author_note_that_names_nobody_listed_gives_its_own_name() -> None:
    assert with_author_note(Front(), (), "方以漁為潮間帶文史工作室研究員。").authors == (
        Author("方以漁", "潮間帶文史工作室研究員"),
    )


def test_each_of_two_authors_gets_the_clause_that_names_them() -> None:
    two = Front("x", (Author("沈砚"), Author("顾明舟")))
    note = "沈砚，云澜大学副教授；顾明舟，云澜市航运处工程师。"
    assert [a.affiliation for a in with_author_note(two, (), note).authors] == [
        "云澜大学副教授",
        "云澜市航运处工程师",
    ]
