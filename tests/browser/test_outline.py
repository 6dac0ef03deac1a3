"""The list of contents of the reading view, and the ways from it into the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from service.messages import LANGUAGES, messages
from tests.browser.publications import CHAPTER
from tests.browser.watch import Open, ask

pytestmark = pytest.mark.browser

CURRENT = ".outline a[aria-current=location]"


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_outline_says_where_the_reader_is(open_page: Open, shelf: str, width: int) -> None:
    page = open_page(f"/documents/{CHAPTER}", width=width, origin=shelf)
    expect(page.locator(CURRENT)).to_have_count(0)
    for anchor, title in (
        ("s-參/三", "三 美日澳三邊安全對話（TSD）"),
        ("s-貳", "貳 小多邊主義的意涵與類別"),
    ):
        page.evaluate("anchor => document.getElementById(anchor).scrollIntoView()", anchor)
        expect(page.locator(CURRENT)).to_have_count(1)
        expect(page.locator(CURRENT)).to_have_text(title)
        expect(page.locator(".outline")).to_be_in_viewport()


def test_outline_is_a_closed_bar_on_a_phone_and_a_link_closes_it_again(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=390, has_touch=True)
    link = page.locator(".outline a").last
    expect(link).to_be_hidden()
    page.tap(".outline summary")
    expect(link).to_be_visible()
    link.tap()
    expect(link).to_be_hidden()
    page.tap(".outline summary")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator(".outline summary")).to_be_focused()


def test_outline_is_open_beside_the_text_of_a_wide_window(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=1280)
    expect(page.locator(".outline a").last).to_be_visible()
    outline, body = (page.locator(part).bounding_box() for part in (".outline", ".body"))
    assert outline is not None
    assert body is not None
    assert outline["x"] + outline["width"] < body["x"]


def test_outline_works_without_javascript(open_page: Open) -> None:
    page = open_page("/documents/tiny", width=390, java_script_enabled=False)
    page.click(".outline summary")
    expect(page.locator(".outline a").last).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_section_is_asked_about_with_its_publication_and_its_title(
    open_page: Open, language: str
) -> None:
    m = messages(language)  # type: ignore[arg-type]
    page = open_page(f"/documents/tiny?lang={language}")
    page.get_by_role("link", name=m.ask_about_section).last.click()
    expect(page.locator(".scope a").first).to_have_text("發現")
    expect(page.locator(".scope a").first).to_have_attribute(
        "href", f"/documents/tiny?lang={language}#s-%E8%B2%B3"
    )
    with page.expect_request("**/api/v1/ask") as asked:
        ask(page, "夜裡的讀者是誰？")
    sent = asked.value.post_data_json or {}
    assert sent["documents"] == ["tiny"]
    assert sent["history"] == [{"question": "發現"}]
    expect(page.locator(".turn blockquote").first).to_contain_text("上班族")
    expect(page.locator(".scope")).to_be_visible()
    page.click(".scope .all")
    expect(page.locator(".scope")).to_have_count(0)


def test_publication_is_asked_about_without_javascript(open_page: Open) -> None:
    page = open_page("/documents/twin", java_script_enabled=False)
    page.click(".title .ask-about a")
    page.fill("#question", "Did night opening raise visits?")
    page.click(".ask button")
    expect(page.locator(".turn .place a").first).to_have_attribute(
        "href", "/documents/twin?q=54-102#q"
    )
    page.fill("#question", "and how far from stations?")
    page.click(".ask button")
    expect(page.locator(".turn .place a").last).to_have_attribute(
        "href", "/documents/twin?q=103-138#q"
    )
    expect(page.locator(".scope a").first).to_have_attribute("href", "/documents/twin")
