"""Rows of figures -> text tables as they stand in docs/retrieval.md."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.bootstrap import Difference


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table under its title."""
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join([f"\n{title}\n", *lines])


def share(value: float) -> str:
    """`share(0.9583)` is ".958"."""
    return f"{value:.3f}".removeprefix("0")


def change(value: float, difference: Difference) -> str:
    """A share with what it gained or lost in points; `*` where the difference is significant."""
    return f"{share(value)} ({100 * difference.mean:+.1f}{'*' * difference.significant})"


def change_only(difference: Difference) -> str:
    """What was gained or lost, in points."""
    return f"{100 * difference.mean:+.1f}{'*' * difference.significant}"
