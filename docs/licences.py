"""Every pinned package with its licence, and what it is there for -> the table of docs/licences.md.

What is not installed at its pinned version (an extra left out, another system's package) keeps the
row that the page has, so that the page is the same on every machine.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
SERVICE, DEVELOPMENT = "service", "development"
# requirements are read as this system does: constraints.txt was frozen on it
_SYSTEM = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.0",
    "python_version": "3.11",
    "sys_platform": "linux",
}
# what packages write -> SPDX identifiers, where there is one meaning
_SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# package -> (licence, why its metadata is not enough)
OVERRIDES: Mapping[str, tuple[str, str]] = {
    "axe-playwright-python": (
        "MIT AND MPL-2.0",
        "metadata is silent; its LICENSE is MIT, the axe.min.js inside is under MPL 2.0",
    ),
    "itsdangerous": ("BSD-3-Clause", "metadata says BSD; its LICENSE has three clauses"),
    "jinja2": ("BSD-3-Clause", "metadata says BSD; its LICENSE has three clauses"),
    "mpmath": ("BSD-3-Clause", "metadata says BSD; its LICENSE has three clauses"),
    "scipy": ("BSD-3-Clause", "metadata holds the whole text, which has three clauses"),
    "sympy": ("BSD-3-Clause", "metadata says BSD; its LICENSE has three clauses"),
    "torch": (
        "Apache-2.0 AND Apache-2.0 WITH LLVM-exception AND BSD-2-Clause AND BSD-3-Clause AND BSL-1.0 AND MIT",
        "each build declares what it carries; this is the one for processors",
    ),
}


@dataclass(frozen=True, slots=True)
class PinnedPackage:
    """One line of constraints.txt. `licence` is empty where none is known."""

    name: str
    version: str
    licence: str
    used_by: str


def pinned_packages() -> Sequence[PinnedPackage]:
    """Every line of constraints.txt, in its order."""
    before = committed(PAGE.read_text("utf-8"))
    users = _users()
    found = []
    for name, pinned in pins():
        row = before.get((name, pinned))
        if _installed(name, pinned):
            used_by = users.get(canonicalize_name(name), row.used_by if row else "")
            found.append(PinnedPackage(name, pinned, declared(name), used_by))
        else:
            found.append(row or PinnedPackage(name, pinned, "", ""))
    return found


def pins() -> Iterator[tuple[str, str]]:
    """Names, as they are written, and versions of constraints.txt."""
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, pinned = line.partition("==")
            yield name, pinned


def committed(page: str) -> Mapping[tuple[str, str], PinnedPackage]:
    """(name, version) -> its row in `page`."""
    rows = re.findall(r"^\| (\S+) \| (\d\S*) \| (.*?) \| (.*?) \|$", page, re.MULTILINE)
    return {(row[0], row[1]): PinnedPackage(*row) for row in rows}


def declared(name: str) -> str:
    """The licence of an installed package: ours to say, its expression, its field, its classifier."""
    if name.lower() in OVERRIDES:
        return OVERRIDES[name.lower()][0]
    fields = metadata(name)
    classifiers = [c for c in fields.get_all("Classifier") or () if c.startswith("License :: ")]
    said: list[str] = [
        *(fields.get_all("License-Expression") or ()),
        *(fields.get_all("License") or ()),
        " AND ".join(c.rpartition(" :: ")[2] for c in classifiers),
    ]
    first = next((licence.strip() for licence in said if licence.strip()), "")
    return _SPELLINGS.get(first, first)


def is_strong_copyleft(licence: str) -> bool:
    """GPL or AGPL, however it is written; LGPL is not, nor is a mention of an exception to the GPL."""
    return bool(re.search(r"(?<![A-Za-z])A?GPL|GNU (Affero )?General Public", licence))


def _users() -> Mapping[str, str]:
    """Canonical name -> the first of service, extras and development that needs it, by any way.

    Empty where a package on the way is not installed: what it needs is then unknown.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    groups = {SERVICE: project["dependencies"]}
    groups |= {f"extra `{extra}`": extras[extra] for extra in extras if extra != "dev"}
    groups |= {DEVELOPMENT: extras["dev"]}
    try:
        reached = {group: set(_reached(requirements)) for group, requirements in groups.items()}
    except PackageNotFoundError:
        return {}
    return {name: group for group in reversed(reached) for name in reached[group]}


def _reached(requirements: Sequence[str]) -> Iterator[str]:
    """What `requirements` need among the pins, by canonical name. PackageNotFoundError: see above."""
    versions = {canonicalize_name(name): pinned for name, pinned in pins()}
    waiting = [(Requirement(line), "") for line in requirements]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, of_extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if not _wanted(requirement, of_extra) or name not in versions:
            continue
        if not _installed(name, versions[name]):
            raise PackageNotFoundError(name)
        yield name
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += [(Requirement(line), extra) for line in requires(name) or ()]


def _wanted(requirement: Requirement, extra: str) -> bool:
    marker = requirement.marker
    return marker is None or marker.evaluate({**_SYSTEM, "extra": extra})


def _installed(name: str, pinned: str) -> bool:
    """Whether `name` is here at `pinned`; a build of it, as 2.13.0+cpu of 2.13.0, is."""
    try:
        return Version(version(name)).public == Version(pinned).public
    except PackageNotFoundError:
        return False
