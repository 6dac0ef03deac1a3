"""Find the back references that a note prints, without resolving them.

`王守仁、陳以安，同註 1，頁 68-70；李海青，前揭註 6。`
-> `note 1, by 王守仁、陳以安, pin 頁 68-70`, `note 6, by 李海青, no pin`

Three forms: `note` names a number (*Supra* note 8, 同註 8), `previous` means the note before
(*Ibid.*, *Id.*, 同前註), `author` leaves the note to be found by the author (op. cit., 前引書).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from corpus.document import BackReferenceKind, Span
from corpus.masks import FILLER, Segment, masked_note
from corpus.numerals import note_number
from corpus.pins import pin_after
from corpus.segments import (
    MAX_CITATIONS,
    MAX_NOTE_CHARACTERS,
    after_lead_in,
    segment_at,
    split_note,
)

Form = Literal["note", "previous", "author"]

_DIGITS = (
    r"(?:\d{1,4}|[⁰¹²³⁴-⁹]{1,4}|[①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿]"
    r"|[〇○零一二三四五六七八九十百]{1,5}(?![\u3400-\u9fff]))"
)
_LABEL = rf"(?:[（(［\[〔【]\s?\^?(?:{_DIGITS}|[ivxl]{{1,7}})\s?[)）］\]〕】]|\[\^[^\]\[\s]{{1,40}}\]|{_DIGITS})"
_BRACED = (
    r"(?:[［\[〔【]\s?(?:\d{1,4}|[ivxl]{1,7}|\^[^\]\s]{1,40})\s?[］\]〕】]|[①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿])"
)
_AND_LABEL = rf"(?:\s?(?:[、&–—-]|and|及|與|与|和|至|,(?!\s?{_DIGITS}\s?[-–]))\s?{_LABEL})*"
_HAN_AND_LABEL = rf"(?:\s?[、–—\-及與与和至]\s?(?:[註注]\s?)?{_LABEL})*"
_STAR = r"[*_]{0,2}"
_EN_NOTES = rf"(?:foot)?(?:notes|nn\.?)\s?(?>(?P<many>{_LABEL}{_AND_LABEL}))"
_EN_NOTE = rf"(?:foot)?(?:note|n|fn)\.?{_STAR}\s?(?>(?P<one>{_LABEL}))"
_HAN_NOTE = r"(?:註釋|注釋|注释|註解|注解|腳註|脚注|附註|附注|[註注])"
_CHAPTER = r"(?P<chapter>第\s?[一二三四五六七八九十百\d]{1,4}\s?[章篇編编部])?"

_BEFORE = r"(?:(?<=[，,：:（(。；;\s見见參参照閱阅])|^)"
_AFTER = r"(?=\s?(?:[，,。；;、.（(）)頁页第]|$))"
# supra note 5 and accompanying text: the body, not the note
_NO_TEXT = rf"{_STAR}(?!\s(?:and\s)?accomp)"
_EARLIER = (
    r"(?:同前揭|同前引|同上揭|同上引|同前|同上|同|前揭|前引|上揭|上引|前|[见見参參詳详如於于])"
)
# 前注〔2〕，王屿书 and 前揭註 1 文: whose work in that note, or of what kind
_WHICH = r"(?:(?:[，,]\s?|\s)?(?P<named>[^\s，,。；：:、《〈「“\d註注（(〔［\[]{1,12}?\s?)?(?P<genre>[書书文著])(?=\s?(?:[，,。；;、（(）)]|$)))"
_HAN_BY_NUMBER = (
    rf"(?=[同前上见見参參詳详如於于]){_EARLIER}[書书文著]?\s?[，,]?\s?[（(]?{_CHAPTER}{_HAN_NOTE}\s?"
    rf"(?P<many>{_LABEL}{_HAN_AND_LABEL})[)）]?(?:\s?所?[引揭][書书文]|{_WHICH})?"
)
_BY_NUMBER = (
    rf"(?=[*_s])(?<![A-Za-z]){_STAR}supra{_STAR},?\s?(?:at\s)?{_STAR}(?:{_EN_NOTES}|{_EN_NOTE}){_NO_TEXT}",
    rf"(?=[fn])(?<![A-Za-z])(?:{_EN_NOTES}|{_EN_NOTE}),?\s{_STAR}(?:above|supra)(?![A-Za-z]){_STAR}",
    rf"(?=a)(?<![A-Za-z])above,?\s(?:{_EN_NOTES}|{_EN_NOTE})",
    rf"(?=[*_ol])(?<![A-Za-z]){_STAR}(?:op|loc)\.?\s?cit\.?{_STAR}[\s,(]{{1,3}}{_EN_NOTE}\)?",
    r"\((?:above\s)?(?:[Nn]|[Ff]n|FN|Anm|(?:[Ff]oot)?[Nn]ote)\.?\s(?P<one>\d{1,4})(?:\s(?:above|supra))?\)",
    (
        rf"(?=[fn])(?:(?<=\bsee\s)|(?<=\bcf\.\s)|(?<=\bas\s)|(?<=\bin\s)|(?<=\bsee\salso\s))(?:foot)?(?:note|fn|n)\.?\s(?>(?P<one>{_LABEL}))"
        r"(?!,?\s?(?:below|infra|of\s|to\s|in\s))"
    ),
    _HAN_BY_NUMBER,
    (
        rf"(?=[同前上]){_BEFORE}(?:同前引|同前揭|前引|前揭|上引|同)[書书文]?\s?(?P<many>{_BRACED}(?:\s?[、,，\-–]\s?{_BRACED}){{0,8}})"
        rf"(?:{_WHICH}|{_AFTER})"
    ),
    rf"(?=[第註注腳脚附本]){_BEFORE}(?:本[文書书])?{_CHAPTER}{_HAN_NOTE}\s?(?P<one>{_LABEL})(?:{_WHICH}|{_AFTER})",
)
_BY_POSITION = (
    rf"同[前上][揭引]?[註注][釋释解]?(?:(?=[，,]){_WHICH})?",
    rf"(?=[同前上]){_BEFORE}(?:同[前上](?:[揭引][書书文]?|[書书文引])?|[前上][註注]){_AFTER}(?:(?=[，,]){_WHICH})?",
    rf"(?=[*_ie])(?<![A-Za-z]){_STAR}(?:ibid(?:em)?(?![A-Za-z])\.?|ebd\.|ebenda(?![a-z])){_STAR}\.?",
    rf"(?=[*_i])(?<![A-Za-z]){_STAR}idem{_STAR}(?=\.?$|\s?;|,?\s(?:pp?\.?\s?\d|at\s\d|§|¶|\d))",
    rf"(?=[*i])(?:^|(?<=[\s(\[（“\"—;,.]))\*?(?-i:[Ii]d)\.{_STAR}(?=\s|[,;)\]）§¶]|$)",
)
_EARLIER_WORK = r"(?:前揭|前引|上揭|上引)"
_GENRE = r"(?P<genre>[書书文著]|著作|報告|报告|論文|论文)?"
_NAMED = r"(?:(?P<titled>《[^》]{1,200}》)|(?P<named>[^，,。；：:《〈「“\d註注（(]{2,20}?)(?P<genre>[書书文著]))"
_BY_AUTHOR = (
    rf"{_EARLIER_WORK}(?P<named>[^，,。；：:《〈「“\d註注（(]{{2,20}}[：:，,]?\s?[《〈][^》〉]{{1,200}}[》〉])(?=\s?(?:[，,。；;、）)]|$))",
    rf"{_EARLIER_WORK}{_NAMED}(?=\s?(?:[，,。；;、）)]|$))",
    rf"{_EARLIER_WORK}{_GENRE}(?=\s?(?:[，,。；;、.（(）)頁页第已中]|$))",
    rf"(?=[*_ol])(?<![A-Za-z]){_STAR}(?:op|loc)\.?\s?cit(?:\.|\b){_STAR}",
    rf"(?=[*_s])(?<=[,\]”\"]\s){_STAR}supra{_STAR}(?=\s?(?:,|\.?$|;|\sat\s))",
)
_PATTERNS: tuple[tuple[Form, tuple[str, ...]], ...] = (
    ("note", _BY_NUMBER),
    ("previous", _BY_POSITION),
    ("author", _BY_AUTHOR),
)
_FORMS = tuple(
    (form, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for form, patterns in _PATTERNS
    for pattern in patterns
)
_CIT = re.compile(r"cit", re.IGNORECASE)
_HINT = re.compile(
    r"supra|ibid|idem|ebd\.|ebenda|id\.|cit|above|\((?:n|anm)|\bfn|note|[註注]|[同前上][前上引揭]|同[\s書书文]?[\[［〔【①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿]",
    re.IGNORECASE,
)
_LABELS = re.compile(rf"(?P<to>[–—\-至]\s?)?(?P<label>{_LABEL})")
_MAX_RANGE = 20
_MAX_LABELS = 50


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A back reference as printed, not yet resolved.

    `label` is the note number as digits ("8"; a Markdown key as it stands), None for the forms
    that print none; `chapter` the chapter named with it (第一章註 5). `own_citation` is what the
    note prints before it: authors, a title, or "". `span` is the phrase, `segment` the segment it
    stands in, `parenthesis` where the bracket around it opens, all offsets into the note. `genre`
    is the word of 前引書 or 前引文.
    """

    form: Form
    label: str | None
    own_citation: str
    pin: str | None
    span: Span
    segment: Span
    chapter: str | None = None
    parenthesis: int | None = None
    genre: str | None = None

    @property
    def kind(self) -> BackReferenceKind:
        """Whether it repeats the note before (ibid) or names an earlier one (supra)."""
        return "ibid" if self.form == "previous" else "supra"


