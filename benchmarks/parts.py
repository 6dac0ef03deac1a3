"""What each part of the sentence score, of the choice and of the refusal gives on gold questions.

    python -m benchmarks.parts tests/quality/dev.jsonl tests/quality/heldout.jsonl [--page docs/retrieval.md]

Asks all questions over the index in use with the weights of `service/weights.toml`, and again with one of them at zero and
the others, and the threshold of refusal, as they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.tables import filled, share, table
from service.ask import Asker
from service.config import load_config
from service.evaluate import Outcome, evaluate, figures
from service.gold import GoldRow, read_gold
from service.library import open_index
from service.select import Weights, weights

SHOWN = (
    ("evidence shown", "evidence_hit"),
    ("note precision", "note_precision"),
    ("note recall", "note_recall"),
    ("off topic refused", "refusal_recall_out_of_domain"),
    ("near misses refused", "refusal_recall_near_domain"),
    ("answerable refused", "false_refusal"),
)


def main() -> None:
    """Measure, print, and put the table into a page where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--page", type=Path, help="also put the table into this page")
    arguments = parser.parse_args()
    rows = [row for path in arguments.gold for row in read_gold(path)]
    asker = Asker(open_index(load_config()))
    printed = parts_table({name: _asked(asker, rows, w) for name, w in variants(weights())})
    print(printed)
    if arguments.page:
        text = filled(arguments.page.read_text("utf-8"), {"parts": printed})
        arguments.page.write_text(text, "utf-8")


def variants(whole: Weights) -> Iterator[tuple[str, Weights]]:
    """The weights by name: all, and then without each."""
    yield "all", whole
    for name in whole.sentence:
        yield f"sentence: {name}", replace(whole, sentence={**whole.sentence, name: 0.0})
    yield "choice: near", replace(whole, near=0.0)
    yield "choice: continuation", replace(whole, continuation=0.0)
    yield "choice: other_source", replace(whole, other_source=0.0)
    for name in whole.calibration:
        if name != "intercept":
            yield (
                f"refusal: {name}",
                replace(whole, calibration={**whole.calibration, name: 0.0}),
            )


def _asked(asker: Asker, rows: Sequence[GoldRow], used: Weights) -> list[Outcome]:
    with patch("service.select.weights", lambda: used):
        return evaluate(
            rows, lambda q, history: asker.ask(q, history), list(asker.documents.values())
        )


def parts_table(outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """The figures of every variant as Markdown."""
    lines = []
    for name, answers in outcomes.items():
        measured = figures(answers)
        quoted = measured["quoted_sentences"]["mean"]
        shares = [_share(measured[key]) for _, key in SHOWN]
        lines.append([name, *shares, "–" if quoted is None else f"{quoted:.2f}"])
    return table(("without", *(title for title, _ in SHOWN), "sentences quoted"), lines)


def _share(value: float | None) -> str:
    """A dash where no question of the kind was asked."""
    return "–" if value is None else share(value)


if __name__ == "__main__":
    main()
