"""Figures over a gold file made by hand, with answers made by hand, so that each can be counted on fingers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.document import Document
from service.answer import Answer, Block, Citation
from service.cite import cite_note, cite_sentence
from service.evaluate import Outcome, evaluate, figures
from service.gold import GoldError, GoldRow

GOLD = tuple(GoldRow.model_validate(row) for row in (
    {
        "id": "1", "lang": "zh-Hant", "kind": "who", "question": "誰設計", "answerable": True, "document": "lighthouse-hant",
        "core_sentence_ids": ["S001"], "footnotes": [1], "footnotes_acceptable": [1], "must_include": ["何渡"],
    },
    {
        "id": "2", "lang": "zh-Hant", "kind": "list", "question": "意見", "answerable": True, "document": "lighthouse-hant",
        "core_sentence_ids": ["S010"], "alternative_sentence_ids": ["S011"], "footnotes": [6], "footnotes_acceptable": [6], "must_include": ["旅店"],
    },
    {
        "id": "3", "lang": "zh-Hans", "kind": "who", "question": "谁设计", "answerable": True,
        "core_sentences": ["白沙岬燈塔在1902年點燈，由工程師何渡設計。"], "footnotes": [1], "footnotes_acceptable": [1],
    },
    {
        "id": "4", "lang": "en", "kind": "footnote", "question": "which notes", "answerable": True, "document": "lighthouse-hant",
        "core_sentence_ids": [], "answer_in_footnotes": [3], "footnotes": [3], "footnotes_acceptable": [3, 4],
    },
    {
        "id": "5", "lang": "en", "kind": "follow-up", "answerable": True, "document": "lighthouse-hant", "question": "and why?",
        "turns": [{"question": "how often?"}, {"question": "and why?", "core_sentence_ids": ["S008"], "footnotes": [], "footnotes_acceptable": []}],
    },
    {"id": "6", "lang": "en", "kind": "unanswerable", "question": "gold?", "answerable": False, "domain": "out-of-domain"},
    {"id": "7", "lang": "en", "kind": "unanswerable", "question": "oil price?", "answerable": False, "domain": "near-domain"},
    {"id": "8", "lang": "zh-Hans", "kind": "unanswerable", "question": "油价", "answerable": False, "domain": "near-domain"},
))  # fmt: skip


def answer(question: str, citations: Sequence[Citation], took_ms: float) -> Answer:
    return Answer(
        "id", question, "en", "answered" if citations else "not_found", "extractive",
        tuple(Block(c.quote.exact, (c.number,)) for c in citations), tuple(citations), (), "v", took_ms,
    )  # fmt: skip


@pytest.fixture(scope="module")
def lighthouse(tiny_corpus: Sequence[Document]) -> Document:
    return tiny_corpus[2]


@pytest.fixture(scope="module")
def outcomes(lighthouse: Document) -> list[Outcome]:
    """1 right, 2 beside the point, 3 refused, 4 the note itself, 5 right with one sentence more; 7 answered."""
    first, second, eighth = (lighthouse.sentences[i].span for i in (0, 1, 7))
    given: dict[str, list[Citation]] = {
        "誰設計": [cite_sentence(lighthouse, first, 1)],
        "意見": [cite_sentence(lighthouse, second, 1)],
        "which notes": [cite_note(lighthouse, lighthouse.footnote("3"), 1)],
        "and why?": [
            cite_sentence(lighthouse, lighthouse.sentences[6].span, 1),
            cite_sentence(lighthouse, eighth, 2),
        ],
        "oil price?": [cite_sentence(lighthouse, first, 1)],
    }
    asked: list[tuple[str, Sequence[str]]] = []

    def ask(question: str, history: Sequence[str]) -> Answer:
        asked.append((question, list(history)))
        return answer(question, given.get(question, []), 10.0 * len(asked))

    found = evaluate(GOLD, ask, [lighthouse])
    assert asked[4] == ("and why?", ["how often?"])
    return found


def test_hits_are_counted_by_core_sentence_alternative_and_note(outcomes: list[Outcome]) -> None:
    assert [o.hit for o in outcomes] == [True, False, False, True, True, False, False, False]


def test_figures_are_those_counted_by_hand(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    assert (found["answerable"], found["unanswerable"]) == (5, 3)
    assert found["evidence_hit"] == 0.6
    assert found["must_include"] == 0.8  # the second lacks its string
    assert found["quoted_sentences"] == {"mean": 1.25, "p95": 2}
    assert found["note_precision"] == pytest.approx(
        2 / 3, abs=1e-4
    )  # notes 1 and 3 are acceptable, note 2 is not
    assert found["note_precision_where_hit"] == 1.0
    assert found["note_recall"] == 0.5  # 1 and 3 of 1, 6, 1, 3
    assert found["refusal_recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["refusal_recall_out_of_domain"] == 1.0
    assert found["refusal_recall_near_domain"] == 0.5
    assert found["refusal_precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["false_refusal"] == 0.2
    assert found["ask_ms"] == {"median": 40.0, "p99": 80.0}


def test_figures_by_language_and_kind(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    assert {lang: f["evidence_hit"] for lang, f in found["by_language"].items()} == {
        "en": 1.0,
        "zh-Hans": 0.0,
        "zh-Hant": 0.5,
    }
    assert found["by_kind"] == {"follow-up": 1.0, "footnote": 1.0, "list": 0.0, "who": 0.5}
    assert found["script_gap"] == 0.5
    assert found["language_gap"] == 1.0


def test_alternative_sentence_counts_as_evidence(lighthouse: Document) -> None:
    span = lighthouse.sentences[10].span
    (outcome,) = evaluate(
        GOLD[1:2], lambda q, h: answer(q, [cite_sentence(lighthouse, span, 1)], 1), [lighthouse]
    )
    assert outcome.hit


def test_part_of_a_core_sentence_is_no_evidence(lighthouse: Document) -> None:
    span = lighthouse.sentences[0].span
    short = cite_sentence(lighthouse, type(span)(span.start, span.end - 2), 1)
    (outcome,) = evaluate(GOLD[:1], lambda q, h: answer(q, [short], 1), [lighthouse])
    assert not outcome.hit


def test_missing_string_is_told(lighthouse: Document) -> None:
    row = GOLD[0].model_copy(update={"must_include": ("何渡", "不在文中")})
    (outcome,) = evaluate(
        [row],
        lambda q, h: answer(q, [cite_sentence(lighthouse, lighthouse.sentences[0].span, 1)], 1),
        [lighthouse],
    )
    assert outcome.hit
    assert not outcome.includes


def test_note_of_the_passage_is_not_held_against_precision(lighthouse: Document) -> None:
    passage = cite_sentence(lighthouse, lighthouse.sentences[8].span, 1)
    assert [n.basis for n in passage.notes] == ["passage"]
    (outcome,) = evaluate(GOLD[:1], lambda q, h: answer(q, [passage], 1), [lighthouse])
    assert outcome.notes_shown == ()


def test_figure_without_a_case_is_none() -> None:
    found = figures([])
    assert found["evidence_hit"] is None
    assert found["quoted_sentences"] == {"mean": None, "p95": None}
    assert found["script_gap"] is None


def test_row_without_evidence_in_the_corpus_is_refused_before_anything_is_asked(
    lighthouse: Document,
) -> None:
    asked: list[str] = []
    wrong = GOLD[0].model_copy(update={"core_sentence_ids": ("S999",)})

    def ask(question: str, history: Sequence[str]) -> Answer:
        asked.append(question)
        return answer(question, [], 1)

    with pytest.raises(GoldError, match="has no sentence S999"):
        evaluate([GOLD[1], wrong], ask, [lighthouse])
    assert asked == []


def test_row_without_a_kind_counts_as_another(lighthouse: Document) -> None:
    row = GoldRow(question="q", lang="en", answerable=True)
    found = figures(evaluate([row], lambda q, h: answer(q, [], 1), [lighthouse]))
    assert found["by_kind"] == {"other": 0.0}
