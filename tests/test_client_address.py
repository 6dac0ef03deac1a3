import logging
from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

import pytest

from service.client_address import believing, client_address, parse_proxies
from service.config import ConfigError, load_config
from service.logs import start_logging

LISTED = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9, fd00::1, 10.0.0.7", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::1"),
        ("10.0.0.7", "10.0.0.7"),
        ("", "10.0.0.2"),
        ("nonsense", "10.0.0.2"),
        ("203.0.113.9, nonsense, 10.0.0.7", "10.0.0.7"),
        ("203.0.113.9:4711", "10.0.0.2"),
    ],
)
def test_client_is_the_last_address_that_is_no_listed_proxy(forwarded: str, client: str) -> None:
    assert client_address("10.0.0.2", forwarded, LISTED) == client


def seen(proxies: str, peer: str, **headers: str) -> tuple[str, str]:
    """The address and the scheme that an application is told."""
    told: list[tuple[str, str]] = []

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told.append((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]))
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    forwarded = {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in headers.items()}
    believing(app, parse_proxies(proxies))({**environ, **forwarded}, lambda *_: lambda _: None)
    return told[0]


def test_listed_proxy_is_believed_about_address_and_scheme() -> None:
    given = {"for": "203.0.113.9", "proto": "https"}
    assert seen("10.0.0.0/8", "10.1.2.3", **given) == ("203.0.113.9", "https")
    assert seen("10.0.0.0/8", "::ffff:10.1.2.3", **given) == ("203.0.113.9", "https")


@pytest.mark.parametrize("proxies", ["", "10.0.0.0/8"])
def test_anybody_else_is_believed_about_nothing(proxies: str) -> None:
    given = {"for": "203.0.113.9", "proto": "https"}
    assert seen(proxies, "192.0.2.1", **given) == ("192.0.2.1", "http")


def test_scheme_that_is_none_is_ignored() -> None:
    assert seen("10.0.0.1", "10.0.0.1", proto="javascript") == ("10.0.0.1", "http")


def test_unlisted_proxy_is_named_once_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    start_logging("warning")
    logging.getLogger("zhujiao").propagate = True
    with caplog.at_level(logging.WARNING, "zhujiao"):
        app = believing(lambda environ, start_response: [], ())
        for _ in range(3):
            app({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6"}, lambda *_: None)  # type: ignore[arg-type]
    (record,) = caplog.records
    assert record.fields == {"proxy": "127.0.0.1"}  # type: ignore[attr-defined]


def test_proxies_are_read_from_one_line_and_checked() -> None:
    config = load_config({"ZHUJIAO_TRUSTED_PROXIES": "10.0.0.1, fd00::/8,192.168.1.7/24"})
    assert config.trusted_proxies == ("10.0.0.1/32", "fd00::/8", "192.168.1.0/24")
    with pytest.raises(ConfigError, match=r"'proxy\.local' is no address"):
        load_config({"ZHUJIAO_TRUSTED_PROXIES": "proxy.local"})
