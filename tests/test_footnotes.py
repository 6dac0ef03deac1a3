"""Ids of footnotes."""

from __future__ import annotations

import pytest

from corpus.read import read_text


def ids(text: str) -> list[str]:
    return [footnote.id for footnote in read_text(text, "x").footnotes]


CHAPTER = "第{0}章 港\n\n甲。（註1）\n\n註釋\n\n註1：{0}書。\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。¹ 乙。²\n\n1 王，《書》。\n2 李，《刊》。\n", ["1", "2"]),
        ("甲。¹ 乙。²\n\n1 王，《書》。\n1 趙，《報》。\n2 李，《刊》。\n", ["1", "1@2", "2"]),
        ("甲。①\n\n①王。\n\n1\n\f乙。①\n\n①李。\n\n2\n", ["p1.①", "p2.①"]),
        (CHAPTER.format("一") + CHAPTER.format("二"), ["第一章.1", "第二章.1"]),
        ("甲。① 乙。①\n\n①王。\n\n乙。①\n\n①李。\n\n", ["n1.①", "n2.①"]),
        ("甲。¹ 乙[1]。\n\n¹ 王，《書》。\n\n參考文獻\n\n[1] 李. 刊.\n", ["1", "bracket.1"]),
        ("# A\n\nx[^b] y[^a]^[in line]\n\n[^a]: one\n[^b]: two\n", ["b", "a", "inline-1"]),
    ],
)  # fmt: skip
def test_an_id_is_the_label_where_that_is_unique_and_says_where_it_is_not(
    text: str, expected: list[str]
) -> None:
    assert ids(text) == expected


def test_the_author_note_has_no_works_and_its_own_kind() -> None:
    document = read_text("甲。¹\n\n* 王守仁為教授。\n\n1 李，〈文〉，《刊》，2001 年。\n", "x")
    assert [(note.id, note.kind, len(note.works)) for note in document.footnotes] == [
        ("*", "author", 0),
        ("1", "source", 1),
    ]


def test_signs_that_cite_works_in_the_body_are_notes_like_any_other() -> None:
    read = read_text(
        "The Quiet Harbour\n\nMary Holt\n\nThe harbour was quiet.* It had been loud.† Few remember.‡\n\n"
        "* Hale, Bells (London: Port Press, 2001), 9.\n† Ibid., 12.\n‡ Mary Holt is a historian.\n",
        "x",
    )
    assert [(n.kind, len(n.works)) for n in read.footnotes] == [
        ("source", 1),
        ("ibid", 0),
        ("author", 0),
    ]
    assert read.footnotes[1].back_references[0].target == "*"
