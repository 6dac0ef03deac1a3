"""What a page says about its publication to reference managers: Highwire meta tags and COinS.

    Metadata(title="小多邊主義", ...) -> ("citation_title", "小多邊主義"), ...

Zotero and Google Scholar read the `citation_*` tags of a page's head; Zotero and Mendeley read
COinS, `<span class="Z3988" title="...">`, of which a page may have one for each work.
"""

from __future__ import annotations

from urllib.parse import urlencode

from corpus.document import Metadata
from service.bibliography import publication
from service.csl import CslItem, clean_item, people, printed_date, printed_name

_GENRES = {
    "article-journal": ("journal", "article"),
    "article-magazine": ("journal", "article"),
    "article-newspaper": ("journal", "article"),
    "book": ("book", "book"),
    "chapter": ("book", "bookitem"),
    "paper-conference": ("book", "proceeding"),
    "report": ("book", "report"),
}
_KEYS = {
    "volume": "rft.volume",
    "issue": "rft.issue",
    "page": "rft.pages",
    "publisher": "rft.pub",
    "publisher-place": "rft.place",
    "edition": "rft.edition",
    "ISBN": "rft.isbn",
    "ISSN": "rft.issn",
}


def citation_meta(metadata: Metadata, page_url: str) -> tuple[tuple[str, str], ...]:
    """(name, content) of the `<meta>` tags for a publication shown at the absolute `page_url`."""
    issued = publication(metadata).get("issued")
    tags: list[tuple[str, str | None]] = [("citation_title", metadata.title)]
    for author in metadata.authors:
        tags.append(("citation_author", author.name))
        tags.append(("citation_author_institution", author.affiliation))
    tags += [
        ("citation_publication_date", printed_date(issued).replace("-", "/") if issued else None),
        ("citation_inbook_title", metadata.container_title),
        ("citation_publisher", metadata.publisher),
        ("citation_language", metadata.lang),
        ("citation_public_url", metadata.url),
        ("citation_fulltext_html_url", page_url),
    ]
    return tuple((name, content) for name, content in tags if content)


def coins_pairs(csl: CslItem) -> tuple[tuple[str, str], ...]:
    """(key, value) of the OpenURL context object (ANSI/NISO Z39.88-2004) for a work."""
    work = clean_item(csl)
    family, genre = _GENRES.get(work["type"], ("dc", "document"))
    pairs = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{family}")]
    if "DOI" in work:
        pairs.append(("rft_id", f"info:doi/{work['DOI']}"))
    if "URL" in work:
        pairs.append(("rft_id", work["URL"]))
    authors, _ = people(work.get("author", ()))
    date = printed_date(work["issued"]) if "issued" in work else ""
    if family == "dc":
        pairs += [("rft.title", work.get("title", "")), ("rft.source", _container(work))]
        pairs += [("rft.creator", printed_name(name)) for name in authors]
    else:
        pairs += [("rft.genre", genre), *_titles(work, family, genre)]
        pairs += [(key, str(work[variable])) for variable, key in _KEYS.items() if variable in work]
        pairs += [("rft.au", printed_name(name)) for name in authors]
    pairs.append(("rft.date", date))
    return tuple((key, value) for key, value in pairs if value)


def coins(csl: CslItem) -> str:
    """The `title` of a `<span class="Z3988">`, before HTML escaping."""
    return urlencode(coins_pairs(csl))


def _container(work: CslItem) -> str:
    return str(work.get("container-title", ""))


def _titles(work: CslItem, family: str, genre: str) -> list[tuple[str, str]]:
    title = str(work.get("title", ""))
    if family == "journal":
        return [("rft.atitle", title), ("rft.jtitle", _container(work))]
    if genre in {"bookitem", "proceeding"}:
        return [("rft.atitle", title), ("rft.btitle", _container(work))]
    return [("rft.btitle", title), ("rft.series", _container(work))]
