"""Answers kept for when they are asked for again, within one process and for one index version.

Kept as JSON text, the smallest form; nothing is written or logged. Another index version is
another key, so that no answer outlives the index that gave it.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock

from service.receipt import Receipt
from service.render import Json


class AnswerCache:
    """The `size` answers asked for last; none with size 0. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._texts: OrderedDict[tuple[str, Receipt], str] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, index_version: str, asked: Receipt) -> Json | None:
        """The Answer object as it was given, a copy of its own for each caller."""
        key = index_version, asked
        with self._lock:
            text = self._texts.get(key)
            if text is None:
                return None
            self._texts.move_to_end(key)
        answer: Json = json.loads(text)
        return answer

    def put(self, index_version: str, asked: Receipt, answer: Json) -> None:
        """Keep an answer; the one not asked for longest gives way."""
        if self._size == 0:
            return
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._texts[index_version, asked] = text
            self._texts.move_to_end((index_version, asked))
            while len(self._texts) > self._size:
                self._texts.popitem(last=False)
