"""An answer as server-sent events: `stage`* then `answer` or `error`, then `done`.

While the work is silent, signs of life go out. When the reader goes away, nothing more is sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from service.errors import RequestError
from service.render import Json
from service.work_pool import Heartbeat, Said, Stage

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""Those that JSON leaves as they are; Python clients that read by `splitlines` cut there too."""


def answer_events(
    said: Generator[Said[Json]], failed: Callable[[Exception], Json]
) -> Iterator[str]:
    """The event stream of work that reports its stages and results in the Answer object.

    `failed` turns what the work raised into the error object.
    """
    try:
        with closing(said):
            yield from map(_as_event, said)
    except Exception as error:  # whatever it is, the reader gets the one error shape
        if isinstance(error, RequestError) and error.code == "client_closed":
            return
        yield event("error", failed(error))
    yield event("done", {})


def event(name: str, content: Json) -> str:
    """One event. Every kind of line end is escaped, so that no text breaks out of its `data` line."""
    line = json.dumps(content, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
    return f"event: {name}\ndata: {line}\n\n"


def _as_event(said: Said[Json]) -> str:
    if isinstance(said, Heartbeat):
        return ": still working\n\n"
    if isinstance(said, Stage):
        return event("stage", {"stage": said.name})
    return event("answer", said.value)
