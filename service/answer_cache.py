"""Answers kept for when they are asked for again, within one process and for one index version.

Kept as JSON text, the smallest form; nothing is written or logged. Another index version is
another key, so that no answer outlives the index that gave it.
"""

from __future__ import annotations

import json

from service.receipt import Receipt
from service.recently_used import RecentlyUsed
from service.render import Json


class AnswerCache:
    """The `size` answers asked for last; none with size 0. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._texts: RecentlyUsed[tuple[str, Receipt], str] = RecentlyUsed(size)

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, index_version: str, asked: Receipt) -> Json | None:
        """The Answer object as it was given, a copy of its own for each caller."""
        text = self._texts.get((index_version, asked))
        if text is None:
            return None
        answer: Json = json.loads(text)
        return answer

    def put(self, index_version: str, asked: Receipt, answer: Json) -> None:
        """Keep an answer; the one not asked for longest gives way."""
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        self._texts.put((index_version, asked), text)
