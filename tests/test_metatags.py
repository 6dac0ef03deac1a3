"""The tags that Zotero and Google Scholar read, taken apart again by the standard library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from corpus.document import Author, Metadata
from service.metatags import citation_meta, coins

WORKS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("citations.json").read_text(encoding="utf-8")
)
CHAPTER = Metadata(
    id="y-1",
    title="離島交通",
    authors=(Author("林若川", "海島政策研究中心"), Author("Margaret Hale")),
    lang="zh-Hant",
    container_title="海島年鑑",
    publisher="海島社",
    issued="2025-06",
)


def test_each_author_is_followed_by_their_institution() -> None:
    tags = citation_meta(CHAPTER, "https://e.org/documents/y-1")
    assert tags == (
        ("citation_title", "離島交通"),
        ("citation_author", "林若川"),
        ("citation_author_institution", "海島政策研究中心"),
        ("citation_author", "Margaret Hale"),
        ("citation_publication_date", "2025/06"),
        ("citation_inbook_title", "海島年鑑"),
        ("citation_publisher", "海島社"),
        ("citation_language", "zh-Hant"),
        ("citation_fulltext_html_url", "https://e.org/documents/y-1"),
    )


def test_coins_of_a_journal_article_parses_back_to_its_fields() -> None:
    work = WORKS["journal article with DOI"]
    pairs = parse_qsl(coins(work), strict_parsing=True)
    assert dict(pairs) == {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:journal",
        "rft_id": work["URL"],
        "rft.genre": "article",
        "rft.atitle": work["title"],
        "rft.jtitle": work["container-title"],
        "rft.volume": "78",
        "rft.issue": "6",
        "rft.pages": "767-781",
        "rft.au": "Daewon Ohn",
        "rft.date": "2024",
    }
    assert ("rft.au", "Jagannath Panda") in pairs
    assert ("rft_id", f"info:doi/{work['DOI']}") in pairs


def test_coins_of_a_chapter_names_chapter_and_book() -> None:
    pairs = dict(parse_qsl(coins(WORKS["chapter with editors"])))
    assert pairs["rft.genre"] == "bookitem"
    assert pairs["rft.atitle"] == "Introduction: Minilateralism in the Indo-Pacific"
    assert pairs["rft.btitle"].startswith("Minilateralism in the Indo-Pacific: The Quad")


def test_coins_of_a_page_of_chinese_is_dublin_core_in_utf8() -> None:
    pairs = dict(parse_qsl(coins({"type": "webpage", "title": "離島&交通"})))
    assert pairs["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dc"
    assert pairs["rft.title"] == "離島&交通"
