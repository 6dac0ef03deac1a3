"""A passage taken apart once, for every question: its sentences with their words and their tokens.

Nothing here depends on a question. Searching keeps the parts of passages that come up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Span
from index.chunk import Chunk
from index.concept_match import FoldedWords, folded_words, joined
from index.maxsim import lengths, restore, sum_in_each

Ranges = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PassageParts:
    """The n sentences of a passage in reading order, `spans` in its document's text.

    `ranges` (n, 2) are the rows of the passage's tokens that lie within each, half-open. Of the
    token vectors as they are stored, `token_lengths` (t,) are the lengths; `gist_lengths` (n,) those
    of the sums of each sentence's unit vectors. `whole` has the words of all sentences, `headings` those
    of the document's title and the headings above the passage.
    """

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    words: tuple[FoldedWords, ...]
    whole: FoldedWords
    headings: FoldedWords
    ranges: Ranges
    token_lengths: NDArray[np.float32]
    gist_lengths: NDArray[np.float32]


def take_apart(
    passage: Chunk,
    document: Document,
    spans: Sequence[Span],
    tokens: NDArray[np.int8],
    token_spans: NDArray[np.int32],
) -> PassageParts:
    """`tokens` (t, d) are the stored vectors of the passage, `token_spans` (t, 2) count from its start."""
    texts = tuple(span.of(document.text) for span in spans)
    words = tuple(folded_words(text) for text in texts)
    path = document.section_path(passage.section_id)
    ranges = _ranges(token_spans + passage.span.start, spans)
    sums = sum_in_each(restore(tokens).T, ranges)
    return PassageParts(
        spans=tuple(spans),
        texts=texts,
        words=words,
        whole=joined(words),
        headings=folded_words(" ".join((document.metadata.title, *(s.title for s in path)))),
        ranges=ranges,
        token_lengths=lengths(tokens),
        gist_lengths=np.asarray(np.linalg.norm(sums, axis=0), np.float32),
    )


def _ranges(token_spans: NDArray[np.int32], spans: Sequence[Span]) -> Ranges:
    """Tokens stand in reading order, so those of a sentence are neighbours."""
    first = np.searchsorted(token_spans[:, 0], [span.start for span in spans], "left")
    behind = np.searchsorted(token_spans[:, 1], [span.end for span in spans], "right")
    return np.stack([first, np.maximum(first, behind)], axis=1).astype(np.int64)
