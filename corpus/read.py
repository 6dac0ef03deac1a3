"""The recipe: a text file -> a Document.

clean -> furniture -> front matter -> notes -> outline -> paragraphs -> marks tied -> sentences -> footnotes
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.anchor import Anchored, anchor
from corpus.check import check_dois, check_notes, check_text, sort_findings
from corpus.clean import Line, clean, joining_of
from corpus.decode import MAX_BYTES, ReadError, decode
from corpus.document import Author, Document, Language, Metadata
from corpus.footnotes import footnote_ids, footnotes_of
from corpus.frontmatter import Front, find_front, with_author_note
from corpus.furniture import Furniture, find_furniture
from corpus.inline import inline_notes
from corpus.language import detect_language
from corpus.lift import Definition
from corpus.markdown import is_markdown, with_atx_headings
from corpus.marks import find_marks
from corpus.notes import split_notes
from corpus.outline import find_headings
from corpus.paragraphs import Element, assemble, layout_of
from corpus.tie import Tied, tie

SUFFIXES = (".txt", ".md", ".markdown")
_LANGUAGES: tuple[Language, ...] = ("zh-Hant", "zh-Hans", "en")

__all__ = ["MAX_BYTES", "SUFFIXES", "ReadError", "read_corpus", "read_document", "read_text"]


def read_corpus(folder: Path, max_bytes: int = MAX_BYTES) -> list[Document]:
    """Every publication in a folder, by name. Raises ReadError when the folder is missing or holds none."""
    if not folder.is_dir():
        raise ReadError(f"{folder}: no such folder; create it and put .txt or .md files into it")
    paths = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()
    )
    if not paths:
        raise ReadError(
            f"{folder}: holds no .txt or .md file; put at least one publication into it"
        )
    stem, count = Counter(path.stem for path in paths).most_common(1)[0]
    if count > 1:
        raise ReadError(f"{folder}: {count} files are named {stem}; rename one, the name is the id")
    return [read_document(path, max_bytes) for path in paths]


def read_document(path: Path, max_bytes: int = MAX_BYTES) -> Document:
    """One publication and its sidecar `<id>.toml`. Raises ReadError with one line that names the cure."""
    text = decode(path, max_bytes)
    return read_text(text, path.stem, _sidecar(path), path.suffix.lower() in SUFFIXES[1:])


def _sidecar(path: Path) -> Mapping[str, Any]:
    sidecar = path.with_suffix(".toml")
    if not sidecar.is_file():
        return {}
    try:
        return tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(
            f"{sidecar}: not TOML ({error}); compare it with the sidecar of another publication"
        ) from None


def read_text(
    text: str,
    document_id: str,
    sidecar: Mapping[str, Any] | None = None,
    markdown: bool | None = None,
) -> Document:
    """A Document from decoded text; Markdown is recognised by its headings and notes unless told."""
    cleaned = clean(text)
    marked_up = is_markdown(cleaned.lines) if markdown is None else markdown
    lines, _ = with_atx_headings(cleaned.lines) if marked_up else (cleaned.lines, None)
    furniture = find_furniture(lines, marked_up)
    lines = _turned(_blanked(lines, furniture.reasons), furniture)
    front = find_front(lines, marked_up)
    front_lines = [lines[index] for index in sorted(front.consumed)]
    lines = _blanked(lines, front.consumed)
    layout = layout_of(lines, marked_up, joining_of(lines))
    split = split_notes(lines, layout)
    headings = {heading.index: heading for heading in find_headings(split.body, marked_up)}
    elements = assemble(split.body, headings, layout)
    texts = [element.text for element in elements]
    inline, inline_marks = inline_notes(elements, len(split.definitions)) if marked_up else ((), {})
    definitions = (*split.definitions, *inline)
    ties = tie(elements, definitions, split.styles, inline_marks)
    ids = footnote_ids(definitions, _chapters(elements, ties))
    anchored = anchor(elements, ties, ids)
    footnotes, findings = footnotes_of(definitions, ids, _places(definitions, ties))
    in_front = [
        label
        for line in front_lines
        for mark in find_marks(line.text, split.styles)
        for label in mark.labels
    ]
    note = next((d.text for d in split.definitions if d.style == "star"), None)
    metadata = _metadata(
        document_id, with_author_note(front, furniture.contents, note), sidecar or {}, anchored
    )
    found = [
        *findings,
        *check_notes(definitions, texts, ties, in_front),
        *check_dois(footnotes),
        *check_text(anchored.text, len(anchored.sections), cleaned.invisible),
    ]
    return Document(
        metadata,
        anchored.text,
        anchored.sections,
        anchored.paragraphs,
        anchored.sentences,
        anchored.noterefs,
        footnotes,
        sort_findings(found),
        anchored.line_map,
    )


def _blanked(
    lines: Sequence[Line], indices: Mapping[int, str] | frozenset[int]
) -> tuple[Line, ...]:
    return tuple(replace(line, text="") if i in indices else line for i, line in enumerate(lines))


def _turned(lines: Sequence[Line], furniture: Furniture) -> tuple[Line, ...]:
    """Without form feeds, printed page numbers tell where pages turn."""
    if not lines or lines[-1].page > 1 or len(furniture.turns) < 2:
        return tuple(lines)
    turned: list[Line] = []
    page = 1
    for index, line in enumerate(lines):
        page += index in furniture.turns
        turned.append(replace(line, page=page))
    return tuple(turned)


def _chapters(elements: Sequence[Element], ties: Sequence[Sequence[Tied]]) -> dict[int, str]:
    """The top section where each definition is first marked."""
    chapters: dict[int, str] = {}
    chapter = ""
    for element, tied in zip(elements, ties, strict=True):
        if element.heading is not None and element.heading.level == 1:
            chapter = element.heading.label
        for t in tied:
            for order in t.orders:
                chapters.setdefault(order, chapter)
    return chapters


def _places(
    definitions: Sequence[Definition], ties: Sequence[Sequence[Tied]]
) -> Mapping[int, tuple[int, int]]:
    """Document order: numbered notes as they are listed, Markdown's keyed notes as they are first marked."""
    first: dict[int, int] = {}
    for t in (t for tied in ties for t in tied):
        for order in t.orders:
            first.setdefault(order, len(first))
    keyed = any(d.style == "key" for d in definitions)
    return {
        d.order: (first.get(d.order, len(first)) if keyed and d.style == "key" else -1, d.order)
        for d in definitions
    }


