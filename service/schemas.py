"""The JSON schemas of the HTTP interface, by the names that `openapi.py` refers to."""

from __future__ import annotations

from service.config import Config
from service.errors import ERRORS
from service.question import NO_NUL, READABLE, VOTE_ID
from service.render import Json

_TEXT: Json = {"type": "string"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_LANGUAGE: Json = {"enum": ["zh-Hant", "zh-Hans", "en"]}
_CSL: Json = {"type": "object", "description": "A CSL-JSON item."}
_KIND: Json = {"enum": ["source", "supra", "ibid", "explanatory", "author"]}


def schemas(config: Config) -> Json:
    """Every schema. Answers may gain fields; a request with an unknown field is refused."""
    return {
        "Ask": ask_schema(config),
        "Feedback": _feedback_schema(config),
        **_answer_schemas(),
        **_part_schemas(),
        **_document_schemas(),
        **_note_schemas(),
        "CslItem": _object(id=_TEXT, type=_TEXT),
        "Error": _error(),
    }


def question_schema(config: Config) -> Json:
    """A question, as `question.py` reads it."""
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": config.max_question_characters,
        "pattern": READABLE,
    }


def ask_schema(config: Config) -> Json:
    """The body of POST /api/v1/ask."""
    earlier = {"type": "string", "maxLength": config.max_question_characters, "pattern": NO_NUL}
    return {
        "type": "object",
        "required": ["question"],
        "additionalProperties": False,
        "properties": {
            "question": question_schema(config),
            "history": {
                "description": "Earlier questions, oldest first; a turn may carry its answer.",
                **_list(_object(question=earlier)),
                "maxItems": config.max_history_turns,
            },
            "documents": {
                "description": "Publications to search; none means all.",
                **_list({"type": "string", "maxLength": 200}),
                "maxItems": 100,
            },
            "language": {"enum": ["auto", "zh-Hant", "zh-Hans", "en"], "default": "auto"},
        },
    }


def _feedback_schema(config: Config) -> Json:
    """The body of POST /api/v1/feedback."""
    return {
        "type": "object",
        "required": ["answer_id", "verdict"],
        "additionalProperties": False,
        "properties": {
            "answer_id": {"type": "string", "description": "The `id` of an Answer."},
            "verdict": {"enum": ["up", "down"]},
            "comment": {
                "type": "string",
                "maxLength": config.max_comment_characters,
                "pattern": NO_NUL,
                "default": "",
            },
            "id": {
                "type": "string",
                "pattern": VOTE_ID,
                "description": "Names the vote; without one the service makes one. Sent again, it "
                "changes the vote, or does no harm after a lost response.",
            },
        },
    }


def _answer_schemas() -> Json:
    return {
        "Answer": _object(
            id=_TEXT,
            question=_TEXT,
            language=_LANGUAGE,
            status={"enum": ["answered", "not_found"]},
            mode={"enum": ["extractive", "generative"]},
            blocks=_list(_object(text=_TEXT, citations=_list(_WHOLE))),
            citations=_list(_ref("Citation")),
            nearest=_list(_ref("NearSection")),
            refusal={"oneOf": [{"type": "null"}, _ref("Refusal")]},
            index_version=_TEXT,
            took_ms={"type": "number", "minimum": 0},
            url=_TEXT,
            cite_url=_MAYBE_TEXT,
        ),
        "Refusal": _object(statement=_TEXT, lead=_TEXT),
        "Citation": _object(
            number={"type": "integer", "minimum": 1},
            document_id=_TEXT,
            document_title=_TEXT,
            document_lang=_LANGUAGE,
            lang=_LANGUAGE,
            section_id=_TEXT,
            section_title=_TEXT,
            section_path=_list(_ref("SectionStep")),
            target={"enum": ["body", "note"]},
            footnote_id=_MAYBE_TEXT,
            exact=_TEXT,
            prefix=_TEXT,
            suffix=_TEXT,
            start=_WHOLE,
            end=_WHOLE,
            runs=_list(_run()),
            url=_TEXT,
            plain_url=_TEXT,
            notes=_list(_ref("CitedNote")),
        ),
    }


