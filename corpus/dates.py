"""Read a printed date into CSL `issued`.

`July-August 2025` -> `{"date-parts": [[2025, 7], [2025, 8]]}`
`民國 86 年 9 月 12 日` -> `{"date-parts": [[1997, 9, 12]]}`
"""

from __future__ import annotations

import re
from typing import Any

from corpus.numerals import han

CslDate = dict[str, Any]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_HAN_NUMBER = "[〇○零一二三四五六七八九十百]"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s?[-–—/~～至]\s?"
_FIRST_YEAR_OF_THE_REPUBLIC = 1912
_DIGITS = re.compile(r"\d{1,4}")

# Each pattern names its parts: y year, m month, d day; m2 and d2 end a range.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<m>{_MONTH})\s(?P<d>{_DAY})(?:{_TO}(?:(?P<m2>{_MONTH})\s)?(?P<d2>{_DAY}))?,?\s(?P<y>{_YEAR})",
        rf"(?P<d>{_DAY})\s(?P<m>{_MONTH}),?\s(?P<y>{_YEAR})",
        rf"(?P<m>{_MONTH})(?:{_TO}(?P<m2>{_MONTH}))?,?\s(?P<y>{_YEAR})",
        rf"(?P<season>Spring|Summer|Fall|Autumn|Winter),?\s(?P<y>{_YEAR})",
        r"(?P<roc>民國|民国)\s?(?P<y>\d{1,3})\s?年(?:\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?[日號号])?)?",
        r"(?P<roc>民(?:國|国)?)\s?(?P<y>\d{2,3})(?=\s?[)）])",
        rf"(?P<roc>民國|民国)\s?(?P<y>{_HAN_NUMBER}{{1,5}})\s?年(?:(?P<m>{_HAN_NUMBER}{{1,3}})月(?:(?P<d>{_HAN_NUMBER}{{1,3}})[日號号])?)?",
        rf"(?P<y>[一二][〇○零一二三四五六七八九]{{3}})年(?:(?P<m>{_HAN_NUMBER}{{1,3}})月(?:(?P<d>{_HAN_NUMBER}{{1,3}})[日號号])?)?",
        r"(?P<roc>)(?P<y>1[01]\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?",
        rf"(?P<y>{_YEAR})\s?年\s?(?P<m>\d{{1,2}})\s?月?{_TO}(?P<m2>\d{{1,2}})\s?月",
        rf"(?P<y>{_YEAR})\s?年(?:\s?(?P<m>\d{{1,2}})\s?月(?:\s?(?P<d>\d{{1,2}})\s?[日號号])?|版)?",
        rf"(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d)",
        rf"(?P<d>[0-3]?\d)\.\s?(?P<m>0?[1-9]|1[0-2])\.\s?(?P<y>{_YEAR})",
        rf"(?P<y>{_YEAR})[-/.](?P<m>0\d|1[0-2])(?![\d\-])",
        rf"(?P<y>{_YEAR})[/.](?P<m>[1-9])(?![\d])",
        rf"(?P<y>{_YEAR}),?\s(?P<m>{_MONTH})(?:\s(?P<d>{_DAY})(?!\s?[(\d]))?",
        rf"(?P<y>{_YEAR})(?:[a-z](?![a-z]))?(?!\s?[-–—~～/]\s?\d)",
    )
)
ERAS = r"(?:[順顺]治|康熙|雍正|乾隆|嘉[慶庆]|道光|咸[豐丰]|同治|光[緒绪]|宣[統统]|明治|大正|昭和|洪武|永[樂乐]|嘉靖|[萬万][曆历]|崇[禎祯])"
_ERA = re.compile(
    ERAS
    + rf"(?:\s?\d{{1,2}}\s?|{_HAN_NUMBER}{{1,3}}|元)年(?:(?:[閏闰]?{_HAN_NUMBER}{{1,2}}|正|\s?\d{{1,2}}\s?)月)?(?:(?:初?{_HAN_NUMBER}{{1,3}}|\s?\d{{1,2}}\s?)日)?"
    r"(?:[\u4e00-\u9fff]{0,4}[刊刻抄鈔钞印稿]本)?"
)
"""A year of an emperor, whose months are the moon's: kept as printed."""
_ACCESS_WORD = (
    r"(?:last\s)?(?:accessed|visited|retrieved|viewed)(?:\son)?"
    r"|最[後后]?(?:瀏覽|浏览|檢索|检索|訪問|访问|查閱|查阅|造訪)(?:日期|日|時間|时间)?"
    r"|(?:瀏覽|浏览|檢索|检索|訪問|访问|查閱|查阅|造訪|下載|下载|引用|上網|上网)(?:日期|日|時間|时间)"
)
_ACCESSED = re.compile(rf"(?:{_ACCESS_WORD})\s?[:：]?\s?(?=[\dA-Z民])", re.IGNORECASE)


def date_at(text: str, at: int = 0) -> tuple[CslDate, int] | None:
    """The date that begins at `at` and the offset after it; None where no date begins."""
    printed = text[at : at + _LONGEST].translate(_AS_ASCII)
    for pattern in _PATTERNS:
        match = pattern.match(printed)
        if match is not None:
            return _csl_date(match.groupdict()), at + match.end()
    era = _ERA.match(printed)
    return ({"literal": text[at : at + era.end()]}, at + era.end()) if era else None


_LONGEST = 80
_AS_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


def accessed_at(text: str, at: int = 0) -> tuple[CslDate, int] | None:
    """The date of access that begins at `at` (accessed June 1, 2020; 瀏覽日期：2020/6/1)."""
    match = _ACCESSED.match(text, at)
    return date_at(text, match.end()) if match else None


def _csl_date(parts: dict[str, str | None]) -> CslDate:
    year = _integer(parts["y"] or "")
    if parts.get("roc") is not None:
        year += _FIRST_YEAR_OF_THE_REPUBLIC - 1
    month, day = _month(parts.get("m")), _number(parts.get("d"), 31)
    first = [year, month, day] if month and day else [year, month] if month else [year]
    dates: list[list[int | None]] = [list(first)]
    last_month, last_day = _month(parts.get("m2")), _number(parts.get("d2"), 31)
    if month and last_day:
        dates.append([year, last_month or month, last_day])
    elif month and last_month:
        dates.append([year, last_month])
    issued: CslDate = {"date-parts": dates}
    if parts.get("season"):
        issued["season"] = parts["season"]
    return issued


def _integer(printed: str) -> int:
    """ "9", "1st", "十二" and, digit by digit, "一○五"."""
    one_by_one = "十" not in printed and "百" not in printed
    digits = _DIGITS.match(printed.translate(_AS_DIGITS) if one_by_one else printed)
    return int(digits.group()) if digits else han(printed.replace("零", "")) or 0


_AS_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def _month(printed: str | None) -> int | None:
    if printed is None or not printed.isascii() or printed.isdecimal():
        return _number(printed, 12)
    return _MONTHS.index(printed[:3].casefold()) + 1


def _number(printed: str | None, most: int) -> int | None:
    number = _integer(printed or "")
    return number if 1 <= number <= most else None
