"""Too little memory, refused at the start or named when it shows, in one line with the cure.

A library that finds no room can end the process without a word. Where a limit on address space
(`ulimit -v`) makes that likely, nothing is loaded.
"""

from __future__ import annotations

import re
import resource

CURE = "there is too little memory; give the process 1 GB or more"
LEAST_BYTES = 1 << 30
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""For the environment of a process with many threads: glibc else reserves 64 MB of address space for each."""
_IN_AN_IMPORT = re.compile("bad_alloc|allocate|map segment")


def check_limit() -> None:
    """Raises MemoryError with the cure where the process may not have LEAST_BYTES of address space."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < LEAST_BYTES:
        raise MemoryError(CURE)


def is_shortage(error: Exception) -> bool:
    """Whether there was no room; a library that was being imported says so in words of its own."""
    in_an_import = isinstance(error, ImportError) and _IN_AN_IMPORT.search(str(error))
    return isinstance(error, MemoryError) or bool(in_an_import)
