"""Remarks in notes, which answer where the body does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.read import read_text
from index.build import index_documents
from index.search import PassageIndex
from service.ask import Asker
from service.note_search import Evidence, NoteSearch
from tests.hashing_embedder import HashingEmbedder

TEXT = """The Ferry Compact

1. Origins

The Compact was signed in 1990 by four islands.¹ Its office moved to Corran in the same year.²

2. Disputes

No dispute was brought under Article 12.³ The islands preferred to talk.⁴

Notes
1. A. Pike, *The Compact* (Calder: Tide Press, 1992), p. 4.
2. The rent of the office is paid by Corran alone.
3. The clause has been invoked once since, in 2016, and the claim was withdrawn.
4. The bank kept a note of 1998 to itself.
"""


@pytest.fixture(scope="module")
def index() -> PassageIndex:
    documents = [read_text(TEXT, "ferry")]
    return PassageIndex(index_documents(documents, HashingEmbedder()), HashingEmbedder(), "v")


@pytest.mark.parametrize(
    ("question", "label", "sentence"),
    [
        ("Who pays the rent of the office?", "2", "Its office moved to Corran in the same year."),
        ("Which dispute was withdrawn in 2016?", "3", "No dispute was brought under Article 12."),
    ],
)
def test_remark_is_found_with_the_sentence_that_carries_it(
    question: str, label: str, sentence: str, index: PassageIndex
) -> None:
    found = NoteSearch(index).explaining(index.read(question))
    assert [note.label for _, note in found.notes] == [label]
    assert [span.of(index.documents[0].text) for _, span in found.spans] == [sentence]


@pytest.mark.parametrize(
    "question",
    [
        "Who pays the rent of the harbour?",
        "Was the Compact signed in 1990?",
        "Which press published Pike?",
        "Why?",
        "",
    ],
)
def test_remark_that_names_not_all_of_it_and_a_citation_are_no_answer(
    question: str, index: PassageIndex
) -> None:
    assert NoteSearch(index).explaining(index.read(question)) == Evidence()


@pytest.mark.parametrize(("sections", "labels"), [((), ["3"]), (("1",), []), (("2",), ["3"])])
def test_only_the_part_that_the_question_names_is_looked_through(
    sections: Sequence[str], labels: list[str], index: PassageIndex
) -> None:
    read = index.read("Which claim was withdrawn?")
    found = NoteSearch(index).explaining(read, [("ferry", section) for section in sections])
    assert [note.label for _, note in found.notes] == labels


def test_note_that_is_not_there_is_not_made_up_for_by_a_remark(index: PassageIndex) -> None:
    asker = Asker(index)
    assert asker.ask("What does note 1998 say?").status == "not_found"
    assert NoteSearch(index).explaining(index.read("What does note 1998 say?")) != Evidence()
