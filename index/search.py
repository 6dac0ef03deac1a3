"""A question -> ranked passages, sentences and notes of one index.

Scores are absolute and are added, never fused by rank: reciprocal rank fusion gives a passage
without one matching word the same weight as one with all of them, and costs English questions over
Chinese text two thirds of their recall.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from index import store
from index.centre import Script, centre, script_of
from index.chunk import Chunk
from index.concept_match import ConceptMatcher
from index.embed import Embedder
from index.maxsim import (
    best_in_each,
    best_matches,
    gist_cosines,
    stored_cosines,
    weighted_mean,
    weighted_means,
)
from index.merge import best_of_each, on_one_scale
from index.passage_parts import PassageParts, take_apart
from index.query import Concept, Equivalent, QueryReader
from index.segment import fold_script, has_han
from index.spelling_out import index_terms

Vectors = NDArray[np.float32]
SectionKey = tuple[str, str]
"""A document's id and the id of a section in it."""

CANDIDATES = 50
RERANKED = 12
"""Passages in each script that are read token by token."""
QUESTION_TOKENS = 256
"""Of a longer question only the rarest tokens are compared with passages: memory grows with tokens times sentences."""
LEXICAL_WEIGHT = 1.25
SENTENCE_WEIGHT = 1.5
MAXSIM_WEIGHT = 2.5
NOTE_DENSE_WEIGHT = 0.5
NOTE_LEXICAL_WEIGHT = 2.0
CONTEXT_WEIGHT = 0.7
SAME_TEXT = 0.5
"""Share of pairs of words or Han characters (Jaccard) above which two passages are one text with changes;
between the paragraphs of our publications it stays below 0.15."""
PASSAGES_KEPT = 2_000
"""Passages that stay taken apart in memory, some 20 KB each."""
_PIECE = re.compile(r"[A-Za-z0-9]+|\S")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index reads it: centred vector (d,), centred token vectors (t, d) with
    weights (t,) and spans (t, 2) in code points, terms, and concepts with their inverse document frequency;
    `absent[i]` says that no passage has concept i in any of its forms."""

    text: str
    script: Script
    vector: Vectors
    tokens: Vectors
    token_weights: Vectors
    token_spans: NDArray[np.int32]
    terms: tuple[str, ...]
    concepts: tuple[Concept, ...]
    concept_idf: tuple[float, ...]
    absent: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk with its score; of a passage, `maxsim` is how well its tokens match the question's, and
    `foreign` says that it is in another script than the question."""

    chunk: Chunk
    score: float
    maxsim: float = 0.0
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence of a ranked passage. `matches[i]` says how far concept i of the question is met,
    0..1; `context_coverage` is their mean weighted by inverse document frequency, where what the passage
    before it and the headings above it say counts too, at a discount, for a sentence seldom repeats its
    subject; `token_matches[i]` is the best cosine of token i of the question
    among the sentence's tokens, and `maxsim` their weighted mean; `gist` is the cosine of the mean token of the
    question and the mean token of the sentence, which has read its passage where `dense` has not."""

    document_id: str
    section_id: str
    span: Span
    text: str
    passage: Hit
    dense: float
    maxsim: float
    gist: float
    context_coverage: float
    matches: tuple[float, ...]
    token_matches: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What an index has for one question, best first; `sentences` in the passages' order."""

    question: Question
    passages: tuple[Hit, ...]
    sentences: tuple[SentenceHit, ...]


