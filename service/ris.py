"""References -> RIS, for EndNote, Zotero and Mendeley.

    Reference(<Panda and Ohn 2024>, "p. 770") ->
    TY  - JOUR / AU  - Panda, Jagannath / TI  - Minilateralism / SP  - 767 / N1  - Cited at: p. 770

Tags follow the RIS specification of 2011 as Zotero reads it. A CSL variable that has no tag goes
to N1 as "variable: value". No value can begin a line of its own: `csl.one_line` saw to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import rispy  # type: ignore[import-untyped]

from service.bibliography import Reference, exported_item
from service.csl import (
    CslItem,
    citation_keys,
    family_name,
    language_of,
    people,
    printed_date,
    printed_name,
    printed_value,
)

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_FIELDS = {
    "title": "title",
    "container-title": "secondary_title",
    "collection-title": "tertiary_title",
    "volume": "volume",
    "issue": "number",
    "number": "note",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "edition": "edition",
    "DOI": "doi",
    "abstract": "abstract",
    "genre": "type_of_work",
    "title-short": "short_title",
    "number-of-volumes": "number_of_volumes",
    "call-number": "call_number",
    "section": "section",
}
_PARTS_OF_VOLUMES = {"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"}
_WRITTEN = {"type", "language", "page", "URL", "issued", "note", "locator", *_FIELDS}


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """RIS proper: CR LF, and no "1." line before a reference."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        return ""


def as_ris(references: Sequence[Reference]) -> str:
    """One record a work, lines ended by CR LF."""
    items = [exported_item(reference) for reference in references]
    records = [_record(i, key) for i, key in zip(items, citation_keys(items), strict=True)]
    return str(rispy.dumps(records, implementation=_Writer))


def _record(item: CslItem, key: str) -> dict[str, Any]:
    notes = str(item.get("note", "")).splitlines()
    if item["type"] not in _TYPES:
        notes.append(f"type: {item['type']}")
    record: dict[str, Any] = {"type_of_reference": _TYPES.get(item["type"], "GEN"), "id": key}
    record |= _names(item, notes)
    record |= {field: item[variable] for variable, field in _FIELDS.items() if variable in item}
    record |= _date(item, notes) | _pages(item.get("page", ""))
    if "URL" in item:
        record["urls"] = [item["URL"]]
    if language_of(item):
        record["language"] = language_of(item)
    notes += [
        f"{v}: {printed_value(item, v)}" for v in item if v not in _WRITTEN | {"author", "editor"}
    ]
    return record | ({"notes": notes} if notes else {})


def _names(item: CslItem, notes: list[str]) -> dict[str, Any]:
    """Authors and editors. A closing "et al." is no author and goes to the notes."""
    fields: dict[str, Any] = {}
    for variable in ("author", "editor"):
        names, shortened = people(item.get(variable, ()))
        if shortened:
            notes.append(f"{variable}: {'; '.join(map(printed_name, item[variable]))}")
        if not names:
            continue
        listed = [ris_name(name) for name in names]
        if variable == "author":
            fields["authors"] = listed
        elif item["type"] in _PARTS_OF_VOLUMES:
            fields["secondary_authors"] = listed
        else:
            fields["unknown_tag"] = {"ED": listed}
    return fields


def ris_name(name: Mapping[str, str]) -> str:
    """ "Panda, Jagannath"; "King, Martin Luther, Jr."; 王, 守仁; a literal name as it stands."""
    if "literal" in name:
        return name["literal"]
    parts = (family_name(name), name.get("given", ""), name.get("suffix", ""))
    return ", ".join(part for part in parts if part)


def _date(item: CslItem, notes: list[str]) -> dict[str, str]:
    """PY and DA (YYYY/MM/DD/); a range or a date in words also in the notes."""
    issued = item.get("issued")
    if not issued:
        return {}
    ends = issued.get("date-parts")
    if not ends or len(ends) > 1 or issued.get("circa"):
        notes.append(f"issued: {printed_date(issued)}")
    if not ends:
        return {}
    numbers = [str(n).zfill(width) for n, width in zip(ends[0], (4, 2, 2), strict=False)]
    date = "/".join([*numbers, "", "", ""][:3])
    return {"year": numbers[0], "date": f"{date}/"}


def _pages(page: str) -> dict[str, str]:
    """ "767-781" -> SP and EP; "4, 11-17" cannot be parted and is all SP."""
    if not page:
        return {}
    match = re.fullmatch(r"([^\s,\-–—]+)\s*[-–—]\s*([^\s,\-–—]+)", page)
    return {"start_page": match[1], "end_page": match[2]} if match else {"start_page": page}
