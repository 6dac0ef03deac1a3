import pytest

from corpus.document import Span
from service.links import (
    ask_url,
    note_url,
    parse_span,
    plain_quote_url,
    quote_url,
    section_url,
)


def test_quote_address_counts_code_points_in_the_fragment() -> None:
    assert quote_url("indsr-2025-01", Span(120, 158)) == "/documents/indsr-2025-01#q=120-158"
    assert (
        plain_quote_url("indsr-2025-01", Span(120, 158)) == "/documents/indsr-2025-01?q=120-158#q"
    )


def test_address_escapes_what_an_id_may_hold() -> None:
    assert section_url("a", "參/三") == "/documents/a#s-%E5%8F%83/%E4%B8%89"
    assert note_url("a b/c", "1 2") == "/documents/a%20b%2Fc#fn-1_2"


@pytest.mark.parametrize(
    "text", ["", "5", "5-5", "9-3", "-1-4", "1-2-3", "1-2 ", "a-b", "１-２", "1-9999999999"]
)
def test_span_that_is_none_is_none(text: str) -> None:
    assert parse_span(text) is None


def test_span_is_read_back() -> None:
    assert parse_span("120-158") == Span(120, 158)


def test_address_of_the_chat_names_publication_and_section() -> None:
    assert ask_url([]) == "/"
    assert ask_url(["tiny", "twin"]) == "/?documents=tiny&documents=twin"
    assert ask_url(["a&b"], "參/三") == "/?documents=a%26b&section=%E5%8F%83%2F%E4%B8%89"
