"""Which sites may embed the service: a list of exact origins, compared whole.

    parse_origins("https://Site.example, http://localhost:8080")
        -> ("https://site.example", "http://localhost:8080")
    canonical_origin("HTTPS://site.example:443") -> "https://site.example"

One list, the setting `embed_origins`, drives both what may frame the widget (`framed_by`) and
what may call the interface from a page of its own (`verdict`). An origin is scheme, host and
port (RFC 6454); no wildcard, no suffix and no pattern is ever matched, and `null` is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Verdict = Literal["none", "own", "listed", "refused"]

_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?)(?::(?P<port>\d{1,5}))?",
    re.IGNORECASE | re.ASCII,
)
_DEFAULT_PORT = {"http": "80", "https": "443"}


def canonical_origin(text: str) -> str | None:
    """`scheme://host[:port]` in lower case without the scheme's own port; None for all else."""
    match = _ORIGIN.fullmatch(text)
    if match is None:
        return None
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"]
    if port is None or port == _DEFAULT_PORT[scheme]:
        return f"{scheme}://{host}"
    return f"{scheme}://{host}:{port}" if port == str(int(port)) and 0 < int(port) < 65536 else None


def parse_origins(given: str | Sequence[str]) -> tuple[str, ...]:
    """The origins of a comma-separated list, each once. ValueError, naming the cure, for a bad one."""
    parts = given.split(",") if isinstance(given, str) else given
    origins: list[str] = []
    for part in filter(None, (part.strip() for part in parts)):
        origin = canonical_origin(part)
        if origin is None:
            raise ValueError(
                f"{part!r} is no origin; write scheme, host and port only, as in "
                "https://site.example or http://localhost:8080, with commas between"
            )
        if origin not in origins:
            origins.append(origin)
    return tuple(origins)


def is_listed(origin: str, listed: Sequence[str]) -> bool:
    """Whether `origin` is one of `listed`, which are canonical."""
    canonical = canonical_origin(origin)
    return canonical is not None and canonical in listed


def framed_by(listed: Sequence[str]) -> tuple[str, ...]:
    """The sources for `frame-ancestors`: our own pages, then the listed sites."""
    return ("'self'", *listed)


def verdict(
    origin: str | None, host: str, fetch_site: str | None, listed: Sequence[str]
) -> Verdict:
    """What may be granted to a request with this `Origin`.

    none: it has none, so no page of another site sent it. own: a page of ours sent it; the
    browser's `Sec-Fetch-Site` says so where it is sent, else the `Host` is compared, because
    behind a proxy that ends TLS we do not know our own scheme. listed: a site of the list.
    """
    if origin is None:
        return "none"
    if is_listed(origin, listed):
        return "listed"
    if fetch_site is not None:
        return "own" if fetch_site == "same-origin" else "refused"
    return "own" if _same_host(origin, host) else "refused"


def _same_host(origin: str, host: str) -> bool:
    scheme, found, of_origin = origin.lower().partition("://")
    port = f":{_DEFAULT_PORT.get(scheme, '')}"
    return bool(found) and of_origin.removesuffix(port) == host.lower().removesuffix(port)
