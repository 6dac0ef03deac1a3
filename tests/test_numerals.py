from __future__ import annotations

import pytest

from corpus import numerals


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十三", 23),
        ("廿一", 21),
        ("一百零五", 105),
        ("參", 3),
        ("拾壹", 11),
        ("一二", 12),
        ("一○", 10),
        ("章", None),
        ("", None),
    ],
)
def test_chinese_numerals(printed: str, number: int | None) -> None:
    assert numerals.han(printed) == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("I", 1),
        ("IV", 4),
        ("XIV", 14),
        ("XL", 40),
        ("Ⅳ", 4),
        ("IIII", None),
        ("A", None),
        ("", None),
    ],
)
def test_roman_numerals(printed: str, number: int | None) -> None:
    assert numerals.roman(printed) == number


@pytest.mark.parametrize(
    ("label", "number"),
    [("12", 12), ("１２", 12), ("²⁸", 28), ("⑫", 12), ("⑴", 1), ("❷", 2), ("三", 3), ("key", None)],
)
def test_a_note_label_in_any_script_has_its_number(label: str, number: int | None) -> None:
    assert numerals.note_number(label) == number


def test_letters_and_stems_count_from_one() -> None:
    assert (
        numerals.letter("C"),
        numerals.stem("乙"),
        numerals.letter("c"),
        numerals.stem("海"),
    ) == (3, 2, None, None)
