"""Files for download: each format by name, its media type, and a name no header can break on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

from corpus.document import Author, Document, Footnote, Metadata, Span, Work
from service.answer import Answer
from service.csl import one_line
from service.export import (
    FORMATS,
    Format,
    NothingToCiteError,
    export_answer,
    export_document,
    export_note,
)

WORKS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("citations.json").read_text(encoding="utf-8")
)


@pytest.fixture
def document() -> Document:
    work = Work(WORKS["journal article with DOI"], Span(0, 1))
    note = Footnote("39", "39", "Panda and Ohn.", "source", 1, works=(work,))
    metadata = Metadata("y-1", "小多邊主義", (Author("李俊毅"),), "zh-Hant", issued="2025")
    return Document(metadata, "", (), (), (), (), (note,))


def citing(document: Document, works: Sequence[dict[str, Any]]) -> Document:
    """The publication, its note on these works."""
    (note,) = document.footnotes
    cited = tuple(Work(csl, Span(0, 1)) for csl in works)
    return replace(document, footnotes=(replace(note, works=cited),))


@pytest.mark.parametrize(
    ("format_name", "media_type", "filename"),
    [
        ("ris", "application/x-research-info-systems; charset=utf-8", "y-1-note-39.ris"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "y-1-note-39.bib"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "y-1-note-39.json"),
        ("chicago", "text/plain; charset=utf-8", "y-1-note-39-chicago.txt"),
        ("apa", "text/plain; charset=utf-8", "y-1-note-39-apa.txt"),
        ("gbt7714", "text/plain; charset=utf-8", "y-1-note-39-gbt7714.txt"),
    ],
)
def test_each_format_has_its_media_type_and_file_name(
    document: Document, format_name: Format, media_type: str, filename: str
) -> None:
    export = export_note(document, "39", format_name)
    assert (export.media_type, export.filename) == (media_type, filename)
    assert "Minilateralism" in export.text


def test_every_format_named_in_the_type_is_offered() -> None:
    assert get_args(Format) == FORMATS


def test_file_name_holds_nothing_that_breaks_a_header_or_a_path(document: Document) -> None:
    note = replace(document.footnotes[0], id='1/"\r\n../註')
    export = export_note(replace(document, footnotes=(note,)), note.id, "ris")
    assert export.filename == "y-1-note-1.ris"


def test_publication_itself_is_exported_with_its_author_and_year(document: Document) -> None:
    (item,) = json.loads(export_document(document, "csl-json").text)
    assert item["author"] == [{"literal": "李俊毅"}]
    assert (item["issued"], item["language"]) == ({"date-parts": [[2025]]}, "zh-TW")


def test_answer_that_cites_nothing_says_what_to_do(document: Document) -> None:
    answer = Answer("a", "?", "en", "not_found", "extractive", (), (), (), "v", 1.0)
    with pytest.raises(NothingToCiteError, match="cite the publication instead"):
        export_answer(answer, {}, "ris")


def test_unknown_format_names_the_known_ones(document: Document) -> None:
    with pytest.raises(ValueError, match="ris, bibtex, csl-json, chicago, apa, gbt7714"):
        export_document(document, "word")  # type: ignore[arg-type]


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
@pytest.mark.filterwarnings("error")
def test_csl_json_reads_back_to_the_same_item(work: dict[str, Any], document: Document) -> None:
    """citeproc-py reads it: it warns of every variable and name part that CSL does not have."""
    (item,) = json.loads(export_note(citing(document, [work]), "39", "csl-json").text)
    (read,) = CiteProcJSON([item]).values()
    assert read.type == work["type"]
    for variable in work.keys() - {"type", "author", "editor", "issued", "language"}:
        assert str(read[variable.replace("-", "_")]) == work[variable]
    for role in work.keys() & {"author", "editor"}:
        assert [dict(name) for name in read[role]] == work[role]
    assert item["issued"] == work["issued"]


def test_pin_of_each_work_goes_to_that_work(document: Document) -> None:
    works = [{"type": "book", "title": title} for title in ("A", "B", "C")]
    works[1]["locator"] = "pp. 4-5"
    items = json.loads(export_note(citing(document, works), "39", "csl-json").text)
    assert [item.get("locator") for item in items] == [None, "4-5", None]
    assert items[1]["note"] == "Cited at: pp. 4-5"


@pytest.mark.parametrize("format_name", FORMATS)
def test_several_works_come_in_the_order_cited(format_name: Format, document: Document) -> None:
    citing_all = citing(document, list(WORKS.values()))
    text = one_line(export_note(citing_all, "39", format_name).text)
    places = [text.index(marker) for marker in ("2410411", "Y3VVex", "0W9Zyx", "890YpR", "x3LbW1")]
    assert places == sorted(places)
