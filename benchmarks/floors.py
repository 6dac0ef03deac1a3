"""Measure the gold questions and move their floors, which only rise.

    python -m benchmarks.floors                 print each figure beside its floor; exit code 1 where one falls short
    python -m benchmarks.floors --raise         lift the floors to what is measured, less the slack
    python -m benchmarks.floors --raise --allow-lower    also lower those that fall short

`tests/quality/floors.toml` holds, for every gold file, the digest of its content and the least or
most that a figure may be, named by its path in what `zhujiao evaluate --json` prints.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parents[1] / "tests" / "quality"
FLOORS = GOLD / "floors.toml"
SLACK = 0.02
"""How far below the measured figure a floor is set: one question of 50 may go either way."""


class FloorError(Exception):
    """Floors may not be changed so; the message names the flag that allows it."""


@dataclass(frozen=True, slots=True)
class Floors:
    """Of one gold file: the digest of its content, and the least or most that each figure may be."""

    sha256: str
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]


def read_floors(path: Path = FLOORS) -> dict[str, Floors]:
    """The floors by the name of the gold file."""
    return {name: Floors(**table) for name, table in tomllib.loads(path.read_text("utf-8")).items()}


def write_floors(floors: Mapping[str, Floors], path: Path = FLOORS) -> None:
    """Write every file's floors, each figure on its line."""
    lines = ["# Moved by `python -m benchmarks.floors --raise`; never by hand."]
    for name, of_file in floors.items():
        lines += ["", f'["{name}"]', f'sha256 = "{of_file.sha256}"']
        for title in ("at_least", "at_most"):
            lines += ["", f'["{name}".{title}]']
            lines += [
                f'"{figure}" = {value:g}' for figure, value in getattr(of_file, title).items()
            ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def digest(name: str) -> str:
    """The SHA-256 of a gold file."""
    return hashlib.sha256((GOLD / name).read_bytes()).hexdigest()


def figure(measured: Mapping[str, Any], path: str) -> float | None:
    """The figure at `by_language/en/evidence_hit`; None where nothing was there to measure."""
    value: Any = measured
    for step in path.split("/"):
        value = value[step]
    return None if value is None else float(value)


def shortfalls(floors: Floors, measured: Mapping[str, Any], sha256: str) -> list[str]:
    """One line for each floor that does not hold."""
    found = (
        []
        if floors.sha256 == sha256
        else ["the gold file changed: run `python -m benchmarks.floors --raise`"]
    )
    for path, floor in floors.at_least.items():
        value = figure(measured, path)
        if value is None or value < floor:
            found.append(f"{path} is {value}, its floor {floor:g}")
    for path, ceiling in floors.at_most.items():
        value = figure(measured, path)
        if value is None or value > ceiling:
            found.append(f"{path} is {value}, its ceiling {ceiling:g}")
    return found


def lifted(
    floors: Floors, measured: Mapping[str, Any], sha256: str, slack: float, lower: bool
) -> Floors:
    """Floors as high as the figures allow. Raises FloorError where one would fall and `lower` is not set."""
    held = replace(floors, sha256=sha256)
    if not lower and (short := shortfalls(held, measured, sha256)):
        raise FloorError(
            f"{short[0]}; mend what it measures, or lower the floor with --allow-lower"
        )

    def moved(
        path: str, floor: float, better: Callable[[float, float], float], slack: float
    ) -> float:
        value = figure(measured, path)
        if value is None:
            return floor
        reached = round(value - slack, 4)
        return better(floor, reached) if better(floor, value) == value else reached

    return replace(
        held,
        at_least={path: moved(path, floor, max, slack) for path, floor in floors.at_least.items()},
        at_most={path: moved(path, floor, min, -slack) for path, floor in floors.at_most.items()},
    )


def measure(name: str) -> dict[str, Any]:
    """The figures of one gold file over the publications that ship, through the index in use."""
    from service.config import load_config
    from service.evaluate import evaluate, figures
    from service.gold import read_gold
    from service.library import build_index, open_library

    config = load_config()
    build_index(config)
    library = open_library(config)
    return figures(
        evaluate(
            read_gold(GOLD / name), lambda q, history: library.ask(q, history), library.documents()
        )
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print figures beside their floors, and move these where asked to."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.floors", description="Measure the gold questions and move their floors."
    )
    parser.add_argument(
        "--raise",
        dest="lift",
        action="store_true",
        help="lift the floors to the figures, less the slack",
    )
    parser.add_argument(
        "--allow-lower",
        action="store_true",
        help="with --raise, also lower floors that do not hold",
    )
    parser.add_argument(
        "--slack",
        type=float,
        default=SLACK,
        help=f"how far below a figure its floor is set ({SLACK})",
    )
    given = parser.parse_args(arguments)
    floors, short = read_floors(), []
    for name, of_file in floors.items():
        measured, sha256 = measure(name), digest(name)
        for path in (*of_file.at_least, *of_file.at_most):
            print(
                f"{name}  {path:42} {figure(measured, path)}  {of_file.at_least.get(path, of_file.at_most.get(path)):g}"
            )
        short += shortfalls(of_file, measured, sha256)
        if given.lift:
            floors[name] = lifted(of_file, measured, sha256, given.slack, given.allow_lower)
    if given.lift:
        write_floors(floors)
        return 0
    print(*short, sep="\n", end="\n" if short else "")
    return 1 if short else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FloorError as error:
        sys.exit(str(error))
