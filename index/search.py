"""A question -> ranked passages, sentences and notes. The only door into an index.

Scores are absolute and are added, never fused by rank: reciprocal rank fusion gives a passage
without one matching word the same weight as one with all of them, and costs English questions over
Chinese text two thirds of their recall.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from index import store
from index.centre import Script, centre, script_of
from index.chunk import Chunk
from index.embed import Embedder
from index.maxsim import best_matches, cosine_of, restore, token_cosines, weighted_mean
from index.query import Concept, Equivalent, QueryReader
from index.segment import fold, fold_script, has_han, words
from index.spelling_out import index_terms, spell_out

Vectors = NDArray[np.float32]
SectionKey = tuple[str, str]
"""A document's id and the id of a section in it."""

CANDIDATES = 50
RERANKED = 20
DENSE_WEIGHT = 0.5
LEXICAL_WEIGHT = 2.0
SENTENCE_WEIGHT = 1.0
MAXSIM_WEIGHT = 2.5
CONTEXT_WEIGHT = 0.7
SAME_TEXT = 0.5
"""Share of pairs of words or Han characters (Jaccard) above which two passages are one text with changes;
between the paragraphs of our publications it stays below 0.15."""
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
    """A chunk with its score and what the score is made of."""

    chunk: Chunk
    score: float
    dense: float
    lexical: float
    best_sentence: float = 0.0
    maxsim: float = 0.0


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence of a ranked passage. `matches[i]` says how far concept i of the question is met,
    0..1; `coverage` is their mean weighted by inverse document frequency; `context_coverage` also
    counts, at a discount, what the passage before it and the headings above it say, for a sentence
    seldom repeats its subject; `token_matches[i]` is the best cosine of token i of the question
    among the sentence's tokens, `maxsim` their weighted mean, and `context_maxsim` the same with the
    sentences before it in the passage, at that discount; `gist` is the cosine of the mean token of the
    question and the mean token of the sentence, which has read its passage where `dense` has not."""

    document_id: str
    section_id: str
    span: Span
    text: str
    passage: Hit
    dense: float
    maxsim: float
    context_maxsim: float
    gist: float
    coverage: float
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
        self._document_of = {d.id: d for d in stored.documents}
        self._sentences_of: dict[int, list[int]] = {}
        for row, sentence in enumerate(stored.sentences):
            self._sentences_of.setdefault(sentence.passage, []).append(row)
        self._folded_words = lru_cache(maxsize=50_000)(_folded_words)

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
        concepts = self._reader.concepts(text)
        return Question(
            text=text,
            script=script,
            vector=centre(encoded.vectors, [script], means.question)[0],
            tokens=centre(tokens.vectors, [script] * len(tokens.vectors), means.question_token),
            token_weights=tokens.weights,
            token_spans=tokens.spans,
            terms=tuple(index_terms(text)),
            concepts=concepts,
            concept_idf=tuple(self._concept_idf(c) for c in concepts),
            absent=tuple(not self._known(c) for c in concepts),
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
        dense = self._stored.passage_vectors.rows(rows) @ question.vector
        sentence_cosines = [self._sentence_cosines(question, row) for row in rows]
        best = np.asarray([max(c, default=0.0) for c in sentence_cosines], np.float32)
        first = DENSE_WEIGHT * dense + LEXICAL_WEIGHT * lexical[rows] + SENTENCE_WEIGHT * best
        order = np.argsort(-first, kind="stable")[:RERANKED]
        hits: list[tuple[Hit, list[SentenceHit]]] = []
        for i in order:
            tokens = self._tokens(int(rows[i]))
            matches = token_cosines(question.tokens, tokens)
            maxsim = weighted_mean(best_matches(matches), question.token_weights)
            hit = Hit(
                chunk=self._stored.passages[rows[i]],
                score=float(first[i]) + MAXSIM_WEIGHT * maxsim,
                dense=float(dense[i]),
                lexical=float(lexical[rows[i]]),
                best_sentence=float(best[i]),
                maxsim=maxsim,
            )
            hits.append(
                (
                    hit,
                    self._sentence_hits(
                        question, hit, int(rows[i]), sentence_cosines[i], tokens, matches
                    ),
                )
            )
        hits.sort(key=lambda pair: -pair[0].score)
        return Ranking(
            question, tuple(h for h, _ in hits), tuple(s for _, found in hits for s in found)
        )

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
                float(DENSE_WEIGHT * cosine + LEXICAL_WEIGHT * lexical[row]),
                float(cosine),
                float(lexical[row]),
            )
            for row, cosine in zip(rows, dense, strict=True)
        ]
        return sorted(found, key=lambda hit: -hit.score)[:k]

    def sentence_concepts(self, question: Question, text: str) -> tuple[float, ...]:
        """How far each concept of the question is met in a text, 0..1."""
        folded, vocabulary = self._folded_words(text)
        return tuple(_met(concept, folded, vocabulary) for concept in question.concepts)

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
        wordy = np.argpartition(-lexical, min(CANDIDATES, len(lexical) - 1))[:CANDIDATES]
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

    def _sentence_cosines(self, question: Question, passage: int) -> list[float]:
        rows = self._sentences_of.get(passage, [])
        return [float(c) for c in self._stored.sentence_vectors.rows(rows) @ question.vector]

    def _tokens(self, passage: int) -> Vectors:
        tokens = self._stored.tokens
        return restore(tokens.vectors[tokens.starts[passage] : tokens.starts[passage + 1]])

    def _sentence_hits(
        self,
        question: Question,
        passage: Hit,
        row: int,
        cosines: list[float],
        vectors: Vectors,
        matches: Vectors,
    ) -> list[SentenceHit]:
        tokens = self._stored.tokens
        spans = tokens.spans[tokens.starts[row] : tokens.starts[row + 1]] + passage.chunk.span.start
        document = self._document_of[passage.chunk.document_id]
        context = np.asarray(self.sentence_concepts(question, self._headings(passage.chunk)))
        token_context = np.full(len(question.tokens), -1, np.float32)
        mean_token = question.token_weights @ question.tokens
        hits: list[SentenceHit] = []
        for sentence_row, cosine in zip(self._sentences_of.get(row, []), cosines, strict=True):
            span = self._stored.sentences[sentence_row].span
            inside = (spans[:, 0] >= span.start) & (spans[:, 1] <= span.end)
            token_matches = best_matches(matches, inside)
            text = span.of(document.text)
            met = self.sentence_concepts(question, text)
            in_context = np.maximum(met, CONTEXT_WEIGHT * context)
            context = np.maximum(context, met)
            tokens_in_context = np.maximum(token_matches, CONTEXT_WEIGHT * token_context)
            token_context = np.maximum(token_context, token_matches)
            hits.append(
                SentenceHit(
                    document_id=passage.chunk.document_id,
                    section_id=passage.chunk.section_id,
                    span=span,
                    text=text,
                    passage=passage,
                    dense=cosine,
                    maxsim=weighted_mean(token_matches, question.token_weights),
                    context_maxsim=weighted_mean(tokens_in_context, question.token_weights),
                    gist=cosine_of(mean_token, vectors[inside].sum(axis=0)),
                    coverage=_weighted(met, question.concept_idf),
                    context_coverage=_weighted(in_context, question.concept_idf),
                    matches=met,
                    token_matches=tuple(float(m) for m in token_matches),
                )
            )
        return hits

    def _headings(self, chunk: Chunk) -> str:
        """What stands above a passage: the title of its document and the headings of its sections."""
        document = self._document_of[chunk.document_id]
        path = document.section_path(chunk.section_id)
        return " ".join((document.metadata.title, *(section.title for section in path)))

    def _concept_idf(self, concept: Concept) -> float:
        index = self._stored.passage_terms
        return max(
            (max(index.idf(t) for t in e.terms) for e in self._known(concept)),
            default=index.idf(""),
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


def _folded_words(text: str) -> tuple[str, frozenset[str]]:
    folded = spell_out(fold(text))
    return folded, frozenset(words(folded))


def _met(concept: Concept, folded: str, vocabulary: frozenset[str]) -> float:
    return max((e.weight * _says(e, folded, vocabulary) for e in concept.equivalents), default=0.0)


def _says(equivalent: Equivalent, folded: str, vocabulary: frozenset[str]) -> float:
    """1 where the words stand in the text; a Chinese word that is not there counts by the half of its character pairs."""
    if not has_han(equivalent.text):
        return float(bool(equivalent.terms) and all(t in vocabulary for t in equivalent.terms))
    if equivalent.text in folded:
        return 1.0
    pairs = [equivalent.text[i : i + 2] for i in range(len(equivalent.text) - 1)]
    if len(pairs) < 2:
        return 0.0
    return 0.5 * sum(pair in folded for pair in pairs) / len(pairs)


def _weighted(values: Iterable[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    return float(sum(v * w for v, w in zip(values, weights, strict=True)) / total) if total else 0.0
