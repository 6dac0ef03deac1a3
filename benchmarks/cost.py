"""What each step of answering costs, in milliseconds of processor time a question.

Steps are run alone over as many passages and sentences as `index.search.rank` scores; "read",
"rank" and "choose" are the real calls, whole. Processor time rather than time by the clock, so that a busy
machine tells the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

import numpy as np

from benchmarks.directions import Searchable
from index.maxsim import best_matches, restore, token_cosines
from index.query import QueryReader
from index.search import CANDIDATES, RERANKED, Question
from index.segment import fold_script
from index.spelling_out import index_terms
from service.kinds import question_kind
from service.select import select

MAXSIM = f"MaxSim of {RERANKED} passages"
STEPS = (
    "fold the script", "encode", "dense search", "BM25 of the terms", "concepts, glossary, dictionary",
    "best sentence", MAXSIM, "read", "rank", "choose",
)  # fmt: skip


class _Stopwatch:
    """Processor milliseconds of this thread, by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.thread_time()
        yield
        self.spent[name] = (time.thread_time() - started) * 1000


def step_costs(searched: Searchable, questions: Sequence[str]) -> dict[str, float]:
    """Median milliseconds of each of STEPS; the first question only warms the machine up."""
    stored = searched.stored
    reader = QueryReader(stored.lexicon, stored.passage_terms.vocabulary)
    spent = [_spent(searched, reader, question) for question in questions][1:]
    return {name: median(times[name] for times in spent) for name in STEPS}


def _spent(searched: Searchable, reader: QueryReader, text: str) -> dict[str, float]:
    watch, stored = _Stopwatch(), searched.stored
    with watch.step("fold the script"):
        folded = fold_script(text)
    with watch.step("encode"):
        searched.embedder.encode([folded], "query")
    with watch.step("read"):
        question = searched.index.read(text)
    with watch.step("dense search"):
        stored.passage_vectors.search(question.vector, CANDIDATES)
    with watch.step("BM25 of the terms"):
        plain = stored.passage_terms.scores(index_terms(text), ())
    with watch.step("concepts, glossary, dictionary"):
        stored.passage_terms.scores((), reader.concepts(text))
    _time_passages(watch, searched, question, np.argsort(-plain)[:CANDIDATES].tolist())
    with watch.step("rank"):
        ranking = searched.index.rank(question)
    with watch.step("choose"):
        select(ranking, question_kind(text), searched.documents)
    return watch.spent


def _time_passages(
    watch: _Stopwatch, searched: Searchable, question: Question, candidates: Sequence[int]
) -> None:
    stored, tokens = searched.stored, searched.stored.tokens
    among = set(candidates)
    rows = [i for i, sentence in enumerate(stored.sentences) if sentence.passage in among]
    with watch.step("best sentence"):
        stored.sentence_vectors.search(question.vector, CANDIDATES)
        stored.sentence_vectors.rows(rows) @ question.vector
    with watch.step(MAXSIM):
        for row in candidates[:RERANKED]:
            passage = restore(tokens.vectors[tokens.starts[row] : tokens.starts[row + 1]])
            best_matches(token_cosines(question.tokens, passage))
