"""axe-core finds nothing against WCAG 2.2 A and AA, in any language, light or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service.messages import LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.watch import Open, Watch, ask

pytestmark = pytest.mark.browser


def answered(page: Page) -> None:
    ask(page, "Did night opening raise visits?")


def with_card(page: Page) -> None:
    answered(page)
    page.click(".turn .noteref a >> nth=0")
    expect(page.locator(".card:popover-open").first).to_be_visible()


def refused(page: Page) -> None:
    ask(page, "What is the weather on Mars?")


def as_it_is(page: Page) -> None:
    page.wait_for_selector("main")


def with_note(page: Page) -> None:
    page.click("#ref-2-1")
    expect(page.locator("#fn-2")).to_be_focused()


def with_card_over_the_text(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    expect(page.locator(".endnotes.beside")).to_have_count(0)
    page.click("#ref-2-1")
    expect(page.locator(".card:popover-open")).to_be_visible()


def with_outline(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.click(".outline summary")
    expect(page.locator(".outline a").first).to_be_visible()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "first page": ("/", as_it_is),
    "answer": ("/", answered),
    "note card": ("/", with_card),
    "refusal": ("/", refused),
    "reading view": ("/documents/tiny", as_it_is),
    "marked span": ("/documents/tiny?q=5-22", as_it_is),
    "note beside the text": ("/documents/tiny", with_note),
    "note in place": ("/documents/tiny", with_card_over_the_text),
    "outline of a phone": ("/documents/tiny", with_outline),
    "question about a section": ("/?documents=tiny&section=貳", as_it_is),
    "error": ("/documents/none", as_it_is),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_page_has_no_violation(open_page: Open, watch: Watch, state: str, language: str) -> None:
    path, act = STATES[state]
    address = f"{path}{'&' if '?' in path else '?'}lang={language}"
    page = open_page(address, bypass_csp=True)
    act(page)
    assert violations(page) == []
    if state == "error":
        watch.complaints.clear()  # Chromium itself reports the 404
