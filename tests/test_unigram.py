"""Words cut into pieces: by hand over a few pieces, and beside the tokenizers package over all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bundled import PIECES_FILE, SCORES_FILE, ensure_model
from index.pieces import SPECIAL_PIECES
from index.unigram import UnigramTokenizer
from tests.conftest import examples

if TYPE_CHECKING:
    from tokenizers import Tokenizer

ROOT = Path(__file__).parents[1]
SMALL = {
    "<s>": 0.0,
    "<pad>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁": -3.0,
    "▁in": -4.0,
    "▁inner": -6.0,
    "ner": -5.0,
    "1": -5.0,
    "核": -6.0,
    "核心": -7.0,
    "心": -6.5,
}


def small() -> UnigramTokenizer:
    return UnigramTokenizer(list(SMALL), list(SMALL.values()), SPECIAL_PIECES)


def pieces_and_words(tokenizer: UnigramTokenizer, text: str) -> list[tuple[str, str]]:
    cut = tokenizer.cut(text)
    return [
        (tokenizer.pieces[number], text[start:end])
        for number, (start, end) in zip(cut.ids, cut.spans, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("inner", [("▁inner", "inner")]),
        ("in ner", [("▁in", "in"), ("▁", " "), ("ner", "ner")]),
        ("in   inner", [("▁in", "in"), ("▁inner", "inner")]),
        ("核心", [("▁", ""), ("核心", "核心")]),
        ("in\u3000核心", [("▁in", "in"), ("▁", "\u3000"), ("核心", "核心")]),
        ("in ①", [("▁in", "in"), ("▁", " "), ("1", "①")]),
        ("in 鞨靺 核", [("▁in", "in"), ("▁", " "), ("<unk>", "鞨靺"), ("▁", " "), ("核", "核")]),
        ("in\x07ner", [("▁inner", "in\x07ner")]),
    ],
)
def test_likeliest_pieces_and_the_characters_they_stand_for(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert pieces_and_words(small(), text) == expected


def test_special_pieces_in_a_text_are_text() -> None:
    cut = small().cut("in <s>")
    assert 0 not in cut.ids


@pytest.fixture(scope="module")
def pair() -> tuple[UnigramTokenizer, Tokenizer]:
    """Ours and the package's, from the same converted folder."""
    from tokenizers import Tokenizer

    folder = ensure_model(ROOT / "var" / "model")
    pieces = (folder / PIECES_FILE).read_text("utf-8").split("\n")
    ours = UnigramTokenizer(pieces, np.load(folder / SCORES_FILE).tolist(), SPECIAL_PIECES)
    theirs: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    theirs.encode_special_tokens = True
    return ours, theirs


@pytest.mark.model
def test_publications_are_cut_as_the_tokenizers_package_cuts_them(
    pair: tuple[UnigramTokenizer, Tokenizer],
) -> None:
    ours, theirs = pair
    lines = [
        line
        for path in sorted((ROOT / "corpus" / "texts").glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) > 100
    for line in lines:
        expected = theirs.encode(line, add_special_tokens=False)
        cut = ours.cut(line)
        assert cut.ids == expected.ids, line


@pytest.mark.model
@given(
    text=st.text("aeé e\u0301ﬁ①½核心，。「」Ａ　ア㈱ \t\n\u200b\x07한각ж語ﷺ鞨靺0.-", max_size=40)
)
@examples(3)
def test_odd_characters_are_cut_as_the_tokenizers_package_cuts_them(
    pair: tuple[UnigramTokenizer, Tokenizer], text: str
) -> None:
    ours, theirs = pair
    cut = ours.cut(text)
    assert cut.ids == theirs.encode(text, add_special_tokens=False).ids
    assert all(0 <= start <= end <= len(text) for start, end in cut.spans)
    assert sorted(cut.spans.tolist()) == cut.spans.tolist()
