"""No regular expression of the corpus package is slow on a hostile line."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Iterator

import pytest

LENGTH = 100_000
LIMIT_S = 0.05
UNITS = (
    "¹",
    "[1,",
    "（註1",
    "1",
    "1.",
    "a",
    "A ",
    "x-",
    " ",
    ".",
    "…",
    "*",
    "#",
    "一",
    "第一章",
    "https://",
    "^[",
    "。」",
)


MODULES = (
    "anchor check clean decode definitions export footnotes frontmatter furniture inline language lift markdown marks notes "
    "numerals outline paragraphs read sentences tie traced"
).split()
"""What scans whole lines of a file; the modules that parse one note are timed through `parse_works`."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in MODULES:
        for name, value in vars(importlib.import_module(f"corpus.{module}")).items():
            yield from ((f"{module}.{name}", pattern) for pattern in compiled_in(value))


def compiled_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from compiled_in(part)


FOUND = {f"{name} {pattern.pattern[:30]}": pattern for name, pattern in patterns()}


def seconds(pattern: re.Pattern[str], line: str) -> float:
    started = time.process_time()
    for _ in pattern.finditer(line):
        pass
    return time.process_time() - started


def test_the_package_is_searched() -> None:
    assert len(FOUND) > 60


@pytest.mark.parametrize("name", FOUND)
def test_a_hostile_line_of_100_kb_takes_less_than_50_ms(name: str) -> None:
    pattern = FOUND[name]
    for unit in UNITS:
        for length in (
            1_000,
            10_000,
            LENGTH,
        ):  # what is slow shows itself before it hangs the suite
            line = (unit * length)[:length]
            taken = seconds(pattern, line)
            if taken > LIMIT_S:
                taken = min(taken, seconds(pattern, line))
            assert taken < LIMIT_S, f"{length} characters of {unit!r}"
