"""Back references in notes made to be slow, and in chains without end."""

from __future__ import annotations

import time

import pytest

from corpus.backrefs import resolve
from corpus.document import Footnote, Resolved
from tests.test_backrefs import KOGA, footnotes

HOSTILE = {
    "supra": "Supra note 1; " * 7_000,
    "labels": "supra notes " + "1, " * 33_000,
    "ibid": "Ibid. " * 17_000,
    "tongzhu": "同註1、" * 25_000,
    "zhu": "註" * 100_000,
    "cited": "前引" * 50_000,
    "named": "前引王王文" * 20_000,
    "brackets": "[^" * 50_000,
    "blanks": "supra" + " " * 100_000 + "note 1",
}


@pytest.mark.slow
@pytest.mark.parametrize("note", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_notes_of_100_kb_are_searched_in_linear_time(note: str) -> None:
    started = time.process_time()
    resolve([Footnote("1", "1", note, "source", 1)])
    assert time.process_time() - started < 0.5


@pytest.mark.slow
def test_thousands_of_ibids_in_a_row_keep_short_chains() -> None:
    notes, findings = resolve(footnotes(KOGA, *["Ibid., p. 5."] * 3_000))
    (reference,) = notes[-1].back_references
    assert findings == ()
    assert reference.resolved == Resolved("1", 0, "p. 5")
    assert len(reference.chain) <= 32
    assert (reference.chain[0], reference.chain[1], reference.chain[-1]) == ("3001", "3000", "1")
