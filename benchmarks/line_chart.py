"""Series of points -> one small SVG with logarithmic axes, readable on a light and on a dark page. Serves the pages of figures.

line_chart("ms by passages", {"exact": [(1000, 0.1), (10000, 1.0)]}) -> "<svg ...>"
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 170, 34, 34
COLOURS = ("#2563eb", "#c2410c", "#15803d", "#7c3aed", "#a16207")
GREY = "#808080"


def line_chart(title: str, series: Mapping[str, Points]) -> str:
    """Every coordinate must be positive; ticks stand at the powers of ten."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    across = _Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT)
    up = _Axis(min(ys), max(ys), HEIGHT - BOTTOM, TOP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<text x="{LEFT}" y="16" fill="{GREY}">{escape(title)}</text>',
        *_grid(across, up),
    ]
    for (name, points), colour in zip(series.items(), COLOURS, strict=False):
        lines += _line(name, points, colour, across, up)
    return "\n".join([*lines, "</svg>", ""])


class _Axis:
    """A logarithmic scale from a range of values, widened to powers of ten, to a range of pixels."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self._low = math.floor(math.log10(least) + 1e-9)
        self._high = max(math.ceil(math.log10(most) - 1e-9), self._low + 1)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self._low, self._high + 1)]


def _grid(across: _Axis, up: _Axis) -> Iterator[str]:
    line = f'stroke="{GREY}" stroke-opacity=".3"'
    for tick in across.ticks():
        x = across.at(tick)
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" {line}/>'
        yield f'<text x="{x}" y="{HEIGHT - 14}" text-anchor="middle" fill="{GREY}">{tick:,.6g}</text>'
    for tick in up.ticks():
        y = up.at(tick)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" {line}/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end" fill="{GREY}">{tick:,.6g}</text>'


def _line(name: str, points: Points, colour: str, across: _Axis, up: _Axis) -> Iterator[str]:
    places = [(across.at(x), up.at(y)) for x, y in points]
    path = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>'
    x, y = places[-1]
    yield f'<text x="{x + 8}" y="{y + 4}" fill="{colour}">{escape(name)}</text>'
