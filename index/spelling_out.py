"""Short forms written out, so that 美日韓 meets South Korea, August meets 8 月 and six meets 六.

    spell_out("美日菲 2024 年 8 月")  -> "美日菲2024年8月 美国日本菲律宾"

The result serves matching only; it keeps the text (without the blanks that typesetters put between
Han characters and figures) and adds the long forms behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from index.segment import HAN, fold, is_word, stem, terms, word_ends

COUNTRIES = {
    "美": "美国", "中": "中国", "日": "日本", "韩": "韩国", "印": "印度", "澳": "澳洲", "英": "英国", "法": "法国",
    "俄": "俄罗斯", "德": "德国", "菲": "菲律宾", "越": "越南", "加": "加拿大", "台": "台湾", "欧": "欧洲", "朝": "北韩",
}  # fmt: skip
"""One-character names of countries as Chinese strings them together (folded)."""

MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH_NUMERALS = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
NUMERALS = dict(
    zip(
        "one two three four five six seven eight nine ten".split(),
        "一二三四五六七八九十",
        strict=True,
    )
)

_BLANK = re.compile(rf"(?<=[{HAN}0-9、，。]) +(?=[{HAN}0-9])")
_NAMES = "".join(COUNTRIES)
_STRUNG = re.compile(
    rf"(?!台中|朝日新|朝日电)[{_NAMES}](?:[、与和—/-]?[{_NAMES}])+(?![洲本度国])|[{_NAMES}](?=[方军])"
)
"""Not Taichung and the Asahi papers, whose names are made of the same characters."""


def spell_out(folded: str) -> str:
    """A folded text without typesetters' blanks, followed by the countries its short forms name."""
    compact = _BLANK.sub("", folded)
    named = dict.fromkeys(COUNTRIES[c] for run in _strung(compact) for c in run if c in COUNTRIES)
    return f"{compact} {' '.join(named)}" if named else compact


def _strung(compact: str) -> Iterator[str]:
    """Strings of countries, and a country before 方 or 军, that are words: 美日 in 近日美日会谈, but neither 法中 in
    宪法中规定 nor 日日."""
    found = _STRUNG.search(compact)
    ends = [0, *word_ends(compact)] if found else []
    edges = set(ends)
    while found:
        start, end = found.span()
        rest = compact[end : ends[bisect_left(ends, end)]]
        is_string = start in edges and (
            rest in ("", "方", "军") or (len(rest) > 1 and is_word(rest))
        )
        if is_string and not (end - start > 1 and len(set(found.group())) == 1):
            yield found.group()
        else:
            end = start + 1
        found = _STRUNG.search(compact, end)


def short_forms(word: str) -> tuple[str, ...]:
    """Chinese forms of the stem of an English month or number word: `august` -> 8月, 八月; `six` -> 六, 6."""
    months = [stem(month) for month in MONTHS]
    if word in months:
        number = months.index(word)
        return (f"{number + 1}月", f"{_MONTH_NUMERALS[number]}月")
    if word in NUMERALS:
        return (NUMERALS[word], str("一二三四五六七八九十".index(NUMERALS[word]) + 1))
    return ()


def index_terms(text: str) -> list[str]:
    """The terms of a text with its short forms written out; what chunks are indexed under."""
    return terms(spell_out(fold(text)))
