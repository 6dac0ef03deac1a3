"""What the console prints for people: an outline, findings, an answer, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.document import Document
from index.build import BuildReport
from service.answer import Answer, Citation
from service.cite import printed_heading
from service.evaluate import Outcome
from service.render import refusal_json, work_short


def outline(document: Document) -> str:
    """Title, authors, counts and headings of a publication."""
    metadata = document.metadata
    authors = ", ".join(a.name for a in metadata.authors)
    counts = (
        f"{len(document.sections)} sections, {len(document.paragraphs)} paragraphs, {len(document.sentences)} sentences, "
        f"{len(document.footnotes)} notes, {len(document.noterefs)} marks"
    )
    headings = [
        f"{'  ' * s.level}{s.heading.of(document.text) or s.title}" for s in document.sections
    ]
    kinds = [f"{len(document.findings)} findings; see `zhujiao check`"] if document.findings else []
    return "\n".join([f"{metadata.title} ({metadata.lang})", authors, counts, *headings, *kinds])


def findings(path: Path, document: Document) -> str:
    """One line a finding, `file:line: severity code: message`."""
    lines = [f"{path}:{f.line}: {f.severity} {f.code}: {f.message}" for f in document.findings]
    return "\n".join(lines or [f"{path}: nothing to mend"])


def built(report: BuildReport, folder: Path) -> str:
    """What a build wrote, in one line."""
    counts = ", ".join(f"{count} {name}" for name, count in report.manifest.counts.items())
    return f"Index {report.manifest.version} in {folder}: {counts}; {report.embedded} texts embedded, {report.reused} reused"


def answer(found: Answer, document: Callable[[str], Document]) -> str:
    """An answer with its notes under each quote, or the nearest sections."""
    if not found.answered:
        refusal = refusal_json(found)
        near = [
            f"  {document(n.document_id).metadata.title} · {printed_heading(n.section_id, n.section_title)}"
            for n in found.nearest
        ]
        return "\n".join([refusal["statement"], refusal["lead"], *near])
    return "\n\n".join(_citation(c, document(c.document_id)) for c in found.citations)


def _citation(citation: Citation, document: Document) -> str:
    marks = "".join(
        f"[{n.label}]"
        for n in citation.notes
        if n.basis == "sentence" and citation.target == "body"
    )
    heading = printed_heading(citation.section_id, citation.section_title)
    where = "    — " + " · ".join(filter(None, (citation.document_id, heading)))
    lines = [f"{citation.quote.exact}{marks}", where]
    for note in citation.notes:
        lines.append(f"    [{note.label}] {note.text}")
        for resolved, work in zip(note.resolved, note.works, strict=True):
            if resolved.footnote_id != note.footnote_id:
                label = document.footnote(resolved.footnote_id).label
                lines.append(f"        → [{label}] {work_short(work, resolved.pin)}")
    return "\n".join(lines)


def figures(measured: Mapping[str, Any]) -> str:
    """The figures as aligned lines: overall first, then by language and by kind."""
    lines = []
    for name, value in measured.items():
        if isinstance(value, Mapping):
            shown = "  ".join(
                f"{k} {_plain(v)}" for k, v in value.items() if not isinstance(v, Mapping)
            )
            if shown:
                lines.append(f"{name:32} {shown}")
        else:
            lines.append(f"{name:32} {_plain(value)}")
    for language, of_language in measured["by_language"].items():
        lines.append(f"\n{language}")
        lines += [
            f"  {name:30} {_plain(value)}"
            for name, value in of_language.items()
            if not isinstance(value, Mapping)
        ]
    return "\n".join(lines)


def misses(outcomes: Sequence[Outcome]) -> str:
    """One line for each row that missed: an answerable question without its evidence, or an unanswerable one answered."""
    lines = []
    for outcome in outcomes:
        wrong = not outcome.hit if outcome.answerable else outcome.answer.answered
        if wrong:
            shown = " / ".join(c.quote.exact[:40] for c in outcome.answer.citations) or "(refused)"
            lines.append(
                f"{outcome.row.id} {outcome.row.lang} {outcome.row.kind}: {outcome.answer.question} -> {shown}"
            )
    return "\n".join(lines)


def _plain(value: object) -> str:
    return "-" if value is None else str(value)
