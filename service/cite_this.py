"""Cite this: a note, an answer or a publication over HTTP, in the form that a reader's tools take.

GET /api/v1/documents/indsr-2025-01/footnotes/42/cite?format=ris -> the work that note 42 means
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from service import admission, running
from service.api import checked_receipt, find_document
from service.current_library import ask_library, library
from service.errors import RequestError
from service.export import (
    FORMATS,
    Export,
    Format,
    NothingToCiteError,
    export_answer,
    export_document,
    export_note,
)
from service.work_pool import OnStage, Work

cite_this = Blueprint("cite_this", __name__)


@cite_this.get("/api/v1/documents/<document_id>/cite")
def publication(document_id: str) -> Response:
    """The publication itself."""
    format = _asked_format()
    document = find_document(library(), document_id)
    return _download(lambda _: export_document(document, format))


@cite_this.get("/api/v1/documents/<document_id>/footnotes/<path:footnote_id>/cite")
def note(document_id: str, footnote_id: str) -> Response:
    """The works behind a note, those that its Supra or Ibid. leads to among them."""
    format = _asked_format()
    document = find_document(library(), document_id)
    try:
        return _download(lambda _: export_note(document, footnote_id, format))
    except KeyError:
        raise RequestError("footnote_not_found") from None


@cite_this.get("/api/v1/answers/<answer_id>/cite")
def answer(answer_id: str) -> Response:
    """The publications that an answer quotes, and the works behind the notes it shows."""
    format = _asked_format()
    loaded = library()
    asked = checked_receipt(loaded, answer_id, running.config())

    def write(on_stage: OnStage) -> Export:
        given = ask_library(loaded, asked, on_stage)
        documents = {c.document_id: loaded.document(c.document_id) for c in given.citations}
        return export_answer(given, documents, format)

    try:
        return _download(write)
    except NothingToCiteError:
        raise RequestError("nothing_to_cite") from None


def _asked_format() -> Format:
    asked = request.args.get("format", "")
    if asked not in FORMATS:
        known = ", ".join(FORMATS)
        raise RequestError("unknown_format", f"Put one of these into `format`: {known}.")
    return asked


def _download(write: Work[Export]) -> Response:
    """Formatting takes time (some 50 ms a work), so it stands under the bounds of a question."""
    export = admission.perform(write)
    response = Response(export.text, content_type=export.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{export.filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response
