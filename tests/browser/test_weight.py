"""What readers load, gzipped: the first page, the widget's loader, and the widget opened."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.sites import Site, Visit
from tests.browser.watch import Open, Watch, ask

pytestmark = pytest.mark.browser

CHAT_KB, LOADER_KB, WIDGET_KB = 60, 5, 30
QUESTION = "Did night opening raise visits?"


def sizes(responses: Sequence[Response]) -> Mapping[str, int]:
    """Gzipped bytes of each file by its name."""
    return {name_of(r): len(gzip.compress(r.body())) for r in responses}


def name_of(response: Response) -> str:
    return response.url.split("?")[0].rsplit("/", 1)[1] or "/"


def test_first_page_is_light(
    open_page: Open, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = open_page("/")
    page.wait_for_load_state("networkidle")
    loaded = sizes(watch.responses)
    total = sum(loaded.values()) / 1000
    with capsys.disabled():
        print(f"\nchat page, gzipped: {total:.1f} KB in {len(loaded)} files")  # noqa: T201
    assert {"/", "chat.js", "answer.js", "ask.js", "notes.js", "cite.js", "tokens.css"} <= set(
        loaded
    )
    assert total <= CHAT_KB
    ask(page, QUESTION)
    page.wait_for_load_state("networkidle")
    assert {name_of(r) for r in watch.responses} - {*loaded} == {"ask"}  # no more code


def test_widget_is_light(
    context: BrowserContext, site: Site, service: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = site.put(
        "/weight", f'<title>p</title><script async src="{service}/widget.js"></script>'
    )
    visit = Visit.of(context, address)
    loaded: list[Response] = []
    visit.page.on("response", lambda response: loaded.append(response))
    visit.page.reload()
    visit.launcher.wait_for()
    loader = sizes([r for r in loaded if r.url.startswith(service)])
    assert set(loader) == {"widget.js"}  # nothing more before the button is pressed
    visit.open()
    expect(visit.chat.locator(".suggestions button").first).to_be_visible()
    visit.frame.wait_for_load_state("networkidle")
    opened = sizes([r for r in loaded if r.url.startswith(service)])
    total = sum(opened.values()) / 1000
    with capsys.disabled():
        print(  # noqa: T201
            f"\nloader, gzipped: {loader['widget.js'] / 1000:.1f} KB; "
            f"opened widget in all: {total:.1f} KB in {len(opened)} files"
        )
    assert {"embed", "embed.js", "chat.js", "cite.js", "feedback.js", "embed.css"} <= set(opened)
    assert loader["widget.js"] / 1000 <= LOADER_KB
    assert total <= WIDGET_KB
