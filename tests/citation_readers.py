"""Exports read back to plain fields by readers that had no part in writing them.

RIS by a reader written from the specification, BibTeX by pybtex with pylatexenc for its TeX,
CSL-JSON by citeproc-py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from pybtex.database import Entry, Person  # type: ignore[import-untyped]
from pybtex.database.input.bibtex import Parser  # type: ignore[import-untyped]
from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
_CITED_AT = re.compile(r"Cited at: (.*?)(?=; [A-Za-z_-]+: |$)", re.MULTILINE)


ET_AL = {"et al.", "et al", "and others", "等"}


@dataclass(frozen=True, slots=True)
class ReadWork:
    """One work as a reference manager has it; `authors` are "Family, Given" or whole names."""

    title: str = ""
    authors: tuple[str, ...] = ()
    shortened: bool = False
    container: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    pin: str = ""


def ris_records(ris: str) -> list[dict[str, list[str]]]:
    """Records as tag -> values. Every line must be "XX  - value" and end with CR LF."""
    assert ris.endswith("\r\n")
    records: list[dict[str, list[str]]] = []
    for line in filter(None, ris.split("\r\n")):
        match = _RIS_LINE.fullmatch(line)
        assert match, line
        if match[1] == "TY":
            records.append({})
        records[-1].setdefault(match[1], []).append(match[2])
        assert "ER" not in records[-1] or match[1] == "ER", "a line after the end of a record"
    return records


def read_ris(ris: str) -> list[ReadWork]:
    return [_from_ris(record) for record in ris_records(ris)]


def _from_ris(record: Mapping[str, list[str]]) -> ReadWork:
    def first(tag: str) -> str:
        return record.get(tag, [""])[0]

    notes = record.get("N1", [])
    return ReadWork(
        title=first("TI"),
        authors=tuple(record.get("AU", ())),
        shortened=any(note.startswith("author: ") for note in notes),
        container=first("T2"),
        year=first("PY"),
        volume=first("VL"),
        issue=first("IS") or first("M1"),
        pages="-".join(filter(None, (first("SP"), first("EP")))),
        doi=first("DO"),
        url=first("UR"),
        pin=_pin("\n".join(notes)),
    )


def _pin(note: str) -> str:
    match = _CITED_AT.search(note)
    return match[1] if match else ""


def bibtex_entries(bibtex: str) -> list[Entry]:
    return list(Parser().parse_string(bibtex).entries.values())


@cache
def _tex_reader() -> LatexNodes2Text:
    """pylatexenc knows most commands; four of LaTeX's own are missing from its table."""
    known = get_default_latex_context_db()
    commands = [MacroTextSpec("textbraceleft", "{"), MacroTextSpec("textbraceright", "}")]
    commands += [MacroTextSpec("textasciicircum", "^"), MacroTextSpec("textasciitilde", "~")]
    known.add_context_category("braces", macros=commands, prepend=True)
    return LatexNodes2Text(latex_context=known)


def tex_text(tex: str) -> str:
    return str(_tex_reader().latex_to_text(tex))


def read_bibtex(bibtex: str) -> list[ReadWork]:
    return [_from_bibtex(entry) for entry in bibtex_entries(bibtex)]


def _from_bibtex(entry: Entry) -> ReadWork:
    def field(name: str) -> str:
        return tex_text(entry.fields.get(name, ""))

    authors = [bibtex_name(person) for person in entry.persons.get("author", [])]
    return ReadWork(
        title=field("title"),
        authors=tuple(author for author in authors if author != "others"),
        shortened="others" in authors,
        container=field("journal") or field("booktitle"),
        year=field("year"),
        volume=field("volume"),
        issue=field("number"),
        pages=field("pages").replace("–", "-"),
        doi=entry.fields.get("doi", ""),
        url=entry.fields.get("url", ""),
        pin=_pin(field("note")),
    )


def bibtex_name(person: Person) -> str:
    """ "Family, Given", with particles, as pybtex parts the name."""
    family = " ".join(person.prelast_names + person.last_names)
    given = " ".join(person.first_names + person.middle_names)
    parts = (family, given, " ".join(person.lineage_names))
    return ", ".join(tex_text(part) for part in parts if part)


def read_csl_json(text: str) -> list[ReadWork]:
    items = json.loads(text)
    works = CiteProcJSON(items)
    return [_from_csl(works[item["id"].lower()]) for item in items]


def _from_csl(reference: Mapping[str, Any]) -> ReadWork:
    def field(name: str) -> str:
        return str(reference.get(name, ""))

    authors = [csl_name(name) for name in reference.get("author", ())]
    issued = reference.get("issued")
    dated = issued.get("begin", issued) if issued else None
    return ReadWork(
        title=field("title"),
        authors=tuple(author for author in authors if author not in ET_AL),
        shortened=not ET_AL.isdisjoint(authors),
        container=field("container_title"),
        year=str(dated.get("year", "")) if dated else "",
        volume=field("volume"),
        issue=field("issue") or field("number"),
        pages=field("page"),
        doi=field("DOI"),
        url=field("URL"),
        pin=_pin(field("note")),
    )


def csl_name(name: Mapping[str, str]) -> str:
    """ "Family, Given" of a CSL name, or the literal."""
    if "literal" in name:
        return name["literal"]
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = " ".join(filter(None, (*particles, name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given"), name.get("suffix"))))
