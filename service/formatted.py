"""References -> formatted text, one work a line: Chicago notes, APA, GB/T 7714.

    Reference(<Koga 2022>, "pp. 27, 31-32"), "chicago" ->
    Kei Koga, “A New Strategic Minilateralism,” Asia Policy 17, no. 4 (2022): 27, 31–32.

citeproc-py does the work, from the CSL files in `styles/`. It leaves four things undone, which are
done here on the style as loaded for one work: commas inside quotation marks, "et al." printed in
the source, ranges of months, and names and punctuation of Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from citeproc import (  # type: ignore[import-untyped]
    VARIABLES,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
)
from citeproc.formatter import plain  # type: ignore[import-untyped]
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from citeproc.string import MixedString, String  # type: ignore[import-untyped]

from service.bibliography import Reference, exported_item, pin_pages
from service.csl import DATES, NAMES, CslItem, is_han, language_of, one_line, people, printed_name

StyleName = Literal["chicago", "apa", "gbt7714"]

_STYLES = Path(__file__).parent / "styles"
_CLOSE_QUOTE, _HYPHEN = "\ue001", "\ue002"
_PAGED_BY_RANGE = {"article-journal", "chapter", "paper-conference"}
_PAGED = _PAGED_BY_RANGE | {"article", "article-magazine", "article-newspaper", "entry"}
_PAGED |= {"entry-dictionary", "entry-encyclopedia", "legal_case", "review", "review-book"}
_NAMESPACE = {"cs": "http://purl.org/net/xbiblio/csl"}


@dataclass(frozen=True, slots=True)
class _Style:
    file: str
    locale: str
    hyphen: str
    comma: str
    place: Literal["note", "list"] = "note"


class _Source(CiteProcJSON):  # type: ignore[misc]
    """Titles are text: citeproc-py would read `<span class="nocase">` in them as markup."""

    def parse_string(self, string: object) -> MixedString:
        return MixedString([String(string)])


def as_text(references: Sequence[Reference], style_name: StyleName) -> str:
    """One line a work; in APA a second line cites the page, which a reference list cannot hold.

    An interview, which APA keeps out of the list, has that second line only.
    """
    return "".join(f"{_formatted(reference, style_name)}\n" for reference in references)


def _style_for(style_name: StyleName, language: str) -> _Style:
    """The CSL file and locale for a work in `language`, which is a BCP 47 tag or ""."""
    chinese = language.lower().startswith("zh")
    if style_name == "apa":
        return _Style("apa.csl", "en-US", "–", ", ", "list")
    if style_name == "gbt7714":
        file = "china-national-standard-gb-t-7714-2015-note.csl"
        return _Style(file, "zh-CN" if chinese else "en-US", "-", ", ")
    if chinese:
        simplified = language.lower() in {"zh-cn", "zh-hans", "zh-sg"}
        return _Style("chinese-notes.csl", "zh-CN" if simplified else "zh-TW", "-", "，")
    return _Style("chicago-notes-bibliography-16th-edition.csl", "en-US", "–", ", ")


def _formatted(reference: Reference, style_name: StyleName) -> str:
    item = _pin_of_page(exported_item(reference))
    style = _style_for(style_name, language_of(item))
    loaded = CitationStylesStyle(str(_STYLES / style.file), locale=style.locale, validate=False)
    _mark_closing_quotes(loaded)
    _shorten_names(loaded, item)
    source = _Source([_for_citeproc(item) | _one_month(loaded, item, style.hyphen)])
    bibliography = CitationStylesBibliography(loaded, source, plain)
    pin = str(item.get("locator", ""))
    citation = Citation([CitationItem("work", **_cited_place(pin, style))])
    bibliography.register(citation)
    if style.place == "list":
        return _in_list(bibliography, citation, style)
    return _tidy(str(bibliography.cite(citation, lambda cited: None)), style)


def _in_list(bibliography: CitationStylesBibliography, citation: Citation, style: _Style) -> str:
    """The entry in the list; also the citation in the text, for a pin or where no entry is due."""
    entry = _tidy(" ".join(map(str, bibliography.bibliography())), style)
    if entry and not {"locator", "suffix"} & citation.cites[0].keys():
        return entry
    in_text = _tidy(str(bibliography.cite(citation, lambda cited: None)), style)
    return f"{entry}\nIn text: {in_text}".lstrip()


def _pin_of_page(item: dict[str, Any]) -> dict[str, Any]:
    """A page of a work that is no part of a volume, or one page of an article, is a pin.

    A note prints "p. 7" for the page it points to; only "pp. 767-781" is where an article stands.
    """
    page = str(item.get("page", ""))
    if item["type"] in _PAGED and not (item["type"] in _PAGED_BY_RANGE and page.isdigit()):
        return item
    rest = {variable: value for variable, value in item.items() if variable != "page"}
    return ({"locator": page} if page else {}) | rest


def _cited_place(pin: str, style: _Style) -> dict[str, Any]:
    """Pages as a locator, so that each style writes its own "pp."; any other place as printed."""
    if not pin:
        return {}
    pages = pin_pages(pin)
    if pages is None:
        return {"suffix": style.comma + pin}
    return {"locator": Locator("page", pages.replace("-", _HYPHEN))}


def _for_citeproc(item: CslItem) -> dict[str, Any]:
    """What citeproc-py knows of the item. A DOI that the URL spells out is not printed twice."""
    known = {v: value for v, value in item.items() if v.replace("-", "_") in VARIABLES}
    for variable in ("locator", "note"):
        known.pop(variable, None)
    if known.get("DOI") and known["DOI"].lower() in known.get("URL", "").lower():
        del known["DOI"]
    for variable in NAMES & known.keys():
        known[variable] = [_name(name) for name in known[variable]]
    language = language_of(item) or "und"
    return known | {"id": "work", "type": item["type"], "language": language}


def _name(name: Mapping[str, str]) -> dict[str, str]:
    """A Chinese name is one string, family first, so that no style puts a comma in it."""
    if "literal" in name or is_han(name.get("family", "") + name.get("given", "")):
        return {"literal": printed_name(name)}
    return dict(name)


def _mark_closing_quotes(loaded: CitationStylesStyle) -> None:
    """citeproc-py ignores `punctuation-in-quote`; marked quotes are moved by `_tidy`."""
    for locale in loaded.root.locales:
        for term in locale.iterfind(".//cs:term[@name='close-quote']", _NAMESPACE):
            if term.text == "”":
                term.text = _CLOSE_QUOTE


def _shorten_names(loaded: CitationStylesStyle, item: CslItem) -> None:
    """Print "et al." where the source did: the style is told to show the names before it."""
    for variable in ("author", "editor"):
        names, shortened = people(item.get(variable, ()))
        if not shortened:
            continue
        for element in loaded.root.iterfind(".//cs:names", _NAMESPACE):
            of_editors = "editor" in element.get("variable", "")
            if of_editors == (variable == "editor"):
                for name in element.iterfind("cs:name", _NAMESPACE):
                    name.set("et-al-min", str(len(names) + 1))
                    name.set("et-al-use-first", str(len(names)))


def _one_month(loaded: CitationStylesStyle, item: CslItem, hyphen: str) -> dict[str, Any]:
    """Dates for citeproc-py, which drops a range inside one year when only the year is wanted.

    July-August 2025 becomes a single month whose name in this style is "July–August"; of days
    in one year only the first is printed.
    """
    dates = {v: item[v] for v in DATES & item.keys() if v.replace("-", "_") in VARIABLES}
    ends = item.get("issued", {}).get("date-parts", ())
    if len(ends) != 2 or ends[0][0] != ends[1][0]:
        return dates
    if len(ends[0]) == len(ends[1]) == 2:
        for locale in loaded.root.locales:
            _join_months(locale, ends[0][1], ends[1][1], hyphen)
    return dates | {"issued": {"date-parts": [ends[0]]}}


def _join_months(locale: Any, first: int, last: int, hyphen: str) -> None:
    for term in locale.iterfind(f".//cs:term[@name='month-{first:02}']", _NAMESPACE):
        for other in locale.iterfind(f".//cs:term[@name='month-{last:02}']", _NAMESPACE):
            if term.get("form") == other.get("form"):
                term.text = f"{term.text}{hyphen}{other.text}"


def _tidy(text: str, style: _Style) -> str:
    """Marked hyphens and quotes made real; no full stop after "?" or "!", no space before 等.

    In APA a date in words, which citeproc-py prints for the year and again for the day, once.
    """
    text = re.sub(rf"([?!.,]?){_CLOSE_QUOTE}([.,]?)", _closing, text.replace(_HYPHEN, style.hyphen))
    if style.place == "list":
        text = re.sub(r"\(([^()]+), \1\)", r"(\1)", text)
    elif style.comma == "，":
        text = re.sub(r" (?=等，)", "", text)
    return one_line(re.sub(r"([?!])\.(?=\s|$)", r"\1", text))


def _closing(match: re.Match[str]) -> str:
    """American order: `Order”,` -> `Order,”`; `Cost?”,` -> `Cost?”`; `U.S.”,` -> `U.S.,”`."""
    inner, outer = match.groups()
    dropped = inner in {"?", "!"} or inner == outer
    return f"{inner}{'' if dropped else outer}”"
