"""The files a page loads, read once: name -> bytes, and one digest for their addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EXTENSION = "zhujiao.assets"

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
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return Assets(digest.hexdigest()[:12], files)


def _served(path: Path) -> bytes:
    content = path.read_bytes()
    return _CSS_COMMENT.sub(b"", content) if path.suffix == ".css" else content
