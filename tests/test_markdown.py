from __future__ import annotations

from corpus.clean import clean
from corpus.markdown import asides, headings, is_markdown, with_atx_headings


def test_underlined_headings_become_atx() -> None:
    lines = with_atx_headings(clean("標題\n====\n\n1 背景\n------\n\n文。\n").lines)
    assert [(h.depth, h.text) for h in headings(lines)] == [(1, "標題"), (2, "1 背景")]
    assert "====" not in [line.text for line in lines]


def test_a_rule_a_list_and_a_yaml_header_are_no_underlined_headings() -> None:
    text = "---\ntitle: a\n---\n\n文。\n\n---\n\n- a\n---\n"
    assert headings(with_atx_headings(clean(text).lines)) == []


def test_markdown_shows_itself_by_headings_or_keyed_notes() -> None:
    assert [
        is_markdown(clean(text).lines)
        for text in ("# A\n", "x[^1]\n\n[^1]: y\n", "#1 排名\n", "壹、前言\n")
    ] == [True, True, False, False]


def test_fenced_code_holds_no_heading() -> None:
    assert headings(clean("```\n# a\n```\n# b\n").lines)[0].text == "b"


def test_the_address_of_a_link_is_no_text() -> None:
    lines = clean(
        '[a]: https://a.example "A"\n\n[b]: not an address\n\n[^c]: https://c.example\n'
    ).lines
    assert asides(lines) == {0: "address of a link"}


def test_attributes_are_no_part_of_a_heading() -> None:
    lines = clean("# 听证 {#sec-1 .unnumbered}\n\n## A {x}\n").lines
    assert [head.text for head in headings(lines)] == ["听证", "A {x}"]
