"""Embed with any model that sentence-transformers opens: a name on a model hub, or a folder.

Prompts are those of the model's own configuration; models of the E5 family, which often carry
none, get the ones their model card asks for. The converted folder of the bundled model opens here
too, under the same name as through onnxruntime: an index built here is served there.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.embed import QUESTION_WINDOW, Encoded, Progress, TextKind, TokenVectors, Vectors
from index.model_folder import ModelError, check_sizes, read_digest, sha256_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 16
_MODEL_FILES = {".json", ".safetensors", ".bin", ".model", ".txt"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_E5_NAME = re.compile(r"(^|[/_-])e5-(?!.*instruct)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    """One window as the model read it: its vector, and its tokens without prompt and specials."""

    vector: Vectors
    tokens: TokenVectors


class SentenceTransformerEmbedder:
    """Any sentence-transformers model. Safe to call from many threads; one runs at a time.

    A text longer than the model's window, or a query longer than QUESTION_WINDOW, is cut between
    tokens into windows, each read with the prompt; its vector is their mean weighted by tokens. `threads` is torch's own count, which is
    one for the whole process.
    """

    def __init__(self, setting: str, threads: int = 1) -> None:
        """Load the model. Raises ModelError when it cannot be opened or has no usable tokenizer."""
        self._lock = threading.Lock()
        self._model = _open(setting, threads)
        self._tokenizer: Any = self._model.tokenizer
        if not getattr(self._tokenizer, "is_fast", False):
            raise ModelError(
                f"the embedding model {setting!r} has no fast tokenizer, which tells where a word "
                "stands: choose another model, or `bundled`"
            )
        self._prompts = _prompts(setting, self._model)
        self._piece_weights = _piece_weights(
            self._tokenizer.backend_tokenizer.to_str(), len(self._tokenizer)
        )
        self.name = _identity(setting, self._model)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(
        self, texts: Sequence[str], kind: TextKind, progress: Progress | None = None
    ) -> Encoded:
        """Vectors of texts and of their tokens in one pass; `progress(1)` after each text."""
        texts = [_LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) for text in texts]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens: list[TokenVectors] = []
        for start in range(0, len(texts), BATCH):
            for reads in self._read_texts(texts[start : start + BATCH], kind):
                vectors[len(tokens)] = _mean(reads)
                tokens.append(_joined(reads))
                if progress:
                    progress(1)
        return Encoded(vectors, tuple(tokens))

    def _read_texts(self, texts: Sequence[str], kind: TextKind) -> Iterator[list[_Read]]:
        prompt, limit = self._prompts[kind], self._model.max_seq_length or math.inf
        if kind == "query":
            limit = min(limit, QUESTION_WINDOW)
        with self._lock:
            starts = [self._window_starts(text, prompt, limit) for text in texts]
            windows = [
                (text[start:end], start)
                for text, of_text in zip(texts, starts, strict=True)
                for start, end in zip(of_text, [*of_text[1:], len(text)], strict=True)
            ]
            reads = chain.from_iterable(
                self._read(windows[i : i + BATCH], prompt) for i in range(0, len(windows), BATCH)
            )
            for of_text in starts:
                yield [next(reads) for _ in of_text]

    def _window_starts(self, text: str, prompt: str, limit: float) -> list[int]:
        """Code points at which windows begin, so that each has `limit` tokens at most with the prompt."""
        if limit == math.inf:
            return [0]
        offsets = self._tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )["offset_mapping"]
        used = len(self._tokenizer(prompt)["input_ids"])
        # One token is kept in reserve: a cut can split the word that two pieces shared.
        room = max(int(limit) - used - 1, 1)
        return [0, *sorted({start for start, _ in offsets[room::room]} - {0})]

    def _read(self, windows: Sequence[tuple[str, int]], prompt: str) -> Iterator[_Read]:
        import torch

        texts = [text for text, _ in windows]
        features: dict[str, Any] = self._model.preprocess(texts, prompt=prompt)
        device = self._model.device
        moved = {k: v.to(device) if hasattr(v, "to") else v for k, v in features.items()}
        with torch.inference_mode():
            outputs = self._model(moved)
        vectors = _unit(outputs["sentence_embedding"].float().cpu().numpy())
        hidden = outputs["token_embeddings"].float().cpu().numpy()
        present = outputs["attention_mask"].bool().cpu().numpy()
        for i, (text, start) in enumerate(windows):
            ids = features["input_ids"][i].numpy()[present[i]]
            tokens = self._own_tokens(prompt, text, start, ids, hidden[i][present[i]])
            yield _Read(vectors[i], tokens)

    def _own_tokens(
        self, prompt: str, text: str, start: int, ids: NDArray[np.int64], hidden: Vectors
    ) -> TokenVectors:
        cut = self._tokenizer(
            prompt + text,
            truncation=True,
            max_length=len(ids),
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        if cut["input_ids"] != ids.tolist():
            raise ModelError(
                f"the embedding model {self.name!r} changes a text before it cuts it into tokens: "
                "choose another model, or `bundled`"
            )
        spans = np.array(cut["offset_mapping"], np.int32).reshape(-1, 2) - len(prompt)
        own = np.flatnonzero((np.array(cut["special_tokens_mask"]) == 0) & (spans[:, 1] > 0))
        spans = np.maximum(spans[own], 0)
        for span in spans:
            span[0] += _leading_space(text[span[0] : span[1]])
        return TokenVectors(
            pieces=tuple(self._tokenizer.convert_ids_to_tokens(ids[own].tolist())),
            spans=spans + np.int32(start),
            vectors=_unit(hidden[own]),
            weights=self._piece_weights[ids[own]],
        )


def _open(setting: str, threads: int) -> SentenceTransformer:
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise ModelError(
            f"the embedding model {setting!r} needs sentence-transformers: "
            "pip install sentence-transformers, or choose `bundled`"
        ) from error
    is_folder = Path(setting).is_dir()
    if is_folder and read_digest(Path(setting)):
        check_sizes(Path(setting))
    torch.set_num_threads(threads)
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(setting, local_files_only=is_folder)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"cannot open the embedding model {setting!r} ({reason}): give a folder or a name that "
            "sentence-transformers can open, or `bundled`"
        ) from error


def _prompts(setting: str, model: SentenceTransformer) -> dict[TextKind, str]:
    """The model's own prompts; for E5 without any, those of its model card."""
    own = {name: prompt for name, prompt in model.prompts.items() if prompt}
    if not own and _E5_NAME.search(Path(setting).name):
        return {"query": "query: ", "passage": "passage: "}
    return {"query": own.get("query", ""), "passage": own.get("passage", own.get("document", ""))}


