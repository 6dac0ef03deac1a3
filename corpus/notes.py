"""Split the lines of a file into the definitions of its notes and its body.

    lines …, "³⁴ *Supra* note 31, p. 855.", … -> Definition("34", "*Supra* note 31, p. 855.") and the lines without it

Which styles of note a file uses is decided by evidence: a style holds when its marks have
definitions. Definitions are lifted whole: wrapped lines, and the further paragraphs of a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import numerals
from corpus.clean import HAN, Line, is_cjk, joint
from corpus.definitions import FORMS_OF, Candidate, Evidence, candidates, choose, star_candidates
from corpus.document import Span
from corpus.marks import Mark, Style, find_marks
from corpus.outline import is_known_heading, is_notes_heading, looks_like_heading, numbered
from corpus.paragraphs import Element, Layout
from corpus.sentences import is_finished

_KEY_DEFINITION = re.compile(r" {0,3}\[\^([^\]\[\s^]{1,100})\]:\s*")
_NUMERIC: tuple[Style, ...] = ("superscript", "zhu", "bracket", "circled", "glued")


@dataclass(frozen=True, slots=True)
class Definition:
    """`order` counts the definitions of a file; `apart` says that body text stands before it
    since the last one, `listed` that it stands below a heading such as 註釋.
    """

    label: str
    number: int
    style: Style
    text: str
    line: int
    page: int
    order: int
    apart: bool
    listed: bool = False


@dataclass(frozen=True, slots=True)
class SplitNotes:
    """`body` has the input's length; lines that were lifted out are blank. `lifted` are their indices."""

    definitions: tuple[Definition, ...]
    styles: tuple[Style, ...]
    body: tuple[Line, ...]
    lifted: frozenset[int]


def split_notes(lines: Sequence[Line], layout: Layout) -> SplitNotes:
    """Lift every definition out of `lines` (furniture already blank)."""
    listed, listing = _listed(lines)
    evidence: dict[Style, dict[int, int]] = {}
    chosen: dict[int, tuple[Style, Candidate]] = {}
    keys = _key_candidates(lines)
    styles: list[Style] = []
    if keys:
        styles.append("key")
        chosen.update({candidate.index: ("key", candidate) for candidate in keys})
    pool = [c for c in candidates(lines) if c.index not in chosen]
    for style in _NUMERIC:
        found = _chain(style, [c for c in pool if c.index not in chosen], lines, listed, styles, evidence)
        if found:
            styles.append(style)
            chosen.update({candidate.index: (style, candidate) for candidate in found})
    stars = _author_notes(lines, chosen, layout)
    if stars:
        styles.append("star")
        chosen.update({candidate.index: ("star", candidate) for candidate in stars})
    definitions, lifted = _lift(lines, chosen, listed, layout, evidence)
    lifted |= {i for i in listing if all(j in lifted or lines[j].blank for j in _below(i, lines))} if definitions else set()
    body = tuple(replace(line, text="") if i in lifted else line for i, line in enumerate(lines))
    return SplitNotes(tuple(definitions), tuple(styles), body, frozenset(lifted))


def _listed(lines: Sequence[Line]) -> tuple[dict[int, int], list[int]]:
    """Lines below a heading such as 註釋, with the index of that heading, up to the next heading."""
    listed: dict[int, int] = {}
    headings: list[int] = []
    current = -1
    for index, line in enumerate(lines):
        if line.blank:
            continue
        if is_notes_heading(line):
            current = index
            headings.append(index)
        elif current >= 0 and _ends_list(line):
            current = -1
        elif current >= 0:
            listed[index] = current
    return listed, headings


def _ends_list(line: Line) -> bool:
    text = line.stripped
    if text.startswith("#") or is_known_heading(text):
        return True
    found = numbered(text) if looks_like_heading(line) else None
    return found is not None and found.kind not in {"arabic", "arabic-paren", "letter", "roman", "decimal"}


def _below(heading: int, lines: Sequence[Line]) -> range:
    """Indices from a list's heading to the end of the list."""
    end = heading + 1
    while end < len(lines) and (lines[end].blank or not (_ends_list(lines[end]) or is_notes_heading(lines[end]))):
        end += 1
    return range(heading + 1, end)


