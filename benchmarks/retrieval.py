"""Measure retrieval and sentence choice on public data, step by step, and print the tables.

    python -m benchmarks.retrieval --data DIR [--work var/benchmarks] [--every N] [--json FILE] [--page docs/retrieval.md]

DIR holds xquad.zh.json, xquad.en.json and DRCD_dev.json (read, not copied; see docs/retrieval.md);
indexes are built under --work and reused. A `*` marks a difference with p < .05 by paired bootstrap.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ablation import LADDER, WITHOUT, PassageScores, Variant
from benchmarks.bootstrap import Difference, paired_bootstrap
from benchmarks.directions import (
    PARALLEL,
    Direction,
    Searchable,
    digests,
    directions,
    load_sets,
    open_index,
    texts_of,
)
from benchmarks.folding import fold_ranks
from benchmarks.merging import Ranks, merged_ranks, shares
from benchmarks.quotes import SENTENCE_STEPS, Found, ask
from benchmarks.tables import change, change_only, filled, share, table
from index.bundled import DEFAULT_FOLDER
from index.embed import open_embedder

TITLES = {
    "paragraphs": "Paragraphs",
    "merging": "Both languages in one index, by way of merging",
    "quotes": "Quoted sentences that contain the answer",
    "steps": "Recall@1 as steps are added (points over the row above)",
    "without": "Recall@1 without one step (points against all steps)",
    "sentences": "First quote right without one part of the sentence score (points)",
    "folding": "DRCD recall@1, Traditional text",
}
SHIPPED = LADDER[-1].name
GOALS = {
    "zh": "≥ .955 → .97", "en": "≥ .968 → .98", "en->zh": "≥ .84 → .90", "zh->en": "≥ .82 → .88",
    "both/zh twin": "≥ .80 → .95 @5", "both/en twin": "≥ .80 → .95 @5", "drcd": "≥ .93 → .95", "drcd folded": "within .005 of drcd",
}  # fmt: skip
QUOTE_GOALS = {"zh": "≥ .77 → .85; ≥ .92", "en->zh": "≥ .61 → .72; ≥ .82"}


@dataclass(slots=True)
class Measured:
    """Outcomes by direction: of the shipped search, and of the right paragraph's rank by variant."""

    found: dict[str, list[Found]] = field(default_factory=dict)
    variants: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    merging: Ranks = field(default_factory=dict)
    folding: dict[str, list[list[int]]] = field(default_factory=dict)