def normal_label(label: str) -> str:
    """A printed label as digits where it stands for a number: "⑫" -> "12", "[^lind]" -> "lind"."""
    bare = label.strip().strip("*_[]［］（）()〔〕【】^ \t").rstrip(".")
    number = note_number(bare)
    return bare if number is None else str(number)


def find_back_references(text: str) -> tuple[CrossReference, ...]:
    """The back references in a note's text, in order; () without one. Never raises."""
    text = text[:MAX_NOTE_CHARACTERS]
    if not _HINT.search(text):
        return ()
    note = masked_note(text)
    return references_in(note, split_note(note))


def references_in(note: Segment, segments: tuple[Segment, ...]) -> tuple[CrossReference, ...]:
    """As `find_back_references`, over a note already masked and split."""
    if not _HINT.search(note.text):
        return ()
    found: list[CrossReference] = []
    read_to = 0
    for form, match in islice(_matches(note.mask), MAX_CITATIONS):
        segment = segment_at(segments, match.end() - 1)
        if segment is None or match.start() < read_to:
            continue
        begin = max(segment.start, read_to)
        own = _own_citation(note.part(begin, max(match.start(), begin)))
        pin, read_to = pin_after(note.text, match.end())
        read_to = max(read_to, match.end())
        found += _references(form, match, segment, own, pin, note)
    return tuple(found[:MAX_CITATIONS])


