import pytest

from service.interface_language import match_language
from tests.tiny import shared_client


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-hant-HK", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hans-SG", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("fr", None),
        ("", None),
        ("*", None),
    ],
)
def test_language_tag_finds_its_interface(tag: str, language: str | None) -> None:
    assert match_language(tag) == language


@pytest.mark.parametrize(
    ("url", "accepted", "language"),
    [
        ("/", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("/", "fr, en;q=0.5, zh-CN;q=0.9", "zh-Hans"),
        ("/", "fr", "en"),
        ("/", "", "en"),
        ("/?lang=zh-Hans", "en", "zh-Hans"),
        ("/?lang=klingon", "zh-TW", "zh-Hant"),
    ],
)
def test_page_speaks_the_language_asked_for(url: str, accepted: str, language: str) -> None:
    response = shared_client(default_language="en").get(url, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    assert response.headers["Vary"] == "Accept-Language"
