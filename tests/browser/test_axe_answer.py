"""axe-core finds nothing against WCAG 2.2 A and AA in whatever an answer can be made to show."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from service.messages import LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.watch import Open, Watch, ask

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "Did night opening raise visits?"
REFUSED = {"error": {"code": "internal_error", "message": "m", "request_id": "r"}}
STATES = (
    *("answer", "citation panel", "citation copied", "citation in a note card", "answer copied"),
    *("copied by hand", "link", "vote", "vote lost", "wait"),
)


def reach(page: Page, state: str) -> None:
    """From the state before to this one."""
    turn = page.locator(".turn").first
    if state == "answer":
        ask(page, QUESTION)
    if state == "citation panel":
        turn.locator(".note .cite > button").first.click()
        expect(page.locator(".cite-panel:popover-open")).to_be_visible()
    if state == "citation copied":
        page.locator(".cite-panel:popover-open button[value=apa]").click()
        expect(page.locator(".cited:visible")).to_be_visible()
    if state == "citation in a note card":
        page.keyboard.press("Escape")
        turn.locator(".noteref a").first.click()
        page.locator(".card:popover-open .cite > button").click()
        expect(page.locator(".cite-panel:popover-open")).to_be_visible()
    if state == "answer copied":
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        turn.locator(".tools > button").first.click()
        expect(turn.locator(".below p")).to_be_visible()
    if state == "copied by hand":
        page.evaluate("navigator.clipboard.write = undefined; document.execCommand = () => false")
        turn.locator(".tools > button").first.click()
        expect(turn.locator(".below textarea")).to_be_visible()
    if state == "link":
        turn.locator(".tools > button").nth(1).click()
        expect(turn.locator(".below input")).to_be_visible()
    if state == "vote":
        page.locator(".thumb").first.click()
        expect(turn.locator(".below form")).to_be_visible()
    if state == "vote lost":
        page.route("**/api/v1/feedback", lambda route: route.fulfill(status=503, body="{}"))
        page.locator(".thumb").last.click()
        expect(turn.locator(".below form")).to_have_count(0)
    if state == "wait":
        refuse = {"status": 503, "headers": {"Retry-After": "60"}, "body": json.dumps(REFUSED)}
        page.route("**/api/v1/ask", lambda route: route.fulfill(**refuse))
        ask(page, QUESTION)
        expect(page.locator(".turn > button")).to_be_disabled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_an_answer_has_a_violation(
    open_page: Open, watch: Watch, language: str
) -> None:
    page = open_page(f"/?documents=tiny&lang={language}", bypass_csp=True)
    found = []
    for state in STATES:
        reach(page, state)
        found += [(state, *finding) for finding in violations(page)]
    assert found == []
    watch.complaints.clear()  # Chromium itself reports the two 503
