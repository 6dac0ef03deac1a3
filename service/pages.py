"""The pages that people read: the chat, a publication, an answer kept, and the files they load.

Every page works without JavaScript; scripts add streaming, the note card and the marked quote.
A question stands in an address only when the reader put it there (`/?q=`).
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request
from jinja2 import pass_context
from jinja2.runtime import Context

from corpus.document import Document, Footnote
from corpus.document_json import document_json
from service import admission, running
from service.api import checked_receipt, find_document, json_response, replayed
from service.bibliography import publication
from service.body import read_body
from service.current_library import library
from service.errors import RequestError
from service.interface_language import chosen_language, reader_language
from service.links import (
    ask_url,
    document_cite_url,
    document_url,
    note_anchor,
    note_cite_url,
    parse_span,
    section_anchor,
    section_url,
)
from service.messages import LANGUAGES, Messages, messages
from service.metatags import citation_meta, coins
from service.question import check_ask, last_turns, read_form
from service.render import Json, resolved_references
from service.runs import text_language, text_runs
from service.scope import EVERYTHING, Scope, read_scope
from service.typeset import places_of, typeset

if TYPE_CHECKING:
    from service.library import Library


pages = Blueprint("pages", __name__)

_READING_STRINGS = (
    *("close", "go_to_note", "cite", "copy", "download"),
    *("style_copied", "copy_by_hand", "errors"),
)
CHAT_STRINGS = (
    *("ask", "stop", "retry", "close", "follow_up_label", "follow_up_placeholder"),
    *("searching", "choosing", "working", "stopped", "announce_answered", "announce_not_found"),
    *("notes", "note"),
    *("cite", "cite_note", "cite_answer", "copy", "copied", "style_copied"),
    *("copy_by_hand", "answer_copied"),
    *("download", "link", "link_holds", "link_too_long", "this_answer", "retry_in"),
    *("helpful", "not_helpful", "feedback_word", "send", "thanks", "feedback_failed"),
    *("note_of_passage", "supra", "ibid", "resolved", "read_in_place", "errors"),
)
"""What the scripts of a page say; it travels on the page's main element."""


@pages.get("/")
def chat() -> Response:
    """The first page; with `?q=` it answers at once."""
    scope = read_scope(library(), request.args.getlist("documents"), request.args.get("section"))
    question = request.args.get("q")
    if question is None:
        return _chat_page(library(), scope=scope)
    return _asked(question, scope.history, scope)


@pages.post("/")
def ask() -> Response:
    """The answer to the form, for a browser without JavaScript."""
    fields = read_form(read_body(running.config()), request.mimetype)
    scope = read_scope(library(), fields.get("documents", []))
    return _asked(fields.get("question", [""])[0], fields.get("history", []), scope)


@pages.get("/answers/<answer_id>")
def kept_answer(answer_id: str) -> Response:
    """An answer given before, as it was; a follow-up goes on from the questions before it."""
    loaded = library()
    asked = checked_receipt(loaded, answer_id, running.config())
    scope = read_scope(loaded, asked.documents)
    return _chat_page(loaded, replayed(loaded, asked), asked.earlier, scope=scope)


@pages.get("/documents/<document_id>.json")
def document_twin(document_id: str) -> Response:
    """The reading view for programs."""
    document = find_document(library(), document_id)
    return _fresh(lambda: json_response(document_json(document)))


@pages.get("/documents/<document_id>")
def reading(document_id: str) -> Response:
    """A publication, typeset; `?q=START-END` marks a span."""
    document = find_document(library(), document_id)
    return _fresh(lambda: _reading_view(document), reader_language())


@pages.get("/static/<version>/<path:name>")
def static(version: str, name: str) -> Response:
    """A file of `service/static`; its address holds a digest, so it may be kept for ever."""
    try:
        content = running.assets().read(name)
    except KeyError:
        raise RequestError("not_found") from None
    response = Response(content, mimetype=mimetypes.guess_type(name)[0])
    current = version == running.assets().version
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if current else "no-cache"
    )
    return response


@pages.app_template_global()
def asset(name: str) -> str:
    """The address of a file of `service/static`."""
    return f"/static/{running.assets().version}/{name}"


@pages.app_template_global()
def imports(name: str) -> Sequence[str]:
    """The modules to fetch at once beside a script, rather than one after the other."""
    return running.assets().imports(name)


@pages.app_template_filter()
@pass_context  # or Jinja works out `'/' | keep_language` once, for whoever comes first
def keep_language(_: Context, url: str) -> str:
    """`url` with the language that the reader chose in the address of this page."""
    language = chosen_language()
    if language is None:
        return url
    path, mark, fragment = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={language}{mark}{fragment}"


