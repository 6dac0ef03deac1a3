"""No regular expression of the corpus package is slow on a hostile line."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Iterator

import pytest

from corpus.read import read_text

LENGTH = 100_000
LIMIT_S = 0.05
UNITS = ("¹", "[1,", "1", "a", "A ", "x-", " ", ".", "一", "第一章", "https://", "^[")
MODULES = (
    "anchor bylines check clean decode definitions document_json footnotes frontmatter furniture inline language lift "
    "markdown marks metadata notes numerals outline paragraphs read sentences strip tie traced"
).split()
"""What scans whole lines of a file; the modules that take one note apart are timed through `read_text`."""


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


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["¹", "[1,", "1. a\n", "[1] a\n", "¹ a\n", "a\n\n", "# a\n", "①"])
def test_a_hostile_file_of_100_kb_is_read_in_seconds(unit: str) -> None:
    started = time.process_time()
    read_text(
        "壹、前言\n\n甲。¹ 乙。²\n\n"
        + (unit * LENGTH)[:LENGTH]
        + "\n\n1 王，《書》。\n2 同註 1。\n",
        "x",
    )
    assert time.process_time() - started < 6


@pytest.mark.parametrize("unit", UNITS)
def test_a_hostile_note_of_10_kb_is_read_in_seconds(unit: str) -> None:
    started = time.process_time()
    read_text("壹、前言\n\n甲。¹ 乙。²\n\n1 " + (unit * 10_000)[:10_000] + "\n2 同註 1。\n", "x")
    assert time.process_time() - started < 6
