"""The int8 graph of a small random encoder, run by onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.onnx_graph import write_graph
from index.packed_weights import PackedModel, Weights
from index.smoothing import smoothing_factors
from index.transformers_files import torch_weights
from tests.tiny_encoder import SHAPE, tiny_encoder

LONG = [0, 5, 9, 14, 21, 33, 2]
SHORT = [0, 30, 2]


def hidden_states(
    model: PackedModel,
    factors: Mapping[str, Weights],
    folder: Path,
    ids: list[list[int]],
    mask: list[list[int]],
) -> NDArray[np.float32]:
    import onnxruntime  # type: ignore[import-untyped]

    write_graph(model, model.word_embeddings, factors, folder / "model.onnx")
    session = onnxruntime.InferenceSession(
        folder / "model.onnx", providers=["CPUExecutionProvider"]
    )
    feed = {"input_ids": np.array(ids), "attention_mask": np.array(mask)}
    return np.asarray(session.run(["last_hidden_state"], feed)[0], np.float32)


def torch_hidden_states(model: PackedModel, ids: list[int]) -> NDArray[np.float32]:
    """The same encoder in float32, from the weights written for sentence-transformers."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(model.word_embeddings),
        hidden_size=SHAPE.hidden,
        num_hidden_layers=SHAPE.layers,
        num_attention_heads=SHAPE.heads,
        intermediate_size=SHAPE.feed_forward,
        max_position_embeddings=SHAPE.positions,
        layer_norm_eps=SHAPE.epsilon,
    )
    bert = BertModel(config, add_pooling_layer=False).train(False)
    weights = torch_weights(model, model.word_embeddings)
    bert.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    with torch.inference_mode():
        return np.asarray(bert(input_ids=torch.tensor([ids])).last_hidden_state[0].numpy())


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(left, axis=-1) * np.linalg.norm(right, axis=-1)
    return np.asarray(np.sum(left * right, axis=-1) / lengths, np.float32)


@pytest.mark.slow
def test_graph_computes_what_torch_computes_with_the_same_weights(tmp_path: Path) -> None:
    model = tiny_encoder()
    ours = hidden_states(model, {}, tmp_path, [LONG], [[1] * len(LONG)])[0]
    assert cosines(ours, torch_hidden_states(model, LONG)).min() >= 0.995


@pytest.mark.slow
def test_smoothing_brings_outlying_channels_nearer_to_float32(tmp_path: Path) -> None:
    model = tiny_encoder(outlying_channel=11)
    exact = torch_hidden_states(model, LONG)
    exact[:, 11] = 0
    factors = smoothing_factors(model, model.word_embeddings, [LONG])
    rough, smooth = (
        hidden_states(model, used, tmp_path, [LONG], [[1] * len(LONG)])[0] for used in ({}, factors)
    )
    rough[:, 11] = smooth[:, 11] = 0
    assert (1 - cosines(smooth, exact)).mean() < (1 - cosines(rough, exact)).mean() / 2


def test_padding_and_a_neighbour_change_no_token(tmp_path: Path) -> None:
    model = tiny_encoder()
    alone = hidden_states(model, {}, tmp_path, [SHORT], [[1, 1, 1]])[0]
    padding = len(LONG) - len(SHORT)
    together = hidden_states(
        model,
        {},
        tmp_path,
        [LONG, SHORT + [1] * padding],
        [[1] * len(LONG), [1, 1, 1] + [0] * padding],
    )
    np.testing.assert_allclose(together[1, : len(SHORT)], alone, atol=1e-5)


def test_order_of_words_matters(tmp_path: Path) -> None:
    model = tiny_encoder()
    both = hidden_states(model, {}, tmp_path, [[0, 5, 9, 2], [0, 9, 5, 2]], [[1] * 4] * 2)
    assert np.abs(both[0].mean(axis=0) - both[1].mean(axis=0)).max() > 0.01
