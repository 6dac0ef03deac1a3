"""Both languages in one index -> how well the passages of the other language fare, by way of merging.

merged_ranks(...) -> {"as they score": {"both/zh": ranks, "both/zh twin": ranks, ...}, ...}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.ablation import PassageScores, Variant
from benchmarks.directions import Direction, Searchable
from index.search import RERANKED

Ranks = dict[str, dict[str, list[int]]]
MERGING = (
    Variant("as they score", each_script=False, one_scale=False),
    Variant(f"+ the first {RERANKED} of each script", one_scale=False),
    Variant("+ on one scale"),
)
ASKED = ("both/zh", "both/en")


def merged_ranks(searched: Searchable, asked: Sequence[Direction]) -> Ranks:
    """The rank of the right paragraph by variant and direction."""
    scores = PassageScores(searched)
    found: Ranks = {variant.name: {} for variant in MERGING}
    for direction in asked:
        rows = [scores.ranks(question, MERGING) for question in direction.questions]
        for variant, ranks in zip(MERGING, zip(*rows, strict=True), strict=True):
            found[variant.name][direction.name] = list(ranks)
    return found


def alone(own: Sequence[int], twin: Sequence[int]) -> list[int]:
    """The ranks of the twins if the paragraphs in the language asked in were not there."""
    return [there - (here < there) for here, there in zip(own, twin, strict=True)]


def shares(ranks: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """For each of ASKED: the right paragraph first, its twin among the first five, and the twin first if it
    had to answer alone."""
    found: dict[str, float] = {}
    for name in ASKED:
        own, twin = ranks[name], ranks[f"{name} twin"]
        found[f"{name}, first"] = _within(own, 1)
        found[f"{name} twin, in five"] = _within(twin, 5)
        found[f"{name} twin alone, first"] = _within(alone(own, twin), 1)
    return found


def _within(ranks: Sequence[int], places: int) -> float:
    return sum(rank <= places for rank in ranks) / len(ranks)
