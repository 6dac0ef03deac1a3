"""Write a BERT encoder as an int8 ONNX graph: ids (b, s) -> last hidden state (b, s, d).

Only operators of the ONNX standard, so any runtime runs it. Weights are int8 with one scale an
output; activations are quantised as they come, with one scale a *token*, not one a tensor. So a
token's result does not depend on what else is in the batch, and the few outlying channels of one
token do not coarsen all others (mean cosine to float32 .9987 against .997; `smoothing.py` then
brings .9994).

Weights use 7 of their 8 bits. Processors with AVX2 or AVX-512 but without VNNI add two products of
8-bit numbers in 16 bits; 255 * 63 * 2 still fits, so results are the same on all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper, save_model

from index.packed_weights import PackedModel, Weights

Attribute = int | float | Sequence[int]

OPSET = 20
IR_VERSION = 10
LARGEST_WEIGHT = 63
LARGEST_ACTIVATION = 127
ZERO_POINT = 128


def write_graph(
    model: PackedModel, word_embeddings: Weights, factors: Mapping[str, Weights], path: Path
) -> None:
    """Write `path` and, beside it under the same name plus `_data`, the word embeddings.

    `factors` are those of `smoothing.py`.

    Runtimes map that second file instead of reading it, so only the rows of words that are met
    take memory, and several processes share them.
    """
    graph = _Graph(factors)
    _encoder(graph, model, word_embeddings)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "tokens"])
    shape: list[str | int | None] = ["batch", "tokens", model.shape.hidden]
    hidden = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)
    proto = helper.make_model(
        helper.make_graph(graph.nodes, "encoder", [ids, mask], [hidden], graph.tensors()),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="zhujiao",
    )
    _save(proto, path)


def _save(proto: ModelProto, path: Path) -> None:
    save_model(
        proto,
        str(path),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=f"{path.name}_data",
        size_threshold=4 << 20,
    )


class _Graph:
    """Collects nodes and constants; `apply` returns the name of a node's output."""

    def __init__(self, factors: Mapping[str, Weights]) -> None:
        self.factors = factors
        self.nodes: list[NodeProto] = []
        self._constants: dict[str, TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        if name not in self._constants:
            array = np.ascontiguousarray(value) if np.ndim(value) else np.asarray(value)
            self._constants[name] = numpy_helper.from_array(array, name)
        return name

    def apply(self, operator: str, *inputs: str, **attributes: Attribute) -> str:
        return self.apply_many(operator, inputs, 1, **attributes)[0]

    def apply_many(
        self, operator: str, inputs: Sequence[str], outputs: int, **attributes: Attribute
    ) -> list[str]:
        names = [f"{operator}_{len(self.nodes)}_{i}" for i in range(outputs)]
        node = helper.make_node(operator, list(inputs), names)
        node.attribute.extend(helper.make_attribute(k, v) for k, v in attributes.items())
        self.nodes.append(node)
        return names

    def tensors(self) -> list[TensorProto]:
        return list(self._constants.values())


def _encoder(graph: _Graph, model: PackedModel, word_embeddings: Weights) -> None:
    hidden = _layer_norm(graph, model, _embeddings(graph, model, word_embeddings), "emb.ln")
    mask = _attention_bias(graph)
    for number in range(model.shape.layers):
        hidden = _layer(graph, model, f"l{number}", hidden, mask)
    graph.nodes.append(helper.make_node("Identity", [hidden], ["last_hidden_state"]))


def _embeddings(graph: _Graph, model: PackedModel, word_embeddings: Weights) -> str:
    """Word (int8, a scale a row) + position + the first token type."""
    rows, scales = _quantised(word_embeddings, 127)
    last = graph.constant("last_axis", np.array([-1], np.int64))
    row = graph.apply("Gather", graph.constant("word.rows", rows), "input_ids")
    scale = graph.apply("Gather", graph.constant("word.scales", scales), "input_ids")
    words = graph.apply(
        "Mul", graph.apply("Cast", row, to=TensorProto.FLOAT), graph.apply("Unsqueeze", scale, last)
    )
    size = model.shape.hidden
    table = model.matrix("emb.pos", size) + model.matrix("emb.type", size)[0]
    length = graph.apply("Shape", "input_ids", start=1, end=2)
    first = graph.constant("first", np.array([0], np.int64))
    positions = graph.apply("Slice", graph.constant("positions", table), first, length)
    return graph.apply("Add", words, positions)


def _attention_bias(graph: _Graph) -> str:
    """0 where the mask is 1, a large negative number where it is 0, as (b, 1, 1, s)."""
    present = graph.apply("Cast", "attention_mask", to=TensorProto.FLOAT)
    absent = graph.apply("Sub", graph.constant("one", np.float32(1)), present)
    bias = graph.apply("Mul", absent, graph.constant("minus_large", np.float32(-1e4)))
    return graph.apply("Unsqueeze", bias, graph.constant("heads_axes", np.array([1, 2], np.int64)))


def _layer(graph: _Graph, model: PackedModel, prefix: str, hidden: str, mask: str) -> str:
    context = _attention(graph, model, prefix, hidden, mask)
    output = _linear(graph, model, [f"{prefix}.ao"], context)
    hidden = _layer_norm(graph, model, graph.apply("Add", hidden, output), f"{prefix}.aln")
    inner = graph.apply("Gelu", _linear(graph, model, [f"{prefix}.fi"], hidden))
    output = _linear(graph, model, [f"{prefix}.fo"], inner)
    return _layer_norm(graph, model, graph.apply("Add", hidden, output), f"{prefix}.oln")


def _attention(graph: _Graph, model: PackedModel, prefix: str, hidden: str, mask: str) -> str:
    heads = model.shape.heads
    width = model.shape.hidden // heads
    by_head = graph.constant("by_head", np.array([0, 0, heads, width], np.int64))
    joined = graph.constant("joined", np.array([0, 0, model.shape.hidden], np.int64))
    projected = _linear(graph, model, [f"{prefix}.{part}" for part in "qkv"], hidden)
    query, key, value = (
        graph.apply("Transpose", graph.apply("Reshape", part, by_head), perm=axes)
        for part, axes in zip(
            graph.apply_many("Split", [projected], 3, axis=-1, num_outputs=3),
            ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]),
            strict=True,
        )
    )
    query = graph.apply("Mul", query, graph.constant("scale", np.float32(width**-0.5)))
    scores = graph.apply("Add", graph.apply("MatMul", query, key), mask)
    context = graph.apply("MatMul", graph.apply("Softmax", scores, axis=-1), value)
    return graph.apply("Reshape", graph.apply("Transpose", context, perm=[0, 2, 1, 3]), joined)


