"""The log: one JSON object a line, with a request id and never a question.

    {"time": "2025-11-23T05:18:50.123Z", "level": "info", "event": "request", "request_id": "…",
     "method": "POST", "route": "/api/v1/ask", "status": 200, "ms": 34.1}

`route` is the pattern that matched, so what a reader typed into an address is not kept. A
failure is logged by its type and the lines it passed through; its message may hold a question.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

_QUERY = re.compile(r"\?\S*")
LOGGER = logging.getLogger("zhujiao")


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; fields come from `extra={"fields": {...}}`.

    gunicorn's records pass here too: what follows a `?` in an address is cut off. Exceptions reach
    it only at start-up, never from a question, so their messages are kept.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, event, then the fields."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": _QUERY.sub("", record.getMessage()),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line |= {"error": type(error).__name__, "message": str(error)}
        return json.dumps(line, ensure_ascii=False, default=str)


def log_failure(error: BaseException, request_id: str) -> None:
    """An error nobody expected: its type and where it passed, not its message."""
    frames = traceback.extract_tb(error.__traceback__)
    passed = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    fields = {"request_id": request_id, "error": type(error).__name__, "passed": passed}
    LOGGER.error("failure", extra={"fields": fields})


def log_trouble(event: str, reason: str, request_id: str | None = None) -> None:
    """Something outside the process that fails; `reason` is a line that names the cure."""
    fields = {"reason": reason} | ({"request_id": request_id} if request_id else {})
    LOGGER.error(event, extra={"fields": fields})


def log_request(fields: dict[str, object]) -> None:
    """One line for a request that was answered."""
    LOGGER.info("request", extra={"fields": fields})


def start_logging(level: str) -> None:
    """Write the service's log to standard error as JSON lines."""
    stream = logging.StreamHandler()
    stream.setFormatter(JsonFormatter())
    LOGGER.handlers[:] = [stream]
    LOGGER.propagate = False
    LOGGER.setLevel(level.upper())
