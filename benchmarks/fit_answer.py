"""Fit the weights that say whether an answer can be trusted, and print them.

    python -m benchmarks.fit_answer --data DIR --work DIR

DIR holds xquad.zh.json and xquad.en.json (read, not copied); indexes are built under
--work. An answerable example is a question over its own set; an unanswerable one is the same
question with the paragraph, or the whole article, that answers it taken out of the ranking. Same-language
and cross-language questions are fitted apart."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.fitting import Rows, logistic
from benchmarks.public_sets import PublicQuestion, PublicSet, load
from index.build import build
from index.embed import open_embedder
from index.search import Hit, PassageIndex, Ranking
from service.features import ANSWER_FEATURES, answer_features
from service.kinds import question_kind
from service.select import margin, scored_sentences

RIDGE = 1e-2
KEPT = 0.95


@dataclass(frozen=True, slots=True)
class Examples:
    """Feature rows (n, f) of answerable questions and of those whose paragraph or article was taken out."""

    answerable: Rows
    paragraph_out: Rows
    article_out: Rows


def main() -> None:
    """Fit and print; see the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=Path("var/model"))
    parser.add_argument("--every", type=int, default=1, help="take every n-th question")
    parser.add_argument("--save", type=Path, help="folder for the feature rows, as .npz")
    arguments = parser.parse_args()
    sets = {
        "zh": load(arguments.data / "xquad.zh.json", "zh-Hans", "z"),
        "en": load(arguments.data / "xquad.en.json", "en", "e"),
    }
    indexes = {name: _index(name, of, arguments.work, arguments.model) for name, of in sets.items()}
    runs = {
        "same": [("zh", "zh"), ("en", "en")],
        "cross": [("en", "zh"), ("zh", "en")],
    }
    for pair, directions in runs.items():
        gathered = {
            f"{asked}->{over}": _gather(
                indexes[over], sets[asked].questions[:: arguments.every], sets[over]
            )
            for asked, over in directions
        }
        if arguments.save:
            arguments.save.mkdir(parents=True, exist_ok=True)
            np.savez(
                arguments.save / f"{pair}.npz",
                **{
                    f"{d}:{k}": getattr(e, k)
                    for d, e in gathered.items()
                    for k in ("answerable", "paragraph_out", "article_out")
                },
            )
        _report(pair, gathered)


def _index(name: str, public: PublicSet, work: Path, model: Path) -> PassageIndex:
    root = work / name
    build(public.documents, open_embedder("bundled", model, 2), root)
    return PassageIndex.open(root, open_embedder("bundled", model, 1))


def _gather(index: PassageIndex, questions: Sequence[PublicQuestion], over: PublicSet) -> Examples:
    """Rank each question once; the gold place is that of the same question id in the set searched."""
    gold_of = {q.id: q for q in over.questions}
    kinds: tuple[list[list[float]], list[list[float]], list[list[float]]] = ([], [], [])
    for question in questions:
        gold = gold_of[question.id]
        ranking = index.rank(index.read(question.text))
        without_paragraph = _without(ranking, partial(_is_gold, gold))
        without_article = _without(ranking, partial(_is_of_article, gold))
        for rows, kept in zip(kinds, (ranking, without_paragraph, without_article), strict=True):
            if kept.sentences:
                rows.append(_features(kept, question.text))
    return Examples(*(np.asarray(rows) for rows in kinds))


def _features(ranking: Ranking, question: str) -> list[float]:
    scored = scored_sentences(ranking, question_kind(question))
    return list(answer_features(scored[0][1], margin(scored)))


def _is_gold(gold: PublicQuestion, hit: Hit) -> bool:
    return _is_of_article(gold, hit) and hit.chunk.span.overlaps(gold.paragraph)


def _is_of_article(gold: PublicQuestion, hit: Hit) -> bool:
    return hit.chunk.document_id == gold.document_id


def _without(ranking: Ranking, drop: Callable[[Hit], bool]) -> Ranking:
    return replace(
        ranking,
        passages=tuple(h for h in ranking.passages if not drop(h)),
        sentences=tuple(s for s in ranking.sentences if not drop(s.passage)),
    )


def _report(pair: str, gathered: dict[str, Examples]) -> None:
    weights, intercept = _fit(list(gathered.values()))
    print(f"\n[answer.{pair}]\nintercept = {intercept:.2f}")
    for name, weight in zip(ANSWER_FEATURES, weights, strict=True):
        print(f"{name} = {weight:.2f}")
    for direction, examples in gathered.items():
        kept = examples.answerable @ weights + intercept
        threshold = float(np.quantile(kept, 1 - KEPT))
        refused = [
            float(np.mean(rows @ weights + intercept < threshold))
            for rows in (examples.paragraph_out, examples.article_out)
        ]
        print(
            f"# {direction}: with {KEPT:.0%} of answerable kept, refused {refused[0]:.3f} with the paragraph out, "
            f"{refused[1]:.3f} with the article out; threshold {1 / (1 + np.exp(-threshold)):.3f}"
        )


def _fit(examples: Sequence[Examples]) -> tuple[Rows, float]:
    positive = np.concatenate([e.answerable for e in examples])
    negative = np.concatenate([rows for e in examples for rows in (e.paragraph_out, e.article_out)])
    return logistic(positive, negative, RIDGE)


if __name__ == "__main__":
    main()
