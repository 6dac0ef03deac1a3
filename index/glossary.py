"""Equivalent terms: what the texts themselves say, and an editable list.

A publication teaches its own vocabulary: 「四方安全對話」（Quadrilateral Security Dialogue, Quad）
says that three names mean one thing. `extract(text)` gives such groups, folded for matching:
`("四方安全对话", "quadrilateral security dialogue", "quad")`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.decode import ReadError
from index.segment import HAN, fold, has_han, words

Group = tuple[str, ...]

_OPEN, _CLOSE = "（(", "）)"
_BRACKETED = re.compile(
    rf"(?P<close>[」』》〉”’]?)[{_OPEN}](?P<inner>[^{_OPEN}{_CLOSE}]{{2,120}})[{_CLOSE}]"
)
_QUOTED_BEFORE = re.compile(r"[「『《〈“‘]([^「『《〈“‘」』》〉”’]{2,40})$")
_HAN_BEFORE = re.compile(rf"[{HAN}]{{2,24}}$")
_LATIN_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:[A-Za-z][\w'’-]{0,40}+[ \t]{1,4}+){1,7}[A-Za-z][\w'’-]{0,40}+[ \t]{0,4}+$"
)
_LATIN_NAME = re.compile(r"[A-Za-z][\w .,'’&/–-]*")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z&-]{0,9}[A-Z0-9]")
_PERSON = re.compile(r"\A[A-Z][\w.’'-]+ [A-Z][\w’'-]+")
_BOUNDARY = frozenset("的与和及或在以之为是将对向由于从而并也即如称等其有自因")
_LONGEST_TERM = 12


def extract(text: str) -> list[Group]:
    """Groups of equivalent names that `text` itself gives, folded, in reading order."""
    folded_text = fold(text)
    groups: list[Group] = []
    for bracket in _BRACKETED.finditer(text):
        names = _latin_names(bracket["inner"])
        if not names:
            continue
        before = text[max(bracket.start() - 60, 0) : bracket.start()]
        heads = _head_terms(before, bracket["close"], folded_text, names)
        if not bracket["close"] and len(names) == 1 and _PERSON.fullmatch(names[0]):
            names.append(names[0].split()[-1])
        group = tuple(dict.fromkeys(fold(n) for n in [*heads, *names]))
        if len(group) > 1:
            groups.append(group)
    return groups


def load(path: Path) -> list[Group]:
    """Groups from an editable TOML file: `groups = [["川普", "特朗普", "Trump"], ...]`.

    ReadError when the file does not have that shape.
    """
    if not path.exists():
        return []
    with path.open("rb") as file:
        try:
            groups = tomllib.load(file).get("groups", [])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ReadError(f"{path.name}: not valid TOML ({error}); mend the file") from error
    if not isinstance(groups, list) or not all(
        isinstance(g, list) and all(isinstance(n, str) for n in g) for g in groups
    ):
        raise ReadError(f'{path.name}: write groups = [["川普", "特朗普", "Trump"], ...]')
    return [tuple(fold(name) for name in group) for group in groups]


def equivalents(groups: Iterable[Group]) -> dict[str, tuple[str, ...]]:
    """Each name to the other names of every group it stands in; groups are not chained."""
    table: dict[str, dict[str, None]] = {}
    for group in groups:
        for name in group:
            table.setdefault(name, {}).update({other: None for other in group if other != name})
    return {name: tuple(others) for name, others in table.items()}


def _latin_names(inner: str) -> list[str]:
    inner = inner.strip().strip("*").replace("*", "")
    if has_han(inner) or not _LATIN_NAME.fullmatch(inner):
        return []
    parts = [p.strip() for p in inner.split(",") if p.strip()]
    if len(parts) == 1 or (len(parts) == 2 and _ABBREVIATION.fullmatch(parts[1])):
        return parts
    if len(parts) == 2 and parts[1].isalpha() and len(parts[0].split()) > 1:
        return parts
    return [inner]


def _head_terms(before: str, close: str, folded_text: str, names: list[str]) -> list[str]:
    if close:
        quoted = _QUOTED_BEFORE.search(before)
        return [quoted.group(1)] if quoted else []
    if run := _HAN_BEFORE.search(before):
        return _bounded(fold(run.group()), folded_text, names[0])
    if (run := _LATIN_BEFORE.search(before)) and _ABBREVIATION.fullmatch(names[0]):
        return _spelled_out(run.group().split(), names[0])
    return []


def _bounded(run: str, folded_text: str, latin: str) -> list[str]:
    """Where an unquoted Chinese term begins: as many words as the Latin name has, or the longest
    tail of `run` that the text uses elsewhere, whichever is longer. A transliterated name
    (a word in characters that stand alone, 莫迪) is given bare as well."""
    tails = list(_tails(run))
    if not tails:
        return []
    count = len(re.findall(r"[A-Za-z0-9]+", re.sub(r"\b(?:the|of|and|to|for)\b", "", latin)))
    head = tails[min(max(count, 1), len(tails)) - 1]
    used = [t for t in tails if len(t) <= _LONGEST_TERM and folded_text.count(t) > 1]
    heads = [max([head, *used], key=len)]
    if len(tails[0]) > 1 and _single_characters(tails[0]) and tails[0] not in heads:
        heads.append(tails[0])
    return [h for h in heads if len(h) > 1]


def _tails(run: str) -> Iterator[str]:
    """Growing tails of `run` at word boundaries, up to the nearest function word; neighbouring
    single characters count as one word, for that is how jieba leaves a name it does not know."""
    units: list[str] = []
    for word in words(run):
        if word in _BOUNDARY:
            units.clear()
        elif units and len(word) == 1 and _single_characters(units[-1]) and len(units[-1]) < 4:
            units[-1] += word
        else:
            units.append(word)
    tail = ""
    for unit in reversed(units):
        tail = unit + tail
        yield tail


def _single_characters(unit: str) -> bool:
    return len(words(unit)) == len(unit)


def _spelled_out(before: list[str], abbreviation: str) -> list[str]:
    """The words before `(ABBR)` whose initials spell it: `service-level agreement (SLA)`."""
    letters = [c.lower() for c in abbreviation if c.isupper()]
    for start in range(len(before) - 1, -1, -1):
        initials = [p[0].lower() for word in before[start:] for p in word.split("-") if p]
        if initials == letters:
            return [" ".join(before[start:])]
    return []
