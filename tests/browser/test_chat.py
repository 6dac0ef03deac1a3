"""The conversation, as a reader with a keyboard, a phone, or no JavaScript has it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from service.messages import LANGUAGES, messages
from tests.browser.watch import Open, Watch, ask

pytestmark = pytest.mark.browser

QUESTION = "Did night opening raise visits?"
MINUTE_MS = 60_000
COMPOSED = 20
EN = messages("en")


def quotations(page: Page) -> list[str]:
    """The quoted text of the last answer, without its note marks."""
    quoted: list[str] = page.eval_on_selector_all(
        ".turn:last-child blockquote",
        """quotes => quotes.map(quote => {
            const copy = quote.cloneNode(true);
            copy.querySelectorAll('.noteref').forEach(mark => mark.remove());
            return copy.textContent;
        })""",
    )
    return quoted


def test_answer_quotes_the_sentence_and_sets_its_note_at_the_foot(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    assert quotations(page)[0] == "Night opening raised visits by 17%, *not* loans."
    assert page.inner_text(".turn blockquote em") == "not"
    assert "*" not in page.inner_text(".turn")
    assert page.inner_text(".turn .note .label >> nth=0") == "3"
    line = "Ibid. → Note 1: Lin and Roe, “Night Libraries”, p. 8"
    assert page.inner_text(".turn .resolved >> nth=0") == line


@pytest.mark.parametrize("language", LANGUAGES)
def test_server_and_script_set_an_answer_alike(open_page: Open, language: str) -> None:
    page = open_page(f"/?lang={language}")
    ask(page, QUESTION)
    parts = ".turn h2, .turn .quoted, .turn .notes"
    scripted = page.locator(parts).all_inner_texts()
    page = open_page(f"/?lang={language}&q={QUESTION}", java_script_enabled=False)
    assert page.locator(parts).all_inner_texts() == scripted


def test_place_is_named_once_for_quotations_of_one_section(open_page: Open, shelf: str) -> None:
    page = open_page("/", origin=shelf)
    ask(page, "AUKUS 的兩大支柱是什麼？")
    named = [place.locator(".steps").count() for place in page.locator(".quoted .place").all()]
    assert named == [1, 0, 0]
    expect(page.locator(".quoted .place a")).to_have_text([EN.read_in_place] * 3)


def test_publication_is_named_where_there_are_several(open_page: Open, shelf: str) -> None:
    title = "第一章 印太地區小多邊主義的現況與前景"
    page = open_page("/", origin=shelf)
    ask(page, "論者如何主張 TSD 是內部核心？")
    expect(page.locator(".turn .place").first).to_contain_text(title, use_inner_text=True)
    page = open_page("/?documents=indsr-2025-01", origin=shelf)
    ask(page, "論者如何主張 TSD 是內部核心？")
    expect(page.locator(".turn .place").first).not_to_contain_text(title, use_inner_text=True)


def test_paper_keeps_the_answer_and_its_publication_and_no_button(
    open_page: Open, shelf: str
) -> None:
    page = open_page("/?documents=indsr-2025-01", origin=shelf)
    ask(page, "論者如何主張 TSD 是內部核心？")
    page.emulate_media(media="print")
    expect(page.locator(".turn blockquote").first).to_be_visible()
    expect(page.locator(".turn .place").first).to_contain_text("第一章", use_inner_text=True)
    expect(page.locator("button:visible, textarea:visible, .start-over:visible")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/documents/indsr-2025-01"])
def test_text_of_twice_the_size_needs_no_sideways_scroll(
    open_page: Open, shelf: str, path: str
) -> None:
    page = open_page(path, width=390, height=844, origin=shelf)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("html { font-size: 200% }");
            document.adoptedStyleSheets = [sheet]; }"""
    )
    if path == "/":
        ask(page, "論者如何主張 TSD 是內部核心？")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_server_and_script_make_the_same_citation_panels(open_page: Open, language: str) -> None:
    shown = """panels => panels.map(panel => [...panel.querySelectorAll('*')].map(part =>
        [part.localName, part.className, part.getAttribute('href'), part.value, part.ariaLabel,
         part.children.length ? '' : part.textContent.trim()]))"""
    page = open_page(f"/?lang={language}")
    ask(page, QUESTION)
    scripted = page.eval_on_selector_all(".turn .cite", shown)
    page = open_page(f"/?lang={language}&q={QUESTION}", java_script_enabled=False)
    assert page.eval_on_selector_all(".turn .cite", shown) == scripted


def test_note_card_opens_on_click_and_esc_gives_the_focus_back(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    page.focus(".turn .noteref a")
    page.keyboard.press("Enter")
    card = page.locator(".card:popover-open")
    expect(card.locator(".words")).to_have_text("Ibid., p. 8.", use_inner_text=True)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator(".turn .noteref a").first).to_be_focused()


