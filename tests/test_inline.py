from __future__ import annotations

from corpus.read import read_text


def test_an_inline_note_is_lifted_with_its_inner_brackets() -> None:
    document = read_text("# A\n\nNo register.^[Proposed [twice], 2018.] Next.\n", "x")
    assert document.paragraphs[0].span.of(document.text) == "No register. Next."
    assert [(note.text, note.line) for note in document.footnotes] == [
        ("Proposed [twice], 2018.", 3)
    ]
    assert document.noterefs[0].sentence.of(document.text) == "No register."


def test_an_inline_note_that_never_closes_stays_in_the_text() -> None:
    document = read_text("# A\n\nNo register.^[Proposed twice. Next.\n", "x")
    assert document.footnotes == ()
    assert "^[Proposed twice." in document.text
