"""Cite this, on the page of a publication: itself, and each of its notes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from service.messages import LANGUAGES, messages
from tests.browser.accessibility import violations
from tests.browser.watch import Open

pytestmark = pytest.mark.browser

EN = messages("en")
CHICAGO = "An Lin and David Roe, “Night Libraries,” City Review, 2021, 7."


def test_publication_is_copied_as_a_citation(open_page: Open) -> None:
    page = open_page("/documents/tiny")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=EN.cite_publication).click()
    panel = page.get_by_role("dialog", name=EN.cite_publication)
    panel.get_by_role("button", name="APA").click()
    expect(panel.locator(".cited")).to_have_text("林安. (2021). 社區的夜晚.")
    assert page.evaluate("navigator.clipboard.readText()") == "林安. (2021). 社區的夜晚."


@pytest.mark.parametrize("width", [390, 1400])
def test_note_is_cited_where_it_stands(open_page: Open, width: int) -> None:
    page = open_page("/documents/tiny", width=width)
    page.locator("#fn-2").hover()
    page.locator("#fn-2").get_by_role("link", name="Cite note 2").click()
    panel = page.get_by_role("dialog", name="Cite note 2")
    panel.get_by_role("button", name="Chicago").click()
    expect(panel.locator(".cited")).to_have_text(CHICAGO)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#fn-2").get_by_role("button", name="Cite note 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()


def test_note_is_cited_from_its_card(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=800)
    page.click("#ref-2-1")
    page.locator(".card:popover-open").get_by_role("link", name="Cite note 2").click()
    panel = page.get_by_role("dialog", name="Cite note 2")
    panel.get_by_role("button", name="Chicago").click()
    expect(panel.locator(".cited")).to_have_text(CHICAGO)


def test_without_javascript_a_note_is_a_download_in_one_press(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=800, java_script_enabled=False)
    with page.expect_download() as download:
        page.locator("#fn-2").get_by_role("link", name="Cite note 2").click()
    assert download.value.suggested_filename == "tiny-note-2-chicago.txt"


def test_cite_beside_the_lines_shows_for_a_keyboard(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1400)
    link = page.locator("#fn-1 .cite-link")
    expect(link).to_have_css("opacity", "0")
    link.focus()
    expect(link).to_have_css("opacity", "1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_panels_of_the_page_have_no_violation(open_page: Open, language: str) -> None:
    m = LANGUAGES[language]  # type: ignore[index]
    page = open_page(f"/documents/tiny?lang={language}", 800, bypass_csp=True)
    page.get_by_role("button", name=m.cite_publication).click()
    expect(page.get_by_role("dialog", name=m.cite_publication)).to_be_visible()
    found = violations(page)
    page.keyboard.press("Escape")
    page.locator("#fn-1 .cite-link").click()
    expect(page.locator(".cite-panel:popover-open")).to_be_visible()
    assert found + violations(page) == []
