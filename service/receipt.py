"""An answer's id is its receipt: it holds the question, so that the same answer can be given again.

Nothing is stored on the server. The id is the question with what was asked beside it, compressed
and written in URL-safe letters; over an unchanged corpus it replays the same passages and notes.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from typing import cast, get_args

from corpus.document import Language

LONGEST = 65_536
"""Most bytes a receipt may unpack to; a larger one is not ours."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A question with everything that its answer depends on beside the corpus."""

    question: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    language: Language | None = None

    def encode(self) -> str:
        """`Receipt("臨界質量 意思").encode()` is a URL-safe string, equal for equal receipts."""
        fields = [self.question, list(self.history), list(self.documents), self.language]
        raw = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode("ascii").rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Receipt | None:
        """The receipt, or None when the text is none of ours."""
        try:
            packed = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(packed, LONGEST)
            if unpacker.unconsumed_tail or not unpacker.eof:
                return None
            question, history, documents, language = json.loads(raw)
        except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError):
            return None
        texts = (
            [question, *history, *documents]
            if isinstance(history, list) and isinstance(documents, list)
            else [None]
        )
        if not all(isinstance(t, str) for t in texts) or language not in (
            None,
            *get_args(Language),
        ):
            return None
        return cls(question, tuple(history), tuple(documents), cast("Language | None", language))
