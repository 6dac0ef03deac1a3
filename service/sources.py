"""The text that answers quote, with its digest, so that anybody can check a quotation without trusting us.

GET /api/v1/sources/indsr-2025-01 -> {"document_id", "text", "sha256", "notes": [{"id", "text", "sha256"}], …}
"""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response

from service.api import find_document, json_response
from service.current_library import library

sources = Blueprint("sources", __name__)


@sources.get("/api/v1/sources/<document_id>")
def source(document_id: str) -> Response:
    """The stored text of a publication and of its notes; `start` and `end` of a citation count into it."""
    loaded = library()
    document = find_document(loaded, document_id)
    content = {
        "document_id": document.id,
        "text": document.text,
        "sha256": digest(document.text),
        "notes": [
            {"id": note.id, "text": note.text, "sha256": digest(note.text)}
            for note in document.footnotes
        ],
        "index_version": loaded.index_version,
    }
    return json_response(content)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal; the index's manifest lists the same for every publication."""
    return hashlib.sha256(text.encode()).hexdigest()
