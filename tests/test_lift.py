"""A definition is lifted whole, over lines, paragraphs and page turns."""

from __future__ import annotations

from corpus.document import Document
from corpus.read import read_text


def notes(document: Document) -> dict[str, str]:
    return {note.id: note.text for note in document.footnotes}


def test_a_note_cut_by_a_page_turn_goes_on_at_the_next_foot() -> None:
    document = read_text(
        "I. RULE\n\nFault in fog is presumed.1 Courts call it prudence.2\n\n"
        "1. ROE, FOG 12 (2010).\n2. See Pell, Fog, 9 COAST L. REV. 20. The proposal was\n\n1\n\f"
        "II. CRITIQUE\n\nThe rule is cheap.3\n\ndefeated by a vote of 12–3.\n3. Id. at 6.\n\n2\n",
        "x",
    )
    assert notes(document)["2"].endswith("The proposal was defeated by a vote of 12–3.")
    assert [p.span.of(document.text) for p in document.paragraphs][-1] == "The rule is cheap."


def test_below_the_first_note_of_a_page_there_is_no_body() -> None:
    document = read_text(
        "甲。①\n\n①王，《書》。\n\n此為同註的第二段。\n\n1\n\f乙。①\n\n①李，《刊》。\n\n2\n", "x"
    )
    assert notes(document)["p1.①"] == "王，《書》。\n\n此為同註的第二段。"


def test_a_list_parted_by_the_chapters_of_the_book_keeps_their_names_out_of_the_outline() -> None:
    document = read_text(
        "Chapter 1 Lamps\n\nThe lamp was lit.1 It burned.2\n\nChapter 2 Bells\n\nThe bell rang.1 Twice.2\n\n"
        "Notes\n\nChapter 1 Lamps\n\n1. Roe, A.\n2. Ibid.\n\nChapter 2 Bells\n\n1. Hale, B.\n2. Ibid.\n",
        "x",
    )
    assert [section.id for section in document.sections] == ["Chapter 1", "Chapter 2"]
    assert notes(document) == {
        "Chapter 1.1": "Roe, A.",
        "Chapter 1.2": "Ibid.",
        "Chapter 2.1": "Hale, B.",
        "Chapter 2.2": "Ibid.",
    }
    assert [noteref.footnote_id for noteref in document.noterefs] == list(notes(document))


def test_chapters_named_otherwise_in_the_list_part_it_where_a_first_note_stands_below() -> None:
    document = read_text(
        "I. Lamps\n\nThe lamp was lit.1 It burned.2\n\nII. Bells\n\nThe bell rang.1 Twice.2\n\n"
        "NOTES\n\nAbbreviations: SHA = Archive of Skerry Haven.\n\nCHAPTER 1: LAMPS\n\n1. Roe, A.\n2. Ibid.\n\n"
        "CHAPTER 2: BELLS\n\n1. Hale, B.\n2. Ibid.\n",
        "x",
    )
    assert [section.label for section in document.sections] == ["I", "II"]
    assert list(notes(document).values()) == ["Roe, A.", "Ibid.", "Hale, B.", "Ibid."]
    assert document.text.endswith("Abbreviations: SHA = Archive of Skerry Haven.")


def test_short_notes_that_share_a_line_are_notes_of_their_own() -> None:
    document = read_text("甲①。乙②。\n\n① 王，《书》，第12页。　② 同上书，第20页。\n", "x")
    assert notes(document) == {"①": "王，《书》，第12页。", "②": "同上书，第20页。"}


def test_an_address_cut_by_a_line_end_is_whole() -> None:
    document = read_text("Fell.¹\n\nNotes\n\n1. Roe, https://example.org/ord/\n1931/12.\n", "x")
    assert document.footnotes[0].urls == ("https://example.org/ord/1931/12",)


def test_a_list_inside_a_keyed_note_keeps_its_lines() -> None:
    document = read_text(
        "# A\n\nx[^k]\n\n[^k]: two programs:\n\n    - one;\n    - two.\n\n    Both free.\n", "x"
    )
    assert document.footnotes[0].text == "two programs:\n\n- one;\n- two.\n\nBoth free."


def test_a_note_cut_inside_a_bracket_goes_on_even_after_a_stop() -> None:
    document = read_text(
        "I. RULE\n\nFog is law.1\n\n1. See ROE, FOG 3 (3d ed.\n\n302          FOG REVIEW          [Vol. 7:301]\n\n"
        "II. EXIT\n\nThe rule is cheap.2\n\n2002).\n2. Id. at 6.\n",
        "x",
    )
    assert notes(document) == {"1": "See ROE, FOG 3 (3d ed. 2002).", "2": "Id. at 6."}


def test_a_line_set_in_below_a_note_belongs_to_it() -> None:
    document = read_text("Fell.1 Rose.2\n\n1. There are three.\n   Two adopted it.\n2. Id.\n", "x")
    assert notes(document) == {"1": "There are three. Two adopted it.", "2": "Id."}


def test_a_note_marked_on_the_page_before_does_not_make_a_list_of_two_feet() -> None:
    page = "The first.1 The second.2 The third.3\n\n1 Roe, Bells, 1.\n2 Roe, Bells, 2.\n"
    following = (
        "\fThe fourth was late.4 Nobody minded it at all.\n\n3 Roe, Bells, 3.\n4 Roe, Bells, 4.\n"
    )
    document = read_text(page + following, "x")
    assert [note.text for note in document.footnotes] == [f"Roe, Bells, {n}." for n in range(1, 5)]
    assert document.text.endswith("The fourth was late. Nobody minded it at all.")


def test_what_leads_back_from_a_note_of_a_web_page_is_no_part_of_it() -> None:
    text = "# A\n\nIt is late<sup>[1](#fn1)</sup>.\n\n## Notes\n\n1. Roe, *Bells*, 3. [↩](#fnref1) [↩2](#fnref1-2)\n"
    assert notes(read_text(text, "x")) == {"1": "Roe, *Bells*, 3."}


def test_marks_of_later_notes_between_two_notes_show_that_a_page_turned() -> None:
    text = (
        "The first is this.1 The second is that.2 Two more came late.3 Very late.4\n\n"
        "1 Roe, Bells, 1.\n2 Roe, Bells, 2. The figure was\n\n1\n\n"
        "A page of its own follows.5 It ends here.\n\n"
        "wrong.\n3 Roe, Bells, 3.\n4 Roe, Bells, 4.\n5 Roe, Bells, 5.\n\n2\n"
    )
    document = read_text(text, "x")
    assert notes(document)["2"] == "Roe, Bells, 2. The figure was wrong."
    assert document.text.endswith("A page of its own follows. It ends here.")
