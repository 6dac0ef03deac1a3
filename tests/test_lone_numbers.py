"""Numbers of notes left on lines of their own."""

from __future__ import annotations

from corpus.clean import clean
from corpus.lone_numbers import with_joined_numbers

BODY = "Fog is measured by phones.1 Nobody pays for it.2"


def printed(text: str) -> list[str]:
    return [line.text for line in with_joined_numbers(clean(text).lines)]


def test_a_lone_number_takes_the_text_below_it() -> None:
    found = printed(f"{BODY}\n\n1\n\nAdler, Phones, 5.\n2\nPell, Weather, 14.")
    assert found == [BODY, "", "1 Adler, Phones, 5.", "", "", "2 Pell, Weather, 14.", ""]


def test_raised_numbers_are_taken_likewise() -> None:
    text = "Fog.¹ Rain.²\n\n¹\nAdler.\n²\nPell."
    assert printed(text) == ["Fog.¹ Rain.²", "", "¹ Adler.", "", "² Pell.", ""]


def test_page_numbers_stay_alone() -> None:
    """3 is marked nowhere, 2 has its text on the next page, and one number is too few."""
    for text in (
        f"{BODY}\n\n3\n\nFog.\n\n4\n\nRain.",
        f"{BODY}\n\n2\n\fFog.",
        f"{BODY}\n\n1\n\nFog.",
    ):
        assert printed(text) == [line.text for line in clean(text).lines]
