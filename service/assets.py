"""The files a page loads, read once: name -> bytes, and one digest for their addresses.

And a digest of the program that makes the pages, so that a new version of it shows at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EXTENSION = "zhujiao.assets"
PROGRAM = "zhujiao.program"

_CSS_COMMENT = re.compile(rb"/\*.*?\*/\n*", re.DOTALL)
_IMPORTED = re.compile(rb'^import (?:[^"]+ from )?"\./([^"]+)";$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by their path under the folder; `version` changes when any of them does."""

    version: str
    files: Mapping[str, bytes]

    def read(self, name: str) -> bytes:
        """Raises KeyError for a name that is no file of ours; no path is ever opened."""
        return self.files[name]

    def imports(self, name: str) -> Sequence[str]:
        """The modules that a module imports, and those that they import, each once."""
        found = [name]
        for module in found:
            imported = (path.decode() for path in _IMPORTED.findall(self.read(module)))
            found += [path for path in dict.fromkeys(imported) if path not in found]
        return found[1:]


def load_assets(folder: Path) -> Assets:
    """Every file under `folder`; style sheets without their comments, which readers need not load."""
    files = {
        path.relative_to(folder).as_posix(): _served(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Assets(_digest(files)[:12], files)


def program_digest(packages: Sequence[Path]) -> str:
    """Changes when any line of code or markup under `packages` does."""
    return _digest(
        {
            f"{package.name}/{path.relative_to(package).as_posix()}": path.read_bytes()
            for package in packages
            for path in sorted(package.rglob("*"))
            if path.suffix in {".py", ".html"}
        }
    )


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _served(path: Path) -> bytes:
    content = path.read_bytes()
    return _CSS_COMMENT.sub(b"", content) if path.suffix == ".css" else content
