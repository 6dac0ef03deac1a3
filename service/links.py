"""Addresses of places in a publication: (document, span) -> `/documents/indsr-2025-01#q=120-158`.

`#q=START-END` counts code points of `Document.text`, half-open, like every span. The reading
view marks exactly that slice and scrolls to it. Without JavaScript the query form
`?q=START-END#q` does the same on the server. `#fn-ID`, `#s-ID` and the paragraph's own id are
plain anchors for notes, sections and paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from corpus.document import Span

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def document_url(document_id: str) -> str:
    """The reading view of a publication."""
    return f"/documents/{quote(document_id, safe='')}"


def quote_url(document_id: str, span: Span) -> str:
    """The reading view with `span` marked and scrolled to."""
    return f"{document_url(document_id)}#q={span.start}-{span.end}"


def plain_quote_url(document_id: str, span: Span) -> str:
    """The same place for a browser without JavaScript."""
    return f"{document_url(document_id)}?q={span.start}-{span.end}#q"


def note_url(document_id: str, footnote_id: str) -> str:
    """A note at the foot of the reading view."""
    return f"{document_url(document_id)}#{quote(note_anchor(footnote_id))}"


def document_cite_url(document_id: str) -> str:
    """Where a publication is cited; `?format=` says how."""
    return f"/api/v1{document_url(document_id)}/cite"


def note_cite_url(document_id: str, footnote_id: str) -> str:
    """Where a note is cited; `?format=` says how."""
    return f"/api/v1{document_url(document_id)}/footnotes/{quote(footnote_id)}/cite"


def answer_url(answer_id: str) -> str:
    """The page that gives an answer again, notes and all."""
    return f"/answers/{quote(answer_id, safe='')}"


def answer_cite_url(answer_id: str) -> str:
    """Where an answer is cited; `?format=` says how."""
    return f"/api/v1{answer_url(answer_id)}/cite"


def section_url(document_id: str, section_id: str) -> str:
    """The heading of a section in the reading view."""
    return f"{document_url(document_id)}#{quote(section_anchor(section_id))}"


def ask_url(document_ids: Sequence[str], section_id: str | None = None) -> str:
    """The chat, asking these publications only, or all; the first question leans on the section named."""
    section = [("section", section_id)] if section_id else []
    query = [*(("documents", document_id) for document_id in document_ids), *section]
    return "/" + ("?" + urlencode(query, quote_via=quote) if query else "")


def note_anchor(footnote_id: str) -> str:
    """The HTML id of a note."""
    return f"fn-{_anchor(footnote_id)}"


def section_anchor(section_id: str) -> str:
    """The HTML id of a heading."""
    return f"s-{_anchor(section_id)}"


def parse_span(text: str) -> Span | None:
    """`120-158` -> Span(120, 158); None for anything that is no span, or an empty one."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    span = Span(int(match[1]), int(match[2]))
    return span if span.start < span.end else None


def _anchor(text: str) -> str:
    """An HTML id holds no white space."""
    return re.sub(r"\s+", "_", text)
