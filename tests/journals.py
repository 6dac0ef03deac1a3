"""What tests of the journal share: one over a file, and rows for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from service.config import Config
from service.journal import Asked, Journal, Vote

VOTE = Vote("v1", "a1", "q1", "up", "好", "zh-Hant", "tiny-1", 1_700_000_000)
ASKED = Asked("q1", 1_700_000_000, "answered", "en", 12.5, "tiny-1", "tiny", "貳", 0)


def file_settings(folder: Path, **more: object) -> Config:
    """Settings that name the file `journal.sqlite3` in `folder`."""
    url = f"sqlite:///{folder / 'journal.sqlite3'}"
    return Config.model_validate({"database_url": url, **more})


def file_journal(folder: Path, **more: object) -> Journal:
    return Journal.open(file_settings(folder, **more))


def asked(number: int, **changed: object) -> Asked:
    """A question with a digest of its own."""
    return replace(ASKED, question=f"q{number}", **changed)  # type: ignore[arg-type]
