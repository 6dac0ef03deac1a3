"""The library in use, and the change to a new index while requests go on.

A worker looks at the name of the current index version every few seconds; when it is another, it
is verified and loaded beside the one in use and then takes its place. Whoever took the old one
keeps it to the end of the request. An index that cannot be used leaves the one in use where it
is; with none in use, asking raises until a good one comes.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index import store
from index.model_folder import ModelError
from service.errors import RequestError
from service.logs import LOGGER

if TYPE_CHECKING:
    from service.library import Library


MOST_WAIT_S = 60.0
"""However often an index was refused, it is tried again after so long."""
_UNUSABLE = (store.IndexDamagedError, ModelError, OSError, ValueError, MemoryError)
_DAMAGED = "The index is damaged or of another kind; run `zhujiao build`. The log names the file."
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "There is no index; run `zhujiao build`."),
    (store.IndexDamagedError, _DAMAGED),
    (ModelError, "The embedding model cannot be used; run `zhujiao doctor`, which names the cure."),
    (
        MemoryError,
        "There is too little memory for the new index beside the one in use; restart with more.",
    ),
    (Exception, "The index cannot be read; run `zhujiao doctor`, which names the cure."),
)
"""What may be said to anybody; what was raised can hold paths and goes to the log."""


class LiveLibrary:
    """The library of the current index. `open_library` verifies and loads it, or raises."""

    def __init__(self, root: Path, open_library: Callable[[], Library], check_s: float) -> None:
        self._root = root
        self._open = open_library
        self._check_s = check_s
        self._library: Library | None = None
        self._failure: str | None = None
        self._refused: tuple[object, int] = (None, 0)
        self._retry_at = 0.0

    @property
    def failure(self) -> str | None:
        """Why the current index is not in use, in one line with the cure; None when it is."""
        return self._failure

    def library(self) -> Library:
        """RequestError `index_unavailable` while no index could be loaded."""
        loaded = self._library
        if loaded is None:
            raise RequestError("index_unavailable", self._failure)
        return loaded

    def watch(self) -> None:
        """Look for another index for as long as the process runs."""
        threading.Thread(target=self._watch, name="hot-reload", daemon=True).start()

    def refresh(self) -> bool:
        """Take the current index into use if it is another and usable; whether it was taken.

        MemoryError when there is no room for the first one.
        """
        mark = self._mark()
        loaded = self._library
        if loaded is not None and mark is not None and mark[0] == loaded.index_version:
            self._failure = None
            return False
        if mark == self._refused[0] and time.monotonic() < self._retry_at:
            return False
        try:
            self._library = self._open()
        except _UNUSABLE as error:
            if loaded is None and isinstance(error, MemoryError):
                raise
            self._refuse(error, mark)
            return False
        self._failure, self._refused = None, (None, 0)
        fields = {"index_version": self._library.index_version}
        LOGGER.info("index loaded", extra={"fields": fields})
        return True

    def _watch(self) -> None:
        while True:
            time.sleep(self._check_s)
            try:
                if self.refresh():
                    time.sleep(self._check_s)
                    gc.collect()  # the old library, once its last request is over
            except Exception as error:  # the watch goes on
                LOGGER.error("hot reload", extra={"fields": {"error": type(error).__name__}})

    def _mark(self) -> tuple[str, int] | None:
        """The name of the current version and when it became so; None when there is none."""
        try:
            name = store.current(self._root).name
            return name, (self._root / store.CURRENT).stat().st_mtime_ns
        except (OSError, store.IndexDamagedError):
            return None

    def _refuse(self, error: Exception, mark: tuple[str, int] | None) -> None:
        if self._mark() != mark:
            return  # another build came in between; it is looked at next
        times = self._refused[1] + 1 if mark == self._refused[0] else 1
        self._refused = mark, times
        self._retry_at = time.monotonic() + min(self._check_s * 2**times, MOST_WAIT_S)
        reason = next(said for kind, said in _REASONS if isinstance(error, kind))
        if reason == self._failure and times > 1:
            return
        self._failure = reason
        kept = self._library.index_version if self._library else None
        message = " ".join(str(error).split())
        LOGGER.error("index refused", extra={"fields": {"message": message, "in_use": kept}})


class FixedLibrary:
    """A library that stays the same, for an application that is given one."""

    failure = None

    def __init__(self, library: Library) -> None:
        self._library = library

    def library(self) -> Library:
        """The one given."""
        return self._library
