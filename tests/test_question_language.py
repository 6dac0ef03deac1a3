"""The language of a text (`index/language.py`); that of a reader's browser is in test_language.py."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.document import Document
from index.question_language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("什么是临界质量", "zh-Hans"),
        ("什麼是臨界質量", "zh-Hant"),
        ("AUKUS 第二支柱", "zh-Hant"),
        ("what is the TSD", "en"),
        ("TSD的内部核心论点是什么", "zh-Hans"),
        ("", "en"),
    ],
)
def test_question_is_read_in_its_own_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_text_and_publication_agree(tiny_corpus: Sequence[Document]) -> None:
    assert [language_of(d.text) for d in tiny_corpus] == [d.metadata.lang for d in tiny_corpus]
