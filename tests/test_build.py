from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document
from corpus.read import read_text
from index import store
from index.build import build, index_documents
from index.embed import Encoded, Progress, TextKind
from index.search import PassageIndex
from index.store import IndexDamagedError, Stored
from tests.conftest import ROOT, TINY_CORPUS
from tests.hashing_embedder import HashingEmbedder


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


def changed(document: Document, old: str, new: str) -> Document:
    """The publication after its author changed a few words of the body."""
    source = (TINY_CORPUS / f"{document.id}.txt").read_text("utf-8")
    assert source.count(old) == 1
    return read_text(source.replace(old, new), document.id, {}, False)


def digests(root: Path) -> dict[str, str]:
    return store.read_manifest(store.current(root)).files


def test_two_builds_of_one_corpus_are_the_same_files(
    tiny_corpus: Sequence[Document], tiny_root: Path, tmp_path: Path
) -> None:
    report = build(list(reversed(tiny_corpus)), HashingEmbedder(), tmp_path / "index")
    assert digests(tmp_path / "index") == digests(tiny_root)
    assert report.manifest == store.read_manifest(store.current(tiny_root))


BUILD = """
import json, sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from corpus.read import read_corpus
from index.build import build
from tests.hashing_embedder import HashingEmbedder
report = build(read_corpus(Path(sys.argv[1])), HashingEmbedder(), Path(sys.argv[2]))
print(json.dumps([report.manifest.version, report.manifest.files]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_another_process_builds_the_same_files(seed: str, tiny_root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(TINY_CORPUS), str(tmp_path / "index")],
        env=os.environ | {"PYTHONHASHSEED": seed},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [store.current(tiny_root).name, digests(tiny_root)]


@pytest.fixture
def root(tiny_root: Path, tmp_path: Path) -> Path:
    """A copy of the tiny index to build upon."""
    return Path(shutil.copytree(tiny_root, tmp_path / "index"))


def test_only_changed_text_is_embedded_again_and_the_index_is_that_of_a_first_build(
    tiny_corpus: Sequence[Document], root: Path, tmp_path: Path
) -> None:
    before = store.current(root).name
    embedder = CountingEmbedder()
    *others, lighthouse = tiny_corpus
    after = [*others, changed(lighthouse, "高十四公尺", "高十五公尺")]
    report = build(after, embedder, root)
    assert sorted(embedder.seen, key=len) == [
        "塔身以花岗石砌成，高十五公尺。",
        next(text for text in embedder.seen if text.startswith("白沙岬灯塔")),
    ]
    assert report.embedded == 2
    assert report.manifest == build(after, HashingEmbedder(), tmp_path / "fresh").manifest
    assert report.manifest.version == store.current(root).name != before


def test_unchanged_corpus_embeds_nothing_and_keeps_its_version(
    tiny_corpus: Sequence[Document], root: Path
) -> None:
    before = store.current(root).name
    embedder = CountingEmbedder()
    steps: list[tuple[int, int]] = []
    report = build(
        tiny_corpus, embedder, root, on_progress=lambda done, total: steps.append((done, total))
    )
    assert embedder.seen == []
    assert (report.manifest.version, report.embedded) == (before, 0)
    assert steps[-1][0] == steps[-1][1] >= report.reused > 0


def test_damaged_embeddings_are_not_reused(tiny_corpus: Sequence[Document], root: Path) -> None:
    before = store.current(root)
    path = before / "embeddings" / "vectors.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    again = build(tiny_corpus, HashingEmbedder(), root)
    assert again.reused == 0
    assert store.read(root)[0].version == before.name


def test_another_model_embeds_everything_anew(tiny_corpus: Sequence[Document], root: Path) -> None:
    other = CountingEmbedder()
    other.name = "hashing@2"
    assert build(tiny_corpus[:1], other, root).reused == 0
    with pytest.raises(
        IndexDamagedError, match=r"^the index was built with hashing@2, .*run `zhujiao build`$"
    ):
        PassageIndex.open(root, HashingEmbedder())


@pytest.fixture(scope="module")
def in_memory(tiny_corpus: Sequence[Document]) -> Stored:
    return index_documents(tiny_corpus, HashingEmbedder(), [("老太太", "the old lady")])


def test_index_in_memory_is_the_one_on_disk(in_memory: Stored, tiny_root: Path) -> None:
    on_disk = store.read(tiny_root)[1]
    assert in_memory.passages == on_disk.passages
    assert in_memory.sentences == on_disk.sentences
    np.testing.assert_array_equal(in_memory.tokens.vectors, on_disk.tokens.vectors)


def test_names_of_the_texts_and_of_the_list_become_equivalents(in_memory: Stored) -> None:
    lexicon = in_memory.lexicon
    assert lexicon.glossary["守灯人"] == ("lighthouse keeper",)
    assert lexicon.glossary["the old lady"] == ("老太太",)
    assert "蜂蜜" in lexicon.chinese_of["honey",]
    assert ("strike",) in lexicon.english_of["罢工"]


def test_every_sentence_and_passage_is_indexed(
    in_memory: Stored, tiny_corpus: Sequence[Document]
) -> None:
    stored, texts = in_memory, {d.id: d.text for d in tiny_corpus}
    texts = {d.id: d.text for d in tiny_corpus}
    spoken = [s.span.of(texts[stored.passages[s.passage].document_id]) for s in stored.sentences]
    assert spoken == [s.span.of(d.text) for d in tiny_corpus for s in d.sentences]
    for number, passage in enumerate(stored.passages):
        rows = slice(stored.tokens.starts[number], stored.tokens.starts[number + 1])
        spans = stored.tokens.spans[rows]
        assert len(spans) > 0
        assert spans.min() >= 0
        assert spans.max() <= len(passage.text)


@pytest.mark.parametrize("text", ["", "壹、題目\n\n光。¹\n\n註釋\n1. 一註。\n"])
def test_small_corpus_can_be_built_opened_and_asked(text: str, tmp_path: Path) -> None:
    build([read_text(text, "small")], HashingEmbedder(), tmp_path / "index")
    index = PassageIndex.open(tmp_path / "index", HashingEmbedder())
    assert len(index.search("光", k=5)) == len(index.rank(index.read("光")).passages) + len(
        index.documents[0].footnotes
    )


def test_corpus_of_no_document_finds_nothing(tmp_path: Path) -> None:
    build([], HashingEmbedder(), tmp_path / "index")
    index = PassageIndex.open(tmp_path / "index", HashingEmbedder())
    assert index.documents == ()
    assert index.search("anything") == []
    assert index.rank(index.read("anything")).sentences == ()


def test_progress_counts_up_to_its_total(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    document = read_text("光。光。塔。", "repeating")
    build(
        [document],
        HashingEmbedder(),
        tmp_path / "index",
        on_progress=lambda *step: steps.append(step),
    )
    done, totals = zip(*steps, strict=True)
    assert list(done) == sorted(done)
    assert set(totals) == {done[-1]}


@pytest.mark.slow
def test_second_build_waits_for_the_first(tiny_corpus: Sequence[Document], tmp_path: Path) -> None:
    root, begun = tmp_path / "index", threading.Event()
    thread = threading.Thread(
        target=lambda: build(
            tiny_corpus[:1], HashingEmbedder(), root, on_progress=lambda *_: begun.set()
        )
    )
    with (tmp_path / ".index.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        thread.start()
        assert not begun.wait(1)
    thread.join(60)
    assert len(store.read(root)[1].documents) == 1


BUILD_FOR_EVER = """
import os, sys, time, warnings
warnings.simplefilter("ignore")
from itertools import cycle
from pathlib import Path
from corpus.read import read_corpus
from index.build import build
from tests.hashing_embedder import HashingEmbedder
documents = read_corpus(Path(sys.argv[1]))
for _ in range(2):
    started = time.monotonic()
    build(documents, HashingEmbedder(), Path(sys.argv[2]))
