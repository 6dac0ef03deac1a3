"""An answer as server-sent events: `stage`* then `answer` or `error`, then `done`.

The work runs in its own thread, so that stages and signs of life go out while it runs. When
the reader goes away, the work stops at its next stage.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from service.render import Json

OnStage = Callable[[str], None]
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""Those that JSON leaves as they are; Python clients that read by `splitlines` cut there too."""
Sent = tuple[str, Json]


class ReaderGone(Exception):
    """Raised inside the work when nobody waits for it any more."""


def answer_events(
    work: Callable[[OnStage], Json], failed: Callable[[Exception], Json], heartbeat_s: float
) -> Iterator[str]:
    """The event stream of `work`, which reports its stages and returns the Answer object.

    `failed` turns what `work` raised into the error object.
    """
    sent: SimpleQueue[Sent] = SimpleQueue()
    gone = Event()
    Thread(target=_run, args=(work, failed, sent, gone), daemon=True).start()
    try:
        yield from _events(sent, heartbeat_s)
    finally:
        gone.set()


def event(name: str, content: Json) -> str:
    """One event. Every kind of line end is escaped, so that no text breaks out of its `data` line."""
    line = json.dumps(content, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
    return f"event: {name}\ndata: {line}\n\n"


def _events(sent: SimpleQueue[Sent], heartbeat_s: float) -> Iterator[str]:
    while True:
        try:
            name, content = sent.get(timeout=heartbeat_s)
        except Empty:
            yield ": still working\n\n"
            continue
        yield event(name, content)
        if name == "done":
            return


def _run(
    work: Callable[[OnStage], Json],
    failed: Callable[[Exception], Json],
    sent: SimpleQueue[Sent],
    gone: Event,
) -> None:
    def on_stage(stage: str) -> None:
        if gone.is_set():
            raise ReaderGone
        sent.put(("stage", {"stage": stage}))

    try:
        sent.put(("answer", work(on_stage)))
    except ReaderGone:
        return
    except Exception as error:  # whatever it is, the reader gets the one error shape
        sent.put(("error", failed(error)))
    sent.put(("done", {}))
