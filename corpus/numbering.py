"""The number a line opens with, where it is one that headings use.

"參、印太地區…" -> formal 3      "（一）資料" -> han-paren 1      "1.1 背景" -> decimal 1      "Chapter Two" -> chapter-chapter 2
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus import numerals
from corpus.clean import HAN

_HAN_NUMBER = "[一二三四五六七八九十百〇]{1,4}"
_FORMAL_NUMBER = "[壹贰貳叁參参肆伍陸陆柒捌玖拾]{1,3}"
_Numbering = tuple[str, re.Pattern[str], Callable[[str], int | None]]
_NUMBERINGS: tuple[_Numbering, ...] = (
    (
        "formal",
        re.compile(f"({_FORMAL_NUMBER})(?:\\s?[、．.：:]\\s?|\\s{{1,4}})(?=\\S)"),
        numerals.han,
    ),
    ("han", re.compile(f"({_HAN_NUMBER})(?:\\s?[、．.]\\s?|\\s{{1,4}})(?=\\S)"), numerals.han),
    (
        "han-paren",
        re.compile(f"([（(]\\s?{_HAN_NUMBER}\\s?[）)])[、．.]?\\s?(?=\\S)"),
        lambda s: numerals.han(s[1:-1].strip()),
    ),
    (
        "decimal",
        re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\.?(?:\s{1,4}|(?=[" + HAN + r"「《]))(?=\S)"),
        lambda s: int(s.rsplit(".", 1)[1]),
    ),
    ("arabic", re.compile(r"(\d{1,2})(?:\s?[.．、]\s{0,4}(?!\d)|\s{1,4})(?=\S)"), numerals.arabic),
    (
        "arabic-paren",
        re.compile(r"([（(]\s?\d{1,2}\s?[）)])[、．.]?\s{0,2}(?=\S)"),
        lambda s: numerals.arabic(s[1:-1].strip()),
    ),
    ("stem", re.compile(f"([{numerals.STEMS}])[、．.]\\s?(?=\\S)"), numerals.stem),
    ("roman", re.compile(r"([IVXL]{1,6}|[Ⅰ-Ⅻ])(?:[.．、]\s{0,4}|\s{2,4})(?=\S)"), numerals.roman),
    ("letter", re.compile(r"([A-Z])[.．、]\s{1,4}(?=\S)"), numerals.letter),
    (
        "letter-paren",
        re.compile(r"(\([a-z]\))\s{1,4}(?=[A-Z“])"),
        lambda s: numerals.letter(s[1].upper()),
    ),
    (
        "small-letter",
        re.compile(r"([a-z])[.)]\s{1,4}(?=[A-Z“])"),
        lambda s: numerals.letter(s.upper()),
    ),
)
_CHAPTER = re.compile(
    rf"(第\s?(?:\d{{1,3}}|{_HAN_NUMBER}|{_FORMAL_NUMBER})\s?([編编篇部章節节])分?)(?:\s?[、：:．.]\s?|\s{{1,4}}|$)"
)
_ENGLISH_CHAPTER = re.compile(
    r"((Chapter|Part|Section|CHAPTER|PART|SECTION)\s{1,3}(\d{1,3}|[IVXL]{1,6}|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN))(?:\s?[.:—–-]\s{0,4}|\s{1,4}|$)"
)
_ALONE = re.compile(r"([IVXL]{1,6})\.\Z")
"""II. alone on its line, where sections have no titles."""
_SPELLED = {
    w: n for n, w in enumerate("One Two Three Four Five Six Seven Eight Nine Ten".split(), start=1)
}
_NOT_NUMBER = re.compile(r"[第分\s編编篇部章節节]")
_DIGITS = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Numbered:
    """`kind` names the series, `depth` the parts of a decimal; `title` is what follows."""

    kind: str
    label: str
    number: int
    title: str
    depth: int = 1


def numbered(text: str) -> Numbered | None:
    """The number a line opens with, if it is one that headings use."""
    match = _CHAPTER.match(text)
    if match:
        number = numerals.han(_NOT_NUMBER.sub("", match[1])) or _digits(match[1])
        return Numbered(
            "chapter-" + match[2], match[1], number or 0, text[match.end() :].strip() or match[1]
        )
    match = _ENGLISH_CHAPTER.match(text)
    if match:
        number = (
            numerals.arabic(match[3])
            or numerals.roman(match[3])
            or _SPELLED.get(match[3].capitalize(), 0)
        )
        return Numbered(
            "chapter-" + match[2].lower(), match[1], number, text[match.end() :].strip() or match[1]
        )
    for kind, pattern, value in _NUMBERINGS:
        match = pattern.match(text)
        number = value(match[1]) if match else None
        if match and number is not None:
            depth = match[1].count(".") + 1 if kind == "decimal" else 1
            label = "".join(match[1].split())
            return Numbered(kind, label, number, text[match.end() :].strip(), depth)
    match = _ALONE.match(text)
    number = numerals.roman(match[1]) if match else None
    return Numbered("roman", match[1], number, match[1]) if match and number else None


def _digits(text: str) -> int | None:
    match = _DIGITS.search(text)
    return int(match[0]) if match else None
