"""A question through the whole pipeline -> where its answer stands among the sentences by score. Serves `benchmarks.retrieval`.

Sentences of all ranked passages are put in the order of `service.select.scored_sentences`, the order in
which `service.select.select` quotes them. A sentence is right when it contains one of the answer's printed
forms; `strictly` right when it also stands in the paragraph that the question was written for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.directions import NOT_FOUND, Searchable
from benchmarks.public_sets import PublicQuestion
from index.search import Ranking, SentenceHit
from service.features import SENTENCE_FEATURES, sentence_features
from service.kinds import question_kind
from service.select import scored_sentences, select, weights

SENTENCE_STEPS: Mapping[str, str] = {
    "without sentence cosine": "dense",
    "without gist": "gist",
    "without MaxSim": "maxsim",
    "without coverage in context": "context_coverage",
    "without the answer's shape": "shape",
    "without the length": "overlong",
}
"""The feature that each variant of the sentence score leaves out."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one question got. Ranks count from 1: of the paragraph, of the first sentence that is
    right, and of that sentence `without` each of SENTENCE_STEPS."""

    paragraph: int
    sentence: int
    strictly: int
    quoted_sentences: int
    quoted_right: bool
    answered: bool
    without: Mapping[str, int]


def ask(searched: Searchable, question: PublicQuestion) -> Found:
    """Rank, score and choose as `service.ask` does for a question without history."""
    ranking = searched.index.rank(searched.index.read(question.text))
    kind = question_kind(question.text)
    ordered = [hit for _, hit in scored_sentences(ranking, kind)]
    selection = select(ranking, kind, searched.documents)
    quotes = [span.of(searched.documents[name].text) for name, span in selection.spans]
    return Found(
        paragraph=searched.rank_of((hit.chunk for hit in ranking.passages), question),
        sentence=_first([_right(hit.text, question) for hit in ordered]),
        strictly=_first(
            [_right(hit.text, question) and _in_paragraph(hit, question) for hit in ordered]
        ),
        quoted_sentences=len(quotes),
        quoted_right=any(_right(quote, question) for quote in quotes),
        answered=selection.enough,
        without=_without(ranking, question),
    )


def _without(ranking: Ranking, question: PublicQuestion) -> dict[str, int]:
    """The rank of the first right sentence under each of SENTENCE_STEPS."""
    kind = question_kind(question.text)
    rows = np.asarray([sentence_features(hit, kind) for hit in ranking.sentences]).reshape(
        -1, len(SENTENCE_FEATURES)
    )
    right = np.asarray([_right(hit.text, question) for hit in ranking.sentences], bool)
    return {
        name: _first(right[np.argsort(-rows @ _weights(left_out), kind="stable")])
        for name, left_out in SENTENCE_STEPS.items()
    }


def _weights(left_out: str) -> NDArray[np.float64]:
    of = weights().sentence
    return np.asarray([0.0 if name == left_out else of[name] for name in SENTENCE_FEATURES])


def _first(right: Sequence[bool] | NDArray[np.bool_]) -> int:
    return next((rank for rank, is_right in enumerate(right, start=1) if is_right), NOT_FOUND)


def _right(text: str, question: PublicQuestion) -> bool:
    return any(answer in text for answer in question.answers)


def _in_paragraph(hit: SentenceHit, question: PublicQuestion) -> bool:
    return hit.document_id == question.document_id and hit.span.overlaps(question.paragraph)
