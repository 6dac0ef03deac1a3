"""Kill, fill up and damage the building of an index, and count what did not survive.

    python -m benchmarks.build_faults kill 200      SIGKILL at random moments, with a reader beside it (F3)
    python -m benchmarks.build_faults fill 50       a disk that is full after n bytes; needs root (F4)
    python -m benchmarks.build_faults damage 1000   truncated, flipped, exchanged, missing files (F5)
    -> {"kills": 200, "old": 124, "new": 76, "unreadable": 0, "reads": 412, "failed reads": 0, "left over": 0}

The index is that of the tiny corpus of the tests, with hashed n-grams in place of the model: what is
proved is the writing, and the model writes nothing. Exit code 1 when anything was lost.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event, Thread

from corpus.document import Document
from corpus.read import read_corpus
from index import build, store
from index.dictionary import packaged_dictionary
from index.store import IndexDamagedError
from tests.hashing_embedder import HashingEmbedder

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "tiny_corpus"
EMBEDDER = HashingEmbedder()
Outcome = dict[str, int]


def kill(root: Path, times: int, seed: int = 3) -> Outcome:
    """Kill a process that builds two indexes in turn; after each kill one of the two must be there."""
    chance = random.Random(seed)
    corpora = _corpora()
    packaged_dictionary()  # read once, before the builders are forked
    build.build(corpora[0], EMBEDDER, root)
    started = time.monotonic()
    old, new = (build.build(corpus, EMBEDDER, root).manifest.version for corpus in corpora[::-1])
    both_s = time.monotonic() - started
    outcome: Outcome = {"kills": times, "old": 0, "new": 0, "unreadable": 0}
    reader = _Reader(root)
    fork = multiprocessing.get_context("fork")
    for _ in range(times):
        other_first = corpora[::-1] if _version(root) == new else corpora
        builder = fork.Process(target=_build_for_ever, args=(root, other_first))
        builder.start()
        time.sleep(chance.uniform(0.0, 1.5 * both_s))
        os.kill(builder.pid or 0, signal.SIGKILL)
        builder.join()
        found = _version(root)
        outcome["old" if found == old else "new" if found == new else "unreadable"] += 1
    outcome |= reader.stop()
    build.build(corpora[0], EMBEDDER, root)
    outcome["left over"] = sum(path.name.startswith(".") for path in root.iterdir())
    return outcome


def fill(root: Path, times: int) -> Outcome:
    """Build on a small disk that is full a little later each time; the index before must stay."""
    corpora = _corpora()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", root], check=True)
    try:
        index = root / "index"
        before = build.build(corpora[1], EMBEDDER, index).manifest.version
        space = os.statvfs(root)
        used = (space.f_blocks - space.f_bfree) * space.f_bsize
        outcome: Outcome = {"full disks": times, "refused": 0, "unnamed": 0, "lost": 0}
        for step in range(1, times + 1):
            size = used + step * used // (times + 5)
            subprocess.run(["mount", "-o", f"remount,size={size}", root], check=True)
            try:
                build.build(corpora[0], EMBEDDER, index)
            except OSError as error:
                outcome["refused"] += 1
                outcome["unnamed"] += not error.filename
            outcome["lost"] += _version(index) != before
        return outcome
    finally:
        subprocess.run(["umount", root], check=True)


def damage(root: Path, times: int, seed: int = 5) -> Outcome:
    """Damage one file at a time; reading must refuse, naming the cure."""
    chance = random.Random(seed)
    build.build(_corpora()[0], EMBEDDER, root)
    folder = store.current(root)
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    outcome: Outcome = {"damages": times, "noticed": 0, "unnoticed": 0, "without a cure": 0}
    for number in range(times):
        path = files[number % len(files)]
        whole = path.read_bytes()
        undo = DAMAGES[chance.randrange(len(DAMAGES))](path, whole, chance)
        try:
            store.read(root)
            outcome["unnoticed"] += 1
        except (IndexDamagedError, FileNotFoundError) as error:
            outcome["noticed"] += 1
            outcome["without a cure"] += "zhujiao build" not in str(error)
        undo()
        path.write_bytes(whole)
    return outcome


Undo = Callable[[], object]


def _nothing() -> None:
    """There is nothing beside the file itself to put back."""


def _truncated(path: Path, whole: bytes, chance: random.Random) -> Undo:
    path.write_bytes(whole[: chance.randrange(max(len(whole), 1))] if whole else b"\0")
    return _nothing


def _lengthened(path: Path, whole: bytes, chance: random.Random) -> Undo:
    path.write_bytes(whole + (b"\0" if path.name != store.MANIFEST else b"{"))
    return _nothing


def _flipped(path: Path, whole: bytes, chance: random.Random) -> Undo:
    """A bit of the first 64 bytes or of any; in the manifest, a digit of a digest."""
    changed = bytearray(whole or b"\0")
    end = chance.choice((min(64, len(changed)), len(changed)))
    place = chance.randrange(end)
    if path.name == store.MANIFEST:
        place = changed.index(b'"files"') + 40
    changed[place] ^= 1
    path.write_bytes(changed)
    return _nothing


def _missing(path: Path, whole: bytes, chance: random.Random) -> Undo:
    path.unlink()
    return _nothing


def _exchanged(path: Path, whole: bytes, chance: random.Random) -> Undo:
    others = [p for p in path.parent.iterdir() if p.is_file() and p.read_bytes() != whole]
    other = chance.choice(others)
    theirs = other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(whole)
    return lambda: other.write_bytes(theirs)


def _said_otherwise(path: Path, whole: bytes, chance: random.Random) -> Undo:
    """Another model, another width, an older format: the manifest of another index."""
    manifest = path.parent / store.MANIFEST
    if not manifest.exists():
        return _missing(path, whole, chance)
    said = manifest.read_bytes()
    told = json.loads(said)
    key, value = chance.choice((("embedder", "x"), ("dimension", 3), ("format", 1)))
    manifest.write_text(json.dumps(told | {key: value}), "utf-8")
    return lambda: manifest.write_bytes(said)


DAMAGES = (_truncated, _lengthened, _flipped, _missing, _exchanged, _said_otherwise)


class _Reader:
    """Reads the index over and over, in a thread, until it is told to stop."""

    def __init__(self, root: Path) -> None:
        self._root, self._stop = root, Event()
        self._reads = self._failed = 0
        self._thread = Thread(target=self._read)
        self._thread.start()

    def stop(self) -> Outcome:
        self._stop.set()
        self._thread.join()
        return {"reads": self._reads, "failed reads": self._failed}

    def _read(self) -> None:
        while not self._stop.wait(0.01):
            self._reads += 1
            self._failed += not _version(self._root)


def _build_for_ever(root: Path, corpora: Sequence[Sequence[Document]]) -> None:
    while True:
        for corpus in corpora:
            build.build(corpus, EMBEDDER, root)


def _corpora() -> tuple[Sequence[Document], Sequence[Document]]:
    documents = read_corpus(CORPUS)
    return documents, documents[:2]


def _version(root: Path) -> str:
    """The version in use, every file of it read; empty when it cannot be."""
    try:
        return store.read(root)[0].version
    except (FileNotFoundError, IndexDamagedError):
        return ""


LOST = ("unreadable", "failed reads", "left over", "unnamed", "lost", "unnoticed", "without a cure")
COMMANDS: Mapping[str, Callable[[Path, int], Outcome]] = {
    "kill": kill,
    "fill": fill,
    "damage": damage,
}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        done = COMMANDS[sys.argv[1]](Path(place), int(sys.argv[2]))
    print(json.dumps(done))
    sys.exit(any(done.get(name) for name in LOST))
