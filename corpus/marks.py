"""Find what may be a note mark in a text, style by style; `notes` decides which of them are.

"機制。⁴ 川普" -> superscript 4        "觀點[1,3]。" -> bracket 1, 3        "所述[4]15。" -> bracket 4, pin 15
"（註一）" -> zhu 一      "沿用(2)。" -> paren 2      "效率①。" -> circled ①      "text[^key]" -> key      "held.12 The" -> glued 12      "it.5, 6 It" -> glued 5, 6
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus import numerals
from corpus.clean import HAN, is_cjk
from corpus.document import Span

Style = Literal["key", "superscript", "bracket", "zhu", "circled", "paren", "glued", "star"]

_SUP = numerals.SUPERSCRIPTS
_CIRCLES = "".join(numerals.CIRCLED_NUMBERS)
_NUMBER = r"\d{1,4}"
_HAN_NUMBER = "[一二三四五六七八九十百廿〇○]{1,6}"
_RANGE = r"[-–—~～‒−－]"

_KEY = re.compile(r"\[\^([^\]\[\s^]{1,100})\]")
_SUPERSCRIPT = re.compile(
    f"[⁽]?[{_SUP}]{{1,12}}(?:[,，、﹐˒⁻–-] ?[{_SUP}]{{1,4}}){{0,12}}[⁾]?"
    rf"|<sup>\s?\[?(?P<tag>{_NUMBER}(?: ?[,，、–-] ?{_NUMBER}){{0,12}})\]?\s?</sup>"
    rf"|(?<!\[)\^\[?(?P<caret>{_NUMBER}(?:[,–-] ?{_NUMBER}){{0,12}})\]?(?P<closed>\^)?(?![\d^])"
)
_PIN_PAGE = rf"\s?[Pp]{{1,2}}\.?\s?\d{{1,5}}(?:{_RANGE}\d{{1,5}})?\s?"
_BRACKET = re.compile(
    rf"(?:<sup>\s?)?\\?[\[［〔【]\s?(?P<list>{_NUMBER}(?:\s?(?:[,，、;；]|{_RANGE})\s?{_NUMBER}){{0,20}})"
    rf"(?:\s?(?:[,，:：]\s?(?P<inside>(?:pp?\.|頁|页)\s?[\d–,，\s-]{{1,20}}|at\s[\d:–-]{{1,12}}|(?:Art|Ch|Eq|Fig|Sec|Tab|[Cc]hap|[Ee]qs?|[Ff]ig|[Ll]emma|[Pp]ara|[Ss]ect?|[Tt]able|[Tt]heorem|[Tt]hm)\.?\s?\(?[\dA-Z.–-]{{1,12}}\)?)|[:：]\s?(?P<colon>\d{{1,4}}(?:{_RANGE}\d{{1,4}})?)))?\s?\\?[\]］〕】](?:\s?</sup>)?(?!\((?!{_PIN_PAGE}))"
    rf"(?:\s?{_RANGE}\s?[\[［〔【]\s?(?P<last>{_NUMBER})\s?[\]］〕】])?"
    rf"(?::?(?P<pin>\d{{1,4}}(?:{_RANGE}\d{{1,4}})?(?:[,，]\d{{1,4}}(?:{_RANGE}\d{{1,4}})?){{0,5}}|[{_SUP}][{_SUP}⁻–-]{{0,11}})|[（(](?P<bracketed>{_PIN_PAGE})[）)])?"
)
_INDEX = re.compile(r"(?<![^\W_])(?<!\d\s)[b-z]\Z")
"""x[1]: the index of a variable."""
_LINKED = re.compile(
    r"(?:<sup>\s?)?\[(?:\^|\\?\[)?\s?(?P<number>\d{1,4}|[ivxl]{1,7})\s?(?:\^|\\?\])?\]\(#[^()\s]{1,80}\)(?:\s?</sup>)?"
    rf"|(?:<sup[^<>]{{0,80}}>\s?)?<a\s(?=[^<>]{{0,200}}\bhref=[\"']?#)[^<>]{{1,200}}>\s?(?:<sup>\s?)?\[?(?P<anchor>{_NUMBER})\]?"
    r"(?:\s?</sup>)?\s?</a>(?:\s?</sup>)?"
)
"""A number that links to a place in the page: [[1]](#_ftn1), [1](#fn1), <sup><a href="#fn1">1</a></sup>."""
_ROMAN = re.compile(r"\\?\[(?P<list>[ivxl]{1,7}(?:, ?[ivxl]{1,7}){0,8})\\?\](?![(A-Za-z\d_])")
"""[iv], as Word numbers endnotes; an index a[i] looks the same."""
_HAN_BRACKET = re.compile(
    rf"(?<=[{HAN}。，；：、！？”」』》）])[〔［【]\s?(?P<number>{_HAN_NUMBER})\s?[〕］】]"
)
"""〔一〕 in an edited text; what opens a line there is a definition or a heading."""
_OF_AN_EQUATION = re.compile(
    rf"(?:(?:[公程等在由和與与及到至見见將将如按從从據据]|(?<![{HAN}]))式|\b(?:Eqs?\.|[Ee]quations?|[Ff]ormulae?))\s?\Z"
)
ZHU = "[腳脚尾附]?[註注][釋释解]?"
"""The word note, as Chinese texts print it before a number."""
_ZHU_NUMBER = f"(?:{_NUMBER}|{_HAN_NUMBER}|[{_CIRCLES}])"
_ZHU = re.compile(
    rf"[（(\[［〔【〈]\s?{ZHU}\s?(?P<list>{_ZHU_NUMBER}(?:\s?(?:[,，、;；]|{_RANGE})\s?(?:{ZHU})?\s?{_ZHU_NUMBER}){{0,12}})\s?[）)\]］〕】〉]"
)
_NO_NUMBER = re.compile(r"[腳脚尾附註注釋释解\s]")
_COMMA = re.compile(r"[,，、;；﹐˒]")
_DASH = re.compile(_RANGE)
_POINTERS = "同前上見见揭引參参詳详如於于在依按據据之條条第批附備备關关加轉转專专下及與与和"
_BARE_ZHU = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<=[。，；：！？」』”）》〉])[註注]\s?(?P<number>\d{{1,3}}(?!\d|\s?(?:[所之的、及與和至頁页中]|[–—-]\d))|{_HAN_NUMBER}(?![{HAN}、]))",
        rf"(?<=[{HAN}」』”）》〉、])(?<![{_POINTERS}])[註注]\s?(?P<number>\d{{1,3}}|{_HAN_NUMBER})(?=[。，；：、！？」』）]|$)",
    )
)
"""註1 without brackets: after a stop, or before one. 見註1 points to a note and is no mark."""
_CIRCLED = re.compile(f"[{_CIRCLES}]")
_PAREN = re.compile(r"(?<=\S)[（(]\s?(?P<number>\d{1,3})\s?[）)]")
_STAR = re.compile(
    r"(?<=\S)(?:\\\*|[*＊†‡§])(?=\s|$|[，。、；：，.;:])"
    rf"|(?<=[。！？，；：」』”）》])[*＊†‡](?=[{HAN}“「《])|(?<=[{HAN}])[†‡](?=[{HAN}])"
)
_GLUED = re.compile(
    rf"(?P<context>[{HAN}%％](?=\d{{1,3}}[，。；、：！？」』）])|[{HAN}](?=\d{{1,3}} ?[{HAN}])|"
    r"[.!?][”\"’'）)\]」]{0,3}|[”\"’）)\]」』》]|[,;:]|[。！？，；：、]|[A-Za-zÀ-ɏ])(?P<number>\d{1,4})(?![\d%])"
)
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_COUNTERS = "第圖图表約约達达為为至到近逾共計计年月日條条款項项頁页期卷號号版章節节前後后有占佔僅仅式例註注附"
"""Before digits that end a clause these show a count or an ordinal, no mark: 見表2，共計5。"""
_STOPS = "。！？"
_GLUED_LIST = re.compile(r"[1-9]\d{0,2}(?:, ?[1-9]\d{0,2}){1,8}(?![\d.%])(?=[\s—–)\]”’]|$)")
_UNIT = re.compile(
    r" ?(?:[年月日號号時时分秒個个名人位次倍元項项條条件號度歲岁世國国成萬万億亿千百十多餘余週周天屆届版卷期章節节頁页艘架所家種种類类]|%|％|percent|km|kg)"
)
_COUNTED = re.compile(
    rf"(?! ?(?:成[為为立果員员功]|[國国][家際际]))(?:{_UNIT.pattern}| ?[處处級级層层座棟栋株頭头隻只篇部冊册場场起口戶户樓楼點点米噸吨斤里浬寸尺"
    r"步代輩辈省市縣县島岛村組组隊队團团連连營营師师旅軍军美日元角]| ?(?:平方|立方|公[里尺斤噸吨頃顷分]|英[里尺]|海里|小[時时])| ?[到至與与和或] ?\d)"
)
"""What follows a count between Chinese characters, where a mark is rarer than a number."""
_ALNUM = re.compile(r"[A-Za-z0-9)]$")
_MEASURE = re.compile(r"(?:^|[^A-Za-z])(?:[kcmdμn]?m|ft|in|s|R|x|χ|CO|H|E|mc)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate: `labels` as printed, one for each note it names; `weight` says how like a mark it looks, 0 to 1."""

    span: Span
    style: Style
    labels: tuple[str, ...]
    weight: float = 1.0
    pin: str | None = None


def find_marks(text: str, styles: Sequence[Style]) -> list[Mark]:
    """Candidates of the given styles in order of place, none in code; of two that overlap the longer stays."""
    code = [Span(*match.span()) for match in _CODE.finditer(text)]
    found = [
        mark
        for style in styles
        for mark in _FINDERS[style](text)
        if not any(mark.span.start in span for span in code)
    ]
    found.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.span.start >= kept[-1].span.end:
            kept.append(mark)
    return kept


def _keys(text: str) -> Iterator[Mark]:
    for match in _KEY.finditer(text):
        yield Mark(Span(*match.span()), "key", (match[1],))


_CODE = re.compile(r"`[^`\n]{1,200}`")


def _superscripts(text: str) -> Iterator[Mark]:
    for match in _SUPERSCRIPT.finditer(text):
        printed = match["tag"] or match["caret"] or match[0].strip("⁽⁾")
        plain = "".join(str(_SUP.index(c)) if c in _SUP else c for c in printed)
        weight = 1.0
        before = text[max(match.start() - 4, 0) : match.start()]
        power = match["caret"] and not match["closed"] and _ALNUM.search(before)
        if power or (_MEASURE.search(before) and plain in {"2", "3"}):
            weight = 0.2
        elif before[-1:].isdigit() or before[-1:] == "⁻":
            weight = 0.4
        labels = expand(plain.replace("⁻", "-"))
        if labels:
            yield Mark(Span(*match.span()), "superscript", labels, weight)


def _brackets(text: str) -> Iterator[Mark]:
    for match in _LINKED.finditer(text):
        yield Mark(Span(*match.span()), "bracket", (_label(match["number"] or match["anchor"]),))
    for match in _ROMAN.finditer(text):
        yield Mark(
            Span(*match.span()), "bracket", tuple(match["list"].replace(" ", "").split(",")), 0.9
        )
    for match in _BRACKET.finditer(text):
        equation = _OF_AN_EQUATION.search(text, max(match.start() - 12, 0), match.start())
        labels = expand(match["list"] + (f"-{match['last']}" if match["last"] else ""))
        end, pin = (
            match.end(),
            match["inside"] or match["colon"] or match["bracketed"] or match["pin"],
        )
        if match["pin"] and match["pin"].isascii() and _UNIT.match(text, end):
            colon = text[match.start("pin") - 1] == ":"
            end, pin = match.start("pin") - colon, match["inside"]
        if labels:
            index = _INDEX.search(text, max(match.start() - 4, 0), match.start())
            weight = 0.3 if equation or index else 1.0
            yield Mark(Span(match.start(), end), "bracket", labels, weight, pin)
    for match in _HAN_BRACKET.finditer(text):
        if numerals.han(match["number"]) is not None:
            yield Mark(Span(*match.span()), "bracket", (match["number"],))


def _zhu(text: str) -> Iterator[Mark]:
    for match in _ZHU.finditer(text):
        labels = expand(_NO_NUMBER.sub("", match["list"]))
        if labels:
            yield Mark(Span(*match.span()), "zhu", labels)
    ends: set[int] = set()
    bare = (match for pattern in _BARE_ZHU for match in pattern.finditer(text))
    for match in sorted(bare, key=lambda m: m.start()):
        if text[match.start() - 1] != "、" or match.start() - 1 in ends:
            ends.add(match.end())
            yield Mark(Span(*match.span()), "zhu", (_label(match["number"]),), 0.6)


def _circled(text: str) -> Iterator[Mark]:
    """An enumerator (：①… ；②…) looks the same; what stands before and after it tells them apart."""
    for match in _CIRCLED.finditer(text):
        before = text[: match.start()].rstrip()[-1:]
        after = text[match.end() : match.end() + 1]
        enumerates = _enumerates(before, after)
        yield Mark(Span(*match.span()), "circled", (match[0],), 0.2 if enumerates else 1.0)


def _enumerates(before: str, after: str) -> bool:
    """Does a number between these characters open an item (：①… ；②…) rather than end a clause?"""
    return after not in {"", *"。，；、！？」』）"} and (not before or before in "：:；;，,、（(")


def _parens(text: str) -> Iterator[Mark]:
    """(1) after a clause; what it counts (：(1)… ；(2)…) and the (1) of § 12(1) and f(1) are none."""
    for match in _PAREN.finditer(text):
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        sure = (is_cjk(before) or before in '”’".!?') and not _enumerates(before, after)
        weight = (
            1.0
            if sure and not _OF_A_LAW.search(text, max(match.start() - 2, 0), match.start())
            else 0.2
        )
        yield Mark(Span(*match.span()), "paren", (_label(match["number"]),), weight)


_OF_A_LAW = re.compile(r"[條条項项款目式表圖图例第]\Z")


def _stars(text: str) -> Iterator[Mark]:
    stars = list(_STAR.finditer(text))
    for match in stars:
        sign = match[0][-1]
        if sign != "*" or text.count("*") % 2:
            yield Mark(Span(*match.span()), "star", (sign,))


def _glued(text: str) -> Iterator[Mark]:
    for match in _GLUED.finditer(text):
        start = match.start("number")
        listed = _GLUED_LIST.match(text, start) if match["context"][-1] not in _LETTERS else None
        labels = [_label(part) for part in listed[0].replace(" ", "").split(",")] if listed else []
        if listed and all(0 < int(b) - int(a) <= 10 for a, b in pairwise(labels)):
            yield Mark(Span(*listed.span()), "glued", tuple(labels))
            continue
        weight = _glued_weight(text, match)
        if weight > 0:
            label = _label(match["number"])
            yield Mark(Span(start, match.end("number")), "glued", (label,), weight)


def _glued_weight(text: str, match: re.Match[str]) -> float:
    """How likely digits that touch the word or stop before them are a mark, 0 to 1."""
    context, before = match["context"], text[max(match.start() - 24, 0) : match.start()]
    after = text[match.end() : match.end() + 8]
    if match["number"].startswith("0") or (after[:1] in ".," and after[1:2].isdigit()):
        return 0.0
    if _HAN_CHARACTER.match(context[-1]):
        if _HAN_CHARACTER.match(after.lstrip(" ")[:1]):
            counts = context[-1] in _COUNTERS or _COUNTED.match(text, match.end())
            return 0.0 if counts or match["number"] == "0" else 0.2
        return 0.0 if context[-1] in _COUNTERS else 0.4
    if context in "%％":
        return 0.4
    if is_cjk(context[-1]):
        counts = _UNIT.match(text, match.end())
        return 0.6 if not counts else 0.2 if counts[0][0] == " " and context[-1] in _STOPS else 0.0
    if after and not after[0].isspace() and after[0] not in "—–)]”’\"'.,;:?!，。；、：！？」』）":
        return 0.0
    if context[-1].isalpha():
        word = _letters_at_end(before) + context
        return 0.1 if word.isupper() or len(word) < 3 else 0.5
    if before[-1:].isdigit() and context in ".,;:":
        return _after_number_weight(context, match["number"], after)
    if before[-1:] in {"", " "} and not before.endswith(". "):
        return 0.0
    return 1.0 if context[0] in '.!?”"' else 0.7


def _after_number_weight(context: str, number: str, after: str) -> float:
    """ "34.5 The" may be note 5, "34.5 percent" is not; "in 1931,2 and" may be note 2, "1,204 of" is not."""
    if context == ".":
        return (
            0.3 if not after.strip() or (after.lstrip()[0].isupper() and after[0] == " ") else 0.0
        )
    return 0.2 if len(number) < 3 and context in ",;" and after[:1] == " " else 0.0


def _letters_at_end(text: str) -> str:
    return text[len(text.rstrip(_LETTERS)) :]


_LETTERS = "".join(chr(c) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250)))


