"""Vector search at 1 thousand to 1 million passages: recall against exact search, time, memory, building.

    python -m benchmarks.vector_kinds --data DIR [--sizes 1000,10000,100000,1000000] [--candidates 100000]
        [--work var/benchmarks] [--model var/model] [--out docs/benchmarks/vector_kinds.json]

DIR holds the public sets (docs/retrieval.md); what is searched is generated to be like their vectors
(`benchmarks/similar_vectors.py`), what is asked are real questions. One thread. The kinds of `index/vectors.py` are
measured at every size; other kinds of FAISS at those of --candidates. A million takes about 6 GB and, on a quiet machine, ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks import record
from benchmarks.similar_vectors import BLOCK, RealVectors, closeness, real_vectors, similar
from index.bundled import DEFAULT_FOLDER
from index.vectors import EXACT_UP_TO, VectorIndex, Vectors, kind_for

KEPT = 50
HARDER_ROWS, HARDER_SPREAD = 100_000, 1.1
OTHERS: dict[str, tuple[str, dict[str, float]]] = {
    "HNSW, byte codes": ("HNSW32,SQ8", {"efSearch": 64}),
    "inverted, floats": ("IVF1024,Flat", {"nprobe": 64}),
    "inverted, product codes, refined": (
        "IVF1024,PQ64x8,Refine(SQ8)",
        {"nprobe": 64, "k_factor_rf": 4},
    ),
}
"""What else FAISS offers: factory string and search parameters, for 100,000 rows."""
Search = Callable[[Vectors], NDArray[np.int64]]


def main() -> None:
    """Measure every size, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the public files")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--candidates", default="100000", help="sizes at which OTHERS are measured")
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--out", type=Path, default=record.RESULTS / "vector_kinds.json")
    given = parser.parse_args()
    faiss.omp_set_num_threads(1)
    before = record.machine()
    real = real_vectors(given.data, given.work, given.model)
    figures: dict[str, Any] = {
        "questions": len(real.questions),
        "real": closeness(real.texts, real.questions),
        "generated": closeness(
            np.concatenate([*similar(real.texts, len(real.texts))]), real.questions
        ),
        "harder": _harder(real),
        "sizes": _measured_before(given.out),
    }
    others = {int(size) for size in given.candidates.split(",") if size}
    for size in map(int, given.sizes.split(",")):
        rows = np.concatenate([*similar(real.texts, size)])
        found = {**figures["sizes"], str(size): _measured(rows, real.questions, size in others)}
        figures["sizes"] = {n: found[n] for n in sorted(found, key=int)}
        record.write(given.out, before, figures)


def _measured_before(out: Path) -> dict[str, Any]:
    """The sizes that the file holds: those not measured now stay, each with its own load average."""
    if not out.exists():
        return {}
    kept: dict[str, Any] = json.loads(out.read_text("utf-8"))["sizes"]
    return kept


def _harder(real: RealVectors) -> dict[str, Any]:
    """The inverted file over rows that are less alike than real ones, so that lists say less about them."""
    rows = np.concatenate([*similar(real.texts, HARDER_ROWS, HARDER_SPREAD)])
    found = _measured(rows, real.questions, others=False)
    as_many = np.concatenate([*similar(real.texts, len(real.texts), HARDER_SPREAD)])
    return {"rows": HARDER_ROWS, **closeness(as_many, real.questions), **found}


def _measured(rows: Vectors, questions: Vectors, others: bool) -> dict[str, dict[str, float]]:
    exact = _exact(rows, questions)
    found: dict[str, dict[str, float]] = {}
    kinds = ["exact"] if len(rows) <= EXACT_UP_TO else ["exact", kind_for(len(rows))]
    for kind in kinds:
        found[kind] = _figures(lambda kind=kind: _ours(rows, kind), exact, questions)  # type: ignore[misc]
        print(len(rows), kind, found[kind], flush=True)
    for name, (factory, parameters) in OTHERS.items() if others else ():
        found[name] = _figures(
            lambda f=factory, p=parameters: _other(rows, f, p),  # type: ignore[misc]
            exact,
            questions,
        )
        print(len(rows), name, found[name], flush=True)
    return found


def _figures(
    build: Callable[[], tuple[Search, int]], exact: Sequence[NDArray[np.int64]], questions: Vectors
) -> dict[str, float]:
    started, started_cpu = time.perf_counter(), time.process_time()
    search, size = build()
    seconds, processor = time.perf_counter() - started, time.process_time() - started_cpu
    recall: list[tuple[float, float]] = []
    clock: list[float] = []
    spent: list[float] = []
    for question, right in zip(questions, exact, strict=True):
        began, began_cpu = time.perf_counter(), time.thread_time()
        rows = search(question)
        clock.append(time.perf_counter() - began)
        spent.append(time.thread_time() - began_cpu)
        recall.append((_share(rows, right, 10), _share(rows, right, KEPT)))
    at_10, at_50 = np.mean(recall, axis=0)
    return {
        "recall_at_10": round(float(at_10), 4),
        "recall_at_50": round(float(at_50), 4),
        "search_ms": record.milliseconds(clock, 0.5),
        "search_processor_ms": record.milliseconds(spent, 0.5),
        "search_processor_p99_ms": record.milliseconds(spent, 0.99),
        "megabytes": round(size / 1e6, 1),
        "build_s": round(seconds, 1),
        "build_processor_s": round(processor, 1),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _share(found: NDArray[np.int64], right: NDArray[np.int64], k: int) -> float:
    return len({*found[:k].tolist()} & {*right[:k].tolist()}) / min(k, len(right))


def _ours(rows: Vectors, kind: Any) -> tuple[Search, int]:
    index = VectorIndex.build(rows, kind)
    size = int(faiss.serialize_index(index._index).nbytes)
    return lambda question: index.search(question, KEPT)[0], size


def _other(rows: Vectors, factory: str, parameters: dict[str, float]) -> tuple[Search, int]:
    index = faiss.index_factory(rows.shape[1], factory, faiss.METRIC_INNER_PRODUCT)
    index.train(rows[:: max(1, len(rows) // 65_536)])
    for start in range(0, len(rows), BLOCK):
        index.add(rows[start : start + BLOCK])
    for name, value in parameters.items():
        faiss.ParameterSpace().set_index_parameter(index, name, value)
    size = int(faiss.serialize_index(index).nbytes)
    return lambda question: index.search(question[None], KEPT)[1][0], size


def _exact(rows: Vectors, questions: Vectors) -> list[NDArray[np.int64]]:
    """The KEPT best rows of every question by matrix product, without any index."""
    scores = np.concatenate(
        [questions @ rows[s : s + BLOCK].T for s in range(0, len(rows), BLOCK)], axis=1
    )
    kept = min(KEPT, len(rows))
    best = [np.argpartition(score, -kept)[-kept:] for score in scores]
    return [
        of[np.argsort(-score[of], kind="stable")] for of, score in zip(best, scores, strict=True)
    ]


if __name__ == "__main__":
    main()
