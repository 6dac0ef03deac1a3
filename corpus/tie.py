"""Tie marks in the body to definitions: which candidates are marks, and which note each one names.

    marks … 34, 5 at "34.5 The" and definitions 4, 5, 6 -> the 5 is note 5, "34." stays

Where numbers begin again (on each page, in each chapter) a mark belongs to the list that comes
next after it. Marks that could be something else must fall into the order of the definitions: of all
ways to read them, the one with the most and the likeliest marks in ascending order is taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import numerals
from corpus.lift import Definition
from corpus.marks import Mark, Style, find_marks, parted
from corpus.paragraphs import Element


@dataclass(frozen=True, slots=True)
class Tied:
    """A mark of the body, the definitions it names (`order` and label), and the labels that have none."""

    mark: Mark
    named: tuple[tuple[int, str], ...]
    missing: tuple[str, ...]

    @property
    def orders(self) -> tuple[int, ...]:
        """The definitions by their place in the file."""
        return tuple(order for order, _ in self.named)


@dataclass(frozen=True, slots=True)
class _Atom:
    """One label of one mark; `text` and `mark` say where it stands."""

    text: int
    mark: int
    label: str
    line: int
    weight: float


def tie(
    elements: Sequence[Element],
    definitions: Sequence[Definition],
    styles: Sequence[Style],
    inline: Mapping[int, Sequence[Mark]],
) -> list[list[Tied]]:
    """For each element the marks that are to be lifted, in order of place. `inline` holds inline notes by element."""
    texts = [element.text for element in elements]
    known = {d.label for d in definitions}
    found = [
        [
            _parted(mark, known)
            for mark in _with_inline(find_marks(element.text.text, styles), inline.get(i, ()))
        ]
        if not element.literal
        else []
        for i, element in enumerate(elements)
    ]
    if inline and "key" not in styles:
        styles = [*styles, "key"]
    named: dict[tuple[int, int, str], int] = {}
    missing: set[tuple[int, int, str]] = set()
    for style in styles:
        own = [d for d in definitions if d.style == style]
        atoms = [
            _Atom(t, m, label, texts[t].line_at(mark.span.start), mark.weight)
            for t, marks in enumerate(found)
            for m, mark in enumerate(marks)
            if mark.style == style
            for label in mark.labels
        ]
        ties = _tie_style(style, atoms, own)
        named.update({(a.text, a.mark, a.label): order for a, order in ties.items()})
        missing.update((a.text, a.mark, a.label) for a in _missing(style, atoms, ties, own))
    return [
        [t for m, mark in enumerate(marks) if (t := _tied(i, m, mark, named, missing))]
        for i, marks in enumerate(found)
    ]


def _parted(mark: Mark, known: set[str]) -> Mark:
    """⁸⁹ is 8 and 9 where no note 89 is defined."""
    if mark.style != "superscript" or len(mark.labels) != 1 or mark.labels[0] in known:
        return mark
    labels = parted(mark.labels[0])
    return replace(mark, labels=labels) if labels and known.issuperset(labels) else mark


def _with_inline(marks: Sequence[Mark], inline: Sequence[Mark]) -> list[Mark]:
    outside = [m for m in marks if not any(note.span.overlaps(m.span) for note in inline)]
    return sorted([*outside, *inline], key=lambda mark: mark.span.start)


def _tied(
    text: int,
    position: int,
    mark: Mark,
    named: dict[tuple[int, int, str], int],
    missing: set[tuple[int, int, str]],
) -> Tied | None:
    orders = tuple(
        (named[text, position, label], label)
        for label in mark.labels
        if (text, position, label) in named
    )
    lacking = tuple(label for label in mark.labels if (text, position, label) in missing)
    if not orders and not lacking:
        return None
    if mark.style in {"bracket", "glued"} and len(orders) + len(lacking) < len(mark.labels):
        return None
    return Tied(mark, orders, lacking)


def _tie_style(
    style: Style, atoms: Sequence[_Atom], definitions: Sequence[Definition]
) -> dict[_Atom, int]:
    runs = runs_of(definitions)
    lists = _Lists(runs)
    sure = style in {"key", "star", "bracket"}
    ties: dict[_Atom, int] = {}
    if not (sure and len(runs) <= 1):
        ties = _in_order(atoms, lists)
    reached = -1
    repeated: dict[_Atom, int] = {}
    for atom in atoms:
        reached = max(reached, ties.get(atom, -1))
        if atom not in ties and atom.weight >= 0.5 and (sure or style != "glued"):
            order = lists.repeated(atom, reached)
            if order is not None:
                repeated[atom] = order
    if sure:
        repeated |= _only_doubtful(atoms, lists, {*ties.values(), *repeated.values()})
    return ties | repeated


def _only_doubtful(atoms: Sequence[_Atom], lists: _Lists, named: set[int]) -> dict[_Atom, int]:
    """公式[9] names note 9 where no better mark does."""
    found: dict[_Atom, int] = {}
    for atom in atoms:
        order = lists.repeated(atom, -1) if atom.weight < 0.5 else None
        if order is not None and order not in named:
            found[atom] = order
            named.add(order)
    return found


def runs_of(definitions: Sequence[Definition]) -> list[list[Definition]]:
    """Definitions of one style in lists: a new one begins where the number returns to one.

    Keys name their notes wherever these stand, so that they make one list; signs (*, †) begin again
    where one comes again.
    """
    runs: list[list[Definition]] = []
    for definition in definitions:
        if definition.style == "star":
            again = bool(runs) and definition.label in {d.label for d in runs[-1]}
        else:
            begins = definition.style != "key" and definition.number == 1
            again = begins and bool(runs) and (definition.apart or runs[-1][-1].number > 1)
        if not runs or again:
            runs.append([])
        runs[-1].append(definition)
    return runs


_WIDEST_GROUP = 64
"""Lists that follow one another at the end of a book, one a chapter, among which a mark may choose."""


class _Lists:
    """Lists of definitions in file order; finds those a mark at a given line may name."""

    def __init__(self, runs: Sequence[Sequence[Definition]]) -> None:
        self._runs = runs
        self._ends = [run[-1].line for run in runs]
        self._by_label: list[dict[str, int]] = []
        for run in runs:
            labels: dict[str, int] = {}
            for definition in run:
                labels.setdefault(definition.label, definition.order)
            self._by_label.append(labels)
        self._groups = self._grouped()

    def _grouped(self) -> list[int]:
        """For each list the last list of its group; lists with no body between them form a group."""
        last = list(range(len(self._runs)))
        for index in range(len(self._runs) - 2, -1, -1):
            if not self._runs[index + 1][0].apart:
                last[index] = last[index + 1]
        return last

    def orders(self, atom: _Atom) -> list[int]:
        """Definitions with the mark's label: of the only list, or of the lists next after the mark."""
        if len(self._runs) == 1:
            order = self._by_label[0].get(atom.label)
            return [] if order is None else [order]
        labels = (self._by_label[i] for i in self._reach(atom))
        return [known[atom.label] for known in labels if atom.label in known]

    def numbered(self, atom: _Atom, number: int) -> bool:
        """Is the number defined in a list that a mark at that place may name, be it in other digits?"""
        runs = self._runs if len(self._runs) == 1 else [self._runs[i] for i in self._reach(atom)]
        return any(d.number == number for run in runs for d in run)

    def _reach(self, atom: _Atom) -> range:
        """The lists next after the mark."""
        first = bisect_left(self._ends, atom.line)
        if first >= len(self._runs):
            return range(0)
        return range(first, min(self._groups[first], first + _WIDEST_GROUP) + 1)

    def repeated(self, atom: _Atom, reached: int) -> int | None:
        """The definition a mark names when its number has been used before; `reached` is the last one named."""
        orders = self.orders(atom)
        if len(orders) < 2:
            return orders[0] if orders else None
        earlier = [order for order in orders if order <= reached]
        return earlier[-1] if earlier else orders[0]


