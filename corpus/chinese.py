"""Read a note whose title stands in 〈〉 or 《》, in the styles of Taiwan and of the mainland.

`王守仁，〈離島交通權〉，《海島研究季刊》，第 12 卷第 3 期，2017 年 9 月，頁 45-72`
-> `{author: [王守仁], title: 離島交通權, container-title: 海島研究季刊, volume: 12, issue: 3, ...}`
`张三：《书名》，北京：人民出版社，2001年，第25页`
-> `{author: [张三], title: 书名, publisher-place: 北京, publisher: 人民出版社, ...}`

A title inside prose (使用《大衛營原則》一詞) is no citation: before it must stand nothing or
names and a comma or colon, after it nothing but details.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.dates import ERAS
from corpus.details import Fields, is_citation, read_details
from corpus.imprint import is_name
from corpus.masks import FILLER, Segment
from corpus.names import SURNAMES, parse_names
from corpus.segments import after_lead_in

Parsed = tuple[dict[str, Any], int, int]

# “篇名”，《刊名》 is the older mainland way of marking an article.
_TITLE = re.compile(
    rf"[《〈「『]{FILLER}+[》〉」』]|[“\"]{FILLER}+[”\"](?=\s?(?:[（(][^（()）]{{2,20}}[）)]\s?)?[，,]?\s?(?:[载載][于於]?|[见見])?\s?"
    r"(?:[^《〈“”，,。；：:]{2,40}[编編]\s?[：:，,]\s?)?《)"
)
_MAX_NAMES = 150
_ROLES = (
    ("author", re.compile(r"(?:編著|编著|著|撰)$")),
    ("editor", re.compile(r"[編编輯辑]$")),
    ("translator", re.compile(r"[譯译]$")),
)
# What may stand between an article and the volume or periodical that holds it.
_CONTAINED = re.compile(
    r"\A(?:\s?[（(][^（()）]{2,20}[）)])?(?:[，,\s]{0,2}(?:第?[\d〇○一二三四五六七八九十百]{1,5}卷|卷\s?[\d〇○一二三四五六七八九十百]{1,5}[上中下]?))?"
    r"(?:[，,]\s?(?P<translator>[^，,。《〈「『]{2,30}?)[譯译](?=[，,]))?[\s，,。.：:]{0,8}+(?:收[入錄录於于]{1,2}|[載载刊][於于]?|[輯辑][入於于]|發表[於于]|发表[于於]|[見见]|in\s)?\s{0,4}"
    r"(?P<editors>[^《〈「『，,。]{2,60}?(?:主編|主编|合編|合编|編|编)\s?[，：,:]?\s?)?"
    rf"(?:〈{FILLER}+〉[，,]\s?)?(?=《)"
)
_AFTER_TITLE = re.compile(
    rf"\A\s{{0,4}}(?:$|[，,。.、；;:：（(<\[]|[第卷]\s?[\d〇○一二三四五六七八九十百]|[頁页]\s?\d|總?第?\s?\d|[Vv]ol|{FILLER}|https?)"
)
_COMMA = re.compile(r"[，,]")
_SURE_NAMES = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:(?:[、，]|等|[與和与])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}){{0,5}}"
)
"""王礁生《赫德与海务科》: names that touch the title. Any other words before one are prose."""
_OF_AN_ERA = re.compile(f"(?:{ERAS}|民[國国]|[（(〔［\\[][\u4e00-\u9fff]{{1,4}}[）)〕］\\]])")
"""嘉慶《延平府志》: the reign that tells one edition of a gazetteer from another."""
_CHAPTER = re.compile(
    rf"\A[，,]\s?(?P<volume>卷[^，,。《〈]{{1,8}})?[，,]?\s?〈(?P<chapter>{FILLER}+)〉(?=[，,])"
)
_PROSE_LEAD = re.compile(r"[，,：:]\s?(?:[參参][見见閱阅]|[詳详][見见]|可見|[見见])\s?")


def parse_chinese(segment: Segment) -> Parsed | None:
    """The work in `segment` as (CSL item without type, start, end); None when it cites none."""
    first = _TITLE.search(segment.mask)
    if first is None:
        return None
    authors = _authors(segment.part(0, first.start()))
    rest = segment.part(first.end())
    if authors is None or not _AFTER_TITLE.match(rest.mask):
        return None
    free = "publisher" if segment.text[first.start()] == "《" else "container-title"
    fields, end, leftover = _after_title(rest, free)
    title = " ".join(segment.text[first.start() + 1 : first.end() - 1].split())
    csl: Fields = {**fields, **authors[0], "title": title}
    alone = segment.text[first.start()] == "《" and not rest.text.strip(" 。.")
    known = is_citation(csl) or {"author", "container-title"} <= csl.keys() or alone
    touching = authors[0] and segment.text[: first.start()].rstrip()[-1] not in "，,：:、"
    if touching and (leftover or not csl.keys() & {"issued", "container-title"}):
        return None
    kept = "archive_location" in csl
    if not title or not known or (leftover and not authors[0] and not kept):
        return None
    return csl, authors[1], first.end() + end


def _authors(before: Segment) -> tuple[Fields, int] | None:
    """Names before the title and where they start; None when prose leads to the title."""
    text = before.text.rstrip()
    if not text:
        return {}, len(before.text)
    if _OF_AN_ERA.fullmatch(text):
        return {}, 0
    if text[-1] not in "，,：:、" and not _SURE_NAMES.fullmatch(text[after_lead_in(text, 0) :]):
        return None
    start = 0
    for match in _PROSE_LEAD.finditer(before.closed):
        start = match.end()
    start = after_lead_in(text, start)
    printed = text[start:].rstrip("，,：:、 ")
    if len(printed) > _MAX_NAMES:
        return None
    people = _people(printed)
    return None if people is None else (people, start)


def _people(printed: str) -> Fields | None:
    """`Rush Doshi 著，李寧怡譯` -> author and translator; names without a word take the next one's."""
    fields: Fields = {}
    role = "author"
    for part in (piece.strip() for piece in reversed(_COMMA.split(printed))):
        role = next((name for name, word in _ROLES if word.search(part)), role)
        names = parse_names(part)
        if names is None:
            return None
        if names:
            fields[role] = [*names, *fields.get(role, ())]
    return fields


