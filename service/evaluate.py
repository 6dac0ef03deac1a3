"""Quality over a gold file: how often the evidence is shown, the notes are right, and a refusal is due.

A gold row is a JSON object a line: `question` (or `turns`, the last of which is asked with the
earlier ones as history), `lang`, `kind`, `answerable`, and for answerable rows
`core_sentence_ids` / `alternative_sentence_ids` ("S097" is the 97th sentence of the document)
or `core_sentences` (verbatim), `footnotes`, `footnotes_acceptable`, and `answer_in_footnotes` where
the answer stands in a note. Unanswerable rows carry `domain`: near-domain or out-of-domain.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from service.answer import Answer

Ask = Callable[[str, Sequence[str]], Answer]
Figures = dict[str, Any]


class GoldError(ValueError):
    """The gold file cannot be read; the message names the line and what it lacks."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold row beside the answer it got."""

    row: Mapping[str, Any]
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
        return bool(self.row["answerable"])


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Raises GoldError naming the first line that is no gold row, OSError when there is no file."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["question"], row["lang"], row["answerable"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise GoldError(
                f"{path.name} line {number}: a gold row needs question, lang and answerable ({error})"
            ) from error
        rows.append(row)
    if not rows:
        raise GoldError(f"{path.name}: no gold rows; write one JSON object a line")
    return rows


def evaluate(
    rows: Iterable[Mapping[str, Any]], ask: Ask, documents: Sequence[Document]
) -> list[Outcome]:
    """Ask every row's question and set the answer beside the gold."""
    return [_outcome(row, _asked(row, ask), documents) for row in rows]


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of DESIGN section 6, overall and by language, kind and domain."""
    languages = sorted({str(o.row["lang"]) for o in outcomes})
    by_language = {
        lang: _figures([o for o in outcomes if o.row["lang"] == lang]) for lang in languages
    }
    hits = {
        lang: f["evidence_hit"] for lang, f in by_language.items() if f["evidence_hit"] is not None
    }
    kinds = sorted({str(o.row["kind"]) for o in outcomes if o.answerable})
    took = sorted(o.answer.took_ms for o in outcomes)
    return {
        **_figures(outcomes),
        "script_gap": _gap([hits[lang] for lang in ("zh-Hant", "zh-Hans") if lang in hits]),
        "language_gap": _gap(list(hits.values())),
        "ask_ms": {"median": _percentile(took, 50), "p99": _percentile(took, 99)},
        "by_language": by_language,
        "by_kind": {
            kind: _share(o.hit for o in outcomes if o.answerable and o.row["kind"] == kind)
            for kind in kinds
        },
    }


def _asked(row: Mapping[str, Any], ask: Ask) -> Answer:
    turns = [turn["question"] for turn in row.get("turns", ())]
    return ask(turns[-1], turns[:-1]) if turns else ask(row["question"], ())


def _outcome(row: Mapping[str, Any], answer: Answer, documents: Sequence[Document]) -> Outcome:
    by_id = {d.id: d for d in documents}
    gold = row["turns"][-1] | row if row.get("turns") else row
    quoted = [c.quote.exact for c in answer.citations if c.target == "body"]
    notes = [n for c in answer.citations for n in c.notes]
    shown = {n.footnote_id for n in notes} | {r.footnote_id for n in notes for r in n.resolved}
    on_sentence = [
        n.footnote_id for c in answer.citations for n in c.notes if n.basis == "sentence"
    ]
    acceptable = {str(n) for n in gold.get("footnotes_acceptable") or ()}
    wanted = {str(n) for n in gold.get("footnotes") or ()}
    in_notes = {str(n) for n in gold.get("answer_in_footnotes") or ()}
    core = core_sentences(gold, documents)
    evidence = "\n".join(c.quote.exact for c in answer.citations) + "\n".join(n.text for n in notes)
    return Outcome(
        row=row,
        answer=answer,
        hit=any(sentence in q for sentence in core for q in quoted) or bool(in_notes & shown),
        quoted_sentences=sum(
            len(list(by_id[c.document_id].sentences_in(c.quote.span))) if c.target == "body" else 1
            for c in answer.citations
        ),
        notes_shown=tuple(on_sentence),
        notes_right=sum(n in acceptable for n in on_sentence),
        gold_notes=len(wanted),
        gold_notes_shown=len(wanted & shown),
        includes=all(text in evidence for text in gold.get("must_include") or ()),
    )


def core_sentences(row: Mapping[str, Any], documents: Sequence[Document]) -> list[str]:
    """The sentences of which one must be quoted, verbatim; GoldError when no document holds them."""
    if "core_sentences" in row:
        return list(row["core_sentences"])
    wanted = [*(row.get("core_sentence_ids") or ()), *(row.get("alternative_sentence_ids") or ())]
    if not wanted:
        return []
    document = _document_of(row, documents)
    return [document.sentences[int(i[1:]) - 1].span.of(document.text) for i in wanted]


def _document_of(row: Mapping[str, Any], documents: Sequence[Document]) -> Document:
    """The document a row's sentence numbers count in: the one named, or the one that holds the answer."""
    named = [d for d in documents if d.id == row.get("document")]
    holding = [d for d in documents if all(s in d.text for s in row.get("answer_sentences") or ())]
    for document in [*named, *holding]:
        return document
    raise GoldError(
        f"{row.get('id')}: no document holds its answer sentences; build the corpus it belongs to"
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
    return _share(not o.answer.answered for o in outcomes if o.row.get("domain") == domain)


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
