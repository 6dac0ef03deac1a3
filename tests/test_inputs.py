from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from index import inputs, store
from index.build import build
from tests.hashing_embedder import HashingEmbedder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_equal_inputs_have_one_digest_in_any_order(tiny_corpus: Sequence[Document]) -> None:
    groups = [("Quad", "四方"), ("AUKUS", "澳英美")]
    one = inputs.digest(tiny_corpus, groups, "model")
    assert one == inputs.digest(tiny_corpus[::-1], groups[::-1], "model")


def test_another_note_name_or_model_is_another_digest(tiny_corpus: Sequence[Document]) -> None:
    first, *rest = tiny_corpus
    note = replace(first.footnotes[0], text=first.footnotes[0].text + ".")
    changed = replace(first, footnotes=(note, *first.footnotes[1:]))
    found = {
        inputs.digest(tiny_corpus, [], "model"),
        inputs.digest([changed, *rest], [], "model"),
        inputs.digest(rest, [], "model"),
        inputs.digest(tiny_corpus, [("Quad", "四方")], "model"),
        inputs.digest(tiny_corpus, [], "other"),
    }
    assert len(found) == 5


def test_build_from_the_same_inputs_writes_nothing(
    tiny_corpus: Sequence[Document], root: Path
) -> None:
    first = build(tiny_corpus, HashingEmbedder(), root)
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*")}
    steps: list[tuple[int, int]] = []
    again = build(
        tiny_corpus, HashingEmbedder(), root, on_progress=lambda *step: steps.append(step)
    )
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*")} == before
    assert again.manifest == first.manifest
    assert (again.embedded, again.reused) == (0, first.embedded)
    assert steps == [(first.embedded, first.embedded)]


def test_index_of_other_inputs_is_written_again(
    tiny_corpus: Sequence[Document], root: Path
) -> None:
    first = build(tiny_corpus, HashingEmbedder(), root)
    second = build(tiny_corpus, HashingEmbedder(), root, [("灯塔", "lighthouse")])
    assert second.manifest.version != first.manifest.version
    assert inputs.read(store.current(root)) != inputs.read(root / first.manifest.version)


def test_folder_without_the_digest_has_none(tmp_path: Path) -> None:
    assert inputs.read(tmp_path) is None
    inputs.write(tmp_path, "abc")
    assert inputs.read(tmp_path) == "abc"
