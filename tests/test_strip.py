from __future__ import annotations

from corpus.strip import strip_pages

PROSE = "這是一段完整的正文，說明前述標題之下的內容，並且長得足以看作段落。"


def test_every_line_of_the_file_keeps_its_place() -> None:
    pages = strip_pages(f"論港\n\n陳海生\n\n壹、前言\n\n{PROSE}\n\n— 1 —\n")
    assert [line.text for line in pages.lines] == [
        "",
        "",
        "",
        "",
        "壹、前言",
        "",
        PROSE,
        "",
        "",
        "",
    ]
    assert [(s.line, s.reason) for s in pages.set_aside] == [
        (1, "title and authors"), (3, "title and authors"), (9, "page number"),
    ]  # fmt: skip


def test_printed_page_numbers_turn_pages_where_there_are_no_form_feeds() -> None:
    pages = strip_pages(f"{PROSE}\n\n— 1 —\n\n{PROSE}\n\n— 2 —\n\n{PROSE}\n")
    assert [line.page for line in pages.lines if line.text] == [1, 2, 3]


def test_form_feeds_turn_pages_by_themselves() -> None:
    pages = strip_pages(f"{PROSE}\n\n1\n\f{PROSE}\n\n2\n\f{PROSE}\n")
    assert [line.page for line in pages.lines if line.text] == [1, 2, 3]
