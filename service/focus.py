"""The thing a question asks for, which an answer cannot do without.

    "澳洲最後賠了法國多少違約金？"            -> 違約金
    "What was NATO's budget in 2025?"         -> budget
    "美日韓三邊秘書處的首任秘書長是誰？"        -> 首任秘書長
    "Why did France object?"                  -> nothing: a reason has no name of its own

A near miss has the right names and lacks exactly this word.
"""

from __future__ import annotations

import re

from corpus.document import Span
from index.query import Concept
from index.search import Question
from index.segment import HAN, fold, fold_script, words

_CHINESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"多少(?:个|名|位|次|艘|架|项|年|种|条|份|家)?(?P<focus>[{HAN}]{{1,5}}?)(?=参加|参与|加入|[，,。？?的了]|$)",
        rf"(?:的|[，,])?(?P<focus>[{HAN}a-z]{{2,6}}?)(?:目前|现在|最近|大概|大约|总共|一共)?(?:是|为|有|占|增长了?|达到?|花了?|高达){{1,3}}[{HAN}a-z]{{0,4}}?(?:多少|几)",
        rf"的(?P<focus>[{HAN}a-z]{{2,8}}?)(?:是|叫)(?:谁|什么|哪)",
        rf"(?:几|哪)(?:个|名|位|次|艘|架|项|种|条|份|家|座|些|一个|几个)(?P<focus>[{HAN}]{{2,4}})",
        rf"(?<!为)什么(?P<focus>[{HAN}]{{2,4}})",
    )
)
_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        r"how (?:many|much) (?P<focus>(?:[\w'’-]+ ){0,2}?[\w'’-]+)(?= (?:do|does|did|is|are|was|were|will|has|have|had|in|of|to|can|could|per|each)\b|[?.,]|$)",
        r"how much (?:does|do|did|will|would) .*?\b(?P<focus>cost|weigh|pay|earn|spend|charge)\b",
        r"\b(?:what|which) (?P<focus>(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|will\b)(?:[\w'’-]+ ){0,3}?[\w'’-]+)(?= (?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|of)\b)",
        r"\bwhat (?:is|are|was|were) (?:the |a |an )?(?:name|number|amount|size|level|date|title) of (?:the |a |an )?(?P<focus>(?:[\w'’-]+ ){0,3}?[\w'’-]+)(?= (?:of|for|that|who|in|to|between|at|on|by|from)\b|[?.,]|$)",
        r"\bwhat (?:is|are|was|were) (?:the |a |an )?(?:[\w’'-]+['’]s? )(?P<focus>(?:[\w'’-]+ ){0,2}?[\w'’-]+)(?= (?:of|for|that|in|to|at|on|by|from|about)\b|[?.,]|$)",
        r"\bwhat (?:is|are|was|were) (?:the |a |an )?(?P<focus>(?:[\"\w'’-]+ ){0,3}?[\"\w'’-]+)(?= (?:of|for|that|in|to|between|at|on|by|from|about)\b)",
        r"\bwhat does (?P<focus>(?:[\w'’-]+ ){0,2}?[\w'’-]+)(?= of\b)",
    )
)


_GENERIC = frozenset(
    "name number amount kind type sort part year date day time country state person people place thing way role question problem issue point"
    " article reason aim status downside upside advantage disadvantage drawback benefit weakness strength limitation cost merit"
    " 缺点 优点 坏处 好处 长处 短处 弱点 弊端 优势 劣势 局限 国家 时候 时间 地方 问题 条件 角色 方向 关系 领域 原因 情况 事 事情 东西 样子 名字 内容 方面 类型 种类 目的 作用 钱 人 国 年".split()
)
"""Heads that only say what kind of thing is meant; a text need not use the word."""


def focus_concept(question: Question) -> Concept | None:
    """The noun at the head of what is asked for, as the index knows it; None where none is named."""
    span = focus_span(question.text)
    if span is None:
        return None
    asked = fold(span.of(question.text))
    inside = [
        c
        for c in question.concepts
        if c.noun and (c.text in asked or asked in c.text or _stemmed(c, asked))
    ]
    head = inside[-1] if inside else None
    return None if head is None or _GENERIC & {head.text, asked, *asked.split()[-1:]} else head


def _stemmed(concept: Concept, asked: str) -> bool:
    return all(word in words(asked) for word in concept.equivalents[0].terms)


def focus_span(question: str) -> Span | None:
    """Where in the question the thing asked for stands, in code points; None where none is named."""
    folded = fold_script(question).lower()
    if len(folded) != len(question):
        return None
    for pattern in (*_CHINESE, *_ENGLISH):
        if match := pattern.search(folded):
            return Span(*match.span("focus"))
    return None
