"""question -> Answer: read, search, choose, cite; or say that the text does not answer.

`Asker(index).ask("what is TSD's inner core argument")` quotes the sentence with note 39. No step
writes text: every block is a slice of a publication, checked before it is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence

from corpus.document import Document, Language, Span
from index.question_language import language_of
from index.search import Hit, PassageIndex, Ranking, SectionKey
from service.answer import Answer, Block, Citation, NearSection
from service.cite import cite_note, cite_sentence, section_title
from service.followup import leans_back
from service.footnote_questions import NoteByLabel, read_footnote_question
from service.kinds import QuestionKind, question_kind
from service.links import section_url
from service.named_part import narrowed
from service.note_search import Evidence, NoteSearch
from service.overview import asks_for_overview, overview
from service.receipt import Receipt
from service.select import Selection, score, select

NEAREST = 3
SAME_PARAGRAPH = 1.3
QUOTED_BEFORE = -2.5
"""What a follow-up gains by staying in the paragraph of the answer before it, and loses by repeating it."""
EARLIER_CHARACTERS = 500
"""What is read of the question before, twice: alone, and with the one that leans on it."""
Stage = Callable[[str], None]


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
        ranking, sections = self._ranked(question, documents)
        stage("choosing")
        evidence = self._evidence(ranking, sections, history, documents)
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

    def _ranked(
        self, text: str, documents: Collection[str]
    ) -> tuple[Ranking, Collection[SectionKey]]:
        """What there is for a question in the publications, or in the sections that it names."""
        read, sections = narrowed(self.index.read(text), self._chosen(documents))
        return self.index.rank(read, documents, sections), sections

    def _evidence(
        self,
        ranking: Ranking,
        sections: Collection[SectionKey],
        history: Sequence[str],
        documents: Collection[str],
    ) -> Evidence:
        read = ranking.question
        notes = NoteSearch(self.index, documents)
        wanted = read_footnote_question(read.text)
        if wanted is not None:
            found = notes.find(wanted)
            if found.notes or isinstance(wanted, NoteByLabel):
                return found
        if asks_for_overview(read.text) and (aims := overview(self._chosen(documents))):
            return Evidence(spans=aims)
        selection = self._select(ranking, history, documents)
        if selection.enough:
            return Evidence(spans=selection.spans)
        return notes.explaining(read, sections)

    def _chosen(self, documents: Collection[str]) -> list[Document]:
        return [
            self.documents[i] for i in sorted(self.documents) if not documents or i in documents
        ]

    def _select(
        self, ranking: Ranking, history: Sequence[str], documents: Collection[str]
    ) -> Selection:
        read = ranking.question
        kind = question_kind(read.text)
        if not history:
            return select(ranking, kind, self.documents)
        asked_before = history[-1][:EARLIER_CHARACTERS]
        earlier = self.index.read(asked_before)
        if not leans_back(read.text, read.concepts, earlier.concepts):
            return select(ranking, kind, self.documents)
        before = select(
            self.index.rank(earlier, documents), question_kind(earlier.text), self.documents
        )
        together, _ = self._ranked(f"{asked_before} {read.text}", documents)
        return select(together, kind, self.documents, self._likelier(ranking, kind, before))

    def _likelier(
        self, alone: Ranking, kind: QuestionKind, before: Selection
    ) -> dict[tuple[str, Span], float]:
        """What speaks for a sentence beside the two questions read as one: how well it answers the
        second alone, whether it stands in a paragraph that answered the first, and that it is new."""
        bonus = {(hit.document_id, hit.span): score(hit, kind) for hit in alone.sentences}
        for document_id, span in before.spans:
            document = self.documents[document_id]
            paragraph = document.paragraph_at(span.start)
            for sentence in document.sentences_in(paragraph.span) if paragraph else ():
                place = (document_id, sentence.span)
                bonus[place] = bonus.get(place, 0.0) + SAME_PARAGRAPH
            place = (document_id, span)
            bonus[place] = bonus.get(place, 0.0) + QUOTED_BEFORE
        return bonus

    def _citations(self, evidence: Evidence) -> tuple[Citation, ...]:
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
