"""The part of a publication that a question names: "according to the conclusion", 「前言怎麼說」.

Such a name is not the question's subject; it says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.document import Document
from index.search import Question, SectionKey
from index.segment import fold, words

_PARTS = (
    "前言 引言 导论 导言 绪论 绪言 序言 introduction preface foreword".split(),
    "结论 小结 结语 结论与建议 结论与展望 conclusion conclusions concluding_remarks".split(),
    "摘要 提要 abstract summary".split(),
)
_WHOLE = "chapter|paper|article|text|book|report|study|essay|publication|document"
_NAMED = re.compile(
    r"(?<!什么)(?<!哪些)(?<!得出)(?<!达成)(?P<chinese>前言|引言|导论|导言|绪论|绪言|序言|结论|小结|结语|摘要|提要)"
    r"|\b(?:the|its|their|\w+['’]s) (?P<english>introduction|preface|foreword|conclusions?|concluding remarks|abstract|summary)\b"
    rf"(?! of (?!(?:the|this) (?:{_WHOLE})\b))"
)


def narrowed(
    question: Question, documents: Iterable[Document]
) -> tuple[Question, tuple[SectionKey, ...]]:
    """The question without the name of a part, and the sections under the heading of that name; the question
    as it is and no sections where it names none, or none that a document has."""
    found = _NAMED.search(fold(question.text))
    if found is None:
        return question, ()
    name = found["chinese"] or found["english"]
    titles = next(part for part in _PARTS if name.replace(" ", "_") in part)
    headings = {title.replace("_", " ") for title in titles}
    sections = tuple(
        (document.id, section.id)
        for document in documents
        for section in document.sections
        if any(fold(above.title) in headings for above in document.section_path(section.id))
    )
    return (_without(question, name), sections) if sections else (question, ())


def _without(question: Question, name: str) -> Question:
    """The question less the concept that is the name of the part."""
    terms = tuple(words(name))
    kept = [i for i, c in enumerate(question.concepts) if c.equivalents[0].terms != terms]
    return replace(
        question,
        concepts=tuple(question.concepts[i] for i in kept),
        concept_idf=tuple(question.concept_idf[i] for i in kept),
        absent=tuple(question.absent[i] for i in kept),
    )