def _metadata(
    document_id: str, front: Front, sidecar: Mapping[str, Any], anchored: Anchored
) -> Metadata:
    """The sidecar wins, then the front matter, then what the text shows."""
    fields = {**front.fields, **{k: v for k, v in sidecar.items() if isinstance(v, str)}}
    people = sidecar.get("authors")
    authors = front.authors
    if isinstance(people, list) and people:
        authors = tuple(_author(person) for person in people)
    lang = fields.get("lang") or fields.get("language")
    language = next((known for known in _LANGUAGES if known == lang), None)
    return Metadata(
        document_id,
        str(sidecar.get("title") or front.title or document_id),
        authors,
        language or detect_language(anchored.text),
        fields.get("container_title") or fields.get("container-title"),
        fields.get("publisher"),
        str(sidecar.get("issued") or fields.get("issued") or fields.get("date") or "") or None,
        fields.get("url"),
        fields.get("licence") or fields.get("license"),
        _suggestions(sidecar.get("suggestions")),
    )


def _suggestions(table: object) -> Mapping[Language, tuple[str, ...]]:
    if not isinstance(table, Mapping):
        return {}
    return {
        lang: tuple(map(str, table[lang]))
        for lang in _LANGUAGES
        if isinstance(table.get(lang), list)
    }


def _author(person: object) -> Author:
    if isinstance(person, Mapping):
        affiliation = person.get("affiliation")
        return Author(str(person.get("name", "")), str(affiliation) if affiliation else None)
    return Author(str(person))
