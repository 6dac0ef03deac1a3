"""Read the law that a note cites, and what is printed like it: cases, statutes, papers, newspapers by day.

`City of Amery v. Lind, 3 F.3d 12, 15 (2d Cir. 1994)`
-> `{type: legal_case, title: City of Amery v. Lind, volume: 3, container-title: F.3d, page: 12, 15,
    authority: 2d Cir., issued: 1994}`
`15 U.S.C. § 78j(b) (2012)`
-> `{type: legislation, title: 15 U.S.C. § 78j(b), volume: 15, container-title: U.S.C., section: 78j(b), ...}`

A short form (Amery, 3 F.3d at 14) is no citation of its own.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.dates import date_at
from corpus.details import Fields, read_details
from corpus.masks import Segment
from corpus.urls import URL

Parsed = tuple[dict[str, Any], int, int]

_YEAR = r"(?:1[5-9]|20)\d\d"
_PARTY = r"[^;*_“”\"‘《〈「]{2,120}?"
_CROWN = r"R\s(?:\([^()]{2,60}\)\s)?"
_PAGES = r"\d{1,5}(?:[-–]\d{1,5})?(?:,\s\d{1,5}(?:[-–]\d{1,5})?){0,6}"
_TITLE = re.compile(
    rf"\A[*_]?(?P<title>(?:(?:In\s)?[Rr]e|Ex\sparte|(?:In\sthe\s)?Matter\sof)\s{_PARTY}|(?:{_CROWN}|{_PARTY}\s)vs?\.?\s{_PARTY})"
    rf"[*_]?,?[*_]?\s(?=\d{{1,4}}\s[A-Z]|[\[(]{_YEAR}|No\.\s[\w.:/\-]{{3,}}|App\.\s|\((?:[Cc]ommunication|[Aa]pplication|[Pp]etition)\s[Nn]o)"
)
_REPORTER = re.compile(
    r"\A(?P<volume>\d{1,4})\s(?P<container>[A-Z][A-Za-z.’'&\s]{0,40}?(?:\s?[2-9](?:d|nd|rd|th))?)"
    rf"(?:\s\(\d{{1,3}}\s[A-Z][A-Za-z.]{{1,12}}\))?\s(?P<page>{_PAGES})"
)
_COURT = re.compile(
    rf"\A\s?\((?P<authority>[^()]{{2,60}}?)??,?\s?(?P<date>(?:[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}},\s)?{_YEAR})\)"
)
_YEARBOOK = re.compile(
    rf"\A[\[(](?P<date>{_YEAR})[\])]\s(?:(?P<volume>\d{{1,3}})\s)?"
    rf"(?P<container>[A-Z][A-Za-z.\s]{{0,24}}?)\s(?P<page>{_PAGES})(?:\s\((?P<authority>[A-Z][A-Za-z]{{1,12}})\))?"
)
_DOCKET = re.compile(r"\A(?P<number>(?:No|App)\.\s(?:[Nn]o\.\s)?[\w.:/\-]{2,30}),?")
_COMMUNICATION = re.compile(
    r"\A\((?P<number>(?:[Cc]ommunication|[Aa]pplication|[Pp]etition)\s[Nn]os?\.?\s[\w./\-]{1,30})\)"
)
_REVIEW = re.compile(r"\b(?:rev|journal|law|l\.?\s?j|j)\b", re.IGNORECASE)
_SHIP = re.compile(
    r"\A[*_]?(?P<title>The\s[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30}){0,3})[*_]?(?:,[*_]?\s(?=\d{1,4}\s[A-Z])|,?[*_]?\s(?=[\[(](?:1[5-9]|20)\d\d[\])]\s\d{0,3}\s?[A-Z]))"
)
_OWN_CODE = re.compile(
    r"\A(?P<title>[A-Z][A-Za-z.\s]{2,60}?\b(?:CODE|Code|RULES|Rules))\s(?P<locator>(?:r|art|rule|ch)\.?\s?\d{1,4}(?:\(\w{1,4}\)){0,4})"
    rf"(?:\s\((?P<date>{_YEAR})\))?(?=\s?[.,;]?\s?\Z)"
)
_CODE = re.compile(
    r"\A(?:(?P<act>Act\sof\s[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}|[A-Z](?:[^;,“”\"*]|(?<=\d),(?=\d)){3,100}?(?:,?\s§{1,2}\s?[\w.()–\-]{1,20})?)(?:,\sPub\.\sL\.\s(?:No\.\s)?\d{1,3}[-–]\d{1,4})?(?:,\s(?:ch\.\s\d{1,4}|§{1,2}\s?[\w.()–\-]{1,20})){0,2},\s)?"
    r"(?P<title>(?P<volume>\d{1,3})\s(?P<container>U\.\s?S\.\s?C\.(?:\s?[AS]\.)?|C\.\s?F\.\s?R\.|Fed\.\sReg\.|Stat\.)"
    r"\s(?P<mark>(?:§{1,2}|pt\.)\s?)?(?P<section>\d[\w.\-–]{0,20}(?:\(\w{1,4}\)){0,5}(?:,\s\d[\w\-–]{0,10}(?:\(\w{1,4}\)){0,5}){0,6}))"
)
_COURT_RULE = re.compile(
    r"\A(?P<title>(?:Fed\.\sR\.\s(?:Civ|Crim|App|Evid|Bankr)\.(?:\s[PE]\.)?|Sup\.\sCt\.\sR\.))\s(?P<section>\d{1,4}(?:\.\d{1,3})?(?:\(\w{1,4}\)){0,5})"
)
_STATE_CODE = re.compile(
    r"\A(?P<title>[A-Z][A-Za-z.]{0,12}\s(?:[A-Z&][A-Za-z.&]{0,12}\s){0,5}?(?:Stat|Code|Laws|Rev\. Stat|Act|STAT|CODE|LAWS|ACT)\b\.?(?:\s[A-Z][A-Za-z.&]{0,12}){0,4}\s"
    r"§{1,2}\s?(?P<section>\d[\w.:\-–]{0,24}(?:\(\w{1,4}\)){0,5}))(?=\s?(?:\(|[.,;]|\Z))"
)
_REGNAL = re.compile(
    r"\A(?P<title>\d{1,2}(?:\s(?:&|and)\s\d{1,2})?\s(?:Geo|Vict|Will|Wm|Edw|Eliz|Hen|Hy|Car|Cha|Jac|Ric|Anne|Mary)\b\.?"
    r"(?:\s(?:[IVX]{1,4}|\d)\b\.?)?,?\s(?:st(?:at)?\.\s\d,\s)?c(?:h|ap)?\.?\s\d{1,3})(?:,\s(?P<locator>ss?\.?\s\d{1,3}))?(?=[\s.,;]|\Z)"
)
_CONSTITUTION = re.compile(
    r"\A(?P<title>(?:[A-Z][A-Za-z.]{0,20}\s){1,3}(?:Const|CONST)\.)\s"
    r"(?P<section>(?:art|amend|pmbl)\.?(?:\s[IVXLC\d]{1,7})?(?:,\s(?:§{1,2}|cl\.|art\.|sec\.)\s?\d{1,3}){0,4})",
)
_PAPER = re.compile(
    r"\A(?P<title>(?:(?:H\.?\s?R|S)\.?\s(?:Conf\.\s)?(?:Rep|Doc|Res|REP|DOC)\.|H\.R\.|Pub\.\sL\.)"
    r"\s(?:N[oO]\.\s)?(?P<number>\d{1,3}[-–]\d{1,4}|\d{1,5}))(?!\s?U\.S\.C)"
)
_SYMBOL = re.compile(
    r"\A(?:(?:UN|U\.N\.)\sDoc\.\s)?(?P<title>(?:A|E|S|T|ST|CCPR|CRC|CAT|CEDAW|TD|HRI|[A-Z]{1,4})(?:/[A-Z0-9][A-Za-z0-9.\-]{0,12}){2,6})(?=[\s,.;)]|\Z)"
)
"""A/HRC/44/22: a document of the United Nations by its symbol."""
_ARTICLE = r"(?:\d{1,4}(?:\.\d{1,2})?|[一二三四五六七八九十百]{1,6}|[（(][一二三四五六七八九十]{1,3}[）)](?:至[（(][一二三四五六七八九十]{1,3}[）)])?)"
_HAN_LAW = re.compile(
    r"\A(?:我[國国]|[\u4e00-\u9fff]{1,8}(?=《))?(?P<title>[\u4e00-\u9fff]{1,28}?(?:法|條例|条例|規則|规则|辦法|办法|細則|细则|規程|规程|通則|通则|準則|准则|基準|基准|標準|标准|要點|要点|方案|須知|须知|注意事項|注意事项)|《[^《》]{2,40}》)"
    rf"\s?(?:[（(][^（()）]{{1,20}}[）)]\s?)?(?P<locator>(?:第\s?{_ARTICLE}\s?[條条項项款目點点](?:之\s?[\d一二三四五六七八九十]{{1,3}})?\s?(?:前段|後段|后段|但書|但书)?[、及至]?\s?){{1,8}})"
    r"(?:規定|规定)?\s?(?=[，,。.；;]?\Z|參照|参照)"
)
_DATED_HAN_LAW = re.compile(
    r"\A(?P<title>[\u4e00-\u9fff]{2,28}?(?:法|條例|条例|規則|规则|辦法|办法|細則|细则|規程|规程|準則|准则|基準|基准|標準|标准|要點|要点))[，,]\s?(?=\d|民)"
)
_ACT = re.compile(
    r"\A(?P<title>[A-Z][^,;:“”\"*]{3,100}?\b(?:Act|Order|Regulations|Rules|Measure)\s(?:of\s)?(?P<date>1[2-9]\d\d|20\d\d))"
    r"(?:\s\([A-Z][^()]{1,20}\))?(?:,\sch?\.\s?\d{1,3})?"
    r"(?:,?\s(?P<locator>(?:ss?|sch|reg|art|r|pt|§{1,2})\.?\s?\d{1,4}[A-Z]{0,2}(?:\(\w{1,4}\)){0,4}(?:[-–]\d{1,4})?))?(?=\s?[.,;]?\s?\Z|:\s[“\"‘'])"
)
_NUMBERED_ACT = re.compile(
    r"\A(?P<title>[A-Z][^,;:“”\"*]{3,100}?\b(?:Act|Law|Ordinance|Decree|Decision|Order)),?\s\(?(?:Act\s|Law\s)?No\.?\s?\d{1,5}(?:/|\sof\s)"
    r"(?P<date>(?:1[5-9]|20)\d\d)\)?(?:,\s(?P<locator>(?:ss?|arts?|[Aa]rticles?|[Ss]ections?)\.?\s\d{1,4}))?(?=\s?[.,;]?\s?\Z)"
)
_UNION_ACT = re.compile(
    r"\A(?P<title>(?:(?:Council|Commission|Delegated|Implementing)\s){0,3}(?:Regulation|Directive|Decision)\s"
    r"(?:\((?:EU|EC|EEC|Euratom)\)\s(?:No\.?\s)?\d{1,4}/\d{1,4}|\d{2,4}/\d{1,4}/(?:EU|EC|EEC)))"
    r"(?:,\s(?P<locator>(?:arts?|[Aa]rticles?|recital)\.?\s?\d{1,3}(?:\(\d{1,2}\))?))?"
)
_GAZETTE = re.compile(
    r"\A(?P<title>[\u4e00-\u9fff]{1,12}(?:公報|公报|憲報|宪报|議事錄|议事录|會議紀錄|会议纪录|會議記錄|会议记录))(?=[，,])"
)
_NEWSPAPER = re.compile(
    r"\A(?P<name>\*?[A-Z][A-Za-z.’'&\s]{2,60}\b(?:Times|Gazette|Herald|Post|Tribune|Chronicle|Daily|News|Mail|Guardian|Observer"
    r"|Standard|Telegraph|Examiner|Courier|Advertiser|Mercury|Express|Mirror|Sun|Star)\*?),\s(?=\d|[A-Z][a-z]{2})"
)
_COMMAND_PAPER = re.compile(
    r"\A(?P<title>[A-Z][^;()]{3,150})\s\((?P<date>(?:1[5-9]|20)\d\d)\)\s(?P<number>(?:[A-Z][A-Za-z]+\s){1,6}No\.?\s?\d{1,4}|Cmn?d?\.?\s\d{1,5}|H[CL]\s\d{1,4})"
)
_RESTATEMENT = re.compile(
    r"\A(?P<title>Restatement\s\((?:First|Second|Third|Fourth)\)\sof\s[A-Z][A-Za-z.:&\s]{3,60}?)\s§{1,2}\s?(?P<section>[\w.\-–()]{1,12})",
    re.IGNORECASE,
)


def parse_legal(segment: Segment) -> Parsed | None:
    """The law cited in `segment` as (CSL item, start, end); None when it cites none."""
    for parse in (
        _case,
        _reported,
        _statute,
        _act,
        _han_law,
        _gazette,
        _constitution,
        _paper,
        _newspaper,
    ):
        parsed = parse(segment)
        if parsed is not None:
            return parsed
    return None


def _printed(match: re.Match[str], *left_out: str) -> Fields:
    """The groups of a match as CSL fields; `container` is the container-title, `date` a year."""
    fields: Fields = {}
    for name, value in match.groupdict().items():
        bare = " ".join((value or "").split()).strip(" ,")
        if not bare or name in left_out:
            continue
        date = date_at(bare) if name == "date" else None
        if date is not None:
            fields["issued"] = date[0]
        elif name != "date":
            fields["container-title" if name == "container" else name] = bare
    return fields


def _case(segment: Segment) -> Parsed | None:
    title = _TITLE.match(segment.text) or _SHIP.match(segment.text)
    if title is None:
        return None
    csl: Fields = {"type": "legal_case", "title": " ".join(title["title"].split()).strip("*_ ,")}
    rest, at = segment.text[title.end() :], title.end()
    cited = next(
        (m for p in (_REPORTER, _YEARBOOK, _DOCKET, _COMMUNICATION) if (m := p.match(rest))), None
    )
    if cited is None:
        return None
    csl |= _printed(cited)
    if _REVIEW.search(str(csl.get("container-title", "")).replace(".", " ")):
        return None
    at += cited.end()
    court = _COURT.match(segment.text[at:])
    if court is not None:
        csl |= _printed(court)
        at += court.end()
    if not csl.keys() & {"issued", "page"} and cited.re is not _COMMUNICATION:
        return None
    return csl, 0, at


def _reported(segment: Segment) -> Parsed | None:
    """88 Isl. 3d 9, 14 (Amery 1999), [2009] EWCA Crim 1212: a case whose name stands in the body."""
    neutral = _YEARBOOK.match(segment.text) if segment.text.startswith("[") else None
    if neutral is not None:
        return {"type": "legal_case", **_printed(neutral)}, 0, neutral.end()
    cited = _REPORTER.match(segment.text)
    court = _COURT.match(segment.text[cited.end() :]) if cited else None
    if cited is None:
        return None
    end = cited.end() + (court.end() if court else 0)
    if cited["container"].isupper() and "." not in cited["container"] and court:
        fields = {**_printed(cited), **_printed(court)}
        return {"type": "book", "title": fields.pop("container-title"), **fields}, 0, end
    alone = "." in cited["container"] and not segment.text[end:].strip(" .,;")
    if not alone and not (court and court["authority"]):
        return None
    csl: Fields = {"type": "legal_case", **_printed(cited), **(_printed(court) if court else {})}
    if _REVIEW.search(str(csl["container-title"]).replace(".", " ")):
        return None
    return csl, 0, end


def _act(segment: Segment) -> Parsed | None:
    """Lighthouse Act 1904, s. 12, and Regulation (EU) 2017/352: an act by its title, and nothing but it."""
    patterns = (_ACT, _NUMBERED_ACT, _UNION_ACT, _OWN_CODE)
    match = next((m for pattern in patterns if (m := pattern.match(segment.text))), None)
    if match is None:
        return None
    return {"type": "legislation", **_printed(match)}, 0, match.end()


def _gazette(segment: Segment) -> Parsed | None:
    """立法院公報，第 70 卷第 3 期，1981 年 1 月，頁 12: a gazette or the minutes of a parliament."""
    match = _GAZETTE.match(segment.text)
    details = read_details(segment.part(match.end())) if match else None
    if match is None or details is None or details.leftover:
        return None
    if not details.fields.keys() & {"volume", "issue", "page"}:
        return None
    fields = {**details.fields, "title": match["title"]}
    return {"type": "document", **fields}, 0, match.end() + details.end


def _statute(segment: Segment) -> Parsed | None:
    code = _CODE.match(segment.text)
    if code is None or (code["mark"] is None and code["container"][0] in "UC"):
        return None
    csl: Fields = {"type": "legislation", **_printed(code, "act", "mark")}
    if code["mark"] is None:
        csl["page"] = csl.pop("section")
    if code["act"]:
        csl["title"] = " ".join(code["act"].split())
    return _dated(segment, csl, code.end())


def _han_law(segment: Segment) -> Parsed | None:
    """海島建設條例第 1 條: an article of a law, and nothing but it."""
    match = _HAN_LAW.match(segment.text)
    if match is None:
        return _dated_han_law(segment)
    csl: Fields = {"type": "legislation", **_printed(match)}
    return {**csl, "title": csl["title"].strip("《》")}, 0, match.end()


def _dated_han_law(segment: Segment) -> Parsed | None:
    """消防安全設備設置標準，2021 年 6 月 25 日修正: a law and its date, and nothing else."""
    match = _DATED_HAN_LAW.match(segment.text)
    details = read_details(segment.part(match.end())) if match else None
    if match is None or details is None or details.leftover or "issued" not in details.fields:
        return None
    csl: Fields = {"type": "legislation", "title": match["title"]}
    return {**details.fields, **csl}, 0, match.end() + details.end


def _newspaper(segment: Segment) -> Parsed | None:
    """Port Gazette, 3 May 1841, p. 2: an issue of a newspaper without an article."""
    match = _NEWSPAPER.match(segment.text)
    details = read_details(segment.part(match.end())) if match else None
    if match is None or details is None or details.leftover:
        return None
    issued = details.fields.get("issued", {}).get("date-parts", [[]])[0]
    if len(issued) != 3:
        return None
    csl: Fields = {"type": "article-newspaper", "container-title": match["name"].strip("*")}
    return {**details.fields, **csl}, 0, match.end() + details.end


def _constitution(segment: Segment) -> Parsed | None:
    patterns = (_CONSTITUTION, _COURT_RULE, _STATE_CODE, _REGNAL, _RESTATEMENT)
    match = next((m for pattern in patterns if (m := pattern.match(segment.text))), None)
    if match is None:
        return None
    kind = "book" if match.re is _RESTATEMENT else "legislation"
    return _dated(segment, {"type": kind, **_printed(match)}, match.end())


def _paper(segment: Segment) -> Parsed | None:
    patterns = (_PAPER, _SYMBOL, _COMMAND_PAPER)
    match = next((m for pattern in patterns if (m := pattern.match(segment.text))), None)
    if match is None:
        return None
    enacted = match.re is _PAPER and match["title"].startswith("Pub.")
    kind = "legislation" if enacted else "report"
    return _dated(segment, {"type": kind, **_printed(match)}, match.end())


def _dated(segment: Segment, csl: Fields, at: int) -> Parsed:
    """With the year in brackets, pages and an address where they follow."""
    details = read_details(segment.part(at))
    follows = details.fields.keys() & {"issued", "page", "URL"} or URL.match(segment.text, at)
    if details.leftover or not follows:
        return csl, 0, at
    fields = {k: v for k, v in details.fields.items() if k in {"issued", "page", "URL"}}
    return {**fields, **csl}, 0, at + details.end
