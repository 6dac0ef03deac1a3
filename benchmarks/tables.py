"""Rows of figures -> text tables as they stand in docs/retrieval.md. Serves the pages of figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benchmarks.bootstrap import Difference

_BLOCK = re.compile(r"(<!-- measured (\w+) -->\n).*?(\n<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def filled(page: str, tables: Mapping[str, str]) -> str:
    """`page` with each table between `<!-- measured NAME -->` and `<!-- end -->`; those of other names stay."""
    return _BLOCK.sub(
        lambda block: f"{block[1]}{tables[block[2]]}{block[3]}" if block[2] in tables else block[0],
        page,
    )


def share(value: float) -> str:
    """`share(0.9583)` is ".958"."""
    return f"{value:.3f}".removeprefix("0")


def change(value: float, difference: Difference) -> str:
    """A share with what it gained or lost in points; `*` where the difference is significant."""
    return f"{share(value)} ({100 * difference.mean:+.1f}{'*' * difference.significant})"


def change_only(difference: Difference) -> str:
    """What was gained or lost, in points."""
    return f"{100 * difference.mean:+.1f}{'*' * difference.significant}"
