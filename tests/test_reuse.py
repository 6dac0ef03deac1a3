from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embed import Encoded, Progress, TextKind
from index.maxsim import restore
from index.reuse import EmbeddingCache
from tests.hashing_embedder import HashingEmbedder

TEXTS = ["燈塔的光", "蜂箱三層", "sixty loaves", "燈塔的光"]


class CountingEmbedder(HashingEmbedder):
    """Remembers which texts reached the model."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def encode(
        self, texts: Sequence[str], kind: TextKind, progress: Progress | None = None
    ) -> Encoded:
        self.seen.extend(texts)
        return super().encode(texts, kind, progress)


def filled(folder: Path, texts: Sequence[str] = TEXTS) -> EmbeddingCache:
    folder.mkdir(parents=True)
    cache = EmbeddingCache(HashingEmbedder())
    cache.embed(texts, "passage", with_tokens=True)
    cache.save(folder)
    return cache


def test_each_text_reaches_the_model_once_and_folded() -> None:
    embedder = CountingEmbedder()
    rows = EmbeddingCache(embedder).embed(TEXTS, "passage")
    assert embedder.seen == ["灯塔的光", "蜂箱三层", "sixty loaves"]
    np.testing.assert_array_equal(rows[0].vector, rows[3].vector)


def test_both_scripts_of_a_text_share_a_row() -> None:
    embedder = CountingEmbedder()
    EmbeddingCache(embedder).embed(["燈塔", "灯塔"], "passage")
    assert embedder.seen == ["灯塔"]


def test_saved_rows_are_found_again(tmp_path: Path) -> None:
    cache = filled(tmp_path / "old")
    embedder = CountingEmbedder()
    again = EmbeddingCache(embedder, tmp_path / "old")
    rows = again.embed([*TEXTS, "new text"], "passage", with_tokens=True)
    assert embedder.seen == ["new text"]
    assert (again.embedded, again.reused) == (1, 3)
    for ours, theirs in zip(rows, cache.embed(TEXTS, "passage", with_tokens=True), strict=False):
        np.testing.assert_array_equal(ours.vector, theirs.vector)
        np.testing.assert_array_equal(ours.tokens, theirs.tokens)
        np.testing.assert_array_equal(ours.spans, theirs.spans)


def test_tokens_are_the_models_and_their_spans_count_the_texts_own_characters() -> None:
    (row,) = EmbeddingCache(HashingEmbedder()).embed(["燈塔 blinks"], "passage", with_tokens=True)
    assert ["燈塔 blinks"[start:end] for start, end in row.spans] == ["燈", "塔", "blinks"]
    (encoded,) = HashingEmbedder().encode(["灯塔 blinks"], "passage").tokens
    np.testing.assert_array_less(0.99, np.sum(restore(row.tokens) * encoded.vectors, axis=1))


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_row_is_reused_for_the_same_kind_only(kind: TextKind, tmp_path: Path) -> None:
    filled(tmp_path / "old")
    embedder = CountingEmbedder()
    EmbeddingCache(embedder, tmp_path / "old").embed(TEXTS, kind, with_tokens=True)
    assert bool(embedder.seen) == (kind == "query")


def test_rows_of_another_model_are_not_reused(tmp_path: Path) -> None:
    filled(tmp_path / "old")
    other = CountingEmbedder()
    other.name = "hashing@2"
    EmbeddingCache(other, tmp_path / "old").embed(TEXTS, "passage", with_tokens=True)
    assert len(other.seen) == 3


def test_rows_of_texts_that_are_gone_are_not_kept(tmp_path: Path) -> None:
    filled(tmp_path / "old")
    (tmp_path / "new").mkdir()
    cache = EmbeddingCache(HashingEmbedder(), tmp_path / "old")
    cache.embed(TEXTS[:1], "passage", with_tokens=True)
    cache.save(tmp_path / "new")
    assert len((tmp_path / "new" / "embeddings" / "keys.txt").read_text().split()) == 1


def test_files_are_the_same_whatever_was_reused(tmp_path: Path) -> None:
    filled(tmp_path / "fresh")
    filled(tmp_path / "part", TEXTS[2:])
    (tmp_path / "grown").mkdir()
    cache = EmbeddingCache(HashingEmbedder(), tmp_path / "part")
    cache.embed(TEXTS, "passage", with_tokens=True)
    cache.save(tmp_path / "grown")
    for path in (tmp_path / "fresh" / "embeddings").iterdir():
        assert path.read_bytes() == (tmp_path / "grown" / "embeddings" / path.name).read_bytes(), (
            path.name
        )


def test_cache_of_nothing_is_saved_and_read(tmp_path: Path) -> None:
    filled(tmp_path / "old", [])
    assert EmbeddingCache(HashingEmbedder(), tmp_path / "old").embed([], "passage") == []


@pytest.mark.parametrize(
    "name", ["keys.txt", "vectors.npy", "token_starts.npy", "tokens.npy", "token_spans.npy"]
)
@pytest.mark.parametrize("damage", ["missing", "empty", "short"])
def test_cache_that_is_not_whole_is_not_used(name: str, damage: str, tmp_path: Path) -> None:
    filled(tmp_path / "old")
    path = tmp_path / "old" / "embeddings" / name
    if damage == "missing":
        path.unlink()
    else:
        os.truncate(path, 0 if damage == "empty" else path.stat().st_size - 65)
    embedder = CountingEmbedder()
    EmbeddingCache(embedder, tmp_path / "old").embed(TEXTS, "passage", with_tokens=True)
    assert len(embedder.seen) == 3


class Planted:
    """Unpickling it creates a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def test_pickled_array_is_never_unpickled(tmp_path: Path) -> None:
    filled(tmp_path / "old")
    planted = np.array([Planted(tmp_path / "executed")] * 3, object)
    np.save(tmp_path / "old" / "embeddings" / "vectors.npy", planted, allow_pickle=True)
    embedder = CountingEmbedder()
    EmbeddingCache(embedder, tmp_path / "old").embed(TEXTS, "passage", with_tokens=True)
    assert len(embedder.seen) == 3
    assert not (tmp_path / "executed").exists()


def test_progress_counts_every_text() -> None:
    counts: list[int] = []
    EmbeddingCache(HashingEmbedder()).embed(TEXTS * 9, "passage", on_done=counts.append)
    assert sum(counts) == len(TEXTS * 9)
