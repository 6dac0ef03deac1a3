"""Up or down, and a word if the reader likes; calm when it cannot be recorded, gone where it is off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from service.messages import LANGUAGES, messages
from tests.browser.sites import listening
from tests.browser.watch import Open, Watch, ask
from tests.tiny import tiny_client

pytestmark = pytest.mark.browser

QUESTION = "Did night opening raise visits?"
EN = messages("en")


@pytest.fixture
def votes(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """The votes that pages send from now on, oldest first."""
    sent: list[dict[str, Any]] = []
    page: Page = request.getfixturevalue("answered")

    def note(request: Request) -> None:
        if request.url.endswith("/api/v1/feedback"):
            sent.append(request.post_data_json or {})

    page.on("request", note)
    return sent


@pytest.fixture
def answered(open_page: Open) -> Page:
    page = open_page("/")
    ask(page, QUESTION)
    return page


def test_vote_is_sent_once_and_thanked_for(answered: Page, votes: list[dict[str, Any]]) -> None:
    up = answered.get_by_role("button", name=EN.helpful)
    up.click()
    expect(answered.locator(".below p")).to_have_text(EN.thanks)
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(answered.get_by_role("button", name=EN.not_helpful)).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(answered.locator("[role=status]")).to_have_text(EN.thanks)
    assert [vote["verdict"] for vote in votes] == ["up"]
    assert votes[0]["answer_id"]
    assert "comment" not in votes[0]


def test_word_and_change_of_mind_belong_to_the_same_vote(
    answered: Page, votes: list[dict[str, Any]]
) -> None:
    answered.get_by_role("button", name=EN.not_helpful).click()
    answered.get_by_label(EN.feedback_word).fill("It quotes the wrong city.")
    answered.keyboard.press("Enter")
    down = answered.get_by_role("button", name=EN.not_helpful)
    expect(down).to_be_focused()
    answered.get_by_role("button", name=EN.helpful).click()
    expect(answered.get_by_label(EN.feedback_word)).to_be_visible()
    expect(down).to_have_attribute("aria-pressed", "false")
    assert [(vote["verdict"], vote.get("comment")) for vote in votes] == [
        ("down", None),
        ("down", "It quotes the wrong city."),
        ("up", "It quotes the wrong city."),
    ]
    assert {vote["id"] for vote in votes} == {votes[0]["id"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_vote_that_cannot_be_recorded_is_taken_back_calmly(
    open_page: Open, watch: Watch, language: str
) -> None:
    m = LANGUAGES[language]  # type: ignore[index]
    page = open_page(f"/?lang={language}")
    ask(page, QUESTION)
    page.route("**/api/v1/feedback", lambda route: route.fulfill(status=503, body="{}"))
    page.get_by_role("button", name=m.helpful).click()
    expect(page.locator(".below")).to_have_text(m.feedback_failed)
    expect(page.get_by_role("button", name=m.helpful)).to_have_attribute("aria-pressed", "false")
    watch.complaints.clear()  # Chromium itself reports the 503


def test_refusal_can_be_voted_on(open_page: Open) -> None:
    page = open_page("/")
    ask(page, "What is the weather on Mars?")
    page.get_by_role("button", name=EN.not_helpful).click()
    expect(page.locator(".below p")).to_have_text(EN.thanks)


def test_no_votes_are_asked_for_where_none_are_taken(browser: Browser) -> None:
    client = tiny_client(feedback="off", log_level="error")
    with listening(client.application, "127.0.0.1") as address:
        page = browser.new_page()
        page.goto(f"{address}/?lang=en")
        ask(page, QUESTION)
        expect(page.get_by_role("button", name=EN.copy, exact=True)).to_be_visible()
        assert page.locator(".thumb").count() == 0
        page.close()


def test_word_is_no_longer_than_the_service_takes(browser: Browser) -> None:
    for longest in (0, 7):
        client = tiny_client(max_comment_characters=longest, log_level="error")
        with listening(client.application, "127.0.0.1") as address:
            page = browser.new_page()
            page.goto(f"{address}/?lang=en")
            ask(page, QUESTION)
            page.get_by_role("button", name=EN.helpful).click()
            expect(page.locator(".below p")).to_have_text(EN.thanks)
            limits = page.locator(".below input").evaluate_all(
                "boxes => boxes.map(b => b.maxLength)"
            )
            assert limits == ([longest] if longest else [])
            page.close()
