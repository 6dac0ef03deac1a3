"""A publication of three paragraphs and three notes, and a library over it.

`Shelf` stands at the door of answering: it finds sentences by counting shared words, so that
web tests need no index and no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flask.testing import FlaskClient

from corpus.document import (
    Author,
    BackReference,
    Document,
    Footnote,
    Language,
    Metadata,
    NoteRef,
    Paragraph,
    Resolved,
    Section,
    Sentence,
    Span,
    Work,
)
from index.chunk import chunk_document
from index.search import Hit
from service.answer import Answer, Block, Citation, CitedNote, NearSection, Quote
from service.app import create_app
from service.config import Config
from service.links import quote_url, section_url

SOURCE = (
    ("heading", "壹、緣起"),
    ("p1", "夜間開放的圖書館使高中生有處可去。[1]館員稱之為「第二張書桌」（second desk）。[2]"),
    ("heading", "貳、發現"),
    (
        "p2",
        "Night opening raised visits by 17%, *not* loans.[3] The effect faded far from stations.",
    ),
    ("p3", "鄰市的經驗則不同[1]，夜裡的讀者以上班族為主。"),
)
NIGHT = {
    "type": "article-journal",
    "title": "Night Libraries",
    "author": [{"family": "Lin", "given": "An"}, {"family": "Roe", "given": "David"}],
    "container-title": "City Review",
    "issued": {"date-parts": [[2021]]},
}
FIRST = "An Lin and David Roe, “Night Libraries,” *City Review*, 2021, pp. 5-9, <https://example.org/night_(a)>."


def tiny_document(document_id: str = "tiny") -> Document:
    """Two sections, five sentences; note 1 is cited twice, note 2 is a Supra, note 3 an Ibid."""
    text, sections, paragraphs, sentences, noterefs = "", [], [], [], []
    for kind, marked in SOURCE:
        start = len(text)
        plain = re.sub(r"\[\d\]", "", marked)
        span = Span(start, start + len(plain))
        if kind == "heading":
            label, title = marked.split("、")
            sections.append(Section(label, label, title, 1, span, span))
        else:
            paragraphs.append(Paragraph(kind, sections[-1].label, span))
            within = [
                Span(start + m.start(), start + m.end())
                for m in re.finditer(r"\S[^。.]*[。.]", plain)
            ]
            sentences += [Sentence(kind, s) for s in within]
            for number, mark in enumerate(re.finditer(r"\[(\d)\]", marked)):
                offset = start + mark.start() - 3 * number
                sentence = next(s for s in within if s.start < offset <= s.end)
                noterefs.append(NoteRef(mark[1], mark[1], offset, sentence))
        text += plain + "\n"
    sections = [
        _to(section, end)
        for section, end in zip(sections, (paragraphs[0], paragraphs[2]), strict=True)
    ]
    return Document(
        Metadata(
            document_id, "社區的夜晚", (Author("林安", "夜間研究所"),), "zh-Hant", issued="2021"
        ),
        text,
        tuple(sections),
        tuple(paragraphs),
        tuple(sentences),
        tuple(noterefs),
        _footnotes(),
    )


def _to(section: Section, last: Paragraph) -> Section:
    span = Span(section.span.start, last.span.end)
    return Section(section.id, section.label, section.title, section.level, span, section.heading)


def _footnotes() -> tuple[Footnote, ...]:
    supra = BackReference("supra", "1", 0, "p. 7", Resolved("1", 0, "p. 7"), ("2", "1"))
    ibid = BackReference("ibid", "2", 0, "p. 8", Resolved("1", 0, "p. 8"), ("3", "2", "1"))
    return (
        Footnote(
            "1",
            "1",
            FIRST,
            "source",
            5,
            (),
            (Work(NIGHT, Span(0, 62)),),
            ("https://example.org/night_(a)",),
        ),
        Footnote("2", "2", "Lin and Roe, *Supra* note 1, p. 7.", "supra", 6, (supra,)),
        Footnote("3", "3", "*Ibid.*, p. 8.", "ibid", 9, (ibid,)),
    )


class Shelf:
    """A library in memory: a sentence answers when it shares two terms with the question."""

    index_version = "tiny-1"

    def __init__(self, *documents: Document) -> None:
        self._documents = documents
        self._kept: dict[str, Answer] = {}

    def documents(self) -> Sequence[Document]:
        return self._documents

    def document(self, document_id: str) -> Document:
        for document in self._documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        language: Language | None = None,
        on_stage: Callable[[str], None] | None = None,
    ) -> Answer:
        tell = on_stage or (lambda stage: None)
        tell("searching")
        wanted = _terms(" ".join([*history, question]))
        chosen = [
            (document, sentence)
            for document in self._documents
            if not documents or document.id in documents
            for sentence in document.sentences
            if len(wanted & _terms(sentence.span.of(document.text))) >= 2
        ]
        tell("choosing")
        citations = tuple(_cite(n, *found) for n, found in enumerate(chosen[:3], start=1))
        answer = Answer(
            f"a{len(self._kept)}",
            question,
            language or ("en" if question.isascii() else "zh-Hant"),
            "answered" if citations else "not_found",
            "extractive",
            tuple(Block(c.quote.exact, (c.number,)) for c in citations),
            citations,
            () if citations else (_near(self._documents[0]),),
            self.index_version,
            1.0,
        )
        self._kept[answer.id] = answer
        return answer

    def search(self, query: str, k: int = 10, documents: Sequence[str] = ()) -> Sequence[Hit]:
        wanted = _terms(query)
        found = [
            Hit(chunk, len(wanted & _terms(chunk.text)), 0.0, 0.0)
            for document in self._documents
            if not documents or document.id in documents
            for chunk in chunk_document(document)
        ]
        return sorted((f for f in found if f.score), key=lambda f: -f.score)[:k]

    def suggestions(self, language: Language) -> Sequence[str]:
        if language == "en":
            return (
                "What did night opening do to visits?",
                "What is the second desk?",
                "Where did the effect fade far from stations?",
            )
        return ("夜間開放有何影響？", "何謂「第二張書桌」？", "鄰市的經驗如何？")

    def replay(self, answer_id: str) -> Answer | None:
        return self._kept.get(answer_id)


def _terms(text: str) -> set[str]:
    """Latin words and Han character pairs."""
    han = re.findall(r"[\u3400-\u9fff]+", text)
    return set(re.findall(r"[a-z]{3,}", text.lower())) | {
        run[i : i + 2] for run in han for i in range(len(run) - 1)
    }


def _cite(number: int, document: Document, sentence: Sentence) -> Citation:
    span = sentence.span
    section = document.section(document.paragraph_at(span.start).section_id)  # type: ignore[union-attr]
    quote = Quote(
        span.of(document.text),
        document.text[max(0, span.start - 20) : span.start],
        document.text[span.end : span.end + 20],
        span,
    )
    notes = tuple(_note(document, ref.footnote_id) for ref in document.noterefs_of(span))
    return Citation(
        number, document.id, section.id, section.title, quote, quote_url(document.id, span), notes
    )


def _note(document: Document, footnote_id: str) -> CitedNote:
    footnote = document.footnote(footnote_id)
    resolved = tuple(b.resolved for b in footnote.back_references if b.resolved) or (
        Resolved("1", 0),
    )
    return CitedNote(
        footnote.id,
        footnote.label,
        footnote.text,
        footnote.kind,
        "sentence",
        resolved,
        (NIGHT,),
        footnote.urls,
    )


def _near(document: Document) -> NearSection:
    section = document.sections[-1]
    return NearSection(document.id, section.id, section.title, section_url(document.id, section.id))


def tiny_client(library: Shelf | None = None, **settings: object) -> FlaskClient:
    """A client of the application over the tiny publication."""
    config = Config.model_validate(settings)
    return create_app(config, library or Shelf(tiny_document())).test_client()
