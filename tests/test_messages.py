import re
from dataclasses import asdict

import pytest

from service.errors import ERRORS
from service.messages import LANGUAGES
from service.messages.widget import WIDGET
from tests.conftest import ROOT

OFFLINE = {"offline"}
"""Said by the browser alone, when no response came."""

CHOSEN_BY_THE_CODE = {
    "language_name",
    "searching",
    "choosing",
    "allowed_none",
    "allowed_one",
    "allowed_some",
    "not_found",
    "not_found_lead",
    "not_found_alone",
    "promise",
    "promise_stored",
}
"""By the language, the stage of the stream, the number of sites, the language of a question refused, the settings."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_line_in_every_language(language: str) -> None:
    table = LANGUAGES[language]  # type: ignore[index]
    assert set(table.errors) == set(ERRORS) | OFFLINE
    assert all(line.endswith((".", "。")) for line in table.errors.values())


def test_placeholders_are_the_same_in_every_language() -> None:
    tables = [asdict(table) for table in LANGUAGES.values()]
    for name in tables[0]:
        placeholders = {frozenset(re.findall(r"{(\w+)}", str(table[name]))) for table in tables}
        assert len(placeholders) == 1, name


def test_every_string_is_said_somewhere() -> None:
    said = "".join(
        path.read_text("utf-8")
        for path in (*ROOT.glob("templates/*.html"), *ROOT.glob("service/static/*.js"))
    )
    for table in (LANGUAGES["en"], WIDGET["en"]):
        unsaid = {name for name in asdict(table) if not re.search(rf"\.{name}\b", said)}
        assert unsaid <= CHOSEN_BY_THE_CODE


def test_simplified_interface_holds_no_traditional_form() -> None:
    import opencc

    own_names = {"language_name", "question_placeholder"}
    text = str({k: v for k, v in asdict(LANGUAGES["zh-Hans"]).items() if k not in own_names})
    assert opencc.OpenCC("t2s").convert(text) == text
