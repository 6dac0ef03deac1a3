"""Figures as JSON beside what they were measured on: machine, versions, and how busy it was. Serves the speed benchmarks."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "docs" / "benchmarks"
_LIBRARIES = ("faiss-cpu", "gunicorn", "numpy", "onnxruntime")


def machine() -> dict[str, Any]:
    """Processor, cores, memory, versions, the date, and the load average of the last minute."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(": ")[1] for line in lines if line.startswith("model name")), "")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": model.strip(),
        "cores": os.cpu_count(),
        "memory_gib": round(pages / 2**30),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "date": time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
        "load_average": round(os.getloadavg()[0], 1),
    }


def write(path: Path, before: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
    """Write `figures` with the machine as it was before and its load average after."""
    after = round(os.getloadavg()[0], 1)
    content = {"machine": {**before, "load_average_after": after}, **figures}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"written: {path}")


def milliseconds(seconds: Sequence[float], share: float) -> float:
    """A quantile of durations, in milliseconds; NaN has no place in JSON, so none gives 0."""
    return round(float(np.quantile(seconds, share)) * 1000, 2) if len(seconds) else 0.0