def _part_schemas() -> Json:
    """What answers and search results are made of."""
    return {
        "CitedNote": _object(
            footnote_id=_TEXT,
            label=_TEXT,
            text=_TEXT,
            runs=_list(_run()),
            lang=_LANGUAGE,
            kind=_KIND,
            basis={"enum": ["sentence", "passage"]},
            url=_TEXT,
            cite_url=_TEXT,
            resolved=_list(_ref("Resolved")),
            works=_list(_CSL),
            urls=_list(_TEXT),
        ),
        "Resolved": _object(
            footnote_id=_TEXT, label=_TEXT, work=_WHOLE, pin=_MAYBE_TEXT, short=_TEXT, url=_TEXT
        ),
        "NearSection": _object(
            document_id=_TEXT,
            document_title=_TEXT,
            lang=_LANGUAGE,
            section_id=_TEXT,
            section_title=_TEXT,
            section_path=_list(_ref("SectionStep")),
            url=_TEXT,
        ),
        "SectionStep": _object(id=_TEXT, label=_TEXT, title=_TEXT, heading=_TEXT, url=_TEXT),
        "Hit": _object(
            document_id=_TEXT,
            document_title=_TEXT,
            section_id=_TEXT,
            section_path=_list(_ref("SectionStep")),
            kind={"enum": ["passage", "note"]},
            footnote_id=_MAYBE_TEXT,
            text=_TEXT,
            start=_WHOLE,
            end=_WHOLE,
            url=_TEXT,
        ),
    }


def _document_schemas() -> Json:
    span = {"start": _WHOLE, "end": _WHOLE}
    return {
        "Metadata": _object(
            id=_TEXT,
            title=_TEXT,
            authors=_list(_object(name=_TEXT, affiliation=_MAYBE_TEXT)),
            lang=_LANGUAGE,
            container_title=_MAYBE_TEXT,
            publisher=_MAYBE_TEXT,
            issued=_MAYBE_TEXT,
            url=_MAYBE_TEXT,
            licence=_MAYBE_TEXT,
        ),
        "Document": _object(
            document=_ref("Metadata"),
            text=_TEXT,
            sections=_list(_object(id=_TEXT, label=_TEXT, title=_TEXT, level=_WHOLE, **span)),
            paragraphs=_list(_object(id=_TEXT, section_id=_TEXT, kind=_TEXT, **span)),
            sentences=_list(_object(paragraph_id=_TEXT, **span)),
            noterefs=_list(
                _object(
                    footnote_id=_TEXT,
                    label=_TEXT,
                    offset=_WHOLE,
                    pin=_MAYBE_TEXT,
                    sentence=_object(**span),
                )
            ),
            footnotes=_list(_ref("Footnote")),
            findings=_list(
                _object(
                    severity={"enum": ["error", "warning"]}, code=_TEXT, message=_TEXT, line=_WHOLE
                )
            ),
        ),
        "Source": _object(
            document_id=_TEXT,
            text=_TEXT,
            sha256=_TEXT,
            notes=_list(_object(id=_TEXT, text=_TEXT, sha256=_TEXT)),
            index_version=_TEXT,
        ),
    }


def _note_schemas() -> Json:
    return {
        "Footnote": _object(
            id=_TEXT,
            label=_TEXT,
            text=_TEXT,
            kind=_KIND,
            line=_WHOLE,
            back_reference={"anyOf": [_ref("BackReference"), {"type": "null"}]},
            back_references=_list(_ref("BackReference")),
            works=_list(_CSL),
            urls=_list(_TEXT),
        ),
        "BackReference": _object(
            kind={"enum": ["supra", "ibid"]},
            target=_MAYBE_TEXT,
            work={"type": ["integer", "null"]},
            pin=_MAYBE_TEXT,
            resolved={"type": ["object", "null"]},
            chain=_list(_TEXT),
        ),
    }


def _run() -> Json:
    """Text to set in one way. `raw` is source markup that pages hide; a `mark` names its note."""
    kinds: Json = {"enum": ["text", "em", "raw", "link", "mark"]}
    optional = {"href": _TEXT, "footnote_id": _TEXT}
    schema = _object(kind=kinds, text=_TEXT)
    return {**schema, "properties": {**schema["properties"], **optional}}


def _error() -> Json:
    """`retry_after` (seconds) stands in the `error` event of a stream alone, in place of the header."""
    schema = _object(code={"enum": list(ERRORS)}, message=_TEXT, request_id=_TEXT)
    schema["properties"]["retry_after"] = {"type": "integer", "minimum": 1}
    return _object(error=schema)


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