@pages.app_template_global()
def language_links() -> list[tuple[str, str, str]]:
    """(tag, own name, address) of this page in each language."""
    others = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return [
        (tag, table.language_name, "?" + urlencode([*others, ("lang", tag)]))
        for tag, table in LANGUAGES.items()
    ]


@pages.app_template_global()
def promise(m: Messages) -> str:
    """What is stored of a question, as the settings have it."""
    config = running.config()
    if config.keep_questions == "on" and config.stores:
        return m.promise_stored.format(days=config.retention_days)
    return m.promise


def _reading_view(document: Document) -> Response:
    places = places_of(document)
    return render_page(
        "document.html",
        _READING_STRINGS,
        document=document,
        page_url=request.base_url,
        citation_meta=citation_meta(document.metadata, request.base_url),
        coins=coins(publication(document.metadata)),
        ask_url=ask_url,
        document_cite_url=document_cite_url,
        leaves=typeset(document, parse_span(request.args.get("q", ""))),
        notes=[_note(footnote, document, places[footnote.id]) for footnote in document.footnotes],
    )


def _asked(question: str, earlier: Sequence[str], scope: Scope) -> Response:
    loaded = library()
    config = running.config()
    earlier = last_turns(earlier, config)
    history = [{"question": text} for text in earlier]
    fields = {"question": question, "history": history, "documents": scope.document_ids}
    try:
        asked = check_ask(fields, config)
        answer = admission.answer(loaded, asked)
    except RequestError as error:
        page = _chat_page(loaded, None, earlier, error, question, scope)
        page.status_code = error.status
        page.headers.update(error.headers)
        return page
    return _chat_page(loaded, answer=answer, earlier=asked.earlier, scope=scope)


def _chat_page(
    loaded: Library,
    answer: Json | None = None,
    earlier: Sequence[str] = (),
    fault: RequestError | None = None,
    question: str = "",
    scope: Scope = EVERYTHING,
) -> Response:
    response = render_page(
        "chat.html",
        CHAT_STRINGS,
        scope=scope,
        section_url=section_url,
        documents=loaded.documents(),
        suggestions=()
        if answer or fault
        else admission.suggestions(loaded, reader_language(), scope.document_ids),
        config=running.config(),
        answer=answer,
        notes=notes_of(answer) if answer else [],
        earlier=earlier,
        fault=fault,
        question=question,
    )
    response.headers["Cache-Control"] = "no-store" if answer or fault else "no-cache"
    return response


def notes_of(answer: Json) -> list[Json]:
    """The notes of an Answer object, each once, in order.

    Each on the basis of the sentence if any quotation has it so; `cited` if it is itself quoted.
    """
    notes: dict[tuple[str, str], Json] = {}
    for citation in answer["citations"]:
        for note in citation["notes"]:
            key = (citation["document_id"], note["footnote_id"])
            notes.setdefault(key, {**note, "document_id": citation["document_id"]})
            if note["basis"] == "sentence":
                notes[key]["basis"] = "sentence"
            if citation["footnote_id"] == note["footnote_id"]:
                notes[key]["cited"] = citation
    return list(notes.values())


def _note(footnote: Footnote, document: Document, places: int) -> Json:
    return {
        "anchor": note_anchor(footnote.id),
        "cite_url": note_cite_url(document.id, footnote.id),
        "id": footnote.id,
        "label": footnote.label,
        "kind": footnote.kind,
        "lang": text_language(footnote.text, document.metadata.lang),
        "runs": list(text_runs(footnote.text)),
        "resolved": resolved_references(footnote, document),
        "places": range(1, places + 1),
    }


def render_page(template: str, strings: Sequence[str] = (), **context: object) -> Response:
    """A template in the reader's language; `strings` names those that its scripts say."""
    language = reader_language()
    table = messages(language)
    page = render_template(
        template,
        language=language,
        m=table,
        strings={name: getattr(table, name) for name in strings},
        document_url=document_url,
        note_anchor=note_anchor,
        section_anchor=section_anchor,
        **context,
    )
    response = make_response(page)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response


def _fresh(make: Callable[[], Response], language: str = "") -> Response:
    """What the browser keeps but asks for again, so that a new index or a new version of the program
    shows at once; made only where the browser has another one."""
    made_by = running.program(), running.assets().version
    parts = (library().index_version, *made_by, request.url, language)
    etag = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
    unchanged = request.if_none_match.contains_weak(etag)
    response = Response(status=304) if unchanged else make()
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    if language:
        response.headers["Vary"] = "Accept-Language"
    return response