def _piece_weights(tokenizer_json: str, pieces: int) -> Vectors:
    """-log probability of each piece id under a unigram tokenizer; 1 for any other kind."""
    cut = json.loads(tokenizer_json)["model"]
    weights = np.ones(pieces, np.float32)
    if cut["type"] == "Unigram":
        scores = np.array([score for _, score in cut["vocab"]], np.float32)
        weights[: len(scores)] = -scores
    return weights


def _identity(setting: str, model: SentenceTransformer) -> str:
    """The setting with what tells two states of the model apart.

    For a converted folder its own name, for another folder 12 digits over its files, for a model
    of a hub the commit it was taken from.
    """
    folder = Path(setting)
    if digest := read_digest(folder):
        return digest.identity
    if folder.is_dir():
        files = [p for p in sorted(folder.rglob("*")) if p.suffix in _MODEL_FILES and p.is_file()]
        listing = json.dumps([[p.relative_to(folder).as_posix(), sha256_of(p)] for p in files])
        return f"{folder.name}@{hashlib.sha256(listing.encode()).hexdigest()[:12]}"
    commit = getattr(getattr(model.transformers_model, "config", None), "_commit_hash", None)
    return f"{setting}@{commit[:12]}" if commit else setting


def _leading_space(piece: str) -> int:
    """White space before a piece's own characters; a piece of nothing else keeps it."""
    own = len(piece.lstrip())
    return len(piece) - own if own else 0


def _mean(reads: Sequence[_Read]) -> Vectors:
    weights = np.array([max(len(read.tokens), 1) for read in reads], np.float32)
    return _unit(weights @ np.stack([read.vector for read in reads]))


def _joined(reads: Sequence[_Read]) -> TokenVectors:
    parts = [read.tokens for read in reads]
    return TokenVectors(
        pieces=tuple(piece for part in parts for piece in part.pieces),
        spans=np.concatenate([part.spans for part in parts]),
        vectors=np.concatenate([part.vectors for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
    )


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)