def _matches(mask: str) -> list[tuple[Form, re.Match[str]]]:
    """Every form's matches in order of position; where two overlap, the earlier one."""
    found = [(form, match) for form, pattern in _FORMS for match in pattern.finditer(mask)]
    taken: list[tuple[Form, re.Match[str]]] = []
    for form, match in sorted(found, key=lambda entry: entry[1].start()):
        if not taken or match.start() >= taken[-1][1].end():
            taken.append((form, match))
    return taken


def _references(
    form: Form, match: re.Match[str], segment: Segment, own: str, pin: str | None, note: Segment
) -> Iterator[CrossReference]:
    """One cross reference for each number the phrase names; the pin belongs to the last."""
    groups = match.groupdict()
    labels = _labels(groups.get("many") or groups.get("one") or "")
    genre = groups.get("genre") or None
    inner = next((name for name in ("titled", "named") if groups.get(name)), None)
    citation = note.text[slice(*match.span(inner))] if inner else own
    if form == "author" and not citation and genre is None and not _CIT.search(match.group()):
        return
    for index, label in enumerate(labels or (None,)):
        yield CrossReference(
            form=form,
            label=label,
            own_citation=citation,
            pin=pin if index >= len(labels) - 1 else None,
            span=Span(*match.span()),
            segment=Span(segment.start, segment.start + len(segment)),
            chapter=groups.get("chapter"),
            parenthesis=_parenthesis(note, match.start()),
            genre=genre,
        )


def _labels(printed: str) -> list[str]:
    """`3, 5` -> 3, 5; `3–5` -> 3, 4, 5."""
    labels: list[str] = []
    for match in _LABELS.finditer(printed):
        label = normal_label(match["label"])
        before = labels[-1] if labels and match["to"] else None
        if before is not None and before.isdecimal() and label.isdecimal():
            gap = range(int(before) + 1, int(label))
            labels += [str(number) for number in gap] if len(gap) <= _MAX_RANGE else []
        labels.append(label)
    return labels[:_MAX_LABELS]


def _own_citation(own: Segment) -> str:
    """What the note prints before the reference in the same segment: authors or a title."""
    if not own.text:
        return ""
    clause = max(own.mask.rfind("，"), own.mask.rfind(",")) + 1
    lead = after_lead_in(own.mask, clause)
    text = own.text[lead if lead > clause else after_lead_in(own.mask, 0) :]
    text = _ACCORDING.sub("", text)
    return text.strip(" \n\t,，.。:：;；、(（*_")


_ACCORDING = re.compile(r"\A(?:[根依])?[據据](?=[\u4e00-\u9fff])")


def _parenthesis(note: Segment, at: int) -> int | None:
    if note.closed[at] != FILLER or note.mask[at] == FILLER:
        return None
    return len(note.closed[:at].rstrip(FILLER)) - 1
