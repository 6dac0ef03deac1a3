"""Spread the few outlying channels of activations over the weights, so that int8 keeps both.

SmoothQuant (Xiao et al. 2023): a layer's inputs are divided by a factor a channel and its weights
multiplied by it, which changes nothing in exact arithmetic. The factor is the root of the largest
value the channel takes, seen by running the float32 encoder over `CALIBRATION_TEXTS`; that value
is rounded to a power of two, so that the last digits of a sum, which differ between machines, do
not show. The int8 graph's cosine to float32 rises from .9987 to .9994, and cross-lingual recall@1
on XQuAD by one point.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.packed_weights import PackedModel, Weights

CALIBRATION_TEXTS = (
    "query: 冷戰後東亞安全秩序的轉變對臺灣有何影響？",
    "query: 为什么东南亚国家不愿意选边站队？",
    "query: how do small states hedge between two great powers",
    (
        "passage: 本章指出，合作的門檻愈低，成員愈少，議題愈具體，則愈容易在短期內見到成果；"
        "然而，參與者也可能因此忽略了多邊機制長期累積的正當性（legitimacy），見圖 2-1。"
    ),
    (
        "passage: 2023年8月，三国领导人发表联合声明，同意每年举行“多领域”演习，"
        "并就供应链、人工智能与气候变化等议题设立工作组。"
    ),
    (
        "passage: Critics reply that such arrangements are exclusive by design: they reward those who "
        "already agree, leave out most of ASEAN's members, and are hard to reverse (Lee, 2019, p. 42)."
    ),
)


def smoothing_factors(
    model: PackedModel, words: Weights, texts: Sequence[Sequence[int]]
) -> dict[str, Weights]:
    """Factors (hidden,) by the layer they belong to: `l0.q` (also for k and v), `l0.fi`, `l1.q` ...

    `texts` are rows of `words`, special tokens included. The other two matrices of a layer have
    no outlying channels among their inputs.
    """
    largest: dict[str, Weights] = {}
    for rows in texts:
        for name, inputs in _inputs(model, words, rows).items():
            seen = np.abs(inputs).max(axis=0)
            largest[name] = np.maximum(largest.get(name, seen), seen)
    return {
        name: np.exp2(np.rint(np.log2(np.maximum(seen, 1e-3))) / 2).astype(np.float32)
        for name, seen in largest.items()
    }


def _inputs(model: PackedModel, words: Weights, rows: Sequence[int]) -> dict[str, Weights]:
    """What enters the matrices of every layer, (t, hidden) each, in float32."""
    size = model.shape.hidden
    positions = model.matrix("emb.pos", size)[: len(rows)] + model.matrix("emb.type", size)[0]
    hidden = _layer_norm(model, words[list(rows)] + positions, "emb.ln")
    inputs: dict[str, Weights] = {}
    for number in range(model.shape.layers):
        layer = f"l{number}"
        inputs[f"{layer}.q"] = hidden
        context = _attention(model, layer, hidden)
        hidden = _layer_norm(model, hidden + _linear(model, f"{layer}.ao", context), f"{layer}.aln")
        inputs[f"{layer}.fi"] = hidden
        inner = _gelu(_linear(model, f"{layer}.fi", hidden))
        hidden = _layer_norm(model, hidden + _linear(model, f"{layer}.fo", inner), f"{layer}.oln")
    return inputs


def _attention(model: PackedModel, layer: str, hidden: Weights) -> Weights:
    heads = model.shape.heads
    query, key, value = (
        _linear(model, f"{layer}.{part}", hidden).reshape(len(hidden), heads, -1).swapaxes(0, 1)
        for part in "qkv"
    )
    scores = query @ key.swapaxes(1, 2) / np.sqrt(np.float32(query.shape[-1]))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    return np.asarray((scores @ value).swapaxes(0, 1).reshape(hidden.shape), np.float32)


def _linear(model: PackedModel, name: str, inputs: Weights) -> Weights:
    weights = model.matrix(f"{name}.w", inputs.shape[1])
    return np.asarray(inputs @ weights.T + model.tensors[f"{name}.b"], np.float32)


def _layer_norm(model: PackedModel, inputs: Weights, name: str) -> Weights:
    centred = inputs - inputs.mean(axis=1, keepdims=True)
    variance = np.square(centred).mean(axis=1, keepdims=True)
    unit = centred / np.sqrt(variance + np.float32(model.shape.epsilon))
    return np.asarray(unit * model.tensors[f"{name}.w"] + model.tensors[f"{name}.b"], np.float32)


def _gelu(inputs: Weights) -> Weights:
    """By the hyperbolic tangent (Hendrycks and Gimpel 2016), within .001: enough to find outliers."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (inputs + np.float32(0.044715) * inputs**3)
    return np.asarray(0.5 * inputs * (1 + np.tanh(inner)), np.float32)
