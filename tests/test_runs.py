import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.runs import text_language, text_runs


def kinds(text: str) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in text_runs(text)]


def test_italics_are_set_apart_and_their_asterisks_kept() -> None:
    assert kinds("A, *Asia Policy*, 19") == [
        ("text", "A, "),
        ("raw", "*"),
        ("em", "Asia Policy"),
        ("raw", "*"),
        ("text", ", 19"),
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<https://doi.org/10.1080/1>.", "https://doi.org/10.1080/1"),
        ("見 https://reurl.cc/0W9Zyx。", "https://reurl.cc/0W9Zyx"),
        ("(see https://a.example/b_(c)).", "https://a.example/b_(c)"),
        ("https://a.example/x?y=1, 2", "https://a.example/x?y=1"),
    ],
)
def test_address_ends_before_the_punctuation_around_it(text: str, address: str) -> None:
    links = [run for run in text_runs(text) if run.kind == "link"]
    assert [(run.text, run.href) for run in links] == [(address, address)]


@pytest.mark.parametrize(
    "text",
    ["2 * 3 * 4", "**bold**", "*李俊毅為研究員", "javascript:alert(1)", "<b>no</b>", "a * b*"],
)
def test_anything_else_stands_as_printed(text: str) -> None:
    assert kinds(text) == [("text", text)]


@given(st.text(alphabet=st.sampled_from("ab *<>()./:https字。\n"), max_size=60))
def test_runs_joined_are_the_text_and_none_is_empty(text: str) -> None:
    runs = list(text_runs(text))
    assert "".join(run.text for run in runs) == text
    assert all(run.text for run in runs)


def test_long_hostile_lines_are_cut_quickly() -> None:
    for piece in ("*a ", "https://", "(", "http://(", "* "):
        line = piece * (100_000 // len(piece))
        assert "".join(run.text for run in text_runs(line)) == line


def test_note_without_han_is_english_in_a_chinese_publication() -> None:
    assert text_language("*Ibid.*, p. 5.", "zh-Hant") == "en"
    assert text_language("同前註，頁 5。", "zh-Hant") == "zh-Hant"


def test_chinese_note_of_an_english_publication_is_in_its_own_language() -> None:
    assert text_language("Lin 2021, p. 5.", "en") == "en"
    assert text_language("林安，〈夜間開放的圖書館〉，頁 5。", "en") == "zh-Hant"
    assert text_language("林安：《夜间开放的图书馆》，第 5 页。", "en") == "zh-Hans"
    assert text_language("An Lin 林安 and David Roe, Night Libraries (2021), p. 5.", "en") == "en"
