"""Notes beside the text of a wide window, at its foot in a narrow one and on paper."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.publications import CHAPTER
from tests.browser.watch import Open

pytestmark = pytest.mark.browser

GAP_PX = 10

PLACES = """() => {
    const body = document.querySelector(".body").getBoundingClientRect();
    const notes = [...document.querySelectorAll(".endnotes .note")].map((note) => {
        const {top, bottom, left, right} = note.getBoundingClientRect();
        const back = note.querySelector(".back");
        const mark = back && document.getElementById(decodeURIComponent(back.hash.slice(1)));
        return {top, bottom, left, right, at: mark && mark.getBoundingClientRect().top};
    });
    return {edge: body.right, foot: body.bottom, notes};
}"""


def places(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(PLACES)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("width", [1200, 1280, 1680])
def test_notes_stand_beside_their_marks_and_never_on_each_other(
    open_page: Open, shelf: str, width: int
) -> None:
    page = open_page(f"/documents/{CHAPTER}", width=width, origin=shelf)
    expect(page.locator(".endnotes.beside")).to_have_count(1)
    found = places(page)
    notes = sorted(found["notes"], key=lambda note: float(note["top"]))
    assert len(notes) == 62 + 1  # and the author's own, which no mark cites
    for above, below in pairwise(notes):
        assert above["bottom"] <= below["top"]
    assert min(note["left"] for note in notes) > found["edge"]
    assert max(note["right"] for note in notes) <= width
    ends = [notes[0]["top"], *(note["bottom"] + GAP_PX for note in notes)]
    for end, note in zip(ends, notes, strict=False):
        if note["at"] is not None:  # at its line, or right below the note before it
            assert note["top"] == pytest.approx(max(note["at"] - GAP_PX, end), abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 768, 1199])
def test_notes_stand_at_the_foot_of_a_narrow_window(open_page: Open, width: int) -> None:
    found = places(open_page("/documents/tiny", width=width))
    assert all(note["top"] > found["foot"] for note in found["notes"])


def test_notes_follow_the_window(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280)
    expect(page.locator(".endnotes.beside")).to_have_count(1)
    page.set_viewport_size({"width": 800, "height": 900})
    expect(page.locator(".endnotes.beside")).to_have_count(0)
    page.set_viewport_size({"width": 1300, "height": 900})
    expect(page.locator(".endnotes.beside")).to_have_count(1)


def test_notes_are_printed_at_the_foot_without_links_back_and_in_dark_ink(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280, color_scheme="dark")
    expect(page.locator(".endnotes.beside")).to_have_count(1)
    page.emulate_media(media="print")
    found = places(page)
    assert all(note["top"] > found["foot"] for note in found["notes"])
    for chrome in (".outline", ".ask-about >> nth=0", ".back >> nth=0", ".masthead"):
        expect(page.locator(chrome)).to_be_hidden()
    expect(page.locator(".endnotes .quiet").first).to_be_hidden()
    expect(page.locator(".printed-from")).to_have_text(page.url)
    expect(page.locator(".body")).to_have_css("color", "rgb(0, 0, 0)")
    assert len(page.pdf()) > 10_000


def test_mark_leads_to_the_note_beside_it_and_esc_leads_back(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280)
    expect(page.locator(".endnotes.beside")).to_have_count(1)
    page.focus("#ref-2-1")
    page.keyboard.press("Enter")
    expect(page.locator("#fn-2")).to_be_focused()
    expect(page.locator(".card:popover-open")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#ref-2-1")).to_be_focused()


def test_mark_and_note_light_each_other_up(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280)
    expect(page.locator(".endnotes.beside")).to_have_count(1)
    page.hover("#ref-2-1")
    expect(page.locator(".note.lit .label")).to_have_text("2")
    page.hover("#fn-3 .words")
    expect(page.locator(".noteref .lit")).to_have_text("3")
    expect(page.locator(".note.lit .label")).to_have_text("3")
    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    page.focus("#ref-2-1")
    expect(page.locator(".note.lit .label")).to_have_text("2")
    expect(page.locator(".card:popover-open")).to_have_count(0)


def test_mark_of_a_note_out_of_sight_opens_a_card(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280, height=200)
    page.locator("#ref-1-2").scroll_into_view_if_needed()
    page.click("#ref-1-2")
    expect(page.locator(".card:popover-open .label")).to_have_text("1")


def test_notes_stand_at_the_foot_without_javascript(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280, java_script_enabled=False)
    expect(page.locator(".endnotes h2")).to_be_visible()
    text, note = (page.locator(part).bounding_box() for part in (".body", "#fn-1"))
    assert text is not None
    assert note is not None
    assert note["y"] > text["y"] + text["height"]
