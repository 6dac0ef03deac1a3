"""Embeddings of an earlier build, found again by the digest of their text, so that only changed text is embedded.

The cache lives inside the index folder as `embeddings/`: `keys.txt` (one digest a row),
`vectors.npy` (n, d) and, for rows embedded with tokens, `tokens.npy` (int8, all rows' tokens in
sequence), `token_spans.npy` and `token_starts.npy`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder, TextKind
from index.maxsim import quantise
from index.segment import fold_script

BATCH = 16
_EMPTY_TOKENS = np.empty((0, 0), np.int8)
_EMPTY_SPANS = np.empty((0, 2), np.int32)


@dataclass(frozen=True, slots=True)
class Row:
    """One embedded text: its vector (d,), and its tokens (t, d) int8 with character spans (t, 2)."""

    vector: NDArray[np.float32]
    tokens: NDArray[np.int8]
    spans: NDArray[np.int32]


class EmbeddingCache:
    """Embeds texts through `embedder`, looking into the rows of an earlier build first."""

    def __init__(self, embedder: Embedder, earlier: Path | None = None) -> None:
        self._embedder = embedder
        self._earlier = _load(earlier / "embeddings") if earlier else {}
        self._rows: dict[str, Row] = {}
        self.embedded = 0
        self.reused = 0

    def embed(
        self,
        texts: Sequence[str],
        kind: TextKind,
        with_tokens: bool = False,
        on_done: Callable[[int], None] = lambda _: None,
    ) -> list[Row]:
        """The rows of `texts` in order; `on_done(n)` is called as texts are finished.

        Texts are folded to Simplified before they are embedded: questions are too, and the encoder
        loses four to five points of recall where scripts differ. Folding keeps every offset.
        """
        keys = [self._key(text, kind, with_tokens) for text in texts]
        missing = list(dict.fromkeys(k for k in keys if not self._known(k)))
        text_of = dict(zip(keys, texts, strict=True))
        on_done(len(keys) - len(missing))
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            self._embed_batch(batch, [fold_script(text_of[k]) for k in batch], kind, with_tokens)
            on_done(len(batch))
        return [self._rows[key] for key in keys]

    def save(self, folder: Path) -> None:
        """Write every row of this build into `folder / "embeddings"`."""
        target = folder / "embeddings"
        target.mkdir()
        keys = sorted(self._rows)  # the same file, whichever rows were reused
        rows = [self._rows[key] for key in keys]
        (target / "keys.txt").write_text("".join(f"{key}\n" for key in keys), "ascii")
        starts = np.cumsum([0, *(len(r.tokens) for r in rows)])
        with_tokens = [r for r in rows if len(r.tokens)]
        np.save(
            target / "vectors.npy",
            np.stack([r.vector for r in rows]) if rows else np.empty((0, 0), np.float32),
        )
        np.save(target / "token_starts.npy", starts.astype(np.int64))
        np.save(
            target / "tokens.npy",
            np.concatenate([r.tokens for r in with_tokens]) if with_tokens else _EMPTY_TOKENS,
        )
        np.save(
            target / "token_spans.npy",
            np.concatenate([r.spans for r in with_tokens]) if with_tokens else _EMPTY_SPANS,
        )

    def _embed_batch(
        self, keys: list[str], texts: list[str], kind: TextKind, with_tokens: bool
    ) -> None:
        encoded = self._embedder.encode(texts, kind)
        for number, key in enumerate(keys):
            tokens, spans = _EMPTY_TOKENS, _EMPTY_SPANS
            if with_tokens:
                tokens = quantise(encoded.tokens[number].vectors)
                spans = np.asarray(encoded.tokens[number].spans, np.int32).reshape(-1, 2)
            self._rows[key] = Row(encoded.vectors[number], tokens, spans)
        self.embedded += len(keys)

    def _known(self, key: str) -> bool:
        if key not in self._rows and key in self._earlier:
            self._rows[key] = self._earlier[key]
            self.reused += 1
        return key in self._rows

    def _key(self, text: str, kind: TextKind, with_tokens: bool) -> str:
        parts = (self._embedder.name, kind, "tokens" if with_tokens else "", fold_script(text))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _load(folder: Path) -> dict[str, Row]:
    """The rows of an earlier build; none when the folder is absent or not whole."""
    try:
        keys = (folder / "keys.txt").read_text("ascii").split()
        vectors, starts, tokens, spans = (
            np.load(folder / name, allow_pickle=False)
            for name in ("vectors.npy", "token_starts.npy", "tokens.npy", "token_spans.npy")
        )
    except (OSError, ValueError, EOFError):
        return {}
    if (
        len(keys) != len(vectors)
        or len(starts) != len(keys) + 1
        or not starts[-1] == len(spans) == len(tokens)
    ):
        return {}
    return {
        key: Row(vectors[i], tokens[starts[i] : starts[i + 1]], spans[starts[i] : starts[i + 1]])
        for i, key in enumerate(keys)
    }
