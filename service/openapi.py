"""The OpenAPI 3.1 description of the HTTP interface, by hand, held to the code by tests."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from service.config import Config
from service.errors import ERRORS
from service.export import FORMATS, media_types
from service.question import VOTE_ID
from service.render import Json
from service.schemas import question_schema, schemas

_COSTLY = ("rate_limited", "overloaded", "deadline", "index_unavailable")
"""Errors of the addresses that search."""


def openapi_document(config: Config) -> Json:
    """The whole description, with the limits of `config` in it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zhujiao",
            "version": _version(),
            "summary": "Ask a footnoted publication; get its own sentences with their notes.",
            "description": "Stateless: the client keeps the history. Quotes are verbatim slices; "
            "offsets count Unicode code points, half-open. Every error has one shape. A page of "
            "another site may call it when ZHUJIAO_EMBED_ORIGINS lists its origin; 403 otherwise.",
        },
        "paths": {
            "/api/v1/ask": {"post": _ask(config)},
            "/api/v1/feedback": {"post": _feedback()},
            "/api/v1/answers/{answer_id}": {"get": _answer()},
            "/api/v1/answers/{answer_id}/cite": {"get": _cite_answer()},
            "/api/v1/documents": {"get": _documents()},
            "/api/v1/documents/{document_id}": {"get": _document()},
            "/api/v1/documents/{document_id}/footnotes/{footnote_id}": {"get": _footnote()},
            "/api/v1/documents/{document_id}/cite": {"get": _cite_document()},
            "/api/v1/documents/{document_id}/footnotes/{footnote_id}/cite": {"get": _cite_note()},
            "/api/v1/sources/{document_id}": {"get": _source()},
            "/api/v1/search": {"get": _search(config)},
            "/openapi.json": {"get": _plain("describe", "This description", {"type": "object"})},
            "/healthz": {
                "get": _plain("health", "The process answers; no work is done", _status("ok"))
            },
            "/readyz": {"get": _readyz()},
        },
        "components": {"schemas": schemas(config)},
    }


def _ask(config: Config) -> Json:
    answered = {
        "description": "The answer, or that the text does not say",
        "links": {
            "again": {
                "operationId": "replayAnswer",
                "parameters": {"answer_id": "$response.body#/id"},
            }
        },
        "content": {
            "application/json": {"schema": _ref("Answer")},
            "text/event-stream": {
                "schema": {
                    "type": "string",
                    "description": "Events: `stage` {stage}, then `answer` with the Answer or "
                    "`error` with the Error, then `done` {}.",
                }
            },
        },
    }
    return {
        "operationId": "ask",
        "summary": "Ask a question",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": _ref("Ask"),
                    "example": {"question": "what is TSD's inner core argument"},
                }
            },
        },
        "responses": _responses(
            answered,
            "invalid_json",
            "question_empty",
            "question_too_long",
            "document_not_found",
            "body_too_large",
            "unsupported_media_type",
            "invalid_request",
            *_COSTLY,
        ),
    }


def _feedback() -> Json:
    stored = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string", "pattern": VOTE_ID}},
    }
    responses = _responses(
        _json("The vote is on disk; `id` changes it when it is sent again", stored),
        "invalid_json",
        "answer_not_found",
        "feedback_off",
        "body_too_large",
        "unsupported_media_type",
        "invalid_request",
        "rate_limited",
        "store_unavailable",
    )
    return {
        "operationId": "vote",
        "summary": "Say whether an answer helped",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref("Feedback")}},
        },
        "responses": {"201": responses.pop("200"), **responses},
    }


def _answer() -> Json:
    return {
        "operationId": "replayAnswer",
        "summary": "An answer given before, as it was",
        "parameters": [_path_parameter("answer_id")],
        "responses": _responses(_json("The answer", _ref("Answer")), "answer_not_found", *_COSTLY),
    }


def _documents() -> Json:
    listed = {
        "type": "object",
        "required": ["documents", "index_version"],
        "properties": {
            "documents": {"type": "array", "items": _ref("Metadata")},
            "index_version": {"type": "string"},
        },
    }
    return _plain("listDocuments", "The publications", listed)


def _document() -> Json:
    return {
        "operationId": "getDocument",
        "summary": "One publication: text, sections, paragraphs, sentences, marks and notes",
        "parameters": [_path_parameter("document_id")],
        "responses": _responses(_json("The publication", _ref("Document")), "document_not_found"),
    }


def _source() -> Json:
    return {
        "operationId": "getSource",
        "summary": "The text that citations count into, with SHA-256 of text and notes",
        "parameters": [_path_parameter("document_id")],
        "responses": _responses(_json("The text", _ref("Source")), "document_not_found"),
    }


