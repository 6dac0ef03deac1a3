from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.concept_match import ConceptMatcher, folded_words, joined
from index.query import Concept, Equivalent

TEXTS = (
    "燈塔每二十秒閃一次。",
    "守燈人（lighthouse keeper）替油燈添油。",
    "The bakers' strike, 1931.",
)


def forms(*equivalents: Equivalent) -> ConceptMatcher:
    return ConceptMatcher.of([Concept(equivalents[0].text, equivalents)])


@pytest.mark.parametrize(
    ("equivalent", "text", "share"),
    [
        (Equivalent("灯塔", ("灯塔",)), TEXTS[0], 1.0),
        (Equivalent("灯塔", ("灯塔",), 0.8), TEXTS[0], 0.8),
        (Equivalent("灯塔", ("灯塔",)), TEXTS[1], 0.0),
        (Equivalent("守灯塔", ("守灯塔",)), TEXTS[1], 0.25),
        (Equivalent("添油", ("添油",)), TEXTS[0], 0.0),
        (Equivalent("lighthouse keeper", ("lighthous", "keeper")), TEXTS[1], 1.0),
        (Equivalent("lighthouse ship", ("lighthous", "ship")), TEXTS[1], 0.0),
        (Equivalent("1931", ("1931",)), TEXTS[2], 1.0),
        (Equivalent("?", ()), TEXTS[2], 0.0),
    ],
)
def test_form_is_met_whole_in_part_or_not(equivalent: Equivalent, text: str, share: float) -> None:
    assert forms(equivalent).met(folded_words(text)) == pytest.approx((share,))


def test_concept_is_met_through_the_best_of_its_forms() -> None:
    matcher = forms(Equivalent("strike", ("strike",), 0.8), Equivalent("罢工", ("罢工",)))
    assert matcher.met(folded_words(TEXTS[2])) == (0.8,)
    assert matcher.met(folded_words("罷工 strike")) == (1.0,)
    assert matcher.met(folded_words(TEXTS[0])) == (0.0,)


def test_concept_without_forms_and_question_without_concepts_meet_nothing() -> None:
    assert ConceptMatcher.of([Concept("x", ())]).met(folded_words(TEXTS[0])) == (0.0,)
    assert ConceptMatcher.of([]).met(folded_words(TEXTS[0])) == ()


@given(st.lists(st.text("灯塔守人油每keeper ", min_size=1, max_size=4), max_size=6))
def test_narrowed_to_a_whole_it_finds_in_the_parts_what_it_found_before(names: list[str]) -> None:
    parts = [folded_words(text) for text in TEXTS]
    matcher = ConceptMatcher.of(
        Concept(n, (Equivalent(n, tuple(n.split())), Equivalent("keeper", ("keeper",), 0.5)))
        for n in names
    )
    narrowed = matcher.within(joined(parts))
    assert [narrowed.met(part) for part in parts] == [matcher.met(part) for part in parts]
