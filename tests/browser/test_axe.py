"""axe-core finds nothing against WCAG 2.2 A and AA, in any language, light or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from service.messages import LANGUAGES
from tests.browser.watch import Open, Watch, ask

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def answered(page: Page) -> None:
    ask(page, "Did night opening raise visits?")


def with_card(page: Page) -> None:
    answered(page)
    page.click(".turn .noteref a >> nth=0")


def refused(page: Page) -> None:
    ask(page, "What is the weather on Mars?")


def as_it_is(page: Page) -> None:
    page.wait_for_selector("main")


def with_note(page: Page) -> None:
    page.click("#ref-2-1")


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "first page": ("/", as_it_is),
    "answer": ("/", answered),
    "note card": ("/", with_card),
    "refusal": ("/", refused),
    "reading view": ("/documents/tiny", as_it_is),
    "marked span": ("/documents/tiny?q=5-22", as_it_is),
    "note in place": ("/documents/tiny", with_note),
    "error": ("/documents/none", as_it_is),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_page_has_no_violation(
    open_page: Open, watch: Watch, state: str, language: str, scheme: str
) -> None:
    path, act = STATES[state]
    address = f"{path}{'&' if '?' in path else '?'}lang={language}"
    page = open_page(address, color_scheme=scheme, bypass_csp=True)
    act(page)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    if state == "error":
        watch.complaints.clear()  # Chromium itself reports the 404
