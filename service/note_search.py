"""The footnote graph as an answer: the notes that a question asks for, and the sentences that carry them.

`NoteSearch(index).find(NotesCiting("Kei Koga"))` finds notes 8 and 17 of the chapter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import Document, Footnote, Span
from index.concept_match import ConceptMatcher, folded_words
from index.search import PassageIndex, Question, Ranking, SectionKey
from index.segment import fold
from service.cite import cite_sentence
from service.footnote_questions import (
    FootnoteQuestion,
    NoteByLabel,
    NotesCiting,
    SourceOfClaim,
    notes_citing,
    notes_labelled,
)
from service.select import score, select

NOTES_WITH_SENTENCES = 3
MOST_NOTES = 8
REMARKS_READ = 10
BY_ITSELF = 0.5
"""Of what a question speaks of, by inverse document frequency, the share that a remark itself must name."""
NAMED = 0.8
"""How far each concept of a name must be met: a dictionary's equivalent counts, part of a word does not."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: body spans, notes, or nothing."""

    spans: tuple[tuple[str, Span], ...] = ()
    notes: tuple[tuple[str, Footnote], ...] = ()


class NoteSearch:
    """Looks through the notes of an index; `documents` limits it to these ids, when given."""

    def __init__(self, index: PassageIndex, documents: Collection[str] = ()) -> None:
        self._index = index
        self._limit = documents
        self._documents = {d.id: d for d in index.documents if not documents or d.id in documents}

    def find(self, wanted: FootnoteQuestion) -> Evidence:
        """The notes asked for; nothing where the documents have none."""
        if isinstance(wanted, NoteByLabel):
            return self._of_notes(self._each(lambda d: notes_labelled(d, wanted.labels)))
        if isinstance(wanted, NotesCiting):
            return self._of_notes(self._each(self._citing(wanted)))
        return self._source(wanted)

    def _citing(self, wanted: NotesCiting) -> Callable[[Document], list[Footnote]]:
        """Finds the notes that have the subject's very words; where none has, those that name everything it
        speaks of, in either language."""
        words = re.compile(rf"(?<!\w){re.escape(fold(wanted.subject).strip())}(?!\w)")

        def has_the_words(text: str) -> bool:
            return words.search(fold(text)) is not None

        concepts, matcher = self._index.note_matcher(wanted.subject)

        def names_it(text: str) -> bool:
            met = zip(concepts, matcher.met(folded_words(text)), strict=True)
            names = [share for concept, share in met if concept.noun]
            return bool(names) and min(names) >= NAMED

        notes = (f for document in self._documents.values() for f in document.footnotes)
        names = has_the_words if any(has_the_words(f.text) for f in notes) else names_it
        return lambda document: notes_citing(document, names, wanted.in_full)

    def _each(self, find: Callable[[Document], list[Footnote]]) -> list[tuple[str, Footnote]]:
        return [(d.id, note) for d in self._documents.values() for note in find(d)]

    def _of_notes(self, notes: Sequence[tuple[str, Footnote]]) -> Evidence:
        """The first of the notes, and the sentences that carry them when they are few."""
        if len(notes) > NOTES_WITH_SENTENCES:
            return Evidence(notes=tuple(notes[:MOST_NOTES]))
        return Evidence(tuple(self._marked(notes)), tuple(notes))

    def _marked(self, notes: Iterable[tuple[str, Footnote]]) -> list[tuple[str, Span]]:
        return list(
            dict.fromkeys(
                (document_id, ref.sentence)
                for document_id, note in notes
                for ref in self._documents[document_id].noterefs
                if ref.footnote_id == note.id
            )
        )

    def explaining(self, question: Question, sections: Collection[SectionKey] = ()) -> Evidence:
        """The author's remark that answers where no sentence of the body does: with the sentence that carries
        it, it names everything the question speaks of, and most of that by itself. `sections` limit where
        it stands, when given."""
        idf = np.asarray(question.concept_idf)
        asked = np.asarray([concept.noun for concept in question.concepts], bool)
        if not asked.any():
            return Evidence()
        matcher = ConceptMatcher.of(question.concepts)
        for hit in self._index.rank_notes(question, REMARKS_READ, self._limit):
            document = self._documents[hit.chunk.document_id]
            note = document.footnote(hit.chunk.footnote_id or "")
            elsewhere = sections and (document.id, hit.chunk.section_id) not in sections
            if note.kind != "explanatory" or elsewhere:
                continue
            carrying = [span for _, span in self._marked([(document.id, note)])]
            around = " ".join(span.of(document.text) for span in carrying)
            own = np.asarray(matcher.met(folded_words(note.text)))
            named = np.maximum(own, matcher.met(folded_words(around)))
            if min(named[asked]) >= NAMED and own @ idf >= BY_ITSELF * idf.sum():
                return self._of_notes([(document.id, note)])
        return Evidence()

    def _source(self, wanted: SourceOfClaim) -> Evidence:
        """The sentences that make a claim, and the author's notes on them."""
        ranking = self._index.rank(self._index.read(wanted.claim), self._limit)
        sentences = self._saying(wanted.verbatim, ranking)
        if (
            not sentences
            and (titled := self._of_notes(self._each(_holding(wanted.verbatim)))).notes
        ):
            return titled
        if not sentences:
            selection = select(ranking, "fact", self._documents)
            if not selection.enough or selection.best is None:
                return Evidence()
            sentences = (selection.best,)
        notes = {
            (document_id, note.footnote_id): None
            for document_id, span in sentences
            for note in cite_sentence(self._documents[document_id], span, 1).notes
        }
        return Evidence(sentences, tuple((d, self._documents[d].footnote(n)) for d, n in notes))

    def _saying(self, verbatim: Sequence[str], ranking: Ranking) -> tuple[tuple[str, Span], ...]:
        """For each quoted phrase that a text holds in either script, the sentence of it that ranks first,
        one with a note if there is one: what stands there word for word needs no weighing."""
        scored = {(hit.document_id, hit.span): score(hit, "fact") for hit in ranking.sentences}

        def order(place: tuple[str, Span]) -> tuple[bool, float]:
            noted = any(self._documents[place[0]].noterefs_of(place[1]))
            return not noted, -scored.get(place, 0.0)

        found: dict[tuple[str, Span], None] = {}
        for phrase in map(fold, verbatim):
            holding = [
                (document.id, sentence.span)
                for document in self._documents.values()
                if phrase in fold(document.text)
                for sentence in document.sentences
                if phrase in fold(sentence.span.of(document.text))
            ]
            if holding:
                found[min(holding, key=order)] = None
        return tuple(sorted(found))


def _holding(verbatim: Sequence[str]) -> Callable[[Document], list[Footnote]]:
    """Finds the notes that hold one of the phrases, in either script."""
    phrases = [fold(phrase) for phrase in verbatim]
    return lambda document: [
        f for f in document.footnotes if any(phrase in fold(f.text) for phrase in phrases)
    ]