print(time.monotonic() - started, flush=True)
for _ in sys.stdin:  # one child for each line; it builds until it is killed
    if (child := os.fork()) == 0:
        for some in cycle([documents[:2], documents[1:], documents]):
            build(some, HashingEmbedder(), Path(sys.argv[2]))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


@pytest.mark.slow
def test_build_killed_at_any_moment_leaves_an_index_that_opens(tmp_path: Path) -> None:
    chance, root = random.Random(1902), tmp_path / "index"
    versions = set()
    with subprocess.Popen(
        [sys.executable, "-c", BUILD_FOR_EVER, str(TINY_CORPUS), str(root)],
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as builder:
        assert builder.stdin is not None
        assert builder.stdout is not None
        build_s = float(builder.stdout.readline())
        for _ in range(20):
            builder.stdin.write("go\n")
            builder.stdin.flush()
            child = int(builder.stdout.readline())
            time.sleep(chance.uniform(0, 3 * build_s))
            os.kill(child, signal.SIGKILL)
            assert builder.stdout.readline() == "killed\n"
            manifest, stored = store.read(root)
            assert [d.id for d in stored.documents] == list(manifest.documents)
            versions.add(manifest.version)
        builder.stdin.close()
    assert len(versions) > 1, "the builder must have got through between two kills"
    build([], HashingEmbedder(), root)
    assert [p.name for p in root.iterdir() if p.name.startswith(".")] == []
