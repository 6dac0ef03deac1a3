"""A BERT encoder of two layers and 40 pieces with random weights, for tests of the conversion."""

from __future__ import annotations

import numpy as np

from index.packed_weights import PackedModel, Shape, Weights

SHAPE = Shape(
    hidden=32, layers=2, heads=4, feed_forward=64, positions=16, token_types=2, epsilon=1e-12
)
PIECES = 40


def tiny_encoder(outlying_channel: int | None = None) -> PackedModel:
    """`outlying_channel` is 50 times as large as others wherever a layer's inputs are normed."""
    generator = np.random.default_rng(7)

    def random(*shape: int) -> Weights:
        return generator.normal(0, 0.3, shape).astype(np.float32).reshape(-1)

    size, inner = SHAPE.hidden, SHAPE.feed_forward
    tensors = {
        "emb.word": random(PIECES, size),
        "emb.pos": random(SHAPE.positions, size),
        "emb.type": random(SHAPE.token_types, size),
    }
    norms = ["emb.ln"]
    for layer in ("l0", "l1"):
        for part in ("q", "k", "v", "ao"):
            tensors[f"{layer}.{part}.w"] = random(size, size)
            tensors[f"{layer}.{part}.b"] = random(size)
        tensors |= {f"{layer}.fi.w": random(inner, size), f"{layer}.fi.b": random(inner)}
        tensors |= {f"{layer}.fo.w": random(size, inner), f"{layer}.fo.b": random(size)}
        norms += [f"{layer}.aln", f"{layer}.oln"]
    for norm in norms:
        weight = np.ones(size, np.float32)
        if outlying_channel is not None:
            weight[outlying_channel] = 50
        tensors |= {f"{norm}.w": weight, f"{norm}.b": np.zeros(size, np.float32)}
    return PackedModel(SHAPE, tuple(map(str, range(PIECES))), np.zeros(PIECES, np.float32), tensors)
