"""Where the milliseconds of an answer go, stage by stage.

    python -m benchmarks.stages [--work var/benchmarks] [--model var/model] [--out docs/benchmarks/stages.json]

Every stage is timed inside whole requests to the Flask application, less the stages within it, so
that the rows add up to the request. Processor time, so that a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks import record
from benchmarks.fresh_questions import fresh_questions
from index.bundled import DEFAULT_FOLDER
from service.app import create_app
from service.config import Config
from service.library import build_index, open_library

STAGES: dict[str, tuple[str, ...]] = {
    "encode the question": ("index.onnx_embedder:OnnxEmbedder.encode",),
    "concepts, glossary, dictionary": ("index.query:QueryReader.concepts",),
    "terms": ("index.search:index_terms",),
    "vectors": ("index.vectors:VectorIndex.search", "index.vectors:VectorIndex.rows"),
    "BM25": ("index.bm25:TermIndex.scores",),
    "MaxSim": (
        "index.search:stored_cosines",
        "index.search:best_matches",
        "index.search:best_in_each",
        "index.search:gist_cosines",
        "index.search:weighted_mean",
        "index.search:weighted_means",
    ),
    "concepts in sentences": (
        "index.search:ConceptMatcher.within",
        "index.search:ConceptMatcher.met",
    ),
    "ranking, the rest": ("index.search:PassageIndex.rank", "index.search:PassageIndex.read"),
    "sentence choice": ("service.ask:select",),
    "refusal": ("service.select:calibration_features", "service.select:public_logit"),
    "citations": ("service.ask:Asker._citations",),
    "language of the answer": ("service.ask:language_of",),
    "answering, the rest": ("service.ask:Asker.ask",),
    "JSON object": ("service.admission:answer_json",),
}
"""Stage -> the functions, by module and name as it is called there, whose own time it is."""
REST = "request and response"
QUESTIONS = 200
WARM = 20


class Stopwatch:
    """Processor time of all threads by stage, each less that of the stages it calls."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, with its own time added to `stage`."""

        @wraps(function)
        def measured(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.process_time() - started
                self.spent[stage] += spent - self._inner.pop()
                self._inner[-1] += spent

        return measured


@contextmanager
def measuring() -> Iterator[Stopwatch]:
    """Within it, every function of STAGES is timed. AttributeError where one is no longer there."""
    watch = Stopwatch()
    with ExitStack() as stack:
        for stage, places in STAGES.items():
            for place in places:
                owner, name = owner_of(place)
                stack.enter_context(
                    patch.object(owner, name, watch.timed(stage, getattr(owner, name)))
                )
        yield watch


def owner_of(place: str) -> tuple[Any, str]:
    """`owner_of("index.bm25:TermIndex.scores")` is the class and "scores"."""
    module, _, path = place.partition(":")
    *classes, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for each in classes:
        owner = getattr(owner, each)
    return owner, name


def stage_times(
    ask: Callable[[str], object], questions: Sequence[str], warm: int = WARM
) -> dict[str, list[float]]:
    """Milliseconds of every stage, of the rest, and "whole", for each question after the first `warm`."""
    found: dict[str, list[float]] = {stage: [] for stage in (*STAGES, REST, "whole")}
    with measuring() as watch:
        for number, question in enumerate(questions):
            watch.spent.clear()
            started = time.process_time()
            ask(question)
            whole = time.process_time() - started
            if number < warm:
                continue
            for stage in STAGES:
                found[stage].append(1000 * watch.spent[stage])
            found[REST].append(1000 * (whole - sum(watch.spent.values())))
            found["whole"].append(1000 * whole)
    return found


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--out", type=Path, default=record.RESULTS / "stages.json")
    given = parser.parse_args()
    before = record.machine()
    config = Config(
        index_dir=given.work / "index",
        model_dir=given.model,
        rate_limit=0,
        question_log="off",
        feedback="off",
        log_level="error",
    )
    build_index(config)
    library = open_library(config)
    client = create_app(config, library).test_client()

    def ask(question: str) -> None:
        reply = client.post("/api/v1/ask", json={"question": question})
        if reply.status_code != 200:
            raise RuntimeError(f"{reply.status_code} for {question}")

    questions = list(islice(fresh_questions(library.documents(), seed=11), WARM + QUESTIONS))
    times = stage_times(ask, questions)
    figures = {
        stage: {
            "mean_ms": round(float(np.mean(spent)), 2),
            "p99_ms": round(float(np.quantile(spent, 0.99)), 2),
        }
        for stage, spent in times.items()
    }
    for stage, row in figures.items():
        print(f"{stage:<34} {row['mean_ms']:>7.2f} {row['p99_ms']:>7.2f}")
    record.write(given.out, before, {"questions": QUESTIONS, "stages": figures})


if __name__ == "__main__":
    main()
