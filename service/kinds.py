"""What a question asks for, from cheap signals, and whether a sentence has the shape of such an answer.

`question_kind("Quad有幾個領袖層級的工作小組？")` is "how-many"; a sentence without any number
cannot answer it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from index.segment import fold

QuestionKind = Literal[
    "who",
    "when",
    "where",
    "how-many",
    "why",
    "compare",
    "list",
    "definition",
    "outlook",
    "advice",
    "fact",
]

_NUMERAL = r"(?:(?<!\d)\d{1,15}(?:[.,]\d{1,15}){0,6}|(?<![〇零一二三四五六七八九十百千万亿两])[〇零一二三四五六七八九十百千万亿两]{1,15})"
_UNIT = r"(?:个|名|位|次|国|艘|架|项|人|年|月|日|周|天|小时|倍|成|%|％|亿|万|元|岁|条|份|家|所|座|种|类|届|页|期|公里|米|吨|桶|大)"

_ASKED_UNIT = re.compile(
    r"(?:多少|几)(?P<unit>[名位艘架条份座桶吨米亩辆枚吨届次页]|公里|小时|百分比)(?=[^，。？?])"
)
"""Measure words that an answer must repeat. Others (个, 年, 人, 国, 元) have too many near synonyms."""

_WORDING: tuple[tuple[QuestionKind, str], ...] = (
    (
        "why",
        r"为什么|为何|何以|缘故|原因|理由|why\b|how come|reasons? (?:for|behind|why)|what (?:prompted|caused|led to|made)\b|怎么会",
    ),
    (
        "how-many",
        r"多少|几(?:个|名|位|次|国|艘|架|项|人|年|月|成|倍|条|类|种)|how (?:many|much|often|long|large|big)\b|what (?:percentage|share|number|proportion)\b|(?:minimum|maximum|total|average)? ?(?:number|amount|percentage|proportion) of\b|占比|比例是",
    ),
    (
        "when",
        r"什么时候|何时|哪一?年|几月|几号|哪天|哪一天|什么日期|when\b|what (?:year|date|month)\b|which year\b",
    ),
    (
        "where",
        r"哪里|哪儿|何处|何地|什么地方|在哪|哪个(?:城市|地方|场合|地点)|where\b|which city\b",
    ),
    (
        "who",
        r"谁|何人|哪(?:个|一|些)?(?:位|国|人|国家|机构|公司|总统|部长)|who(?:m|se)?\b|which (?:[\w’-]+ ){0,2}(?:country|person|state|government|president|author|scholar|minister|official|leader|administration)\b",
    ),
    (
        "compare",
        r"比较|相比|差别|差异|区别|不同|异同|关系|compared?\b|comparison|differ(?:s|ence|ent)?\b|versus|\bvs\b|relation(?:ship)? between|two kinds",
    ),
    (
        "advice",
        r"应该|应当|该怎么|怎么做才|要怎么|如何才能|建议|should\b|must\b|recommend|advice|need to do",
    ),
    (
        "outlook",
        r"会不会|能不能|可不可能|有机会|有没有可能|前景|未来|将来|could\b|likely\b|prospects?\b|future\b|will\b|outlook",
    ),
    (
        "list",
        r"哪些|哪(?:两|三|四|五|六|七|八|九|十|几)|分别是|包括什么|有什么|列出|列举|what are the\b|which .*s (?:are|do|does)\b|\blist\b|name the\b",
    ),
    (
        "definition",
        r"什么是|是什么意思|何谓|意思|定义|指的是|含义|what (?:is|are|does) .*\bmean|what is (?:a|an|the)?\b|define|definition|meaning of",
    ),
)
_QUESTION = tuple((kind, re.compile(pattern)) for kind, pattern in _WORDING)

_SHAPE: dict[QuestionKind, re.Pattern[str]] = {
    "who": re.compile(
        r"首相|总理|总统|主席|部长|国务卿|次长|议长|大使|发言人|学者|论者|教授|研究员|官员|院长|署长|市长|县长|代表|政府|国家|国(?=[,，、。]|决定|宣布|倡议)"
        r"|president|minister|secretary|chair|director|professor|mayor|governor|council|government|ministry|authority|officials?|scholars?|mr|ms|dr|university"
    ),
    "when": re.compile(
        r"\d{4}|\d+ ?月|\d+ ?日|世纪|年代|january|february|march|april|\bmay\b|june|july|august|september|october|november|december|century"
    ),
    "how-many": re.compile(
        rf"{_NUMERAL} ?{_UNIT}|\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|third|quarter|percent)\b"
    ),
    "why": re.compile(
        r"因为|因此|由于|因|为了|旨在|出于|理由|原因|理据|目的|著眼|着眼|促使|为由|because|since|due to|in order to|so that|reason|therefore|aim"
    ),
    "outlook": re.compile(
        r"可望|或将|将|可能|机率|前景|未来|尚待|不太|预计|will\b|may\b|might|likely|expect|unlikely"
    ),
    "advice": re.compile(r"应|须|宜|必须|需要|不妨|建议|should|must|need|recommend|ought"),
    "list": re.compile(
        r"、.{0,80}?、|首先|其次|第[一二三四五]|分别|包[含括]|以及|, .{1,120}?, (?:and|or) |first|second|\(1\)|include"
    ),
    "compare": re.compile(
        r"相较|相对|相比|不同|则|而|区隔|分为|两|其一|其次|前者|后者|补充|取代|whereas|unlike|than|differ|while|both|compared"
    ),
    "definition": re.compile(
        r"是指|亦即|也就是|意味|定义|指|称为|是|means|refers? to|defined|is an?\b"
    ),
}


def question_kind(question: str) -> QuestionKind:
    """The kind that a question's wording shows first; "fact" where it shows none."""
    folded = fold(question)
    for kind, pattern in _QUESTION:
        if pattern.search(folded):
            return kind
    return "fact"


def asked_unit(question: str) -> str | None:
    """The measure word of the number that a Chinese question asks for: 多少桶石油 -> 桶."""
    found = _ASKED_UNIT.search(fold(question))
    return found["unit"] if found else None


def counts(sentence: str, unit: str) -> bool:
    """Whether a Chinese sentence has a number of this unit: 三艘, 25 桶."""
    return re.search(rf"{_NUMERAL} ?(?:多|余|几)?{re.escape(unit)}", _folded(sentence)) is not None


def has_shape(kind: QuestionKind, sentence: str) -> bool | None:
    """Whether the sentence has the form of an answer of this kind; None where form tells nothing."""
    pattern = _SHAPE.get(kind)
    return None if pattern is None else pattern.search(_folded(sentence)) is not None


@lru_cache(maxsize=5_000)
def _folded(sentence: str) -> str:
    """A sentence's folded form; the same sentences come up for question after question."""
    return fold(sentence)
