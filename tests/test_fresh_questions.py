from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.fresh_questions import fresh_questions
from index.question_language import language_of
from tests.tiny import tiny_document


def test_no_question_comes_twice_and_a_seed_gives_the_same_ones() -> None:
    asked = list(islice(fresh_questions([tiny_document()], seed=3), 60))
    assert len(set(asked)) == 60
    assert asked == list(islice(fresh_questions([tiny_document()], seed=3), 60))
    assert asked != list(islice(fresh_questions([tiny_document()], seed=4), 60))


def test_questions_come_in_three_languages() -> None:
    asked = islice(fresh_questions([tiny_document()], seed=3), 60)
    assert {language_of(question) for question in asked} == {"zh-Hant", "zh-Hans", "en"}


def test_nothing_can_be_drawn_from_no_text() -> None:
    with pytest.raises(ValueError, match="Chinese texts"):
        next(fresh_questions([], seed=1))
