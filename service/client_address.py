"""Whose request it is, behind proxies: X-Forwarded-For and -Proto, believed from listed proxies only.

    peer 10.0.0.2 (listed), "X-Forwarded-For: 6.6.6.6, 203.0.113.9" -> client 203.0.113.9

Each proxy appends the address it was reached from, so the client is the last address that is no
listed proxy; what stands before it anybody may have written.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from service.logs import LOGGER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def parse_proxies(value: Any) -> Any:
    """ "10.0.0.0/8, ::1" -> a tuple of networks as text; ValueError names the one that is none."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return value
    names = [str(part).strip() for part in parts]
    return tuple(str(_network(name)) for name in names if name)


def believing(app: WSGIApplication, proxies: Sequence[str]) -> WSGIApplication:
    """`app`, with the client's address and scheme as the listed proxies forward them."""
    listed = [_network(proxy) for proxy in proxies]
    warn = _warning()

    def forwarded_app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        peer = environ.get("REMOTE_ADDR", "")
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        if _is_listed(peer, listed):
            environ["REMOTE_ADDR"] = client_address(peer, forwarded, listed)
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in {"http", "https"}:
                environ["wsgi.url_scheme"] = scheme
        elif forwarded and not listed:
            warn(peer)
        return app(environ, start_response)

    return forwarded_app


def client_address(peer: str, forwarded: str, listed: Sequence[Network]) -> str:
    """The client that the listed proxy `peer` speaks for; the last one known where a link is broken."""
    client = peer
    for part in reversed(forwarded.split(",")):
        address = part.strip()
        if not _is_address(address):
            return client
        client = address
        if not _is_listed(address, listed):
            return client
    return client


def _warning() -> Callable[[str], None]:
    """Says once in a process that readers behind a proxy look like one."""
    said: list[str] = []

    def warn(peer: str) -> None:
        if not said:
            said.append(peer)
            message = "X-Forwarded-For is not believed: the proxy is not in ZHUJIAO_TRUSTED_PROXIES"
            LOGGER.warning(message, extra={"fields": {"proxy": peer}})

    return warn


def _network(name: str) -> Network:
    try:
        return ipaddress.ip_network(name, strict=False)
    except ValueError:
        raise ValueError(f"{name!r} is no address and no network such as 10.0.0.0/8") from None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_listed(text: str, listed: Sequence[Network]) -> bool:
    if not listed or not _is_address(text):
        return False
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in listed)
