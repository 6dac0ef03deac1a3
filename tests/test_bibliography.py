"""Which works stand behind a note and an answer: resolved, with their pins, each once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from corpus.document import (
    Author,
    BackReference,
    Document,
    Footnote,
    Metadata,
    Resolved,
    Span,
    Work,
)
from service.answer import Answer, Citation, CitedNote, Quote
from service.bibliography import (
    Reference,
    exported_item,
    merged,
    pin_pages,
    publication,
    references_of_answer,
    references_of_note,
)

KOGA = {"type": "article-journal", "title": "A New Strategic Minilateralism", "locator": "28"}
SINGH = {"type": "chapter", "title": "Introduction", "locator": "2"}


def footnote(number: str, text: str, kind: Any, **parts: Any) -> Footnote:
    return Footnote(number, number, text, kind, line=1, **parts)


def back(kind: Any, pin: str | None, work: int | None) -> BackReference:
    resolved = None if work is None else Resolved("8", work, pin)
    return BackReference(kind, "8", work, pin, resolved, ("8",))


@pytest.fixture
def document() -> Document:
    """One note with two works, and five that point back to them or name none."""
    works = (Work(KOGA, Span(0, 4)), Work(SINGH, Span(6, 11)))
    other = (Work({"type": "book", "title": "Other"}, Span(0, 5)),)
    footnotes = (
        footnote("8", "Koga, p. 28; Singh, p. 2.", "source", works=works),
        footnote(
            "10", "Singh, Supra note 8.", "supra", back_references=(back("supra", "p. 4", 1),)
        ),
        footnote("11", "Ibid., p.5.", "ibid", back_references=(back("ibid", "p.5", 1),)),
        footnote("12", "Ibid.", "ibid", back_references=(back("ibid", None, None),)),
        footnote(
            "13",
            "Other; Supra note 8.",
            "source",
            works=other,
            back_references=(back("supra", None, 0),),
        ),
        footnote("46", "本文以「會談」\n稱之。", "explanatory"),
    )
    metadata = Metadata("y-1", "小多邊主義", (Author("李俊毅"),), "zh-Hant", licence="CC0")
    return Document(metadata, "", (), (), (), (), footnotes)


def test_note_exports_its_own_works_with_its_own_pins(document: Document) -> None:
    references = references_of_note(document, "8")
    assert [(r.csl["title"], r.pin) for r in references] == [
        ("A New Strategic Minilateralism", "28"),
        ("Introduction", "2"),
    ]


def test_supra_exports_the_work_it_means_with_its_own_pin(document: Document) -> None:
    (reference,) = references_of_note(document, "10")
    assert (reference.csl["title"], reference.pin) == ("Introduction", "p. 4")


def test_supra_without_a_pin_does_not_borrow_that_of_the_note_it_names(document: Document) -> None:
    other, koga = references_of_note(document, "13")
    assert (other.csl["title"], koga.csl["title"]) == ("Other", KOGA["title"])
    assert koga.pin is None


def test_ibid_of_a_supra_exports_the_work_at_the_end_of_the_chain(document: Document) -> None:
    (reference,) = references_of_note(document, "11")
    assert exported_item(reference) == {
        "type": "chapter",
        "title": "Introduction",
        "locator": "5",
        "note": "Cited at: p.5",
    }


@pytest.mark.parametrize(("number", "text"), [("46", "本文以「會談」 稱之。"), ("12", "Ibid.")])
def test_note_without_a_known_work_is_cited_as_a_note_of_the_publication(
    document: Document, number: str, text: str
) -> None:
    (reference,) = references_of_note(document, number)
    assert reference.csl["title"] == "小多邊主義"
    assert reference.csl["note"] == f"Licence: CC0\n註 {number}: {text}"
    assert reference.pin == f"註 {number}"


def test_unknown_note_is_a_key_error(document: Document) -> None:
    with pytest.raises(KeyError):
        references_of_note(document, "99")


@pytest.mark.parametrize(
    ("pin", "pages"),
    [
        ("pp. 27, 31–32", "27, 31-32"),
        ("p.5", "5"),
        ("頁 68-70", "68-70"),
        ("頁12、15", "12, 15"),
        ("第 5 頁", "5"),
        ("p. 4; p.5", "4, 5"),
        ("第 5 點", None),
        ("附件三", None),
        ("表 6", None),
        ("p. 4; 附件三", None),
    ],
)
def test_pin_is_pages_only_when_every_part_is(pin: str, pages: str | None) -> None:
    assert pin_pages(pin) == pages


def test_chapter_of_a_volume_and_lone_document_are_told_apart(document: Document) -> None:
    assert publication(document.metadata)["type"] == "document"
    chapter = replace(document.metadata, container_title="年鑑", issued="2025-06")
    assert publication(chapter)["type"] == "chapter"
    assert publication(chapter)["issued"] == {"date-parts": [[2025, 6]]}


def test_author_of_the_publication_is_parted_as_in_notes(document: Document) -> None:
    authors = (Author("Jane van Calder"), Author("李俊毅"), Author("The White House"))
    assert publication(replace(document.metadata, authors=authors))["author"] == [
        {"family": "Calder", "given": "Jane", "non-dropping-particle": "van"},
        {"literal": "李俊毅"},
        {"literal": "The White House"},
    ]


def test_same_work_is_merged_with_all_its_pins() -> None:
    references = [Reference(KOGA), Reference(KOGA, "p. 4"), Reference(KOGA, "p. 4")]
    assert [r.pin for r in merged(references)] == ["28; p. 4"]


def test_two_works_that_share_a_doi_stay_two() -> None:
    one, two = ({"type": "book", "title": t, "DOI": "10.1/x"} for t in "AB")
    assert len(merged([Reference(one), Reference(two)])) == 2


def answer_with(*citations: Citation) -> Answer:
    return Answer("a1", "?", "en", "answered", "extractive", (), citations, (), "v", 1.0)


def citation(number: int, section: str, *notes: CitedNote) -> Citation:
    quote = Quote("x", "", "", Span(0, 1))
    return Citation(number, "y-1", section, "三邊", quote, "/documents/y-1", notes)


def cited(number: str, *works: tuple[dict[str, str], Resolved]) -> CitedNote:
    resolved = tuple(where for _, where in works)
    items = tuple(csl for csl, _ in works)
    return CitedNote(number, number, "", "source", "sentence", resolved, items, ())


def test_answer_cites_its_publication_and_each_work_once(document: Document) -> None:
    answer = answer_with(
        citation(1, "參/一", cited("8", (KOGA, Resolved("8", 0, "28")), (SINGH, Resolved("8", 1)))),
        citation(2, "參/三", cited("11", (SINGH, Resolved("8", 1, "p.5"))), cited("46")),
    )
    references = references_of_answer(answer, {"y-1": document})
    assert [(r.csl["title"], r.pin) for r in references] == [
        ("小多邊主義", "參/一 三邊; 參/三 三邊"),
        ("A New Strategic Minilateralism", "28"),
        ("Introduction", "2; p.5"),
    ]


def test_answer_without_citations_has_no_references(document: Document) -> None:
    assert references_of_answer(answer_with(), {}) == ()
