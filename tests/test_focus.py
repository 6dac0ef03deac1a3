from __future__ import annotations

import pytest

from index.search import PassageIndex
from service.focus import focus_concept, focus_span


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("澳洲最後賠了法國多少違約金？", "違約金"),
        ("澳洲最后赔了法国多少违约金？", "违约金"),
        ("What was NATO's budget in 2025?", "budget"),
        ("美日韓三邊秘書處的首任秘書長是誰？", "首任秘書長"),
        ("How many members does the Quad have?", "members"),
    ],
)
def test_thing_asked_for_is_found_where_it_stands(question: str, focus: str) -> None:
    span = focus_span(question)
    assert span is not None
    assert span.of(question) == focus


@pytest.mark.parametrize(
    "question", ["Why did France object?", "燈塔為什麼慢？", "", "AUKUS 第二支柱"]
)
def test_question_that_names_no_thing_has_no_focus(question: str) -> None:
    assert focus_span(question) is None


def test_focus_is_a_concept_of_the_question(tiny_index: PassageIndex) -> None:
    question = tiny_index.read("How many loaves does each oven hold?")
    assert focus_concept(question) in question.concepts
    assert focus_concept(tiny_index.read("why did they strike?")) is None
