"""The page for site owners, and the example pages of the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from service.messages import LANGUAGES
from tests.browser.sites import Site, Visit, ask_in
from tests.browser.watch import Open
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXAMPLES = sorted((ROOT / "examples").glob("*.html"))
QUESTION = "Did night opening raise visits?"


def shown(page: Page) -> FrameLocator:
    return page.frame_locator(".stage")


def test_choices_show_at_once_in_the_preview_and_in_the_lines(open_page: Open, origin: str) -> None:
    page = open_page("/widget?lang=en")
    page.fill("#title", 'Ask "us" & <them>')
    page.select_option("#position", "left")
    page.fill("#accent", "#005a9c")
    lines = page.locator("[data-service] code")
    expect(lines).to_contain_text('data-title="Ask &quot;us&quot; &amp; &lt;them&gt;"')
    expect(lines).to_contain_text('data-position="left"')
    expect(lines).to_contain_text('data-accent="#005a9c"')
    expect(lines).to_have_text(re.compile(f'^<script async src="{re.escape(origin)}/widget.js"'))
    preview = shown(page).owner.element_handle().content_frame()
    assert preview is not None
    preview.wait_for_url(re.compile("accent="))  # each choice loads it anew: this is the last
    shown(page).locator(".launcher.left").evaluate("button => button.click()")
    chat = shown(page).frame_locator("iframe")
    expect(chat.locator("h1")).to_have_text('Ask "us" & <them>')
    ask_in(chat, QUESTION)
    chat.locator(".quoted").first.wait_for()
    expect(page).to_have_url(re.compile("title=Ask"))  # the choices can be sent to a colleague


def test_preview_shows_the_inline_chat_and_the_plain_frame(open_page: Open) -> None:
    page = open_page("/widget?lang=en")
    for position in ("inline", "frame"):
        page.select_option("#position", position)
        chat = shown(page).locator("zhujiao-chat" if position == "inline" else "main > iframe")
        chat.wait_for()
        shown(page).frame_locator("iframe").locator("#question").wait_for()


def test_lines_are_copied_or_at_least_selected(open_page: Open) -> None:
    page = open_page("/widget?lang=en", permissions=["clipboard-read", "clipboard-write"])
    page.click(".copy")
    expect(page.locator(".copying [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.inner_text("[data-service] code")
    page.evaluate("void (navigator.clipboard.write = () => Promise.reject())")
    page.click(".copy")
    expect(page.locator(".copying [role=status]")).to_have_text("Copied.")
    page.evaluate("void (document.execCommand = () => false)")
    page.click(".copy")
    expect(page.locator(".copying [role=status]")).to_contain_text("Selected.")
    assert page.evaluate("getSelection().toString()") == copied


def test_choices_work_without_javascript(open_page: Open) -> None:
    page = open_page("/widget?lang=en", java_script_enabled=False)
    page.fill("#label", "Ask it")
    page.click(".update")
    expect(page.locator("[data-service] code")).to_contain_text('data-label="Ask it"')
    expect(page.locator(".copy")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1680])
def test_page_fits_its_window(open_page: Open, width: int) -> None:
    page = open_page("/widget?lang=en", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_no_violation(open_page: Open, language: str, scheme: str) -> None:
    page = open_page(f"/widget?lang={language}", color_scheme=scheme, bypass_csp=True)
    shown(page).locator(".launcher").wait_for()
    for frame in page.frames:
        options = {"runOnly": RULES, "iframes": False}
        found = Axe().run(frame, options=options).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_does_what_it_says(
    context: BrowserContext, site: Site, service: str, example: Path
) -> None:
    html = example.read_text("utf-8").replace("http://127.0.0.1:8000", service)
    visit = Visit.of(context, site.put(f"/{example.name}", html.removeprefix("<!doctype html>")))
    if example.stem == "no-javascript":
        visit.page.click("a")
        expect(visit.page).to_have_url(re.compile(f"^{re.escape(service)}"))
        return
    if example.stem in {"plain", "strict-csp"}:
        visit.open()
    chat = visit.page.frame_locator("iframe")
    ask_in(chat, QUESTION)
    chat.locator(".quoted").first.wait_for()
    assert visit.violations() == []
