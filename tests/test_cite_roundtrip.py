"""What a reader downloads reads back to the fields of the source: 62 notes and 20 answers, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from index.build import index_documents
from index.search import PassageIndex
from service.bibliography import references_of_answer, references_of_note
from service.export import Format
from service.library import Library
from service.receipt import Receipt
from tests.hashing_embedder import HashingEmbedder
from tests.test_export_roundtrip import CHAPTER, NOTES, READERS, expected, publication, true_works
from tests.tiny import tiny_client

pytestmark = pytest.mark.slow

QUESTIONS = Path(__file__).parent / "quality" / "dev.jsonl"
ANSWERS = 20
STYLES: Sequence[Format] = ("chicago", "apa", "gbt7714")


@cache
def library() -> Library:
    """The real library over the chapter that ships; only the model is a stand-in."""
    embedder = HashingEmbedder()
    return Library(PassageIndex(index_documents([publication(CHAPTER)], embedder), embedder, "v"))


@cache
def client() -> FlaskClient:
    return tiny_client(library())


@cache
def answer_ids() -> Sequence[str]:
    """The first answers that have citations, as the interface gives their ids."""
    found: list[str] = []
    for line in QUESTIONS.read_text("utf-8").splitlines():
        question = json.loads(line).get("question")
        if question and len(found) < ANSWERS:
            given = client().post("/api/v1/ask", json={"question": question}).get_json()
            found += [given["id"]] if given["citations"] else []
    return found


def downloaded(path: str, format_name: Format) -> str:
    response = client().get(f"/api/v1/{path}/cite?format={format_name}")
    assert response.status_code == 200, response.text
    return response.get_data().decode("utf-8")


@pytest.mark.parametrize("format_name", READERS)
def test_all_sixty_two_notes_read_back_to_the_works_they_mean(format_name: Format) -> None:
    chapter = publication(CHAPTER)
    assert len(NOTES) == 62
    for number, truth in NOTES.items():
        text = downloaded(f"documents/{chapter.id}/footnotes/{quote(number)}", format_name)
        read = READERS[format_name](text)
        assert read == [expected(reference) for reference in references_of_note(chapter, number)]
        meant = [(work["title"], work["url"] or "", pin) for work, pin in true_works(truth)]
        assert [(work.title, work.url, work.pin) for work in read] == meant


@pytest.mark.parametrize("format_name", READERS)
def test_twenty_answers_read_back_to_the_works_behind_their_notes(format_name: Format) -> None:
    chapter = publication(CHAPTER)
    assert len(answer_ids()) == ANSWERS
    for answer_id in answer_ids():
        read = READERS[format_name](downloaded(f"answers/{answer_id}", format_name))
        asked = Receipt.decode(answer_id)
        assert asked is not None
        answer = library().ask(asked.question, asked.history)
        references = references_of_answer(answer, {chapter.id: chapter})
        assert read == [expected(reference) for reference in references]
        notes = [NOTES[note.label] for cited in answer.citations for note in cited.notes]
        titles = {work["title"] for note in notes for work, _ in true_works(note)}
        assert {work.title for work in read} == titles | {chapter.metadata.title}


@pytest.mark.parametrize("style", STYLES)
def test_every_answer_has_a_formatted_line_for_each_of_its_works(style: Format) -> None:
    for answer_id in answer_ids():
        records = json.loads(downloaded(f"answers/{answer_id}", "csl-json"))
        lines = downloaded(f"answers/{answer_id}", style).splitlines()
        assert len([line for line in lines if not line.startswith("In text: ")]) == len(records)
