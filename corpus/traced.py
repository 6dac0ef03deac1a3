"""A text that remembers which file line each part came from, through joins and deletions.

Traced.of(Line(17, "…強化友盟關")) + Line(25, "係的策略。³") - "³" -> "…強化友盟關係的策略。", 係 is from line 25
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.document import Span


@dataclass(frozen=True, slots=True)
class Traced:
    """`starts[i]` is the first offset in `text` that comes from file line `lines[i]`."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """The file line that the character at `offset` came from."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)]

    def without(self, spans: Sequence[Span]) -> Traced:
        """The text with `spans` cut out; they are in order and do not overlap."""
        kept: list[str] = []
        position = 0
        for span in spans:
            kept.append(self.text[position : span.start])
            position = span.end
        kept.append(self.text[position:])
        shift = shifter(spans)
        return Traced("".join(kept), tuple(shift(start) for start in self.starts), self.lines)


class TracedBuilder:
    """Collects pieces of lines; the joining blank belongs to the piece before it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._lines: list[int] = []

    def add(self, text: str, line: int) -> None:
        """Append a piece of file line `line`."""
        self._starts.append(self._length)
        self._lines.append(line)
        self._parts.append(text)
        self._length += len(text)

    def replace_last(self, text: str) -> None:
        """Put `text` in place of the piece added last (a soft hyphen dropped, a blank appended)."""
        self._length += len(text) - len(self._parts[-1])
        self._parts[-1] = text

    @property
    def last(self) -> str:
        """The piece added last; empty before the first."""
        return self._parts[-1] if self._parts else ""

    def build(self) -> Traced:
        """What was collected."""
        return Traced("".join(self._parts), tuple(self._starts), tuple(self._lines))


def shifter(spans: Sequence[Span]) -> Callable[[int], int]:
    """Maps an offset before `spans` are cut out to the offset after; one inside a span to where it was."""
    starts = [span.start for span in spans]
    removed = [0]
    for span in spans:
        removed.append(removed[-1] + len(span))

    def shift(offset: int) -> int:
        index = bisect_right(starts, offset)
        if index and offset < spans[index - 1].end:
            return spans[index - 1].start - removed[index - 1]
        return offset - removed[index]

    return shift
