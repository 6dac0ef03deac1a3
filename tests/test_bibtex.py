"""BibTeX read back by pybtex, and its TeX by pylatexenc; neither had a part in writing it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry  # type: ignore[import-untyped]

from service.bibliography import Reference
from service.bibtex import as_bibtex
from service.csl import one_line
from tests.citation_readers import bibtex_entries, tex_text

WORKS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("citations.json").read_text(encoding="utf-8")
)


def one(csl: dict[str, Any], pin: str | None = None) -> Entry:
    (entry,) = bibtex_entries(as_bibtex([Reference(csl, pin)]))
    return entry


def names(entry: Entry, role: str) -> list[tuple[str, str]]:
    return [
        (tex_text(" ".join(p.last_names)), tex_text(" ".join(p.first_names + p.middle_names)))
        for p in entry.persons[role]
    ]


def test_journal_article_keeps_every_field() -> None:
    entry = one(WORKS["journal article with DOI"])
    assert entry.type == "article"
    assert names(entry, "author") == [("Panda", "Jagannath"), ("Ohn", "Daewon")]
    assert {field: tex_text(value) for field, value in entry.fields.items()} == {
        "title": WORKS["journal article with DOI"]["title"],
        "journal": "Australian Journal of International Affairs",
        "volume": "78",
        "number": "6",
        "pages": "767–781",
        "doi": "10.1080/10357718.2024.2410411",
        "url": "https://doi.org/10.1080/10357718.2024.2410411",
        "language": "en",
        "year": "2024",
    }


def test_capitals_in_titles_are_protected() -> None:
    title = one(WORKS["journal article with DOI"]).fields["title"]
    assert title.startswith("Minilateralism and the {New} {Indo-Pacific} {Order:}")


def test_chapter_has_a_book_title_editors_and_an_address() -> None:
    entry = one(WORKS["chapter with editors"])
    assert entry.type == "incollection"
    assert names(entry, "editor") == [("Singh", "Bhubhindar"), ("Teo", "Sarah")]
    assert entry.fields["booktitle"].startswith("Minilateralism in the Indo-Pacific:")
    assert (entry.fields["publisher"], entry.fields["address"]) == ("Routledge", "Abingdon")


def test_day_is_kept_in_the_date_beside_year_and_month() -> None:
    fields = one(WORKS["magazine article with a day"]).fields
    assert (fields["year"], fields["month"], fields["date"]) == ("2009", "June", "2009-06-21")


def test_range_of_months_is_an_edtf_date() -> None:
    assert one(WORKS["range of months"]).fields["date"] == "2025-07/2025-08"


def test_et_al_is_and_others() -> None:
    people = [str(person) for person in one(WORKS["shortened list of authors"]).persons["author"]]
    assert people == ["Curtis, Lisa", "others"]


def test_chinese_is_untouched_and_an_institution_is_one_name() -> None:
    entry = one(WORKS["Chinese government publication"])
    assert names(entry, "author") == [("青嵐縣政府", "")]
    assert entry.fields["title"] == "離島航線補貼作業要點"


@pytest.mark.parametrize("family", ["Sinn and Fein", "King, Esq.", "Mac AND Cheese"])
def test_name_that_looks_like_two_stays_one(family: str) -> None:
    entry = one({"type": "book", "author": [{"family": family, "given": "G"}]})
    assert names(entry, "author") == [(family, "G")]


def test_report_number_is_a_field_and_not_a_note() -> None:
    fields = one(WORKS["report with scattered pages"]).fields
    assert (fields["number"], "note" in fields) == ("9", False)


def test_pin_and_stray_variables_are_kept_in_the_note() -> None:
    fields = one({"type": "book", "title": "T", "archive": "UN", "colour": "red"}, "p. 5").fields
    assert fields["note"] == "colour: red; Cited at: p. 5; archive: UN"


@pytest.mark.parametrize("pair", ["--", "---", "''", "``", "?`", "!`", "~", "100%", "$x_1^2$"])
def test_characters_that_tex_would_join_or_obey_are_kept_apart(pair: str) -> None:
    entry = one({"type": "book", "title": f"A{pair}b", "publisher": pair})
    assert tex_text(entry.fields["title"]) == f"A{pair}b"
    assert tex_text(entry.fields["publisher"]) == pair


def test_address_with_braces_is_percent_encoded() -> None:
    assert one({"type": "book", "URL": "https://e.org/{a}\\b_%20"}).fields["url"] == (
        "https://e.org/%7Ba%7D%5Cb_%20"
    )


# The two readers rewrite control characters, odd spaces and combining marks themselves.
_TEXT = st.text(st.characters(exclude_categories=("C", "Z", "M")) | st.just(" "), min_size=1)


@given(title=_TEXT.filter(lambda s: one_line(s) != ""))
def test_hostile_title_survives(title: str) -> None:
    fields = one({"type": "book", "title": title, "publisher": title}).fields
    assert tex_text(fields["publisher"]) == one_line(title)
    assert tex_text(fields["title"]) == one_line(title)


@given(
    title=st.text("\\{}$&#^_%~-'`\"@,=!?<> aA\n島", min_size=1).filter(lambda s: one_line(s) != "")
)
def test_every_tex_command_character_survives(title: str) -> None:
    fields = one({"type": "book", "title": title, "publisher": title}).fields
    assert tex_text(fields["publisher"]) == one_line(title)
    assert tex_text(fields["title"]) == one_line(title)


def test_injected_entry_stays_text() -> None:
    entry = one({"type": "book", "title": "A},\n}\n@book{evil, title={B"})
    assert tex_text(entry.fields["title"]) == "A}, } @book{evil, title={B"
