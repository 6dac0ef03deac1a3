"""What stays of a conversation when the reader reloads, changes the language, or begins again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from service.messages import LANGUAGES, messages
from tests.browser.sites import Site, Visit, listening
from tests.browser.watch import Open, Watch, ask
from tests.tiny import tiny_client

pytestmark = pytest.mark.browser

QUESTION, THEN = "Did night opening raise visits?", "Did the effect fade far from stations?"
EN = messages("en")


def questions(page: Page) -> list[str]:
    return page.locator(".turn:has(blockquote) > h2").all_inner_texts()


def test_reload_keeps_the_conversation_and_what_is_being_written(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    ask(page, THEN)
    page.fill("#question", "and then")
    page.reload()
    expect(page.locator("#question")).to_have_value("and then")
    assert questions(page) == [QUESTION, THEN]


def by_form(open_page: Open) -> Page:
    page = open_page("/")
    page.fill("#question", QUESTION)
    page.evaluate("HTMLFormElement.prototype.submit.call(document.forms[0])")  # as without scripts
    return page


def by_address(open_page: Open) -> Page:
    return open_page(f"/?q={QUESTION}")


@pytest.mark.parametrize("arrive", [by_form, by_address])
def test_answer_that_the_server_set_is_kept_with_those_after_it(
    open_page: Open, arrive: Callable[[Open], Page]
) -> None:
    page = arrive(open_page)
    page.wait_for_selector(".turn blockquote")
    ask(page, THEN)
    page.reload()
    assert questions(page) == [QUESTION, THEN]
    expect(page.locator(".turn .thumb.up")).to_have_count(2)
    with page.expect_request("**/api/v1/ask") as asked:
        ask(page, "and where?")
    sent = asked.value.post_data_json or {}
    assert [turn["question"] for turn in sent["history"]] == [QUESTION, THEN]


@pytest.mark.parametrize("language", LANGUAGES)
def test_change_of_language_keeps_what_is_being_written(open_page: Open, language: str) -> None:
    page = open_page("/widget")
    page.goto(page.url.removesuffix("widget"))
    page.fill("#question", "half a question")
    page.click(f".languages a[lang={language}]")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#question")).to_have_value("half a question")
    page.go_back()
    expect(page).to_have_url(re.compile("/widget$"))


@pytest.mark.parametrize("most", [0, 2])
def test_conversation_longer_than_the_limit_goes_on(open_page: Open, most: int) -> None:
    asked = [QUESTION, THEN, "What is the second desk?"]
    with listening(tiny_client(max_history_turns=most).application, "127.0.0.1") as address:
        page = open_page("/", origin=address)
        for question in asked:
            ask(page, question)
        with page.expect_request("**/api/v1/ask") as request:
            ask(page, QUESTION)
        expect(page.locator(".turn:last-child blockquote").first).to_be_visible()
        page.close()
    sent = request.value.post_data_json or {}
    assert [turn["question"] for turn in sent["history"]] == asked[len(asked) - most :]


def test_reader_can_start_over(open_page: Open) -> None:
    page = open_page("/?documents=tiny")
    expect(page.get_by_role("link", name=EN.start_over)).to_be_hidden()
    ask(page, QUESTION)
    page.get_by_role("link", name=EN.start_over).click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".suggestions")).to_be_visible()
    expect(page.locator(".scope")).to_be_visible()
    with page.expect_request("**/api/v1/ask") as asked:
        ask(page, THEN)
    assert (asked.value.post_data_json or {})["history"] == []


def test_reader_of_the_widget_can_start_over(
    context: BrowserContext, site: Site, service: str
) -> None:
    script = f"<script async src='{service}/widget.js'></script>"
    visit = Visit.of(context, site.put("/afresh", f"<title>A page</title>{script}"))
    visit.open()
    visit.ask(QUESTION)
    visit.chat.get_by_role("link", name=EN.start_over).click()
    expect(visit.chat.locator(".turn")).to_have_count(0)
    expect(visit.chat.locator(".suggestions")).to_be_visible()
    expect(visit.chat.locator(".shut")).to_be_visible()
    assert len(context.pages) == 1


def test_failed_question_asked_again_stands_once(open_page: Open, watch: Watch) -> None:
    page = open_page("/")
    page.context.set_offline(True)
    ask(page, QUESTION)
    page.press("#question", "Enter")
    expect(page.locator(".fault")).to_have_count(1)
    page.context.set_offline(False)
    page.press("#question", "Enter")
    expect(page.locator(".turn blockquote").first).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    watch.complaints.clear()  # Chromium itself reports the lost connection


def test_question_that_failed_in_between_leaves_every_id_unique(
    open_page: Open, watch: Watch
) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    page.context.set_offline(True)
    ask(page, f"{QUESTION} Really?")
    page.context.set_offline(False)
    ask(page, f"{QUESTION} Indeed?")
    page.get_by_role("button", name=EN.retry).click()
    expect(page.locator(".turn:has(.note)")).to_have_count(3)
    ids = page.eval_on_selector_all("[id]", "found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))
    watch.complaints.clear()  # Chromium itself reports the lost connection


def test_focus_goes_to_the_question_whose_button_has_gone(open_page: Open, watch: Watch) -> None:
    page = open_page("/")
    page.context.set_offline(True)
    page.locator(".suggestions button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".turn h2")).to_be_focused()
    page.context.set_offline(False)
    page.get_by_role("button", name=EN.retry).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".turn blockquote").first).to_be_visible()
    expect(page.locator(".turn h2")).to_be_focused()
    watch.complaints.clear()  # Chromium itself reports the lost connection
