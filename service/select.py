"""Ranked sentences -> the few that answer, in reading order, or none.

Each sentence gets a score, the log-odds that it answers, from weights fitted on public questions
(`weights.toml`, printed again by `benchmarks/fit.py`). The best is quoted; others join it only
when they score nearly as well, are parts of the same enumeration, or carry a sentence that
cannot be read without them.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from corpus.document import Document, Span
from index.search import Question, Ranking, SentenceHit
from index.segment import fold
from service import enumeration
from service.features import (
    ANSWER_FEATURES,
    CALIBRATION_FEATURES,
    SENTENCE_FEATURES,
    answer_features,
    calibration_features,
    is_cross_language,
    sentence_features,
)
from service.kinds import QuestionKind

_LEANS = re.compile(
    r"^(?:其(?!中|他|次|一|二)|此(?!外)|该|这(?!些国家)|然而|但|不过|惟|因此|故|是以|易言之|换言之|也就是|即|对此|就此|为此|后者|前者|他|她|它"
    r"|(?:this|that|these|those|it|its|he|she|they|their|his|her|such|however|but|yet|therefore|thus|hence|the latter|the former)\b)"
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear weights by feature name; `near` is how far below the best a second sentence may
    score, `complement` what it gains by saying what the best leaves out, `other_source` what it
    loses by resting on a note of its own."""

    sentence: Mapping[str, float]
    answer: Mapping[str, Mapping[str, float]]
    calibration: Mapping[str, float]
    near: float
    complement: float
    other_source: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences to quote, and the probability that the best of them answers."""

    spans: tuple[tuple[str, Span], ...]
    confidence: float
    enough: bool
    best: tuple[str, Span] | None = None


@cache
def weights() -> Weights:
    """The weights of `weights.toml`, read once."""
    stored: dict[str, Any] = tomllib.loads(
        resources.files("service").joinpath("weights.toml").read_text("utf-8")
    )
    return Weights(**stored)


def score(hit: SentenceHit, kind: QuestionKind) -> float:
    """How well a sentence answers a question of this kind; comparable within one question."""
    of = weights().sentence
    return sum(
        of[n] * v for n, v in zip(SENTENCE_FEATURES, sentence_features(hit, kind), strict=True)
    )


def select(
    ranking: Ranking,
    kind: QuestionKind,
    documents: Mapping[str, Document],
    bonus: Mapping[Span, float] | None = None,
) -> Selection:
    """Choose from a ranking; `bonus` adds to the score of sentences that a follow-up makes likelier."""
    bonus = bonus or {}
    scored = sorted(
        ((score(hit, kind) + bonus.get(hit.span, 0.0), hit) for hit in ranking.sentences),
        key=lambda pair: -pair[0],
    )
    if not scored:
        return Selection((), 0.0, enough=False)
    best_score, best = scored[0]
    runner_up = next((s for s, hit in scored[1:] if hit.passage is not best.passage), 0.0)
    confidence = _confidence(
        public_logit(best, best_score, runner_up, ranking, kind),
        calibration_features(best, ranking, kind),
    )
    spans = _with_company(_complemented(scored, ranking.question, documents), documents)
    return Selection(
        tuple(spans), confidence, confidence >= weights().threshold, (best.document_id, best.span)
    )


def public_logit(
    best: SentenceHit, best_score: float, runner_up: float, ranking: Ranking, kind: QuestionKind
) -> float:
    """The log-odds, fitted on public questions, that a question is answerable, given its best sentence."""
    of = weights().answer["cross" if is_cross_language(best, ranking.question) else "same"]
    features = answer_features(best, best_score, runner_up, ranking, kind)
    return of["intercept"] + sum(of[n] * v for n, v in zip(ANSWER_FEATURES, features, strict=True))


def _confidence(logit: float, features: Sequence[float]) -> float:
    of = weights().calibration
    calibrated = of["intercept"] + of["logit"] * logit
    calibrated += sum(of[n] * v for n, v in zip(CALIBRATION_FEATURES, features, strict=True))
    return 1 / (1 + math.exp(-calibrated))


def _complemented(
    scored: Sequence[tuple[float, SentenceHit]],
    question: Question,
    documents: Mapping[str, Document],
) -> list[SentenceHit]:
    """The best sentence and, where one scores nearly as well or says what the best leaves out of the
    question, a second: its score grows with the share of the question that it adds, and falls when
    the author rests it on a note that the best does not have."""
    best_score, best = scored[0]
    total = sum(question.concept_idf)

    def added(hit: SentenceHit) -> float:
        gains = zip(question.concept_idf, hit.matches, best.matches, strict=True)
        return sum(idf * max(new - old, 0.0) for idf, new, old in gains) / total if total else 0.0

    def notes(hit: SentenceHit) -> set[tuple[str, str]]:
        refs = documents[hit.document_id].noterefs_of(hit.span)
        return {(hit.document_id, ref.footnote_id) for ref in refs}

    own = notes(best)
    rest = [
        (
            s + weights().complement * added(hit) - weights().other_source * bool(notes(hit) - own),
            hit,
        )
        for s, hit in scored[1:]
    ]
    second_score, second = max(rest, key=lambda pair: pair[0], default=(-math.inf, best))
    return [best, second] if second_score >= best_score - weights().near else [best]


def _with_company(
    hits: Sequence[SentenceHit], documents: Mapping[str, Document]
) -> list[tuple[str, Span]]:
    """The chosen sentences with the parts of an enumeration and the sentence that the best leans on."""
    chosen: dict[tuple[str, Span], None] = {}
    for rank, hit in enumerate(hits):
        document = documents[hit.document_id]
        sentences = [s.span for s in document.sentences_in(_paragraph(document, hit.span))]
        position = sentences.index(hit.span)
        texts = [span.of(document.text) for span in sentences]
        if rank == 0 and position and len(hits) == 1 and leans(texts[position]):
            chosen[hit.document_id, sentences[position - 1]] = None
        chosen[hit.document_id, hit.span] = None
        for part in enumeration.following(texts, position):
            chosen[hit.document_id, sentences[part]] = None
    return sorted(chosen)


def leans(sentence: str) -> bool:
    """Whether a sentence cannot be read without the one before it: 其主張…, However, …"""
    return _LEANS.search(fold(sentence)) is not None


def _paragraph(document: Document, span: Span) -> Span:
    paragraph = document.paragraph_at(span.start)
    return paragraph.span if paragraph else span
