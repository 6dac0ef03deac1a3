"""Find where note definitions start among the lines of a file.

    "12 Megan Dee, “Minilateralism…" -> definition 12      "2025 年 1 月 21 日第二任…" -> body

A line that opens with a number may be a note, a heading, a list or a date. Each candidate is
weighed, and the ascending chain 1, 2, 3 ... of greatest weight wins, so a stray number is
outvoted by its neighbours instead of being named in a list of exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import numerals
from corpus.clean import HAN, Line
from corpus.marks import ZHU, Style

_HAN_NUMBER = "[一二三四五六七八九十百廿〇○]{1,6}"
_CIRCLES = "".join(numerals.CIRCLED_NUMBERS)
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("superscript", re.compile(f"\\A[⁽]?([{numerals.SUPERSCRIPTS}]{{1,4}})[⁾]?[.．、]?\\s*")),
    (
        "bracket",
        re.compile(
            r"\A(?:<sup>\s?)?\[(?:\^|\\?\[)?\s?(\d{1,4}|[ivxl]{1,7})\s?(?:\^|\\?\])?\]\(#[^()\s]{1,80}\)(?:\s?</sup>)?[.:]?\s*"
        ),
    ),
    ("superscript", re.compile(r"\A<sup>\s?(\d{1,4})\s?</sup>\s*")),
    ("bracket", re.compile(r"\A\\?[\[［〔【]\s?(\d{1,4}|[ivxl]{1,7})\s?\\?[\]］〕】]\s*(?![(（])")),
    ("bracket", re.compile(rf"\A[〔［【]\s?({_HAN_NUMBER})\s?[〕］】]\s*")),
    (
        "zhu",
        re.compile(
            rf"\A[（(\[［〔【〈]\s?{ZHU}\s?(\d{{1,4}}|{_HAN_NUMBER}|[{_CIRCLES}])\s?[）)\]］〕】〉]\s*[：:．.、]?\s*"
        ),
    ),
    (
        "zhu",
        re.compile(
            rf"\A{ZHU}(?:\s?(\d{{1,4}}|[{_CIRCLES}])\s*[：:．.、]?\s*|\s?({_HAN_NUMBER})\s*[：:．.、]\s*)"
        ),
    ),
    ("paren", re.compile(r"\A[（(]\s?(\d{1,3})\s?[）)]\s*")),
    ("circled", re.compile(f"\\A([{_CIRCLES}])[：:．.、]?\\s*")),
    ("bare-stop", re.compile(r"\A(\d{1,4})[.．、)）：](?!\d)\s*")),
    ("bare-blank", re.compile(r"\A(\d{1,4})\s+")),
    ("bare", re.compile(rf"\A(\d{{1,4}})(?=[“\"‘《〈「『*A-Z{HAN}])")),
)
FORMS_OF: Mapping[Style, frozenset[str]] = {
    "superscript": frozenset(
        {"superscript", "bracket", "paren", "bare-stop", "bare-blank", "bare"}
    ),
    "bracket": frozenset({"bracket", "bare-stop", "bare-blank"}),
    "zhu": frozenset({"zhu", "circled", "bare-stop", "bare-blank"}),
    "circled": frozenset({"circled"}),
    "paren": frozenset({"paren"}),
    "glued": frozenset({"superscript", "bracket", "bare-stop", "bare-blank", "bare"}),
}
"""Which printed forms of a definition go with which style of mark."""

NOTES_HEADING = re.compile(
    r"\A(?:[壹貳參肆伍陸柒捌玖拾一二三四五六七八九十\d]{1,3}[、．.]\s?)?(?:第[一二三四五六七八九十\d]{1,3}[章篇節节]\s?|本章)?[【\[［〔*_]{0,2}(?:[註注][釋释解]|附[註注]|尾[註注]|[註注](?=\s?[：:])|[腳脚][註注]"
    r"|(?:主要)?[參参引][考用](?:文[獻献]|[書书]目|資料|资料)(?:與註釋|与注释)?|引[註注]|notes?(?: and references)?(?: (?:to|for) (?:chapter|part|introduction|preface|conclusion)\b[^.]{0,60})?"
    r"|references?(?: and notes)?|endnotes?|footnotes?|works cited|bibliography|literature cited)[】\]］〕*_]{0,2}(?:\s?[（(][A-Za-z\u4e00-\u9fff ]{2,30}[)）])?\s?[：:]?",
    re.IGNORECASE,
)
_DATE_OR_COUNT = re.compile(
    r"\A\s?(?:[年月日時时號号世個个名人位次倍元條条度歲岁億亿萬万千百多餘余週周天艘架所家種种類类%％]|percent\b|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_CITING = re.compile(
    r"[“”\"《〈「『@]|https?:|\d{4}|同[註注前上]|前[揭引][註注書书]|參[見考]|参见|見[註注前]|详?[见參]|supra|ibid|infra|\bid\.|\bsee\b|\bpp?\.|\bcf\.|頁|页"
)
_STAR = re.compile(rf"\A(\*{{1,3}}|[＊†‡§]|\\\*)(?:\s+(?=\S)|(?=[{HAN}]))")


_NEAR = 12
"""Lines within which two definitions can follow one another with nothing else between."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Line `index` may define note `label`; its text starts at column `column`."""

    index: int
    form: str
    label: str
    number: int
    column: int


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Every line that opens like a definition and has text after the number."""
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        text = line.stripped
        lead = len(line.text) - len(text)
        for form, pattern in _FORMS:
            match = pattern.match(text)
            if match and match.end() < len(text):
                printed = next(group for group in match.groups() if group)
                number = numerals.label_number(printed)
                if number is not None and number < 2000:
                    kept = form in {"zhu", "circled"} or printed.isalpha()
                    label = printed if kept and not printed.isdecimal() else str(number)
                    found.append(Candidate(index, form, label, number, lead + match.end()))
                break
    return found


def star_candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Lines that open with *, † or ‡ as an author's note does; emphasis (*Ibid.*) does not count."""
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        text = line.stripped
        match = _STAR.match(text)
        if match and match.end() < len(text) and not (match[0] == "*" and "*" in text[1:80]):
            lead = len(line.text) - len(text)
            found.append(Candidate(index, "star", match[1].lstrip("\\"), 0, lead + match.end()))
    return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rest of the file says of a definition.

    `marked` maps a number to the first line where a sure mark shows it, `glued` where digits touch a
    word; `listed` are the lines below a heading such as 註釋 or Notes; `restarts` says that the
    numbers may begin again (on each page, in each chapter).
    """

    marked: Mapping[int, int]
    glued: Mapping[int, int]
    listed: frozenset[int]
    headings: frozenset[int]
    restarts: bool


def _weight(candidate: Candidate, lines: Sequence[Line], evidence: Evidence) -> float:
    rest = lines[candidate.index].text[candidate.column :]
    listed = candidate.index in evidence.listed
    weight = 0.0 if candidate.form.startswith("bare") else 1.0
    marked_at = evidence.marked.get(candidate.number)
    if marked_at is not None:
        weight += 1.0 if marked_at <= candidate.index else 0.3
    elif evidence.glued.get(candidate.number, candidate.index) < candidate.index:
        weight += 0.5
    if listed:
        weight += 1.0
    if candidate.form.startswith("bare") and not listed:
        if _DATE_OR_COUNT.match(rest):
            weight -= 1.5
        if _heads(candidate, lines, evidence):
            weight -= 2.0
    return weight


def _heads(candidate: Candidate, lines: Sequence[Line], evidence: Evidence) -> bool:
    """Does the line look like the heading of a section: a bare number, alone, and nothing cited?"""
    if not candidate.form.startswith("bare") or candidate.index in evidence.listed:
        return False
    rest = lines[candidate.index].text[candidate.column :]
    return candidate.index in evidence.headings and not _CITING.search(rest[:400].casefold())


def choose(
    found: Sequence[Candidate], lines: Sequence[Line], evidence: Evidence
) -> list[Candidate]:
    """The ascending chain of candidates of greatest weight, with second definitions of a number put back.

    Consecutive numbers, no body in between and the same printed form speak for a step; a gap
    speaks against it. Time grows linearly with the number of candidates.
    """
    adjacent = _adjacency(found, lines)
    best: dict[int, tuple[float, int]] = {}
    scores: list[float] = []
    previous: list[int] = []
    top = (0.0, -1)
    for position, candidate in enumerate(found):
        weight = _weight(candidate, lines, evidence)
        score, parent = weight - 0.2 * min(candidate.number - 1, 5), -1
        if (
            evidence.restarts
            and candidate.number <= 2
            and top[1] >= 0
            and top[0] + weight - 0.3 > score
        ):
            score, parent = top[0] + weight - 0.3, top[1]
        for gap in range(1, 7):
            before = best.get(candidate.number - gap)
            if before is None:
                continue
            step = before[0] + weight + _step(found[before[1]], candidate, gap, adjacent[position])
            if step > score:
                score, parent = step, before[1]
        scores.append(score)
        previous.append(parent)
        if candidate.number not in best or score >= best[candidate.number][0]:
            best[candidate.number] = (score, position)
        if score > top[0]:
            top = (score, position)
    chain: list[Candidate] = []
    position = top[1]
    while position >= 0:
        chain.append(found[position])
        position = previous[position]
    chain.reverse()
    again = [c for c in found if not _heads(c, lines, evidence)]
    return _with_duplicates(chain, again, lines)


def _step(left: Candidate, right: Candidate, gap: int, adjacent: int) -> float:
    weight = 0.5 if gap == 1 else -0.4 * (gap - 1)
    if left.form == right.form:
        weight += 0.7 if adjacent == left.index else 0.2
    return weight


def _adjacency(found: Sequence[Candidate], lines: Sequence[Line]) -> list[int]:
    """For each candidate the line of the candidate right before it, with nothing else between; else -1."""
    adjacent: list[int] = []
    for position, candidate in enumerate(found):
        if not position:
            adjacent.append(-1)
            continue
        earlier = found[position - 1].index
        near = candidate.index - earlier < _NEAR
        between = lines[earlier + 1 : candidate.index] if near else ()
        adjacent.append(earlier if near and all(line.blank for line in between) else -1)
    return adjacent


def _with_duplicates(
    chain: Sequence[Candidate], found: Sequence[Candidate], lines: Sequence[Line]
) -> list[Candidate]:
    """Put back a number defined a second time right beside a chosen definition, in the same form."""
    chosen = {candidate.index for candidate in chain}
    forms = {candidate.form for candidate in chain}
    adjacent = _adjacency(found, lines)
    numbers: set[int] = set()
    result: list[Candidate] = []
    for position, candidate in enumerate(found):
        if candidate.index in chosen:
            if result and candidate.number <= 1:
                numbers.clear()
            numbers.add(candidate.number)
            result.append(candidate)
            continue
        rest = lines[candidate.index].text[candidate.column :]
        if candidate.form not in forms or _DATE_OR_COUNT.match(rest):
            continue
        above = bool(result) and adjacent[position] == result[-1].index
        following = found[position + 1] if position + 1 < len(found) else candidate
        below = following.index in chosen and adjacent[position + 1] == candidate.index
        again = candidate.number in numbers or (below and following.number == candidate.number)
        if again and (above or below):
            result.append(candidate)
    return result
