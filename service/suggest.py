"""Questions a reader can begin with: the editor's own, else what each section says; all known to be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from corpus.document import Document, Language

SHOWN = 3
_OF_SECTION: dict[Language, str] = {
    "zh-Hant": "關於{}，文中怎麼說？",
    "zh-Hans": "关于{}，文中怎么说？",
    "en": "What does the text say about {}?",
}


def suggest(
    documents: Sequence[Document], language: Language, answered: Callable[[str], bool]
) -> tuple[str, ...]:
    """At most three questions in `language`, for which `answered(question)` holds."""
    found: list[str] = []
    for question in _candidates(documents, language):
        if len(found) == SHOWN:
            break
        if question not in found and answered(question):
            found.append(question)
    return tuple(found)


def _candidates(documents: Sequence[Document], language: Language) -> Iterator[str]:
    for document in documents:
        yield from document.metadata.suggestions.get(language, ())
    for document in documents:
        for section in document.sections:
            if section.title:
                yield _OF_SECTION[language].format(section.title)
