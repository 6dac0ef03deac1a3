"""Printed numerals -> integers: "²⁸" -> 28, "⑫" -> 12, "二十三" and "二三" -> 23, "參" -> 3, "XIV" -> 14, "乙" -> 2.

Every function gives None for what is not a numeral of its kind.
"""

from __future__ import annotations

import re

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
PARENTHESISED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
NEGATIVE_CIRCLED = "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴"
DINGBAT_CIRCLED = "➀➁➂➃➄➅➆➇➈➉"
CIRCLED_NUMBERS = {
    character: number
    for series in (CIRCLED, PARENTHESISED, NEGATIVE_CIRCLED, DINGBAT_CIRCLED)
    for number, character in enumerate(series, start=1)
}
HAN_DIGITS = "一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
_HAN_VALUES = {character: number for number, character in enumerate(HAN_DIGITS, start=1)}
_HAN_POSITIONS = {**{c: str(n) for c, n in _HAN_VALUES.items()}, "〇": "0", "○": "0", "零": "0"}
_BY_POSITION = str.maketrans(_HAN_POSITIONS)
_FORMAL = str.maketrans("壹贰貳叁參参肆伍陆陸柒捌玖拾零", "一二二三三三四五六六七八九十〇")
_FULL_WIDTH_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def arabic(text: str) -> int | None:
    """ASCII or full-width digits: "12" -> 12, "１２" -> 12."""
    return int(text) if text.isdecimal() else None


def superscript(text: str) -> int | None:
    """Superscript digits: "²⁸" -> 28."""
    digits = [SUPERSCRIPTS.find(character) for character in text]
    if not digits or min(digits) < 0:
        return None
    return int("".join(map(str, digits)))


def han(text: str) -> int | None:
    """Chinese numerals below a thousand, plain or formal: "二十三" -> 23, "拾壹" -> 11, "百零五" -> 105, "一○" -> 10."""
    if 1 < len(text) < 5 and set(text) <= _HAN_POSITIONS.keys():
        return int(text.translate(_BY_POSITION)) or None
    plain = text.translate(_FORMAL).replace("〇", "").replace("○", "")
    if not plain or any(c not in _HAN_VALUES and c not in "十百廿" for c in plain):
        return None
    total, pending = 0, 0
    for character in plain.replace("廿", "二十"):
        if character == "百":
            total, pending = total + (pending or 1) * 100, 0
        elif character == "十":
            total, pending = total + (pending or 1) * 10, 0
        elif pending:
            return None
        else:
            pending = _HAN_VALUES[character]
    return total + pending


def roman(text: str) -> int | None:
    """Capital Roman numerals below 400, or one full-width Roman numeral: "XIV" -> 14, "Ⅳ" -> 4."""
    if len(text) == 1 and text in _FULL_WIDTH_ROMAN:
        return _FULL_WIDTH_ROMAN.index(text) + 1
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[character] for character in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def letter(text: str) -> int | None:
    """ "A" -> 1."""
    return ord(text) - ord("A") + 1 if len(text) == 1 and "A" <= text <= "Z" else None


def stem(text: str) -> int | None:
    """Heavenly stems: "甲" -> 1."""
    return STEMS.index(text) + 1 if len(text) == 1 and text in STEMS else None


def small_roman(text: str) -> int | None:
    """Numbers of Word's endnotes: "iv" -> 4."""
    return roman(text.upper()) if text and not set(text) - set("ivxl") else None


def note_number(label: str) -> int | None:
    """The number a note label stands for, in whatever script it is printed."""
    if label in CIRCLED_NUMBERS:
        return CIRCLED_NUMBERS[label]
    return arabic(label) or superscript(label) or han(label)


def label_number(label: str) -> int | None:
    """As `note_number`, with the small Roman numerals of endnotes: "iv" -> 4. A key of Markdown is no numeral."""
    return note_number(label) or small_roman(label)
