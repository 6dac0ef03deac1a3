"""When an answer is slow, refused or lost: what the reader is told, and the way on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from service.errors import ERRORS
from service.messages import LANGUAGES, messages
from tests.browser.sites import listening
from tests.browser.watch import Open, Watch
from tests.tiny import tiny_client

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = pytest.mark.browser

QUESTION = "Did night opening raise visits?"
EN = messages("en")
NOTE_EVERY_CHANGE_OF_THE_BUTTON = """() => {
    window.shown = [];
    new MutationObserver(() => {
        const button = document.querySelector(".turn > button");
        const now = button && [button.textContent, button.disabled];
        if (now && String(now) !== String(shown.at(-1))) shown.push(now);
    }).observe(document.querySelector(".turns"), {attributes: true, childList: true, subtree: true});
}"""
"""A second is too short for a busy machine to look in time."""
BUSY = sorted(code for code, (status, _) in ERRORS.items() if status in {429, 503})


def write(page: Page, question: str = QUESTION) -> None:
    page.fill("#question", question)
    page.press("#question", "Enter")


def refuse_once(page: Page, code: str, wait: str | None) -> None:
    """The next question is refused as the service refuses; those after it are let through."""
    status, message = ERRORS[code]
    body = json.dumps({"error": {"code": code, "message": message, "request_id": "r"}})
    headers = {"Retry-After": wait} if wait else {}

    def answer(route: Route) -> None:
        route.fulfill(status=status, headers=headers, content_type="application/json", body=body)

    page.route("**/api/v1/ask", answer, times=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusal_that_passes_counts_the_seconds_and_then_works(
    open_page: Open, watch: Watch, language: str
) -> None:
    m = LANGUAGES[language]  # type: ignore[index]
    page = open_page(f"/?lang={language}")
    page.evaluate(NOTE_EVERY_CHANGE_OF_THE_BUTTON)
    refuse_once(page, BUSY[0], wait="2")
    write(page)
    expect(page.locator(".fault")).to_have_text(m.errors[BUSY[0]])
    again = page.locator(".turn > button")
    expect(again).to_have_text(m.retry)
    assert page.evaluate("shown") == [
        *([m.retry_in.format(seconds=seconds), True] for seconds in (2, 1)),
        [m.retry, False],
    ]
    again.click()
    expect(page.locator(".turn blockquote").first).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    watch.complaints.clear()  # Chromium itself reports the 503


@pytest.mark.parametrize("code", BUSY)
def test_every_passing_refusal_can_be_retried(open_page: Open, watch: Watch, code: str) -> None:
    page = open_page("/")
    refuse_once(page, code, wait=None)
    write(page)
    expect(page.locator(".fault")).to_have_text(EN.errors[code])
    expect(page.locator("#question")).to_have_value(QUESTION)
    page.locator(".turn > button").click()
    expect(page.locator(".turn blockquote").first).to_be_visible()
    watch.complaints.clear()


def test_answer_that_is_no_json_is_a_mistake_of_the_service(open_page: Open, watch: Watch) -> None:
    page = open_page("/")
    page.route("**/api/v1/ask", lambda route: route.fulfill(status=502, body="<h1>Bad</h1>"))
    write(page)
    expect(page.locator(".fault")).to_have_text(EN.errors["internal_error"])
    watch.complaints.clear()


def test_stream_that_ends_without_an_answer_is_a_lost_connection(open_page: Open) -> None:
    page = open_page("/")
    stage = 'event: stage\ndata: {"stage": "searching"}\n\n'
    page.route(
        "**/api/v1/ask",
        lambda route: route.fulfill(content_type="text/event-stream", body=stage),
    )
    write(page)
    expect(page.locator(".fault")).to_have_text(EN.errors["offline"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_connection_lost_within_a_stream_is_said_in_the_readers_language(
    open_page: Open, watch: Watch, language: str
) -> None:
    application = tiny_client().application

    def breaking_off(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/api/v1/ask":
            return application(environ, start)
        start("200 OK", [("Content-Type", "text/event-stream"), ("Content-Length", "10000")])
        return [b'event: stage\ndata: {"stage": "searching"}\n\n']

    with listening(breaking_off, "127.0.0.1") as address:
        page = open_page(f"/?lang={language}", origin=address)
        write(page)
        expect(page.locator(".fault")).to_have_text(LANGUAGES[language].errors["offline"])  # type: ignore[index]
        page.close()
    watch.complaints.clear()  # Chromium itself reports the lost connection


def test_error_within_a_stream_says_how_long_to_wait(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate(NOTE_EVERY_CHANGE_OF_THE_BUTTON)
    error = {"code": "deadline", "message": "m", "request_id": "r", "retry_after": 1}
    body = f"event: error\ndata: {json.dumps({'error': error})}\n\nevent: done\ndata: {{}}\n\n"
    page.route(
        "**/api/v1/ask", lambda route: route.fulfill(content_type="text/event-stream", body=body)
    )
    write(page)
    expect(page.locator(".turn > button")).to_have_text(EN.retry)
    assert page.evaluate("shown") == [[EN.retry_in.format(seconds=1), True], [EN.retry, False]]


def test_error_within_a_stream_is_said(open_page: Open) -> None:
    page = open_page("/")
    error = {"error": {"code": "internal_error", "message": "m", "request_id": "r"}}
    page.route(
        "**/api/v1/ask",
        lambda route: route.fulfill(
            content_type="text/event-stream",
            body=f"event: error\ndata: {json.dumps(error)}\n\nevent: done\ndata: {{}}\n\n",
        ),
    )
    write(page)
    expect(page.locator(".fault")).to_have_text(EN.errors["internal_error"])
    expect(page.locator("[role=status]")).to_have_text(EN.errors["internal_error"])


def test_slow_answer_says_to_screen_readers_what_goes_on(open_page: Open) -> None:
    page = open_page("/")
    page.route("**/api/v1/ask", lambda route: None)
    write(page)
    expect(page.locator(".turn")).to_have_attribute("aria-busy", "true")
    expect(page.locator("[role=status]")).to_have_text(EN.working)
    page.locator(".ask button").click()
    expect(page.locator("[role=status]")).to_have_text(EN.stopped)
    expect(page.locator(".turn")).not_to_have_attribute("aria-busy", "true")


def test_enter_pressed_before_the_scripts_have_come_still_asks(
    browser: Browser, origin: str
) -> None:
    page = browser.new_page()
    held: list[Route] = []
    page.route("**/chat.js", lambda route: held.append(route))
    with page.expect_request("**/chat.js"):
        page.goto(origin, wait_until="commit")
    write(page)
    expect(page.locator("#question")).to_have_value(f"{QUESTION}\n")
    held[0].continue_()
    expect(page.locator(".turn h2")).to_have_text(QUESTION)
    expect(page.locator(".turn blockquote").first).to_be_visible()
    page.close()


def test_scripts_are_fetched_side_by_side(open_page: Open, watch: Watch) -> None:
    page = open_page("/")
    page.wait_for_load_state("networkidle")
    scripts = {r.url for r in watch.responses if r.url.endswith(".js")}
    named = page.eval_on_selector_all("[rel=modulepreload]", "links => links.map(l => l.href)")
    assert scripts == {*named, page.locator("script").evaluate("script => script.src")}
    assert len(scripts) > 5


def test_stopped_question_can_be_asked_again(open_page: Open) -> None:
    page = open_page("/")
    page.route("**/api/v1/ask", lambda route: None, times=1)
    write(page)
    page.locator(".ask button").click()
    expect(page.locator(".fault")).to_have_text(EN.stopped)
    page.locator(".turn > button").click()
    expect(page.locator(".turn blockquote").first).to_be_visible()
