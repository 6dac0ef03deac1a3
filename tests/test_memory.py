"""Limits as the system states them, and how a shortage is told. Limits of real processes: `test_faults_process.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.memory import check_limit, is_shortage

VERSION_1 = "8:pids:/\n5:cpu,cpuacct:/unit\n4:memory:/unit\n0::/\n"
VERSION_2 = "0::/system.slice/zhujiao.service\n"
UNLIMITED = "9223372036854771712\n"
OF_UNIT_1 = "memory/unit/memory.limit_in_bytes"
OF_UNIT_2 = "system.slice/zhujiao.service/memory.max"


def system(folder: Path, groups: str, limits: dict[str, str]) -> Path:
    """A system whose files say so; the limits by their paths below the control groups."""
    below = {f"sys/fs/cgroup/{name}": text for name, text in limits.items()}
    for name, text in {"proc/self/cgroup": groups, **below}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "ascii")
    return folder


@pytest.mark.parametrize(
    ("groups", "limits"),
    [
        (VERSION_1, {OF_UNIT_1: "268435456\n"}),
        (VERSION_2, {OF_UNIT_2: "268435456\n"}),
        ("0::/\n", {"memory.max": "268435456\n"}),
        ("4:memory:/docker/1a2b\n", {"memory/memory.limit_in_bytes": "268435456\n"}),
    ],
    ids=["version 1", "version 2", "container", "container of version 1"],
)
def test_control_group_with_too_little_is_refused_before_the_kernel_ends_it(
    groups: str, limits: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(MemoryError, match="give the process 1 GB or more"):
        check_limit(system(tmp_path, groups, limits))


@pytest.mark.parametrize(
    ("groups", "limits"),
    [
        (VERSION_1, {OF_UNIT_1: "536870912\n", "memory/memory.limit_in_bytes": UNLIMITED}),
        (VERSION_2, {OF_UNIT_2: "max\n"}),
        ("0::/\n", {}),
    ],
    ids=["enough", "unlimited", "none stated"],
)
def test_control_group_with_enough_is_not(
    groups: str, limits: dict[str, str], tmp_path: Path
) -> None:
    check_limit(system(tmp_path, groups, limits))


def test_system_without_control_groups_limits_nothing(tmp_path: Path) -> None:
    check_limit(tmp_path)


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
