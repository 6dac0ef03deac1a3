"""The JSON interface under /api/v1, the OpenAPI document and the two health addresses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from corpus.document import Document
from corpus.document_json import document_json, footnote_json, metadata_json
from service import admission, running
from service.body import read_body
from service.config import Config
from service.current_library import ask_library, library, source
from service.errors import RequestError
from service.openapi import openapi_document
from service.question import AskRequest, check_ask, check_query, read_ask
from service.receipt import Receipt
from service.render import Json, answer_json, hit_json

if TYPE_CHECKING:
    from service.library import Library


api = Blueprint("api", __name__)


@api.post("/api/v1/ask")
def ask() -> Response:
    """An Answer to a JSON question, whole or as server-sent events, as `Accept` asks."""
    config = running.config()
    asked = read_ask(read_body(config), request.mimetype, config)
    loaded = library()
    check_documents(loaded, asked.documents)
    if "text/event-stream" in request.accept_mimetypes.values():
        return admission.stream(loaded, asked)
    return json_response(admission.answer(loaded, asked))


@api.get("/api/v1/answers/<answer_id>")
def answer(answer_id: str) -> Response:
    """An answer given before, unchanged."""
    loaded = library()
    return json_response(replayed(loaded, checked_receipt(loaded, answer_id, running.config())))


@api.get("/api/v1/documents")
def documents() -> Response:
    """What the publications say of themselves."""
    loaded = library()
    listed = [metadata_json(document.metadata) for document in loaded.documents()]
    return json_response({"documents": listed, "index_version": loaded.index_version})


@api.get("/api/v1/documents/<document_id>")
def document(document_id: str) -> Response:
    """A whole publication."""
    return json_response(document_json(find_document(library(), document_id)))


@api.get("/api/v1/documents/<document_id>/footnotes/<path:footnote_id>")
def footnote(document_id: str, footnote_id: str) -> Response:
    """One note of a publication."""
    document = find_document(library(), document_id)
    try:
        found = document.footnote(footnote_id)
    except KeyError:
        raise RequestError("footnote_not_found") from None
    return json_response(footnote_json(found))


@api.get("/api/v1/search")
def search() -> Response:
    """Passages and notes for `q`, best first, at most `k`."""
    config = running.config()
    query = check_query(request.args.get("q"), config)
    k = _result_count(request.args.get("k"), config)
    loaded = library()
    asked = request.args.getlist("documents")
    check_documents(loaded, asked)
    hits = admission.perform(lambda _: loaded.search(query, k, asked))
    found = [hit_json(hit, loaded.document(hit.chunk.document_id)) for hit in hits]
    return json_response({"query": query, "hits": found, "index_version": loaded.index_version})


@api.get("/openapi.json")
def openapi() -> Response:
    """The description of this interface."""
    return json_response(openapi_document(running.config()), cache="public, max-age=300")


@api.get("/healthz")
def healthz() -> Response:
    """The process answers. No index is touched."""
    return json_response({"status": "ok"})


@api.get("/readyz")
def readyz() -> Response:
    """The index is loaded and verified; `reload_failed` says why a newer one is not in use."""
    loaded, failure = library(), source().failure
    return json_response(
        {
            "status": "ready",
            "index_version": loaded.index_version,
            "documents": len(loaded.documents()),
            **({"reload_failed": failure} if failure else {}),
        }
    )


def checked_receipt(loaded: Library, answer_id: str, config: Config) -> AskRequest:
    """What the answer of an id was asked, under the rules of any question: anybody can make an id."""
    receipt = Receipt.decode(answer_id)
    if receipt is None:
        raise RequestError("answer_not_found")
    asked = check_ask(
        {
            "question": receipt.question,
            "history": [{"question": text} for text in receipt.history],
            "documents": list(receipt.documents),
            "language": receipt.language or "auto",
        },
        config,
    )
    check_documents(loaded, asked.documents)
    return asked


def replayed(loaded: Library, asked: AskRequest) -> Json:
    """The Answer object for what a receipt holds."""
    given = admission.perform(lambda on_stage: ask_library(loaded, asked, on_stage))
    return answer_json(given, loaded.document)


def find_document(loaded: Library, document_id: str) -> Document:
    """RequestError when there is no such publication."""
    try:
        return loaded.document(document_id)
    except KeyError:
        raise RequestError("document_not_found") from None


def check_documents(loaded: Library, document_ids: Sequence[str]) -> None:
    """RequestError for the first id that names no publication."""
    for document_id in document_ids:
        find_document(loaded, document_id)


def _result_count(text: str | None, config: Config) -> int:
    if text is None:
        return min(10, config.max_search_results)
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise RequestError("invalid_request", "k: a whole number is expected.")
    k = int(text)
    if not 1 <= k <= config.max_search_results:
        raise RequestError("invalid_request", f"k: between 1 and {config.max_search_results}.")
    return k


def json_response(content: Json, status: int = 200, cache: str = "no-store") -> Response:
    """`content` as it stands, in UTF-8."""
    body = json.dumps(content, ensure_ascii=False, allow_nan=False)
    response = Response(body, status, mimetype="application/json")
    response.headers["Cache-Control"] = cache
    return response
