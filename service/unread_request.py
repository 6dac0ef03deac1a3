"""The response to a request that could not be parsed and so reached no route.

RequestError("address_too_long"), "9f2c..."
-> HTTP/1.1 414 Request-URI Too Long, Connection: close, {"error": {"code": "address_too_long", ...}}
"""

from __future__ import annotations

import json
from email.utils import formatdate
from http import HTTPStatus

from service.errors import RequestError, error_json
from service.headers import HEADERS, content_security_policy


def whole_response(error: RequestError, request_id: str) -> bytes:
    """`error` as the bytes of a whole HTTP/1.1 response, after which the connection ends."""
    body = json.dumps(error_json(error, request_id)).encode() + b"\n"
    headers = {
        "Date": formatdate(usegmt=True),
        "Connection": "close",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Request-ID": request_id,
        "Content-Security-Policy": content_security_policy(),
        **HEADERS,
        **error.headers,
    }
    lines = [f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
