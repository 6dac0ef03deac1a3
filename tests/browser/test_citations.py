"""Two hundred citations of real publications: each opens its note and marks exactly its quotation."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page

from corpus.document import Document
from service.answer import Citation
from service.cite import cite_sentence
from service.links import document_url, note_anchor
from tests.browser.publications import CHAPTER, shelf_documents
from tests.browser.watch import Open, ask

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CITATIONS = 200
OPENS_WITHIN_MS = 100

MARK = """async (fragments) => {
    const marked = [];
    for (const fragment of fragments) {
        location.hash = fragment;
        await new Promise((resolve) => addEventListener("hashchange", () => setTimeout(resolve), {once: true}));
        marked.push([...document.querySelectorAll("mark")].map((mark) => mark.textContent).join(""));
    }
    return marked;
}"""

OPEN = """(notes) => notes.map((note) => {
    const mark = document.querySelector(`.noteref a[href="${note}"]`);
    const started = performance.now();
    mark.click();
    const card = document.querySelector(".card:popover-open");
    card.getBoundingClientRect();
    const took = performance.now() - started;
    const said = card.querySelector(".words").textContent;
    card.hidePopover();
    return [took, said];
})"""


def citations_of(document: Document) -> list[Citation]:
    """A citation of every sentence that has a note of its own or its paragraph's next."""
    cited = [cite_sentence(document, s.span, n) for n, s in enumerate(document.sentences, 1)]
    return [citation for citation in cited if citation.notes]


def opened(page: Page, hrefs: list[str]) -> list[Any]:
    found: list[Any] = page.evaluate(OPEN, hrefs)
    return found


def test_two_hundred_citations_mark_their_quotation_and_open_their_note_at_once(
    open_page: Open, shelf: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tried, took_ms = 0, []
    for document in shelf_documents():
        page = open_page(document_url(document.id), width=1000, origin=shelf)
        citations = citations_of(document)
        marked = page.evaluate(MARK, [c.url.partition("#")[2] for c in citations])
        assert marked == [c.quote.exact.replace("\n", "") for c in citations]
        notes = [note for citation in citations for note in citation.notes]
        for note, (took, said) in zip(
            notes, opened(page, [f"#{note_anchor(n.footnote_id)}" for n in notes]), strict=True
        ):
            assert said.strip() == note.text.strip()
            took_ms.append(took)
        tried += len(citations)
    with capsys.disabled():
        print(f"\n{tried} citations; a note opens in {median(took_ms):.1f} ms (median)")  # noqa: T201
    assert tried >= CITATIONS
    assert median(took_ms) < OPENS_WITHIN_MS


def test_notes_of_an_answer_open_at_once_with_their_whole_text(open_page: Open, shelf: str) -> None:
    chapter = shelf_documents()[0]
    page = open_page(f"/?documents={CHAPTER}", origin=shelf)
    ask(page, chapter.sentences[96].span.of(chapter.text))
    hrefs = page.eval_on_selector_all(
        ".turn .noteref a", "marks => marks.map((mark) => mark.getAttribute('href'))"
    )
    assert hrefs
    texts = {f.text.strip() for f in chapter.footnotes}
    shown = opened(page, hrefs)
    assert {said.strip() for _, said in shown} <= texts
    assert median(took for took, _ in shown) < OPENS_WITHIN_MS


BACK = """() => [...document.querySelectorAll(".endnotes .back")].map((back) => {
    back.click();
    const mark = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const {top, bottom} = mark.getBoundingClientRect();
    return [mark.hash === `#${back.closest(".note").id}`, top >= 0 && bottom <= innerHeight];
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_every_note_of_the_chapter_leads_back_to_each_of_its_places(
    open_page: Open, shelf: str, width: int
) -> None:
    page = open_page(f"/documents/{CHAPTER}", width=width, origin=shelf)
    assert page.evaluate(BACK) == [[True, True]] * 62
