"""Tell which of several works a back reference means, by the author or title printed with it.

`Kei Koga, "A New Strategic Minilateralism," *Supra* note 8` and the two works of note 8
-> the first work, since Koga is its author

The family name (or the whole literal name) decides; where it leaves several, the one whose authors
are just the printed ones; then the title does, or the short form that a note set with
"hereinafter" or 以下簡稱. What none of these settles stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Resolved, Work
from corpus.names import parse_names

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_PIECES = re.compile(r"[\s、，,：:；;與与和及《》〈〉「」“”\"*（）()]+")
_TITLE = re.compile(r"[“\"《〈「『*‘]([^”\"》〉」』*’]{2,60}+)[”\"》〉」』*’]")
_HEREINAFTER = re.compile(
    r"(?:here(?:in)?after|以下[簡简][稱称]|下[稱称]|[簡简][稱称])[\s:：,，為为]*[“\"「『*《〈]*([^”\"」』*》〉)\]）\n]{2,80})",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[\W_]+")
_SHORTEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Referent:
    """One thing a note points to: a work of its own, or what its back reference resolved to.

    `start` is where it stands in the note; `resolved` and `work` are None when its own back
    reference dangles. `chain` runs from the note to the one that holds the work.
    """

    start: int
    resolved: Resolved | None
    work: Work | None
    chain: tuple[str, ...]
    short_form: str = ""


def short_form(text: str) -> str:
    """What follows "hereinafter" in a citation; "" without one."""
    match = _HEREINAFTER.search(text)
    return match.group(1).strip() if match else ""


def author_keys(csl: Mapping[str, Any]) -> Iterator[str]:
    """Family names and literal names of authors and editors, casefolded."""
    for role in ("author", "editor"):
        for name in csl.get(role, ()):
            key = name.get("family") or name.get("literal", "")
            if key and key not in {"et al.", "et al", "等"}:
                yield key.casefold()


def work_keys(csl: Mapping[str, Any]) -> Iterator[str]:
    """What a work can be looked up by: its `author_keys`, and its title after "="."""
    yield from author_keys(csl)
    yield f"={bare_title(csl.get('title', ''))}"


def lookup_keys(citation: str) -> frozenset[str]:
    """The `work_keys` that a printed citation may mean."""
    titles = {f"={bare_title(title)}" for title in (citation, *_TITLE.findall(citation))}
    return mentioned_keys(citation) | printed_authors(citation) | (titles - {"="})


def mentioned_keys(citation: str) -> frozenset[str]:
    """Every word and name of a printed citation before its title, casefolded."""
    before_title = citation[: match.start()] if (match := _TITLE.search(citation)) else citation
    folded = before_title.casefold().strip(" ,，.:：")
    pieces = [piece for piece in _PIECES.split(folded) if piece]
    return frozenset([folded, *pieces, *_WORDS.findall(folded)])


def printed_authors(citation: str) -> frozenset[str]:
    """The keys of a citation that opens with a list of names; empty for a title or prose."""
    title = _TITLE.search(citation)
    names = parse_names(citation[: title.start()] if title else citation)
    return frozenset(author_keys({"author": names or ()}))


def named_in(citation: str, csl: Mapping[str, Any]) -> bool:
    """Whether an author or editor of the work is printed in the citation, be it as the surname in 許文."""
    folded, words = citation.casefold(), mentioned_keys(citation)
    surname = folded if _HAN.fullmatch(folded) else None
    return any(
        key in words
        or ((" " in key or _HAN.search(key)) and key in folded)
        or (surname is not None and key.startswith(surname))
        for key in author_keys(csl)
    )


def titled_in(citation: str, titles: Sequence[str]) -> bool:
    """Whether the citation prints one of the titles, or a good part of one."""
    after_author = citation.partition(",")[2]
    quoted = [bare_title(title) for title in _TITLE.findall(citation) or (citation, after_author)]
    whole = bare_title(citation)
    return any(
        len(bare) >= _SHORTEST_TITLE
        and (bare in whole or any(len(q) >= _SHORTEST_TITLE and q in bare for q in quoted))
        for bare in map(bare_title, titles)
    )


def bare_title(text: str) -> str:
    """Letters and digits of a title, casefolded: what two prints of it share."""
    return _NOT_WORDS.sub("", text.casefold())


_NAMES_JOINED = re.compile(r"\s(?:and|&)\s|[、與与和及]|,\s")


def _authors(csl: Mapping[str, Any]) -> int:
    return len(csl.get("author", ()))


def choose(citation: str, referents: Sequence[Referent]) -> Referent | None:
    """The one referent that the printed citation means; None when it does not tell."""
    distinct = {r.resolved and (r.resolved.footnote_id, r.resolved.work): r for r in referents}
    if len(distinct) == 1:
        return next(iter(distinct.values()))
    if not citation:
        return None
    known = [r for r in distinct.values() if r.work is not None]
    by_author = [r for r in known if r.work and named_in(citation, r.work.csl)]
    printed = printed_authors(citation)
    alike = [r for r in by_author if r.work and frozenset(author_keys(r.work.csl)) == printed]
    count = len(_NAMES_JOINED.split(citation)) if not _TITLE.search(citation) else 1
    counted = [r for r in by_author if count > 1 and r.work and _authors(r.work.csl) == count]
    for chosen in (by_author, alike, counted):
        if len(chosen) == 1:
            return chosen[0]
    by_title = [
        r
        for r in by_author or known
        if r.work and titled_in(citation, (r.work.csl.get("title", ""), r.short_form))
    ]
    return by_title[0] if len(by_title) == 1 else None