_FINDERS = {
    "key": _keys,
    "superscript": _superscripts,
    "bracket": _brackets,
    "zhu": _zhu,
    "circled": _circled,
    "paren": _parens,
    "star": _stars,
    "glued": _glued,
}


def expand(printed: str) -> tuple[str, ...]:
    """ "1,3" -> ("1", "3"); "7-8" -> ("7", "8"); "一" -> ("一",). A range over 50 or backwards gives ()."""
    labels: list[str] = []
    for part in _COMMA.split(printed):
        ends = [end.strip() for end in _DASH.split(part.strip())]
        if len(ends) == 1:
            labels.append(_label(ends[0]))
            continue
        first, last = numerals.note_number(ends[0]), numerals.note_number(ends[-1])
        if len(ends) > 2 or first is None or last is None or not first < last <= first + 50:
            return ()
        labels.extend(str(number) for number in range(first, last + 1))
    return tuple(labels)


def _label(printed: str) -> str:
    return str(int(printed)) if printed.isdecimal() else printed


def parted(label: str) -> tuple[str, str] | None:
    """Two marks that touch, when they can be read as numbers in a row: "89" -> ("8", "9"), "1213" -> ("12", "13")."""
    for middle in range(1, len(label)):
        left, right = label[:middle], label[middle:]
        if label.isdecimal() and right[0] != "0" and int(right) == int(left) + 1:
            return left, right
    return None


