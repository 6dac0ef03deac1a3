"""Spans -> citations: code, never a model, attaches the quote and the author's own notes.

A note whose mark stands in the quoted sentence is shown on the basis "sentence". Where the
sentence has none, the author's next mark in the same paragraph is shown on the basis "passage":
by scholarly habit it covers the sentences before it. Never beyond the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Document, Footnote, NoteRef, Resolved, Span
from service.answer import Basis, Citation, CitedNote, Quote
from service.links import note_url, quote_url

CONTEXT = 32
"""Code points of prefix and suffix: what the W3C examples and Hypothesis use to tell equal quotes apart."""


class QuoteError(Exception):
    """A quote is not the slice of the source it claims to be; nothing of it may be shown."""


def quote(text: str, span: Span) -> Quote:
    """The slice of `text` at `span`. Raises QuoteError when the span lies outside the text."""
    if not 0 <= span.start < span.end <= len(text):
        raise QuoteError(f"no text at {span.start}-{span.end}")
    return Quote(
        exact=span.of(text),
        prefix=text[max(span.start - CONTEXT, 0) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        span=span,
    )


def cite_sentence(document: Document, span: Span, number: int) -> Citation:
    """A citation of body text; `span` is a sentence or a run of sentences of one paragraph."""
    paragraph = document.paragraph_at(span.start)
    section_id = paragraph.section_id if paragraph else ""
    return Citation(
        number=number,
        document_id=document.id,
        section_id=section_id,
        section_title=section_title(document, section_id),
        quote=quote(document.text, span),
        url=quote_url(document.id, span),
        notes=tuple(_notes(document, span)),
    )


def cite_note(document: Document, footnote: Footnote, number: int) -> Citation:
    """A citation of a note's own text, for answers that stand in a note."""
    ref = next((r for r in document.noterefs if r.footnote_id == footnote.id), None)
    paragraph = document.paragraph_at(ref.sentence.start) if ref else None
    section_id = paragraph.section_id if paragraph else ""
    return Citation(
        number=number,
        document_id=document.id,
        section_id=section_id,
        section_title=section_title(document, section_id),
        quote=quote(footnote.text, Span(0, len(footnote.text))),
        url=note_url(document.id, footnote.id),
        notes=(cited_note(document, footnote, "sentence"),),
        target="note",
        footnote_id=footnote.id,
    )


def cited_note(document: Document, footnote: Footnote, basis: Basis) -> CitedNote:
    """A footnote with the works it means: its own, and those its back references resolve to."""
    own = tuple(
        (Resolved(footnote.id, number), work.csl) for number, work in enumerate(footnote.works)
    )
    meant = tuple(
        (resolved, document.footnote(resolved.footnote_id).works[resolved.work].csl)
        for resolved in (reference.resolved for reference in footnote.back_references)
        if resolved is not None
    )
    return CitedNote(
        footnote_id=footnote.id,
        label=footnote.label,
        text=footnote.text,
        kind=footnote.kind,
        basis=basis,
        resolved=tuple(resolved for resolved, _ in own + meant),
        works=tuple(csl for _, csl in own + meant),
        urls=footnote.urls,
    )


def section_title(document: Document, section_id: str) -> str:
    """The title of a section; empty where there is none."""
    try:
        return document.section(section_id).title
    except KeyError:
        return ""


def printed_heading(label: str, title: str) -> str:
    """參 前言; a label that holds the title (1 背景 of Markdown, Introduction) is the whole heading. An id may
    stand for the label."""
    return label if title in label else f"{label} {title}".strip()


def _notes(document: Document, span: Span) -> Iterator[CitedNote]:
    in_span = [r for r in document.noterefs if span.covers(r.sentence)]
    basis: Basis = "sentence" if in_span else "passage"
    refs = in_span or _next_mark(document, span)
    known = {f.id: f for f in document.footnotes}
    for footnote_id in dict.fromkeys(r.footnote_id for r in refs):
        if footnote_id in known:
            yield cited_note(document, known[footnote_id], basis)


def _next_mark(document: Document, span: Span) -> list[NoteRef]:
    """The next mark of the paragraph, if there is one."""
    paragraph = document.paragraph_at(span.start)
    if paragraph is None:
        return []
    later = [
        r for r in document.noterefs if r.offset >= span.end and paragraph.span.covers(r.sentence)
    ]
    return later[:1]
