"""How a shortage of memory is told from other failures. Limits of real processes: `test_faults_process.py`."""

from __future__ import annotations

import pytest

from service.memory import is_shortage


@pytest.mark.parametrize(
    ("error", "shortage"),
    [
        (MemoryError(), True),
        (ImportError("libx.so: failed to map segment from shared object"), True),
        (ImportError("libx.so: cannot allocate memory in static TLS block"), True),
        (ImportError("No module named 'redis'"), False),
        (RuntimeError("no slot to allocate"), False),
    ],
)
def test_shortage_is_told_from_other_failures(error: Exception, shortage: bool) -> None:
    assert is_shortage(error) is shortage
