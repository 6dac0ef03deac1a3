"""How far the concepts of a question are met in a text: in any of their forms, in words or in part.

    ConceptMatcher.of(question.concepts).met(folded_words("美日澳三邊安全對話"))  -> one share a concept, 0..1

A Latin form is met where all its stems stand in the text; a Chinese one where the text has it as
it is, or by half the share of its character pairs that stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.query import Concept, Equivalent
from index.segment import fold, has_han, words
from index.spelling_out import spell_out

PART_OF_A_WORD = 0.5


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """A text as it is matched: folded, with its short forms written out, and the words in it."""

    text: str
    words: frozenset[str]


def folded_words(text: str) -> FoldedWords:
    """A text made ready for matching."""
    folded = spell_out(fold(text))
    return FoldedWords(folded, frozenset(words(folded)))


def joined(parts: Sequence[FoldedWords]) -> FoldedWords:
    """All of them as one, so that what none of them has is looked for once."""
    return FoldedWords(
        "\n".join(part.text for part in parts), frozenset().union(*(part.words for part in parts))
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a concept: a Chinese `text` with its character pairs, or Latin `stems`."""

    weight: float
    text: str
    pairs: tuple[str, ...]
    stems: frozenset[str]

    @classmethod
    def of(cls, equivalent: Equivalent) -> _Form:
        text = equivalent.text
        if not has_han(text):
            return cls(equivalent.weight, "", (), frozenset(equivalent.terms))
        pairs = tuple(text[i : i + 2] for i in range(len(text) - 1))
        return cls(equivalent.weight, text, pairs if len(pairs) > 1 else (), frozenset())

    def met(self, among: FoldedWords) -> float:
        if not self.text:
            return self.weight if self.stems and self.stems <= among.words else 0.0
        if self.text in among.text:
            return self.weight
        if not self.pairs:
            return 0.0
        found = sum(pair in among.text for pair in self.pairs)
        return self.weight * (PART_OF_A_WORD * found / len(self.pairs))


@dataclass(frozen=True, slots=True)
class ConceptMatcher:
    """The concepts of one question, each as its forms, ready to be looked for in many texts."""

    forms: tuple[tuple[_Form, ...], ...]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> ConceptMatcher:
        """The concepts in their order."""
        return cls(tuple(tuple(_Form.of(e) for e in c.equivalents) for c in concepts))

    def met(self, among: FoldedWords) -> tuple[float, ...]:
        """How far each concept is met, through the best of its forms."""
        return tuple(max((form.met(among) for form in forms), default=0.0) for forms in self.forms)

    def within(self, whole: FoldedWords) -> ConceptMatcher:
        """The same for texts that are parts of `whole`, without the forms that it has nothing of."""
        return ConceptMatcher(
            tuple(tuple(form for form in forms if form.met(whole)) for forms in self.forms)
        )
