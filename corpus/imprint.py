"""Read the bracket after a title: place, publisher, date; or only some of them.

`Abingdon: Routledge, 2020` -> `{publisher-place: Abingdon, publisher: Routledge, issued: 2020}`
`國立臺灣大學政治學系碩士論文，2015 年` -> `{publisher: 國立臺灣大學政治學系, genre: 碩士論文, ...}`
"""

from __future__ import annotations

import re
from typing import Any

from corpus.dates import CslDate, accessed_at, date_at

Fields = dict[str, Any]
"""CSL variables by name."""

HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_PROSE = re.compile(r"[的了是將将被該该稱称]|認為|认为|指出|表示|主張|主张|使用|本文")
_MAX_HAN_NAME = 30
_MAX_NAME = 100
_PLACE = re.compile(r"\A(?P<place>[^:：]{1,60})[:：](?P<publisher>[^:：]{1,120})")
_ISSUE = re.compile(r"\A\d{1,4}(?:[-–/]\d{1,4})?")
_DOCUMENT_NUMBER = re.compile(
    r"\A(?:[A-Z]{2,8}(?:/[A-Z]{1,4})?\s?\d{1,6}(?:[.—–-]\d{1,6}){1,3}|[\u4e00-\u9fff]{1,10}[〔\[［（(]\d{4}[〕\]］）)]\s?第?\d{1,5}\s?[号號])"
)
"""GB/T 35796-2017 of a standard, 国办发〔2019〕5 号 of a circular."""
_DEGREE = r"(?:Ph\.?\s?D\.?|[Dd]octoral|[Mm]aster[’']?s?|M\.?A\.?)"
_THESIS = re.compile(rf"\A(?P<genre>{_DEGREE}\s(?:diss(?:ertation)?\.?|thesis)),\s?")
_ZH_THESIS = re.compile(r"\A(?P<publisher>.{2,40}?)(?P<genre>[碩硕博]士(?:學位|学位)?[論论]文)")
_EDITION = re.compile(r"\A(?P<edition>\d{1,2}(?:st|nd|rd|th)|rev\.)\sedn?\.?,?\s?")
_DATE_START = re.compile(r"(?<![\w/.\-])[\dA-Z民]|(?<=[\u4e00-\u9fff，：、])\d")
_LONGEST_DATE = 60


def read_imprint(printed: str) -> Fields:
    """The fields that the inside of a bracket states; {} when it holds something else."""
    text = printed.strip()
    if _DOCUMENT_NUMBER.fullmatch(text):
        return {"number": text}
    if _ISSUE.fullmatch(text) and date_at(text) is None:
        return {"issue": text}
    accessed = accessed_at(text)
    if accessed is not None:
        return {"accessed": accessed[0]}
    dated = _date_at_end(text)
    if dated is None:
        fields = read_publisher(text)
        return fields if "publisher-place" in fields else {}
    return {"issued": dated[1], **_thesis_or_publisher(text[: dated[0]].strip(" ,，、：:"))}


def _date_at_end(text: str) -> tuple[int, CslDate] | None:
    """Where the date begins that ends `text`, and the date."""
    for match in _DATE_START.finditer(text, max(len(text) - _LONGEST_DATE, 0)):
        date = date_at(text, match.start())
        if date is not None and not text[date[1] :].strip(" ."):
            return match.start(), date[0]
    return None


def _thesis_or_publisher(printed: str) -> Fields:
    thesis = _ZH_THESIS.fullmatch(printed)
    if thesis is not None:
        return dict(thesis.groupdict())
    fields: Fields = {}
    for pattern in (_THESIS, _EDITION):
        match = pattern.match(printed)
        if match is not None:
            fields |= match.groupdict()
            printed = printed[match.end() :]
    return fields | read_publisher(printed)


def read_publisher(printed: str) -> Fields:
    """`Abingdon: Routledge` -> place and publisher; `Routledge` -> publisher; {} for a clause."""
    place = _PLACE.fullmatch(printed)
    if place is not None and is_name(place["place"].strip()) and place["publisher"].strip():
        return {
            "publisher-place": place["place"].strip(),
            "publisher": place["publisher"].strip(),
        }
    return {"publisher": printed} if place is None and is_name(printed) else {}


def is_name(printed: str) -> bool:
    """Whether the words can name a place, a publisher or a periodical, and are no clause."""
    if HAN.search(printed):
        return len(printed) <= _MAX_HAN_NAME and not _HAN_PROSE.search(printed)
    return printed[:1].isupper() and len(printed) <= _MAX_NAME
