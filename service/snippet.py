"""What a site owner may choose for the widget, and the lines to paste for it.

    title=Ask+us&position=left -> <script async src="https://HOST/widget.js" data-title="Ask us"
                                   data-position="left"></script> <noscript>...</noscript>

The same names serve the form of the owner's page, the loader's `data-` attributes and the
address of the frame; `static/widget.js` reads the attributes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args
from urllib.parse import urlencode

from corpus.document import Language
from service.interface_language import match_language
from service.palette import Scheme, parse_colour

Position = Literal["right", "left", "inline", "frame"]
POSITIONS: tuple[Position, ...] = get_args(Position)
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
_PARTS_IDS = re.compile(r"[\s,]|^\[\"")
MAX_CHARACTERS: Mapping[str, int] = {"title": 80, "label": 40, "greeting": 300}


@dataclass(frozen=True, slots=True)
class WidgetOptions:
    """What is not chosen is empty or None; `position` frame means no script at all."""

    language: Language | None = None
    title: str = ""
    greeting: str = ""
    label: str = ""
    accent: str | None = None
    theme: Scheme | None = None
    position: Position = "right"
    documents: tuple[str, ...] = ()


def read_options(fields: Mapping[str, Sequence[str]]) -> WidgetOptions:
    """The options in a query. A value that cannot be used counts as not chosen; long ones are cut."""

    def first(name: str) -> str:
        value = " ".join((fields.get(name) or [""])[0].split())
        return value[: MAX_CHARACTERS.get(name, 100)]

    theme, position = first("theme"), first("position")
    return WidgetOptions(
        language=match_language(first("language")),
        title=first("title"),
        greeting=first("greeting"),
        label=first("label"),
        accent=parse_colour(first("accent")),
        theme=theme if theme in SCHEMES else None,
        position=position if position in POSITIONS else "right",
        documents=tuple(dict.fromkeys(filter(None, fields.get("documents", ())))),
    )


def snippet(options: WidgetOptions, service: str, link: str, title: str) -> str:
    """The lines to paste. `service` is its origin; `link` says what a page without scripts shows,
    `title` what a frame is called."""
    if options.position == "frame":
        named = _tag("iframe", src=frame_address(options, service), title=options.title or title)
        return f'{named[:-1]} width="100%" height="640" allow="clipboard-write"></iframe>'
    home = service + "/" + (f"?lang={options.language}" if options.language else "")
    plain = f"<noscript>{_tag('a', href=home)}{escape(options.label or link)}</a></noscript>"
    if options.position == "right":
        return f"{_script(service, _attributes(options))}\n{plain}"
    if options.position == "left":
        return f"{_script(service, {**_attributes(options), 'data-position': 'left'})}\n{plain}"
    inline = _tag("zhujiao-chat", **_attributes(options, labelled=False))
    script = _script(service, {"data-position": "inline"})
    return f"{script}\n{inline}{plain}</zhujiao-chat>"


def frame_address(options: WidgetOptions, service: str) -> str:
    """The address of the chat alone, for a frame that no script makes."""
    fields = [
        ("lang", options.language),
        ("title", options.title),
        ("greeting", options.greeting),
        ("accent", (options.accent or "").removeprefix("#")),
        ("theme", options.theme),
        *(("documents", document_id) for document_id in options.documents),
    ]
    query = urlencode([(name, value) for name, value in fields if value])
    return f"{service}/embed" + (f"?{query}" if query else "")


def _attributes(options: WidgetOptions, labelled: bool = True) -> dict[str, str]:
    attributes = {
        "data-language": options.language,
        "data-title": options.title,
        "data-greeting": options.greeting,
        "data-label": options.label if labelled else "",
        "data-accent": options.accent,
        "data-theme": options.theme,
        "data-documents": _listed(options.documents),
    }
    return {name: value for name, value in attributes.items() if value}


def _listed(ids: Sequence[str]) -> str:
    """With spaces between, or as JSON where an id holds what parts ids; the loader reads both."""
    parted = any(_PARTS_IDS.search(document_id) for document_id in ids)
    return json.dumps(ids, ensure_ascii=False) if parted else " ".join(ids)


def _script(service: str, attributes: Mapping[str, str]) -> str:
    return _tag("script async", src=f"{service}/widget.js", **attributes) + "</script>"


def _tag(name: str, **attributes: str) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
