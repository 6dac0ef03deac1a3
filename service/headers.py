"""Response headers: what a page of ours may do, and the request id. Set on every response.

A page loads scripts, styles and images from its own origin only, runs no inline script or
style, may not turn strings into markup (Trusted Types), and stands in no frame unless a
view says which sites may frame it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

from flask import Flask, Response, g, request

from service.logs import log_request

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), publickey-credentials-get=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_YEAR_S = 31_536_000


def content_security_policy(framed_by: Sequence[str] = (), *, frames: bool = False) -> str:
    """The policy of a page; `framed_by` lists the origins that may show it in a frame.

    With `frames` it may show pages of ours in frames of its own.
    """
    framing = " ".join(framed_by) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            *(["frame-src 'self'"] if frames else []),
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            f"frame-ancestors {framing}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def register_headers(app: Flask) -> None:
    """Give every response of `app` its headers, and the log its line."""
    app.before_request(_open_request)
    app.after_request(_close_request)


def _open_request() -> None:
    g.request_id = secrets.token_hex(8)
    g.started = time.perf_counter()


def _close_request(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    response.headers["X-Request-ID"] = g.request_id
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
    rule = request.url_rule
    log_request(
        {
            "request_id": g.request_id,
            "method": request.method if rule else "-",
            "route": rule.rule if rule else "-",
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.started) * 1000, 1),
        }
    )
    return response
