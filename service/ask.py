"""question -> Answer: read, search, choose, cite; or say that the text does not answer.

`Asker(index).ask("what is TSD's inner core argument")` quotes the sentence with note 39. No step
writes text: every block is a slice of a publication, checked before it is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Document, Footnote, Language, Span
from index.question_language import language_of
from index.search import Hit, PassageIndex, Question, Ranking
from index.segment import fold
from service.answer import Answer, Block, Citation, NearSection
from service.cite import cite_note, cite_sentence, section_title
from service.followup import leans_back
from service.footnote_questions import (
    NoteByLabel,
    NotesCiting,
    SourceOfClaim,
    notes_citing,
    notes_labelled,
    read_footnote_question,
)
from service.kinds import QuestionKind, question_kind
from service.links import section_url
from service.named_part import narrowed
from service.receipt import Receipt
from service.select import Selection, score, select

NEAREST = 3
NOTES_WITH_SENTENCES = 3
MOST_NOTES = 8
NAMED = 0.8
"""How far each concept of a name must be met: a dictionary's equivalent counts, part of a word does not."""
SAME_PARAGRAPH = 1.3
QUOTED_BEFORE = -2.5
"""What a follow-up gains by staying in the paragraph of the answer before it, and loses by repeating it."""
Stage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What was found for a question: body spans, notes, or nothing."""

    spans: tuple[tuple[str, Span], ...] = ()
    notes: tuple[tuple[str, Footnote], ...] = ()


class Asker:
    """Answers questions over one index. Holds no state between questions."""

    def __init__(self, index: PassageIndex) -> None:
        self.index = index
        self.documents = {d.id: d for d in index.documents}

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Collection[str] = (),
        language: Language | None = None,
        on_stage: Stage | None = None,
    ) -> Answer:
        """`history` is the earlier questions, oldest first; no `documents` means all of them."""
        started = time.perf_counter()
        stage = on_stage or (lambda name: None)
        receipt = Receipt(question, tuple(history), tuple(sorted(documents)), language)
        stage("searching")
        read, ranking = self._ranked(question, documents)
        stage("choosing")
        evidence = self._evidence(read, ranking, history, documents)
        citations = self._citations(evidence)
        return Answer(
            id=receipt.encode(),
            question=question,
            language=language or language_of(question),
            status="answered" if citations else "not_found",
            mode="extractive",
            blocks=tuple(Block(c.quote.exact, (c.number,)) for c in citations),
            citations=citations,
            nearest=() if citations else self._nearest(ranking),
            index_version=self.index.version,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _ranked(self, text: str, documents: Collection[str]) -> tuple[Question, Ranking]:
        """A question as read, and what there is for it in the publications or the part that it names."""
        read, sections = narrowed(self.index.read(text), self._chosen(documents))
        return read, self.index.rank(read, documents, sections)

    def _evidence(
        self, read: Question, ranking: Ranking, history: Sequence[str], documents: Collection[str]
    ) -> _Evidence:
        wanted = read_footnote_question(read.text)
        if isinstance(wanted, NoteByLabel):
            return self._of_notes(lambda d: notes_labelled(d, wanted.labels), documents)
        if isinstance(wanted, NotesCiting):
            found = self._of_notes(self._citing(wanted), documents)
            if found.notes:
                return found
        if isinstance(wanted, SourceOfClaim) and (found := self._source(wanted, documents)).notes:
            return found
        selection = self._select(read, ranking, history, documents)
        return _Evidence(spans=selection.spans) if selection.enough else _Evidence()

    def _select(
        self, read: Question, ranking: Ranking, history: Sequence[str], documents: Collection[str]
    ) -> Selection:
        kind = question_kind(read.text)
        if not history:
            return select(ranking, kind, self.documents)
        earlier = self.index.read(history[-1])
        if not leans_back(read.text, read.concepts, earlier.concepts):
            return select(ranking, kind, self.documents)
        before = select(
            self.index.rank(earlier, documents), question_kind(earlier.text), self.documents
        )
        _, together = self._ranked(f"{history[-1]} {read.text}", documents)
        return select(together, kind, self.documents, self._likelier(ranking, kind, before))

    def _likelier(self, alone: Ranking, kind: QuestionKind, before: Selection) -> dict[Span, float]:
        """What speaks for a sentence beside the two questions read as one: how well it answers the
        second alone, whether it stands in a paragraph that answered the first, and that it is new."""
        bonus = {hit.span: score(hit, kind) for hit in alone.sentences}
        for document_id, span in before.spans:
            document = self.documents[document_id]
            paragraph = document.paragraph_at(span.start)
            for sentence in document.sentences_in(paragraph.span) if paragraph else ():
                bonus[sentence.span] = bonus.get(sentence.span, 0.0) + SAME_PARAGRAPH
            bonus[span] = bonus.get(span, 0.0) + QUOTED_BEFORE
        return bonus

    def _citing(self, wanted: NotesCiting) -> Callable[[Document], list[Footnote]]:
        """Finds the notes that name everything the subject speaks of, in either language."""
        looked_for = self.index.read(wanted.subject)

        def names_it(text: str) -> bool:
            met = zip(
                looked_for.concepts, self.index.sentence_concepts(looked_for, text), strict=True
            )
            names = [share for concept, share in met if concept.noun]
            return bool(names) and min(names) >= NAMED

        return lambda document: notes_citing(document, names_it, wanted.in_full)

    def _of_notes(
        self, find: Callable[[Document], list[Footnote]], documents: Collection[str]
    ) -> _Evidence:
        """The notes found, and the sentences that carry them when they are few."""
        chosen = self._chosen(documents)
        notes = [(d.id, note) for d in chosen for note in find(d)][:MOST_NOTES]
        if len(notes) > NOTES_WITH_SENTENCES:
            return _Evidence(notes=tuple(notes))
        return _Evidence(tuple(self._marked(notes)), tuple(notes))

    def _marked(self, notes: Iterable[tuple[str, Footnote]]) -> list[tuple[str, Span]]:
        return list(
            dict.fromkeys(
                (document_id, ref.sentence)
                for document_id, note in notes
                for ref in self.documents[document_id].noterefs
                if ref.footnote_id == note.id
            )
        )

    def _chosen(self, documents: Collection[str]) -> list[Document]:
        return [
            self.documents[i] for i in sorted(self.documents) if not documents or i in documents
        ]

    def _source(self, wanted: SourceOfClaim, documents: Collection[str]) -> _Evidence:
        """The sentences that make a claim, and the author's notes on them."""
        ranking = self.index.rank(self.index.read(wanted.claim), documents)
        sentences = self._saying(wanted.verbatim, ranking, documents)
        if not sentences and (titled := self._of_notes(_holding(wanted.verbatim), documents)).notes:
            return titled
        if not sentences:
            selection = select(ranking, "fact", self.documents)
            if not selection.enough or selection.best is None:
                return _Evidence()
            sentences = (selection.best,)
        notes = {
            (document_id, note.footnote_id): None
            for document_id, span in sentences
            for note in cite_sentence(self.documents[document_id], span, 1).notes
        }
        return _Evidence(sentences, tuple((d, self.documents[d].footnote(n)) for d, n in notes))

    def _saying(
        self, verbatim: Sequence[str], ranking: Ranking, documents: Collection[str]
    ) -> tuple[tuple[str, Span], ...]:
        """For each quoted phrase that a text holds in either script, the sentence of it that ranks first,
        one with a note if there is one: what stands there word for word needs no weighing."""
        scored = {(hit.document_id, hit.span): score(hit, "fact") for hit in ranking.sentences}

        def order(place: tuple[str, Span]) -> tuple[bool, float]:
            noted = any(self.documents[place[0]].noterefs_of(place[1]))
            return not noted, -scored.get(place, 0.0)

        found: dict[tuple[str, Span], None] = {}
        for phrase in map(fold, verbatim):
            holding = [
                (document.id, sentence.span)
                for document in self._chosen(documents)
                if phrase in fold(document.text)
                for sentence in document.sentences
                if phrase in fold(sentence.span.of(document.text))
            ]
            if holding:
                found[min(holding, key=order)] = None
        return tuple(sorted(found))

    def _citations(self, evidence: _Evidence) -> tuple[Citation, ...]:
        found: list[Citation] = []
        for document_id, span in evidence.spans:
            found.append(cite_sentence(self.documents[document_id], span, len(found) + 1))
        for document_id, note in (n for n in evidence.notes if n[1].text):
            found.append(cite_note(self.documents[document_id], note, len(found) + 1))
        return tuple(found)

    def _nearest(self, ranking: Ranking) -> tuple[NearSection, ...]:
        """The sections a reader might look into, none of them offered as evidence."""
        places = dict.fromkeys((h.chunk.document_id, h.chunk.section_id) for h in ranking.passages)
        return tuple(
            self._near(document_id, section_id)
            for document_id, section_id in list(places)[:NEAREST]
        )

    def _near(self, document_id: str, section_id: str) -> NearSection:
        title = section_title(self.documents[document_id], section_id)
        return NearSection(document_id, section_id, title, section_url(document_id, section_id))

    def search(self, query: str, k: int = 10, documents: Collection[str] = ()) -> list[Hit]:
        """Passages and notes for a query, best first."""
        return self.index.search(query, k, documents)


def _holding(verbatim: Sequence[str]) -> Callable[[Document], list[Footnote]]:
    """Finds the notes that hold one of the phrases, in either script."""
    phrases = [fold(phrase) for phrase in verbatim]
    return lambda document: [
        f for f in document.footnotes if any(phrase in fold(f.text) for phrase in phrases)
    ]
