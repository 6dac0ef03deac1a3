"""Pinned packages, looked up in a copy of the PyPA's advisory database, where no advisory service can be reached.

    git clone https://github.com/pypa/advisory-database /tmp/advisories
    python -m docs.advisories /tmp/advisories
    -> the advisories that cover a pin, and: 106 pins, 79 advisories on 25 of them, 0 cover a pin

Exit code 1 when one does. A copy knows nothing of what was found since it was made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import yaml
from packaging.utils import canonicalize_name
from packaging.version import Version

from docs.licences import pins

Advisory = Mapping[str, Any]


def advisories_on(name: str, database: Path) -> Iterator[Advisory]:
    """Those on a package that were not withdrawn."""
    for path in sorted((database / "vulns" / canonicalize_name(name)).glob("*.yaml")):
        advisory = yaml.safe_load(path.read_text("utf-8"))
        if not advisory.get("withdrawn"):
            yield advisory


def covers(advisory: Advisory, name: str, pinned: str) -> bool:
    """Whether `pinned` is listed, or lies in a range, as the OSV format has it."""
    for affected in advisory["affected"]:
        if canonicalize_name(affected["package"]["name"]) != canonicalize_name(name):
            continue
        ranges = [r["events"] for r in affected.get("ranges", ()) if r["type"] == "ECOSYSTEM"]
        if pinned in affected.get("versions", ()) or any(_within(r, pinned) for r in ranges):
            return True
    return False


def _within(events: Iterable[Mapping[str, str]], pinned: str) -> bool:
    """Whether the last event at or before a version makes it vulnerable; the last one affected still is."""
    inside = False
    for version, kind in sorted((Version(str(v)), kind) for e in events for kind, v in e.items()):
        if version < Version(pinned) or (version == Version(pinned) and kind != "last_affected"):
            inside = kind == "introduced"
    return inside


def report(database: Path, pinned: Iterable[tuple[str, str]]) -> tuple[Sequence[str], int]:
    """The lines to print, and how many advisories cover a pin."""
    lines, count, known, on = [], 0, 0, 0
    for name, version in pinned:
        count, found = count + 1, list(advisories_on(name, database))
        known, on = known + len(found), on + bool(found)
        lines += [
            f"{name} {version}: {advisory['id']} {' '.join(advisory.get('aliases', ()))}".rstrip()
            for advisory in found
            if covers(advisory, name, version)
        ]
    covering = len(lines)
    summary = f"{count} pins, {known} advisories on {on} of them, {covering} cover a pin"
    return [*lines, summary], covering


def main(database: str) -> int:
    """Print the report; 1 when an advisory covers a pin."""
    if not (Path(database) / "vulns").is_dir():
        raise SystemExit(f"{database} is no copy of the advisory database: it has no folder vulns")
    lines, covering = report(Path(database), pins())
    click.echo("\n".join(lines))
    return min(covering, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
