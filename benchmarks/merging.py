"""Both languages in one index -> how well the passages of the other language fare, by way of merging. Serves `benchmarks.retrieval`.

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
SHOWN = {
    "both/zh": 1, "both/zh twin": 5, "both/zh twin alone": 1,
    "both/en": 1, "both/en twin": 5, "both/en twin alone": 1,
}  # fmt: skip
"""How many of the first paragraphs count as found."""


def merged_ranks(searched: Searchable, asked: Mapping[str, Direction]) -> Ranks:
    """The rank of the right paragraph by variant and by SHOWN; `asked` has the directions of both
    languages by name."""
    scores = PassageScores(searched)
    found: Ranks = {variant.name: {} for variant in MERGING}
    for name in SHOWN:
        direction = asked[name.removesuffix(" alone")]
        own = {question.id: question for question in asked[name.split()[0]].questions}
        rows = [
            scores.ranks(q, MERGING, own[q.id] if name.endswith("alone") else None)
            for q in direction.questions
        ]
        for variant, ranks in zip(MERGING, zip(*rows, strict=True), strict=True):
            found[variant.name][name] = list(ranks)
    return found


def shares(ranks: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """The share of questions whose paragraph is found, by SHOWN."""
    return {
        f"{name} @{places}": sum(rank <= places for rank in ranks[name]) / len(ranks[name])
        for name, places in SHOWN.items()
    }
