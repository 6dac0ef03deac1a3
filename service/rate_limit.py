"""How often one client may ask: at most `limit` times in any `window_s` seconds.

The counts lie in a store that several workers share: a file, or Redis. When the store fails,
questions are let through, for the bound on work in flight still holds; the log says so.
"""

from __future__ import annotations

import ipaddress
import math
import time

from service.config import Config
from service.errors import RequestError
from service.logs import LOGGER
from service.rate_store import RateStore, StoreError, open_store

PAUSE_S = 5.0
"""After a failure the store is left alone for so long, so that nobody waits for it."""
_IPV6_PREFIX = 64
"""What one household or host is given; a single address of it is no bound."""


class RateLimiter:
    """Counts questions by client; `limit` 0 counts nothing."""

    def __init__(self, store: RateStore, limit: int, window_s: int) -> None:
        self._store = store
        self._limit = limit
        self._window_s = window_s
        self._paused_until = 0.0

    def count(self, address: str) -> None:
        """Count a question. RequestError `rate_limited`, with Retry-After, when it is one too many."""
        if not self._limit or time.monotonic() < self._paused_until:
            return
        try:
            wait_s = self._store.hit(client_of(address), self._limit, self._window_s)
        except StoreError as error:
            self._paused_until = time.monotonic() + PAUSE_S
            fields = {"error": type(error.__cause__).__name__}
            LOGGER.error("rate store failed; questions are let through", extra={"fields": fields})
            return
        if wait_s > 0:
            raise RequestError("rate_limited", headers=self._headers(wait_s))

    def _headers(self, wait_s: float) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers names them, beside Retry-After."""
        wait = str(max(1, math.ceil(wait_s)))
        return {
            "Retry-After": wait,
            "RateLimit-Policy": f'"asks";q={self._limit};w={self._window_s}',
            "RateLimit": f'"asks";r=0;t={wait}',
        }


def client_of(address: str) -> str:
    """What is counted as one client: an IPv4 address, or the /64 network of an IPv6 address.

    `client_of("2001:db8::1")` is "2001:db8::/64"; an IPv4 address within IPv6 counts as itself.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), _IPV6_PREFIX), strict=False))
    return address


def open_limiter(config: Config) -> RateLimiter:
    """The limiter of the settings. The store is first reached at the first question."""
    store = open_store(config.rate_store.get_secret_value())
    return RateLimiter(store, config.rate_limit, config.rate_window_s)
