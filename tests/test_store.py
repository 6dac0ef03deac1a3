from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import store
from index.query import Lexicon
from index.reuse import EmbeddingCache
from index.store import IndexDamagedError, Stored
from tests.hashing_embedder import HashingEmbedder

EMBEDDER = HashingEmbedder()


def nothing_more(folder: Path) -> None:
    """No files beside the index's own."""


@pytest.fixture(scope="module")
def stored(tiny_root: Path) -> Stored:
    """The tiny index with a tiny dictionary, quick to write."""
    whole = store.read(tiny_root)[1]
    lexicon = Lexicon(
        whole.lexicon.glossary, {("lighthous",): ("灯塔",)}, {"灯塔": (("lighthous",),)}
    )
    return replace(whole, lexicon=lexicon)


@pytest.fixture(scope="module")
def whole_root(stored: Stored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("whole") / "index"
    cache = EmbeddingCache(EMBEDDER)
    cache.embed(["燈塔", "蜂箱"], "passage", with_tokens=True)
    store.write(root, stored, EMBEDDER.name, EMBEDDER.dimension, cache.save)
    return root


@pytest.fixture
def root(whole_root: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(whole_root, tmp_path / "index"))


def write(root: Path, stored: Stored, extra: Callable[[Path], None] = nothing_more) -> str:
    return store.write(root, stored, EMBEDDER.name, EMBEDDER.dimension, extra).version


def smaller(stored: Stored) -> Stored:
    """Another index: without equivalents."""
    return replace(stored, lexicon=Lexicon())


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def refused(root: Path) -> str:
    """The message with which the index is refused."""
    with pytest.raises(IndexDamagedError) as raised:
        store.read(root)
    return str(raised.value)


def assert_is_one_line_with_the_cure(message: str) -> None:
    assert "\n" not in message
    assert "zhujiao build" in message


def test_what_is_written_is_read_again(tiny_root: Path, tmp_path: Path) -> None:
    stored = store.read(tiny_root)[1]
    version = write(tmp_path / "index", stored)
    manifest, again = store.read(tmp_path / "index")
    assert manifest.version == version
    for field in ("documents", "passages", "notes", "sentences", "lexicon"):
        assert getattr(again, field) == getattr(stored, field)
    for field in ("vectors", "spans", "starts"):
        np.testing.assert_array_equal(getattr(again.tokens, field), getattr(stored.tokens, field))


def test_manifest_says_what_the_index_holds(whole_root: Path, stored: Stored) -> None:
    manifest = store.read_manifest(store.current(whole_root))
    assert (manifest.embedder, manifest.dimension) == (EMBEDDER.name, EMBEDDER.dimension)
    assert manifest.counts == {"documents": 3, "passages": 10, "sentences": 27, "notes": 16}
    assert list(manifest.documents) == [d.id for d in stored.documents]
    assert sorted(manifest.files) == [
        n for n in names(store.current(whole_root)) if n != "manifest.json"
    ]
    assert "\n" in (store.current(whole_root) / "manifest.json").read_text("utf-8")


def test_equal_content_is_one_version(stored: Stored, tmp_path: Path) -> None:
    first = write(tmp_path / "a", stored)
    assert write(tmp_path / "a", stored) == write(tmp_path / "b", stored) == first
    assert write(tmp_path / "b", smaller(stored)) != first


def test_pointer_moves_to_the_new_version_and_the_one_before_is_kept(
    stored: Stored, root: Path
) -> None:
    first = store.current(root).name
    second = write(root, smaller(stored))
    assert store.current(root).name == second != first
    assert sorted(p.name for p in root.iterdir()) == sorted(["CURRENT", first, second])
    third = write(root, replace(smaller(stored), notes=()))
    assert sorted(p.name for p in root.iterdir()) == sorted(["CURRENT", second, third])


def test_version_that_was_damaged_is_written_anew(stored: Stored, tmp_path: Path) -> None:
    version = write(tmp_path, stored)
    (tmp_path / version / "notes.json").write_bytes(b"[]")
    assert_is_one_line_with_the_cure(refused(tmp_path))
    assert write(tmp_path, stored) == version
    assert store.read(tmp_path)[0].version == version


def test_only_what_a_build_left_is_cleared_away(stored: Stored, root: Path) -> None:
    for name in (".new-99999999", "0123456789abcdef", "photographs"):
        (root / name).mkdir()
        (root / name / "kept.txt").write_text("mine")
    (root / ".CURRENT-99999999").write_text("half")
    (root / "notes.txt").write_text("mine")
    earlier = store.current(root).name
    version = write(root, smaller(stored))
    left = {"CURRENT", version, earlier, "photographs", "notes.txt"}
    assert {p.name for p in root.iterdir()} == left
    assert (root / "photographs" / "kept.txt").read_text() == "mine"


def test_no_index_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="zhujiao build"):
        store.read(tmp_path / "nowhere")


