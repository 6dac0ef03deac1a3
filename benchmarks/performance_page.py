"""docs/benchmarks/*.json -> the tables of docs/performance.md and the plots beside them.

    python -m benchmarks.performance_page

A test holds the page to the figures; each file says which command measured it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.line_chart import line_chart
from benchmarks.record import RESULTS, ROOT
from benchmarks.tables import filled, table

PAGE = ROOT / "docs" / "performance.md"
NOT_MEASURED = "*Not measured yet: run the command above on a quiet machine.*"
Figures = Mapping[str, Any]


def read(name: str) -> Figures:
    """The figures of one benchmark."""
    found: Figures = json.loads((RESULTS / f"{name}.json").read_text("utf-8"))
    return found


def measured_on(figures: Figures) -> str:
    """The machine in a line."""
    machine = figures["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    return (
        f"{machine['date']} UTC on {machine['cores']} cores of {machine['processor']}, {machine['memory_gib']} GiB; Python {machine['python']}, {versions}; "
        f"load average {machine['load_average']} before and {machine['load_average_after']} after."
    )


def answering() -> str:
    """Latency and throughput by concurrency, and the capacities."""
    figures = read("load")
    rows = [_row("5 a second", figures["steady"])]
    rows += [_row(f"{n} at once", row) for n, row in figures["clients"].items()]
    rows += [_row(f"**C**, {what} questions", figures[what]) for what in ("fresh", "repeated")]
    head = ("asked", "answers a second", "median ms", "p99 ms", "errors")
    held = f"C was held for {figures['hold_s']:.0f} seconds."
    return f"{table(head, rows)}\n\n{held} {measured_on(figures)}"


def overload() -> str:
    """What becomes of more questions than can be answered."""
    figures = read("load")
    head = ("offered", "a second", "answered a second", "of C", "p99 ms", "refused", "with Retry-After", "refused p99 ms", "`/healthz` p99 ms")  # fmt: skip
    capacity = figures["fresh"]["per_s"]
    rows = [
        [
            f"{times} C", f"{row['offered_per_s']}", f"{row['per_s']}", f"{row['per_s'] / capacity:.0%}", f"{row['p99_ms']:.0f}", f"{row['refused']}",
            f"{row['refused_with_retry_after']}", f"{row['refused_p99_ms']:.0f}", f"{row['health_p99_ms']:.0f}",
        ]
        for times, row in figures["overload"].items()
    ]  # fmt: skip
    return (
        f"{table(head, rows)}\n\nNormal again {figures['recovered_s']} s after five seconds of 4 C."
    )


def stages() -> str:
    """Where the milliseconds of an answer go."""
    figures = read("stages")
    whole = figures["stages"]["whole"]["mean_ms"]
    rows = [
        [name, f"{row['mean_ms']:.2f}", f"{row['mean_ms'] / whole:.0%}", f"{row['p99_ms']:.2f}"]
        for name, row in figures["stages"].items()
    ]
    return f"{table(('stage', 'mean ms', 'share', 'p99 ms'), rows)}\n\n{measured_on(figures)}"


def resources() -> str:
    """Start, memory and building."""
    figures = read("resources")
    build, start = figures["build"], figures["worker_start"]
    rows = [
        ["a killed worker is replaced and ready, median", f"{start['median_s']} s"],
        ["the same, slowest of five", f"{start['most_s']} s"],
        ["processor time of a worker's start", f"{start['processor_s']} s"],
        ["an additional worker", f"{figures['additional_worker_mb']} MB"],
        ["service with one worker, shared pages once", f"{figures['memory']['1']['all_mb']} MB"],
        ["the chapter's index from nothing", f"{build['whole_s']} s ({build['whole_processor_s']} s of processor)"],
        ["the same with nothing changed", f"{build['unchanged_s']} s ({build['unchanged_processor_s']} s of processor)"],
    ]  # fmt: skip
    return f"{table(('what', 'measured'), rows)}\n\n{measured_on(figures)}"


def kinds() -> str:
    """Kinds of vector index by size."""
    figures = read("vector_kinds")
    head = ("rows", "kind", "recall@10", "recall@50", "search ms", "of processor", "MB", "built in s of processor")  # fmt: skip
    rows = [
        [
            f"{int(size):,}", kind, f"{row['recall_at_10']:.3f}", f"{row['recall_at_50']:.3f}", f"{row['search_ms']:.2f}",
            f"{row['search_processor_ms']:.2f}", f"{row['megabytes']:,.1f}", f"{row['build_processor_s']:.1f}",
        ]
        for size, kinds in figures["sizes"].items()
        for kind, row in kinds.items()
    ]  # fmt: skip
    return f"{table(head, rows)}\n\n{measured_on(figures)}"


def closeness() -> str:
    """How like real vectors the generated ones are, and the recall where they are less alike."""
    figures = read("vector_kinds")
    harder = figures["harder"]
    names = {"real": "real", "generated": "generated, as many", "harder": "less alike, as many"}
    rows = [
        [name, *(f"{figures[vectors][key]:.3f}" for key in ("row_to_nearest", "question_to_first", "question_to_tenth"))]
        for vectors, name in names.items()
    ]  # fmt: skip
    head = ("median cosine", "of a row to the nearest other", "of a question to its first row", "to its tenth")  # fmt: skip
    found = harder["inverted"]
    return (
        f"{table(head, rows)}\n\nOver {harder['rows']:,} rows that are less alike, the inverted file's recall@10 is "
        f"{found['recall_at_10']:.3f}, recall@50 {found['recall_at_50']:.3f}."
    )


def scale() -> str:
    """A whole search by the size of the library."""
    figures = read("scale")
    sizes: Mapping[str, Figures] = figures["sizes"]
    names = list(dict.fromkeys(name for row in sizes.values() for name in row["stages"]))
    rows = [["sentences", *(f"{row['sentences']:,}" for row in sizes.values())]]
    rows += [["token vectors, MB", *(f"{row['tokens_mb']:,}" for row in sizes.values())]]
    rows += [
        [name, *(f"{row['stages'].get(name, 0.0):.2f}" for row in sizes.values())] for name in names
    ]
    head = ["", *(f"{int(size):,} passages" for size in sizes)]
    return f"{table(head, rows)}\n\n{measured_on(figures)}"


TABLES: Mapping[str, Callable[[], str]] = {
    "answering": answering,
    "overload": overload,
    "stages": stages,
    "resources": resources,
    "kinds": kinds,
    "closeness": closeness,
    "scale": scale,
}


def plots() -> dict[str, str]:
    """File name -> SVG, of what was measured."""
    drawn = {"answering.svg": _answering_plot, "vectors.svg": _vectors_plot}
    found = {name: _made(plot) for name, plot in drawn.items()}
    return {name: svg for name, svg in found.items() if svg != NOT_MEASURED}


def _answering_plot() -> str:
    clients = read("load")["clients"]
    names = {"p99 ms": "p99_ms", "median ms": "p50_ms", "answers a second": "per_s"}
    series = {
        name: [(int(n), row[key]) for n, row in clients.items()] for name, key in names.items()
    }
    return line_chart("Questions at once, milliseconds and answers a second", series)


def _vectors_plot() -> str:
    sizes = read("vector_kinds")["sizes"]
    series = {
        kind: [
            (int(n), row[kind]["search_processor_ms"]) for n, row in sizes.items() if kind in row
        ]
        for kind in sorted({kind for row in sizes.values() for kind in row})
    }
    several = {kind: points for kind, points in series.items() if len(points) > 1}
    return line_chart("Vector search: milliseconds of one core by rows", several)


def page(text: str) -> str:
    """`text` with every table as the figures have it."""
    return filled(text, {name: _made(table_of) for name, table_of in TABLES.items()})


def _made(table_of: Callable[[], str]) -> str:
    try:
        return table_of()
    except FileNotFoundError:
        return NOT_MEASURED


def _row(what: str, measured: Figures) -> list[str]:
    return [
        what,
        f"{measured['per_s']:.1f}",
        f"{measured['p50_ms']:.0f}",
        f"{measured['p99_ms']:.0f}",
        f"{measured['errors']}",
    ]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
    for name, svg in plots().items():
        (RESULTS / name).write_text(svg, "utf-8")
