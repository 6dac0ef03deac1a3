"""One interface to every embedding model: texts -> unit vectors, of whole texts and of their tokens.

`open_embedder("bundled", folder)` needs no network and no torch; any other setting is a name or
folder that sentence-transformers can open. A question and a passage are embedded differently
(`kind`), because retrieval models are trained with a prompt for each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.bundled import ensure_model
from index.model_folder import ModelError as ModelError

TextKind = Literal["query", "passage"]
Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
BUNDLED = "bundled"
QUESTION_WINDOW = 256
"""Most tokens of a question that are read at once. What attention takes grows with their square, and a server
keeps what its longest question took. Hardly a question is longer."""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The t tokens of one text, without the model's special tokens and without the prompt.

    `spans` (t, 2) are code points of the text, half-open. A text longer than the model's window
    (a query: than QUESTION_WINDOW) is read in several windows, so every character that the model can
    read is covered.
    `vectors` (t, d) are the last layer's, each of length 1. `weights` (t,) are -log of a token's
    probability in the tokenizer's unigram model (natural logarithm): rare pieces weigh more, and
    characters it does not know weigh 0; 1 for tokenizers that have no probabilities.
    """

    pieces: tuple[str, ...]
    spans: NDArray[np.int32]
    vectors: Vectors
    weights: Vectors

    def __len__(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One pass over n texts: `vectors` (n, d) of length 1, and the tokens of each text."""

    vectors: Vectors
    tokens: tuple[TokenVectors, ...]


class Embedder(Protocol):
    """An embedding model. A text's vectors do not depend on the texts beside it."""

    @property
    def name(self) -> str:
        """The model with a digest of its files: an index is readable with equal names only."""

    @property
    def dimension(self) -> int:
        """The length d of every vector."""

    def encode(
        self, texts: Sequence[str], kind: TextKind, progress: Progress | None = None
    ) -> Encoded:
        """Vectors of texts and of their tokens in one pass; `progress(1)` after each text."""


def open_embedder(setting: str, model_folder: Path, threads: int = 1) -> Embedder:
    """`bundled` -> the model that ships, in `model_folder`; else a sentence-transformers model.

    `threads` is how many processor threads one call may use. Raises ModelError.
    """
    if setting == BUNDLED:
        from index.onnx_embedder import OnnxEmbedder

        return OnnxEmbedder(ensure_model(model_folder), threads)
    from index.transformer_embedder import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(setting, threads)