def _key_candidates(lines: Sequence[Line]) -> list[Candidate]:
    found: list[Candidate] = []
    fenced = False
    for index, line in enumerate(lines):
        fenced ^= line.stripped.startswith(("```", "~~~"))
        match = None if fenced else _KEY_DEFINITION.match(line.text)
        if match:
            found.append(Candidate(index, "key", match[1], numerals.note_number(match[1]) or 0, match.end()))
    return found


def _chain(
    style: Style, pool: Sequence[Candidate], lines: Sequence[Line], listed: dict[int, int], styles: Sequence[Style],
    seen_at: dict[Style, dict[int, int]],
) -> list[Candidate]:
    """The definitions of one style, [] when the marks do not bear them out."""
    forms = FORMS_OF[style]
    if style == "glued" and any(other in styles for other in _NUMERIC):
        return []
    found = [c for c in pool if c.form in forms]
    if not found:
        return []
    marked, again = _marked(style, lines, {c.index: c for c in found})
    if not marked and style != "glued":
        return []
    lists = set(listed.values())
    evidence = Evidence(
        marked if style != "glued" else {},
        marked if style == "glued" else {},
        frozenset(listed),
        frozenset(c.index for c in found if _heading_like(lines, c.index)),
        again if style != "glued" else len(lists) > 1,
    )
    chain = choose(found, lines, evidence)
    numbers = {c.number for c in chain}
    seen = numbers & marked.keys()
    in_list = sum(c.index in listed for c in chain) >= 0.5 * len(chain) > 0
    needed = 0.6 if style == "glued" else 0.3
    enough = len(seen) >= max(needed * len(numbers), 1) and (style != "glued" or len(seen) > 1 or in_list)
    if enough and not again:
        seen_at[style] = marked
    return chain if enough else []


def _marked(style: Style, lines: Sequence[Line], found: dict[int, Candidate]) -> tuple[dict[int, int], bool]:
    """The first line that shows each number as a mark, and whether number one comes again."""
    marked: dict[int, int] = {}
    ones = 0
    for index, line in enumerate(lines):
        if line.blank:
            continue
        column = found[index].column if index in found else 0
        for mark in find_marks(line.text, (style,)):
            if mark.span.start < column or (mark.weight < 0.4 and style != "circled"):
                continue
            for label in mark.labels:
                number = numerals.note_number(label)
                if number is not None:
                    marked.setdefault(number, index)
                    ones += number == 1 and mark.weight > 0.4
    return marked, ones > 1


def _heading_like(lines: Sequence[Line], index: int) -> bool:
    alone = (index == 0 or lines[index - 1].blank) and (index + 1 >= len(lines) or lines[index + 1].blank)
    return alone and looks_like_heading(lines[index])


def _author_notes(
    lines: Sequence[Line], chosen: dict[int, tuple[Style, Candidate]], layout: Layout
) -> list[Candidate]:
    """`*` lines that belong to the author: next to other notes, or the only ones of their sign."""
    if layout.markdown:
        return []
    found = [c for c in star_candidates(lines) if c.index not in chosen]
    signs = [c.label for c in found]
    kept: list[Candidate] = []
    for candidate in found:
        beside = any(j in chosen for j in _neighbours(lines, candidate.index))
        if beside or signs.count(candidate.label) == 1:
            kept.append(candidate)
    return kept if len(kept) <= 5 else []


def _neighbours(lines: Sequence[Line], index: int) -> list[int]:
    """The printed lines right before and after."""
    found: list[int] = []
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(lines) and lines[other].blank:
            other += step
        found.append(other)
    return found


def _lift(
    lines: Sequence[Line], chosen: dict[int, tuple[Style, Candidate]], listed: dict[int, int], layout: Layout,
    seen_at: dict[Style, dict[int, int]],
) -> tuple[list[Definition], set[int]]:
    definitions: list[Definition] = []
    lifted: set[int] = set()
    starts = sorted(chosen)
    paged = bool(lines) and lines[-1].page > 1
    apart = True
    position = 0
    while position < len(starts):
        start = starts[position]
        stop = starts[position + 1] if position + 1 < len(starts) else len(lines)
        style, candidate = chosen[start]
        following = chosen.get(stop)
        note = _Note(lines, candidate, style, layout, paged, listed, stop if following else None)
        if following and following[0] == style and following[1].number == candidate.number + 1:
            note.marked_before = seen_at.get(style, {}).get(following[1].number, stop) < start
        note.collect(start, stop)
        lifted.update(note.indices)
        definitions.append(
            Definition(
                candidate.label, candidate.number, style, note.text, lines[start].number, lines[start].page, position, apart,
                start in listed,
            )
        )
        apart = any(not lines[i].blank for i in range(note.indices[-1] + 1, stop))
        position += 1
    return definitions, lifted