def _footnote() -> Json:
    return {
        "operationId": "getFootnote",
        "summary": "One note",
        "parameters": [_path_parameter("document_id"), _path_parameter("footnote_id")],
        "responses": _responses(_json("The note", _ref("Footnote")), "footnote_not_found"),
    }


def _cite_answer() -> Json:
    return {
        "operationId": "citeAnswer",
        "summary": "The publications that an answer quotes, and the works behind its notes",
        "parameters": [_path_parameter("answer_id"), _format_parameter()],
        "responses": _responses(
            _downloads(), *_COSTLY, "unknown_format", "answer_not_found", "nothing_to_cite"
        ),
    }


def _cite_document() -> Json:
    return {
        "operationId": "citeDocument",
        "summary": "A publication, for a reference manager",
        "parameters": [_path_parameter("document_id"), _format_parameter()],
        "responses": _responses(_downloads(), *_COSTLY, "unknown_format", "document_not_found"),
    }


def _cite_note() -> Json:
    return {
        "operationId": "citeFootnote",
        "summary": "The works behind a note, Supra and Ibid. followed, each with the page meant",
        "parameters": [
            _path_parameter("document_id"),
            _path_parameter("footnote_id"),
            _format_parameter(),
        ],
        "responses": _responses(
            _downloads(), *_COSTLY, "unknown_format", "document_not_found", "footnote_not_found"
        ),
    }


def _search(config: Config) -> Json:
    found = {
        "type": "object",
        "required": ["query", "hits", "index_version"],
        "properties": {
            "query": {"type": "string"},
            "hits": {"type": "array", "items": _ref("Hit")},
            "index_version": {"type": "string"},
        },
    }
    return {
        "operationId": "search",
        "summary": "Passages and notes nearest to a query, best first",
        "parameters": [
            {
                "name": "q",
                "in": "query",
                "required": True,
                "schema": question_schema(config),
                "example": "AUKUS",
            },
            {
                "name": "k",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": config.max_search_results},
            },
            {
                "name": "documents",
                "in": "query",
                "description": "Only these publications; may stand several times.",
                "schema": {"type": "array", "items": {"type": "string", "maxLength": 200}},
            },
        ],
        "responses": _responses(
            _json("The hits", found),
            "question_empty",
            "document_not_found",
            "question_too_long",
            "invalid_request",
            *_COSTLY,
        ),
    }


def _readyz() -> Json:
    ready = {
        "type": "object",
        "required": ["status", "index_version", "documents"],
        "properties": {
            "status": {"const": "ready"},
            "index_version": {"type": "string"},
            "documents": {"type": "integer"},
            "reload_failed": {
                "type": "string",
                "description": "Why a newer index is not in use: the one loaded before still answers.",
            },
        },
    }
    return {
        "operationId": "ready",
        "summary": "The index is loaded and verified",
        "responses": _responses(_json("Ready", ready), "index_unavailable"),
    }


def _plain(operation_id: str, summary: str, schema: Mapping[str, object]) -> Json:
    return {
        "operationId": operation_id,
        "summary": summary,
        "responses": _responses(_json(summary, schema)),
    }


def _responses(success: Json, *codes: str) -> Json:
    """200, and the errors that `codes` name; any address may also fail as `default` says."""
    responses: Json = {"200": success}
    for status in sorted({ERRORS[code][0] for code in codes}):
        messages = " ".join(ERRORS[code][1] for code in codes if ERRORS[code][0] == status)
        responses[str(status)] = _json(messages, _ref("Error"))
    responses["default"] = _json("Any other error, in the same shape", _ref("Error"))
    return responses


def _json(description: str, schema: Mapping[str, object]) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _path_parameter(name: str) -> Json:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1},
    }


def _format_parameter() -> Json:
    return {
        "name": "format",
        "in": "query",
        "required": True,
        "description": "A file for reference managers, or formatted text, one work a line.",
        "schema": {"enum": list(FORMATS)},
    }


def _downloads() -> Json:
    """Whatever `export.py` writes, by its media types; CSL-JSON is the one that is JSON."""
    text: Json = {"schema": {"type": "string"}}
    content = {media_type.partition(";")[0]: text for media_type in media_types()}
    items = {"type": "array", "minItems": 1, "items": _ref("CslItem")}
    header = {"schema": {"type": "string", "pattern": '^attachment; filename="[A-Za-z0-9.-]+"$'}}
    return {
        "description": "The citation, as a download with a file name",
        "headers": {"Content-Disposition": header},
        "content": content | {"application/vnd.citationstyles.csl+json": {"schema": items}},
    }


def _status(value: str) -> Json:
    return {"type": "object", "required": ["status"], "properties": {"status": {"const": value}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _version() -> str:
    try:
        return version("zhujiao")
    except PackageNotFoundError:  # a bare checkout
        return "0"
