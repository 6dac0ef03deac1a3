"""The folder in which the workers of a service keep their numbers, in memory where there is such a place.

It belongs to one gunicorn master and is held by a lock, so that a folder left by a killed master
is recognised and removed at the next start. prometheus_client must be loaded after the folder
is made, for it looks into the environment then and never again.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "zhujiao-metrics-"
_LOCK = "lock"
_MEMORY = Path("/dev/shm")  # noqa: S108  # the folder in it is made private


class MetricsFolder:
    """Make it before the first worker is forked: they find it by the environment."""

    def __init__(self, parent: Path | None = None) -> None:
        self.parent = parent or _place()
        _remove_left_behind(self.parent)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.parent))
        self._lock: IO[str] = (self.path / _LOCK).open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        os.environ[FOLDER] = str(self.path)

    def forget_worker(self, pid: int) -> None:
        """A worker has ended: what it had in flight is over, what it counted stays."""
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid, str(self.path))  # type: ignore[no-untyped-call]

    def remove(self) -> None:
        """The service has ended."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


def _place() -> Path:
    """A file system in memory: pages of files on a disk are written out now and again."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def _remove_left_behind(parent: Path) -> None:
    """What nobody holds; the locks of a killed master's workers end with them."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError), (folder / _LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