def lifted_spans(text: str, marks: Sequence[Mark]) -> list[Span]:
    """What to cut out of `text` for `marks` (in order): the marks, and the blanks that served them.

    Marks that follow one another are cut as one, with the commas between them.
    """
    spans: list[Span] = []
    for mark in marks:
        if spans and _BETWEEN.fullmatch(text, spans[-1].end, mark.span.start):
            spans[-1] = Span(spans[-1].start, mark.span.end)
        else:
            spans.append(mark.span)
    return [_with_blanks(text, span) for span in spans]


_BETWEEN = re.compile(r"\s?[,，、;]?\s?")
_CLOSING = "。，、；：！？.,;:!?）)」』”’》〉】]"


def _with_blanks(text: str, span: Span) -> Span:
    """。¹ 自 -> 。自;  islands.¹ The -> islands. The;  shown [4]. -> shown."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    left, right = text[start - 1 : start], text[end : end + 1]
    blank_before, blank_after = start < span.start, end > span.end
    if not left or not right or (blank_before and right in _CLOSING):
        return Span(start, end)
    if _full_width_stop(left) or (is_cjk(left) and is_cjk(right)):
        return Span(start, end)
    if blank_before and blank_after:
        return Span(start, end - 1)
    return span


def _full_width_stop(character: str) -> bool:
    return is_cjk(character) and not character.isalnum()
