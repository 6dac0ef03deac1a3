"""What a CSL item becomes before it is written: strays noted, strings on one line, keys unique."""

from __future__ import annotations

from typing import Any

import pytest

from service.csl import (
    TYPES,
    citation_keys,
    clean_item,
    is_et_al,
    language_of,
    one_line,
    printed_date,
    printed_name,
)


def test_no_value_keeps_a_line_break_or_control_character() -> None:
    assert one_line("A\r\nTY  - JOUR\u2028B\x00\ud800 C") == "A TY - JOUR B C"


def test_unknown_variable_becomes_a_line_of_the_note() -> None:
    cleaned = clean_item({"type": "book", "title": "A", "colour": "red", "note": "n"})
    assert cleaned == {"type": "book", "title": "A", "note": "n\ncolour: red"}


def test_unknown_type_becomes_document_and_is_noted() -> None:
    assert clean_item({"type": "scroll"}) == {"type": "document", "note": "type: scroll"}


def test_missing_type_becomes_document_without_a_note() -> None:
    assert clean_item({"title": "A"}) == {"type": "document", "title": "A"}


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [["2024", 6]]}, {"date-parts": [[2024, 6]]}),
        ({"date-parts": [[2024, 13]]}, None),
        ({"date-parts": [["summer"]], "literal": "summer"}, {"literal": "summer"}),
        ({"raw": "June 2024"}, {"literal": "June 2024"}),
        ("June 2024", {"literal": "June 2024"}),
    ],
)
def test_dates_are_numbers_or_words_never_half_of_each(
    issued: object, expected: dict[str, Any] | None
) -> None:
    assert clean_item({"type": "book", "issued": issued}).get("issued") == expected


def test_season_is_kept_in_the_note() -> None:
    cleaned = clean_item({"type": "book", "issued": {"date-parts": [[2024]], "season": 2}})
    assert cleaned["note"] == "issued season: 2"


def test_impossible_date_is_kept_in_the_note() -> None:
    assert "2024, 13" in clean_item({"issued": {"date-parts": [[2024, 13]]}})["note"]


@pytest.mark.parametrize("printed", ["et al.", "et al", "et. al.", "等", "等人", "and others"])
def test_et_al_is_no_person(printed: str) -> None:
    assert is_et_al({"literal": printed})


@pytest.mark.parametrize("printed", ["Etal", "Alan Others", "等等力", "李等"])
def test_person_whose_name_resembles_et_al_stays_a_person(printed: str) -> None:
    assert not is_et_al({"literal": printed})


def test_chinese_name_is_printed_family_first_and_closed_up() -> None:
    assert printed_name({"family": "李", "given": "俊毅"}) == "李俊毅"


def test_western_name_is_printed_given_first_with_particle_and_suffix() -> None:
    name = {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."}
    assert printed_name(name) == "Jan van der Berg Jr."


def test_title_in_chinese_characters_is_chinese_and_one_with_kana_is_not() -> None:
    assert language_of({"title": "離島交通權"}) == "zh-TW"
    assert language_of({"title": "日本の安全保障"}) == ""
    assert language_of({"title": "离岛", "language": "zh-CN"}) == "zh-CN"


def test_range_of_months_prints_as_edtf() -> None:
    assert printed_date({"date-parts": [[2025, 7], [2025, 8]]}) == "2025-07/2025-08"


def test_keys_are_unique_and_hold_no_bibtex_syntax() -> None:
    item = {"title": "{Quad},\\=", "author": [{"family": "Naím"}]}
    assert citation_keys([item, item, {}]) == ["naimquad", "naimquad-2", "work"]


def test_every_type_named_is_a_csl_type() -> None:
    assert len(TYPES) == 45
    assert {"article-journal", "legal_case", "personal_communication"} <= TYPES
