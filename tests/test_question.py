import pytest

from service.config import Config
from service.errors import RequestError
from service.question import AskRequest, check_query, read_ask

CONFIG = Config()


def read(body: bytes) -> AskRequest:
    return read_ask(body, "application/json", CONFIG)


def refusal(body: bytes, config: Config = CONFIG) -> tuple[int, str]:
    with pytest.raises(RequestError) as caught:
        read_ask(body, "application/json", config)
    return caught.value.status, caught.value.code


def test_question_is_trimmed_and_rid_of_what_cannot_be_seen() -> None:
    assert (
        read('{"question": " what\u200b is \u202eTSD?\U000e0041 "}'.encode()).question
        == "what is TSD?"
    )


def test_line_end_in_a_question_stays() -> None:
    assert read(b'{"question": "one\\ntwo"}').question == "one\ntwo"


def test_history_keeps_the_questions_and_drops_the_answers() -> None:
    body = b'{"question": "and who?", "history": [{"question": "what?", "answer": {}}, {"question": " "}]}'
    assert read(body).earlier == ["what?"]


def test_auto_means_no_language_asked_for() -> None:
    assert read(b'{"question": "q"}').asked_language is None
    assert read(b'{"question": "q", "language": "zh-Hans"}').asked_language == "zh-Hans"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"question=what", 400, "invalid_json"),
        (b'{"question": "\xff"}', 400, "invalid_json"),
        (b'\xef\xbb\xbf{"question": "q"}', 400, "invalid_json"),
        (b'{"question": NaN}', 400, "invalid_json"),
        (b'{"question": "q", "question": "r"}', 400, "invalid_json"),
        (
            b'{"question": "q", "history": [{"question": "a", "question": "b"}]}',
            400,
            "invalid_json",
        ),
        (b"[" * 100_000, 400, "invalid_json"),
        (b'{"a":' * 100_000, 400, "invalid_json"),
        (b'{"question": ' + b"9" * 5_000 + b"}", 400, "invalid_json"),
        (b"[]", 422, "invalid_request"),
        (b"null", 422, "invalid_request"),
        (b'"what"', 422, "invalid_request"),
        (b"{}", 422, "invalid_request"),
        (b'{"question": null}', 422, "invalid_request"),
        (b'{"question": 7}', 422, "invalid_request"),
        (b'{"question": ["q"]}', 422, "invalid_request"),
        (b'{"question": "q", "top_k": 3}', 422, "invalid_request"),
        (b'{"question": "q", "language": "fr"}', 422, "invalid_request"),
        (b'{"question": "q", "history": "before"}', 422, "invalid_request"),
        (b'{"question": "q", "history": ["before"]}', 422, "invalid_request"),
        (b'{"question": "q", "documents": [1]}', 422, "invalid_request"),
        (b'{"question": "a\\u0000b"}', 422, "invalid_request"),
        (b'{"question": "\\ud800"}', 422, "invalid_request"),
        (b'{"question": "q", "\\ud800": 1}', 422, "invalid_request"),
        (b'{"question": ""}', 400, "question_empty"),
        (b'{"question": " \\u200b\\n "}', 400, "question_empty"),
    ],
)
def test_hostile_body_is_refused_with_its_own_code(body: bytes, status: int, code: str) -> None:
    assert refusal(body) == (status, code)


def test_body_that_is_not_json_by_name_is_refused() -> None:
    with pytest.raises(RequestError) as caught:
        read_ask(b'{"question": "q"}', "text/plain", CONFIG)
    assert caught.value.status == 415


@pytest.mark.parametrize("field", ["question", "history"])
def test_question_of_the_limit_is_read_and_one_longer_is_refused(field: str) -> None:
    config = Config(max_question_characters=5)
    template = (
        '{"question": "%s"}'
        if field == "question"
        else '{"question": "q", "history": [{"question": "%s"}]}'
    )
    assert read_ask((template % "字字字字字").encode(), "application/json", config)
    assert refusal((template % "字字字字字字").encode(), config) == (400, "question_too_long")


def test_history_of_the_limit_is_read_and_one_longer_is_refused() -> None:
    config = Config(max_history_turns=1)
    turn = b'{"question": "h"}'
    assert read_ask(b'{"question": "q", "history": [' + turn + b"]}", "application/json", config)
    assert refusal(b'{"question": "q", "history": [' + turn + b"," + turn + b"]}", config) == (
        422,
        "invalid_request",
    )


def test_refusal_names_the_field_and_never_the_value() -> None:
    with pytest.raises(RequestError) as caught:
        read(b'{"question": "q", "documents": [{"secret": 1}]}')
    assert "documents.0" in caught.value.message
    assert "secret" not in caught.value.message


def test_search_without_a_query_is_refused() -> None:
    with pytest.raises(RequestError) as caught:
        check_query(None, CONFIG)
    assert caught.value.code == "question_empty"
