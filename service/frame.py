"""The chat alone on its page, `/embed`, for a frame on another site.

Only sites that `embed_origins` lists may show it, and our own pages; whatever the address
answers, errors too, carries that policy. The address holds what the site chose and never a
question: `?lang=&title=&greeting=&accent=&theme=&documents=&host=`, all optional. `host` is the
origin that the loader runs on, for the message channel of `static/embed.js`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from markupsafe import Markup

from service import admission, running
from service.api import check_documents
from service.body import read_body
from service.current_library import library
from service.errors import RequestError
from service.headers import content_security_policy
from service.interface_language import reader_language
from service.messages.widget import WIDGET
from service.origins import canonical_origin, framed_by, is_listed
from service.pages import CHAT_STRINGS, notes_of, render_page
from service.palette import colours_css, read_palettes
from service.question import check_ask, last_turns, read_form
from service.render import Json
from service.snippet import WidgetOptions, read_options

frame = Blueprint("frame", __name__)

_NEW_TAB = Markup(' target="_blank"')


@dataclass(frozen=True, slots=True)
class _Turn:
    """What was asked by the form, if anything, and what came of it."""

    question: str = ""
    earlier: Sequence[str] = ()
    answer: Json | None = None
    fault: RequestError | None = None


@frame.get("/embed")
def chat() -> Response:
    """The chat before the first question."""
    options = asked_options()
    try:
        check_documents(library(), options.documents)
    except RequestError as fault:
        return _page(options, _Turn(fault=fault))
    return _page(options, _Turn())


@frame.post("/embed")
def ask() -> Response:
    """The answer to the form, for a browser without JavaScript."""
    options = asked_options()
    return _page(options, _asked(options))


@frame.get("/embed/colours.css")
def colours() -> Response:
    """The colours that a site chose, made readable."""
    options = asked_options()
    tokens = running.assets().read("tokens.css").decode()
    sheet = colours_css(read_palettes(tokens), options.accent, options.theme)
    response = Response(sheet, mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@frame.after_request
def set_policy(response: Response) -> Response:
    """Who may frame the response. Sites that isolate themselves (COEP) may, too."""
    listed = running.config().embed_origins
    response.headers["Content-Security-Policy"] = content_security_policy(framed_by(listed))
    response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@frame.app_template_global()
def new_tab() -> Markup:
    """What a link to another page needs: inside a frame it opens a tab."""
    return _NEW_TAB if request.blueprint == frame.name else Markup()


def asked_options() -> WidgetOptions:
    """The choices in the address of this request."""
    return read_options(dict(request.args.lists()))


def _asked(options: WidgetOptions) -> _Turn:
    fields = read_form(read_body(running.config()), request.mimetype)
    question = fields.get("question", [""])[0]
    earlier = last_turns(fields.get("history", []), running.config())
    history = [{"question": text} for text in earlier]
    narrowed = {"question": question, "history": history, "documents": list(options.documents)}
    try:
        asked = check_ask(narrowed, running.config())
        check_documents(library(), asked.documents)
        answer = admission.answer(library(), asked)
    except RequestError as fault:
        return _Turn(question, earlier, fault=fault)
    return _Turn(question, asked.earlier, answer)


def _page(options: WidgetOptions, turn: _Turn) -> Response:
    loaded, chosen = library(), options.documents
    response = render_page(
        "embed.html",
        CHAT_STRINGS,
        w=WIDGET[reader_language()],
        options=_trusted(options),
        documents=[d for d in loaded.documents() if d.id in chosen or not chosen],
        suggestions=()
        if turn.answer or turn.fault
        else admission.suggestions(loaded, reader_language(), chosen),
        config=running.config(),
        host=_host(),
        colours=_colours(options),
        here=f"/embed?{request.query_string.decode('ascii', 'ignore')}",
        turn=turn,
        notes=notes_of(turn.answer) if turn.answer else [],
    )
    response.status_code = turn.fault.status if turn.fault else 200
    response.headers.update(turn.fault.headers if turn.fault else {})
    response.vary.add("Sec-Fetch-Dest")
    response.headers["Cache-Control"] = "no-store" if turn.answer or turn.fault else "no-cache"
    return response


def _trusted(options: WidgetOptions) -> WidgetOptions:
    """A site's words count in its frame only: no link may make them look like ours."""
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return replace(options, title="", greeting="")
    return options


def _host() -> str:
    """The site to talk to; empty when it is not listed (our own pages the script knows itself)."""
    host = request.args.get("host", "")
    return (canonical_origin(host) or "") if is_listed(host, running.config().embed_origins) else ""


def _colours(options: WidgetOptions) -> str:
    chosen = {"accent": (options.accent or "").removeprefix("#"), "theme": options.theme}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"/embed/colours.css?{query}" if query else ""
