from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.decode import ReadError
from corpus.document import Document
from index.glossary import equivalents, extract, load


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "「四方安全對話」（Quadrilateral Security Dialogue, Quad）在 2004 年",
            ("四方安全对话", "quadrilateral security dialogue", "quad"),
        ),
        ("成員國達到「臨界質量」（critical mass）即可", ("临界质量", "critical mass")),
        (
            "《澜湾数据互通备忘录》（Memorandum on Data Exchange, MDE）。",
            ("澜湾数据互通备忘录", "memorandum on data exchange", "mde"),
        ),
        (
            "養蜂人合作社（Beekeepers' Cooperative, BKC）成立",
            ("养蜂人合作社", "beekeepers' cooperative", "bkc"),
        ),
        ("The service-level agreement (SLA) was signed.", ("service-level agreement", "sla")),
        ("The Joint Pilotage Pool (JPP) began work.", ("joint pilotage pool", "jpp")),
        (
            "名称是“澜湾数据互通平台”（Lanwan Data Exchange, LDE），",
            ("澜湾数据互通平台", "lanwan data exchange", "lde"),
        ),
        ("漁民稱為「慢眨眼」（*slow blink*）。", ("慢眨眼", "slow blink")),
    ],
)
def test_text_teaches_that_names_mean_one_thing(text: str, group: tuple[str, ...]) -> None:
    assert extract(text) == [group]


def test_unquoted_term_takes_as_many_words_as_its_latin_name() -> None:
    assert extract("各國合作發展印太司令部（Indo-Pacific Command）。")[0][0].endswith("司令部")
    assert extract("年老的守燈人（lighthouse keeper）每夜上樓。") == [
        ("守灯人", "lighthouse keeper")
    ]


def test_person_is_found_by_the_family_name_alone() -> None:
    (group,) = extract("學者威爾金斯（Thomas Wilkins）主張")
    assert "威尔金斯" in group
    assert {"thomas wilkins", "wilkins"} <= set(group)


@pytest.mark.parametrize(
    "text",
    [
        "燈塔（參見下文）",
        "2019 年（昭和年間）",
        "The ovens (built in 1887) are large.",
        "Rye bread (ABC) is dark.",
        "（Quad）",
        "",
        "守燈人（lighthouse keeper",
    ],
)
def test_bracket_that_names_nothing_gives_no_group(text: str) -> None:
    assert extract(text) == []


def test_names_are_folded_for_matching(tiny_corpus: Sequence[Document]) -> None:
    groups = [group for document in tiny_corpus for group in extract(document.text)]
    assert groups == [
        ("养蜂人合作社", "beekeepers' cooperative", "bkc"),
        ("守灯人", "lighthouse keeper"),
        ("慢眨眼", "slow blink"),
    ]


def test_name_in_two_groups_has_the_equivalents_of_both_and_groups_are_not_chained() -> None:
    table = equivalents([("川普", "trump"), ("川普", "特朗普"), ("莫迪", "modi")])
    assert table["川普"] == ("trump", "特朗普")
    assert table["trump"] == ("川普",)
    assert table["modi"] == ("莫迪",)


def test_editable_list_is_read_and_folded(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('groups = [["川普", "特朗普", "Trump"], ["潛艦", "潜艇"]]', "utf-8")
    assert load(path) == [("川普", "特朗普", "trump"), ("潜舰", "潜艇")]


def test_absent_list_is_an_empty_one(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == []


@pytest.mark.parametrize(
    "content",
    [
        b"groups = [",
        'groups = ["川普"]'.encode(),
        b"groups = [[1, 2]]",
        b"groups = 3",
        'groups = [["川普", "特朗普"]]'.encode("utf-16"),
        b"groups = " + b"[" * 100_000,
    ],
)
def test_list_in_another_shape_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=r"^glossary\.toml: ") as raised:
        load(path)
    assert "\n" not in str(raised.value)
