"""Quality over gold rows: how often the evidence is shown, the notes are right, and a refusal is due."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Document
from service.answer import Answer
from service.gold import GoldRow, core_sentences

Ask = Callable[[str, Sequence[str]], Answer]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold row beside the answer it got."""

    row: GoldRow
    answer: Answer
    hit: bool
    quoted_sentences: int
    notes_shown: tuple[str, ...]
    notes_right: int
    gold_notes: int
    gold_notes_shown: int
    includes: bool

    @property
    def answerable(self) -> bool:
        """Whether the gold says that the publications answer."""
        return self.row.answerable


def evaluate(rows: Iterable[GoldRow], ask: Ask, documents: Sequence[Document]) -> list[Outcome]:
    """Ask every row's question and set the answer beside the gold. GoldError before the first is asked."""
    wanted = [(row, core_sentences(row, documents)) for row in rows]
    return [_outcome(row, core, ask(row.asked, row.history), documents) for row, core in wanted]


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures overall, by language and by kind of question."""
    languages = sorted({o.row.lang for o in outcomes})
    by_language = {
        lang: _figures([o for o in outcomes if o.row.lang == lang]) for lang in languages
    }
    hits = {
        lang: f["evidence_hit"] for lang, f in by_language.items() if f["evidence_hit"] is not None
    }
    kinds = sorted({o.row.kind for o in outcomes if o.answerable})
    took = sorted(o.answer.took_ms for o in outcomes)
    return {
        **_figures(outcomes),
        "script_gap": _gap([hits[lang] for lang in ("zh-Hant", "zh-Hans") if lang in hits]),
        "language_gap": _gap(list(hits.values())),
        "ask_ms": {"median": _percentile(took, 50), "p99": _percentile(took, 99)},
        "by_language": by_language,
        "by_kind": {
            kind: _share(o.hit for o in outcomes if o.answerable and o.row.kind == kind)
            for kind in kinds
        },
    }


def _outcome(
    row: GoldRow, core: Sequence[str], answer: Answer, documents: Sequence[Document]
) -> Outcome:
    by_id = {d.id: d for d in documents}
    quoted = [c.quote.exact for c in answer.citations if c.target == "body"]
    notes = [n for c in answer.citations for n in c.notes]
    shown = {n.footnote_id for n in notes} | {r.footnote_id for n in notes for r in n.resolved}
    on_sentence = [
        n.footnote_id for c in answer.citations for n in c.notes if n.basis == "sentence"
    ]
    wanted = set(row.footnotes)
    evidence = "\n".join(c.quote.exact for c in answer.citations) + "\n".join(n.text for n in notes)
    return Outcome(
        row=row,
        answer=answer,
        hit=any(sentence in q for sentence in core for q in quoted)
        or not shown.isdisjoint(row.answer_in_footnotes),
        quoted_sentences=sum(
            len(list(by_id[c.document_id].sentences_in(c.quote.span))) if c.target == "body" else 1
            for c in answer.citations
        ),
        notes_shown=tuple(on_sentence),
        notes_right=sum(n in row.footnotes_acceptable for n in on_sentence),
        gold_notes=len(wanted),
        gold_notes_shown=len(wanted & shown),
        includes=all(text in evidence for text in row.must_include),
    )


def _figures(outcomes: Sequence[Outcome]) -> Figures:
    answerable = [o for o in outcomes if o.answerable]
    refusable = [o for o in outcomes if not o.answerable]
    refused = [o for o in outcomes if not o.answer.answered]
    answered = [o for o in answerable if o.answer.answered]
    quoted = sorted(o.quoted_sentences for o in answered)
    return {
        "answerable": len(answerable),
        "unanswerable": len(refusable),
        "evidence_hit": _share(o.hit for o in answerable),
        "must_include": _share(o.includes for o in answerable),
        "quoted_sentences": {"mean": _mean(quoted), "p95": _percentile(quoted, 95)},
        "note_precision": _ratio(
            sum(o.notes_right for o in answerable), sum(len(o.notes_shown) for o in answerable)
        ),
        "note_precision_where_hit": _ratio(
            sum(o.notes_right for o in answerable if o.hit),
            sum(len(o.notes_shown) for o in answerable if o.hit),
        ),
        "note_recall": _ratio(
            sum(o.gold_notes_shown for o in answerable), sum(o.gold_notes for o in answerable)
        ),
        "refusal_recall": _share(not o.answer.answered for o in refusable),
        "refusal_recall_out_of_domain": _refused_in(refusable, "out-of-domain"),
        "refusal_recall_near_domain": _refused_in(refusable, "near-domain"),
        "refusal_precision": _share(not o.answerable for o in refused),
        "false_refusal": _share(not o.answer.answered for o in answerable),
    }


def _refused_in(outcomes: Sequence[Outcome], domain: str) -> float | None:
    return _share(not o.answer.answered for o in outcomes if o.row.domain == domain)


def _share(claims: Iterable[bool]) -> float | None:
    listed = list(claims)
    return _ratio(sum(listed), len(listed))


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 3) if values else None


def _gap(values: Sequence[float]) -> float | None:
    return round(max(values) - min(values), 4) if len(values) > 1 else None


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    """Nearest-rank percentile of an ordered sequence."""
    if not ordered:
        return None
    return round(ordered[max(-(-len(ordered) * percent // 100), 1) - 1], 1)
