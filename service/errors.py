"""Every error leaves as `{"error": {"code", "message", "request_id"}}`, or as a page for a reader.

The JSON message is English and names the cure; the page, and the chat script through
`messages.errors`, say it in the reader's language. Nothing of the failed code shows.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from service.interface_language import reader_language
from service.logs import log_failure
from service.messages import messages
from service.render import Json

ERRORS: Mapping[str, tuple[int, str]] = {
    "bad_request": (400, "The request could not be understood."),
    "invalid_json": (400, "The body is not valid JSON."),
    "unknown_format": (400, "There is no such format of a citation; see /openapi.json."),
    "question_empty": (400, "The question is empty; put it into `question`."),
    "origin_not_allowed": (
        403,
        "This site may not use the service; its owner can list the origin in ZHUJIAO_EMBED_ORIGINS.",
    ),
    "metrics_not_allowed": (
        403,
        "You may not read the metrics; their operator can list a network in ZHUJIAO_METRICS_NETWORKS.",
    ),
    "not_found": (404, "There is nothing at this address; /openapi.json lists what there is."),
    "document_not_found": (404, "There is no such publication; see /api/v1/documents."),
    "footnote_not_found": (404, "The publication has no such note."),
    "answer_not_found": (404, "This answer is no longer kept; ask the question again."),
    "feedback_off": (404, "Votes are not taken here; their operator can set ZHUJIAO_FEEDBACK=on."),
    "method_not_allowed": (405, "This address does not take that method; see the Allow header."),
    "body_incomplete": (408, "The body did not arrive whole, or not in time."),
    "nothing_to_cite": (
        409,
        "This answer quotes nothing, so there is nothing to cite; cite the publication instead.",
    ),
    "body_too_large": (413, "The body is too large."),
    "address_too_long": (414, "The address is too long; send a long question as POST."),
    "question_too_long": (400, "The question is too long."),
    "unsupported_media_type": (415, "Send the body as application/json in UTF-8."),
    "invalid_request": (422, "A field of the request is not as /openapi.json describes it."),
    "rate_limited": (429, "Too many questions from this address; wait as Retry-After says."),
    "headers_too_large": (431, "The header fields are too many or too long; send fewer."),
    "client_closed": (499, "The client went away before the answer was ready."),
    "internal_error": (500, "The service made a mistake; its log has this request id."),
    "overloaded": (503, "Too many questions at once; ask again as Retry-After says."),
    "deadline": (503, "The answer took too long; ask again as Retry-After says."),
    "store_unavailable": (503, "The vote could not be stored; send it again as Retry-After says."),
    "index_unavailable": (
        503,
        "There is no index to answer from; the operator's log names the cure.",
    ),
}
"""Code -> status and default message. Documentation, messages and tests are held to this table."""

_RETRY_AFTER_S = {"overloaded": 2, "deadline": 2, "store_unavailable": 10, "index_unavailable": 10}
"""How long a client had better wait, where the error itself does not know."""

_CODE_OF_STATUS = {
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}


class RequestError(Exception):
    """A request that cannot be served, by its code in `ERRORS`; the message names the cure.

    `headers` go out with it, among them Retry-After, in whole seconds, where waiting is the cure.
    """

    def __init__(
        self, code: str, message: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.code = code
        self.status, default = ERRORS[code]
        self.message = message or default
        wait = {"Retry-After": str(_RETRY_AFTER_S[code])} if code in _RETRY_AFTER_S else {}
        self.headers = {**wait, **(headers or {})}
        super().__init__(self.message)


def error_json(error: RequestError, request_id: str) -> Json:
    """The one shape of an error."""
    return {"error": {"code": error.code, "message": error.message, "request_id": request_id}}


def error_event_json(error: RequestError, request_id: str) -> Json:
    """The same within a stream, whose headers have gone out: Retry-After becomes `retry_after`."""
    content = error_json(error, request_id)
    if "Retry-After" in error.headers:
        content["error"]["retry_after"] = int(error.headers["Retry-After"])
    return content


def register_errors(app: Flask) -> None:
    """Give every error of `app` its shape."""
    app.register_error_handler(RequestError, _respond)
    app.register_error_handler(HTTPException, _respond_http)
    app.register_error_handler(Exception, _respond_unexpected)


def as_request_error(error: Exception, request_id: str) -> RequestError:
    """What may be said of `error`; one that nobody expected is logged first."""
    if isinstance(error, RequestError):
        return error
    log_failure(error, request_id)
    return RequestError("internal_error")


def _respond(error: RequestError) -> Response:
    g.error_code = error.code
    if _wants_page():
        language = reader_language()
        page = render_template("error.html", error=error, language=language, m=messages(language))
        response = make_response(page, error.status)
    else:
        response = make_response(jsonify(error_json(error, g.request_id)), error.status)
    response.headers.update(error.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _respond_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    response = _respond(RequestError(_CODE_OF_STATUS.get(error.code or 500, "bad_request")))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _respond_unexpected(error: Exception) -> Response:
    return _respond(as_request_error(error, g.request_id))


def _wants_page() -> bool:
    """A reader's browser names text/html; programs and the API get JSON."""
    if request.path.startswith("/api/") or request.path in {"/healthz", "/readyz"}:
        return False
    return any(media == "text/html" for media, _ in request.accept_mimetypes)
