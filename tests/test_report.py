"""What the console prints, line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from corpus.document import Finding, Language
from index.build import BuildReport
from index.store import Manifest
from service import report
from service.answer import Answer
from service.evaluate import Outcome
from service.gold import GoldRow
from service.messages import messages
from tests.tiny import tiny_document, tiny_library

TINY = tiny_document()


def asked(question: str) -> Answer:
    return tiny_library().ask(question, documents=["tiny"])


def printed(answer: Answer) -> list[str]:
    return report.answer(answer, tiny_library().document).splitlines()


def test_outline_indents_each_level_and_counts_each_part() -> None:
    deeper = replace(TINY.sections[1], level=2)
    document = replace(TINY, sections=(TINY.sections[0], deeper))
    assert report.outline(document).splitlines() == [
        "社區的夜晚 (zh-Hant)",
        "林安",
        "2 sections, 3 paragraphs, 5 sentences, 3 notes, 4 marks",
        "  壹、緣起",
        "    貳、發現",
    ]


def test_outline_points_to_check_where_something_is_wrong() -> None:
    document = replace(TINY, findings=(Finding("warning", "note-gap", "number 2 is missing", 7),))
    assert report.outline(document).splitlines()[-1] == "1 findings; see `zhujiao check`"


def test_finding_stands_on_one_line_as_compilers_write_it() -> None:
    found = (Finding("error", "note-missing", "note 4 is marked but not defined", 9),)
    assert report.findings(Path("a.txt"), replace(TINY, findings=found)) == (
        "a.txt:9: error note-missing: note 4 is marked but not defined"
    )
    assert report.findings(Path("a.txt"), TINY) == "a.txt: nothing to mend"


def test_build_says_what_the_index_holds_and_what_was_embedded() -> None:
    manifest = Manifest(
        1, "0123456789abcdef", "hashing@1", 64, {"documents": 1, "notes": 3}, {}, {}
    )
    assert report.built(BuildReport(manifest, embedded=7, reused=2), Path("var/index")) == (
        "Index 0123456789abcdef in var/index: 1 documents, 3 notes; 7 texts embedded, 2 reused"
    )


def test_answer_shows_quote_place_note_and_the_work_it_leads_to() -> None:
    assert printed(asked("night opening visits")) == [
        "Night opening raised visits by 17%, *not* loans.[3]",
        "    — tiny · 貳 發現",
        "    [3] *Ibid.*, p. 8.",
        "        → [1] Lin and Roe, “Night Libraries”, p. 8",
    ]


def test_note_of_the_passage_is_shown_but_not_set_as_a_mark_of_the_sentence() -> None:
    answer = asked("night opening visits")
    (citation,) = answer.citations
    notes = tuple(replace(note, basis="passage") for note in citation.notes)
    lines = printed(replace(answer, citations=(replace(citation, notes=notes),)))
    assert lines[0] == "Night opening raised visits by 17%, *not* loans."
    assert lines[2].strip() == "[3] *Ibid.*, p. 8."


def test_quoted_note_carries_no_mark_of_itself() -> None:
    answer = asked("night opening visits")
    citation = replace(answer.citations[0], target="note", footnote_id="3")
    assert printed(replace(answer, citations=(citation,)))[0].endswith("loans.")


def test_quotes_are_parted_by_a_blank_line() -> None:
    answer = asked("night opening visits")
    twice = replace(answer, citations=answer.citations * 2)
    assert printed(twice).count("") == 1


@pytest.mark.parametrize("language", get_args(Language))
def test_refusal_is_told_as_the_pages_tell_it_and_names_sections(language: Language) -> None:
    answer = tiny_library().ask("weather on Mars", documents=["tiny"], language=language)
    said = messages(language)
    assert printed(answer) == [
        said.not_found,
        said.not_found_lead,
        "  社區的夜晚 · 壹 緣起",
        "  社區的夜晚 · 貳 發現",
    ]


def test_refusal_without_a_near_section_promises_none() -> None:
    answer = tiny_library().ask("weather on Mars", documents=["tiny"], language="en")
    said = messages("en")
    assert printed(replace(answer, nearest=())) == [said.not_found, said.not_found_alone]


def test_note_that_a_back_reference_leads_to_is_named_as_printed() -> None:
    renumbered = {"1": "p4-1", "2": "p4-2", "3": "p4-3"}
    notes = tuple(replace(note, id=renumbered[note.id]) for note in TINY.footnotes)
    document = replace(TINY, footnotes=notes)
    answer = asked("night opening visits")
    (citation,) = answer.citations
    (note,) = citation.notes
    resolved = tuple(
        replace(work, footnote_id=renumbered[work.footnote_id]) for work in note.resolved
    )
    note = replace(note, footnote_id=renumbered[note.footnote_id], resolved=resolved)
    answer = replace(answer, citations=(replace(citation, notes=(note,)),))
    lines = report.answer(answer, lambda _: document).splitlines()
    assert lines[-1] == "        → [1] Lin and Roe, “Night Libraries”, p. 8"


def test_figures_stand_overall_then_by_kind_then_by_language() -> None:
    measured: dict[str, Any] = {
        "evidence_hit": 0.9,
        "note_recall": None,
        "by_kind": {"fact": 1.0, "why": 0.5},
        "by_language": {"en": {"evidence_hit": 0.8, "by_kind": {"fact": 1.0}}},
    }
    assert report.figures(measured).splitlines() == [
        "evidence_hit                     0.9",
        "note_recall                      -",
        "by_kind                          fact 1.0  why 0.5",
        "",
        "en",
        "  evidence_hit                   0.8",
    ]


def test_misses_are_what_was_not_shown_and_what_should_have_been_refused() -> None:
    answer = asked("night opening visits")
    refused = tiny_library().ask("weather on Mars", documents=["tiny"])
    outcomes = [
        _outcome("hit", answer, answerable=True, hit=True),
        _outcome("missed", refused, answerable=True, hit=False),
        _outcome("shown", answer, answerable=False, hit=False),
        _outcome("refused", refused, answerable=False, hit=False),
    ]
    assert report.misses(outcomes).splitlines() == [
        "missed en fact: weather on Mars -> (refused)",
        "shown en fact: night opening visits -> Night opening raised visits by 17%, *not",
    ]


def _outcome(name: str, answer: Answer, *, answerable: bool, hit: bool) -> Outcome:
    row = GoldRow(id=name, lang="en", kind="fact", question="q", answerable=answerable)
    return Outcome(row, answer, hit, 1, (), 0, 0, 0, True)