def _after_title(rest: Segment, free: str) -> tuple[Fields, int, bool]:
    """The container, if one follows, and the details after it."""
    contained = _CONTAINED.match(rest.mask)
    if contained is None:
        chapter = _CHAPTER.match(rest.mask)
        at = chapter.end() if chapter else 0
        fields, end, leftover = _details(rest, at, free)
        return {**_chapter(rest, chapter), **fields}, end, leftover
    fields = {}
    names = parse_names(contained["editors"]) if contained["editors"] else None
    if names:
        fields["editor"] = list(names)
    translators = parse_names(contained["translator"]) if contained["translator"] else None
    if translators:
        fields["translator"] = list(translators)
    title = _TITLE.match(rest.mask, contained.end())
    if title is None:
        return fields, contained.start(), True
    fields["container-title"] = rest.text[title.start() + 1 : title.end() - 1].strip()
    details, end, leftover = _details(rest, title.end(), "publisher")
    return {**details, **fields}, end, leftover


_UNKNOWN = re.compile(rf"\A[\s，,]{{1,4}}(?P<words>[^，,。；;：:《〈“「{FILLER}]{{2,24}})(?=[，,])")
_MOST_UNKNOWN = 3


def _details(rest: Segment, at: int, free: str) -> tuple[Fields, int, bool]:
    """What follows from `at`; a name or a number that no pattern knows is passed over where more details follow."""
    fields: Fields = {}
    for _ in range(_MOST_UNKNOWN):
        details = read_details(rest.part(at), (free,))
        fields, at = {**details.fields, **fields}, at + details.end
        unknown = _UNKNOWN.match(rest.mask[at : at + 40]) if details.leftover else None
        if unknown is None or not is_name(unknown["words"]):
            return fields, at, details.leftover
        at += unknown.end()
    return fields, at, True


def _chapter(rest: Segment, match: re.Match[str] | None) -> Fields:
    """，卷 45，〈物產〉: the volume and the chapter of a book that lie between its title and the pages."""
    if match is None:
        return {}
    fields: Fields = {"section": rest.text[slice(*match.span("chapter"))]}
    if match["volume"]:
        fields["volume"] = rest.text[slice(*match.span("volume"))].removeprefix("卷").strip()
    return fields
