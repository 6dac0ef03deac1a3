"""The service as `zhujiao serve` starts it, on a free port of this machine, with its processes and their memory. Serves the speed benchmarks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType

from benchmarks.record import ROOT
from service.memory import FEW_ARENAS

READY_S = 300.0
PROGRAM = "service.app:create_app()"


def settings(work: Path, model: Path, workers: int) -> dict[str, str]:
    """Defaults, but for folders of our own and no limit on what one client may ask."""
    return {
        "INDEX_DIR": str(work / "index"),
        "MODEL_DIR": str(model.resolve()),
        "DATABASE_URL": f"sqlite:///{(work / 'journal.sqlite3').resolve()}",
        "WORKERS": str(workers),
        "RATE_LIMIT": "0",
        "LOG_LEVEL": "error",
    }


class Served:
    """gunicorn over an index that is built already. A context: it runs inside `with`."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.port = _free_port()
        self._environ = {
            **FEW_ARENAS,
            **{k: v for k, v in os.environ.items() if not k.startswith("ZHUJIAO_")},
            **{f"ZHUJIAO_{k}": v for k, v in given.items()},
            "ZHUJIAO_PORT": str(self.port),
            "OMP_NUM_THREADS": "1",
        }

    def __enter__(self) -> Served:
        started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_conf", PROGRAM],
            cwd=ROOT,
            env=self._environ,
        )
        try:
            self.wait_until_ready()
        except BaseException:
            self._stop()
            raise
        self.start_s = time.perf_counter() - started
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=60)

    def wait_until_ready(self) -> None:
        """Return once `/readyz` answers 200. RuntimeError when the service ends or READY_S have passed."""
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline and self._process.poll() is None:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=READY_S)
            try:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.02)
            finally:
                connection.close()
        raise RuntimeError("the service did not become ready; its log stands above")

    def worker_pids(self) -> list[int]:
        """The processes that gunicorn has forked."""
        pid = self._process.pid
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def memory(self) -> dict[str, float]:
        """Megabytes: of all processes together with shared pages counted once, and of the largest worker.

        `all_mb` falls where other programs map the same libraries; `anonymous_mb`, which lies in no file, does not.
        """
        workers = [_memory_mb(pid) for pid in self.worker_pids()]
        everything = [*workers, _memory_mb(self._process.pid)]
        return {
            "all_mb": round(sum(m["Pss"] for m in everything), 1),
            "anonymous_mb": round(sum(m["Pss_Anon"] + m["Pss_Shmem"] for m in everything), 1),
            "worker_rss_mb": round(max(m["Rss"] for m in workers), 1),
            "worker_private_mb": round(
                max(m["Private_Dirty"] + m["Private_Clean"] for m in workers), 1
            ),
        }


def _memory_mb(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1000 * 1.024 for line in lines}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
