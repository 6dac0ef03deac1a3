from __future__ import annotations

from corpus.document import Author
from corpus.frontmatter import Front
from corpus.metadata import metadata_of


def test_the_sidecar_wins_then_the_front_matter_then_the_text() -> None:
    front = Front(
        "Title", (Author("Roe"),), {"lang": "zh-Hans", "date": "2025-02-11", "publisher": "A"}
    )
    found = metadata_of(
        "x",
        front,
        {"title": "標題", "publisher": "B", "authors": [{"name": "甲", "affiliation": "乙"}]},
        "text",
    )
    assert (found.title, found.publisher, found.authors) == ("標題", "B", (Author("甲", "乙"),))
    assert (found.lang, found.issued) == ("zh-Hans", "2025-02-11")


def test_without_a_title_the_id_stands_in() -> None:
    found = metadata_of("chapter-1", Front(), {}, "海島與國際關係")
    assert (found.title, found.lang, found.authors) == ("chapter-1", "zh-Hant", ())


def test_an_unknown_language_is_not_believed() -> None:
    assert metadata_of("x", Front(), {"lang": "tlh"}, "The sea.").lang == "en"


def test_authors_of_the_sidecar_may_be_plain_names() -> None:
    assert metadata_of("x", Front(), {"authors": ["甲", "乙"]}, "").authors == (
        Author("甲"),
        Author("乙"),
    )
