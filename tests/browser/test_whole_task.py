"""The whole task by keyboard alone, and by touch: ask, open a note, follow it to the sentence, come back,
ask a follow-up, copy, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from service.messages import LANGUAGES, Messages
from tests.browser.watch import Open
from tests.citation_readers import read_ris

pytestmark = pytest.mark.browser

FIRST, THEN = "Did the effect fade far from stations?", "and where?"
QUOTED = "The effect faded far from stations."
FARTHEST = 80
"""Presses of Tab after which what is looked for counts as out of reach."""

Press = Callable[[Locator], None]


def reached_by(page: Page, key: str, target: Locator) -> None:
    """Press `key` until `target` has the focus, which must show."""
    expect(target).to_be_visible()
    for _ in range(FARTHEST):
        if target.evaluate("found => found === document.activeElement"):
            ring = target.evaluate("found => getComputedStyle(found).outlineStyle")
            field = target.evaluate("found => found.matches('input, textarea')")
            assert ring != "none" or field
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {target}")


def whole_task(page: Page, m: Messages, press: Press, write: Callable[[str], None]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = page.locator(".turn:last-child")
    write(FIRST)
    expect(turn.locator("blockquote").first).to_contain_text("The effect faded")
    press(turn.locator(".place a").first)
    expect(page.locator("mark").first).to_be_in_viewport()
    assert "".join(page.locator("mark").all_text_contents()) == QUOTED
    page.go_back()
    expect(turn.locator("blockquote").first).to_contain_text("The effect faded")
    write("Did night opening raise visits?")
    expect(turn.locator("blockquote").first).to_contain_text("Night opening")
    press(turn.locator(".noteref a").first)
    card = page.locator(".card:not(.cite-panel):popover-open")
    expect(card.locator(".words")).to_have_text("Ibid., p. 8.", use_inner_text=True)
    press(card.get_by_role("button", name=m.close))
    expect(card).to_have_count(0)
    press(turn.get_by_role("button", name=m.copy, exact=True))
    expect(turn.locator(".below")).to_have_text(m.answer_copied)
    assert "[3] Ibid., p. 8." in page.evaluate("navigator.clipboard.readText()")
    press(turn.get_by_role("button", name=m.cite_answer, exact=True))
    panel = page.get_by_role("dialog", name=m.cite_answer, exact=True)
    press(panel.get_by_role("button", name="Chicago"))
    expect(panel.locator(".cited")).to_contain_text("“Night Libraries,” City Review")
    with page.expect_download() as download:
        press(panel.get_by_role("link", name="RIS"))
    works = read_ris(Path(download.value.path()).read_bytes().decode("utf-8"))
    assert "Night Libraries" in [work.title for work in works]
    press(panel.get_by_role("button", name=m.close))
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_task_by_keyboard_alone(open_page: Open, language: str) -> None:
    m = LANGUAGES[language]  # type: ignore[index]
    page = open_page(f"/?lang={language}")

    def press(target: Locator) -> None:
        forward = target.evaluate(
            """found => Boolean(document.activeElement.compareDocumentPosition(found)
                & Node.DOCUMENT_POSITION_FOLLOWING)"""
        )
        reached_by(page, "Tab" if forward else "Shift+Tab", target)
        page.keyboard.press("Enter")

    def write(question: str) -> None:
        reached_by(page, "Tab", page.locator("#question"))
        page.keyboard.type(question)
        page.keyboard.press("Enter")

    whole_task(page, m, press, write)
    assert page.evaluate("document.activeElement.ariaLabel") == m.cite_answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_task_by_touch(open_page: Open, language: str) -> None:
    page = open_page(f"/?lang={language}", width=390, height=844, has_touch=True, is_mobile=True)

    def write(question: str) -> None:
        page.locator("#question").tap()
        page.keyboard.insert_text(question)
        page.locator(".ask button").tap()

    whole_task(page, LANGUAGES[language], lambda target: target.tap(), write)  # type: ignore[index]


def test_follow_up_by_keyboard_knows_what_was_asked_before(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    for question in (FIRST, THEN):
        reached_by(page, "Tab", page.locator("#question"))
        page.keyboard.type(question)
        page.keyboard.press("Enter")
        expect(page.locator(".turn:last-child blockquote").first).to_contain_text("The effect")
    expect(page.locator(".turn h2")).to_have_text([FIRST, THEN])


def test_targets_of_a_phone_are_large_enough(open_page: Open) -> None:
    page = open_page("/", width=390, height=844, has_touch=True, is_mobile=True)
    page.fill("#question", "Did night opening raise visits?")
    page.locator(".ask button").tap()
    tools = page.locator(".turn .tools button:visible")
    expect(tools.first).to_be_visible()
    page.get_by_role("button", name="Cite this answer").tap()
    everything = page.locator(
        ".turn .tools button:visible, .cite-panel:popover-open :is(button, a), .note button:visible"
    )
    boxes = [target.bounding_box() for target in everything.all()]
    assert len(boxes) >= 10
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 24