def truncated(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def emptied(path: Path, chance: random.Random) -> None:
    os.truncate(path, 0)


def lengthened(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flipped_in_the_head(path: Path, chance: random.Random) -> None:
    flip(path, chance, min(16, path.stat().st_size))


def flipped_anywhere(path: Path, chance: random.Random) -> None:
    flip(path, chance, path.stat().st_size)


def flip(path: Path, chance: random.Random, end: int) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(end)] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def missing(path: Path, chance: random.Random) -> None:
    path.unlink()


def doubled(path: Path, chance: random.Random) -> None:
    shutil.copy(path, path.with_name(f"extra-{path.name}"))


def exchanged(path: Path, chance: random.Random) -> None:
    others = [p for p in path.parent.parent.rglob(f"*{path.suffix}") if p.is_file()]
    other = chance.choice([p for p in others if p.read_bytes() != path.read_bytes()])
    aside = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(aside)


MUTATIONS = (
    truncated,
    emptied,
    lengthened,
    flipped_in_the_head,
    flipped_anywhere,
    missing,
    doubled,
    exchanged,
)


def mutations(
    root: Path, chance: random.Random
) -> Iterator[tuple[str, Callable[[Path, random.Random], None]]]:
    for name in names(store.current(root)):
        suited = [
            m
            for m in MUTATIONS
            if m is not exchanged or not name.endswith((".txt", "manifest.json"))
        ]
        if name == "manifest.json":
            suited = [truncated, emptied, missing, doubled]
        for mutate in chance.sample(suited, 4):
            yield name, mutate


@pytest.mark.slow
def test_every_damage_to_every_file_is_noticed(whole_root: Path, tmp_path: Path) -> None:
    chance = random.Random(1887)
    tried = 0
    for name, mutate in mutations(whole_root, chance):
        root = Path(shutil.copytree(whole_root, tmp_path / "index"))
        mutate(store.current(root) / name, chance)
        message = refused(root)
        assert_is_one_line_with_the_cure(message)
        assert Path(name).name in message or mutate is exchanged, (name, mutate.__name__)
        shutil.rmtree(root)
        tried += 1
    assert tried >= 100


def test_manifest_with_a_flipped_bit_is_refused_or_says_the_same(
    whole_root: Path, root: Path
) -> None:
    path = store.current(root) / "manifest.json"
    whole, truth = path.read_bytes(), store.read_manifest(store.current(whole_root))
    chance = random.Random(1931)
    noticed = 0
    for _ in range(150):
        flipped_anywhere(path, chance)
        try:
            assert store.read(root)[0] == truth
        except IndexDamagedError as error:
            assert_is_one_line_with_the_cure(str(error))
            noticed += 1
        path.write_bytes(whole)
    assert noticed > 100


@pytest.mark.parametrize(
    "change",
    [("dimension", 65), ("embedder", "another"), ("counts", {"passages": 11}), ("documents", {})],
)
def test_manifest_that_says_something_else_is_refused(change: tuple[str, Any], root: Path) -> None:
    path = store.current(root) / "manifest.json"
    manifest = json.loads(path.read_bytes())
    value = (
        manifest[change[0]] | change[1] if isinstance(change[1], dict) and change[1] else change[1]
    )
    path.write_text(json.dumps(manifest | {change[0]: value}))
    assert_is_one_line_with_the_cure(refused(root))


@pytest.mark.parametrize(
    "pointer",
    [b"", b"../index", b"0123456789abcdef", b"\xff\xfe", b"{}", b"0123456789abcdef/..", b"0" * 99],
)
def test_pointer_to_no_version_is_refused(pointer: bytes, root: Path) -> None:
    (root / "CURRENT").write_bytes(pointer)
    assert_is_one_line_with_the_cure(refused(root))


def test_version_under_another_name_is_refused(stored: Stored, root: Path) -> None:
    first = store.current(root)
    second = write(root, smaller(stored))
    shutil.rmtree(root / second)
    first.rename(root / second)
    assert_is_one_line_with_the_cure(refused(root))


def test_index_of_another_format_is_named_as_such(root: Path) -> None:
    path = store.current(root) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"format": 999}))
    message = refused(root)
    assert "format 999" in message
    assert_is_one_line_with_the_cure(message)


