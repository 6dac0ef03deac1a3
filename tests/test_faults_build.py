"""F3, F4, F5, F21: a build that is killed, a disk that fails or is full, a damaged index, two builds of one corpus.

The same with more cases: `python -m benchmarks.build_faults kill 200` and so on.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks import build_faults
from corpus.document import Document
from corpus.read import read_corpus
from index import store
from index.build import build
from index.bundled import ensure_model
from index.embed import open_embedder
from index.query import Lexicon
from index.search import PassageIndex
from index.store import Stored
from service.cli import main
from service.library import Library
from service.render import answer_json
from tests.conftest import MODEL, TINY_CORPUS
from tests.hashing_embedder import HashingEmbedder

CALLS = 50
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE)
may_mount = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mount"), reason="only root mounts a small disk"
)


class FailingDisk:
    """Counts what is opened, flushed, renamed and made under a folder; its n-th such call fails."""

    def __init__(self, root: Path, at: int, code: int) -> None:
        self.root, self.at, self.code, self.calls = str(root), at, code, 0

    def __enter__(self) -> FailingDisk:
        self._patches = ExitStack()
        patch = self._patches.enter_context(pytest.MonkeyPatch.context())
        for owner, name in ((io, "open"), (builtins, "open"), (os, "open"), (os, "replace")):
            patch.setattr(owner, name, self._guarded(getattr(owner, name)))
        for name in ("rename", "mkdir", "fsync"):
            patch.setattr(os, name, self._guarded(getattr(os, name)))
        return self

    def __exit__(self, *raised: object) -> None:
        self._patches.close()

    def _guarded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(target: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(target, int) or str(target).startswith(self.root):
                self.calls += 1
                if self.calls == self.at:
                    named = () if isinstance(target, int) else (str(target),)
                    raise OSError(self.code, os.strerror(self.code), *named)
            return function(target, *args, **kwargs)

        return call


@pytest.fixture(scope="module")
def stored(tiny_root: Path) -> Stored:
    """The tiny index without its dictionary, quick to write."""
    return replace(store.read(tiny_root)[1], lexicon=Lexicon())


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder that flushes at once where there is one: fifty writes of twenty-five files each."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def written(root: Path, stored: Stored) -> str:
    return store.write(root, stored, "hashing@1", 64, lambda folder: None).version


@pytest.mark.slow
def test_each_failing_call_of_a_build_names_the_place_and_leaves_a_whole_index(
    stored: Stored, in_memory: Path
) -> None:
    """F4: the first fifty calls, with four kinds of error in turn."""
    root = in_memory / "index"
    old = written(root, stored)
    new = written(in_memory / "other", replace(stored, notes=()))
    refused = 0
    for at in range(1, CALLS + 1):
        code = ERRORS[at % len(ERRORS)]
        failed: OSError | None = None
        try:
            with FailingDisk(root, at, code):
                written(root, replace(stored, notes=()))
        except OSError as error:
            failed = error
        assert store.read(root)[0].version == (old if failed else new)
        assert not [p for p in root.iterdir() if p.name.startswith(".new-")]
        if failed is None:  # it was the look for what an earlier build had left
            written(root, stored)
            continue
        refused += 1
        assert failed.errno == code
        assert str(failed.filename).startswith(str(root))
    assert refused >= CALLS - 5


@pytest.mark.slow
@may_mount
def test_full_disk_leaves_the_index_before(tmp_path: Path) -> None:
    """F4."""
    assert build_faults.fill(tmp_path, 4) == {
        "full disks": 4,
        "refused": 4,
        "unnamed": 0,
        "lost": 0,
    }


@pytest.mark.model
@pytest.mark.slow
@may_mount
def test_console_says_in_one_line_which_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F4."""
    ensure_model(MODEL)
    monkeypatch.setenv("ZHUJIAO_INDEX_DIR", str(tmp_path / "disk" / "index"))
    monkeypatch.setenv("ZHUJIAO_MODEL_DIR", str(MODEL))
    (tmp_path / "disk").mkdir()
    assert os.system(f"mount -t tmpfs -o size=1m tmpfs {tmp_path / 'disk'}") == 0
    try:
        result = CliRunner().invoke(main, ["build", str(TINY_CORPUS)])
    finally:
        assert os.system(f"umount {tmp_path / 'disk'}") == 0
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert str(tmp_path / "disk" / "index") in result.stderr
    assert "make room on the disk" in result.stderr


@pytest.mark.slow
def test_killed_build_leaves_the_old_or_the_new_index(in_memory: Path) -> None:
    """F3."""
    outcome = build_faults.kill(in_memory / "index", 4)
    assert outcome["old"] + outcome["new"] == outcome["kills"] == 4
    assert outcome["reads"] > 0
    assert [outcome[name] for name in ("unreadable", "failed reads", "left over")] == [0, 0, 0]


def test_damage_is_noticed_and_the_cure_named(in_memory: Path) -> None:
    """F5."""
    assert build_faults.damage(in_memory / "index", 60) == {
        "damages": 60,
        "noticed": 60,
        "unnoticed": 0,
        "without a cure": 0,
    }


def test_order_of_files_and_place_change_nothing(
    tiny_corpus: Sequence[Document], tiny_root: Path, tmp_path: Path
) -> None:
    """F21: the manifest lists the digest of every file."""
    shuffled = list(tiny_corpus)
    random.Random(21).shuffle(shuffled)
    assert shuffled != list(tiny_corpus)
    again = build(shuffled, HashingEmbedder(), tmp_path / "elsewhere").manifest
    assert again == store.read(tiny_root)[0]


@pytest.mark.model
@pytest.mark.slow
def test_number_of_threads_changes_nothing(tmp_path: Path) -> None:
    """F21: one thread and two give the same bytes and the same answers."""
    ensure_model(MODEL)
    documents = read_corpus(TINY_CORPUS)
    answers = []
    manifests = []
    for threads in (1, 2):
        root = tmp_path / str(threads)
        embedder = open_embedder("bundled", MODEL, threads)
        manifests.append(build(documents, embedder, root).manifest)
        library = Library(PassageIndex.open(root, embedder))
        for question in ("誰出了霧鐘的錢？", "When does the oven start?"):
            answer = answer_json(library.ask(question), library.document)
            answers.append({**answer, "took_ms": 0})
    assert manifests[0] == manifests[1]
    assert answers[:2] == answers[2:]
