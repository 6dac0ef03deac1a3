"""Pandoc's inline notes: the text of the note stands in the body where its mark would.

"…to register.^[Registration was proposed twice.]" -> a mark, and the note "Registration was proposed twice."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.lift import Definition
from corpus.marks import Mark
from corpus.paragraphs import Element


def with_inline_notes(
    definitions: Sequence[Definition], elements: Sequence[Element], markdown: bool
) -> tuple[tuple[Definition, ...], dict[int, list[Mark]]]:
    """`definitions` and those of Markdown's inline notes, and the marks of the latter by element."""
    if not markdown:
        return tuple(definitions), {}
    inline, marks = find_inline_notes(elements, len(definitions))
    return (*definitions, *inline), marks


def find_inline_notes(
    elements: Sequence[Element], first: int
) -> tuple[tuple[Definition, ...], dict[int, list[Mark]]]:
    """Every `^[…]` whose bracket closes: definitions numbered on from `first`, and their marks by element."""
    definitions: list[Definition] = []
    marks: dict[int, list[Mark]] = {}
    for index, element in enumerate(elements):
        text = element.text.text
        position = -1 if element.literal else text.find("^[")
        closing = _closing(text) if position >= 0 else {}
        while position >= 0:
            end = closing.get(position + 1)
            if end is not None and text[position + 2 : end].strip():
                label = f"inline-{len(definitions) + 1}"
                marks.setdefault(index, []).append(Mark(Span(position, end + 1), "key", (label,)))
                line = element.text.line_at(position)
                note = text[position + 2 : end].strip()
                definitions.append(
                    Definition(label, 0, "key", note, line, 1, first + len(definitions), False)
                )
            position = text.find("^[", position + 2 if end is None else end + 1)
    return tuple(definitions), marks


def _closing(text: str) -> dict[int, int]:
    """Where each [ of the text is closed."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for match in _SQUARE.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.start()
    return closing


_SQUARE = re.compile(r"[\[\]]")
