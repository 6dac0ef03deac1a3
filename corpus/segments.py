"""Cut a note into segments: one for each work, back reference or sentence.

`前者如 Kei Koga, "A; B," *Asia Policy*, 2022; 後者如 Teo, 2020.` -> `Kei Koga, ...`, `Teo, 2020.`
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus.masks import Segment
from corpus.names import SURNAMES

MAX_CITATIONS = 200
"""How many works, and how many back references, of one note are read."""
MAX_NOTE_CHARACTERS = 10_000
"""How much of a note is searched for works and back references; the rest of it is prose."""

_EN_LEAD = (
    r"(?:(?:[a-z’]{1,14}\s{1,4}){1,4}(?:is|are)(?:\s{1,4}(?:by|from|in))?(?=\s{1,4}(?-i:[A-Z“\"‘*]))"
    r"|(?:but\s{1,4})?(?:see\s{1,4})?(?:the|an?)\s{1,4}(?:account|analysis|chapter|discussion|essay|review|summary)\s{1,4}(?:by|in|of)"
    r"|(?:but\s{1,4})?see(?:,?\s{1,4}(?:also|generally|further|especially|in\s{1,4}particular))?,?(?:\s{1,4}e\.?g\.?,?)?|(?:but\s{1,4})?cf\.?|compare"
    r"|contra|accord|e\.?g\.?,?|for\s{1,4}example,|quoting|citing|and|with|also|(?:his|her|their)(?=\s[‘“\"*])|(?:data|figures|text|map|table|image)\s{1,4}from"
    r"|(?:as\s{1,4})?(?:adapted|argued|based|calculated|cited|compiled|derived|described|discussed|drawn|estimated|explained|noted"
    r"|printed|proposed|published|quoted|reported|reproduced|shown|stated|taken|translated)\s{1,4}(?:by|from|in|on)"
    r"|(?:authors?[’']s?|own)\s(?:calculations?|estimates?|compilation)\s(?:from|based\son|using)|sources?\s?:|originally\s{1,4}in)"
)
_ZH_VERB = (
    r"(?:參見|参见|參閱|参阅|參考|参考|參照|参照|詳見|详见|詳參|详参|引自|見於|见于|載於"
    r"|[見见](?![城上田野聞闻解])|[參参](?![謀谋議议與与考加政眾众照]))"
)
_ZH_VIEW = (
    r"(?:意見|意见|觀點|观点|說法|说法|看法|主張|主张|立場|立场|討論|讨论|論述|论述)(?:可|請|请)?"
)
_NO_VIEW = "[^，,。《〈「“*\\d意觀观說说看主立討讨論论]"
_ZH_LEAD = (
    rf"(?:{_NO_VIEW}{{0,20}}+(?:(?!{_ZH_VIEW})[意觀观說说看主立討讨論论]{_NO_VIEW}{{0,20}}+){{0,4}}+"
    rf"{_ZH_VIEW}(?:[參参詳详]?[見见]|[參参][閱阅])"
    r"|(?:前者|後者|后者)(?:如|[參参]?[見见]|為|为)?"
    r"|[\u4e00-\u9fff]{1,12}(?:[見见]|引自)(?=\s?[A-Z“\"*《〈])"
    r"|[\u4e00-\u9fff]{1,14}(?:[見见][於于]|引自)|氏著(?=《)"
    rf"|[\u4e00-\u9fff]{{3,14}}?[見见](?=[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:[，,：:、《〈]|前[引揭]|$))"
    r"|[\u4e00-\u9fff]{1,5}(?:[說说]|[見见]解|裁判|[實实][務务]|文[獻献])\s?[:：]"
    r"|(?:(?:相[關关]|有[關关])的?[\u4e00-\u9fff]{2})?(?:另|亦|又|並|并|可|請|请|還|还|轉|转|更){0,4}(?:可|請|请)?"
    + _ZH_VERB
    + r"|例如|比如|如(?![是何果下])|(?:資料|资料)?(?:來源|来源)\s?[:：]|出處\s?[:：]|出处\s?[:：])"
)
_LEAD_IN = re.compile(
    rf"\A[\s,，:：、—–]{{0,8}}+(?P<star>\*)?(?:{_EN_LEAD}(?![A-Za-z])|{_ZH_LEAD})(?(star)[.,]?\*)[\s,，:：]{{0,8}}+",
    re.IGNORECASE,
)
_LONGEST_LEAD_IN = 120
# Press; 2003. and 2004;12(3): hold one entry together.
_SEMICOLON = r"(?:；|;(?!\s?(?:1[5-9]|20)\d\d(?:\.|\s\[|\Z))(?!(?<=\d\d\d\d;)\s?\d{1,4}\s?[(:]))"
_BREAKS = re.compile(
    rf"(?:{_SEMICOLON}\s*)+|\n[ \t]*\n\s*"
    r"|(?<=[.>\d)）”\"])[,.]?\s+(?=\*?(?:But see|See|But cf\.|Cf\.|Compare|Accord|Id\.|Ibid\.)(?:[*,]|\s))"
    r"|(?<=[a-z])\.\s+(?=See(?:\salso)?\s[A-Z“\"*])"
    r"|(?<=[號号決决定釋释])[、及]\s*(?=[\u4e00-\u9fff]{2,24}\s?\d{2,4}\s?年)"
    r"|[,，.]\s*(?=(?:as\s+)?(?:quoted|cited)\s+in\s)"
    r"|(?<=[\d)]),?\sand\s(?=[A-Z][\w.’-]{0,20}\s[A-Z][^,;.\d]{1,40},\s[A-Z“\"‘*])"
    r"|[,:]\s(?=see(?:\salso)?\s[A-Z“\"*])|:\s(?=H[CL]\sDeb\s)"
    r"|,\s(?=(?:and|with)\s[A-Z][\w’-]{1,30}(?:\sand\s[A-Z][\w’-]{1,30})?,?\s(?:\(.{2,8}\)\s\d|\*?supra|\*?op\.\scit))"
    rf"|[，,.]\s*(?=(?:另|亦|又|並|并|轉|转)(?:可|請|请)*{_ZH_VERB})"
    r"|[，,]\s*(?=(?:參[見閱照]|参[见阅照])[\u4e00-\u9fffA-Z《〈])"
    rf"|[，,]\s*(?=[見见](?:\s?[A-Z“\"《〈]|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}[，：:、《〈]))"
    r"|(?<=[a-z\d)])\.\s+(?=[\u4e00-\u9fff])(?![^\n]{0,200}[\[［][A-Z])"
)
_COMPARE = re.compile(r"\bCompare\*?\s")
_WITH = re.compile(r",\s(?=\*?with\*?\s[A-Z\d])")
"""Compare one work, with another."""
_FULL_STOPS = re.compile(r"(?:。\s*)+")
# Entries whose fields are parted by full stops: 王守仁（2017）。篇名。 and 张三。题名[J]。
_STOPPED_FIELDS = re.compile(
    r"\A(?:[^。]{1,80}[（(]\s?(?:(?:1[5-9]|20)\d|民[國国]?\s?\d)\d[^）)。]{0,20}[）)]\s?。"
    r"|[^。]{1,80}。[^。]{1,120}[\[［][A-Z]{1,2})"
)
_BLANK = re.compile(r"[\s,，。.;；、]*")


def split_note(whole: Segment) -> tuple[Segment, ...]:
    """The segments of a masked note in order, without lead-ins (參見, See also) and outer blanks.

    A semicolon, a blank line, a Chinese full stop or a new lead-in parts two segments, unless it
    stands inside quotes, brackets, italics or an address.
    """
    breaks = list(_BREAKS.finditer(whole.closed))
    if _COMPARE.search(whole.closed):
        breaks = sorted([*breaks, *_WITH.finditer(whole.closed)], key=lambda match: match.start())
    chunks = _cut(whole, breaks)
    segments = (s for chunk in chunks for s in _cut(chunk, _stops(chunk)))
    return tuple(s for s in map(_without_lead_in, segments) if len(s))


def _stops(chunk: Segment) -> list[re.Match[str]]:
    if _STOPPED_FIELDS.match(chunk.mask):
        return []
    return list(_FULL_STOPS.finditer(chunk.closed))


def _cut(whole: Segment, breaks: list[re.Match[str]]) -> Iterator[Segment]:
    """The pieces between breaks; blank ones are left out."""
    at = 0
    for start, end in [*(match.span() for match in breaks), (len(whole), len(whole))]:
        if start > at:
            yield whole.part(at, start)
        at = end


def _without_lead_in(segment: Segment) -> Segment:
    """The segment from its first word that is no lead-in, without blanks at either end."""
    blank = _BLANK.match(segment.mask)
    start = blank.end() if blank else 0
    for _ in range(3):
        start = after_lead_in(segment.mask, start)
    end = len(segment.text.rstrip())
    return segment.part(min(start, end), end)


def after_lead_in(mask: str, at: int) -> int:
    """Where the words go on after a lead-in (See also, 參見) that begins at `at`; `at` without one."""
    lead = _LEAD_IN.match(mask[at : at + _LONGEST_LEAD_IN])
    return at + lead.end() if lead else at


def segment_at(segments: tuple[Segment, ...], offset: int) -> Segment | None:
    """The segment that holds `offset` of the note, None between segments."""
    position = bisect_right(segments, offset, key=lambda s: s.start) - 1
    if position < 0 or offset >= segments[position].start + len(segments[position]):
        return None
    return segments[position]
