"""Answer -> the JSON object that programs outside this repository rely on.

Fields beyond the contract serve the pages: `section_path`, `plain_url`, and `runs`, the text of
a quote or note ready to typeset, with the note marks where the author put them. A Document's
JSON is written by `corpus/document_json.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from corpus.document import Document, Footnote, Resolved
from service.answer import Answer, Citation, CitedNote, NearSection
from service.cite import printed_heading
from service.links import (
    answer_cite_url,
    answer_url,
    note_cite_url,
    note_url,
    plain_quote_url,
    quote_url,
    section_url,
)
from service.messages import messages
from service.runs import text_language, text_runs
from service.typeset import Mark, Words, marks_in_order, runs_of

if TYPE_CHECKING:
    from index.search import Hit

Json = dict[str, Any]


def answer_json(answer: Answer, document: Callable[[str], Document]) -> Json:
    """The Answer object. `document` finds the publication of an id."""
    return {
        "id": answer.id,
        "question": answer.question,
        "language": answer.language,
        "status": answer.status,
        "mode": answer.mode,
        "blocks": [{"text": b.text, "citations": list(b.citations)} for b in answer.blocks],
        "citations": [_citation_json(c, document(c.document_id)) for c in answer.citations],
        "nearest": [_near_json(n, document(n.document_id)) for n in answer.nearest],
        "refusal": None if answer.answered else refusal_json(answer),
        "index_version": answer.index_version,
        "took_ms": round(answer.took_ms, 1),
        "url": answer_url(answer.id),
        "cite_url": answer_cite_url(answer.id) if answer.citations else None,
    }


def refusal_json(answer: Answer) -> Json:
    """What a reader is told, in the language of the question."""
    said = messages(answer.language)
    lead = said.not_found_lead if answer.nearest else said.not_found_alone
    return {"statement": said.not_found, "lead": lead}


def _citation_json(citation: Citation, document: Document) -> Json:
    quote = citation.quote
    in_note = citation.target == "note"
    return {
        "number": citation.number,
        "document_id": citation.document_id,
        "document_title": document.metadata.title,
        "document_lang": document.metadata.lang,
        "lang": text_language(quote.exact, document.metadata.lang)
        if in_note
        else document.metadata.lang,
        "section_id": citation.section_id,
        "section_title": citation.section_title,
        "section_path": section_path(document, citation.section_id),
        "target": citation.target,
        "footnote_id": citation.footnote_id,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "start": quote.span.start,
        "end": quote.span.end,
        "runs": _note_runs(quote.exact) if in_note else _quote_runs(citation, document),
        "url": citation.url,
        "plain_url": citation.url if in_note else plain_quote_url(document.id, quote.span),
        "notes": [_note_json(n, document) for n in citation.notes],
    }


def _quote_runs(citation: Citation, document: Document) -> list[Json]:
    """The quote with its marks where the author put them; a note of the passage stands last."""
    shown = {note.footnote_id: note for note in citation.notes}
    span = citation.quote.span
    marks = [
        mark
        for mark in marks_in_order(document)
        if mark.footnote_id in shown and span.start < mark.offset <= span.end
    ]
    runs = [_run_json(run) for run in runs_of(document.text, span, marks)]
    inside = {mark.footnote_id for mark in marks}
    return runs + [
        {"kind": "mark", "text": note.label, "footnote_id": note.footnote_id}
        for note in citation.notes
        if note.footnote_id not in inside
    ]


def _run_json(run: Words | Mark) -> Json:
    if isinstance(run, Mark):
        return {"kind": "mark", "text": run.label, "footnote_id": run.footnote_id}
    return {"kind": run.kind, "text": run.text} | ({"href": run.href} if run.href else {})


def _note_runs(text: str) -> list[Json]:
    return [
        {"kind": run.kind, "text": run.text} | ({"href": run.href} if run.href else {})
        for run in text_runs(text)
    ]


def _note_json(note: CitedNote, document: Document) -> Json:
    return {
        "footnote_id": note.footnote_id,
        "label": note.label,
        "text": note.text,
        "runs": _note_runs(note.text),
        "lang": text_language(note.text, document.metadata.lang),
        "kind": note.kind,
        "basis": note.basis,
        "url": note_url(document.id, note.footnote_id),
        "cite_url": note_cite_url(document.id, note.footnote_id),
        "resolved": [
            _resolved_json(resolved, work, document)
            for resolved, work in zip(note.resolved, note.works, strict=False)
        ],
        "works": [dict(work) for work in note.works],
        "urls": list(note.urls),
    }


def _resolved_json(resolved: Resolved, work: Mapping[str, Any], document: Document) -> Json:
    return {
        "footnote_id": resolved.footnote_id,
        "label": document.footnote(resolved.footnote_id).label,
        "work": resolved.work,
        "pin": resolved.pin,
        "short": work_short(work, resolved.pin),
        "url": note_url(document.id, resolved.footnote_id),
    }


def resolved_references(footnote: Footnote, document: Document) -> list[Json]:
    """The works that the note's Supra and Ibid. lead to; nothing for one that stays unresolved."""
    found: list[Json] = []
    for reference in footnote.back_references:
        if reference.resolved is not None:
            target = document.footnote(reference.resolved.footnote_id)
            csl = target.works[reference.resolved.work].csl
            found.append(_resolved_json(reference.resolved, csl, document))
    return found


def work_short(csl: Mapping[str, Any], pin: str | None = None) -> str:
    """A CSL-JSON item in short: `Heiduk and Wilkins, “Is Minilateralism the Future”, p. 819`."""
    names = [n.get("literal") or n.get("family") or "" for n in csl.get("author", ())]
    chinese = any("\u3400" <= c <= "\u9fff" for name in names for c in name)
    title = str(csl.get("title", ""))
    parts = [
        _joined([name for name in names if name], chinese),
        title and (f"〈{title}〉" if chinese else f"“{title}”"),
        pin or "",
    ]
    return ("，" if chinese else ", ").join(part for part in parts if part)


def _joined(names: list[str], chinese: bool) -> str:
    if len(names) > 2:
        return f"{names[0]}等" if chinese else f"{names[0]} et al."
    return ("、" if chinese else " and ").join(names)


def section_path(document: Document, section_id: str) -> list[Json]:
    """The section and its ancestors, outermost first; empty when the text stands in none."""
    try:
        path = document.section_path(section_id)
    except KeyError:
        return []
    return [
        {
            "id": s.id,
            "label": s.label,
            "title": s.title,
            "heading": printed_heading(s.label, s.title),
            "url": section_url(document.id, s.id),
        }
        for s in path
    ]


def _near_json(near: NearSection, document: Document) -> Json:
    return {
        "document_id": near.document_id,
        "document_title": document.metadata.title,
        "lang": document.metadata.lang,
        "section_id": near.section_id,
        "section_title": near.section_title,
        "section_path": section_path(document, near.section_id),
        "url": near.url,
    }


def hit_json(hit: Hit, document: Document) -> Json:
    """A search result. Scores stay inside: they would tell an attacker how near a probe came."""
    chunk = hit.chunk
    in_note = chunk.kind == "note" and chunk.footnote_id is not None
    return {
        "document_id": chunk.document_id,
        "document_title": document.metadata.title,
        "section_id": chunk.section_id,
        "section_path": section_path(document, chunk.section_id),
        "kind": chunk.kind,
        "footnote_id": chunk.footnote_id,
        "text": chunk.text,
        "start": chunk.span.start,
        "end": chunk.span.end,
        "url": note_url(document.id, chunk.footnote_id or "")
        if in_note
        else quote_url(document.id, chunk.span),
    }
