import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import NoteRef, Span
from service.typeset import Leaf, Mark, Words, places_of, typeset
from tests.tiny import tiny_document

TINY = tiny_document()


def words(leaves: list[Leaf]) -> list[Words]:
    return [run for leaf in leaves for run in leaf.runs if isinstance(run, Words)]


def test_leaves_are_the_headings_and_paragraphs_in_reading_order() -> None:
    assert [(leaf.kind, leaf.id) for leaf in typeset(TINY)] == [
        ("heading", "壹"),
        ("paragraph", "p1"),
        ("heading", "貳"),
        ("paragraph", "p2"),
        ("paragraph", "p3"),
    ]


def test_mark_stands_where_the_author_put_it() -> None:
    last = typeset(TINY)[-1].runs
    assert [run.text if isinstance(run, Words) else f"[{run.label}]" for run in last] == [
        "鄰市的經驗則不同",
        "[1]",
        "，夜裡的讀者以上班族為主。",
    ]


def test_note_cited_twice_has_two_places() -> None:
    marks = [run for leaf in typeset(TINY) for run in leaf.runs if isinstance(run, Mark)]
    assert [(m.footnote_id, m.place) for m in marks] == [("1", 1), ("2", 1), ("3", 1), ("1", 2)]
    assert places_of(TINY) == {"1": 2, "2": 1, "3": 1}


@given(st.integers(0, 170), st.integers(1, 60))
def test_quoted_words_are_exactly_the_span(start: int, length: int) -> None:
    span = Span(start, start + length)
    quoted = [run for run in words(typeset(TINY, span)) if run.quoted]
    assert all(run.text == TINY.text[run.start : run.start + len(run.text)] for run in quoted)
    assert _unspaced("".join(run.text for run in quoted)) == _unspaced(span.of(TINY.text))


def test_every_visible_character_stands_on_the_page_once() -> None:
    for document in (TINY, replace(TINY, sections=(), paragraphs=TINY.paragraphs[1:])):
        shown = "".join(run.text for run in words(typeset(document)))
        assert _unspaced(shown) == _unspaced(document.text)


def test_mark_outside_every_paragraph_is_still_shown() -> None:
    stray = NoteRef("2", "2", len(TINY.text), TINY.sentences[-1].span)
    at_start = NoteRef("3", "3", 0, TINY.sentences[0].span)
    document = replace(TINY, noterefs=(stray, at_start))
    marks = [
        run.footnote_id for leaf in typeset(document) for run in leaf.runs if isinstance(run, Mark)
    ]
    assert marks == ["3", "2"]


def _unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_piece_of_another_language_says_so() -> None:
    langs = {leaf.id: leaf.lang for leaf in typeset(tiny_document())}
    assert langs == {"壹": "zh-Hant", "p1": "zh-Hant", "貳": "zh-Hant", "p2": "en", "p3": "zh-Hant"}
