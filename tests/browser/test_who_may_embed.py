"""Which sites a browser lets embed and call the service, by every way a listed name can be missed."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.sites import Site, Visit, ask_in, listening, wait_until_refused
from tests.tiny import tiny_client

pytestmark = pytest.mark.browser

CALL = """address => fetch(address + "/api/v1/documents").then(
    response => response.status, () => "refused")"""
QUESTION = "Did night opening raise visits?"


def in_capitals(origin: str) -> str:
    return origin.upper()


def over_tls(origin: str) -> str:
    return origin.replace("http:", "https:")


def at_another_port(origin: str) -> str:
    host, _, port = origin.rpartition(":")
    return f"{host}:{int(port) % 60_000 + 1}"


def below_it(origin: str) -> str:
    return origin.replace("localhost", "sub.localhost")


def as_it_is(origin: str) -> str:
    return origin


def nobody(origin: str) -> str:
    return ""


@pytest.mark.parametrize(
    ("listed", "visited", "allowed"),
    [
        (as_it_is, as_it_is, True),
        (in_capitals, as_it_is, True),
        (over_tls, as_it_is, False),
        (at_another_port, as_it_is, False),
        (below_it, as_it_is, False),
        (as_it_is, below_it, False),  # http://sub.localhost:PORT, where http://localhost:PORT may
        (nobody, as_it_is, False),
    ],
)
def test_site_may_embed_and_call_only_under_its_listed_name(
    context: BrowserContext,
    site: Site,
    listed: Callable[[str], str],
    visited: Callable[[str], str],
    allowed: bool,
) -> None:
    application = tiny_client(embed_origins=listed(site.origin)).application
    with listening(application, "127.0.0.1") as service:
        path = urlsplit(
            site.put("/who", f"<title>t</title><iframe src='{service}/embed'></iframe>")
        )
        page = context.new_page()
        page.goto(visited(site.origin) + path.path)
        assert page.evaluate(CALL, service) == (200 if allowed else "refused")
        chat = page.frame_locator("iframe").locator("#question")
        if not allowed:
            wait_until_refused(page.frames[1])
        expect(chat).to_have_count(1 if allowed else 0)


def test_no_page_but_the_chat_can_be_framed_even_by_a_listed_site(
    context: BrowserContext, site: Site, service: str
) -> None:
    paths = ("/", "/documents/tiny", "/answers/none", "/widget", "/widget/preview", "/openapi.json")
    frames = "".join(f"<iframe src='{service}{path}'></iframe>" for path in paths)
    page = context.new_page()
    page.goto(site.put("/frames", f"<title>t</title>{frames}"))
    assert len(page.frames) == 1 + len(paths)
    for frame in page.frames[1:]:
        wait_until_refused(frame)


def test_plain_frame_works_on_a_site_that_allows_no_script_at_all(
    context: BrowserContext, site: Site, service: str
) -> None:
    html = f'<html lang="en"><title>t</title><iframe src="{service}/embed" title="Ask"></iframe>'
    policy = {"Content-Security-Policy": f"default-src 'none'; frame-src {service}"}
    visit = Visit.of(context, site.put("/no-script", html, policy))
    chat = visit.page.frame_locator("iframe")
    ask_in(chat, QUESTION)
    expect(chat.locator(".turn blockquote em").first).to_have_text("not")
    chat.locator(".turn .noteref a").first.click()
    expect(chat.locator(".card:popover-open .label")).to_have_text("3")
    assert visit.violations() == []


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-popups"])
def test_page_without_an_origin_is_nobody_even_when_the_list_is_long(
    context: BrowserContext, site: Site, sandbox: str
) -> None:
    application = tiny_client(embed_origins=f"{site.origin},http://null.localhost").application
    with listening(application, "127.0.0.1") as service:
        site.put("/inner", f"<title>t</title><iframe src='{service}/embed'></iframe>")
        page = context.new_page()
        page.goto(
            site.put(
                "/outer", f"<title>t</title><iframe sandbox='{sandbox}' src='/inner'></iframe>"
            )
        )
        inner = page.frames[1]
        assert inner.evaluate("origin") == "null"
        assert inner.evaluate(CALL, service) == "refused"
        wait_until_refused(inner.child_frames[0])
