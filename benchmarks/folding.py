"""Traditional text, asked in Traditional and in Simplified, with and without folding both to one script. Serves `benchmarks.retrieval`.

    fold_ranks(...) -> {"BM25, not folded": ranks, "BM25, folded": ranks, "dense, not folded": ..., ...}

Dense vectors are not centred here and both scores are added with one weight: what differs between two rows is
the folding alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.directions import Searchable
from benchmarks.public_sets import PublicQuestion
from index.bm25 import TermIndex
from index.segment import HAN, fold_script, terms, words

Vectors = NDArray[np.float32]
Ranks = dict[str, list[list[int]]]
LEXICAL_SHARE = 4.0
"""What BM25 weighs beside a cosine, when both are added."""
_HAN_RUN = re.compile(rf"[{HAN}]+")


def unfolded_terms(text: str) -> list[str]:
    """What `index.segment.terms` gives, but in the text's own script."""
    normal = unicodedata.normalize("NFKC", text).lower()
    found = [w for w in words(normal) if len(w) > 1 or not _HAN_RUN.match(w)]
    for run in _HAN_RUN.findall(normal):
        found += [*run, *(a + b for a, b in pairwise(run))]
    return found


def fold_ranks(searched: Searchable, asked: Sequence[Sequence[PublicQuestion]]) -> Ranks:
    """Ranks of the right paragraph for each list of questions, by row of the table."""
    found: Ranks = {}
    chunks = searched.stored.passages
    for name, cut, script in (
        ("not folded", unfolded_terms, str),
        ("folded", terms, fold_script),
    ):
        bm25 = TermIndex.build([cut(chunk.text) for chunk in chunks])
        passages = searched.embedder.encode(
            [script(chunk.text) for chunk in chunks], "passage"
        ).vectors
        for questions in asked:
            by_score = _ranks(searched, questions, bm25, passages, cut, script)
            for score, ranks in by_score.items():
                found.setdefault(f"{score}, {name}", []).append(ranks)
    return found


def _ranks(
    searched: Searchable,
    questions: Sequence[PublicQuestion],
    bm25: TermIndex,
    passages: Vectors,
    cut: Callable[[str], list[str]],
    script: Callable[[str], str],
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"BM25": [], "dense": [], "both": []}
    for question in questions:
        lexical = bm25.scores(cut(question.text), ())
        dense = passages @ searched.embedder.encode([script(question.text)], "query").vectors[0]
        both = dense + LEXICAL_SHARE * lexical
        for name, score in (("BM25", lexical), ("dense", dense), ("both", both)):
            order = np.argsort(-score, kind="stable")
            found[name].append(
                searched.rank_of((searched.stored.passages[i] for i in order), question)
            )
    return found
