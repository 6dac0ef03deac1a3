"""Text as printed -> runs to typeset.

    A, *B*, <https://c.d>. -> text, raw *, em B, raw *, text, link https://c.d, text

Only two things are recognised: `*italics*` as the converters write them, and http(s)
addresses. Nothing else can become markup. The texts of the runs joined are the text itself:
the asterisks stay in as `raw` runs, which pages hide, so that a page's text content is the
source to the byte. The runs travel in the JSON, so page, widget and console share this rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.document import Language
from corpus.language import detect_language

RunKind = Literal["text", "em", "raw", "link"]

_MARKED = re.compile(
    r"(?<!\*)\*(?P<em>[^*\s](?:[^*\n]{0,400}[^*\s])?)\*(?!\*)"
    r"|(?P<link>https?://[^\s<>\"“”‘’（），。；、*]{1,2000})"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text set in one way. A link's `href` is the whole address, even of a cut piece."""

    kind: RunKind
    text: str
    href: str | None = None


def text_runs(text: str) -> Iterator[Run]:
    """The runs of `text`, in order, none of them empty."""
    position = 0
    for match in _MARKED.finditer(text):
        if match.start() > position:
            yield Run("text", text[position : match.start()])
        if match["em"] is not None:
            yield from (Run("raw", "*"), Run("em", match["em"]), Run("raw", "*"))
            position = match.end()
        else:
            address = _address(match["link"])
            yield Run("link", address, address)
            position = match.start() + len(address)
    if position < len(text):
        yield Run("text", text[position:])


def text_language(text: str, document_language: Language) -> Language:
    """The language to mark up a piece of a publication in.

    English without a Han character; else the publication's, or what a Chinese piece of an English one is in.
    """
    if not _HAN.search(text):
        return "en"
    return detect_language(text) if document_language == "en" else document_language


def _address(text: str) -> str:
    """`text` without the punctuation around it; a bracket stays when its pair is inside."""
    while text.endswith((".", ",", ";", ":", "!", "?", "'")) or (
        text.endswith(")") and text.count("(") < text.count(")")
    ):
        text = text[:-1]
    return text
