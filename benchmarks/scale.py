"""A whole search, stage by stage, over libraries of 1 thousand to 100 thousand passages.

    python -m benchmarks.scale --data DIR [--sizes 1000,10000,100000] [--work var/benchmarks] [--model var/model] [--out docs/benchmarks/scale.json]

DIR holds the public sets (docs/retrieval.md). A library repeats their passages, with words and sentences
as they are, and has vectors that are generated to be like theirs. Token vectors are the real ones up to
TOKENS_UP_TO passages; beyond, they are zeros that take no memory, for a hundred thousand passages have eight gigabytes of them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import record
from benchmarks.directions import load_sets, open_index, texts_of
from benchmarks.similar_vectors import real_vectors, similar
from benchmarks.stages import REST, stage_times
from corpus.document import Document
from index.bm25 import TermIndex
from index.bundled import DEFAULT_FOLDER
from index.chunk import Chunk
from index.embed import open_embedder
from index.search import PassageIndex
from index.spelling_out import index_terms
from index.store import SentenceRow, Stored, Tokens
from index.vectors import VectorIndex

TOKENS_UP_TO = 10_000
QUESTIONS, WARM = 60, 10


def main() -> None:
    """Measure every size, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the public files")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--out", type=Path, default=record.RESULTS / "scale.json")
    given = parser.parse_args()
    before = record.machine()
    real = real_vectors(given.data, given.work, given.model).texts
    sets = load_sets(given.data)
    searched = open_index(
        "drcd", texts_of(sets)["drcd"], open_embedder("bundled", given.model), given.work
    )
    questions = [q.text for q in islice(sets["drcd"].questions, 0, None, 50)][: QUESTIONS + WARM]
    figures: dict[str, Any] = {}
    for size in map(int, given.sizes.split(",")):
        started = time.process_time()
        stored = repeated(searched.stored, size, real)
        index = PassageIndex(stored, searched.embedder, "scale")
        built = time.process_time() - started
        figures[str(size)] = {
            "sentences": len(stored.sentences),
            "tokens_mb": round(stored.tokens.vectors.nbytes / 1e6),
            "assembled_processor_s": round(built, 1),
            "stages": _stages(index, questions),
        }
        print(size, figures[str(size)], flush=True)
        del stored, index
    record.write(given.out, before, {"questions": QUESTIONS, "sizes": figures})


def _stages(index: PassageIndex, questions: Sequence[str]) -> dict[str, float]:
    times = stage_times(index.search, questions, WARM)
    median = {stage: round(float(np.median(spent)), 2) for stage, spent in times.items()}
    return {stage: ms for stage, ms in median.items() if ms or stage == REST}


def repeated(real: Stored, count: int, vectors: np.ndarray[Any, np.dtype[np.float32]]) -> Stored:
    """A library of `count` passages that goes through those of `real` again and again."""
    per_round = len(real.passages)
    rounds = -(-count // per_round)
    documents = tuple(
        replace(d, metadata=replace(d.metadata, id=f"{d.id}-{n}"))
        for n in range(rounds)
        for d in real.documents
    )
    passages = tuple(
        replace(p, id=f"{p.id}-{n}", document_id=f"{p.document_id}-{n}")
        for n in range(rounds)
        for p in real.passages
    )[:count]
    sentences = tuple(
        SentenceRow(s.passage + n * per_round, s.span)
        for n in range(rounds)
        for s in real.sentences
        if s.passage + n * per_round < count
    )
    terms = [index_terms(p.text) for p in real.passages]
    return replace(
        real,
        documents=_used(documents, passages),
        passages=passages,
        notes=(),
        sentences=sentences,
        passage_terms=TermIndex.build([terms[i % per_round] for i in range(count)]),
        note_terms=TermIndex.build([]),
        passage_vectors=_like(vectors, count),
        sentence_vectors=_like(vectors, len(sentences)),
        note_vectors=_like(vectors, 0),
        tokens=_tokens(real.tokens, count, per_round),
    )


def _used(documents: Sequence[Document], passages: Sequence[Chunk]) -> tuple[Document, ...]:
    used = {p.document_id for p in passages}
    return tuple(d for d in documents if d.id in used)


def _like(vectors: np.ndarray[Any, np.dtype[np.float32]], count: int) -> VectorIndex:
    if not count:
        return VectorIndex.build(vectors[:0])
    return VectorIndex.build(np.concatenate([*similar(vectors, count)]))


def _tokens(real: Tokens, count: int, per_round: int) -> Tokens:
    lengths = np.resize(np.diff(real.starts)[:per_round], count)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    total = int(starts[-1])
    if count <= TOKENS_UP_TO:
        return Tokens(
            np.resize(real.vectors, (total, real.vectors.shape[1])),
            np.resize(real.spans, (total, 2)),
            starts,
        )
    vectors = np.zeros((total, real.vectors.shape[1]), np.int8)
    return Tokens(vectors, np.resize(real.spans, (total, 2)), starts)


if __name__ == "__main__":
    main()