class PassageIndex:
    """A loaded index. Safe to share between threads: searching changes nothing."""

    def __init__(self, stored: store.Stored, embedder: Embedder, version: str) -> None:
        self.version = version
        self.documents = stored.documents
        self._stored = stored
        self._embedder = embedder
        self._reader = QueryReader(stored.lexicon, stored.passage_terms.vocabulary)
        self._note_reader = QueryReader(stored.lexicon, stored.note_terms.vocabulary)
        self._document_of = {d.id: d for d in stored.documents}
        self._sentences_of: dict[int, list[int]] = {}
        for row, sentence in enumerate(stored.sentences):
            self._sentences_of.setdefault(sentence.passage, []).append(row)
        self._latin = np.asarray([script_of(p.text) == "latin" for p in stored.passages], bool)
        self._parts = lru_cache(maxsize=PASSAGES_KEPT)(self._taken_apart)

    @classmethod
    def open(cls, root: Path, embedder: Embedder) -> PassageIndex:
        """Verify and load the current index under `root`.

        Raises FileNotFoundError, or IndexDamagedError when it is damaged or was built with
        another embedding model; both messages name the cure.
        """
        manifest, stored = store.read(root)
        if manifest.embedder != embedder.name:
            raise store.IndexDamagedError(
                f"the index was built with {manifest.embedder}, the setting says {embedder.name}; run `zhujiao build`"
            )
        return cls(stored, embedder, manifest.version)

    def read(self, text: str) -> Question:
        """Encode and analyse a question once, for everything that follows."""
        script = script_of(text)
        encoded = self._embedder.encode([fold_script(text)], "query")
        means = self._stored.means
        tokens = encoded.tokens[0]
        compared = np.sort(np.argsort(-tokens.weights, kind="stable")[:QUESTION_TOKENS])
        concepts = self._reader.concepts(text)
        return Question(
            text=text,
            script=script,
            vector=centre(encoded.vectors, [script], means.question)[0],
            tokens=centre(tokens.vectors[compared], [script] * len(compared), means.question_token),
            token_weights=tokens.weights[compared],
            token_spans=tokens.spans[compared],
            terms=tuple(index_terms(text)),
            concepts=concepts,
            concept_idf=tuple(self._concept_idf(c) for c in concepts),
            absent=tuple(not self._known(c) and not self._spelt(c) for c in concepts),
        )

    def search(self, text: str, k: int = 10, documents: Collection[str] = ()) -> list[Hit]:
        """The best passages and notes together, best first; of passages that are nearly the same text,
        those after the first stand behind all others."""
        question = self.read(text)
        found = [*self.rank(question, documents).passages, *self.rank_notes(question, k, documents)]
        return _repetitions_last(sorted(found, key=lambda hit: -hit.score))[:k]

    def rank(
        self,
        question: Question,
        documents: Collection[str] = (),
        sections: Collection[SectionKey] = (),
    ) -> Ranking:
        """Passages and their sentences; `documents` and `sections` limit the search to these, when given."""
        lexical = self._stored.passage_terms.scores(question.terms, question.concepts)
        rows = self._candidates(question, lexical, documents, sections)
        sentence_cosines = self._sentence_cosines(question, rows)
        best = np.asarray([c.max() if len(c) else 0.0 for c in sentence_cosines], np.float32)
        coarse = LEXICAL_WEIGHT * lexical[rows] + SENTENCE_WEIGHT * best
        order = best_of_each(coarse, self._latin[rows], RERANKED)
        parts = [self._parts(int(rows[i])) for i in order]
        cosines = [
            self._token_cosines(question, int(rows[i]), part)
            for i, part in zip(order, parts, strict=True)
        ]
        maxsim = np.asarray(
            [weighted_mean(best_matches(c), question.token_weights) for c in cosines], np.float32
        )
        foreign = self._latin[rows[order]] != (question.script == "latin")
        scores = on_one_scale(coarse[order] + MAXSIM_WEIGHT * maxsim, foreign)
        matcher = ConceptMatcher.of(question.concepts)
        hits: list[Hit] = []
        sentences: list[SentenceHit] = []
        for place in np.argsort(-scores, kind="stable"):
            i = order[place]
            row = int(rows[i])
            hit = Hit(
                chunk=self._stored.passages[row],
                score=float(scores[place]),
                maxsim=float(maxsim[place]),
                foreign=bool(foreign[place]),
            )
            hits.append(hit)
            sentences += _sentence_hits(
                question, matcher, hit, parts[place], cosines[place], sentence_cosines[i]
            )
        return Ranking(question, tuple(hits), tuple(sentences))

    def rank_notes(self, question: Question, k: int, documents: Collection[str] = ()) -> list[Hit]:
        """The notes whose own text fits the question."""
        if not self._stored.notes:
            return []
        lexical = self._stored.note_terms.scores(question.terms, question.concepts)
        rows = np.union1d(
            self._stored.note_vectors.search(question.vector, k * 3)[0],
            np.argsort(-lexical)[: k * 3],
        )
        rows = self._allowed(rows, self._stored.notes, documents)
        dense = self._stored.note_vectors.rows(rows) @ question.vector
        found = [
            Hit(
                self._stored.notes[row],
                float(NOTE_DENSE_WEIGHT * cosine + NOTE_LEXICAL_WEIGHT * lexical[row]),
            )
            for row, cosine in zip(rows, dense, strict=True)
        ]
        return sorted(found, key=lambda hit: -hit.score)[:k]

    def note_matcher(self, name: str) -> tuple[tuple[Concept, ...], ConceptMatcher]:
        """The concepts of a name as the notes have them, and what says how far a text meets each."""
        concepts = self._note_reader.concepts(name)
        return concepts, ConceptMatcher.of(concepts)

    def _candidates(
        self,
        question: Question,
        lexical: Vectors,
        documents: Collection[str],
        sections: Collection[SectionKey],
    ) -> NDArray[np.int64]:
        if not self._stored.passages:
            return np.empty(0, np.int64)
        if documents or sections:
            every = np.arange(len(self._stored.passages))
            return self._allowed(every, self._stored.passages, documents, sections)
        near, _ = self._stored.passage_vectors.search(question.vector, CANDIDATES)
        sentences, _ = self._stored.sentence_vectors.search(question.vector, CANDIDATES)
        by_sentence = np.asarray([self._stored.sentences[s].passage for s in sentences], np.int64)
        wordy = best_of_each(lexical, self._latin, CANDIDATES)
        return np.unique(np.concatenate([near, by_sentence, wordy[lexical[wordy] > 0]]))

    def _allowed(
        self,
        rows: NDArray[np.int64],
        chunks: Sequence[Chunk],
        documents: Collection[str],
        sections: Collection[SectionKey] = (),
    ) -> NDArray[np.int64]:
        kept = [
            row
            for row in rows
            if (not documents or chunks[row].document_id in documents)
            and (not sections or (chunks[row].document_id, chunks[row].section_id) in sections)
        ]
        return np.asarray(kept, np.int64)

    def _sentence_cosines(
        self, question: Question, passages: NDArray[np.int64]
    ) -> list[NDArray[np.float32]]:
        """The cosine of every sentence of each passage."""
        rows = [self._sentences_of.get(int(passage), []) for passage in passages]
        vectors = self._stored.sentence_vectors.rows([row for own in rows for row in own])
        ends = np.cumsum([len(own) for own in rows])
        return np.split(vectors @ question.vector, ends[:-1]) if len(rows) else []

    def _taken_apart(self, row: int) -> PassageParts:
        passage = self._stored.passages[row]
        tokens = self._stored.tokens
        own = slice(tokens.starts[row], tokens.starts[row + 1])
        return take_apart(
            passage,
            self._document_of[passage.document_id],
            [self._stored.sentences[s].span for s in self._sentences_of.get(row, ())],
            tokens.vectors[own],
            tokens.spans[own],
        )

    def _token_cosines(self, question: Question, row: int, parts: PassageParts) -> Vectors:
        tokens = self._stored.tokens
        rows = tokens.vectors[tokens.starts[row] : tokens.starts[row + 1]]
        return stored_cosines(question.tokens, rows, parts.token_lengths)

    def _concept_idf(self, concept: Concept) -> float:
        index = self._stored.passage_terms
        return max(
            (max(index.idf(t) for t in e.terms) for e in self._known(concept)),
            default=index.idf(""),
        )

    def _spelt(self, concept: Concept) -> bool:
        """Whether every pair of characters of a Han form stands in some passage: 國務院 in 美國國務院, which
        is one word there."""
        index = self._stored.passage_terms
        return any(
            has_han(e.text) and len(e.text) > 2 and all(a + b in index for a, b in pairwise(e.text))
            for e in concept.equivalents
        )

    def _known(self, concept: Concept) -> list[Equivalent]:
        index = self._stored.passage_terms
        return [e for e in concept.equivalents if e.terms and all(t in index for t in e.terms)]


