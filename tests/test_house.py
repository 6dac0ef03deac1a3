"""The house's own rules: size, names, and nothing of the machine that a file was written on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "index", "service")
FOLDERS = (*PACKAGES, "templates", "tests", "benchmarks", "docs", ".ci")
CODE = {".py", ".js", ".css", ".html"}
TEXT = {*CODE, ".md", ".toml", ".txt", ".json", ".jsonl", ".yml", ""}
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "processor",
    "handler",
    "common",
    "misc",
}
OF_THE_MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work|workspace)/\w|\b[A-Z]:\\Users\\|\bfile:///"
    r"|\b(?:pypi|pythonhosted|npmjs|docker|pytorch)\.(?:org|com|io)\b|\bextra-index-url\b"
)
CONSTANT = re.compile(r"^(_?[A-Z][A-Z0-9_]*)(?::[^=\n]+)? = ", re.MULTILINE)
FUNCTION_LINES, FILE_LINES = 60, 400
HOLDERS = (ast.stmt, ast.ExceptHandler, ast.match_case)
"""The parts of a program that can hold a function."""


def files(*suffixes: str) -> Sequence[Path]:
    """The files of the project that a person writes."""
    roots = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    within = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return sorted(
        p for p in (*roots, *within) if p.suffix in suffixes and "__pycache__" not in p.parts
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def functions() -> Sequence[tuple[str, int]]:
    """Every function of the project with its number of lines."""
    return [found for path in files(".py") for found in _functions(path)]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    statements: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while statements:
        found = statements.pop()
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (found.end_lineno or found.lineno) - found.lineno + 1
            yield f"{name_of(path)}:{found.name}", lines
        statements += [part for part in ast.iter_child_nodes(found) if isinstance(part, HOLDERS)]


def test_no_file_of_code_is_longer_than_its_limit() -> None:
    lengths = {name_of(p): len(p.read_text("utf-8").splitlines()) for p in files(*CODE)}
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


@pytest.mark.slow
def test_no_function_is_longer_than_its_limit() -> None:
    assert [found for found in functions() if found[1] > FUNCTION_LINES] == []


@pytest.mark.slow
def test_functions_are_short() -> None:
    lengths = [lines for name, lines in functions() if name.startswith(PACKAGES)]
    assert median(lengths) <= 12
    assert quantiles(lengths, n=10)[-1] <= 40


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        name_of(p) for p in files(".py") if NAMES_THAT_SAY_NOTHING & set(p.stem.split("_"))
    ] == []


def test_no_constant_of_a_module_is_bound_twice() -> None:
    modules = [p for p in files(".py") if p.parent.name in PACKAGES]
    bound = Counter(
        (name_of(p), name) for p in modules for name in CONSTANT.findall(p.read_text("utf-8"))
    )
    assert [found for found, times in bound.items() if times > 1] == []


def test_tests_are_flat_and_no_package() -> None:
    modules = [p for p in (ROOT / "tests").rglob("*.py") if "__pycache__" not in p.parts]
    assert "__init__.py" not in {p.name for p in modules}
    assert {p.parent.name for p in modules} <= {"tests", "browser", "quality"}


def test_every_module_says_what_it_is_for() -> None:
    modules = [p for p in files(".py") if p.parent.name in PACKAGES]
    assert [
        name_of(p) for p in modules if not p.read_text("utf-8").startswith(('"""', 'r"""'))
    ] == []


def test_every_benchmark_says_how_it_is_run_or_whom_it_serves() -> None:
    silent = []
    for path in files(".py"):
        if path.parent.name == "benchmarks":
            text = path.read_text("utf-8")
            said = ast.get_docstring(ast.parse(text)) or ""
            command = rf"^    .*python3? \S.*\b{path.stem}\b"
            is_run = "__main__" in text and re.search(command, said, re.MULTILINE)
            if not (is_run or "Serves " in said.splitlines()[0]):
                silent.append(path.name)
    assert silent == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name_of(path)}:{number}: {line[:100]}"
        for path in files(*TEXT)
        if path != Path(__file__)
        for number, line in _of_the_machine(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def _of_the_machine(text: str) -> Iterator[tuple[int, str]]:
    """Lines that name a machine or a registry, with their numbers."""
    if OF_THE_MACHINE.search(text):
        lines = enumerate(text.splitlines(), 1)
        yield from ((number, line) for number, line in lines if OF_THE_MACHINE.search(line))


@pytest.mark.slow
def test_import_contracts_hold() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_kept_without_bound(package: str) -> None:
    """`functools.cache` keeps a value for every argument; what a reader can send has no end."""
    kept = [
        f"{name_of(path)}:{node.lineno}"
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and ast.unparse(node.args)
        and any(ast.unparse(d) in ("cache", "lru_cache(maxsize=None)") for d in node.decorator_list)
    ]
    assert kept == []
