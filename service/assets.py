"""The files a page loads, read once: name -> bytes, and one digest for their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

EXTENSION = "zhujiao.assets"


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by their path under the folder; `version` changes when any of them does."""

    version: str
    files: Mapping[str, bytes]

    def read(self, name: str) -> bytes:
        """Raises KeyError for a name that is no file of ours; no path is ever opened."""
        return self.files[name]


def load_assets(folder: Path) -> Assets:
    """Every file under `folder`."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return Assets(digest.hexdigest()[:12], files)