def _repetitions_last(hits: Sequence[Hit]) -> list[Hit]:
    """Five paragraphs stuffed with the words of many questions must not fill every first page."""
    first: dict[Hit, frozenset[tuple[str, str]]] = {}
    repeated: list[Hit] = []
    for hit in hits:
        pieces = _PIECE.findall(hit.chunk.text) if hit.chunk.kind == "passage" else []
        pairs = frozenset(pairwise(pieces))
        if any(len(pairs & other) > SAME_TEXT * len(pairs | other) for other in first.values()):
            repeated.append(hit)
        else:
            first[hit] = pairs
    return [*first, *repeated]


def _sentence_hits(
    question: Question,
    matcher: ConceptMatcher,
    passage: Hit,
    parts: PassageParts,
    cosines: Vectors,
    dense: NDArray[np.float32],
) -> list[SentenceHit]:
    """The sentences of a passage, measured all at once; `cosines` are those of its tokens."""
    tokens = best_in_each(cosines, parts.ranges)
    gists = gist_cosines(
        cosines, question.tokens, question.token_weights, parts.ranges, parts.gist_lengths
    )
    near = matcher.within(parts.whole)
    matches = [near.met(words) for words in parts.words]
    met = np.array(matches, np.float64).reshape(len(matches), len(question.concepts)).T
    above = np.asarray(matcher.met(parts.headings))
    idf = np.asarray(question.concept_idf)
    measured = zip(
        parts.spans,
        parts.texts,
        dense.tolist(),
        weighted_means(tokens, question.token_weights).tolist(),
        gists.tolist(),
        weighted_means(_in_context(met, above), idf).tolist(),
        matches,
        map(tuple, tokens.T.tolist()),
        strict=True,
    )
    chunk = passage.chunk
    return [
        SentenceHit(chunk.document_id, chunk.section_id, span, text, passage, *rest)
        for span, text, *rest in measured
    ]


def _in_context(met: NDArray[Any], before: NDArray[Any]) -> NDArray[Any]:
    """What the sentences (columns) of a passage meet, those before each counting at a discount, and
    `before` what stands above them all."""
    earlier = np.maximum.accumulate(np.column_stack([before, met[:, :-1]]), axis=1)
    return np.asarray(np.maximum(met, CONTEXT_WEIGHT * earlier), met.dtype)
