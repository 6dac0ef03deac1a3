"""CSL-JSON items made safe to write in any format: strays to the note, strings on one line.

    {"type": "book", "title": "A\\nB", "colour": "red"}
    -> {"type": "book", "title": "A B", "note": "colour: red"}

The variables and types are those of the CSL project's `csl-data.json` (CSL 1.0.2). Nothing is
invented here and nothing is dropped: what is no CSL variable becomes a line of `note`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

CslItem = Mapping[str, Any]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter"
    " classic collection dataset document entry entry-dictionary entry-encyclopedia event"
    " figure graphic hearing interview legal_case legislation manuscript map motion_picture"
    " musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software"
    " song speech standard thesis treaty webpage"
)
NAMES = _words(
    "author chair collection-editor compiler composer container-author contributor curator"
    " director editor editorial-director executive-producer guest host illustrator interviewer"
    " narrator organizer original-author performer producer recipient reviewed-author script-writer"
    " series-creator translator"
)
DATES = _words("accessed available-date event-date issued original-date submitted")
TEXTS = _words(
    "abstract annote archive archive-place archive_collection archive_location authority"
    " call-number chapter-number citation-key citation-label citation-number collection-number"
    " collection-title container-title container-title-short dimensions division DOI edition"
    " event event-place event-title first-reference-note-number genre ISBN ISSN issue"
    " journalAbbreviation jurisdiction keyword language locator medium note number number-of-pages"
    " number-of-volumes original-publisher original-publisher-place original-title page"
    " page-first part part-title PMCID PMID printing publisher publisher-place references"
    " reviewed-genre reviewed-title scale section shortTitle source status supplement title"
    " title-short URL version volume volume-title volume-title-short year-suffix"
)
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ET_AL = re.compile(r"(?:and |& )?(?:et[ .]+al(?:ii|ia|\.)?|others)\.?|等(?:人|著)?", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3040-\u30ff]")


def one_line(value: object) -> str:
    """`value` as text with every run of white space and control characters made one space."""
    return _UNPRINTABLE.sub(" ", str(value)).strip()


def clean_item(item: CslItem) -> dict[str, Any]:
    """The item with CSL variables only, each well-formed; the rest as lines of `note`.

    `id` is left out: `citation_keys` gives keys that are unique in one export. Pages are joined
    by a hyphen, as CSL wants them: 30—41 -> 30-41.
    """
    cleaned: dict[str, Any] = {"type": item.get("type")}
    notes = [line for line in str(item.get("note", "")).splitlines() if one_line(line)]
    if cleaned["type"] not in TYPES:
        notes += _stray("type", item.get("type"))
        cleaned["type"] = "document"
    for variable, value in item.items():
        if variable in {"id", "type", "note"}:
            continue
        if variable in DATES and isinstance(value, Mapping):
            notes += _stray(f"{variable} season", value.get("season"))
        kept = _clean_value(variable, value)
        if kept:
            cleaned[variable] = kept
        else:
            notes += _stray(variable, value)
    if notes:
        cleaned["note"] = "\n".join(one_line(line) for line in notes)
    return cleaned


def _clean_value(
    variable: str, value: object
) -> str | list[dict[str, str]] | dict[str, Any] | None:
    """None or empty when `value` is not what CSL wants of `variable`."""
    if variable in NAMES and isinstance(value, Sequence) and not isinstance(value, str):
        names = [_clean_name(name) for name in value]
        return names if all(names) else None
    if variable in DATES:
        return _clean_date(value)
    if variable == "page" and isinstance(value, str | int):
        return re.sub(r"\s*[‐‑–—~～]\s*", "-", one_line(value))
    if variable in TEXTS and isinstance(value, str | int | float):
        return one_line(value)
    return None


def _clean_name(name: object) -> dict[str, str]:
    if isinstance(name, str):
        return {"literal": one_line(name)} if one_line(name) else {}
    if not isinstance(name, Mapping):
        return {}
    return {part: text for part in _NAME_PARTS if (text := one_line(name.get(part) or ""))}


def _clean_date(date: object) -> dict[str, Any] | None:
    if isinstance(date, str):
        return {"literal": one_line(date)} if one_line(date) else None
    if not isinstance(date, Mapping):
        return None
    ends = [_date_numbers(end) for end in date.get("date-parts") or ()][:2]
    if ends and all(ends):
        return {"date-parts": ends} | ({"circa": True} if date.get("circa") else {})
    printed = one_line(date.get("literal") or date.get("raw") or date.get("edtf") or "")
    return {"literal": printed} if printed else None


def _date_numbers(end: object) -> list[int]:
    """[2024, "06"] -> [2024, 6]; [] for anything else than year, month, day."""
    if not isinstance(end, Sequence) or isinstance(end, str) or not 1 <= len(end) <= 3:
        return []
    numbers = [int(part) for part in end if re.fullmatch(r"-?\d{1,6}", str(part))]
    allowed = ((-9999, 9999), (1, 12), (1, 31))
    fits = all(low <= n <= high for n, (low, high) in zip(numbers, allowed, strict=False))
    return numbers if fits and len(numbers) == len(end) else []


def _stray(variable: str, value: object) -> list[str]:
    printed = one_line("" if value is None else value)
    return [f"{one_line(variable)}: {printed}"] if printed else []


def is_et_al(name: Mapping[str, str]) -> bool:
    """Whether a name is the "et al." or 等 of a shortened list rather than a person."""
    return set(name) == {"literal"} and _ET_AL.fullmatch(name["literal"]) is not None


def people(names: Iterable[Mapping[str, str]]) -> tuple[list[Mapping[str, str]], bool]:
    """The names without a closing "et al.", and whether there was one."""
    listed = list(names)
    kept = [name for name in listed if not is_et_al(name)]
    return kept, len(kept) < len(listed)


def is_han(text: str) -> bool:
    """Whether all letters of `text` are Chinese characters."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(_HAN.match(c) for c in letters)


