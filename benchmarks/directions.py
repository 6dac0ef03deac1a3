"""XQuAD and DRCD -> directions: questions in one language or script over text in another. Serves the benchmarks of retrieval.

    en->zh        the English questions of XQuAD over its Chinese paragraphs
    both/zh       the Chinese questions over both languages in one index
    both/zh twin  the same; what counts is the English twin of the paragraph

XQuAD's two languages hold the same questions about the same paragraphs under the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.public_sets import PublicQuestion, PublicSet, load
from corpus.document import Document
from index import store
from index.build import build
from index.chunk import Chunk
from index.embed import Embedder
from index.search import PassageIndex
from index.segment import fold_script
from index.store import Stored

FILES = {"zh": "xquad.zh.json", "en": "xquad.en.json", "drcd": "DRCD_dev.json"}
PARALLEL = ("zh", "en", "en->zh", "zh->en")
"""The directions whose questions are the same, so that every step is measured in each."""
NOT_FOUND = 1_000_000
"""The rank of a paragraph that is not among the ranked ones."""


@dataclass(frozen=True, slots=True)
class Direction:
    """Questions asked of one index; each question's document, paragraph and answers are those of the text."""

    name: str
    index: str
    questions: tuple[PublicQuestion, ...]


@dataclass(frozen=True, slots=True)
class Searchable:
    """One index on disk, in memory and behind its door; documents by id."""

    folder: Path
    stored: Stored
    index: PassageIndex
    embedder: Embedder
    documents: Mapping[str, Document]

    def rank_of(self, ranked: Iterable[Chunk], wanted: PublicQuestion) -> int:
        """The place, from 1, of the question's paragraph among the paragraphs of ranked passages."""
        seen: set[tuple[str, int]] = set()
        for chunk in ranked:
            paragraph = self.documents[chunk.document_id].paragraph_at(chunk.span.start)
            seen.add((chunk.document_id, paragraph.span.start if paragraph else chunk.span.start))
            if chunk.document_id == wanted.document_id and chunk.span.overlaps(wanted.paragraph):
                return len(seen)
        return NOT_FOUND


def load_sets(data: Path) -> dict[str, PublicSet]:
    """The sets under `data`, named as in FILES. Raises FileNotFoundError naming the file."""
    languages = {"zh": "zh-Hans", "en": "en", "drcd": "zh-Hant"}
    return {name: load(data / file, languages[name], name[0]) for name, file in FILES.items()}  # type: ignore[arg-type]


def digests(data: Path) -> dict[str, str]:
    """SHA-256 of each file, so that a figure says what it was measured on."""
    return {file: hashlib.sha256((data / file).read_bytes()).hexdigest() for file in FILES.values()}


def directions(sets: dict[str, PublicSet], every: int = 1) -> dict[str, Direction]:
    """Every direction by name, with every `every`-th question."""
    zh, en, drcd = (sets[name].questions[::every] for name in ("zh", "en", "drcd"))
    folded = tuple(replace(q, text=fold_script(q.text)) for q in drcd)
    found = (
        Direction("zh", "zh", zh),
        Direction("en", "en", en),
        Direction("en->zh", "zh", asked_over(en, zh)),
        Direction("zh->en", "en", asked_over(zh, en)),
        Direction("both/zh", "both", zh),
        Direction("both/en", "both", en),
        Direction("both/zh twin", "both", asked_over(zh, en)),
        Direction("both/en twin", "both", asked_over(en, zh)),
        Direction("drcd", "drcd", drcd),
        Direction("drcd folded", "drcd", folded),
    )
    return {direction.name: direction for direction in found}


def asked_over(
    asked: tuple[PublicQuestion, ...], over: tuple[PublicQuestion, ...]
) -> tuple[PublicQuestion, ...]:
    """The wording of `asked` with the place and the answers of `over`, joined by question id."""
    text_of = {q.id: q.text for q in asked}
    return tuple(replace(q, text=text_of[q.id]) for q in over if q.id in text_of)


def texts_of(sets: dict[str, PublicSet]) -> dict[str, tuple[Document, ...]]:
    """The documents of each index by its name."""
    single = {name: of.documents for name, of in sets.items()}
    return {**single, "both": single["zh"] + single["en"]}


def open_index(
    name: str, documents: tuple[Document, ...], embedder: Embedder, work: Path
) -> Searchable:
    """Build the index `work / name` where it is not up to date, and load it."""
    root = work / name
    build(documents, embedder, root)
    manifest, stored = store.read(root)
    index = PassageIndex(stored, embedder, manifest.version)
    return Searchable(
        store.current(root), stored, index, embedder, {d.id: d for d in stored.documents}
    )
