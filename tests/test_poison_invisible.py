"""P2: what no reader can see does not survive in an index, an answer or a page."""

from __future__ import annotations

import re
import tomllib

import pytest
from flask.testing import FlaskClient

from corpus.clean import clean, visible
from corpus.read import read_text
from service.config import Config
from tests.poisoned import CLEAN, library_of, read
from tests.tiny import application

RANGES = (
    *((0xE0000, 0xE007F), (0xFE00, 0xFE0F), (0x200B, 0x200D), (0x2060, 0x2060)),
    *((0x202A, 0x202E), (0x2066, 0x2069), (0x061C, 0x061C), (0x180E, 0x180E), (0xFFF9, 0xFFFB)),
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0x00AD, 0x00AD)),
    *((0x206A, 0x206F), (0x1D173, 0x1D17A), (0xFEFF, 0xFEFF), (0xE01F0, 0xE01FF)),
)
UNSEEN = "".join(chr(code) for first, last in RANGES for code in range(first, last + 1))
SELECTORS = "".join(map(chr, range(0xE0100, 0xE01F0)))
HIDDEN = re.compile(f"[{UNSEEN}]")


def poisoned(text: str) -> str:
    """`text` with something unseen behind every character, all of them in turn."""
    return "".join(c + UNSEEN[n % len(UNSEEN)] for n, c in enumerate(text))


def sown(text: str) -> str:
    """Every unseen character, spread over a text between its printed ones."""
    return poisoned((text * (len(UNSEEN) // len(text) + 1))[: len(UNSEEN)])


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A publication whose words, notes, sidecar and name of section are sown with it."""
    lines = [poisoned(line) if line else line for line in CLEAN.split("\n")]
    lines[2] = sown("燈塔守在霧中每夜點燈三次") + "，漁船因此得以返港。¹"
    sidecar = {
        "title": sown("港口"),
        "publisher": sown("漁會"),
        "issued": "20\u202e26",
        "authors": [{"name": sown("林安"), "affiliation": sown("漁會")}],
        "suggestions": {"zh-Hant": [sown("漁船為何得以返港？")]},
    }
    document = read_text("\n".join(lines), "harbour", sidecar, markdown=False)
    return application(Config(log_level="error"), library_of(document)).test_client()


def test_every_one_of_them_is_in_the_publication() -> None:
    assert set(HIDDEN.findall(sown("港口"))) == set(UNSEEN)
    assert len(UNSEEN) > 180


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/documents",
        "/api/v1/documents/harbour",
        "/api/v1/documents/harbour/footnotes/1",
        "/api/v1/search?q=漁船",
        "/documents/harbour",
        "/?q=漁船為何得以返港&lang=en",
        "/embed",
    ],
)
def test_none_survives_in_an_answer_or_a_page(address: str, client: FlaskClient) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "港" in response.text
    assert HIDDEN.findall(response.text) == []


def test_question_sown_with_it_is_the_question_without(client: FlaskClient) -> None:
    plain, evil = (
        client.post("/api/v1/ask", json={"question": q}).get_json()
        for q in ("漁船為何得以返港", sown("漁船為何得以返港")[: 2 * len("漁船為何得以返港")])
    )
    assert {**evil, "took_ms": 0} == {**plain, "took_ms": 0}
    assert plain["status"] == "answered"


@pytest.mark.parametrize("character", ["\u200b", "\u202e", "\u3164", "\U000e0041", "\U000e0141"])
def test_question_of_nothing_to_see_is_empty(character: str, client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"question": character * 3})
    assert (response.status_code, response.get_json()["error"]["code"]) == (400, "question_empty")


def test_check_tells_where_it_stood() -> None:
    (found,) = list(read(CLEAN.replace("霧", "霧\u202e")).findings)
    assert (found.code, found.line) == ("invisible-characters", 3)


def test_variation_selector_stays_behind_a_han_character_once() -> None:
    """Decided: a registered form of a character (葛󠄀) is the author's; a chain of them is a message."""
    assert clean("葛\U000e0100城").lines[0].text == "葛\U000e0100城"
    assert clean("葛\U000e0100\U000e0101城").lines[0].text == "葛\U000e0100城"
    assert clean("葛\u200b\U000e0100城").lines[0].text == "葛城"
    assert clean(f"a{SELECTORS} {SELECTORS}。").lines[0].text == "a 。"


def test_form_of_a_character_does_not_hide_it_from_a_question() -> None:
    document = read(CLEAN.replace("燈塔守", "葛\U000e0100城守"))
    client = application(Config(log_level="error"), library_of(document)).test_client()
    for question in ("誰守在霧中，葛城嗎", "誰守在霧中，葛\U000e0101城嗎"):
        (citation, *_) = client.post("/api/v1/ask", json={"question": question}).get_json()[
            "citations"
        ]
        assert "葛\U000e0100城" in citation["exact"]


def test_one_line_of_metadata_stays_one_line() -> None:
    assert visible("甲\u202e乙\r\nSet-Cookie: a\x00 ") == "甲乙 Set-Cookie: a"
    assert tomllib.loads('t = "a\\u200bb"')["t"] == "a\u200bb", "the sidecar can spell it"
