"""RIS, read back tag by tag."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.bibliography import Reference
from service.csl import one_line
from service.ris import as_ris
from tests.citation_readers import ris_records

WORKS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("citations.json").read_text(encoding="utf-8")
)


def one(csl: dict[str, Any], pin: str | None = None) -> dict[str, list[str]]:
    (record,) = ris_records(as_ris([Reference(csl, pin)]))
    return record


def test_journal_article_keeps_every_field() -> None:
    record = one(WORKS["journal article with DOI"])
    assert record == {
        "TY": ["JOUR"],
        "ID": ["panda2024minilateralism"],
        "AU": ["Panda, Jagannath", "Ohn, Daewon"],
        "TI": [WORKS["journal article with DOI"]["title"]],
        "T2": ["Australian Journal of International Affairs"],
        "VL": ["78"],
        "IS": ["6"],
        "DO": ["10.1080/10357718.2024.2410411"],
        "PY": ["2024"],
        "DA": ["2024///"],
        "SP": ["767"],
        "EP": ["781"],
        "UR": ["https://doi.org/10.1080/10357718.2024.2410411"],
        "LA": ["en"],
        "ER": [""],
    }


def test_chapter_has_its_editors_publisher_and_place() -> None:
    record = one(WORKS["chapter with editors"])
    assert record["TY"] == ["CHAP"]
    assert record["A2"] == ["Singh, Bhubhindar", "Teo, Sarah"]
    assert (record["PB"], record["CY"]) == (["Routledge"], ["Abingdon"])


def test_editor_of_a_book_is_no_series_editor() -> None:
    assert one({"type": "book", "editor": [{"literal": "A"}]})["ED"] == ["A"]


def test_day_month_and_year_stand_in_the_date() -> None:
    assert one(WORKS["magazine article with a day"])["DA"] == ["2009/06/21/"]


def test_range_of_months_is_kept_in_a_note() -> None:
    record = one(WORKS["range of months"])
    assert (record["DA"], record["N1"]) == (["2025/07//"], ["issued: 2025-07/2025-08"])


def test_et_al_is_no_author_and_is_kept_in_a_note() -> None:
    record = one(WORKS["shortened list of authors"])
    assert record["AU"] == ["Curtis, Lisa"]
    assert record["N1"] == ["author: Lisa Curtis; et al."]


def test_scattered_pages_are_not_split() -> None:
    record = one(WORKS["report with scattered pages"])
    assert record["SP"] == ["4, 11-17"]
    assert "EP" not in record


def test_pin_is_kept_in_a_note() -> None:
    record = one(WORKS["journal article with DOI"], "pp. 770, 772-773")
    assert record["N1"] == ["Cited at: pp. 770, 772-773"]


def test_variable_without_a_tag_is_kept_in_a_note() -> None:
    record = one({"type": "treaty", "title": "T", "archive": "UN", "chair": [{"literal": "C"}]})
    assert record["TY"] == ["GEN"]
    assert record["N1"] == ["type: treaty", "archive: UN", "chair: C"]


@given(
    title=st.text(min_size=1).filter(lambda s: one_line(s) != ""),
    family=st.text(min_size=1).filter(lambda s: one_line(s) != ""),
)
@pytest.mark.filterwarnings("error")
def test_hostile_text_survives_and_starts_no_line(title: str, family: str) -> None:
    csl = {"type": "book", "title": title, "author": [{"family": family, "given": "G"}]}
    record = one(csl)
    assert record["TI"] == [one_line(title)]
    assert record["AU"] == [f"{one_line(family)}, G"]


def test_injected_record_stays_text() -> None:
    record = one({"type": "book", "title": "A\r\nER  - \r\nTY  - JOUR\nTI  - B"})
    assert record["TI"] == ["A ER - TY - JOUR TI - B"]
