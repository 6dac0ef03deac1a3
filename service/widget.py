"""The loader `/widget.js`, and the page `/widget` on which a site owner makes the lines to paste."""

from __future__ import annotations

import json

from flask import Blueprint, Response, make_response, request
from markupsafe import Markup

from service import running
from service.current_library import library
from service.frame import asked_options
from service.headers import content_security_policy
from service.interface_language import reader_language
from service.messages.widget import WIDGET, WidgetMessages
from service.pages import render_page
from service.palette import read_palettes
from service.snippet import MAX_CHARACTERS, POSITIONS, SCHEMES, snippet

widget = Blueprint("widget", __name__)

_LOADER_STRINGS = ("launcher", "frame_title", "lost", "open_in_tab", "close")


@widget.get("/widget.js")
def loader() -> Response:
    """The script of a host page: `static/widget.js`, called with its strings."""
    said = {tag: {name: getattr(w, name) for name in _LOADER_STRINGS} for tag, w in WIDGET.items()}
    source = running.assets().read("widget.js").decode().rstrip().removesuffix(";")
    called = f"{source}({json.dumps(said, ensure_ascii=False)});\n"
    response = Response(called, mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=600, stale-while-revalidate=86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    return make_response(response.make_conditional(request))


@widget.get("/widget")
def owner_page() -> Response:
    """Choices, preview, the lines to paste, and who may use them."""
    w = WIDGET[reader_language()]
    tokens = running.assets().read("tokens.css").decode()
    response = render_page(
        "widget.html",
        w=w,
        options=asked_options(),
        limits=MAX_CHARACTERS,
        positions=POSITIONS,
        schemes=SCHEMES,
        documents=library().documents(),
        own_accent=read_palettes(tokens)["light"]["cinnabar"],
        service=_service(),
        snippet=_lines(_service()),
        query=request.query_string.decode("ascii", "ignore"),
        allowed=_allowed(w),
    )
    response.headers["Content-Security-Policy"] = content_security_policy(frames=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


@widget.get("/widget/snippet")
def snippet_text() -> Response:
    """The lines to paste for the choices in the address, as text."""
    text = _lines(_service())
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@widget.get("/widget/preview")
def preview() -> Response:
    """A page like a site's own with those lines in it."""
    lines = Markup(_lines(""))  # noqa: S704  # made by snippet(), which escapes every value
    response = render_page("preview.html", w=WIDGET[reader_language()], snippet=lines)
    policy = content_security_policy(("'self'",), frames=True)
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cache-Control"] = "no-store"
    return response


def _lines(service: str) -> str:
    options = asked_options()
    w = WIDGET[options.language or reader_language()]
    return snippet(options, service, w.launcher, w.frame_title)


def _allowed(w: WidgetMessages) -> str:
    """How many sites may embed; which ones is not for everybody to read."""
    count = len(running.config().embed_origins)
    sentence = (w.allowed_none, w.allowed_one, w.allowed_some)[min(count, 2)]
    return sentence.format(count=count)


def _service() -> str:
    """Our origin as the request names it; behind a proxy the page's script knows better."""
    return request.host_url.rstrip("/")
