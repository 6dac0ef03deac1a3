"""What a whole publication is about, in the sentences in which its author says so.

「這篇文章在講什麼」 and "summarise this chapter" name no subject to look for; what answers them is 「本文探討…」 or
"This Article argues that …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document, Span
from index.segment import fold

MOST = 3
"""Aims quoted in all, and documents at most: asked of more of them, "this text" does not say which."""
_BARE = re.compile(
    r"\b(?:why|how|so|this|that|(?:this|these) questions?)\W*$|(?:为何|为什么|其原因|上述问题|(?:此一|这个)问题)\W*$"
)
"""The end of a sentence that says what the text does, and leaves what about to the one before: "This paper asks why." """

_WHOLE = (
    "chapter|paper|article|essay|report|study|book|brief|note|text|document|publication|monograph"
)
_POINT = "argument|thesis|claim|point|message|topic|theme|idea|subject|contention"
_ENGLISH = re.compile(
    rf"\bwhat(?: is|'s| are|’s) (?:this|the|it|that)(?: (?:{_WHOLE}))?(?: all| mainly| really)? about\W*$"
    rf"|\bwhat does (?:this|the|that) (?:{_WHOLE})(?: mainly)? (?:argue|discuss|cover|examine|deal with|say|claim|do)\W*$"
    rf"|\bwhat does the author (?:mainly )?(?:argue|claim|say)\W*$"
    rf"|\b(?:main|central|overall|key|core) (?:{_POINT})s? (?:of|in|made by) (?:this|the) (?:{_WHOLE}|author)\W*$"
    rf"|\b(?:author|{_WHOLE})['’]s (?:main |central |overall |key |core )?(?:{_POINT})s?\W*$"
    rf"|\b(?:summar(?:y|i[sz]e)|overview|abstract|outline)(?: of)?(?: (?:this|the)(?: whole| entire)? (?:{_WHOLE}))\W*$"
    r"|^\W*(?:give me )?(?:an? |the )?(?:summary|overview|abstract|tl;?dr)\W*$"
)
_TEXT = (
    "(?:(?:这|本|该|此)一?(?:篇|章|份|本|部)?(?:文章|文|章|报告|论文|研究|书|文本)?|全文|文章|作者)"
)
_CHINESE = re.compile(
    rf"^\W*(?:请问|请|能否|可以)?{_TEXT}(?:究竟|到底|主要|大概|都|在|是){{0,3}}(?:讲|说|谈|讨论|探讨|研究|关于|论述|分析|主张|写)(?:的|些|了|是){{0,2}}(?:什么|哪些)(?:内容|问题|主题|呢|的)?\W*$"
    rf"|^\W*(?:请问|请)?{_TEXT}的?(?:主要|核心|中心|整体)?(?:主旨|大意|摘要|主题|论点|观点|主张|内容|重点|要点|论旨)(?:是|为|有)?(?:什么|哪些|何)?\W*$"
    rf"|^\W*(?:请|帮我|能否|可以)?(?:总结|概括|概述|摘要|归纳|简述|简介)(?:一下)?(?:{_TEXT}(?:的?(?:主要|核心)?(?:内容|重点|论点|大意|要点))?)?\W*$"
)
_DOES = "探讨|讨论|检讨|分析|检视|整理|研究|考察|说明|主张|认为|指出|旨在|聚焦|试图|尝试|梳理|回答|建议|论证|提出|关注"
_AIM = re.compile(
    r"^(?:(?:摘要|提要)\s?:?\s?)?(?:[^,。]{1,14},)?(?:因此|据此|为此)?"
    rf"(?:(?:本|此)(?:文|章|书|研究|报告|论文)|笔者)(?:的(?:目的|主旨|主张|(?:核心|主要)?论点)|(?!的)(?:以[^,。]{{1,20}}为例,)?[^,。]{{0,8}}?(?:{_DOES}))"
    rf"|^(?:abstract\W{{1,3}})?(?:[^,.]{{1,40}}, )?(?:(?:in )?this (?:{_WHOLE}),? )(?:(?:i|we) )?(?:\w+ly |first |then |also |will |shall )?"
    r"(?:examine|argue|ask|discusse?|explore|analy[sz]e|show|consider|trace|offer|review|propose|contend|describe|investigate|assesse?|seek|suggest|aim|look)s?\b"
    rf"|^the (?:aim|purpose|goal|argument|subject) of this (?:{_WHOLE})\b"
    r"|^(?:i|we) (?:argue|contend|propose)\b"
)


def asks_for_overview(question: str) -> bool:
    """Whether a question is about the whole text: what it is about, its main argument, a summary."""
    folded = fold(question)
    return _CHINESE.search(folded) is not None or _ENGLISH.search(folded) is not None


def overview(documents: Sequence[Document]) -> tuple[tuple[str, Span], ...]:
    """The sentences in which the authors say what their texts do, in reading order, MOST in all; none
    where there are more documents than that."""
    if not 0 < len(documents) <= MOST:
        return ()
    each = MOST // len(documents)
    return tuple(
        (document.id, span)
        for document in documents
        for aim in _aims(document)[:each]
        for span in aim
    )


def _aims(document: Document) -> list[list[Span]]:
    """Each sentence that says what the text does, with the one before it where it leans on that."""
    spans = [sentence.span for sentence in document.sentences]
    found: list[list[Span]] = []
    for i, span in enumerate(spans):
        text = fold(span.of(document.text))
        if _AIM.match(text):
            leans = i > 0 and _BARE.search(text) is not None
            found.append(spans[i - leans : i + 1])
    return found
