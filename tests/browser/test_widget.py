"""The widget as readers have it: by keyboard, by touch, while composing, in three languages."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Frame

from service.messages import LANGUAGES
from service.messages.widget import WIDGET
from tests.browser.sites import Site, Visit

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


def active(frame: Frame) -> str:
    """What has the focus in a frame: its id, else its class, else its tag."""
    focused: str = frame.evaluate(
        """() => {
            let found = document.activeElement;
            while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
            return found?.id || found?.className.trim() || found?.localName;
        }"""
    )
    return focused


def test_whole_task_by_keyboard_alone(context: BrowserContext, site: Site, service: str) -> None:
    visit = Visit.of(context, plain_page(site, service))
    visit.launcher.wait_for()
    keys = visit.page.keyboard
    keys.press("Tab")
    assert active(visit.page.main_frame) == "launcher"
    keys.press("Enter")
    visit.chat.locator(".shut").wait_for()
    visit.chat.locator("#question:focus").wait_for()
    assert visit.launcher.get_attribute("aria-expanded") == "true"
    keys.type(QUESTION)
    keys.press("Enter")
    visit.chat.locator(".turn:not([aria-busy])").wait_for()
    assert "Answered." in visit.chat.locator("[role=status]").inner_text()
    visit.chat.locator(".noteref a").first.focus()
    keys.press("Enter")
    assert visit.chat.locator(".card:popover-open").count() == 1
    keys.press("Escape")
    assert visit.chat.locator(".card:popover-open").count() == 0
    assert visit.frame.evaluate("document.activeElement.matches('.noteref a')")
    keys.press("Escape")
    visit.page.wait_for_selector("zhujiao-launcher dialog", state="hidden")
    assert active(visit.page.main_frame) == "launcher"
    assert visit.launcher.get_attribute("aria-expanded") == "false"
    keys.press("Space")
    visit.chat.locator("#question:focus").wait_for()
    assert visit.chat.locator(".turn").count() == 1  # the conversation is still there
    visit.chat.locator(".shut").focus()
    keys.press("Enter")
    visit.page.wait_for_selector("zhujiao-launcher dialog", state="hidden")
    assert active(visit.page.main_frame) == "launcher"


def test_focus_reaches_everything_in_the_panel_and_leaves_it_again(
    context: BrowserContext, site: Site, service: str
) -> None:
    visit = Visit.of(context, plain_page(site, service))
    visit.open()
    visit.chat.locator("#question:focus").wait_for()
    reached: list[str] = []
    for _ in range(12):
        visit.page.keyboard.press("Shift+Tab")
        if active(visit.page.main_frame) != "iframe":
            break
        reached.append(visit.frame.evaluate("document.activeElement.localName"))
    assert active(visit.page.main_frame) == "launcher"
    assert reached == ["a", "a", "button", "button", "button", "button"]


def test_on_a_phone_the_chat_is_a_sheet_and_a_note_opens_at_its_foot(
    browser: Browser, site: Site, service: str
) -> None:
    size: Any = {"width": 390, "height": 780}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, locale="en-GB")
    visit = Visit.of(context, plain_page(site, service))
    visit.launcher.tap()
    visit.chat.locator(".shut").wait_for()
    visit.page.wait_for_timeout(300)
    panel = visit.page.locator("zhujiao-launcher dialog")
    assert panel.bounding_box() == {"x": 0, "y": 0, **size}
    assert panel.evaluate("panel => panel.matches(':modal')")
    assert visit.frame.evaluate("document.activeElement.localName") == "main"  # no keyboard yet
    visit.chat.locator("#question").fill(QUESTION)
    visit.chat.locator(".ask button").tap()
    visit.chat.locator(".noteref a").first.tap()
    card = visit.chat.locator(".card:popover-open").bounding_box()
    assert card is not None
    assert (card["x"], card["width"]) == (0, 390)
    assert card["y"] + card["height"] == pytest.approx(780, abs=4)
    visit.chat.locator(".card-foot button").tap()
    visit.chat.locator(".shut").tap()
    panel.wait_for(state="hidden")
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
    assert visit.chat.locator(".turn").count() == 0
    assert visit.page.locator("zhujiao-launcher dialog[open]").count() == 1
    box.fill("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    assert box.input_value() == "one\ntwo"
    box.fill(QUESTION)
    box.press("Enter")
    visit.chat.locator(".quoted").first.wait_for()


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
    assert visit.launcher.inner_text() == w.launcher
    visit.open()
    assert visit.frame.evaluate("document.documentElement.lang") == language
    assert visit.page.locator("iframe").get_attribute("title") == w.frame_title
    assert visit.chat.locator(".shut").get_attribute("aria-label") == w.close


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
    assert visit.frame.evaluate("getComputedStyle(document.body).backgroundColor") == paper
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
    assert chat.locator("main").get_attribute("data-documents") == "twin tiny"
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
        visit.page.wait_for_timeout(300)
        box = visit.page.locator("zhujiao-launcher dialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert [frame.evaluate(wider) for frame in visit.page.frames] == [0, 0]
        context.close()


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
            options = {"runOnly": RULES, "iframes": False}
            rules = Axe().run(frame, options=options).response["violations"]
            found += [(state, frame.url, r["id"], [n["target"] for n in r["nodes"]]) for r in rules]
    context.close()
    assert found == []


def reach(visit: Visit, context: BrowserContext, state: str) -> None:
    """From the state before to this one."""
    if state == "opened":
        visit.open()
        visit.page.wait_for_timeout(300)
    if state == "answered":
        visit.ask(QUESTION)
    if state == "note":
        visit.chat.locator(".noteref a").first.click()
    if state == "refused":
        visit.chat.locator(".card-foot button").click()
        visit.frame.evaluate("location.reload()")
        visit.chat.locator(".shut").wait_for()
        visit.ask("weather on Mars")
    if state == "failed":
        context.set_offline(True)
        visit.ask(QUESTION)
        visit.chat.locator(".fault").wait_for()
