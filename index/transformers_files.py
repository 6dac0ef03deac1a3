"""Write a converted model as the files that transformers and sentence-transformers open.

config.json, tokenizer_config.json, special_tokens_map.json, modules.json, 1_Pooling/ (mean),
2_Normalize/, config_sentence_transformers.json (prompts), model.safetensors (float16)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.packed_weights import PackedModel, Weights


def write_transformers_files(
    model: PackedModel, words: Weights, prompts: Mapping[str, str], folder: Path
) -> None:
    """Write into `folder`, which has `tokenizer.json` already; `words` has a row a piece of it."""
    from safetensors.numpy import save_file

    for name, content in _configuration(model, len(words), prompts).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    halves = {n: tensor.astype(np.float16) for n, tensor in torch_weights(model, words).items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})


def torch_weights(model: PackedModel, words: Weights) -> dict[str, Weights]:
    """The weights under the names of transformers' BertModel, with `words` as its embeddings."""
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
    return tensors


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


_SPECIAL_TOKENS = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}


def _configuration(
    model: PackedModel, vocabulary: int, prompts: Mapping[str, str]
) -> dict[str, object]:
    """The JSON files by which transformers and sentence-transformers know a model folder."""
    window = model.shape.positions
    modules = ("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")
    return {
        "config.json": _bert_configuration(model, vocabulary),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": window,
            **_SPECIAL_TOKENS,
        },
        "special_tokens_map.json": _SPECIAL_TOKENS,
        "modules.json": [
            {
                "idx": number,
                "name": str(number),
                "path": path,
                "type": f"sentence_transformers.models.{kind}",
            }
            for number, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {
            "max_seq_length": window,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},
        },
        "config_sentence_transformers.json": {
            "prompts": dict(prompts),
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }


def _bert_configuration(model: PackedModel, vocabulary: int) -> dict[str, object]:
    shape = model.shape
    return {
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
    }