def main() -> None:
    """Measure, print, and write the figures as JSON where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the public files")
    parser.add_argument(
        "--work", type=Path, default=Path("var/benchmarks"), help="folder of the indexes"
    )
    parser.add_argument(
        "--model", type=Path, default=DEFAULT_FOLDER, help="folder of the bundled model"
    )
    parser.add_argument("--every", type=int, default=1, help="take every n-th question")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--page", type=Path, help="also put the tables into this page")
    arguments = parser.parse_args()
    sets = load_sets(arguments.data)
    embedder = open_embedder("bundled", arguments.model)
    measured = Measured()
    for name, documents in texts_of(sets).items():
        asked = [d for d in directions(sets, arguments.every).values() if d.index == name]
        measure(measured, open_index(name, documents, embedder, arguments.work), asked)
    printed = tables(measured)
    print(f"every {arguments.every}. question, {embedder.name}")
    for name, rows in printed.items():
        print(f"\n{TITLES[name]}\n\n{rows}")
    if arguments.json:
        about = {
            "every": arguments.every,
            "embedder": embedder.name,
            "files": digests(arguments.data),
        }
        arguments.json.write_text(json.dumps(about | figures(measured), indent=1) + "\n", "utf-8")
    if arguments.page:
        arguments.page.write_text(filled(arguments.page.read_text("utf-8"), printed), "utf-8")


def measure(measured: Measured, searched: Searchable, asked: Sequence[Direction]) -> None:
    """Ask all questions of one index."""
    for direction in asked:
        measured.found[direction.name] = [ask(searched, q) for q in direction.questions]
    if parallel := [d for d in asked if d.name in PARALLEL]:
        scores = PassageScores(searched)
        for direction in parallel:
            rows = [scores.ranks(q, (*LADDER, *WITHOUT)) for q in direction.questions]
            names = [v.name for v in (*LADDER, *WITHOUT)]
            measured.variants[direction.name] = dict(
                zip(names, map(list, zip(*rows, strict=True)), strict=True)
            )
    if mixed := {d.name: d for d in asked if d.index == "both"}:
        measured.merging = merged_ranks(searched, mixed)
    if folded := [d for d in asked if d.index == "drcd"]:
        measured.folding = fold_ranks(searched, [d.questions for d in folded])


def first(ranks: Sequence[int], within: int = 1) -> list[float]:
    """1 for every rank within the first places, else 0."""
    return [float(rank <= within) for rank in ranks]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _reciprocal(ranks: Sequence[int]) -> float:
    return _mean([1 / rank if rank <= 10 else 0.0 for rank in ranks])


def figures(measured: Measured) -> dict[str, Any]:
    """Every figure of the tables, with intervals, for JSON."""
    return {
        "directions": {name: _figures(found) for name, found in measured.found.items()},
        "steps": {n: _steps(ranks) for n, ranks in measured.variants.items()},
        "sentence_steps": {
            n: {step: asdict(gain) for step, gain in _sentence_losses(measured.found[n]).items()}
            for n in PARALLEL
        },
        "merging": {row: shares(ranks) for row, ranks in measured.merging.items()},
        "folding": {
            row: [_mean(first(r)) for r in ranks] for row, ranks in measured.folding.items()
        },
        "drcd_folded_against_drcd": asdict(_between(measured, "drcd", "drcd folded")),
    }


def _figures(found: Sequence[Found]) -> dict[str, float]:
    paragraphs = [f.paragraph for f in found]
    return {
        "questions": len(found),
        "recall@1": _mean(first(paragraphs)),
        "recall@5": _mean(first(paragraphs, 5)),
        "mrr@10": _reciprocal(paragraphs),
        "first_quote": _mean(first([f.sentence for f in found])),
        "three_quotes": _mean(first([f.sentence for f in found], 3)),
        "first_quote_strictly": _mean(first([f.strictly for f in found])),
        "three_quotes_strictly": _mean(first([f.strictly for f in found], 3)),
        "quoted_right": _mean([f.quoted_right for f in found]),
        "quoted_sentences": _mean([f.quoted_sentences for f in found]),
        "answered": _mean([f.answered for f in found]),
    }


def _steps(ranks: Mapping[str, list[int]]) -> dict[str, Any]:
    return {
        name: {"recall@1": _mean(first(ranks[name])), "against": base, **asdict(gain)}
        for name, (base, gain) in _gains(ranks).items()
    }


def _gains(ranks: Mapping[str, list[int]]) -> dict[str, tuple[str, Difference]]:
    """Each rung against the one below it, each variant that lacks a step against the whole."""
    pairs = [(LADDER[max(i - 1, 0)].name, v.name) for i, v in enumerate(LADDER)]
    pairs += [(SHIPPED, v.name) for v in WITHOUT]
    return {n: (base, paired_bootstrap(first(ranks[base]), first(ranks[n]))) for base, n in pairs}


def _sentence_losses(found: Sequence[Found]) -> dict[str, Difference]:
    whole = first([f.sentence for f in found])
    return {
        step: paired_bootstrap(whole, first([f.without[step] for f in found]))
        for step in SENTENCE_STEPS
    }


def _between(measured: Measured, one: str, other: str) -> Difference:
    right = {name: first([f.paragraph for f in measured.found[name]]) for name in (one, other)}
    return paired_bootstrap(right[one], right[other])


def tables(measured: Measured) -> dict[str, str]:
    """The tables of TITLES as Markdown."""
    return {
        "paragraphs": _paragraph_table(measured),
        "quotes": _quote_table(measured),
        "steps": _step_table(measured, LADDER),
        "without": _step_table(measured, WITHOUT),
        "sentences": _sentence_table(measured),
        "merging": _merging_table(measured),
        "folding": _folding_table(measured),
    }


def _paragraph_table(measured: Measured) -> str:
    rows = []
    for name, found in measured.found.items():
        of = _figures(found)
        shown = [share(of[key]) for key in ("recall@1", "recall@5", "mrr@10")]
        rows.append([name, str(len(found)), *shown, GOALS.get(name, "")])
    return table(("direction", "questions", "recall@1", "recall@5", "MRR@10", "floor → goal"), rows)


def _quote_table(measured: Measured) -> str:
    keys = (
        "first_quote",
        "three_quotes",
        "first_quote_strictly",
        "three_quotes_strictly",
        "quoted_right",
        "quoted_sentences",
        "answered",
    )
    head = (
        "direction",
        "first",
        "first three",
        "first, strictly",
        "three, strictly",
        "as quoted",
        "sentences quoted",
        "answered",
        "floor → goal",
    )
    rows = []
    for name in (*PARALLEL, "drcd", "drcd folded"):
        of = _figures(measured.found[name])
        rows.append([name, *(share(of[key]) for key in keys), QUOTE_GOALS.get(name, "")])
    return table(head, rows)


def _step_table(measured: Measured, variants: Sequence[Variant]) -> str:
    gains = {name: _gains(ranks) for name, ranks in measured.variants.items()}
    rows = []
    for step in (v.name for v in variants):
        right = {name: _mean(first(measured.variants[name][step])) for name in PARALLEL}
        rows.append([step, *(change(right[name], gains[name][step][1]) for name in PARALLEL)])
    return table(("step", *PARALLEL), rows)


def _sentence_table(measured: Measured) -> str:
    losses = {name: _sentence_losses(measured.found[name]) for name in PARALLEL}
    rows = [
        [step, *(change_only(losses[name][step]) for name in PARALLEL)] for step in SENTENCE_STEPS
    ]
    return table(("", *PARALLEL), rows)


def _merging_table(measured: Measured) -> str:
    by_row = {row: shares(ranks) for row, ranks in measured.merging.items()}
    columns = next(iter(by_row.values()))
    rows = [[row, *(share(value) for value in of.values())] for row, of in by_row.items()]
    return table(("", *columns), rows)


def _folding_table(measured: Measured) -> str:
    rows = [
        [row, *(share(_mean(first(r))) for r in ranks)] for row, ranks in measured.folding.items()
    ]
    return table(("", "Traditional questions", "the same in Simplified"), rows)


if __name__ == "__main__":
    main()
