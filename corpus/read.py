"""The recipe: a text file -> a Document.

clean -> furniture -> front matter -> notes -> outline -> paragraphs -> marks tied -> sentences -> footnotes
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.anchor import anchor
from corpus.check import check_dois, check_headings, check_notes, check_text, sort_findings
from corpus.clean import joining_of, visible
from corpus.decode import MAX_BYTES, ReadError, decode
from corpus.document import Document, SetAside
from corpus.footnotes import footnote_ids, footnotes_of
from corpus.frontmatter import with_author_note
from corpus.injection import check_injections
from corpus.inline import with_inline_notes
from corpus.marks import Style, find_marks
from corpus.metadata import metadata_of
from corpus.notes import SplitNotes, split_notes
from corpus.outline import find_headings, with_whole_headings
from corpus.paragraphs import assemble, layout_of
from corpus.strip import Pages, set_aside, strip_pages
from corpus.tie import tie

SUFFIXES = (".txt", ".md", ".markdown")

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
    for path in paths:
        _check_place(path, folder)
    stem, count = Counter(path.stem for path in paths).most_common(1)[0]
    if count > 1:
        raise ReadError(f"{folder}: {count} files are named {stem}; rename one, the name is the id")
    return [read_document(path, max_bytes) for path in paths]


def _check_place(path: Path, folder: Path) -> None:
    """A name becomes an id and an address; a link must not put another folder's file on the web."""
    if path.stem.strip(".") == "" or visible(path.stem) != path.stem or not path.stem.isprintable():
        shown = path.name.encode("ascii", "backslashreplace").decode()
        raise ReadError(
            f"{folder}: {shown!a} cannot be an address; rename it, with printed characters"
        )
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ReadError(f"{path}: leads out of {folder}; copy the file into the folder")


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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
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
    pages = strip_pages(text, markdown)
    layout = layout_of(pages.lines, pages.markdown, joining_of(pages.lines))
    notes = split_notes(pages.lines, layout)
    body = notes.body if pages.markdown else with_whole_headings(notes.body)
    headings = {heading.index: heading for heading in find_headings(body, pages.markdown)}
    elements = assemble(body, headings, layout)
    definitions, inline_marks = with_inline_notes(notes.definitions, elements, pages.markdown)
    ties = tie(elements, definitions, notes.styles, inline_marks)
    ids = footnote_ids(definitions, elements, ties)
    anchored = anchor(elements, ties, ids)
    footnotes, findings = footnotes_of(definitions, ids, ties)
    author_note = next((d.text for d in definitions if d.style == "star"), None)
    front = with_author_note(pages.front, pages.contents, author_note)
    found = [
        *findings,
        *check_notes(definitions, elements, ties, _labels(pages, notes.styles)),
        *check_dois(footnotes),
        *check_headings((h, body[h.index].number) for h in headings.values()),
        *check_text(anchored.text, len(headings), pages.invisible),
        *check_injections(anchored.text, anchored.paragraphs, footnotes, anchored.line_map),
    ]
    return Document(
        metadata_of(document_id, front, sidecar or {}, anchored.text),
        anchored.text,
        anchored.sections,
        anchored.paragraphs,
        anchored.sentences,
        anchored.noterefs,
        footnotes,
        sort_findings(found),
        anchored.line_map,
        _set_aside(pages, notes),
    )


def _labels(pages: Pages, styles: Sequence[Style]) -> list[str]:
    """What is marked in lines set aside: a note on the title or on an author's name is no orphan."""
    lines = (s.text for s in pages.set_aside)
    return [label for text in lines for mark in find_marks(text, styles) for label in mark.labels]


def _set_aside(pages: Pages, notes: SplitNotes) -> tuple[SetAside, ...]:
    lists = set_aside(pages.lines, dict.fromkeys(notes.headings, "heading of a list of notes"))
    return tuple(sorted((*pages.set_aside, *lists), key=lambda s: s.line))
