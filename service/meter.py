"""Requests as they are counted for Prometheus, and `/metrics`, where it reads them.

Nobody may read them unless the settings say so: they take the token, or a direct connection from
a listed network. Requests through a proxy need the token.
"""

from __future__ import annotations

import hmac
import time
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, current_app, g, request

from index.store import MANIFEST
from service.config import Config
from service.current_library import library
from service.errors import RequestError

if TYPE_CHECKING:
    from service.metrics import Metrics

EXTENSION = "zhujiao.metrics"
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP")

meter = Blueprint("meter", __name__)


def register_metrics(app: Flask) -> None:
    """Count the requests of `app`, if anybody may read the numbers."""
    config: Config = app.config["ZHUJIAO"]
    app.extensions[EXTENSION] = None
    if config.metered:
        from service.metrics import Metrics

        app.extensions[EXTENSION] = Metrics()
        app.before_request(_begin)
        app.after_request(_end)


def metrics_of(app: Flask) -> Metrics | None:
    """The numbers of this worker; None when nobody may read them."""
    found: Metrics | None = app.extensions[EXTENSION]
    return found


@meter.get("/metrics")
def metrics() -> Response:
    """All numbers of all workers."""
    counted = metrics_of(current_app)
    config: Config = current_app.config["ZHUJIAO"]
    if counted is None:
        raise RequestError("not_found")
    if not _may_read(config):
        raise RequestError("metrics_not_allowed")
    version = _index_version()
    page = Response(counted.exposition(version, _index_age_s(config, version)))
    page.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    page.headers["Cache-Control"] = "no-store"
    return page


def _may_read(config: Config) -> bool:
    token = config.metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").encode()
    if token and hmac.compare_digest(given, f"Bearer {token}".encode()):
        return True
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:  # a socket in the file system has no address
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in config.metrics_networks)


def _index_version() -> str | None:
    try:
        return library().index_version
    except RequestError:
        return None


def _index_age_s(config: Config, version: str | None) -> float | None:
    try:
        built = (config.index_dir / (version or "") / MANIFEST).stat().st_mtime
    except OSError:
        return None
    return time.time() - built


def _begin() -> None:
    g.metered = time.perf_counter()
    if counted := metrics_of(current_app):
        counted.in_flight.inc()


def _end(response: Response) -> Response:
    counted = metrics_of(current_app)
    if counted is None or "metered" not in g:
        return response
    response.call_on_close(counted.in_flight.dec)
    rule = request.url_rule
    route, method = (rule.rule, request.method) if rule else ("-", "-")
    counted.requests.labels(method, route, str(response.status_code)).inc()
    counted.request_seconds.labels(route).observe(time.perf_counter() - g.metered)
    if code := g.get("error_code"):
        counted.errors.labels(code).inc()
    if verdict := g.get("verdict"):
        counted.votes.labels(verdict).inc()
    return response
