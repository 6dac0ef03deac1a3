"""A Document -> the plain dictionary of `zhujiao read --json`, whose shape other programs rely on.

Document(…) -> {"document": {"id": …}, "text": …, "sections": […], …, "findings": […]}
"""

from __future__ import annotations

from typing import Any

from corpus.document import BackReference, Document, Finding, Footnote, Metadata, Span


def document_json(document: Document) -> dict[str, Any]:
    """Offsets are code points into "text"; optional fields are null, never absent."""
    return {
        "document": metadata_json(document.metadata),
        "text": document.text,
        "sections": [
            {"id": s.id, "label": s.label, "title": s.title, "level": s.level, **_span(s.span)}
            for s in document.sections
        ],
        "paragraphs": [
            {"id": p.id, "section_id": p.section_id, "kind": p.kind, **_span(p.span)}
            for p in document.paragraphs
        ],
        "sentences": [
            {"paragraph_id": s.paragraph_id, **_span(s.span)} for s in document.sentences
        ],
        "noterefs": [
            {
                "footnote_id": r.footnote_id,
                "label": r.label,
                "offset": r.offset,
                "pin": r.pin,
                "sentence": _span(r.sentence),
            }
            for r in document.noterefs
        ],
        "footnotes": [footnote_json(footnote) for footnote in document.footnotes],
        "findings": [export_finding(finding) for finding in document.findings],
        "set_aside": [
            {"line": s.line, "text": s.text, "reason": s.reason} for s in document.set_aside
        ],
    }


def export_finding(finding: Finding) -> dict[str, Any]:
    """`{"severity", "code", "message", "line"}`."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "line": finding.line,
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def metadata_json(metadata: Metadata) -> dict[str, Any]:
    """What a publication says of itself."""
    return {
        "id": metadata.id,
        "title": metadata.title,
        "authors": [{"name": a.name, "affiliation": a.affiliation} for a in metadata.authors],
        "lang": metadata.lang,
        "container_title": metadata.container_title,
        "publisher": metadata.publisher,
        "issued": metadata.issued,
        "url": metadata.url,
        "licence": metadata.licence,
    }


def footnote_json(footnote: Footnote) -> dict[str, Any]:
    """One note; `back_reference` is the first of its `back_references`."""
    references = [_back_reference(reference) for reference in footnote.back_references]
    return {
        "id": footnote.id,
        "label": footnote.label,
        "text": footnote.text,
        "kind": footnote.kind,
        "line": footnote.line,
        "back_reference": references[0] if references else None,
        "back_references": references,
        "works": [{**work.csl} for work in footnote.works],
        "urls": list(footnote.urls),
    }


def _back_reference(reference: BackReference) -> dict[str, Any]:
    resolved = reference.resolved
    return {
        "kind": reference.kind,
        "target": reference.target,
        "work": reference.work,
        "pin": reference.pin,
        "resolved": resolved
        and {"footnote_id": resolved.footnote_id, "work": resolved.work, "pin": resolved.pin},
        "chain": list(reference.chain),
    }
