"""Who may call /api/v1 from a page: our own pages and the sites of `embed_origins`, nobody else's.

A request that a page of another site sent is refused with 403 `origin_not_allowed`, whatever it
asks; a program sends no `Origin` and is served. A listed site gets its own name back in
`Access-Control-Allow-Origin`, never `*`, and never leave to send credentials.
"""

from __future__ import annotations

from flask import Flask, Response, request

from service import running
from service.errors import RequestError
from service.origins import Verdict, verdict

_PREFIX = "/api/v1/"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


def register_cors(app: Flask) -> None:
    """Check the origin of every request under /api/v1, and answer preflights."""
    app.before_request(_check_origin)
    app.after_request(_grant)


def _verdict() -> Verdict:
    config = running.config()
    headers = request.headers
    return verdict(
        headers.get("Origin"), request.host, headers.get("Sec-Fetch-Site"), config.embed_origins
    )


def _check_origin() -> Response | None:
    if not request.path.startswith(_PREFIX):
        return None
    found = _verdict()
    if found == "refused":
        raise RequestError("origin_not_allowed")
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if found == "listed" and asks:
        return Response(status=204, headers=_PREFLIGHT)
    return None


def _grant(response: Response) -> Response:
    if not request.path.startswith(_PREFIX):
        return response
    response.vary.add("Origin")
    if _verdict() == "listed":
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = (
            "X-Request-ID, Retry-After, Content-Disposition"
        )
    return response
