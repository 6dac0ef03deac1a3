"""Nothing that the product reads is unpickled, evaluated or handed to a shell: read off its syntax.

Held over every module that runs outside of the tests; a library's own doing is not seen here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDERS = ("service", "index", "corpus", "benchmarks", "docs")
UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}  # fmt: skip
BUILTINS = {"eval", "exec", "compile"}
UNSAFE_CALLS = {
    *("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"),
    *("yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.unsafe_load_all", "yaml.full_load"),
    *("torch.load", "builtins.eval", "builtins.exec", "builtins.compile"),
}
UNSAFE_ARGUMENTS = {"allow_pickle": False, "shell": False, "trust_remote_code": False}
"""The one value that may be given; a variable may not."""


def modules() -> list[Path]:
    within = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted([*ROOT.glob("*.py"), *within])


def unsafe(source: str) -> list[str]:
    """What in `source` is unsafe, as `line: name`."""
    tree = ast.parse(source)
    full_names = dict(_imported(tree))
    found: list[tuple[int, str]] = []
    for part in ast.walk(tree):
        found += [
            (line, name)
            for line, name in _modules_of(part, full_names)
            if name.partition(".")[0] in UNSAFE_MODULES
        ]
        if isinstance(part, ast.Name | ast.Attribute):
            name = _dotted(part, full_names)
            bare = isinstance(part, ast.Name) and part.id in BUILTINS
            found += [(part.lineno, name)] * (bare or name in UNSAFE_CALLS)
        if isinstance(part, ast.keyword) and part.arg in UNSAFE_ARGUMENTS:
            safe = ast.dump(ast.Constant(UNSAFE_ARGUMENTS[part.arg])) == ast.dump(part.value)
            found += [] if safe else [(part.lineno, part.arg)]
    return [f"{line}: {name}" for line, name in sorted(set(found))]


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that imports bind, with what they stand for: `from os import system as s` -> s, os.system."""
    for part in ast.walk(tree):
        if isinstance(part, ast.Import):
            yield from ((alias.asname, alias.name) for alias in part.names if alias.asname)
        elif isinstance(part, ast.ImportFrom):
            for alias in part.names:
                yield alias.asname or alias.name, f"{part.module}.{alias.name}"


def _modules_of(part: ast.AST, full_names: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The modules that an import, or a call that imports by name, brings in."""
    if isinstance(part, ast.Import):
        yield from ((part.lineno, alias.name) for alias in part.names)
    elif isinstance(part, ast.ImportFrom) and not part.level:
        yield part.lineno, part.module or ""
    elif isinstance(part, ast.Call) and "import" in _dotted(part.func, full_names):
        yield from (
            (part.lineno, given.value)
            for given in part.args
            if isinstance(given, ast.Constant) and isinstance(given.value, str)
        )


def _dotted(part: ast.expr, full_names: dict[str, str]) -> str:
    if isinstance(part, ast.Attribute):
        return f"{_dotted(part.value, full_names)}.{part.attr}"
    return full_names.get(part.id, part.id) if isinstance(part, ast.Name) else ""


@pytest.mark.slow
def test_no_module_unpickles_evaluates_or_shells_out() -> None:
    found = {p.relative_to(ROOT).as_posix(): unsafe(p.read_text("utf-8")) for p in modules()}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "import os, joblib.memory",
        "from marshal import loads",
        "import importlib\nimportlib.import_module('dill')",
        "__import__('shelve')",
        "from importlib import import_module as load\nload('pickle')",
        "eval('1')",
        "list(map(exec, lines))",
        "compile('1', '', 'eval')",
        "import builtins\nbuiltins.eval('1')",
        "np.load(path, allow_pickle=True)",
        "np.load(path, allow_pickle=trusted)",
        "import yaml\nyaml.load(text, Loader=yaml.SafeLoader)",
        "from yaml import unsafe_load as load\nload(text)",
        "import subprocess as s\ns.run('ls', shell=True)",
        "import os\nos.system('ls')",
        "import os as o\no.system('ls')",
        "from os import system\nsystem('ls')",
    ],
)
def test_unsafe_line_is_found(source: str) -> None:
    assert unsafe(source)


def test_safe_namesakes_are_let_through() -> None:
    source = """
import os, re, subprocess, yaml
pattern = re.compile("eval")
subprocess.run(["ls"], shell=False)
np.load(path, allow_pickle=False)
yaml.safe_load(text)
model.eval()
"""
    assert unsafe(source) == []
