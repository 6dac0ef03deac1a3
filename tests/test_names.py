"""Printed lists of authors as CSL names."""

from __future__ import annotations

import pytest

from corpus.names import inverted_name, parse_names, western_name


def shown(printed: str) -> list[str] | None:
    """Each name as `family, given` or as its literal."""
    names = parse_names(printed)
    if names is None:
        return None
    return [n.get("literal") or f"{n['family']}, {n['given']}" for n in names]


LISTS = [
    ("Kei Koga", ["Koga, Kei"]),
    ("Jagannath Panda and Daewon Ohn", ["Panda, Jagannath", "Ohn, Daewon"]),
    (
        "Thomas Wilkins, Miwa Hirono, H.D.P. Envall, and Kyoko Hatakeyama",
        ["Wilkins, Thomas", "Hirono, Miwa", "Envall, H.D.P.", "Hatakeyama, Kyoko"],
    ),
    ("Lisa Curtis, et al.", ["Curtis, Lisa", "et al."]),
    ("Célia Belin & Anthony Dworkin", ["Belin, Célia", "Dworkin, Anthony"]),
    ("Lai-Ha Chan and Maria Rost Rublee", ["Chan, Lai-Ha", "Rublee, Maria Rost"]),
    ("Brendan O’Neill", ["O’Neill, Brendan"]),
    ("Bhubhindar Singh and Sarah Teo (eds.)", ["Singh, Bhubhindar", "Teo, Sarah"]),
    ("Panda, J., & Ohn, D.", ["Panda, J.", "Ohn, D."]),
    ("US Department of State", ["US Department of State"]),
    ("Ministry of Defense, Japan", ["Ministry of Defense, Japan"]),
    ("World Bank and Asian Development Bank", ["World Bank and Asian Development Bank"]),
    ("Greenpeace", ["Greenpeace"]),
    ("王守仁、陳以安", ["王守仁", "陳以安"]),
    ("王守仁與陳以安", ["王守仁", "陳以安"]),
    ("教育及文化委員會", ["教育及文化委員會"]),
    ("王守仁等", ["王守仁", "等"]),
    ("苇岛水务局编", ["苇岛水务局"]),
    ("[美]塞缪尔·亨廷顿", ["塞缪尔·亨廷顿"]),
    ("Rush Doshi 著", ["Doshi, Rush"]),
    ("", []),
]


@pytest.mark.parametrize(("printed", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_lists_of_names_are_parted_and_institutions_stay_whole(
    printed: str, expected: list[str]
) -> None:
    assert shown(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "As Koga wrote",
        "According to Koga",
        "The",
        "the document",
        "美日韓三邊關係的文件",
        "論者認為",
        "A" * 500,
    ],
)
def test_prose_is_no_list_of_names(printed: str) -> None:
    assert parse_names(printed) is None


def test_particles_and_suffixes_have_their_own_fields() -> None:
    assert western_name("Ludwig van der Rohe") == {
        "family": "Rohe",
        "given": "Ludwig",
        "non-dropping-particle": "van der",
    }
    assert parse_names("Martin Luther King, Jr.") == (
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    )


def test_inverted_name_needs_a_comma_and_two_names() -> None:
    assert inverted_name("Panda, Jagannath") == {"family": "Panda", "given": "Jagannath"}
    assert inverted_name("Panda") is None
    assert inverted_name("Ministry of Defense, Japan") is None
