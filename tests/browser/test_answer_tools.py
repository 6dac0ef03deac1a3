"""What a reader does with an answer: copy it, cite it and its notes, link to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from service.messages import LANGUAGES, messages
from tests.browser.watch import Open, Watch, ask
from tests.citation_readers import read_ris

pytestmark = pytest.mark.browser

QUESTION = "Did night opening raise visits?"
EN = messages("en")
CHICAGO = "An Lin and David Roe, “Night Libraries,” City Review, 2021, 8."
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def asked(open_page: Open, path: str = "/?documents=tiny", **options: object) -> Page:
    """The page of the chat with an answer on it, and leave to read the clipboard."""
    page = open_page(path, **options)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    return page


def clipboard(page: Page, media_type: str = "text/plain") -> str:
    text: str = page.evaluate(
        """async type => (await (await navigator.clipboard.read())[0].getType(type)).text()""",
        media_type,
    )
    return text


def tool(page: Page, name: str) -> Locator:
    return page.locator(".turn:last-child .tools").get_by_role("button", name=name, exact=True)


def test_copied_answer_is_its_text_with_numbered_notes(open_page: Open) -> None:
    page = asked(open_page)
    tool(page, EN.copy).click()
    expect(page.locator(".below")).to_have_text(EN.answer_copied)
    expect(page.locator("[role=status]")).to_have_text(EN.answer_copied)
    place = f"{page.url.split('/?')[0]}/documents/tiny#q=54-102"
    assert clipboard(page) == (
        "Night opening raised visits by 17%, not loans.[3]\n"
        f"— 社區的夜晚 › 貳 發現 <{place}>\n\n"
        "[3] Ibid., p. 8. (Ibid. → Note 1: Lin and Roe, “Night Libraries”, p. 8)"
    )
    html = clipboard(page, "text/html")
    assert "<em>not</em> loans.<sup>3</sup>" in html
    assert "<sup>3</sup> <em>Ibid.</em>, p. 8." in html
    assert f'<a href="{place}">' in html
    assert "*" not in html


def test_copied_notes_of_two_publications_stand_under_their_titles(open_page: Open) -> None:
    page = asked(open_page, "/")
    tool(page, EN.copy).click()
    expect(page.locator(".below")).to_have_text(EN.answer_copied)
    assert clipboard(page).count("\n社區的夜晚\n[3] Ibid., p. 8.") == 2


def test_copied_text_holds_no_invisible_character(open_page: Open) -> None:
    page = asked(open_page)
    tool(page, EN.copy).click()
    expect(page.locator(".below")).to_have_text(EN.answer_copied)
    strange = [c for c in clipboard(page) if not c.isprintable() and c != "\n"]
    assert strange == []
    assert "\u00a0" not in clipboard(page)


def test_without_the_clipboard_interface_both_kinds_of_text_are_copied(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate(NO_CLIPBOARD)
    page.evaluate(
        """addEventListener('paste', event => {
            window.pasted = event.clipboardData.getData('text/html');
        })"""
    )
    ask(page, QUESTION)
    tool(page, EN.copy).click()
    expect(page.locator(".below")).to_have_text(EN.answer_copied)
    page.focus("#question")
    page.keyboard.press("Control+V")
    expect(page.locator("#question")).to_have_value(re.compile("not loans"))
    assert "<em>not</em>" in page.evaluate("pasted")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_that_cannot_be_copied_is_selected_for_the_keyboard(
    open_page: Open, language: str
) -> None:
    m = LANGUAGES[language]  # type: ignore[index]
    page = open_page(f"/?lang={language}")
    page.evaluate(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    ask(page, QUESTION)
    tool(page, m.copy).click()
    expect(page.locator(".below p")).to_have_text(m.copy_by_hand)
    expect(page.locator(".below textarea")).to_be_focused()
    assert "[3]" in page.evaluate("getSelection().toString()")


def test_note_is_copied_in_a_style_and_shown(open_page: Open) -> None:
    page = asked(open_page)
    page.get_by_role("button", name="Cite note 3").click()
    panel = page.get_by_role("dialog", name="Cite note 3")
    expect(panel.get_by_role("button", name="Chicago")).to_be_focused()
    panel.get_by_role("button", name="Chicago").click()
    expect(panel.locator(".said")).to_have_text("Copied in Chicago style.")
    expect(panel.locator(".cited")).to_have_text(CHICAGO)
    assert clipboard(page) == CHICAGO
    panel.get_by_role("button", name="GB/T 7714").click()
    expect(panel.locator(".cited")).to_contain_text("Night Libraries[J]")


def test_note_is_cited_from_its_card_too(open_page: Open) -> None:
    page = asked(open_page)
    page.click(".turn .noteref a >> nth=0")
    card = page.locator(".card[role=dialog]:popover-open").first
    expect(card.locator(".words")).to_be_visible()
    card.get_by_role("button", name="Cite note 3").click()
    panel = page.get_by_role("dialog", name="Cite note 3")
    panel.get_by_role("button", name="Chicago").click()
    expect(panel.locator(".cited")).to_have_text(CHICAGO)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name="Cite note 3")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "suffix"), [("RIS", "ris"), ("BibTeX", "bib"), ("CSL-JSON", "json")]
)
@pytest.mark.parametrize("scripted", [True, False])
def test_answer_is_downloaded_for_a_reference_manager(
    open_page: Open, name: str, suffix: str, scripted: bool
) -> None:
    page = open_page(f"/?documents=tiny&q={QUESTION}", java_script_enabled=scripted)
    page.get_by_role("button", name=EN.cite_answer).click()
    with page.expect_download() as download:
        page.get_by_role("dialog", name=EN.cite_answer).get_by_role("link", name=name).click()
    assert download.value.suggested_filename.startswith("answer-")
    assert download.value.suggested_filename.endswith(f".{suffix}")
    if suffix == "ris":
        text = Path(download.value.path()).read_bytes().decode("utf-8")
        assert [work.title for work in read_ris(text)] == ["社區的夜晚", "Night Libraries"]


def test_citation_that_cannot_be_had_says_why(open_page: Open, watch: Watch) -> None:
    page = asked(open_page)
    page.get_by_role("button", name=EN.cite_answer).click()
    page.context.set_offline(True)
    panel = page.get_by_role("dialog", name=EN.cite_answer)
    panel.get_by_role("button", name="APA").click()
    expect(panel.locator(".said")).to_have_text(EN.errors["offline"])
    expect(panel.locator(".cited")).to_be_hidden()
    watch.complaints.clear()  # Chromium itself reports the lost connection


def test_link_gives_the_same_answer_and_notes_again(open_page: Open) -> None:
    page = asked(open_page, "/")
    ask(page, "and loans?")
    assert page.url.endswith("/")  # no question in the address until a link is asked for
    shown = page.inner_text(".turn:last-child .notes")
    tool(page, EN.link).click()
    link = page.locator(".turn:last-child .below input")
    expect(link).to_have_value(re.compile("/answers/"))
    assert clipboard(page) == link.input_value()
    again = open_page(link.input_value().removeprefix(page.url.rstrip("/")))
    assert again.inner_text(".turn:last-child .notes") == shown
    assert again.locator(".turn h2").all_inner_texts() == [QUESTION, "and loans?"]
    expect(again.locator(".turn:last-child").get_by_role("button", name=EN.copy)).to_be_visible()


def test_refusal_can_be_linked_to_and_has_nothing_to_copy_or_cite(open_page: Open) -> None:
    page = open_page("/")
    ask(page, "What is the weather on Mars?")
    assert tool(page, EN.link).count() == 1
    assert tool(page, EN.copy).count() + tool(page, EN.cite_answer).count() == 0


def test_conversation_too_long_for_an_address_says_so(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate(
        """() => { const real = fetch; window.fetch = async (...given) => {
            const response = await real(...given);
            const text = (await response.text()).replaceAll('"url": "/answers/', '"url": "/answers/' + 'x'.repeat(5000));
            return new Response(text, response);
        }; }"""
    )
    ask(page, QUESTION)
    tool(page, EN.link).click()
    expect(page.locator(".below")).to_have_text(EN.link_too_long)


def test_panel_that_grows_stays_in_the_window(open_page: Open) -> None:
    page = asked(open_page, height=640)
    page.get_by_role("button", name=EN.cite_answer).click()
    panel = page.get_by_role("dialog", name=EN.cite_answer)
    before = panel.bounding_box()
    panel.get_by_role("button", name="APA").click()
    expect(panel.locator(".cited")).to_contain_text("In text:")
    grown = panel.bounding_box()
    assert before is not None
    assert grown is not None
    assert before["y"] + grown["height"] > 640  # where it was it would not fit
    assert grown["y"] + grown["height"] <= 640
    assert grown["y"] > 0
