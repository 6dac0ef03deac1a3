"""A question -> concepts: the things it speaks of, each with its equivalents in both languages.

`QueryReader(lexicon).concepts("How many members does the Quad have?")` gives the concepts `member`
(成员, 会员 from the dictionary) and `quad` (四方安全对话 from the publication's own glossary);
question words and other function words carry no concept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.segment import fold, has_han, is_noun, regional_forms, words
from index.spelling_out import short_forms
from index.stopwords import STOP_WORDS

LONGEST_PHRASE = 6
GLOSSARY_WEIGHT = 1.0
DICTIONARY_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One way to say a concept. `text` is folded; `terms` are its words as the index has them."""

    text: str
    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a question speaks of. `named` marks a glossary entry or a number, `noun` a noun or name,
    `proper` a proper name: a text that speaks of it has no other word for it."""

    text: str
    equivalents: tuple[Equivalent, ...]
    named: bool = False
    noun: bool = True
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Equivalent names and words: a glossary (folded name -> names) and a dictionary both ways.

    `english_words` and `english_nouns` are stems, `chinese_verbs` folded words, `names` proper names of
    either language, of the whole dictionary: what is no dictionary word is a name or a slip of the keyboard.
    """

    glossary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chinese_of: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    english_of: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    english_words: frozenset[str] = frozenset()
    english_nouns: frozenset[str] = frozenset()
    chinese_verbs: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def names_by_stems(self) -> dict[tuple[str, ...], str]:
        """Glossary names by the words that they are made of."""
        return {tuple(merge_singles(words(name))): name for name in self.glossary if words(name)}


class QueryReader:
    """Reads questions against one lexicon; build it once, it holds the phrase tables.

    `vocabulary` is the corpus's terms: a Latin word that neither it nor the lexicon knows is
    taken for the one known word that a single slip away gives (Qaud -> Quad).
    """

    def __init__(self, lexicon: Lexicon, vocabulary: Collection[str] = ()) -> None:
        self._lexicon = lexicon
        self._names = lexicon.names_by_stems
        self._known = frozenset(vocabulary) | {w for name in self._names for w in name}
        self._spellings = sorted(
            w for w in self._known if w.isascii() and w.isalpha() and len(w) > 3
        )

    def concepts(self, question: str) -> tuple[Concept, ...]:
        """The concepts of a question in reading order, each once."""
        tokens = [
            part
            for token in merge_singles(words(fold(question)))
            for part in self._parts(self._spelled(token))
        ]
        found = {c.text: c for c in self._concepts(tokens)}
        return tuple(found.values())

    def _spelled(self, token: str) -> str:
        if len(token) < 4 or not token.isascii() or not token.isalpha() or token in STOP_WORDS:
            return token
        if token in self._known or token in self._lexicon.english_words:
            return token
        found = process.extract(
            token, self._spellings, scorer=OSA.distance, score_cutoff=1, limit=5
        )
        # the first letter is taken to be right
        near = [str(word) for word, _, _ in found if word[0] == token[0]]
        return near[0] if len(near) == 1 else token

    def _parts(self, token: str) -> tuple[str, ...]:
        """美国国务院 -> 美国, 国务院: a compound that neither corpus nor lexicon has, of two that the lexicon has."""
        if len(token) < 4 or not has_han(token) or token in self._known or self._is_entry(token):
            return (token,)
        for cut in range(2, len(token) - 1):
            if self._is_entry(token[:cut]) and self._is_entry(token[cut:]):
                return token[:cut], token[cut:]
        return (token,)

    def _is_entry(self, token: str) -> bool:
        return token in self._lexicon.english_of or (token,) in self._names

    def _concepts(self, tokens: list[str]) -> Iterator[Concept]:
        position = 0
        while position < len(tokens):
            length, concept = self._longest_phrase(tokens, position)
            if concept is not None:
                yield concept
            position += length

    def _longest_phrase(self, tokens: list[str], start: int) -> tuple[int, Concept | None]:
        for length in range(min(LONGEST_PHRASE, len(tokens) - start), 0, -1):
            phrase = tuple(tokens[start : start + length])
            if name := self._names.get(phrase):
                return length, _named(name, self._lexicon)
            if length > 1 and phrase in self._lexicon.chinese_of and not has_han("".join(phrase)):
                return length, _worded(phrase, self._lexicon)
        word = tokens[start]
        if word in STOP_WORDS and not _is_month(tokens, start):
            return 1, None
        return 1, _worded((word,), self._lexicon)


def _is_month(tokens: Sequence[str], position: int) -> bool:
    """Whether a word is May, which a number stands beside: "in May 2024"."""
    beside = (*tokens[max(position - 1, 0) : position], *tokens[position + 1 : position + 2])
    return tokens[position] == "may" and any(token.isdigit() for token in beside)


def merge_singles(tokens: Iterable[str]) -> list[str]:
    """Join neighbouring single Han characters, as jieba leaves a name that it does not know:
    伯, 吉 -> 伯吉. A function word or a character beside a longer word stays alone."""
    merged: list[str] = []
    open_run = False
    for token in tokens:
        single = len(token) == 1 and has_han(token) and token not in STOP_WORDS
        if single and open_run:
            merged[-1] += token
        else:
            merged.append(token)
        open_run = single
    return merged


def _named(name: str, lexicon: Lexicon) -> Concept:
    return Concept(
        text=name,
        equivalents=tuple(_equivalent(n, GLOSSARY_WEIGHT) for n in (name, *lexicon.glossary[name])),
        named=True,
        proper=_is_proper(words(name), name, lexicon),
    )


def _worded(phrase: tuple[str, ...], lexicon: Lexicon) -> Concept:
    own = "".join(phrase) if has_han(phrase[0]) else " ".join(phrase)
    equivalents = [Equivalent(own, phrase)]
    for other in (*short_forms(own), *regional_forms(own)):
        equivalents.append(_equivalent(other, GLOSSARY_WEIGHT))
    for chinese in lexicon.chinese_of.get(phrase, ()):
        equivalents.append(_equivalent(chinese, DICTIONARY_WEIGHT))
    for english in lexicon.english_of.get(own, ()):
        equivalents.append(Equivalent(" ".join(english), english, DICTIONARY_WEIGHT))
    return Concept(
        text=own,
        equivalents=tuple(equivalents),
        named=re.search(r"\d", own) is not None,
        noun=_is_noun(phrase, own, lexicon),
        proper=_is_proper(phrase, own, lexicon),
    )


def _is_proper(stems: Iterable[str], own: str, lexicon: Lexicon) -> bool:
    """Months (七月, July) have a capital but are no proper names here: a text may print them as figures."""
    if own.endswith("月") or short_forms(own):
        return False
    return own in lexicon.names or " ".join(stems) in lexicon.names


def _is_noun(phrase: tuple[str, ...], own: str, lexicon: Lexicon) -> bool:
    if has_han(own):
        return len(own) > 1 and is_noun(own) and own not in lexicon.chinese_verbs
    return phrase[-1] in lexicon.english_nouns or phrase[-1] not in lexicon.english_words


def _equivalent(text: str, weight: float) -> Equivalent:
    return Equivalent(text, tuple(words(text)), weight)
