from __future__ import annotations

import pytest

from index.query import Lexicon, QueryReader
from service.followup import leans_back

READER = QueryReader(
    Lexicon(
        glossary={
            "colby": ("柯伯吉",),
            "柯伯吉": ("colby",),
            "quad": ("四方安全对话",),
            "aukus": ("澳英美三方安全伙伴关系",),
            "吕宋经济走廊": ("luzon economic corridor",),
        }
    )
)


def leans(earlier: str, question: str) -> bool:
    return leans_back(question, READER.concepts(question), READER.concepts(earlier))


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("Who is Elbridge Colby?", "What is he worried about?"),
        ("What is the Quad?", "And who proposed it?"),
        ("What is the Quad?", "Why?"),
        ("什麼是四方安全對話？", "那是誰提議的？"),
        ("什么是四方安全对话？", "为什么？"),
        ("柯伯吉是誰？", "他擔心什麼？"),
        ("柯伯吉是誰？", "擔心什麼？"),
        ("When did the strike begin?", "How long?"),
    ],
)
def test_question_that_cannot_stand_alone_leans_back(earlier: str, question: str) -> None:
    assert leans(earlier, question)


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("什麼是 AUKUS？", "呂宋經濟走廊在哪裡討論？"),
        ("Who is Elbridge Colby?", "What is AUKUS?"),
        ("What is the Quad?", "How many loaves does every brick oven on Mill Lane hold?"),
        ("什麼是四方安全對話？", "白沙岬燈塔的守燈人每夜替油燈添油幾次？"),
    ],
)
def test_question_with_a_subject_of_its_own_stands_alone(earlier: str, question: str) -> None:
    assert not leans(earlier, question)
