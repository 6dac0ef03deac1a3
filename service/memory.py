"""Too little memory, refused at the start or named when it shows, in one line with the cure.

Where there is no room a library can end the process without a word, and so does the kernel; a
service that is started again would end again. So the limits are looked at before anything is loaded.
"""

from __future__ import annotations

import math
import re
import resource
from contextlib import suppress
from pathlib import Path

CURE = "there is too little memory; give the process 1 GB or more"
LEAST_ADDRESS_SPACE = 1 << 30
LEAST_RESIDENT = 384 << 20
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""For the environment of a process with many threads: glibc else reserves 64 MB of address space for each."""
_IN_AN_IMPORT = re.compile("bad_alloc|allocate|map segment")
_GROUP_FILES = {
    "": ("sys/fs/cgroup", "memory.max"),
    "memory": ("sys/fs/cgroup/memory", "memory.limit_in_bytes"),
}
"""Where the limit of a control group stands, by the controllers in its line: of version 2, and of version 1."""


def check_limit(system: Path = Path("/")) -> None:
    """Raises MemoryError with the cure where the process or its control group is allowed too little."""
    address_space, _ = resource.getrlimit(resource.RLIMIT_AS)
    if 0 <= address_space < LEAST_ADDRESS_SPACE or _group_limit(system) < LEAST_RESIDENT:
        raise MemoryError(CURE)


def is_shortage(error: Exception) -> bool:
    """Whether there was no room; a library that was being imported says so in words of its own."""
    in_an_import = isinstance(error, ImportError) and _IN_AN_IMPORT.search(str(error))
    return isinstance(error, MemoryError) or bool(in_an_import)


def _group_limit(system: Path) -> float:
    """Bytes that a container or a systemd unit may use; infinite where nothing limits them."""
    limits = [math.inf]
    with suppress(OSError):
        for line in (system / "proc/self/cgroup").read_text("utf-8").splitlines():
            _, controllers, group = line.split(":", 2)
            if controllers in _GROUP_FILES:
                root, name = _GROUP_FILES[controllers]
                # a container sees its own group as the root
                folders = (system / root / group.lstrip("/"), system / root)
                limits += [_number(folder / name) for folder in folders]
    return min(limits)


def _number(path: Path) -> float:
    """The number in a file; infinite where there is none, as in the one that says `max`."""
    with suppress(OSError, ValueError):
        return int(path.read_text("ascii"))
    return math.inf
