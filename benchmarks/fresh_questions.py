"""Publications -> questions not asked before, without end: clauses and names of the text put into question forms. Serves the load benchmark.

    fresh_questions(documents, seed=1) -> "關於「最小多邊」與「臨界質量」，作者怎麼說？", ...

Half are Traditional, a quarter Simplified, a quarter English; no two are equal within one run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from corpus.document import Document
from index.segment import fold_script, has_han

_CLAUSE = re.compile(r"[^\s，。；：、「」《》〈〉（）()？！,.;:?!\"“”]{4,14}")
_NAME = re.compile(r"[A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+){0,3}")
_CHINESE = (
    "關於「{}」與「{}」，作者怎麼說？",
    "{}與{}有什麼關係？",
    "為什麼{}會影響{}？",
    "文中如何比較{}和{}？",
    "{}是否表示{}？",
)
_ENGLISH = (
    "What does the author say about {} and {}?",
    "How is {} related to {}?",
    "Why does {} matter for {}?",
    "Which countries connect {} with {}?",
)


def fresh_questions(documents: Sequence[Document], seed: int) -> Iterator[str]:
    """Distinct questions drawn with `seed`. Raises ValueError where the texts are too short to draw from."""
    text = "\n".join(d.text for d in documents)
    clauses = [c for c in dict.fromkeys(_CLAUSE.findall(text)) if has_han(c)]
    names = list(dict.fromkeys(_NAME.findall(text)))
    if len(clauses) < 2 or len(names) < 2:
        raise ValueError("questions are drawn from Chinese texts with names in Latin letters")
    return _drawn(random.Random(seed), clauses, names)


def _drawn(generator: random.Random, clauses: list[str], names: list[str]) -> Iterator[str]:
    asked: set[str] = set()
    while True:
        kind = generator.randrange(4)
        forms, words = (_ENGLISH, names) if kind == 3 else (_CHINESE, clauses)
        question = generator.choice(forms).format(*generator.sample(words, 2))
        if kind == 2:
            question = fold_script(question)
        if question not in asked:
            asked.add(question)
            yield question
