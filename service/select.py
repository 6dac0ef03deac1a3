"""Ranked sentences -> the few that answer, in reading order, or none.

Each sentence gets a score, comparable within its question, from weights fitted on practice questions
(`benchmarks/fit_sentences.py`). The best is quoted; others join it only when they score nearly as well,
are parts of the same enumeration, or carry a sentence that cannot be read without them. Whether anything
is quoted, a probability decides: fitted on public questions (`benchmarks/fit_answer.py`), then calibrated on the
development and practice questions (`benchmarks/calibrate.py`). `weights.toml` holds all of these weights.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from corpus.document import Document, Span
from index.search import Ranking, SentenceHit
from index.segment import fold
from service import enumeration
from service.features import (
    ANSWER_FEATURES,
    CALIBRATION_FEATURES,
    SENTENCE_FEATURES,
    answer_features,
    calibration_features,
    names_the_unknown,
    sentence_features,
)
from service.kinds import QuestionKind

_POINTS_BACK = re.compile(
    r"^(?:其(?!中|他|次|一|二)|此(?!外)|该|这(?!些国家)|对此|就此|为此|后者|前者|他|她|它|两者"
    r"|(?:this|that|these|those|it|its|he|she|they|their|his|her|such|the latter|the former)\b)"
)
_CONNECTS = re.compile(
    r"^(?:然而|但|不过|惟|因此|故|是以|易言之|换言之|也就是|即|however|but|yet|therefore|thus|hence)"
)
MOST = 3
"""Sentences chosen for their score; an enumeration may add its parts."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear weights by feature name; `near` is how far below the best another sentence may
    score, `continuation` what it gains by going on from the best, `other_source` what it loses by
    resting on a note of its own."""

    sentence: Mapping[str, float]
    answer: Mapping[str, Mapping[str, float]]
    calibration: Mapping[str, float]
    near: float
    continuation: float
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
    bonus: Mapping[tuple[str, Span], float] | None = None,
) -> Selection:
    """Choose from a ranking; `bonus` adds to the score of sentences that a follow-up makes likelier."""
    scored = scored_sentences(ranking, kind, bonus)
    if not scored:
        return Selection((), 0.0, enough=False)
    best = scored[0][1]
    confidence = _confidence(
        public_logit(best, margin(scored)), calibration_features(best, ranking, kind)
    )
    spans = _with_company(_chosen(scored, documents), documents)
    enough = (
        confidence >= weights().threshold
        and bool(ranking.question.concepts)  # why? alone asks for nothing
        and not names_the_unknown(ranking.question)
    )
    return Selection(tuple(spans), confidence, enough, (best.document_id, best.span))


def scored_sentences(
    ranking: Ranking, kind: QuestionKind, bonus: Mapping[tuple[str, Span], float] | None = None
) -> list[tuple[float, SentenceHit]]:
    """The sentences of a ranking with their scores, best first."""
    bonus = bonus or {}
    scored = [
        (score(hit, kind) + bonus.get((hit.document_id, hit.span), 0.0), hit)
        for hit in ranking.sentences
    ]
    return sorted(scored, key=lambda pair: -pair[0])


def margin(scored: Sequence[tuple[float, SentenceHit]]) -> float:
    """How far the best sentence leads the best one of another passage, or zero where there is none."""
    best_score, best = scored[0]
    return best_score - next((s for s, hit in scored[1:] if hit.passage is not best.passage), 0.0)


def public_logit(best: SentenceHit, margin: float) -> float:
    """The log-odds, fitted on public questions, that a question is answerable, given its best sentence
    and its margin."""
    of = weights().answer["cross" if best.passage.foreign else "same"]
    features = answer_features(best, margin)
    return of["intercept"] + sum(of[n] * v for n, v in zip(ANSWER_FEATURES, features, strict=True))


def _confidence(logit: float, features: Sequence[float]) -> float:
    of = weights().calibration
    calibrated = of["intercept"] + of["logit"] * logit
    calibrated += sum(of[n] * v for n, v in zip(CALIBRATION_FEATURES, features, strict=True))
    return 1 / (1 + math.exp(-calibrated))


def _chosen(
    scored: Sequence[tuple[float, SentenceHit]], documents: Mapping[str, Document]
) -> list[SentenceHit]:
    """The best sentence and those that score nearly as well, MOST in all. A sentence loses when the author
    rests it on a note that those chosen before it do not have; one that goes on from the best (該次會議…)
    gains instead. One of another publication must be as good as the best. An enumeration that the best
    announces is company enough."""
    best_score, best = scored[0]
    if _parts(best, documents):
        return [best]
    chosen = [best]
    rest = [
        pair
        for pair in scored[1:]
        if pair[0] >= best_score - weights().near - weights().continuation
    ]
    notes = _notes(best, documents)

    def value(pair: tuple[float, SentenceHit]) -> float:
        own, hit = pair
        if _goes_on(hit, best, documents):
            return own + weights().continuation
        if hit.document_id != best.document_id:
            return own - weights().near
        return own - weights().other_source * bool(_notes(hit, documents) - notes)

    while rest and len(chosen) < MOST:
        found = max(rest, key=value)
        if value(found) < best_score - weights().near:
            break
        rest.remove(found)
        chosen.append(found[1])
        notes |= _notes(found[1], documents)
    return chosen


def _notes(hit: SentenceHit, documents: Mapping[str, Document]) -> set[tuple[str, str]]:
    refs = documents[hit.document_id].noterefs_of(hit.span)
    return {(hit.document_id, ref.footnote_id) for ref in refs}


def _with_company(
    hits: Sequence[SentenceHit], documents: Mapping[str, Document]
) -> list[tuple[str, Span]]:
    """The chosen sentences with the parts of an enumeration and the sentence that the best leans on."""
    chosen: dict[tuple[str, Span], None] = {}
    for hit in hits:
        before = _before(hit, documents)
        if before is not None and len(hits) == 1 and _needs(hit, before, documents):
            chosen[hit.document_id, before] = None
        chosen[hit.document_id, hit.span] = None
        for part in _parts(hit, documents):
            chosen[hit.document_id, part] = None
    return sorted(chosen)


def _parts(hit: SentenceHit, documents: Mapping[str, Document]) -> list[Span]:
    """The later parts of the enumeration that a sentence announces or opens."""
    document = documents[hit.document_id]
    sentences = [s.span for s in document.sentences_in(_paragraph(document, hit.span))]
    texts = [span.of(document.text) for span in sentences]
    return [sentences[part] for part in enumeration.following(texts, sentences.index(hit.span))]


def _before(hit: SentenceHit, documents: Mapping[str, Document]) -> Span | None:
    """The sentence before a sentence in its paragraph."""
    document = documents[hit.document_id]
    sentences = [s.span for s in document.sentences_in(_paragraph(document, hit.span))]
    position = sentences.index(hit.span)
    return sentences[position - 1] if position else None


def _needs(hit: SentenceHit, before: Span, documents: Mapping[str, Document]) -> bool:
    """Whether a sentence is not understood without the one before it. A mere connective (然而) does
    not bring along a sentence that the author rests on a note of its own."""
    if points_back(hit.text):
        return True
    document = documents[hit.document_id]
    return connects(hit.text) and not list(document.noterefs_of(before))


def _goes_on(hit: SentenceHit, best: SentenceHit, documents: Mapping[str, Document]) -> bool:
    """Whether a sentence points back (該次會議…, He …) to the best, which stands right before it."""
    if hit.document_id != best.document_id or hit.span.start < best.span.end:
        return False
    return points_back(hit.text) and _before(hit, documents) == best.span


@lru_cache(maxsize=5_000)
def points_back(sentence: str) -> bool:
    """Whether a sentence opens with a word that stands for something said before: 其主張…, This …"""
    return _POINTS_BACK.search(fold(sentence)) is not None


def connects(sentence: str) -> bool:
    """Whether a sentence opens with a word that ties it to the one before: 然而…, However, …"""
    return _CONNECTS.search(fold(sentence)) is not None


def _paragraph(document: Document, span: Span) -> Span:
    paragraph = document.paragraph_at(span.start)
    return paragraph.span if paragraph else span
