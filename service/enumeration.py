"""Enumerations, so that a list is quoted whole: 「有三。首先…；其次…」, "two kinds. One ...; the other ...".

`following(sentences, 0)` over ["區分兩種類別。", "其一旨在…；其次則…。", "其他研究…"] is [1].
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.segment import fold

_COUNT = r"(?:[两二三四五六七八九十]|[2-9]|若干|以下|多)"
_ANNOUNCES = re.compile(
    rf"{_COUNT}(?:个|种|项|大|类|点|方面|阶段|层面|重|条|国|者|支柱|原因|目的|条件|理由|因素|类型|特质|特征|差异|建议)|(?:有|为|如下|包括)[二三四五六]?[:：。]|有[两二三四五六](?:[,，。:：;；]|$)|如下"
    r"|\b(?:two|three|four|five|six|seven|several|following)\b.*\b(?:kinds?|types?|reasons?|ways?|stages?|parts?|pillars?|conditions?|points?|aims?|goals?|steps?|factors?|measures?|elements?|differences?|groups?|categories)\b"
)
_FIRST = re.compile(
    r"^[「『“\"(（]?(?:首先|第一|其一|一是|一方面|一则|前者|甲|(?:the )?first(?:ly)?\b|one\b|to begin|\(?(?:1|i|a)\)|1\.)"
)
_NEXT = re.compile(
    r"^[「『“\"(（]?(?:其次|再次|再者|此外|另一方面|第[二三四五六七八九]|其[二三四五]|[二三四五]是|最后|末了|后者|其三"
    r"|(?:the )?(?:second|third|fourth|fifth)(?:ly)?\b|next\b|finally\b|lastly\b|another\b|the other\b|\(?(?:[2-9]|ii|iii|iv|v|[b-f])\)|[2-9]\.)"
)
MOST = 5
"""Longest enumeration followed, in sentences."""


def announces(sentence: str) -> bool:
    """Whether a sentence says how many things are to come."""
    return _ANNOUNCES.search(fold(sentence)) is not None


def opens(sentence: str) -> bool:
    """Whether a sentence is the first part of an enumeration."""
    return _FIRST.search(fold(sentence)) is not None


def continues(sentence: str) -> bool:
    """Whether a sentence is a later part of an enumeration."""
    return _NEXT.search(fold(sentence)) is not None


def following(sentences: Sequence[str], position: int) -> list[int]:
    """Positions of the parts that belong to the enumeration announced or opened at `position`.

    One sentence may stand between two parts, to explain the first; it is not taken.
    """
    if (
        announces(sentences[position])
        and position + 1 < len(sentences)
        and opens(sentences[position + 1])
    ):
        return [position + 1, *_parts(sentences, position + 1)]
    return _parts(sentences, position) if opens(sentences[position]) else []


def _parts(sentences: Sequence[str], first: int) -> list[int]:
    found: list[int] = []
    position = first
    while position < len(sentences) and len(found) < MOST:
        ahead = [p for p in (position + 1, position + 2) if p < len(sentences)]
        part = next((p for p in ahead if continues(sentences[p])), None)
        if part is None:
            break
        found.append(part)
        position = part
    return found
