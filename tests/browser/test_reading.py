"""The reading view: the quoted span, the note card, the ways back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watch import Open
from tests.tiny import TEXT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("start", "end"),
    [(5, 22), (22, 48), (10, 60), (54, 102), (88, 95), (139, 160), (0, len(TEXT) - 1)],
)
def test_address_marks_exactly_the_span_it_names(open_page: Open, start: int, end: int) -> None:
    page = open_page(f"/documents/tiny#q={start}-{end}")
    expect(page.locator("mark").first).to_be_visible()
    marked = "".join(page.locator("mark").all_text_contents())
    assert marked == TEXT[start:end].replace("\n", "")


def test_new_address_moves_the_mark_and_leaves_the_text_as_it_was(open_page: Open) -> None:
    page = open_page("/documents/tiny#q=5-22")
    before = page.locator(".body").text_content()
    page.evaluate("location.hash = '#q=139-160'")
    page.wait_for_function("document.querySelector('mark').textContent.startsWith('鄰市')")
    assert "".join(page.locator("mark").all_text_contents()) == TEXT[139:160]
    assert page.locator(".body").text_content() == before


@pytest.mark.parametrize("fragment", ["q=9-3", "q=a-b", "q=9999-99999", "p2", "fn-2", "q"])
def test_address_that_names_no_span_marks_nothing(open_page: Open, fragment: str) -> None:
    page = open_page(f"/documents/tiny#{fragment}")
    expect(page.locator(".card:not(.cite-panel)")).to_have_count(1)  # the script has run
    expect(page.locator("mark")).to_have_count(0)


def test_marked_span_is_scrolled_into_view(open_page: Open) -> None:
    page = open_page("/documents/tiny#q=139-160", height=300)
    expect(page.locator("mark").first).to_be_in_viewport(ratio=1)


def test_note_card_leads_to_the_note(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1000)
    page.click("#ref-2-1")
    card = page.locator(".card:popover-open")
    expect(card.locator(".words")).to_have_text(
        "Lin and Roe, Supra note 1, p. 7.", use_inner_text=True
    )
    expect(card.locator(".back")).to_have_count(0)
    page.click(".card-foot a")
    expect(page).to_have_url(re.compile("#fn-2$"))
    expect(card).to_have_count(0)


def test_note_leads_back_to_each_of_its_places(open_page: Open) -> None:
    page = open_page("/documents/tiny")
    for place in (1, 2):
        page.click(f"#fn-1 .back >> nth={place - 1}")
        expect(page).to_have_url(re.compile(f"#ref-1-{place}$"))
        expect(page.locator(f"#ref-1-{place}")).to_be_focused()


def test_text_on_the_page_is_the_source_to_the_character(open_page: Open) -> None:
    page = open_page("/documents/tiny")
    shown = page.eval_on_selector_all(
        ".body [data-start]",
        """leaves => leaves.map(leaf => {
            const copy = leaf.cloneNode(true);
            copy.querySelectorAll('.noteref').forEach(mark => mark.remove());
            return copy.textContent;
        })""",
    )
    assert "\n".join(shown) + "\n" == TEXT


def test_targets_are_at_least_24_pixels(open_page: Open) -> None:
    page = open_page("/documents/tiny")
    reach = """e => { const a = getComputedStyle(e, '::after'), r = e.getBoundingClientRect();
        return [r.width - parseFloat(a.left) - parseFloat(a.right),
                r.height - parseFloat(a.top) - parseFloat(a.bottom)]; }"""
    assert min(page.eval_on_selector("#ref-1-1", reach)) >= 24
    assert min(page.eval_on_selector(".back", reach)) >= 24
