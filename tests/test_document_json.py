"""The dictionary of `zhujiao read --json`."""

from __future__ import annotations

import json

import pytest

from corpus.document_json import document_json
from corpus.read import read_text

TEXT = "壹、前言\n\n海島共用水管[1]15。水管老舊。[2]\n\n註釋\n\n[1] Roe, “Tides,” *Journal of Tides*, Vol. 1, 2001, p. 2, <https://example.org/1>.\n[2] 同註 1，頁 5。\n"


@pytest.fixture(scope="module")
def exported() -> dict[str, object]:
    found: dict[str, object] = json.loads(json.dumps(document_json(read_text(TEXT, "x"))))
    return found


def test_the_contract_has_its_keys(exported: dict[str, object]) -> None:
    contract = [
        "document",
        "text",
        "sections",
        "paragraphs",
        "sentences",
        "noterefs",
        "footnotes",
        "findings",
    ]
    assert [key for key in contract if key not in exported] == []


def test_spans_are_offsets_into_the_text(exported: dict[str, object]) -> None:
    text = exported["text"]
    assert text == "壹、前言\n\n海島共用水管。水管老舊。"
    assert exported["sections"] == [
        {"id": "壹", "label": "壹", "title": "前言", "level": 1, "start": 0, "end": 18}
    ]
    assert exported["paragraphs"] == [
        {"id": "p1", "section_id": "壹", "kind": "paragraph", "start": 6, "end": 18}
    ]
    assert exported["sentences"] == [
        {"paragraph_id": "p1", "start": 6, "end": 13},
        {"paragraph_id": "p1", "start": 13, "end": 18},
    ]


def test_a_mark_has_its_note_place_sentence_and_pin(exported: dict[str, object]) -> None:
    assert exported["noterefs"] == [
        {
            "footnote_id": "1",
            "label": "1",
            "offset": 12,
            "pin": "15",
            "sentence": {"start": 6, "end": 13},
        },
        {
            "footnote_id": "2",
            "label": "2",
            "offset": 18,
            "pin": None,
            "sentence": {"start": 13, "end": 18},
        },
    ]


def test_a_note_has_its_text_kind_works_and_addresses(exported: dict[str, object]) -> None:
    footnotes = exported["footnotes"]
    assert isinstance(footnotes, list)
    first, second = footnotes
    assert (first["id"], first["label"], first["kind"], first["urls"]) == (
        "1",
        "1",
        "source",
        ["https://example.org/1"],
    )
    assert first["works"][0]["container-title"] == "Journal of Tides"
    assert first["back_reference"] is None
    assert second["text"] == "同註 1，頁 5。"
    reference = second["back_reference"]
    assert {key: reference[key] for key in ("kind", "target", "work", "pin")} == {
        "kind": "supra", "target": "1", "work": 0, "pin": "頁 5",
    }  # fmt: skip


def test_the_heading_of_the_list_is_set_aside(exported: dict[str, object]) -> None:
    assert exported["set_aside"] == [
        {"line": 5, "text": "註釋", "reason": "heading of a list of notes"}
    ]
