import pytest

from service.origins import canonical_origin, framed_by, is_listed, parse_origins, verdict

LISTED = parse_origins("https://good.example, http://local.example:8080")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://good.example", "https://good.example"),
        ("HTTPS://Good.Example", "https://good.example"),
        ("https://good.example:443", "https://good.example"),
        ("http://good.example:80", "http://good.example"),
        ("http://good.example:443", "http://good.example:443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://xn--fiqs8s.example", "https://xn--fiqs8s.example"),
    ],
)
def test_origin_has_one_written_form(text: str, origin: str) -> None:
    assert canonical_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        *("null", "", "*", "https://*", "https://*.good.example", "good.example", "//good.example"),
        *("https://good.example/", "https://good.example/a", "https://good.example?a"),
        *("https://user@good.example", "https://good.example:0", "https://good.example:65536"),
        *("https://good.example:080", "https://good.example:", "https://good.example:x"),
        *("ftp://good.example", "file://", "https://", "https://國.example", "https://.example"),
        *("https://good.example https://b.example", "https://good.example\n", "https://[::1]"),
        *("https://good.example; script-src *", "https://good.example'"),
    ],
)
def test_what_is_no_origin_has_none(text: str) -> None:
    assert canonical_origin(text) is None


def test_list_is_read_once_each_in_order() -> None:
    given = " https://B.example ,,https://a.example,https://b.example:443 "
    assert parse_origins(given) == ("https://b.example", "https://a.example")
    assert parse_origins(parse_origins(given)) == parse_origins(given)
    assert parse_origins("") == ()


@pytest.mark.parametrize("bad", ["*", "null", "https://good.example/", "good.example"])
def test_bad_list_is_refused_with_the_cure(bad: str) -> None:
    with pytest.raises(ValueError, match="is no origin; write scheme, host and port only"):
        parse_origins(f"https://fine.example,{bad}")


@pytest.mark.parametrize(
    ("origin", "listed"),
    [
        ("https://good.example", True),
        ("https://GOOD.example", True),
        ("https://good.example:443", True),
        ("http://local.example:8080", True),
        ("http://good.example", False),
        ("https://local.example:8080", False),
        ("http://local.example", False),
        ("http://local.example:8081", False),
        ("https://good.example:8443", False),
        ("https://good.example.evil.com", False),
        ("https://evilgood.example", False),
        ("https://sub.good.example", False),
        ("https://good.example.", False),
        ("https://evil.com/https://good.example", False),
        ("https://good.example@evil.com", False),
        ("null", False),
        ("*", False),
        ("", False),
    ],
)
def test_origin_is_compared_whole(origin: str, listed: bool) -> None:
    assert is_listed(origin, LISTED) is listed
    assert verdict(origin, "host.example", "cross-site", LISTED) == (
        "listed" if listed else "refused"
    )


def test_nothing_is_listed_by_default() -> None:
    assert verdict("https://good.example", "host.example", "cross-site", ()) == "refused"
    assert framed_by(()) == ("'self'",)


def test_frames_are_for_our_pages_and_the_list() -> None:
    assert framed_by(LISTED) == ("'self'", "https://good.example", "http://local.example:8080")


@pytest.mark.parametrize(
    ("origin", "host", "fetch_site", "expected"),
    [
        (None, "host.example", None, "none"),
        (None, "host.example", "cross-site", "none"),
        ("https://host.example", "host.example", None, "own"),
        ("https://HOST.example", "host.EXAMPLE", None, "own"),
        ("https://host.example", "host.example:443", None, "own"),
        ("http://host.example:8000", "host.example:8000", None, "own"),
        ("http://[::1]:8000", "[::1]:8000", None, "own"),
        ("https://host.example", "backend:8000", "same-origin", "own"),
        ("https://host.example", "backend:8000", None, "refused"),
        ("http://host.example:8000", "host.example:8001", None, "refused"),
        ("http://host.example:8001", "host.example:8000", "same-site", "refused"),
        ("https://host.example", "host.example", "cross-site", "refused"),
        ("https://host.example.evil.com", "host.example", None, "refused"),
        ("null", "host.example", None, "refused"),
        ("null", "null", None, "refused"),
        ("", "", None, "refused"),
    ],
)
def test_own_pages_are_known_by_the_browser_or_by_the_host(
    origin: str | None, host: str, fetch_site: str | None, expected: str
) -> None:
    assert verdict(origin, host, fetch_site, LISTED) == expected
