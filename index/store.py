"""An index on disk is a directory: a readable manifest, and files whose digests it lists.

    var/index/CURRENT             the name of the version in use, replaced atomically
    var/index/<version>/          manifest.json, chunks, terms, vectors; never changed once written

A build writes its version beside the old one and then replaces CURRENT, so that there is always
the old or the new index and never neither. Opening verifies every digest first, since FAISS
itself loads most damaged files without a word.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from corpus.document import Document, Span
from index.bm25 import TermIndex
from index.centre import SCRIPTS, Script
from index.chunk import Chunk
from index.query import Lexicon
from index.vectors import VectorIndex

FORMAT = 4
MANIFEST = "manifest.json"
CURRENT = "CURRENT"
_VERSION = re.compile(r"[0-9a-f]{16}")


class IndexDamagedError(Exception):
    """The index on disk cannot be trusted; the message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of passage number `passage`; `span` counts code points of the document's text."""

    passage: int
    span: Span


@dataclass(frozen=True, slots=True)
class Means:
    """Mean vectors by script, shape (d,) each, for every kind of vector that is centred."""

    question: dict[Script, NDArray[np.float32]]
    question_token: dict[Script, NDArray[np.float32]]
    passage: dict[Script, NDArray[np.float32]]
    sentence: dict[Script, NDArray[np.float32]]
    note: dict[Script, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Centred token vectors (t, d) int8 of all passages in sequence; passage i has rows
    `starts[i]:starts[i + 1]`, and `spans` (t, 2) count code points of that passage's text."""

    vectors: NDArray[np.int8]
    spans: NDArray[np.int32]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything an index holds, as it lies in memory."""

    documents: tuple[Document, ...]
    passages: tuple[Chunk, ...]
    notes: tuple[Chunk, ...]
    sentences: tuple[SentenceRow, ...]
    passage_terms: TermIndex
    note_terms: TermIndex
    passage_vectors: VectorIndex
    sentence_vectors: VectorIndex
    note_vectors: VectorIndex
    tokens: Tokens
    means: Means
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says. `version` names the content: equal content, equal version."""

    format: int
    version: str
    embedder: str
    dimension: int
    counts: dict[str, int]
    documents: dict[str, str]
    files: dict[str, str]


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


_VECTOR_FILES = ("passage_vectors", "sentence_vectors", "note_vectors")
_WORD_SETS = ("english_words", "english_nouns", "chinese_verbs", "names")
_MEAN_KINDS = ("question", "question_token", "passage", "sentence", "note")


def write(
    root: Path, stored: Stored, embedder: str, dimension: int, extra: Callable[[Path], None]
) -> Manifest:
    """Write a version under `root` and make it current; on any failure the old one stays.

    `extra(path)` may add files of its own to the new version before its digests are taken. Of
    two that write at once, the second waits for the first.
    """
    root.mkdir(parents=True, exist_ok=True)
    fresh = root / f".new-{os.getpid()}"
    with _only_writer(root):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        try:
            _write_files(fresh, stored)
            extra(fresh)
            manifest = _manifest(fresh, stored, embedder, dimension)
            (fresh / MANIFEST).write_bytes(_adapter(Manifest).dump_json(manifest, indent=1) + b"\n")
            for path in (*fresh.rglob("*"), fresh):
                _sync(path)
            _make_current(root, fresh, manifest.version)
        except BaseException as error:
            shutil.rmtree(fresh, ignore_errors=True)
            if isinstance(error, OSError) and error.filename is None:
                raise _named(error, root) from error
            raise
    return manifest


def current(root: Path) -> Path:
    """The folder of the version in use. Raises FileNotFoundError when there is none."""
    try:
        version = (root / CURRENT).read_text("ascii").strip()
    except OSError as error:
        raise FileNotFoundError(f"no index at {root}; run `zhujiao build`") from error
    except UnicodeDecodeError as error:
        raise _damaged(root / CURRENT) from error
    if not _VERSION.fullmatch(version):
        raise _damaged(root / CURRENT)
    return root / version


def read_manifest(folder: Path) -> Manifest:
    """The manifest of one version's folder. Raises IndexDamagedError when it cannot be read."""
    path = folder / MANIFEST
    try:
        manifest: Manifest = _adapter(Manifest).validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        raise _damaged(path) from error
    if manifest.format != FORMAT:
        raise IndexDamagedError(
            f"{folder.name}: written in format {manifest.format}, this version reads {FORMAT}; run `zhujiao build`"
        )
    return manifest


def verify(folder: Path) -> Manifest:
    """Check every file against the manifest; raises IndexDamagedError naming the first that differs."""
    manifest = read_manifest(folder)
    if not folder.name == manifest.version == _version(manifest):
        raise _damaged(folder / MANIFEST)
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {
        MANIFEST
    }
    for name in sorted(present ^ set(manifest.files)):
        raise _damaged(folder / name)
    for name, digest in manifest.files.items():
        if _digest_or_none(folder / name) != digest:
            raise _damaged(folder / name)
    return manifest


def read(root: Path) -> tuple[Manifest, Stored]:
    """Verify and load the current version. Raises FileNotFoundError or IndexDamagedError.

    A version that builds have since replaced and cleared away while it was read is no damage:
    the one that is current by then is read in its place.
    """
    folder = current(root)
    try:
        return _read_version(folder)
    except IndexDamagedError:
        if current(root) == folder:
            raise
    return read(root)


def _read_version(folder: Path) -> tuple[Manifest, Stored]:
    manifest = verify(folder)
    try:
        return manifest, _read_files(folder, manifest)
    except (ValidationError, ValueError, OSError, EOFError, KeyError, RuntimeError) as error:
        raise _damaged(folder) from error


def _digest_or_none(path: Path) -> str | None:
    try:
        return file_digest(path)
    except OSError:
        return None


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_files(folder: Path, stored: Stored) -> None:
    for name, kind, value in (
        ("documents.json", tuple[Document, ...], stored.documents),
        ("passages.json", tuple[Chunk, ...], stored.passages),
        ("notes.json", tuple[Chunk, ...], stored.notes),
        ("sentences.json", tuple[SentenceRow, ...], stored.sentences),
    ):
        (folder / name).write_bytes(_adapter(kind).dump_json(value))
    (folder / "lexicon.json").write_text(
        json.dumps(_lexicon_as_json(stored.lexicon), ensure_ascii=False, indent=0), "utf-8"
    )
    for name, terms in (("passage_terms", stored.passage_terms), ("note_terms", stored.note_terms)):
        (folder / name).mkdir()
        terms.save(folder / name)
    for name in _VECTOR_FILES:
        getattr(stored, name).save(folder / f"{name}.faiss")
    for name in ("vectors", "spans", "starts"):
        np.save(folder / f"tokens_{name}.npy", getattr(stored.tokens, name))
    for what in _MEAN_KINDS:
        mean_of = getattr(stored.means, what)
        np.save(folder / f"mean_{what}.npy", np.stack([mean_of[s] for s in SCRIPTS]))


def _read_files(folder: Path, manifest: Manifest) -> Stored:
    def parsed(name: str, kind: Any) -> Any:
        return _adapter(kind).validate_json((folder / name).read_bytes())

    def array(name: str) -> Any:
        return np.load(folder / f"{name}.npy", allow_pickle=False)

    return Stored(
        documents=parsed("documents.json", tuple[Document, ...]),
        passages=parsed("passages.json", tuple[Chunk, ...]),
        notes=parsed("notes.json", tuple[Chunk, ...]),
        sentences=parsed("sentences.json", tuple[SentenceRow, ...]),
        passage_terms=TermIndex.load(folder / "passage_terms", manifest.counts["passages"]),
        note_terms=TermIndex.load(folder / "note_terms", manifest.counts["notes"]),
        tokens=Tokens(*(array(f"tokens_{name}") for name in ("vectors", "spans", "starts"))),
        means=Means(
            **{k: dict(zip(SCRIPTS, array(f"mean_{k}"), strict=True)) for k in _MEAN_KINDS}
        ),
        lexicon=_lexicon_from_json(json.loads((folder / "lexicon.json").read_text("utf-8"))),
        **{name: VectorIndex.load(folder / f"{name}.faiss") for name in _VECTOR_FILES},
    )


def _lexicon_as_json(lexicon: Lexicon) -> dict[str, Any]:
    return {
        "glossary": lexicon.glossary,
        "chinese_of": [[list(stems), list(words)] for stems, words in lexicon.chinese_of.items()],
        "english_of": lexicon.english_of,
        **{name: sorted(getattr(lexicon, name)) for name in _WORD_SETS},
    }


def _lexicon_from_json(stored: dict[str, Any]) -> Lexicon:
    return Lexicon(
        glossary={name: tuple(others) for name, others in stored["glossary"].items()},
        chinese_of={tuple(stems): tuple(words) for stems, words in stored["chinese_of"]},
        english_of={w: tuple(map(tuple, glosses)) for w, glosses in stored["english_of"].items()},
        **{name: frozenset(stored[name]) for name in _WORD_SETS},
    )


def _manifest(folder: Path, stored: Stored, embedder: str, dimension: int) -> Manifest:
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    manifest = Manifest(
        format=FORMAT,
        version="",
        embedder=embedder,
        dimension=dimension,
        counts={
            name: len(getattr(stored, name))
            for name in ("documents", "passages", "sentences", "notes")
        },
        documents={d.id: hashlib.sha256(d.text.encode()).hexdigest() for d in stored.documents},
        files={name: file_digest(folder / name) for name in names},
    )
    return replace(manifest, version=_version(manifest))


def _version(manifest: Manifest) -> str:
    """A digest of everything else that the manifest says, so that none of it can change unseen."""
    listing = json.dumps(asdict(replace(manifest, version="")), sort_keys=True)
    return hashlib.sha256(listing.encode()).hexdigest()[:16]


@contextmanager
def _only_writer(root: Path) -> Iterator[None]:
    """Held while an index is written under `root`; the system lets go of it when we are killed."""
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make_current(root: Path, fresh: Path, version: str) -> None:
    target = root / version
    if _whole(target):
        shutil.rmtree(fresh)
    else:
        shutil.rmtree(target, ignore_errors=True)
        fresh.replace(target)
    pointer = root / f".{CURRENT}-{os.getpid()}"
    pointer.write_text(f"{version}\n", "ascii")
    _sync(pointer)
    earlier = _pointed(root)
    pointer.replace(root / CURRENT)
    _sync(root)
    _clear(root, keep=(version, earlier))


def _clear(root: Path, keep: Collection[str]) -> None:
    """Remove other versions and what an interrupted build left; nothing that is not ours."""
    for path in root.iterdir():
        if path.name.startswith(f".{CURRENT}-"):
            path.unlink(missing_ok=True)
        elif path.name.startswith(".new-") or (
            _VERSION.fullmatch(path.name) and path.name not in keep
        ):
            shutil.rmtree(path, ignore_errors=True)


def _whole(folder: Path) -> bool:
    try:
        verify(folder)
    except IndexDamagedError:
        return False
    return True


def _pointed(root: Path) -> str:
    """The version before this one: kept, for a worker may be reading it now."""
    try:
        return current(root).name
    except (FileNotFoundError, IndexDamagedError):
        return ""


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(error: OSError, root: Path) -> OSError:
    """The same error with the place it happened at: a failed write does not say where it was written.

    numpy says of a full disk only how many bytes it could write.
    """
    return OSError(error.errno or errno.ENOSPC, error.strerror or str(error), str(root))


def _damaged(path: Path) -> IndexDamagedError:
    return IndexDamagedError(f"{path.name}: missing or not as it was written; run `zhujiao build`")
