"""Every folder of tests/texts against what a careful editor says it contains."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Footnote
from corpus.read import read_document, read_text

TEXTS = Path(__file__).parent / "texts"
PUBLICATIONS = (
    Path(__file__).parent.parent / "corpus" / "texts",
    Path(__file__).parent / "publications",
)
CASES = sorted(path.parent.name for path in TEXTS.glob("*/expected.json"))


@cache
def expected(case: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((TEXTS / case / "expected.json").read_text(encoding="utf-8"))
    return truth


@cache
def document(case: str) -> Document:
    own = sorted((TEXTS / case).glob("source.*"))
    if own:
        source = own[0]
        return read_text(
            source.read_bytes().decode("utf-8"), case, {}, True if source.suffix == ".md" else None
        )
    return read_document(
        next(p for folder in PUBLICATIONS for p in folder.glob(f"{case}.*") if p.suffix != ".toml")
    )


Check = Callable[[str], None]
CHECKS: list[tuple[str, Check]] = []


def compared(key: str) -> Callable[[Check], Check]:
    """A check of the cases whose truth states `key`."""

    def registered(check: Check) -> Check:
        CHECKS.append((key, check))
        return check

    return registered


def notes_in_file_order(case: str) -> list[Footnote]:
    read = document(case)
    offsets = {ref.footnote_id: ref.offset for ref in reversed(read.noterefs)}
    return sorted(read.footnotes, key=lambda note: (note.line, offsets.get(note.id, 0)))


def pairs(case: str) -> list[tuple[Footnote, dict[str, Any]]]:
    """The n-th note read with the n-th note expected."""
    return list(zip(notes_in_file_order(case), expected(case)["notes"], strict=True))


def test_every_folder_has_a_case() -> None:
    assert sorted(path.name for path in TEXTS.iterdir() if path.is_dir()) == CASES


@compared("lang")
def language(case: str) -> None:
    assert document(case).metadata.lang == expected(case)["lang"]


@compared("title")
def title(case: str) -> None:
    assert document(case).metadata.title == expected(case)["title"]


@compared("authors")
def authors_and_affiliations(case: str) -> None:
    authors, truth = document(case).metadata.authors, expected(case)["authors"]
    assert [author.name for author in authors] == [author["name"] for author in truth]
    stated = [author["affiliation"] for author in truth if "affiliation" in author]
    assert [
        a.affiliation for a, t in zip(authors, truth, strict=True) if "affiliation" in t
    ] == stated


@compared("sections")
def sections(case: str) -> None:
    read = [(s.id, s.label, s.title, s.level) for s in document(case).sections if s.id]
    assert read == [
        (s["id"], s["label"], s["title"], s["level"]) for s in expected(case)["sections"]
    ]


@compared("paragraphs")
def paragraphs(case: str) -> None:
    read = document(case)
    found = [(p.section_id, p.span.of(read.text), p.kind) for p in read.paragraphs]
    assert found == [
        (p["section_id"], p["text"], p.get("kind", "paragraph"))
        for p in expected(case)["paragraphs"]
    ]


@compared("sentences")
def sentences(case: str) -> None:
    read = document(case)
    assert [s.span.of(read.text) for s in read.sentences] == expected(case)["sentences"]


@compared("notes")
def notes_are_verbatim(case: str) -> None:
    notes, truth = notes_in_file_order(case), expected(case)["notes"]
    stated = [stated.get("text", read.text) for read, stated in zip(notes, truth, strict=True)]
    assert [note.text for note in notes] == stated
    for note, wanted in zip(notes, truth, strict=True):
        assert [words for words in wanted.get("text_contains", []) if words not in note.text] == []


@compared("notes")
def note_labels_are_as_printed_and_ids_unique(case: str) -> None:
    found = pairs(case)
    assert len({note.id for note, _ in found}) == len(found)
    stated = [
        (note.label, truth["label"]) for note, truth in found if truth.get("label") is not None
    ]
    assert [label for label, _ in stated] == [label for _, label in stated]


@compared("notes")
def marks_are_tied_to_their_sentences(case: str) -> None:
    read = document(case)
    for note, truth in pairs(case):
        anchors = [r.sentence.of(read.text) for r in read.noterefs if r.footnote_id == note.id]
        assert anchors == truth.get("anchors", anchors), note.label


@compared("notes")
def kinds_of_notes(case: str) -> None:
    found = [
        (note.label, note.kind, truth["kind"]) for note, truth in pairs(case) if "kind" in truth
    ]
    assert [entry for entry in found if entry[1] != entry[2]] == []


@compared("notes")
def urls_of_notes(case: str) -> None:
    found = [
        (note.label, list(note.urls), truth["urls"])
        for note, truth in pairs(case)
        if "urls" in truth
    ]
    assert [entry for entry in found if entry[1] != entry[2]] == []


@compared("notes")
def number_of_works_in_notes(case: str) -> None:
    found = [
        (note.label, len(note.works), truth["n_works"])
        for note, truth in pairs(case)
        if "n_works" in truth
    ]
    assert [entry for entry in found if entry[1] != entry[2]] == []


@compared("notes")
def back_references(case: str) -> None:
    found = pairs(case)
    ours = {truth["id"]: note.id for note, truth in found}
    for note, truth in found:
        read = [(r.kind, r.target, r.work, r.pin) for r in note.back_references]
        stated = [
            (r["kind"], ours[r["target"]] if r["target"] is not None else None, r["work"], r["pin"])
            for r in truth.get("back_references", [])
        ]
        assert read == stated or "back_references" not in truth, note.label


@compared("findings")
def findings(case: str) -> None:
    found = document(case).findings
    errors = {(f.code, f.line) for f in found if f.severity == "error"}
    stated = {(f["code"], f["line"]) for f in expected(case)["findings"]}
    assert errors <= stated <= {(f.code, f.line) for f in found}


@compared("body_must_not_contain")
def body_holds_no_note_or_furniture(case: str) -> None:
    text = document(case).text
    assert [words for words in expected(case)["body_must_not_contain"] if words in text] == []


@pytest.mark.parametrize("case", CASES)
def test_text_is_read_as_its_truth_says(case: str) -> None:
    """One test a folder and not one a check, or starting and reporting them would take longer than they do."""
    wrong: list[str] = []
    for key, check in CHECKS:
        if expected(case).get(key) is not None:
            try:
                check(case)
            except AssertionError as error:
                wrong.append(f"{check.__name__}: {error}")
    assert not wrong, "\n\n".join(wrong)
