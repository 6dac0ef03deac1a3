"""The widget on a site of another origin: what the site's policy, the list and the reader keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.sites import Site, Visit

pytestmark = pytest.mark.browser

QUESTION = "Did night opening raise visits?"
HOSTILE = """
  * { box-sizing: content-box; letter-spacing: .2em; color: teal; transition: all 1s }
  body { display: grid; gap: 3rem; transform: rotate(.1deg); counter-reset: n }
  body > *:last-child { background: gold } html > * { outline: 1px solid red }
  button, dialog, iframe { all: unset !important; font-size: 3rem !important }
  zhujiao-launcher { display: block !important; height: 500px !important; margin: 9rem !important }
"""
WORDS = "<h1>A page</h1>" + "<p>Words of the page, and more of them.</p>" * 12


def strict_page(site: Site, service: str, body: str = "", **attributes: str) -> str:
    """A page that runs nothing inline and nothing but the loader."""
    told = "".join(f' data-{name}="{value}"' for name, value in attributes.items())
    html = f'<html lang="en"><title>t</title>{WORDS}<script async src="{service}/widget.js"{told}></script>{body}'
    policy = (
        f"default-src 'none'; script-src {service}; style-src {service}; frame-src {service}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return site.put("/strict", html, {"Content-Security-Policy": policy})


def test_widget_works_whole_under_a_strict_policy(
    context: BrowserContext, site: Site, service: str
) -> None:
    visit = Visit.of(context, strict_page(site, service, accent="#005a9c", title="Ask"))
    chat = visit.open()
    visit.ask(QUESTION)
    expect(chat.locator(".turn blockquote em").first).to_have_text("not")
    chat.locator(".turn .noteref a").first.click()
    card = chat.locator(".card:popover-open")
    expect(card.locator(".words")).to_have_text("Ibid., p. 8.", use_inner_text=True)
    expect(card.locator(".resolved")).to_contain_text("Note 1: Lin and Roe")
    chat.locator(".card-foot button").click()
    with context.expect_page() as opened:
        chat.locator(".place a").first.click()
    expect(opened.value.locator("mark").first).to_contain_text("Night opening raised")
    assert opened.value.evaluate("opener") is None
    assert visit.violations() == []


def test_inline_chat_works_under_a_strict_policy_and_leaves_the_page_where_it_is(
    context: BrowserContext, site: Site, service: str
) -> None:
    body = f"<zhujiao-chat data-title='Ask inline'></zhujiao-chat>{WORDS * 3}"
    visit = Visit.of(context, strict_page(site, service, body, position="inline"))
    visit.page.locator("zhujiao-chat").scroll_into_view_if_needed()
    expect(visit.chat.locator("h1")).to_have_text("Ask inline")
    scrolled = visit.page.evaluate("scrollY")
    visit.ask(QUESTION)
    visit.ask(QUESTION)
    expect(visit.chat.locator(".turn")).to_have_count(2)
    expect(visit.chat.locator(".turn:last-child .quoted").first).to_be_visible()
    expect(visit.chat.locator(".shut")).to_be_hidden()
    assert visit.page.evaluate("scrollY") == scrolled
    assert visit.page.locator("zhujiao-launcher").count() == 0
    assert visit.violations() == []


def test_isolated_site_may_show_the_widget(
    context: BrowserContext, site: Site, service: str
) -> None:
    isolated = {
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    html = f'<title>t</title><script async src="{service}/widget.js"></script>'
    visit = Visit.of(context, site.put("/isolated", html, isolated))
    visit.open()
    visit.ask(QUESTION)
    assert visit.chat.locator(".quoted").count() > 0


STORED = """async () => {
    const kept = [];
    const look = async (read) => { try { kept.push(...await read()); } catch { /* denied */ } };
    await look(() => Object.keys(localStorage));
    await look(() => Object.keys(sessionStorage));
    await look(() => document.cookie.split(";").filter(Boolean));
    await look(() => indexedDB.databases());
    await look(() => caches.keys());
    await look(() => navigator.serviceWorker.getRegistrations());
    return kept;
}"""


def test_nothing_is_fetched_before_the_press_and_nothing_is_ever_stored(
    context: BrowserContext, site: Site, service: str
) -> None:
    visit = Visit.of(context, strict_page(site, service))
    visit.launcher.wait_for()
    visit.page.wait_for_load_state("networkidle")
    fetched = [url for url in visit.asked if url.startswith(service)]
    assert fetched == [f"{service}/widget.js"]
    visit.open()
    visit.ask(QUESTION)
    assert [frame.evaluate(STORED) for frame in visit.page.frames] == [[], []]
    assert [url for url in visit.asked if not url.startswith((service, site.origin))] == []
    assert not any(QUESTION.split()[1] in url for url in visit.asked)


def outside(box: Any, width: int, height: int) -> list[tuple[float, float, float, float]]:
    """What lies around `box` in the window: (x, y, width, height) of left, right, top, bottom."""
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return [
        (0, 0, box["x"], height),
        (right, 0, width - right, height),
        (0, 0, width, box["y"]),
        (0, bottom, width, height - bottom),
    ]


@pytest.mark.parametrize("opened", [False, True])
def test_page_outside_the_widget_stays_the_same_to_the_pixel(
    context: BrowserContext, site: Site, service: str, opened: bool
) -> None:
    html = f"<html lang=en><title>t</title><style>{HOSTILE}</style>{WORDS}"
    bare = context.new_page()
    bare.goto(site.put("/bare", html))
    script = f'<script async src="{service}/widget.js"></script>'
    visit = Visit.of(context, site.put("/with", html.replace("<title>", f"{script}<title>")))
    visit.launcher.wait_for()
    box = visit.launcher.bounding_box()
    assert box is not None
    assert box["height"] == 48  # the page's own rules for buttons do not reach ours
    if opened:
        visit.open()
        panel = visit.page.locator("zhujiao-launcher dialog").bounding_box()
        assert panel is not None
        box = {**panel, "height": box["y"] + box["height"] - panel["y"]}
    for edges in outside(box, 1100, 800):
        clip: Any = dict(zip(("x", "y", "width", "height"), edges, strict=True))
        assert visit.page.screenshot(clip=clip) == bare.screenshot(clip=clip)
    layout = "[...document.body.querySelectorAll('*')].map(e => JSON.stringify(e.getBoundingClientRect())).join()"
    assert visit.page.evaluate(layout) == bare.evaluate(layout)


def test_unlisted_site_is_refused_and_its_readers_are_told(
    context: BrowserContext, stranger: Site, service: str
) -> None:
    html = f'<html lang="en"><title>t</title><script async src="{service}/widget.js"></script>'
    visit = Visit.of(context, stranger.put("/", html))
    with visit.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        visit.launcher.click()
    lost = visit.page.locator("zhujiao-launcher .lost")
    expect(lost).to_contain_text("cannot be shown")
    expect(lost.locator("a")).to_have_attribute("href", f"{service}/?lang=en")
    lost.locator("button").click()
    expect(visit.launcher).to_have_attribute("aria-expanded", "false")


CALL = """address => fetch(address + "/api/v1/ask", {
    method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({question: "Did night opening raise visits?"}),
}).then(response => response.json()).then(answer => answer.status, () => "refused")"""


def test_interface_answers_listed_sites_only(
    context: BrowserContext, site: Site, stranger: Site, service: str
) -> None:
    page = context.new_page()
    said = {}
    for name, address in {
        "listed": site.put("/call", "<title>t</title>"),
        "unlisted": stranger.put("/call", "<title>t</title>"),
        "same site, other port": stranger.origin.replace("localhost", "127.0.0.1") + "/call",
        "own": service + "/",
    }.items():
        page.goto(address)
        said[name] = page.evaluate(CALL, service)
    assert said == {
        "listed": "answered",
        "unlisted": "refused",
        "same site, other port": "refused",
        "own": "answered",
    }


def test_page_without_an_origin_is_refused(
    context: BrowserContext, site: Site, service: str
) -> None:
    html = '<title>t</title><iframe sandbox="allow-scripts" src="/nobody"></iframe>'
    site.put("/nobody", f'<title>t</title><script async src="{service}/widget.js"></script>')
    page = context.new_page()
    page.goto(site.put("/", html))
    nobody = page.frames[1]
    nobody.wait_for_load_state()
    assert nobody.evaluate("origin") == "null"
    assert nobody.evaluate(CALL, service) == "refused"
    nobody.locator(".launcher").click()
    nobody.locator(".lost").wait_for()


def panel_is_open(page: Page) -> bool:
    return page.locator("zhujiao-launcher dialog[open]").count() == 1


HEAR = """() => addEventListener("message", ({data}) => {
    if (data === "that is all") document.documentElement.dataset.heard = "all";
})"""
SAY = """types => {
    const say = (said) => {
        parent.postMessage(said, "*");
        for (let at = 0; at < parent.length; at++) parent[at].postMessage(said, "*");
    };
    for (const type of types) say({zhujiao: 1, type});
    say({zhujiao: 2, type: "close"});
    say("that is all");
}"""


def forge(sender: Frame, heard_by: Sequence[Frame], types: Sequence[str]) -> None:
    """Say what others should say, and wait until it has been heard: messages keep their order."""
    for frame in heard_by:
        frame.evaluate("delete document.documentElement.dataset.heard")
        frame.evaluate(HEAR)
    sender.evaluate(SAY, types)
    for frame in heard_by:
        expect(frame.locator("html")).to_have_attribute("data-heard", "all")


def test_forged_messages_are_not_heeded(
    context: BrowserContext, site: Site, stranger: Site, service: str
) -> None:
    forger = stranger.put("/forger", "<title>t</title>")
    html = (
        f'<html lang="en"><title>t</title><script async src="{service}/widget.js"></script>'
        f'<iframe src="{forger}"></iframe><iframe src="{service}/embed?host={site.origin}"></iframe>'
    )
    visit = Visit.of(context, site.put("/forged", html))
    visit.open()
    forging, plain = (
        next(frame for frame in visit.page.main_frame.child_frames if frame.url.startswith(url))
        for url in (forger, f"{service}/embed?host")
    )
    everything = ("close", "ready", "open")
    forge(forging, [visit.page.main_frame, plain], everything)
    expect(plain.locator(".shut")).to_be_hidden()  # only its parent opens it
    assert panel_is_open(visit.page)
    forge(visit.page.main_frame, [visit.page.main_frame], everything)
    assert panel_is_open(visit.page)
    forge(plain, [visit.page.main_frame], everything)  # the service's, but not the launcher's frame
    assert panel_is_open(visit.page)
    chat = next(f for f in visit.page.frames if "/embed?lang" in f.url)
    forge(chat, [visit.page.main_frame], ())
    assert panel_is_open(visit.page)  # another version of the channel
    forge(chat, [visit.page.main_frame], ("close",))
    expect(visit.panel).to_be_hidden()


def test_page_without_scripts_shows_a_link_and_a_plain_frame_answers(
    browser: Browser, site: Site, service: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    html = f'<title>t</title><noscript><a href="{service}/">Ask</a></noscript><iframe src="{service}/embed" height="600"></iframe>'
    page = context.new_page()
    page.goto(site.put("/plain", html))
    expect(page.locator("a", has_text="Ask")).to_be_visible()
    chat = page.frame_locator("iframe")
    chat.locator("#question").fill(QUESTION)
    chat.locator(".ask button").click()
    expect(chat.locator("blockquote em").first).to_have_text("not")
    with context.expect_page() as opened:
        chat.locator(".place a").first.click()
    expect(opened.value.locator("mark").first).to_contain_text("Night opening raised")
    context.close()
