"""Killing the service loses no acknowledged vote; `python -m benchmarks.feedback_kills` kills it more often."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.feedback_kills import kill_while_readers_vote


@pytest.mark.slow
def test_no_acknowledged_vote_is_lost_when_workers_and_the_service_are_killed(
    tmp_path: Path,
) -> None:
    figures = kill_while_readers_vote(kills=4, folder=tmp_path, seed=20)
    assert figures["acknowledged"] >= 5
    assert figures["broken"] >= 1
    assert figures["lost"] == 0
