"""SQuAD-format files (XQuAD, DRCD) -> Documents and questions, for measuring on public text. Serves the benchmarks of retrieval.

The files are read from a path given on the command line and are not part of this repository:
XQuAD is CC BY-SA 4.0, DRCD CC BY-SA 3.0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document, Language, Metadata, Paragraph, Section, Sentence, Span
from corpus.sentences import split


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question, the paragraph (document id, span) that answers it, and the answer's printed forms."""

    id: str
    text: str
    document_id: str
    paragraph: Span
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Publications made of one file, and the questions over them."""

    documents: tuple[Document, ...]
    questions: tuple[PublicQuestion, ...]


def load(path: Path, lang: Language, prefix: str = "") -> PublicSet:
    """One Document an article, one Paragraph a context; `prefix` keeps ids of two sets apart."""
    documents: list[Document] = []
    questions: list[PublicQuestion] = []
    for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        document = _document(f"{prefix}{number:04d}", article, lang)
        documents.append(document)
        for paragraph, context in zip(document.paragraphs, article["paragraphs"], strict=True):
            questions += [
                PublicQuestion(
                    id=qa["id"],
                    text=qa["question"],
                    document_id=document.id,
                    paragraph=paragraph.span,
                    answers=tuple(dict.fromkeys(a["text"] for a in qa["answers"])),
                )
                for qa in context["qas"]
            ]
    return PublicSet(tuple(documents), tuple(questions))


def _document(document_id: str, article: dict[str, object], lang: Language) -> Document:
    contexts = [str(p["context"]) for p in article["paragraphs"]]  # type: ignore[attr-defined]
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    start = 0
    for number, context in enumerate(contexts):
        paragraph = Paragraph(f"p{number}", "", Span(start, start + len(context)))
        paragraphs.append(paragraph)
        sentences += [
            Sentence(paragraph.id, Span(start + s.start, start + s.end)) for s in split(context)
        ]
        start += len(context) + 2
    text = "\n\n".join(contexts)
    whole = Span(0, len(text))
    return Document(
        metadata=Metadata(document_id, str(article["title"]), (), lang),
        text=text,
        sections=(Section("", "", "", 1, whole, Span(0, 0)),),
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
        noterefs=(),
        footnotes=(),
    )