def printed_name(name: Mapping[str, str]) -> str:
    """ "Jagannath Panda"; Chinese names family first and closed up: 李俊毅."""
    if "literal" in name:
        return name["literal"]
    family, given = family_name(name), name.get("given", "")
    if is_han(family + given):
        return family + given
    return " ".join(part for part in (given, family, name.get("suffix", "")) if part)


def printed_date(date: Mapping[str, Any]) -> str:
    """EDTF: "2024-06-21", "2025-07/2025-08", "2024~" for about 2024; else the date as printed."""
    ends = date.get("date-parts")
    if not ends:
        return str(date.get("literal", ""))
    widths = (4, 2, 2)
    dates = ["-".join(str(n).zfill(w) for n, w in zip(e, widths, strict=False)) for e in ends]
    return "/".join(dates) + ("~" if date.get("circa") else "")


def printed_value(item: CslItem, variable: str) -> str:
    """A variable of any kind as one string: "Kei Koga; Sarah Teo", "2024-06", "78"."""
    if variable in NAMES:
        return "; ".join(map(printed_name, item[variable]))
    return printed_date(item[variable]) if variable in DATES else str(item[variable])


def family_name(name: Mapping[str, str]) -> str:
    """The family name with its particles: "van der Berg"."""
    parts = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    return " ".join(part for part in parts if part)


def language_of(item: CslItem) -> str:
    """The item's own `language`; for a title in Chinese characters without one, zh-TW; else "".

    A title with kana is Japanese and stays without a language.
    """
    if item.get("language"):
        return str(item["language"])
    title = str(item.get("title", ""))
    return "zh-TW" if _HAN.search(title) and not _KANA.search(title) else ""


def citation_keys(items: Sequence[CslItem]) -> list[str]:
    """Keys such as panda2024minilateralism, unique in the list, letters and digits only."""
    keys: list[str] = []
    for item in items:
        key, n = _citation_key(item), 1
        while (unique := key if n == 1 else f"{key}-{n}") in keys:
            n += 1
        keys.append(unique)
    return keys


def _citation_key(item: CslItem) -> str:
    names: Sequence[Mapping[str, str]] = item.get("author") or item.get("editor") or ({},)
    first = names[0]
    words = [_key_letters(word) for word in re.split(r"[\s‐-―:,.\-]+", str(item.get("title", "")))]
    word = next((w for w in words if len(w) > 3 or _HAN.match(w)), "".join(words[:2]))
    parts = item.get("issued", {}).get("date-parts")
    year = str(parts[0][0]) if parts else ""
    name = _key_letters(first.get("family") or first.get("literal") or "")
    return (name[:20] + year.lstrip("-") + word[:20]) or "work"


def _key_letters(text: str) -> str:
    """ASCII letters and digits in lower case, and Chinese characters; accents are taken off."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if _HAN.match(c) or (c.isascii() and c.isalnum())).lower()