def _linear(graph: _Graph, model: PackedModel, names: Sequence[str], inputs: str) -> str:
    """x W^T + b, of several layers side by side, in integers: scale of token * scale of output."""
    bias = np.concatenate([model.tensors[f"{name}.b"] for name in names])
    columns = model.tensors[f"{names[0]}.w"].size * len(names) // bias.size
    weights = np.concatenate([model.matrix(f"{name}.w", columns) for name in names])
    name = names[0]
    if name in graph.factors:
        factor = graph.factors[name]
        weights = weights * factor
        inputs = graph.apply("Mul", inputs, graph.constant(f"{name}.smoothing", 1 / factor))
    rows, scales = _quantised(weights, LARGEST_WEIGHT)
    tokens, token_scales = _quantise_tokens(graph, inputs)
    product = graph.apply(
        "MatMulInteger",
        tokens,
        graph.constant(f"{name}.rows", rows.T),
        graph.constant("zero_point", np.uint8(ZERO_POINT)),
    )
    product = graph.apply("Cast", product, to=TensorProto.FLOAT)
    product = graph.apply("Mul", product, graph.constant(f"{name}.scales", scales))
    product = graph.apply("Mul", product, token_scales)
    return graph.apply("Add", product, graph.constant(f"{name}.bias", bias))


def _quantise_tokens(graph: _Graph, inputs: str) -> tuple[str, str]:
    """Tokens as uint8 around `ZERO_POINT`, and their scales (b, s, 1)."""
    last = graph.constant("last_axis", np.array([-1], np.int64))
    largest = graph.apply("ReduceMax", graph.apply("Abs", inputs), last, keepdims=1)
    largest = graph.apply("Max", largest, graph.constant("tiny", np.float32(1e-9)))
    scales = graph.apply("Mul", largest, graph.constant("step", np.float32(1 / LARGEST_ACTIVATION)))
    tokens = graph.apply(
        "QuantizeLinear",
        graph.apply("Div", inputs, scales),
        graph.constant("one", np.float32(1)),
        graph.constant("zero_point", np.uint8(ZERO_POINT)),
    )
    return tokens, scales


def _layer_norm(graph: _Graph, model: PackedModel, inputs: str, name: str) -> str:
    return graph.apply(
        "LayerNormalization",
        inputs,
        graph.constant(f"{name}.w", model.tensors[f"{name}.w"]),
        graph.constant(f"{name}.b", model.tensors[f"{name}.b"]),
        axis=-1,
        epsilon=model.shape.epsilon,
    )


def _quantised(rows: Weights, largest: int) -> tuple[NDArray[np.int8], Weights]:
    """Rows as whole numbers up to `largest`, and the scale that gives each row back."""
    scales = np.abs(rows).max(axis=1) / largest
    scales[scales == 0] = 1
    steps = rows / scales[:, None]
    np.rint(steps, out=steps)
    return steps.astype(np.int8), scales.astype(np.float32)
