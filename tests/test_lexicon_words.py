"""Which dictionary words stand in a corpus, told without looking each of them up in its whole text."""

from hypothesis import given
from hypothesis import strategies as st

from index.dictionary import Substrings

LETTERS = "安全對話ab"


@given(st.text(LETTERS), st.text(LETTERS, max_size=4))
def test_word_stands_in_a_text_when_python_finds_it(text: str, word: str) -> None:
    assert (word in Substrings(text)) == (word in text)


def test_word_whose_pairs_stand_apart_does_not_stand_in_the_text() -> None:
    assert "安全對話" not in Substrings("安全對；全對話")