class _Note:
    """Gathers the lines of one definition and joins them."""

    def __init__(
        self,
        lines: Sequence[Line],
        candidate: Candidate,
        style: Style,
        layout: Layout,
        paged: bool,
        listed: dict[int, int],
        following: int | None,
    ) -> None:
        self.lines, self.style, self.layout, self.paged = lines, style, layout, paged
        self.first = lines[candidate.index]
        self.list = listed.get(candidate.index)
        self.listed = listed
        self.list_goes_on = following is not None and self.list is not None and listed.get(following) == self.list
        self.indices = [candidate.index]
        self.marked_before = False
        self.paragraphs = [self.first.text[candidate.column :].rstrip()]
        self.before = next((line for line in reversed(lines[max(candidate.index - 40, 0) : candidate.index]) if not line.blank), None)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    def collect(self, start: int, stop: int) -> None:
        gap = False
        for index in range(start + 1, stop):
            line = self.lines[index]
            if line.blank:
                gap = True
                continue
            if not (self._goes_on_after_gap(index, line) if gap else self._goes_on(index, line)):
                return
            self._add(index, line, gap)
            gap = False

    def _add(self, index: int, line: Line, gap: bool) -> None:
        self.indices.append(index)
        text = line.stripped
        if gap and (is_finished(self.paragraphs[-1]) or self.layout.markdown):
            self.paragraphs.append(text)
        elif self.layout.markdown and text.startswith(("- ", "* ", "+ ")):
            self.paragraphs[-1] += "\n" + text
        else:
            left, between = joint(self.paragraphs[-1], text, self.layout.joining)
            self.paragraphs[-1] = left + between + text

    def _goes_on(self, index: int, line: Line) -> bool:
        """The next line, with no blank line between."""
        if self.style == "key":
            return not line.text.startswith("#")
        if line.page != self.first.page and not self.list_goes_on:
            return False
        if self.list is not None:
            return self.listed.get(index) == self.list
        return self.layout.wrapped or not is_finished(self.paragraphs[-1])

    def _goes_on_after_gap(self, index: int, line: Line) -> bool:
        if self.style == "key":
            return line.indent >= 2
        if self.list is not None:
            return self.list_goes_on and self.listed.get(index) == self.list
        if line.page != self.first.page and not self.marked_before:
            return False
        heading = looks_like_heading(line) and (numbered(line.stripped) is not None or is_notes_heading(line))
        if heading or is_known_heading(line.stripped):
            return False
        if self.marked_before or line.indent >= self.first.indent + 4:
            return True
        if self.paged and self._at_foot(index):
            return True
        return not is_finished(self.paragraphs[-1]) and self._body_is_whole(line)

    def _at_foot(self, index: int) -> bool:
        """Form feeds show where pages end: below the first note of a page there is no body."""
        last = index
        while last + 1 < len(self.lines) and self.lines[last + 1].page == self.first.page:
            last += 1
        return last + 1 < len(self.lines) and last - index < 60

    def _body_is_whole(self, line: Line) -> bool:
        """A cut note, not a cut paragraph, goes on here: the body is at rest, or the script is the note's."""
        if self.before is None or is_finished(self.before.text):
            return not _HAN_START.match(line.stripped) or is_cjk(self.paragraphs[-1][-1:] or "a")
        note_is_han, line_is_han = bool(_HAN_ANY.search(self.text)), bool(_HAN_ANY.search(line.text))
        body_is_han = bool(_HAN_ANY.search(self.before.text))
        return body_is_han and not note_is_han and not line_is_han


_HAN_START = re.compile(f"[{HAN}]")
_HAN_ANY = re.compile(f"[{HAN}]")



def inline_notes(elements: Sequence[Element], first: int) -> tuple[tuple[Definition, ...], dict[int, list[Mark]]]:
    """Pandoc's `^[text]`: definitions numbered on from `first`, and their marks by element."""
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
                definitions.append(Definition(label, 0, "key", note, line, 1, first + len(definitions), False))
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
