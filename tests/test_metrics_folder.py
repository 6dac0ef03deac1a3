"""The folder of the workers' numbers: private, removed at the end, and after a crash at the next start."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.metrics_folder import FOLDER, MetricsFolder
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _environment() -> Iterator[None]:
    before = os.environ.pop(FOLDER, None)
    yield
    os.environ.pop(FOLDER, None)
    if before is not None:
        os.environ[FOLDER] = before


def test_folder_is_private_and_named_in_the_environment(tmp_path: Path) -> None:
    folder = MetricsFolder(tmp_path)
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert os.environ[FOLDER] == str(folder.path)
    folder.remove()
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    first = MetricsFolder(tmp_path)
    second = MetricsFolder(tmp_path)
    assert first.path.exists()
    assert first.path != second.path
    first.remove()
    second.remove()


def test_folder_that_a_killed_service_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    script = f"from pathlib import Path; from service.metrics_folder import *; m = MetricsFolder(Path({str(tmp_path)!r})); print(m.path, flush=True); input()"
    killed = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    left = Path(killed.stdout.readline().strip())
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left.exists()
    folder = MetricsFolder(tmp_path)
    assert list(tmp_path.iterdir()) == [folder.path]
    folder.remove()


def test_what_a_dead_worker_had_in_flight_is_forgotten_and_its_counts_are_kept(
    tmp_path: Path,
) -> None:
    folder = MetricsFolder(tmp_path)
    for name in ("gauge_livesum_12.db", "counter_12.db", "gauge_livesum_13.db"):
        (folder.path / name).touch()
    folder.forget_worker(12)
    assert {path.name for path in folder.path.glob("*.db")} == {
        "counter_12.db",
        "gauge_livesum_13.db",
    }
    folder.remove()
