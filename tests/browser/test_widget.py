"""The widget as readers have it: by keyboard, by touch, while composing, in three languages."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, expect

from service.messages import LANGUAGES
from service.messages.widget import WIDGET
from service.snippet import WidgetOptions, snippet
from tests.browser.sites import Site, Visit, listening
from tests.tiny import tiny_client, tiny_library

pytestmark = pytest.mark.browser

QUESTION = "Did night opening raise visits?"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COMPOSING = 20


def plain_page(site: Site, service: str, lang: str = "en", style: str = "", told: str = "") -> str:
    """A page that is itself in order, with the loader in it."""
    words = "<main><h1>A page</h1><p>Words.</p></main>"
    head = f'<title>A page</title><meta name="viewport" content="width=device-width"><style>{style}</style>'
    script = f'<script async src="{service}/widget.js" {told}></script>'
    return site.put(
        "/plain", f'<html lang="{lang}"><head>{head}</head><body>{words}{script}</body>'
    )


def test_whole_task_by_keyboard_alone(context: BrowserContext, site: Site, service: str) -> None:
    visit = Visit.of(context, plain_page(site, service))
    visit.launcher.wait_for()
    keys = visit.page.keyboard
    keys.press("Tab")
    expect(visit.launcher).to_be_focused()
    keys.press("Enter")
    visit.chat.locator(".shut").wait_for()
    expect(visit.chat.locator("#question")).to_be_focused()
    expect(visit.launcher).to_have_attribute("aria-expanded", "true")
    keys.type(QUESTION)
    keys.press("Enter")
    expect(visit.chat.locator("[role=status]")).to_contain_text("Answered.")
    mark = visit.chat.locator(".noteref a").first
    mark.focus()
    keys.press("Enter")
    expect(visit.chat.locator(".card:popover-open")).to_have_count(1)
    keys.press("Escape")
    expect(visit.chat.locator(".card:popover-open")).to_have_count(0)
    expect(mark).to_be_focused()
    keys.press("Escape")
    expect(visit.panel).to_be_hidden()
    expect(visit.launcher).to_be_focused()
    expect(visit.launcher).to_have_attribute("aria-expanded", "false")
    keys.press("Space")
    expect(visit.chat.locator("#question")).to_be_focused()
    expect(visit.chat.locator(".turn")).to_have_count(1)  # the conversation is still there
    visit.chat.locator(".shut").focus()
    keys.press("Enter")
    expect(visit.panel).to_be_hidden()
    expect(visit.launcher).to_be_focused()


def test_focus_reaches_everything_in_the_panel_and_leaves_it_again(
    context: BrowserContext, site: Site, service: str
) -> None:
    visit = Visit.of(context, plain_page(site, service))
    visit.open()
    backwards = [
        *("#question", ".publications li:nth-child(2) a", ".publications li:nth-child(1) a"),
        *(f".suggestions li:nth-child({n}) button" for n in (3, 2, 1)),
        ".shut",
    ]
    for selector in backwards:
        expect(visit.chat.locator(selector)).to_be_focused()
        visit.page.keyboard.press("Shift+Tab")
    expect(visit.launcher).to_be_focused()


def test_on_a_phone_the_chat_is_a_sheet_and_a_note_opens_at_its_foot(
    browser: Browser, site: Site, service: str
) -> None:
    size: Any = {"width": 390, "height": 780}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, locale="en-GB")
    visit = Visit.of(context, plain_page(site, service))
    visit.launcher.tap()
    visit.chat.locator(".shut").wait_for()
    visit.settle()
    assert visit.panel.bounding_box() == {"x": 0, "y": 0, **size}
    assert visit.panel.evaluate("panel => panel.matches(':modal')")
    expect(visit.chat.locator("main")).to_be_focused()  # no keyboard yet
    visit.chat.locator("#question").fill(QUESTION)
    visit.chat.locator(".ask button").tap()
    visit.chat.locator(".noteref a").first.tap()
    sheet = visit.chat.locator(".card:popover-open")
    expect(sheet).to_be_visible()
    card = sheet.bounding_box()
    assert card is not None
    assert (card["x"], card["width"]) == (0, 390)
    assert card["y"] + card["height"] == pytest.approx(780, abs=4)
    visit.chat.locator(".card-foot button").tap()
    visit.chat.locator(".shut").tap()
    expect(visit.panel).to_be_hidden()
    context.close()


def test_enter_while_composing_never_sends(
    context: BrowserContext, site: Site, service: str
) -> None:
    visit = Visit.of(context, plain_page(site, service))
    box = visit.open().locator("#question")
    session = context.new_cdp_session(visit.page)
    box.focus()
    for _ in range(COMPOSING):
        text = {"selectionStart": 1, "selectionEnd": 1, "text": "核"}
        session.send("Input.imeSetComposition", text)
        key = {
            "type": "rawKeyDown",
            "windowsVirtualKeyCode": 229,
            "key": "Process",
            "code": "Enter",
        }
        session.send("Input.dispatchKeyEvent", key)
        for composing in ({"keyCode": 13, "isComposing": True}, {"keyCode": 229}):
            box.dispatch_event("keydown", {"key": "Enter", **composing})
            box.dispatch_event("keydown", {"key": "Escape", **composing})
    box.fill("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    expect(box).to_have_value("one\ntwo")
    expect(visit.chat.locator(".turn")).to_have_count(0)
    expect(visit.panel).to_be_visible()
    box.fill(QUESTION)
    box.press("Enter")
    visit.chat.locator(".quoted").first.wait_for()
    expect(visit.chat.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize(
    ("page_language", "told", "language"),
    [
        ("zh-Hant-TW", "", "zh-Hant"),
        ("zh-HK", "", "zh-Hant"),
        ("zh-CN", "", "zh-Hans"),
        ("zh", "", "zh-Hans"),
        ("en-GB", "", "en"),
        ("fr", "", "en"),
        ("en", 'data-language="zh-Hant"', "zh-Hant"),
        ("zh-TW", 'data-language="auto"', "zh-Hant"),
    ],
)
def test_widget_speaks_the_language_of_the_page_unless_told_another(
    context: BrowserContext, site: Site, service: str, page_language: str, told: str, language: str
) -> None:
    visit = Visit.of(context, plain_page(site, service, lang=page_language, told=told))
    w = WIDGET[language]  # type: ignore[index]
    expect(visit.launcher).to_have_text(w.launcher)
    visit.open()
    expect(visit.chat.locator("html")).to_have_attribute("lang", language)
    expect(visit.page.locator("iframe")).to_have_attribute("title", w.frame_title)
    expect(visit.chat.locator(".shut")).to_have_attribute("aria-label", w.close)


@pytest.mark.parametrize(
    ("style", "told", "scheme"),
    [
        ("", "", "light"),
        ("body { background: #123 }", "", "dark"),
        ("html { background: rgb(20 20 20) }", "", "dark"),
        (":root { color-scheme: light dark }", "", "dark"),
        ("body { background: #123 }", 'data-theme="light"', "light"),
        ("", 'data-theme="dark"', "dark"),
    ],
)
def test_chat_is_as_dark_as_its_page(
    browser: Browser, site: Site, service: str, style: str, told: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark", locale="en-GB")
    visit = Visit.of(context, plain_page(site, service, style=style, told=told))
    visit.open()
    paper = {"light": "rgb(250, 247, 240)", "dark": "rgb(26, 22, 19)"}[scheme]
    expect(visit.chat.locator("body")).to_have_css("background-color", paper)
    context.close()


@pytest.mark.parametrize(("motion", "animated"), [("reduce", 0), ("no-preference", 1)])
def test_panel_moves_only_for_those_who_do_not_mind(
    browser: Browser, site: Site, service: str, motion: Any, animated: int
) -> None:
    context = browser.new_context(reduced_motion=motion)
    visit = Visit.of(context, plain_page(site, service))
    visit.launcher.wait_for()
    moving = """button => { button.click(); return button.getRootNode().getAnimations().length }"""
    assert visit.launcher.evaluate(moving) == animated
    context.close()


def test_words_colours_and_place_are_the_sites_own(
    context: BrowserContext, site: Site, service: str
) -> None:
    told = (
        "data-title='Ask the chapter' data-greeting='Sixty-two notes.' data-label='Ask it' "
        "data-accent='#ffd400' data-position='left' data-documents='twin, tiny'"
    )
    visit = Visit.of(context, plain_page(site, service, told=told))
    chat = visit.open()
    assert visit.launcher.inner_text() == "Ask it"
    box = visit.launcher.bounding_box()
    assert box is not None
    assert box["x"] == 16
    look = visit.launcher.evaluate(
        "b => [getComputedStyle(b).backgroundColor, getComputedStyle(b).color]"
    )
    assert look == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]
    assert chat.locator("h1").inner_text() == "Ask the chapter"
    assert chat.locator(".lead").inner_text() == "Sixty-two notes."
    assert chat.locator("main").get_attribute("data-documents") == '["twin", "tiny"]'
    visit.ask(QUESTION)
    assert chat.locator(".quoted").count() > 0


def test_panel_fits_small_windows_and_large_text(
    browser: Browser, site: Site, service: str
) -> None:
    for width, height in ((320, 568), (640, 360), (768, 1024), (1680, 1050)):
        context = browser.new_context(viewport={"width": width, "height": height})
        visit = Visit.of(context, plain_page(site, service))
        visit.open()
        visit.ask(QUESTION)
        box = visit.panel.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert [frame.evaluate(wider) for frame in visit.page.frames] == [0, 0]
        context.close()


BARS_SCROLL = ".bar, .ask { position: static !important }"
"""A button half under a bar is not a small one: the reader scrolls it free."""
STATES = ("button", "opened", "answered", "note", "refused", "failed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_the_widget_has_a_violation(
    browser: Browser, site: Site, service: str, language: str, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    style = ":root { color-scheme: light dark }"
    visit = Visit.of(context, plain_page(site, service, language, style, "data-accent='#8899aa'"))
    visit.launcher.wait_for()
    found = []
    for state in STATES:
        reach(visit, context, state)
        for frame in visit.page.frames:
            frame.add_style_tag(content=BARS_SCROLL)
            options = {"runOnly": RULES, "iframes": False}
            rules = Axe().run(frame, options=options).response["violations"]
            found += [(state, frame.url, r["id"], [n["target"] for n in r["nodes"]]) for r in rules]
    context.close()
    assert found == []


def reach(visit: Visit, context: BrowserContext, state: str) -> None:
    """From the state before to this one."""
    if state == "opened":
        visit.open()
    if state == "answered":
        visit.ask(QUESTION)
    if state == "note":
        visit.chat.locator(".noteref a").first.click()
        visit.chat.locator(".card:popover-open").first.wait_for()
    if state == "refused":
        visit.chat.locator(".card-foot button").click()
        with visit.page.expect_event("framenavigated"):
            visit.frame.evaluate("location.reload()")
        visit.chat.locator(".shut").wait_for()
        visit.ask("weather on Mars")
    if state == "failed":
        context.set_offline(True)
        visit.ask(QUESTION)
        visit.chat.locator(".fault").wait_for()


def test_publication_whose_id_holds_spaces_and_commas_is_asked(
    context: BrowserContext, site: Site
) -> None:
    name = "My report, part 2"
    library = tiny_library((name, "other"))
    with listening(tiny_client(library, embed_origins=site.origin).application, "127.0.0.1") as at:
        lines = snippet(WidgetOptions(documents=(name,)), at, "link", "frame")
        visit = Visit.of(context, site.put("/named", f"<title>A page</title>{lines}"))
        visit.open()
        with visit.page.expect_request("**/api/v1/ask") as asked:
            visit.ask(QUESTION)
        assert (asked.value.post_data_json or {})["documents"] == [name]
        expect(visit.chat.locator("blockquote").first).to_be_visible()
        assert visit.violations() == []
