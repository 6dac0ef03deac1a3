"""Short forms written out, so that 美日韓 meets South Korea, August meets 8 月 and six meets 六.

    spell_out("美日菲 2024 年 8 月")  -> "美日菲2024年8月 美国日本菲律宾"

The result serves matching only; it keeps the text (without the blanks that typesetters put between
Han characters and figures) and adds the long forms behind it.
"""

from __future__ import annotations

import re

from index.segment import HAN, fold, stem, terms

COUNTRIES = {
    "美": "美国", "中": "中国", "日": "日本", "韩": "韩国", "印": "印度", "澳": "澳洲", "英": "英国", "法": "法国",
    "俄": "俄罗斯", "德": "德国", "菲": "菲律宾", "越": "越南", "加": "加拿大", "台": "台湾", "欧": "欧洲", "朝": "北韩",
}  # fmt: skip
"""One-character names of countries as Chinese strings them together (folded)."""

MONTHS = (
    "january february march april may june july august september october november december"
).split()
NUMERALS = dict(
    zip(
        "one two three four five six seven eight nine ten".split(),
        "一二三四五六七八九十",
        strict=True,
    )
)

_BLANK = re.compile(rf"(?<=[{HAN}0-9、，。]) +(?=[{HAN}0-9])")
_STRUNG = re.compile(
    rf"[{''.join(COUNTRIES)}](?:[、与和—/-]?[{''.join(COUNTRIES)}])+(?![洲本度国])|[{''.join(COUNTRIES)}](?=[方军])"
)


def spell_out(folded: str) -> str:
    """A folded text without typesetters' blanks, followed by the countries its short forms name."""
    compact = _BLANK.sub("", folded)
    named = dict.fromkeys(
        COUNTRIES[c] for run in _STRUNG.finditer(compact) for c in run.group() if c in COUNTRIES
    )
    return f"{compact} {' '.join(named)}" if named else compact


def short_forms(word: str) -> tuple[str, ...]:
    """Chinese forms of the stem of an English month or number word: `august` -> 8月, 八月; `six` -> 六, 6."""
    months = [stem(month) for month in MONTHS]
    if word in months:
        return (f"{months.index(word) + 1}月",)
    if word in NUMERALS:
        return (NUMERALS[word], str("一二三四五六七八九十".index(NUMERALS[word]) + 1))
    return ()


def index_terms(text: str) -> list[str]:
    """The terms of a text with its short forms written out; what chunks are indexed under."""
    return terms(spell_out(fold(text)))
