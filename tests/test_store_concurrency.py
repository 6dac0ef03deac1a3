"""Several builds and readers over one index folder at the same time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index import store
from index.query import Lexicon
from index.store import Stored
from tests.hashing_embedder import HashingEmbedder

EMBEDDER = HashingEmbedder()


@pytest.fixture(scope="module")
def versions(tiny_root: Path) -> Sequence[Stored]:
    """Three indexes that differ."""
    whole = store.read(tiny_root)[1]
    small = replace(whole, lexicon=Lexicon())
    return small, replace(small, notes=()), replace(small, sentences=())


def write(root: Path, stored: Stored) -> str:
    return store.write(root, stored, EMBEDDER.name, EMBEDDER.dimension, lambda _: None).version


def test_version_replaced_while_it_is_read_gives_way_to_the_current_one(
    versions: Sequence[Stored], tmp_path: Path
) -> None:
    version, slow = write(tmp_path, versions[0]), "f" * 16
    (tmp_path / slow).mkdir()
    os.mkfifo(tmp_path / slow / "manifest.json")  # whoever reads it waits until it is written
    pointer = tmp_path / "CURRENT"
    pointer.write_text(slow)
    with ThreadPoolExecutor(1) as readers:
        reading = readers.submit(store.read, tmp_path)
        with (tmp_path / slow / "manifest.json").open("w") as manifest:
            pointer.write_text(version)
            manifest.write("{}")
        assert reading.result(timeout=60)[0].version == version


def test_builds_at_once_do_not_clear_each_others_work_away(
    versions: Sequence[Stored], tmp_path: Path
) -> None:
    with ThreadPoolExecutor(3) as builders:
        written = list(builders.map(lambda stored: write(tmp_path, stored), versions))
    assert store.read(tmp_path)[0].version in written
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {"CURRENT", *written}