def test_note_card_opens_on_focus_and_closes_when_the_focus_goes_on(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    card = page.locator(".card:popover-open")
    page.keyboard.press("Shift+Tab")  # there is nothing to tab to after the box
    page.locator(".turn .noteref a").first.focus()
    expect(card.locator(".words")).to_have_text("Ibid., p. 8.", use_inner_text=True)
    page.keyboard.press("Tab")
    expect(page.locator(".turn .place a").first).to_be_focused()  # not what is in the card
    expect(card).to_have_count(0)


def test_pinned_note_card_is_entered_by_tab_and_stays_closed_once_closed(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    card = page.locator(".card:popover-open")
    page.keyboard.press("Shift+Tab")
    page.locator(".turn .noteref a").first.focus()
    expect(card).to_have_count(1)
    page.keyboard.press("Enter")
    while not card.get_by_role("button", name=EN.close).evaluate(
        "button => button === document.activeElement"
    ):
        page.keyboard.press("Tab")
    page.clock.install()
    page.keyboard.press("Enter")
    expect(page.locator(".turn .noteref a").first).to_be_focused()
    page.clock.run_for(MINUTE_MS)
    expect(card).to_have_count(0)


def test_note_card_closed_at_once_does_not_open_again(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    page.keyboard.press("Shift+Tab")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))  # so that the focus is still new
    page.locator(".turn .noteref a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    page.clock.run_for(MINUTE_MS)
    expect(page.locator(".card:popover-open")).to_have_count(0)


def test_note_card_opens_on_hover_and_stays_while_the_pointer_is_on_it(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    page.clock.install()
    page.hover(".turn .noteref a >> nth=0")
    page.clock.run_for(MINUTE_MS)
    expect(page.locator(".card:popover-open")).to_have_count(1)
    page.hover(".card .words")
    page.clock.run_for(MINUTE_MS)
    expect(page.locator(".card:popover-open")).to_have_count(1)
    page.mouse.move(5, 5)
    page.clock.run_for(MINUTE_MS)
    expect(page.locator(".card:popover-open")).to_have_count(0)


def test_note_card_is_a_sheet_at_the_foot_of_a_phone(open_page: Open) -> None:
    page = open_page("/", width=390, height=844, has_touch=True)
    ask(page, QUESTION)
    page.tap(".turn .noteref a >> nth=0")
    card = page.locator(".card:popover-open")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)


def test_quotation_is_read_in_place_and_the_conversation_is_there_on_return(
    open_page: Open,
) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    page.click(".turn .place a >> nth=0")
    expect(page.locator("mark").first).to_be_in_viewport()
    assert "".join(page.locator("mark").all_text_contents()) == (
        "Night opening raised visits by 17%, *not* loans."
    )
    page.go_back()
    page.wait_for_selector(".turn .noteref")
    assert quotations(page)[0].startswith("Night opening")


def test_follow_up_sends_the_earlier_questions(open_page: Open) -> None:
    page = open_page("/")
    ask(page, "Did the effect fade far from stations?")
    with page.expect_request("**/api/v1/ask") as asked:
        ask(page, "and where?")
    sent = asked.value.post_data_json or {}
    assert sent["question"] == "and where?"
    assert sent["history"] == [{"question": "Did the effect fade far from stations?"}]
    assert quotations(page)[0] == "The effect faded far from stations."


def test_change_of_language_keeps_the_conversation(open_page: Open) -> None:
    page = open_page("/")
    ask(page, QUESTION)
    page.click(".languages a[lang=zh-Hant]")
    page.wait_for_selector("html[lang=zh-Hant] .turn .noteref")
    expect(page.locator(".turn h2")).to_have_text(QUESTION)
    expect(page.locator(".turn")).to_contain_text("在原文中閱讀")


def test_refusal_offers_the_nearest_sections_and_quotes_nothing(open_page: Open) -> None:
    page = open_page("/")
    ask(page, "What is the weather on Mars?")
    assert page.inner_text(".not-found p >> nth=0") == EN.not_found
    assert page.locator(".turn blockquote, .turn .note").count() == 0
    page.click(".not-found a >> nth=0")
    page.wait_for_selector("h2.heading")


@pytest.mark.parametrize("scripts", [True, False])
def test_refusal_speaks_the_language_of_the_question(open_page: Open, scripts: bool) -> None:
    page = open_page("/?q=火星天气怎么样&lang=en", java_script_enabled=scripts)
    refusal = page.locator(".not-found p").first
    expect(refusal).to_have_text(messages("zh-Hans").not_found)
    expect(refusal).to_have_attribute("lang", "zh-Hans")


def test_finished_answer_is_announced_once(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate(
        """window.said = [];
        new MutationObserver(() => said.push(document.querySelector('[role=status]').textContent))
          .observe(document.querySelector('[role=status]'), {childList: true});"""
    )
    ask(page, QUESTION)
    assert page.evaluate("said") == [EN.announce_answered.format(quotes=2, notes=2)]


def test_notes_that_answer_are_announced_as_notes_alone(open_page: Open) -> None:
    page = open_page("/")
    ask(page, "which note cites Lin?")
    assert page.locator(".turn .note").count() == 6
    said = EN.announce_answered.format(quotes=0, notes=6)
    expect(page.locator("[role=status]")).to_have_text(said)


def test_suggested_question_is_answered(open_page: Open) -> None:
    page = open_page("/")
    page.click(".suggestions button >> nth=0")
    page.wait_for_selector(".turn:last-child:not([aria-busy]) blockquote")


def test_enter_that_ends_a_composition_never_sends(open_page: Open) -> None:
    page = open_page("/")
    page.fill("#question", "內部")
    session = page.context.new_cdp_session(page)
    page.focus("#question")
    for _ in range(COMPOSED):
        composing = {"selectionStart": 1, "selectionEnd": 1, "text": "核"}
        session.send("Input.imeSetComposition", composing)
        key = {
            "type": "rawKeyDown",
            "windowsVirtualKeyCode": 229,
            "key": "Process",
            "code": "Enter",
        }
        session.send("Input.dispatchKeyEvent", key)
        page.evaluate(  # Safari: the composition has ended, the key still says 229
            """document.querySelector('#question').dispatchEvent(new KeyboardEvent('keydown',
               {key: 'Enter', keyCode: 229, isComposing: false, bubbles: true, cancelable: true}))"""
        )
        page.evaluate(
            """document.querySelector('#question').dispatchEvent(new KeyboardEvent('keydown',
               {key: 'Enter', keyCode: 13, isComposing: true, bubbles: true, cancelable: true}))"""
        )
    expect(page.locator(".turn")).to_have_count(0)
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    expect(page.locator(".turn")).to_have_count(1)  # so the Enters before have all been read


def test_shift_enter_breaks_the_line(open_page: Open) -> None:
    page = open_page("/")
    page.focus("#question")
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    expect(page.locator("#question")).to_have_value("one\ntwo")
    expect(page.locator(".turn")).to_have_count(0)


def test_refused_question_says_why_in_the_readers_language(open_page: Open, watch: Watch) -> None:
    page = open_page("/?lang=zh-Hant")
    page.evaluate("document.querySelector('#question').removeAttribute('maxlength')")
    ask(page, "很長" * 60)
    assert page.inner_text(".fault") == messages("zh-Hant").errors["question_too_long"]
    assert page.input_value("#question") == "很長" * 60
    watch.complaints.clear()  # Chromium itself reports the 400


def test_lost_connection_can_be_retried(open_page: Open, watch: Watch) -> None:
    page = open_page("/")
    page.context.set_offline(True)
    ask(page, QUESTION)
    assert page.inner_text(".fault") == EN.errors["offline"]
    page.context.set_offline(False)
    page.click(".turn button")
    expect(page.locator(".turn:last-child:not([aria-busy]) blockquote").first).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    watch.complaints.clear()  # Chromium itself reports the lost connection


def test_running_question_can_be_stopped(open_page: Open) -> None:
    page = open_page("/")
    page.route("**/api/v1/ask", lambda route: None)
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    page.click(f".ask button:has-text('{EN.stop}')")
    expect(page.locator(".fault")).to_have_text(EN.stopped)
    expect(page.locator(".ask button")).to_have_text(EN.ask)


def test_page_works_without_javascript(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.fill("#question", QUESTION)
    page.click(".ask button")
    expect(page.locator(".turn")).to_contain_text("Night opening raised visits by 17%")
    page.click(".turn .place a >> nth=0")
    expect(page.locator("mark").first).to_contain_text("Night opening")


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1680])
@pytest.mark.parametrize("path", ["/", "/?q=Did+night+opening+raise+visits", "/documents/tiny"])
def test_nothing_scrolls_sideways(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_body_text_is_large_enough_to_read(open_page: Open) -> None:
    page = open_page(f"/?lang=zh-Hant&q={QUESTION}")
    sizes = "e => [parseFloat(getComputedStyle(e).fontSize), parseFloat(getComputedStyle(e).lineHeight)]"
    size, line = page.eval_on_selector("blockquote", sizes)
    assert size >= 16
    assert line / size >= 1.8
    assert page.eval_on_selector(".note .words", sizes)[0] >= 16
