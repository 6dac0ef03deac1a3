"""No regular expression of corpus and index is slow on a hostile line, none of service on a hostile question."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from types import ModuleType

import pytest

import corpus
import index
import service
from corpus import crossrefs, dates
from corpus.read import read_text
from service.config import Config

pytestmark = pytest.mark.slow
LENGTH = 100_000
QUESTION_LENGTH = Config().max_question_characters
LIMIT_S = 0.05
UNITS = (
    "¹",
    "[1,",
    "1",
    "a",
    "A ",
    "x-",
    " ",
    ".",
    "一",
    "第一章",
    "https://",
    "^[",
    "(",
    "“",
    "《",
)
TAIL = "¤"
"""What no pattern takes, so that each must give back all that it took before."""


def modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
        if module.name not in ("__main__", "gunicorn_conf")
    ]


MODULES = modules(corpus) + modules(index)


def compiled_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from compiled_in(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from compiled_in(part)


def patterns(of: Iterable[ModuleType]) -> dict[str, re.Pattern[str]]:
    return {
        f"{module.__name__}.{name}[{place}] {pattern.pattern[:30]}": pattern
        for module in of
        for name, value in vars(module).items()
        for place, pattern in enumerate(compiled_in(value))
    }


PATTERNS = patterns(MODULES)
OF_SERVICE = patterns(modules(service))


def units(pattern: re.Pattern[str]) -> list[str]:
    """Repeated, these make lines that are hard for this pattern: its own characters among them."""
    own = [c for c in dict.fromkeys(pattern.pattern) if c not in "\\?+{}|$:=<>!,0189"]
    return [*UNITS, *own[:: max(len(own) // 8, 1)]]


def phrases(pattern: re.Pattern[str]) -> list[str]:
    """Words that the pattern speaks of, alone and in pairs: "where where where ..." """
    found = list(dict.fromkeys(re.findall(r"[A-Za-z]{2,}|[\u4e00-\u9fff]", pattern.pattern)))[:60]
    spaced = [word + " " * word.isascii() for word in found]
    pairs = itertools.product(spaced[:10], spaced[::4])
    return [*spaced, *(first + second for first, second in pairs)]


def seconds(pattern: re.Pattern[str], line: str) -> float:
    """The best of three: a busy machine is no slow pattern."""
    best = LENGTH * 1.0
    for _ in range(3):
        started = time.process_time()
        for _ in pattern.finditer(line):
            pass
        best = min(best, time.process_time() - started)
        if best < LIMIT_S:
            break
    return best


def test_every_module_of_both_packages_is_searched() -> None:
    assert {"corpus.works", "corpus.western", "corpus.crossrefs", "index.segment"} <= {
        module.__name__ for module in MODULES
    }
    assert len(PATTERNS) > 200


@pytest.mark.parametrize("table", [dates._PATTERNS, crossrefs._FORMS])
def test_patterns_of_one_table_that_begin_alike_are_all_timed(table: object) -> None:
    timed = set(map(id, PATTERNS.values()))
    assert [p.pattern for p in compiled_in(table) if id(p) not in timed] == []


@pytest.mark.parametrize("name", PATTERNS)
def test_a_hostile_line_of_100_kb_takes_less_than_50_ms(name: str) -> None:
    pattern = PATTERNS[name]
    for unit in units(pattern):
        before = LIMIT_S
        for length in (300, 3_000, 20_000, LENGTH):  # slow ones show before they hang the suite
            taken = seconds(pattern, (unit * length)[: length - 1] + TAIL)
            assert taken < LIMIT_S, f"{length} characters of {unit!r}"
            if taken * (LENGTH / length) ** 2 < LIMIT_S:
                break  # fast enough even if the time grew with the square of the length
            if length == 20_000 and taken < min(12 * before, LIMIT_S / 8):
                break  # it grows with the length: a square would have grown 44-fold
            before = taken


@pytest.mark.parametrize("name", OF_SERVICE)
def test_a_hostile_question_takes_less_than_50_ms(name: str) -> None:
    pattern = OF_SERVICE[name]
    for unit in [*units(pattern), *phrases(pattern)]:
        for length in (QUESTION_LENGTH // 4, QUESTION_LENGTH):
            taken = seconds(pattern, (unit * length)[: length - 1] + TAIL)
            assert taken < LIMIT_S, f"{length} characters of {unit!r}"


def test_expressions_are_compiled_where_they_can_be_timed() -> None:
    inside = [
        f"{module.__name__}, line {call.lineno}: re.{call.func.attr}"
        for module in MODULES
        if module.__name__.startswith("corpus.")
        for function in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "re"
        and call.func.attr != "escape"
    ]
    assert inside == []


@pytest.mark.parametrize(
    "unit",
    ["¹", "[1,", "1. a\n", "[1] a\n", "¹ a\n", "a\n\n", "# a\n", "①", "X\n\n1\n\n"],
)
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
