"""What is measured of a sentence, and of a whole ranking, before it is decided whether it answers.

`SENTENCE_FEATURES`, `ANSWER_FEATURES` and `CALIBRATION_FEATURES` name the numbers in the order in
which `weights.toml` weighs them. `benchmarks/fit_sentences.py` fits the first on the practice questions,
`benchmarks/fit_answer.py` the second on public ones, `benchmarks/calibrate.py` the third on the development
and practice questions: public near misses lack the paragraph, real ones lack the one thing that is
asked for.
"""

from __future__ import annotations

import math

import numpy as np

from corpus.document import Span
from index.chunk import width
from index.search import Question, Ranking, SentenceHit
from service.focus import focus_concept, focus_span
from service.kinds import QuestionKind, asked_unit, counts, has_shape

SENTENCE_FEATURES = (
    "dense",
    "gist",
    "maxsim",
    "context_coverage",
    "shape",
    "overlong",
)
ANSWER_FEATURES = (
    "margin",
    "dense",
    "context_coverage",
    "passage_maxsim",
)
CALIBRATION_FEATURES = (
    "cross_language",
    "unmet_focus",
    "focus_gap",
    "absent_noun",
    "unmet_name",
    "unmet_quantity",
)
_SHAPE = {True: 1.0, None: 0.0, False: -1.0}
"""Whether a sentence has what its kind of question asks for (a year, a number); no kind asks for nothing."""
_LONG = 300
"""Columns of a long sentence: about 50 English words or 150 Chinese characters. Beyond it every question
finds some of its words met."""


def sentence_features(hit: SentenceHit, kind: QuestionKind) -> tuple[float, ...]:
    """The numbers of SENTENCE_FEATURES for one sentence; all lie roughly within -1..1."""
    return (
        hit.dense,
        hit.gist,
        hit.maxsim,
        hit.context_coverage,
        _SHAPE[has_shape(kind, hit.text)],
        max(0.0, math.log(width(hit.text) / _LONG)),
    )


def answer_features(best: SentenceHit, margin: float) -> tuple[float, ...]:
    """The numbers of ANSWER_FEATURES: how sure one can be that the best sentence answers at all, `margin`
    being its lead in score over the best of another passage."""
    return (
        margin,
        best.dense,
        best.context_coverage,
        best.passage.maxsim,
    )


def calibration_features(
    best: SentenceHit, ranking: Ranking, kind: QuestionKind
) -> tuple[float, ...]:
    """The numbers of CALIBRATION_FEATURES: whether the very thing that is asked for is missing."""
    question = ranking.question
    met = _met_near(best, ranking)
    unmet, gap = _focus_features(best, question, met, kind)
    return (
        float(best.passage.foreign),
        unmet,
        gap,
        _absent_nouns(question),
        _unmet_names(question, met),
        _unmet_quantity(best, question) if kind == "how-many" else 0.0,
    )


def names_the_unknown(question: Question) -> bool:
    """Whether a question speaks of a place, a person or a body that no passage names in any form."""
    pairs = zip(question.concepts, question.absent, strict=True)
    return any(concept.proper and missing for concept, missing in pairs)


def _met_near(best: SentenceHit, ranking: Ranking) -> tuple[float, ...]:
    """How far each concept is met by the sentence or, failing that, by the rest of its passage."""
    near = [s.matches for s in ranking.sentences if s.passage is best.passage]
    return tuple(max(values) for values in zip(*near, strict=True))


def _unmet_names(question: Question, met: tuple[float, ...]) -> float:
    """The share of the question's names, acronyms and numbers that the passage does not have."""
    named = [m for concept, m in zip(question.concepts, met, strict=True) if concept.named]
    return 1 - sum(named) / len(named) if named else 0.0


def _unmet_nouns(question: Question, met: tuple[float, ...]) -> float:
    """The share of the question's nouns and names, weighed by rarity, that the passage does not have."""
    nouns = [i for i, concept in enumerate(question.concepts) if concept.noun]
    total = sum(question.concept_idf[i] for i in nouns)
    return 1 - sum(question.concept_idf[i] * met[i] for i in nouns) / total if total else 0.0


def _unmet_quantity(best: SentenceHit, question: Question) -> float:
    """1 where the sentence has no number of the unit asked for (多少桶); else the nouns it lacks."""
    unit = asked_unit(question.text)
    if unit and not best.passage.foreign and not counts(best.text, unit):
        return 1.0
    return _unmet_nouns(question, best.matches)


def _absent_nouns(question: Question) -> float:
    """The share of the question's nouns and names that no passage has in any form."""
    pairs = zip(question.concepts, question.absent, strict=True)
    nouns = [missing for concept, missing in pairs if concept.noun]
    return sum(nouns) / len(nouns) if nouns else 0.0


def _focus_features(
    best: SentenceHit, question: Question, met: tuple[float, ...], kind: QuestionKind
) -> tuple[float, float]:
    """How far the thing asked for is missing from the passage, by word, and how much worse the best
    sentence meets its tokens than the question's other tokens; zeros where no thing is named, and
    for questions of place, time and reason, which name only its kind (哪個場合, what year)."""
    focus = focus_concept(question)
    span = focus_span(question.text)
    if focus is None or span is None or kind in ("where", "when", "why"):
        return 0.0, 0.0
    unmet = 1 - met[question.concepts.index(focus)]
    inside = [span.overlaps(Span(int(start), int(end))) for start, end in question.token_spans]
    if not any(inside):
        return unmet, 0.0
    matches = np.asarray(best.token_matches)
    own = float(
        np.average(matches[inside], weights=np.maximum(question.token_weights[inside], 1e-6))
    )
    return unmet, best.maxsim - own
