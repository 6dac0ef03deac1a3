"""Read notes that cite primary sources: interviews, letters, archives, judgments, instruments.

`訪談 L7，2022 年 6 月 14 日` -> `{type: interview, title: 訪談 L7, issued: 2022-06-14}`
`Maud Ferrier, Papers, box 2, Strand Archive` -> `{type: manuscript, archive_location: box 2, ...}`
`石矶镇人民法院，（2021）石民初字第88号` -> `{type: legal_case, authority: 石矶镇人民法院, ...}`
`Calder Harbour Compact, signed March 14, 2009` -> `{type: treaty, title: Calder ..., ...}`
"""

from __future__ import annotations

import re
from typing import Any

from corpus.dates import CslDate, date_at
from corpus.details import Fields, read_details
from corpus.masks import Segment
from corpus.names import is_institution, parse_names

Parsed = tuple[dict[str, Any], int, int]

_INTERVIEW = re.compile(
    r"\A(?:(?:the\s)?author[’']?s?\s)?(?:(?:telephone|phone|personal|e-?mail|online|confidential)\s)?"
    r"(?:interviews?|personal\scommunication|conversation|correspondence)\b",
    re.IGNORECASE,
)
_NAMED_INTERVIEW = re.compile(
    r"\A[A-Z][^,;:“\"]{2,60},\s(?:[a-z-]{2,12}\s)?(?:interview(?:ed)?|personal\scommunication|conversation|e-?mail|correspondence)\b(?=[\s,])"
)
_ZH_INTERVIEW = re.compile(
    r"\A[^，,。；：:《〈「『“\d]{0,14}?(?:訪談|访谈|專訪|专访|訪問|访问|受訪者|受访者|採訪|采访)[^，,。；：（(]{0,30}"
    r"[，,（(]\s?(?:[^，,。；\d]{1,12}[，,]\s?)?(?=[\d民一二])"
)
_LETTER = re.compile(
    r"\A(?P<author>[^,]{3,80}),\s(?P<title>(?:letter|e-?mail|circular|memorandum|telegram|cable|dispatch)\s"
    r"(?:to|from)\s[^,]{2,80}|(?:diary|journal|notebook|testimony|speech|lecture|remarks)(?:\sentry)?),\s"
)
_ZH_LETTER = re.compile(
    r"\A[^，,、。；：:《〈「『“\d]{1,20}?[致覆复](?P<to>[^，,、。；：:《〈「『“\d]{1,20}?)(?P<form>[函電电信書书]|電報|电报)?[，,（(]\s?(?=[\d民光宣同咸道嘉乾])"
)
_LETTER_FROM = re.compile(
    r"\A(?P<title>(?:Letter|E-?mail|Memorandum|Telegram)\sfrom\s(?P<author>[A-Z][^(;]{2,100}?)(?:,\s[^(;]{2,80}?)?\s?to\s[^(;]{2,120}?),?\s\((?=[A-Z\d])"
)
_SHELF = r"(?:box|folder|file|reel|series|fonds|carton|record\sgroup|RG)\s[\w.\-/]+"
_ARCHIVE = re.compile(
    rf"\A(?P<author>[^,]{{3,80}}),\s(?P<title>[A-Z][^,]{{2,120}}),\s(?P<shelf>{_SHELF}(?:,\s{_SHELF}){{0,5}})"
    r"(?:,\s(?P<archive>[A-Z][^,.;]{3,80}))?",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\A(?P<title>[A-Z][^;]{2,120}?)(?:,\s(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\.?(?:\s\d{1,2},)?\s\d{4}|,\s\d{4})?"
    r"(?:,\s(?P<archive>[A-Z][^,;\d]{1,60}))?,\s"
    r"(?P<shelf>(?:box|Box|folder|Folder|FO|CO|CAB|WO|ADM|PREM|DO|HO|BT|MT|RG|Add\.?\sMSS?|MSS?\.?)\s?\d[\w/.\-]{0,20}(?:,\sff?\.\s?\d[\w\-–]{0,8})?)"
    r"(?=[\s.,;)]|$)"
)
_ZH_ARCHIVE = re.compile(
    r"\A(?:[現现]?藏(?:[於于])?)?(?P<archive>[^，,。；：:《〈「“\d見见]{2,24}(?:[檔档]案[館馆局]|[國国]史[館馆]|[圖图][書书][館馆]|博物[館馆]))藏?[，,]\s?"
    r"(?P<shelf>(?:(?:全宗|目[錄录]|案卷|卷宗|卷|件|典藏|[館馆]藏|[檔档]案|[檔档])[号號]?\s?[:：]?\s?[\w/.-]{1,30}[，,]?\s?){1,6})(?=[。.；;]?\s?\Z)"
)
_HAN_NUMBER = "[〇○零一二三四五六七八九十百]{1,6}"
_JUDGMENT = re.compile(
    r"\A(?:(?P<court>[^，,。；\d（(〔]{2,24}?)[，,]?\s?)?"
    r"(?P<number>[（(〔\[]\s?\d{4}\s?[）)〕\]]\s?[^，,。；\s](?:\s?[^，,。；\s]){0,11}?第?\s?\d+(?:之\d+)?\s?[号號]"
    rf"|(?:民國\s?)?(?:\d{{2,4}}|{_HAN_NUMBER})\s?年度?\s?[^，,。；\s\d]{{1,8}}字?第\s?(?:\d+|{_HAN_NUMBER})\s?[号號]"
    rf"|釋字第\s?(?:\d+|{_HAN_NUMBER})\s?號)"
    r"(?P<form>[^，,。；\s]{0,10}(?:判決|判决|判例|裁定|解釋|解释|決定|决定)書?书?)?(?![之的所])"
)
_OFFICIAL_LETTER = re.compile(
    r"\A(?P<authority>[\u4e00-\u9fff]{2,16}?[部署局院會会府處处])(?:\s?(?:民國|民国)?\s?\d{2,4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)?"
    r"(?P<number>[\u4e00-\u9fff（）()\d]{1,10}字第\s?[\dA-Z]{3,16}\s?[号號])(?P<form>函釋?|令|公告|書函|解釋令)"
)
_INSTRUMENT = re.compile(
    r"\A(?P<title>[A-Z][^,;.]{2,120}?\b(?:(?P<law>Act|Code|Constitution|Ordinance|Regulations?|Statute|Law|Directive)"
    r"|Compact|Treaty|Convention|Agreement|Charter|Protocol|Covenant|Declaration|Accords?|Resolution)"
    r"(?:\s(?:of\s)?\d{1,4})?"
    r"|(?:Agreement|Convention|Declaration|Memorandum|Protocol|Treaty)\s(?:between|concerning|for|of|on|relating\sto)\s[^,;.]{2,120})"
    r"(?:\s\([A-Z][A-Za-z]{1,12}\))?(?=[,\s]\s?(?:\S|$))"
)
_RESOLUTION = re.compile(
    r"\A(?P<authority>[A-Z][^;,“”\"*]{2,80}),\s(?P<title>(?:Resolution|Decision|Recommendation)\s(?:No\.\s)?[\w/().-]{1,24}),?\s(?=\(?[A-Z\d])"
)
_SIGNED = re.compile(
    r",\s(?:signed|adopted|concluded|opened\sfor\ssignature|enacted)(?:\s(?:at|in)\s[A-Z][\w\s]{2,30}?)?(?:\s(?:on|at|in))?\s(?=[A-Z\d])"
)
_DATE_START = re.compile(r"(?<![\w.])(?=[A-Z\d])")


def parse_primary(segment: Segment) -> Parsed | None:
    """The primary source in `segment` as (CSL item, start, end); None when it cites none."""
    for parse in (
        _interview,
        _letter,
        _archive,
        _zh_archive,
        _record,
        _judgment,
        _official_letter,
        _resolution,
        _instrument,
    ):
        parsed = parse(segment)
        if parsed is not None:
            return parsed
    return None


def _interview(segment: Segment) -> Parsed | None:
    chinese = _ZH_INTERVIEW.match(segment.text)
    if chinese is not None:
        date = date_at(segment.text, chinese.end())
        return _dated("interview", segment, chinese.end(), date) if date else None
    english = _INTERVIEW.match(segment.text) or _NAMED_INTERVIEW.match(segment.text)
    if english is None:
        return None
    for match in _DATE_START.finditer(segment.text, english.end()):
        date = date_at(segment.text, match.start())
        if date is not None:
            return _dated("interview", segment, match.start(), date)
    return None


def _dated(kind: str, segment: Segment, before: int, date: tuple[CslDate, int]) -> Parsed:
    title = " ".join(segment.text[:before].split()).rstrip(" ,，（(")
    return {"type": kind, "title": title, "issued": date[0]}, 0, date[1]


def _letter(segment: Segment) -> Parsed | None:
    """Finch致总署，1872年8月1日, and an English letter by its writer, its reader and its date."""
    chinese = _ZH_LETTER.match(segment.text)
    sent = date_at(segment.text, chinese.end()) if chinese else None
    if chinese is not None and sent is not None and _is_letter(chinese, sent[0]):
        return _dated("personal_communication", segment, chinese.end(), sent)
    match = _LETTER.match(segment.text) or _LETTER_FROM.match(segment.text)
    date = date_at(segment.text, match.end()) if match else None
    names = parse_names(match["author"]) if match else None
    if match is None or date is None or not names:
        return None
    kept = match["title"].startswith(("diary", "journal", "notebook"))
    kind = "manuscript" if kept else "personal_communication"
    csl: Fields = {"type": kind, "author": list(names), "title": match["title"]}
    return {**csl, "issued": date[0]}, 0, date[1]


def _is_letter(match: re.Match[str], sent: CslDate) -> bool:
    """孫文致黃興函，1911, and without 函 a day; 陳致中，2019 is a man and a year."""
    to_the_day = len(sent.get("date-parts", [[]])[0]) == 3 or "literal" in sent
    return match["form"] is not None or (len(match["to"]) > 1 and to_the_day)


def _archive(segment: Segment) -> Parsed | None:
    match = _ARCHIVE.match(segment.mask)
    names = parse_names(match["author"]) if match else None
    if match is None or not names:
        return None
    csl: Fields = {"type": "manuscript", "author": list(names), "title": match["title"]}
    csl["archive_location"] = match["shelf"]
    if match["archive"]:
        csl["archive"] = match["archive"].strip()
    return csl, 0, match.end()


def _zh_archive(segment: Segment) -> Parsed | None:
    """藏云澜县档案馆，全宗号3，案卷号15: the archive and the numbers of its holdings."""
    match = _ZH_ARCHIVE.match(segment.text)
    if match is None:
        return None
    shelf = match["shelf"].strip(" ，,")
    csl: Fields = {"type": "manuscript", "archive": match["archive"], "archive_location": shelf}
    return csl, 0, match.end()


def _record(segment: Segment) -> Parsed | None:
    """Port Ledger, 3 May 1904, PRO, FO 371/1234: a record by date, archive and shelf mark."""
    match = _RECORD.match(segment.mask)
    if match is None:
        return None
    title = " ".join(segment.text[: match.end("title")].split())
    csl: Fields = {"type": "manuscript", "title": title, "archive_location": match["shelf"]}
    if match["archive"]:
        csl["archive"] = match["archive"].strip()
    date = date_at(segment.text, match.end("title") + 2)
    return ({**csl, "issued": date[0]} if date else csl), 0, match.end()


def _judgment(segment: Segment) -> Parsed | None:
    match = _JUDGMENT.match(segment.text)
    if match is None or not (match["form"] or match["court"]):
        return None
    title = segment.text[match.start("number") : match.end()].strip()
    csl: Fields = {"type": "legal_case", "title": title}
    if match["court"]:
        csl["authority"] = match["court"].strip()
    details = read_details(segment.part(match.end()))
    return {**details.fields, **csl}, 0, match.end() + details.end


def _official_letter(segment: Segment) -> Parsed | None:
    """勞動部勞職授字第 1080204321 號函: a letter or an order of an office, by its number."""
    match = _OFFICIAL_LETTER.match(segment.text)
    if match is None:
        return None
    csl: Fields = {"type": "document", "authority": match["authority"]}
    return {**csl, "title": match["number"] + match["form"]}, 0, match.end()


def _resolution(segment: Segment) -> Parsed | None:
    """ISO/IEC JTC 1, Resolution 17, Nov. 3, 2023: what a body resolved, by number and day."""
    match = _RESOLUTION.match(segment.text)
    date = date_at(segment.text, match.end()) if match else None
    if match is None or date is None or not is_institution(match["authority"]):
        return None
    csl: Fields = {"type": "legislation", "authority": match["authority"], "title": match["title"]}
    return {**csl, "issued": date[0]}, 0, date[1]


def _instrument(segment: Segment) -> Parsed | None:
    match = _INSTRUMENT.match(segment.mask)
    if match is None or not is_institution(match["title"]) or len(match["title"].split()) < 2:
        return None
    signed = _SIGNED.match(segment.text, match.end())
    at = signed.end() if signed else match.end()
    details = read_details(segment.part(at))
    known = details.fields.keys() & {"issued", "locator"} or "://" in segment.text
    if not known or (segment.text.startswith(("The ", "This ")) and details.leftover):
        return None
    csl: Fields = {"type": "legislation" if match["law"] else "treaty", "title": match["title"]}
    return {**details.fields, **csl}, 0, at + details.end