class Planted:
    """Unpickling it makes a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def test_pickle_with_right_digests_is_refused_unread(stored: Stored, tmp_path: Path) -> None:
    planted = np.array([Planted(tmp_path / "executed")] * 2, object)
    for name in ("mean_note.npy", "tokens_vectors.npy", "passage_terms/data.csc.index.npy"):

        def plant(folder: Path, name: str = name) -> None:
            np.save(folder / name, planted, allow_pickle=True)

        write(tmp_path / "index", stored, plant)
        assert_is_one_line_with_the_cure(refused(tmp_path / "index"))
        assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize(
    "name",
    ["documents.json", "sentences.json", "lexicon.json", "mean_passage.npy", "note_vectors.faiss"],
)
@pytest.mark.parametrize("content", [b"", b"{}", b"garbage"])
def test_file_that_was_wrong_from_the_start_is_refused(
    name: str, content: bytes, stored: Stored, tmp_path: Path
) -> None:
    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(content)

    write(tmp_path, stored, spoil)
    assert_is_one_line_with_the_cure(refused(tmp_path))


class Failing:
    """Stands before a function and lets it fail with a full disk at its n-th call; 0 is never."""

    def __init__(self, function: Callable[..., Any], at: int) -> None:
        self.function, self.at, self.calls = function, at, 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.function(*args, **kwargs)


@pytest.mark.parametrize(
    ("owner", "function"),
    [
        (os, "fsync"),
        (os, "replace"),
        (Path, "write_bytes"),
        (Path, "write_text"),
        (Path, "mkdir"),
        (np, "save"),
    ],
    ids=("fsync", "replace", "write_bytes", "write_text", "mkdir", "save"),
)
def test_disk_that_fails_leaves_the_old_index_in_use(
    owner: Any, function: str, stored: Stored, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = store.current(root).name, getattr(owner, function)

    def written(at: int) -> int:
        """Write another index over the old one; how often the function was called."""
        (root / "CURRENT").write_text(f"{before}\n")
        for path in root.glob("[0-9a-f]*"):
            if path.name != before:
                shutil.rmtree(path)
        failing = Failing(real, at)
        with monkeypatch.context() as patched:
            patched.setattr(owner, function, lambda *a, **k: failing(*a, **k))
            write(root, smaller(stored))
        return failing.calls

    calls = written(0)
    for at in sorted({1, 2, calls // 2, calls - 2, calls - 1, calls} & set(range(1, calls + 1))):
        with pytest.raises(OSError, match="No space left"):
            written(at)
        assert [p.name for p in root.iterdir() if p.name.startswith(".new-")] == []
        moved = (function, at) == ("fsync", calls)
        assert (store.read(root)[0].version != before) == moved, (
            "nothing may fail once the pointer has moved but its flush"
        )
    written(0)
    assert store.read(root)[0].version != before
