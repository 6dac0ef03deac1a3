from __future__ import annotations

import pytest

from corpus.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("區域秩序與國際關係", "zh-Hant"),
        ("区域秩序与国际关系", "zh-Hans"),
        ("The regional order.", "en"),
        ("The 中國 rule of law and order.", "en"),
        ("TSD 是區域秩序的「內部核心」（inner core）。", "zh-Hant"),
        ("", "en"),
    ],
)
def test_the_language_is_told_by_the_characters(text: str, language: str) -> None:
    assert detect_language(text) == language