def _in_order(atoms: Sequence[_Atom], lists: _Lists) -> dict[_Atom, int]:
    """The heaviest strictly ascending assignment of marks to definitions (n log n)."""
    options = [
        (index, order)
        for index, atom in enumerate(atoms)
        for order in sorted(lists.orders(atom), reverse=True)
    ]
    if not options:
        return {}
    ranks = sorted({order for _, order in options})
    tree = _PrefixBest(len(ranks))
    parents: list[int] = []
    totals: list[float] = []
    for position, (index, order) in enumerate(options):
        rank = bisect_right(ranks, order) - 1
        best, parent = tree.best(rank)
        total = best + atoms[index].weight
        parents.append(parent)
        totals.append(total)
        tree.offer(rank, total, position)
    position = max(range(len(options)), key=lambda p: totals[p])
    ties: dict[_Atom, int] = {}
    while position >= 0:
        index, order = options[position]
        ties[atoms[index]] = order
        position = parents[position]
    return ties


class _PrefixBest:
    """A Fenwick tree of the best total over ranks below a given one."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def best(self, rank: int) -> tuple[float, int]:
        found = (0.0, -1)
        while rank > 0:
            found = max(found, self._best[rank], key=lambda pair: pair[0])
            rank -= rank & -rank
        return found

    def offer(self, rank: int, total: float, position: int) -> None:
        rank += 1
        while rank < len(self._best):
            if total > self._best[rank][0]:
                self._best[rank] = (total, position)
            rank += rank & -rank


def _missing(
    style: Style, atoms: Sequence[_Atom], ties: dict[_Atom, int], definitions: Sequence[Definition]
) -> list[_Atom]:
    """Marks that name no definition but cannot be anything else: their number fits among the others."""
    if style in {"glued", "paren", "star"}:
        return []
    if style == "key":
        return [atom for atom in atoms if atom not in ties]
    lists = _Lists(runs_of(definitions))
    last = max((d.number for d in definitions), default=0)
    found: list[_Atom] = []
    for atom in atoms:
        number = numerals.label_number(atom.label)
        if atom in ties or number is None or atom.weight < 1.0 or lists.numbered(atom, number):
            continue
        if 1 <= number <= last + 3:
            found.append(atom)
    return found
