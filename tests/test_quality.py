"""The gold questions through the whole product: floors, slices, notes, receipts."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.floors import GOLD, digest, read_floors, shortfalls
from corpus.document_json import document_json
from index.segment import fold_script
from service.evaluate import Outcome, evaluate, figures
from service.gold import read_gold
from service.library import Library
from service.receipt import Receipt
from service.render import answer_json
from tests.conftest import ROOT

pytestmark = [pytest.mark.quality, pytest.mark.model]


@pytest.fixture(scope="module")
def outcomes(library: Library) -> list[Outcome]:
    rows = read_gold(GOLD / "dev.jsonl")
    return evaluate(
        rows, lambda question, history: library.ask(question, history), library.documents()
    )


def test_figures_hold_their_floors(outcomes: list[Outcome]) -> None:
    assert shortfalls(read_floors()["dev.jsonl"], figures(outcomes), digest("dev.jsonl")) == []


def test_every_quote_is_a_slice_of_its_publication(
    outcomes: list[Outcome], library: Library
) -> None:
    seen = 0
    for outcome in outcomes:
        for citation in outcome.answer.citations:
            document, span = library.document(citation.document_id), citation.quote.span
            text = (
                document.text
                if citation.target == "body"
                else document.footnote(citation.footnote_id or "").text
            )
            assert citation.quote.exact == text[span.start : span.end] != ""
            seen += 1
    assert seen > len(outcomes) / 2


def test_every_note_is_the_authors_and_stands_in_the_paragraph(
    outcomes: list[Outcome], library: Library
) -> None:
    for citation in (c for o in outcomes for c in o.answer.citations if c.target == "body"):
        document = library.document(citation.document_id)
        paragraph = document.paragraph_at(citation.quote.span.start)
        assert paragraph is not None
        marked = {r.footnote_id for r in document.noterefs if paragraph.span.covers(r.sentence)}
        for note in citation.notes:
            assert note.footnote_id in marked
            assert note.text == document.footnote(note.footnote_id).text


def test_refusal_shows_no_source_and_an_answer_no_near_section(outcomes: list[Outcome]) -> None:
    for answer in (o.answer for o in outcomes):
        assert answer.answered == bool(answer.citations)
        assert bool(answer.nearest) != answer.answered


def test_refusal_and_answer_speak_the_language_of_the_question(outcomes: list[Outcome]) -> None:
    wrong = [
        o.answer.question for o in outcomes if (o.answer.language == "en") != (o.row.lang == "en")
    ]
    assert wrong == []


def test_every_answers_id_replays_it(outcomes: list[Outcome], library: Library) -> None:
    for answer in (o.answer for o in outcomes):
        asked = Receipt.decode(answer.id)
        assert asked is not None
        again = library.ask(asked.question, asked.history, asked.documents, asked.language)
        assert replace(again, took_ms=answer.took_ms) == answer


def test_question_in_simplified_characters_is_answered_as_in_traditional(
    outcomes: list[Outcome], library: Library
) -> None:
    asked = [o for o in outcomes if o.row.lang == "zh-Hant"]
    assert len(asked) > 20
    for outcome in asked:
        row = outcome.row
        folded = library.ask(fold_script(row.asked), [fold_script(turn) for turn in row.history])
        assert folded.citations == outcome.answer.citations, row.asked


def test_independent_script_verifies_every_answer(
    outcomes: list[Outcome], library: Library, tmp_path: Path
) -> None:
    answers = [answer_json(o.answer, library.document) for o in outcomes]
    texts = [document_json(document) for document in library.documents()]
    for name, found in (("answers", answers), ("publications", texts)):
        (tmp_path / name).write_text(
            "\n".join(json.dumps(item, ensure_ascii=False) for item in found), "utf-8"
        )
    script = ROOT / "benchmarks" / "verify_quotes.py"
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            str(script),
            str(tmp_path / "answers"),
            str(tmp_path / "publications"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"{len(outcomes)} answers, ")
