"""Questions a reader can begin with: the editor's own, else what each section says; all known to be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from corpus.document import Document, Language

SHOWN = 3
TRIED = 12
"""Each costs as much as a reader's question."""
_OF_SECTION: dict[Language, str] = {
    "zh-Hant": "關於{}，文中怎麼說？",
    "zh-Hans": "关于{}，文中怎么说？",
    "en": "What does the text say about {}?",
}


def suggest(
    documents: Sequence[Document], language: Language, answered: Callable[[str], bool]
) -> tuple[str, ...]:
    """At most three questions in `language`, for which `answered(question)` holds, of the first that there are."""
    candidates = islice(_candidates(documents, language), TRIED)
    return tuple(islice(filter(answered, candidates), SHOWN))


def _candidates(documents: Sequence[Document], language: Language) -> Iterator[str]:
    """Each once."""
    editors = (q for d in documents for q in d.metadata.suggestions.get(language, ()))
    titles = (section.title for d in documents for section in d.sections if section.title)
    seen: set[str] = set()
    for question in chain(editors, map(_OF_SECTION[language].format, titles)):
        if question not in seen:
            seen.add(question)
            yield question
