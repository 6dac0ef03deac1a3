"""The bytes of a request body, within the configured limit.

A body that is too large is refused by its declared length, before it is read; a chunked one as
soon as it passes the limit. What the client still sends is read and thrown away for a moment,
because closing the connection under it would hide the refusal.
"""

from __future__ import annotations

import time
from typing import IO, cast

from flask import request

from service.config import Config
from service.errors import RequestError

_CHUNK = 65_536
_DRAIN_S = 2.0


def read_body(config: Config) -> bytes:
    """The whole body. RequestError `body_too_large` beyond `max_body_bytes`, `body_incomplete`
    when the client ended it early or took too long."""
    length = request.content_length
    stream = cast(IO[bytes], request.environ["wsgi.input"])
    if length is None and not request.environ.get("wsgi.input_terminated"):
        return b""
    limit = config.max_body_bytes
    body = b"" if (length or 0) > limit else _read(stream, limit + 1 if length is None else length)
    if (length or 0) <= limit and len(body) <= limit:
        if length is not None and len(body) < length:
            raise RequestError("body_incomplete")
        return body
    _drain(stream, min(length or config.max_drained_bytes, config.max_drained_bytes))
    raise RequestError(
        "body_too_large", f"The body is too large; at most {limit:,} bytes are read. Shorten it."
    )


def _read(stream: IO[bytes], most: int) -> bytes:
    try:
        return stream.read(most)
    except OSError:
        raise RequestError("body_incomplete") from None


def _drain(stream: IO[bytes], most: int) -> None:
    deadline = time.monotonic() + _DRAIN_S
    while most > 0 and time.monotonic() < deadline:
        try:
            read = len(stream.read(min(_CHUNK, most)))
        except OSError:
            return
        if not read:
            return
        most -= read
