"""Every note of the first publication, and answers over it, read back to the fields of the source.

The truth is `structure.json`, made by reading the chapter; the readers had no part in writing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.read import read_document
from service.answer import Answer
from service.bibliography import Reference, references_of_answer, references_of_note
from service.cite import cite_sentence
from service.export import Format, export_answer, export_note
from tests.citation_readers import ET_AL, ReadWork, csl_name, read_bibtex, read_csl_json, read_ris

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
CHAPTER = ROOT / "corpus" / "texts" / "indsr-2025-01.txt"
TRUTH = json.loads(
    (ROOT / "tests" / "texts" / "indsr-2025-01" / "structure.json").read_text(encoding="utf-8")
)
NOTES: dict[str, dict[str, Any]] = {str(note["number"]): note for note in TRUTH["footnotes"]}
SOURCES = sorted(
    [*(ROOT / "tests" / "texts").glob("*/source.*"), *(ROOT / "corpus" / "texts").glob("*.txt")]
)
READERS: dict[Format, Callable[[str], list[ReadWork]]] = {
    "ris": read_ris,
    "bibtex": read_bibtex,
    "csl-json": read_csl_json,
}


publication = cache(read_document)


@pytest.fixture(scope="module")
def chapter() -> Document:
    return publication(CHAPTER)


def expected(reference: Reference) -> ReadWork:
    """The fields of a reference, taken from its CSL item by hand."""
    csl = reference.csl
    names = [csl_name(name) for name in csl.get("author", ())]
    dates = csl.get("issued", {}).get("date-parts", [[""]])
    return ReadWork(
        title=csl.get("title", ""),
        authors=tuple(name for name in names if name not in ET_AL),
        shortened=not ET_AL.isdisjoint(names),
        container=csl.get("container-title", ""),
        year=str(dates[0][0]),
        volume=csl.get("volume", ""),
        issue=csl.get("issue", csl.get("number", "")),
        pages=re.sub("[–—]", "-", csl.get("page", "")),
        doi=csl.get("DOI", ""),
        url=csl.get("URL", ""),
        pin=reference.pin or "",
    )


@pytest.mark.parametrize("format_name", READERS)
def test_note_reads_back_to_its_works_as_printed(chapter: Document, format_name: Format) -> None:
    for number, note in NOTES.items():
        read = READERS[format_name](export_note(chapter, number, format_name).text)
        assert read == [expected(reference) for reference in references_of_note(chapter, number)]
        assert [
            (number, work.title, work.url, work.pin, printed_authors(work)) for work in read
        ] == [
            (number, work["title"], work["url"] or "", pin, true_authors(work))
            for work, pin in true_works(note)
        ]


def printed_authors(work: ReadWork) -> list[str]:
    """ "Panda, Jagannath" -> "Jagannath Panda", as the notes print them."""
    return [" ".join(reversed(author.split(", "))) for author in work.authors]


def true_authors(work: dict[str, Any]) -> list[str]:
    parts = re.split(r", and |, | and ", work["authors"] or "")
    return [part for part in parts if part not in {"", *ET_AL}]


def true_works(note: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """(work, pin) as a reader of the chapter understands the note; 46 is an explanation."""
    if note["kind"] == "explanatory":
        title = "第一章 印太地區小多邊主義的現況與前景"
        yield {"title": title, "url": None, "authors": "李俊毅"}, f"註 {note['number']}"
    elif note["works"]:
        yield from ((work, "") for work in note["works"])
    else:
        yield note["resolved"]["work"], note["resolved"]["pages"] or ""


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("format_name", READERS)
def test_every_note_of_every_layout_reads_back(source: Path, format_name: Format) -> None:
    document = publication(source)
    for note in document.footnotes:
        read = READERS[format_name](export_note(document, note.id, format_name).text)
        references = references_of_note(document, note.id)
        assert read == [expected(reference) for reference in references]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("style", ["chicago", "apa", "gbt7714"])
def test_notes_format_to_lines_that_hold_their_titles(source: Path, style: Format) -> None:
    """But for letters in APA, which cites these in the text by writer and date alone."""
    document = publication(source)
    for note in document.footnotes[:12]:
        text = letters(export_note(document, note.id, style).text)
        for reference in references_of_note(document, note.id):
            written = style != "apa" or reference.csl["type"] != "personal_communication"
            assert not written or letters(reference.csl.get("title", "")) in text


def letters(text: str) -> str:
    """Letters and digits alone: styles differ in case and punctuation."""
    return "".join(character for character in text.casefold() if character.isalnum())


def test_explanation_carries_its_own_words_in_the_note(chapter: Document) -> None:
    (item,) = json.loads(export_note(chapter, "46", "csl-json").text)
    assert NOTES["46"]["text"] in item["note"]


def answers(document: Document) -> Iterator[Answer]:
    """Twenty answers of three quoted sentences each, over all marks of the chapter."""
    marks = document.noterefs
    for number in range(20):
        quoted = [marks[(number * 3 + step) % len(marks)].sentence for step in range(3)]
        citations = tuple(cite_sentence(document, s, n) for n, s in enumerate(quoted, start=1))
        yield Answer(f"a{number}", "?", "en", "answered", "extractive", (), citations, (), "v", 1.0)


@pytest.mark.parametrize("format_name", READERS)
def test_twenty_answers_read_back_to_the_works_behind_their_notes(
    chapter: Document, format_name: Format
) -> None:
    documents = {chapter.id: chapter}
    for answer in answers(chapter):
        read = READERS[format_name](export_answer(answer, documents, format_name).text)
        references = references_of_answer(answer, documents)
        assert read == [expected(reference) for reference in references]
        notes = [NOTES[note.label] for cited in answer.citations for note in cited.notes]
        titles = {work["title"] for note in notes for work, _ in true_works(note)}
        assert {work.title for work in read} == titles | {chapter.metadata.title}


def test_the_chapter_has_sixty_two_notes_to_cite(chapter: Document) -> None:
    assert [note.id for note in chapter.footnotes if note.kind != "author"] == list(NOTES)
