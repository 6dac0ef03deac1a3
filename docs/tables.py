"""Tables of the documentation, made from the code that they describe.

`python3 dev.py docs` rewrites what stands between `<!-- settings -->` and `<!-- /settings -->` (and
the other names of `TABLES`) in every page; a test fails when a page and the code differ.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from corpus.findings import CODES
from docs.licences import pinned_packages
from service.cli import main
from service.config import PREFIX, Config
from service.errors import ERRORS

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(<!-- (?P<name>[a-z]+) -->\n).*?(<!-- /(?P=name) -->)", re.DOTALL)


def pages() -> Sequence[Path]:
    """Every page of the documentation."""
    return sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))


def filled(page: str) -> str:
    """`page` with each of its tables as the code has it now. KeyError for an unknown name."""
    return _BLOCK.sub(lambda block: f"{block[1]}{TABLES[block['name']]()}\n{block[3]}", page)


def settings() -> str:
    """Every setting with its default and what it may be."""
    fields: Mapping[str, Any] = Config.model_json_schema()["properties"]
    rows = (
        (f"`{PREFIX}{name.upper()}`", _default(field), _range(field), field["description"])
        for name, field in fields.items()
    )
    return _table(("setting", "default", "may be", "meaning"), rows)


def errors() -> str:
    """Every error code of the HTTP interface."""
    rows = ((f"`{code}`", str(status), message) for code, (status, message) in ERRORS.items())
    return _table(("code", "status", "message, unless a nearer one is known"), rows)


def findings() -> str:
    """Every code of `zhujiao check`."""
    rows = ((f"`{code}`", severity, cure) for code, (severity, cure) in CODES.items())
    return _table(("code", "severity", "cure"), rows)


def commands() -> str:
    """Every console command with its arguments."""
    rows = []
    for name, command in main.commands.items():
        pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
        usage = " ".join(["zhujiao", name, *(p for p in pieces if p != "[OPTIONS]")])
        rows.append((f"`{usage}`", str(command.help).split("\n\n")[0]))
    return _table(("command", "what it does"), rows)


def files() -> str:
    """Every module with the sentence that it opens with."""
    modules = (path for package in ("corpus", "index", "service") for path in _modules(package))
    return _table(("file", "purpose"), ((_name(path), _opening(path)) for path in modules))


def benchmarks() -> str:
    """Every benchmark with the sentence that it opens with."""
    return _table(("file", "prints"), ((_name(p), _opening(p)) for p in _modules("benchmarks")))


def licences() -> str:
    """Every pinned package with its licence."""
    rows = ((p.name, p.version, p.licence, p.used_by) for p in pinned_packages())
    return _table(("package", "version", "licence", "used by"), rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    "errors": errors,
    "findings": findings,
    "commands": commands,
    "files": files,
    "benchmarks": benchmarks,
    "licences": licences,
}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(c.replace('|', chr(92) + '|') for c in row)} |" for row in lines
    )


def _default(field: Mapping[str, Any]) -> str:
    value = field["default"]
    return f"`{value}`" if value not in (None, "", [], ()) else ""


def _range(field: Mapping[str, Any]) -> str:
    if choices := field.get("enum"):
        return ", ".join(f"`{choice}`" for choice in choices)
    if "minimum" in field:
        return f"{field['minimum']} to {field['maximum']}"
    return ""


def _modules(package: str) -> Sequence[Path]:
    return sorted((ROOT / package).glob("[!_]*.py"))


def _name(path: Path) -> str:
    return f"`{path.relative_to(ROOT).as_posix()}`"


def _opening(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.split("\n")[0]


if __name__ == "__main__":
    for page in pages():
        page.write_text(filled(page.read_text("utf-8")), "utf-8")
