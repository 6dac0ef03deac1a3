"""Lift whole definitions out of the lines of a file, from their first line to their last.

    "4 Oswin Pell, The Borrowed Boat" | "(Tarn Point: Skerry Press, 2004)." -> one text, joined as prose is

A definition goes on over a wrapped line, over the further paragraphs of a note in a list, and over
what stands below it at the foot of a page; it never takes a heading or the body with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.clean import HAN, Line, is_cjk, joint
from corpus.definitions import Candidate
from corpus.marks import Style
from corpus.numbering import numbered
from corpus.outline import is_known_heading, is_notes_heading, looks_like_heading
from corpus.paragraphs import COLOPHON, Layout
from corpus.sentences import is_finished

_LONGEST_REST = 12
"""Lines that a note may fill at the foot of the page after its own."""
_BACK_LINK = re.compile(r"(?:\[[↩⏎↑][^\[\]]{0,8}\]\(#[^()\s]{1,80}\)|↩\ufe0e?)\Z")
"""What leads from a note of a web page back to its mark."""
_HAN_ANY = re.compile(f"[{HAN}]")


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
class Page:
    """The lines notes are lifted from, and what is known of them.

    `listed` maps the index of a line below a heading such as 註釋 to that heading, one of `headings`; `seen_at` maps a
    style whose numbers never begin again to the first line where each number is marked.
    """

    lines: Sequence[Line]
    layout: Layout
    listed: Mapping[int, int]
    headings: frozenset[int]
    seen_at: Mapping[Style, Mapping[int, int]]

    @property
    def turned(self) -> bool:
        """Do form feeds or page numbers show where pages end?"""
        return bool(self.lines) and self.lines[-1].page > 1


def lift(
    page: Page, chosen: Mapping[int, tuple[Style, Candidate]]
) -> tuple[list[Definition], set[int]]:
    """The definitions that start at the `chosen` lines, and the indices of all their lines."""
    definitions: list[Definition] = []
    lifted: set[int] = set()
    starts = sorted(chosen)
    apart = True
    for start, following in zip(starts, [*starts, None][1:], strict=True):
        stop = len(page.lines) if following is None else following
        style, candidate = chosen[start]
        note = _Note(page, style, candidate, chosen.get(stop))
        note.collect(stop)
        between = (i for i in range(note.indices[-1] + 1, stop) if i not in page.headings)
        apart_next = any(not page.lines[i].blank for i in between)
        if following is not None:
            note.carry_over(stop)
        lifted.update(note.indices)
        line = page.lines[start]
        definitions.append(
            Definition(
                candidate.label,
                candidate.number,
                style,
                note.text,
                line.number,
                line.page,
                len(definitions),
                apart,
                start in page.listed,
            )
        )
        apart = apart_next
    return definitions, lifted


class _Note:
    """Gathers the lines of one definition and joins them."""

    def __init__(
        self,
        page: Page,
        style: Style,
        candidate: Candidate,
        following: tuple[Style, Candidate] | None,
    ) -> None:
        self.page, self.style = page, style
        self.first = page.lines[candidate.index]
        self.indices = [candidate.index]
        self._list = page.listed.get(candidate.index)
        self._list_goes_on = self._belongs_together(candidate, following)
        self._paragraphs = [[self.first.text[candidate.column :].rstrip()]]

    @property
    def text(self) -> str:
        whole = "\n\n".join("".join(pieces) for pieces in self._paragraphs)
        return _without_back_links(whole)

    @property
    def _last(self) -> str:
        return self._paragraphs[-1][-1]

    def _belongs_together(
        self, candidate: Candidate, following: tuple[Style, Candidate] | None
    ) -> bool:
        """Do this note and the next stand in one list, so that what is between them is this note's?

        Notes below one heading do. Elsewhere they do when the next note was marked before this one is
        defined, and no later note is first marked between the two: then no page turns there.
        """
        if following is None:
            return False
        style, after = following
        if self._list is not None:
            return self.page.listed.get(after.index) == self._list
        seen = self.page.seen_at.get(self.style, {})
        marked = seen.get(after.number, after.index)
        if style != self.style or after.number != candidate.number + 1 or marked >= candidate.index:
            return False
        return not any(
            number > candidate.number and candidate.index < index < after.index
            for number, index in seen.items()
        )

    def collect(self, stop: int) -> None:
        gap = False
        for index in range(self.indices[0] + 1, stop):
            line = self.page.lines[index]
            if line.blank:
                gap = True
                continue
            if not (self._goes_on_after_gap(index, line) if gap else self._goes_on(index, line)):
                return
            self._add(line.stripped, gap)
            self.indices.append(index)
            gap = False

    def carry_over(self, stop: int) -> None:
        """A note cut by a page turn goes on at the next foot, right above the note that starts at `stop`."""
        lines, first = self.page.lines, stop
        while first - 1 > self.indices[-1] and not lines[first - 1].blank:
            first -= 1
        above = next(
            (line for line in reversed(lines[self.indices[-1] + 1 : first]) if not line.blank), None
        )
        cut = not _is_whole(self.text) and lines[stop].page > self.first.page
        if not cut or not 0 < stop - first <= _LONGEST_REST or above is None:
            return
        if (
            above.page == lines[stop].page
            and is_finished(above.text)
            and not _is_heading(lines[first])
        ):
            for index in range(first, stop):
                self._add(lines[index].stripped, gap=False)
                self.indices.append(index)

    def _add(self, text: str, gap: bool) -> None:
        layout, pieces = self.page.layout, self._paragraphs[-1]
        if gap and (is_finished(self._last) or layout.markdown):
            self._paragraphs.append([text])
        elif layout.markdown and text.startswith(("- ", "* ", "+ ")):
            pieces.extend(("\n", text))
        else:
            left, between = joint(self._last, text, layout.joining)
            pieces[-1] = left + between
            pieces.append(text)

    def _goes_on(self, index: int, line: Line) -> bool:
        """Does the note go on in the next line, with no blank line between?"""
        if self.style == "key":
            return not line.text.startswith("#")
        if line.page != self.first.page and not self._list_goes_on:
            return False
        if self._list is not None:
            return self.page.listed.get(index) == self._list
        if is_notes_heading(line):
            return False
        if line.blanks > self.first.blanks and line.blanks > 1:
            return True
        return self.page.layout.wrapped or not is_finished(self._last)

    def _goes_on_after_gap(self, index: int, line: Line) -> bool:
        if self.style == "key":
            return line.indent >= 2
        if self._list is not None:
            return self._list_goes_on and self.page.listed.get(index) == self._list
        if line.page != self.first.page and not self._list_goes_on:
            return False
        if _is_heading(line) or COLOPHON.match(line.stripped):
            return False
        if self._list_goes_on or line.blanks >= self.first.indent + 4:
            return True
        if self.page.turned and self._at_foot(index):
            return True
        return not is_finished(self._last) and self._body_rests(line)

    def _at_foot(self, index: int) -> bool:
        """Where pages are known to end, there is no body below the first note of a page."""
        lines, last = self.page.lines, index
        while last + 1 < len(lines) and lines[last + 1].page == self.first.page:
            last += 1
            if last - index > 60:
                return False
        return last + 1 < len(lines)

    def _body_rests(self, line: Line) -> bool:
        """A cut note, not a cut paragraph, goes on here: the body is whole, or the script is the note's."""
        above = self.page.lines[max(self.indices[0] - 40, 0) : self.indices[0]]
        before = next((other for other in reversed(above) if not other.blank), None)
        if before is None or is_finished(before.text):
            return not _HAN_ANY.match(line.stripped) or is_cjk(self._last[-1:] or "a")
        scripts = [bool(_HAN_ANY.search(text)) for text in (before.text, self.text, line.text)]
        return scripts == [True, False, False]


def _without_back_links(text: str) -> str:
    """ "Provisional. [↩](#fnref8)" -> "Provisional." """
    rest = text
    while link := _BACK_LINK.search(rest[-100:]):
        rest = rest[: len(rest) - len(link[0])].rstrip()
    return rest or text


def _is_whole(text: str) -> bool:
    """Does a note end as a sentence ends, with every bracket closed: not at "(3d ed."?"""
    opened, closed = (sum(map(text.count, brackets)) for brackets in ("(（[", ")）]"))
    return is_finished(text) and opened <= closed


def _is_heading(line: Line) -> bool:
    found = looks_like_heading(line) and (numbered(line.stripped) or is_notes_heading(line))
    return bool(found) or is_known_heading(line.stripped)
