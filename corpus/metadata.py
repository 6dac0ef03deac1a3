"""Title, authors and the rest: the sidecar first, then the front matter, then what the text shows.

sidecar {}, contents "第四章 青嵐群島…（林若川）", note "* 林若川為…副研究員。" -> title 青嵐群島…, author 林若川, …副研究員
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.clean import visible
from corpus.document import Author, Language, Metadata
from corpus.frontmatter import Front
from corpus.language import detect_language

_LANGUAGES: tuple[Language, ...] = ("zh-Hant", "zh-Hans", "en")


def metadata_of(document_id: str, front: Front, sidecar: Mapping[str, Any], text: str) -> Metadata:
    """`front` is already completed with the author's note; `text` decides the language when nobody says it."""
    said = {k: visible(v) for k, v in sidecar.items() if isinstance(v, str)}
    fields = {**front.fields, **said}
    people = sidecar.get("authors")
    authors = front.authors
    if isinstance(people, list) and people:
        authors = tuple(_author(person) for person in people)
    lang = fields.get("lang") or fields.get("language")
    language = next((known for known in _LANGUAGES if known == lang), None)
    return Metadata(
        document_id,
        visible(str(sidecar.get("title") or front.title or "")) or document_id,
        authors,
        language or detect_language(text),
        fields.get("container_title") or fields.get("container-title"),
        fields.get("publisher"),
        visible(str(sidecar.get("issued") or fields.get("issued") or fields.get("date") or ""))
        or None,
        fields.get("url"),
        fields.get("licence") or fields.get("license"),
        _suggestions(sidecar.get("suggestions")),
    )


def _suggestions(table: object) -> Mapping[Language, tuple[str, ...]]:
    if not isinstance(table, Mapping):
        return {}
    return {
        lang: tuple(visible(str(question)) for question in table[lang])
        for lang in _LANGUAGES
        if isinstance(table.get(lang), list)
    }


def _author(person: object) -> Author:
    if isinstance(person, Mapping):
        affiliation = person.get("affiliation")
        return Author(
            visible(str(person.get("name", ""))), visible(str(affiliation)) if affiliation else None
        )
    return Author(visible(str(person)))
