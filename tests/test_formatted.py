"""Formatted citations, letter for letter, against the examples of each style's manual."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from citeproc import CitationStylesStyle  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from service import formatted
from service.bibliography import Reference
from service.csl import one_line
from service.formatted import StyleName, as_text
from tests.conftest import examples

WORKS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("citations.json").read_text(encoding="utf-8")
)
EXPECTED: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("citations_formatted.json").read_text(encoding="utf-8")
)
STYLES = sorted(Path(formatted.__file__).with_name("styles").glob("*.csl"))


def one(csl: dict[str, Any], style: StyleName, pin: str | None = None) -> str:
    return as_text([Reference(csl, pin)], style).removesuffix("\n")


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: f"{case['style']}: {case['work']}")
def test_work_is_formatted_as_its_style_asks(case: dict[str, Any]) -> None:
    assert one(WORKS[case["work"]], case["style"], case["pin"]) == case["expected"]


def test_shortened_chinese_list_ends_in_deng_without_a_space() -> None:
    csl = {"type": "book", "title": "島嶼", "author": [{"literal": "王守仁"}, {"literal": "等"}]}
    assert one(csl, "chicago") == "王守仁等，《島嶼》。"
    assert one(csl, "gbt7714") == "王守仁, 等. 島嶼[M]."


def test_one_page_of_an_article_is_where_the_note_points() -> None:
    csl = {"type": "article-journal", "title": "T", "container-title": "J", "page": "28"}
    assert one(csl, "apa") == "T. (n.d.). J.\nIn text: (“T,” n.d., p. 28)"
    assert one(csl | {"page": "20-30"}, "apa") == "T. (n.d.). J, 20–30."


def test_chinese_imprint_follows_the_book_without_a_comma() -> None:
    book: dict[str, Any] = {
        "type": "book",
        "title": "島嶼",
        "publisher": "海島社",
        "publisher-place": "臺北",
    }
    editor = [{"literal": "王守仁"}]
    chapter = book | {"type": "chapter", "title": "港", "container-title": "島嶼", "editor": editor}
    assert one(book, "chicago") == "《島嶼》（臺北：海島社）。"
    assert one(chapter, "chicago") == "〈港〉，收於王守仁編，《島嶼》（臺北：海島社）。"


def test_simplified_work_has_simplified_terms() -> None:
    csl = {"type": "book", "title": "岛屿", "language": "zh-Hans"}
    assert one(csl, "chicago", "页 3") == "《岛屿》，页 3。"


def test_date_in_words_is_printed_once() -> None:
    csl = {"type": "webpage", "title": "Days", "issued": {"literal": "last spring"}}
    assert one(csl, "apa") == "Days. (last spring)."


def test_text_in_a_title_is_never_markup() -> None:
    csl = {"type": "webpage", "title": 'A <span class="nocase">b</span>', "container-title": "X"}
    assert one(csl, "chicago").startswith('“A <span class="nocase">b</span>,” X')


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("error")
def test_style_is_valid_csl(style: Path) -> None:
    CitationStylesStyle(str(style), validate=True)


_TEXT = st.text(min_size=1, max_size=40).filter(lambda s: one_line(s) != "")


@examples(0.4)
@given(title=_TEXT, family=_TEXT, page=_TEXT, style=st.sampled_from(["chicago", "apa", "gbt7714"]))
@pytest.mark.filterwarnings("error")
def test_hostile_fields_stay_on_one_line(
    title: str, family: str, page: str, style: StyleName
) -> None:
    author = [{"family": family, "given": title}]
    csl = {"type": "article-journal", "title": title, "author": author, "page": page}
    formatted_work = one(csl, style)
    assert formatted_work == one_line(formatted_work)
    assert formatted_work != ""
