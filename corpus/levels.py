"""The levels of numbered and unnumbered headings, as they come one after another.

    壹 一 （一） 二 貳 -> 1 2 3 2 1        THE ACT, The duty, CONCLUSION -> 1 2 1

A kind of number seen for the first time stands one level deeper; a kind seen before returns to its level.
"""

from __future__ import annotations

from corpus.numbering import Numbered


class Levels:
    """The stack of numberings that are open, outermost first: (kind, last number)."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, int]] = []
        self._begun = False

    def _find(self, kind: str) -> int:
        return next((i for i, (open_kind, _) in enumerate(self._stack) if open_kind == kind), -1)

    def fits(self, found: Numbered) -> bool:
        """Does the number go on from the last of its kind, or begin a series?

        A series begins at one; the first of an excerpt, below 摘要 or not, may be 參 or Chapter 4.
        """
        position = self._find(self._kind(found))
        if position >= 0:
            last = self._stack[position][1]
            return last < found.number <= last + 3
        if not self._begun and (found.kind == "formal" or found.kind.startswith("chapter")):
            return True
        return found.number == 1 or (found.number == 0 and found.kind == "arabic")

    @staticmethod
    def _kind(found: Numbered) -> str:
        if found.kind == "decimal":
            return f"decimal-{found.depth}-{found.label.rsplit('.', 1)[0]}"
        return found.kind

    def enter(self, found: Numbered) -> int:
        """The level of the next heading with a number."""
        self._begun = True
        kind = self._kind(found)
        position = self._find(kind)
        if position < 0 and found.kind == "decimal":
            position = self._decimal_parent(found) + 1
        elif position < 0:
            while self._stack and self._stack[-1][0] in {"word", "small-word"}:
                self._stack.pop()
            position = len(self._stack)
        del self._stack[position:]
        self._stack.append((kind, found.number))
        return len(self._stack)

    def _decimal_parent(self, found: Numbered) -> int:
        """Where in the stack the heading stands under which 2.1 belongs: 2, or the decimal one step up."""
        parent = found.label.rsplit(".", 1)[0]
        wanted = (
            {"arabic"}
            if found.depth == 2
            else {f"decimal-{found.depth - 1}-{parent.rsplit('.', 1)[0]}"}
        )
        chapters = [
            i
            for i, (kind, _) in enumerate(self._stack)
            if kind in wanted or kind.startswith("chapter")
        ]
        return chapters[-1] if chapters else len(self._stack) - 1

    def enter_word(self, *, below: bool, closes: bool, small: bool) -> int:
        """The level of the next heading without a number: it closes all that is open but the chapter.

        One that stands `below` the number before it closes other words only. One that `closes` the text
        closes the chapter too. A `small` one stands below the heading in capitals before it.
        """
        if small and any(kind == "word" for kind, _ in self._stack):
            while self._stack[-1][0] == "small-word":
                self._stack.pop()
            self._stack.append(("small-word", 0))
            return len(self._stack)
        while self._stack and (closes or not self._stack[-1][0].startswith("chapter")):
            if below and self._stack[-1][0] not in {"word", "small-word"}:
                break
            self._stack.pop()
        self._stack.append(("word", 0))
        return len(self._stack)
