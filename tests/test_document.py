from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from corpus.document import Document
from tests.tiny import tiny_document


def test_note_and_section_are_found_by_their_ids() -> None:
    document = tiny_document()
    assert [document.footnote(note.id) for note in document.footnotes] == [*document.footnotes]
    assert [document.section(part.id) for part in document.sections] == [*document.sections]
    for find in (document.footnote, document.section):
        with pytest.raises(KeyError):
            find("none")


def test_of_two_notes_with_one_id_the_first_is_found() -> None:
    document = tiny_document()
    first, second, _ = document.footnotes
    twice = replace(document, footnotes=(first, replace(second, id=first.id)))
    assert twice.footnote(first.id) is first


def test_what_finds_them_is_no_part_of_a_document() -> None:
    document = tiny_document()
    adapter = TypeAdapter(Document)
    stored = adapter.dump_json(document)
    assert b"footnote_of" not in stored
    assert "footnote_of" not in repr(document)
    for copy in (adapter.validate_json(stored), pickle.loads(pickle.dumps(document))):
        assert copy == document
        assert copy.footnote("3") == document.footnote("3")
        assert copy.section("貳") == document.section("貳")
