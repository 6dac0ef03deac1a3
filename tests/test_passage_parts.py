from __future__ import annotations

import numpy as np

from corpus.document import Span
from corpus.read import read_text
from index.chunk import chunk_document
from index.maxsim import quantise, restore
from index.passage_parts import PassageParts, take_apart
from tests.test_maxsim import unit_rows

TEXT = "# The light\n\nFirst line of the file.\n\nOil burns. The keeper climbs! He sleeps.\n"
TOKENS = [(0, 3), (4, 9), (9, 10), (11, 14), (15, 21), (22, 29), (28, 32), (33, 39)]
"""Oil| burns|.|The|keeper|climbs!|and one that straddles two sentences|sleeps"""


def parts_of_the_last_passage() -> PassageParts:
    document = read_text(TEXT, "light")
    passage = next(c for c in chunk_document(document) if c.text.startswith("Oil"))
    spans = [s.span for s in document.sentences_in(passage.span)]
    return take_apart(
        passage, document, spans, quantise(unit_rows(8, 16, 2)), np.array(TOKENS, np.int32)
    )


def test_sentences_stand_with_their_words_and_their_headings() -> None:
    parts = parts_of_the_last_passage()
    assert parts.texts == ("Oil burns.", "The keeper climbs!", "He sleeps.")
    assert [span.of(read_text(TEXT, "light").text) for span in parts.spans] == list(parts.texts)
    assert {"oil", "burn"} <= parts.words[0].words
    assert {"oil", "keeper", "sleep"} <= parts.whole.words
    assert "light" in parts.headings.words


def test_token_belongs_to_the_sentence_that_holds_it_whole() -> None:
    assert parts_of_the_last_passage().ranges.tolist() == [[0, 3], [3, 6], [7, 8]]


def test_lengths_are_those_of_the_stored_vectors() -> None:
    parts, rows = parts_of_the_last_passage(), quantise(unit_rows(8, 16, 2))
    np.testing.assert_allclose(
        parts.token_lengths, np.linalg.norm(rows.astype(float), axis=1), rtol=1e-6
    )
    of_second = np.linalg.norm(restore(rows)[3:6].sum(axis=0))
    np.testing.assert_allclose(parts.gist_lengths[1], of_second, rtol=1e-5)


def test_passage_without_sentences_or_tokens_has_no_parts() -> None:
    document = read_text(TEXT, "light")
    passage = chunk_document(document)[-1]
    empty = np.empty((0, 16), np.int8), np.empty((0, 2), np.int32)
    assert take_apart(passage, document, [], *empty).ranges.shape == (0, 2)
    assert take_apart(passage, document, [Span(0, 5)], *empty).ranges.tolist() == [[0, 0]]
