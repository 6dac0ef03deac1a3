r"""References -> BibTeX, for LaTeX (with BibTeX or biber), JabRef and Zotero.

    Reference(<"50% of AUKUS", 2024>) -> @article{..., title = {50\% of {AUKUS}}, year = {2024}}

Text is UTF-8; only what TeX would read as a command is escaped. Braces become `\textbraceleft`,
because BibTeX counts `\{` as an opening brace. Capitals in titles stand in braces, so that no
style turns "Indo-Pacific" into "indo-pacific". A CSL variable without a field goes to `note`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Block, Entry, Field

from service.bibliography import Reference, exported_item
from service.csl import (
    CslItem,
    citation_keys,
    family_name,
    language_of,
    people,
    printed_date,
    printed_value,
)

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_EXACT_TYPES = {"article-journal", "book", "chapter", "paper-conference", "report", "thesis"}
_FIELDS = {
    "collection-title": "series",
    "volume": "volume",
    "issue": "number",
    "publisher-place": "address",
    "edition": "edition",
    "chapter-number": "chapter",
    "genre": "type",
    "ISBN": "isbn",
    "ISSN": "issn",
    "keyword": "keywords",
    "abstract": "abstract",
}
_WRITTEN = {"type", "author", "editor", "translator", "title", "page", "URL", "DOI", "language"}
_WRITTEN |= {"issued", "accessed", "note", "locator"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{character: "\\" + character for character in "$&#_%"},
}
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def as_bibtex(references: Sequence[Reference]) -> str:
    """One entry a work, keys unique in the file."""
    items = [exported_item(reference) for reference in references]
    keys = citation_keys(items)
    entries: list[Block] = [_entry(item, key) for item, key in zip(items, keys, strict=True)]
    return write_string(Library(entries))


def tex(text: str) -> str:
    r"""Text as TeX prints it back: "R&D -- 5%" -> "R\&D -{}- 5\%"."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return re.sub(r"(?<=([-'`,<>?!]))(?=[-'`,<>])", _unless_no_ligature, escaped)


def _unless_no_ligature(match: re.Match[str]) -> str:
    """TeX joins --, '', ``, ,,, <<, >>, ?` and !`; an empty group keeps them apart."""
    pair = match[1] + match.string[match.end()]
    return "{}" if pair[0] == pair[1] or pair in {"?`", "!`"} else ""


def _title(text: str) -> str:
    """The first word needs no braces for its first capital; every other word with one does."""
    words = text.split(" ")
    return " ".join(
        f"{{{tex(word)}}}" if any(c.isupper() for c in word[0 if n else 1 :]) else tex(word)
        for n, word in enumerate(words)
    )


def _names(names: Sequence[Mapping[str, str]]) -> str:
    listed, shortened = people(names)
    return " and ".join([_name(name) for name in listed] + ["others"] * shortened)


def _name(name: Mapping[str, str]) -> str:
    """ "Panda, Jagannath"; "King, Jr., Martin"; an institution in braces, as one name."""
    if "literal" in name:
        return f"{{{tex(name['literal'])}}}"
    parts = (family_name(name), name.get("suffix", ""), name.get("given", ""))
    known = [part for part in parts if part]
    return f"{{{tex(known[0])}}}" if len(known) == 1 else ", ".join(map(_name_part, known))


def _name_part(part: str) -> str:
    """A part in which BibTeX would read a comma or "and" stands in braces."""
    hidden = "," in part or re.search(r"\band\b", part, re.IGNORECASE)
    return f"{{{tex(part)}}}" if hidden else tex(part)


def _entry(item: CslItem, key: str) -> Entry:
    kind = _TYPES.get(item["type"], "misc")
    fields = {v: _names(item[v]) for v in ("author", "editor", "translator") if v in item}
    if "title" in item:
        fields["title"] = _title(item["title"])
    for variable, field in _fields_of(kind, item).items():
        if variable in item:
            fields[field] = tex(item[variable])
    if item["type"] not in _EXACT_TYPES:
        fields["entrysubtype"] = item["type"].removeprefix("article-")
    if "page" in item:
        fields["pages"] = re.sub(r"(?<=\w)[-–—](?=\w)", "--", tex(item["page"]))
    for variable, field in (("URL", "url"), ("DOI", "doi")):
        if variable in item:
            fields[field] = item[variable].translate(_URL_ESCAPES)
    if language_of(item):
        fields["language"] = tex(language_of(item))
    fields |= _dates(item)
    if notes := _notes(item):
        fields["note"] = tex("; ".join(notes))
    return Entry(kind, key, [_field(field, value) for field, value in fields.items()])


def _fields_of(kind: str, item: CslItem) -> dict[str, str]:
    """CSL variable -> field, for an entry of this kind. An issue comes before a report's number."""
    volumes = {"incollection", "inproceedings"}
    publisher = {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher")
    fields = {"container-title": "booktitle" if kind in volumes else "journal", **_FIELDS}
    number = {} if "issue" in item else {"number": "number"}
    return fields | {"publisher": publisher} | number


def _dates(item: CslItem) -> dict[str, str]:
    """`year` and `month` for BibTeX; `date` for biber and Zotero when there is more than a year."""
    fields: dict[str, str] = {}
    issued = item.get("issued", {})
    if ends := issued.get("date-parts"):
        fields["year"] = str(ends[0][0])
        if len(ends[0]) > 1:
            fields["month"] = _MONTHS[ends[0][1] - 1]
        if len(ends) > 1 or len(ends[0]) > 1 or issued.get("circa"):
            fields["date"] = printed_date(issued)
    if item.get("accessed", {}).get("date-parts"):
        fields["urldate"] = printed_date(item["accessed"])
    return fields


def _notes(item: CslItem) -> list[str]:
    """What has no field of its own, as "variable: value", after the notes of the work."""
    notes = str(item.get("note", "")).splitlines()
    words = [v for v in ("issued", "accessed") if "literal" in item.get(v, {})]
    written = _WRITTEN | _fields_of(_TYPES.get(item["type"], "misc"), item).keys()
    strays = words + [variable for variable in item if variable not in written]
    return notes + [f"{v}: {printed_value(item, v)}" for v in strays]


def _field(name: str, value: str) -> Field:
    """`month = jun` is a macro of every style and stands without braces."""
    return Field(name, value, enclosing="no-enclosing" if name == "month" else "{")
