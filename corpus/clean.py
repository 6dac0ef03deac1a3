"""Text of a file -> lines with their numbers and pages, free of characters no reader can see.

    "\\ufeff壹、前\\u200b言\\r\\n\\f頁二" -> Line(1, "壹、前言", page 1), Line(2, "頁二", page 2)

Nothing that prints is touched. Joining lines into paragraphs is `paragraphs`' task; the
two joining rules live here because notes and paragraphs share them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇○"
FULL_WIDTH = "\u3001-\u3020\u30fb\uff01-\uff65"
CJK = HAN + FULL_WIDTH + "\u3040-\u30ff"

_BREAK = re.compile(r"\r\n|[\r\n]")
_PAGE_BREAK = "\f"
UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Characters that no reader sees, as a character class: zero-width, bidi controls, fillers, tags, selectors."""

LOOSE_SELECTOR = f"(?<![{HAN}])[\U000e0100-\U000e01ef]"
"""A variation selector chooses the form of the Han character before it. Any other carries hidden bytes."""

_INVISIBLE = re.compile(
    f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{UNSEEN}]|{LOOSE_SELECTOR}"
)
_LINE_END = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_OTHER_SPACE = re.compile("[\t\x85\u2028\u2029]")
_LATIN_CUT = re.compile(r"[A-Za-zÀ-ɏ]-$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as printed: `number` is 1-based in the file, `page` counts form feeds from 1."""

    number: int
    text: str
    page: int = 1

    @property
    def blank(self) -> bool:
        """Nothing printed, or lifted out."""
        return not self.text

    @property
    def indent(self) -> int:
        """Columns of white space before the first character; an ideographic space is two."""
        lead = len(self.text) - len(self.text.lstrip())
        return lead + self.text[:lead].count("\u3000")

    @property
    def blanks(self) -> int:
        """Blanks before the first character; the ideographic ones that open a Chinese paragraph do not count."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def stripped(self) -> str:
        """The text without its indentation."""
        return self.text.lstrip()


def printed_below(lines: Sequence[Line], index: int) -> Line | None:
    """The first line below that is not blank."""
    return next((lines[i] for i in range(index + 1, len(lines)) if not lines[i].blank), None)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`invisible` maps the number of a line to how many invisible characters it lost."""

    lines: tuple[Line, ...]
    invisible: dict[int, int]


def clean(text: str) -> Cleaned:
    """Split into lines and pages; drop control, bidi, zero-width, tag and variation characters.

    An ideographic variation selector stays where it follows a Han character, once.
    """
    lines: list[Line] = []
    invisible: dict[int, int] = {}
    page = 1
    for number, raw in enumerate(_BREAK.split(text), start=1):
        for position, part in enumerate(raw.split(_PAGE_BREAK)):
            page += position > 0
            visible, lost = _INVISIBLE.subn("", part)
            if number == 1 and part.startswith("\ufeff"):
                lost -= 1
            if lost:
                invisible[number] = invisible.get(number, 0) + lost
            visible = _OTHER_SPACE.sub(_four_spaces, visible.replace("\v", " "))
            lines.append(Line(number, visible.rstrip(), page))
    return Cleaned(tuple(lines), invisible)


def visible(text: str) -> str:
    """One line of text without what no reader can see: "甲\\u202e乙\\n丙" -> "甲乙 丙"."""
    return _INVISIBLE.sub("", _LINE_END.sub(" ", text)).strip()


def closed_up(text: str) -> str:
    """Without the blanks that spread a Chinese word over a line: "目  錄" -> "目錄", "參 考 文 獻" -> "參考文獻"."""
    return _SPREAD.sub("", text)


_SPREAD = re.compile(f"(?<=[{HAN}])[ \u3000]{{1,8}}(?=[{HAN}])")


def _four_spaces(match: re.Match[str]) -> str:
    return "    " if match[0] == "\t" else " "


def is_cjk(character: str) -> bool:
    """Han, kana, full-width letters, digits or punctuation: nothing that is set off by blanks.

    The curly quotes are not: both scripts print them.
    """
    return bool(_CJK_CHARACTER.match(character))


_CJK_CHARACTER = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Joining:
    """How a file writes: words it prints with a hyphen inside a line (lower case), and whether Chinese
    characters stand next to Latin letters and digits without a blank.
    """

    hyphenated: frozenset[str] = frozenset()
    closes_up: bool = False


def joining_of(lines: Iterable[Line]) -> Joining:
    """What the lines of a file show of its habits."""
    words: set[str] = set()
    close = apart = 0
    for line in lines:
        words.update(word.lower() for word in _HYPHENATED.findall(line.text))
        close += len(_CLOSE.findall(line.text))
        apart += len(_APART.findall(line.text))
    return Joining(frozenset(words), close > apart)


_HYPHENATED = re.compile(r"(?<![A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ]{1,40}-[A-Za-zÀ-ɏ]{1,40}(?![A-Za-zÀ-ɏ])")
_CLOSE = re.compile(f"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")
_APART = re.compile(f"[{HAN}] [A-Za-z0-9]|[A-Za-z0-9] [{HAN}]")


def joint(left: str, right: str, joining: Joining) -> tuple[str, str]:
    """How a line cut in two is joined: (left without its soft hyphen, what goes between).

    ("友盟關", "係的策略") -> ("友盟關", "");  ("sched-", "ules") -> ("sched", "");
    ("long-", "term") -> ("long-", "") where the file prints "long-term";  ("the", "sea") -> ("the", " ").
    """
    if not left or not right:
        return left, ""
    if _LATIN_CUT.search(left[-2:]):
        whole = (left[-80:].rsplit(None, 1)[-1] + _first_word(right)).lower()
        known = whole in joining.hyphenated or _COMPOUND.search(whole) is not None
        kept = known or not right[0].islower()
        return (left if kept else left[:-1]), ""
    if left[-1] in "-–" and left[-2:-1].isdigit() and right[0].isdigit():
        return left, ""
    if (left[-1] in "/-_=&?.%" or _inside_angle(left)) and "://" in left[-420:].rsplit(None, 1)[-1]:
        return left, ""
    sides = is_cjk(left[-1]) + is_cjk(right[0])
    if sides == 2 or (
        sides == 1 and (joining.closes_up or left[-1] in _CLOSED_UP or right[0] in _CLOSED_UP)
    ):
        return left, ""
    return left, " "


_COMPOUND = re.compile(
    r"\b(?:self|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)-|\bso-called\b|\bwell-(?:being|known|established)\b"
    r"|\b(?:long|short|medium|near|mid|wide)-(?:term|range|run|lived|standing|distance)\b"
)
"""Words that keep their hyphen wherever the line was cut."""
_CLOSED_UP = "，。、；：！？「」『』（）《》〈〉【】"


def _inside_angle(left: str) -> bool:
    tail = left[-420:]
    return tail.rfind("<") > tail.rfind(">")


def _first_word(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match[0] if match else ""


_FIRST_WORD = re.compile(r"[A-Za-zÀ-ɏ]{1,40}")
