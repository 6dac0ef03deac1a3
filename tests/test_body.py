import pytest

from tests.tiny import tiny_client

ASK = "/api/v1/ask"
JSON = "application/json"


def padded(size: int) -> bytes:
    question = b'{"question": "night opening visits"}'
    return question + b" " * (size - len(question))


def test_body_of_the_limit_is_read_and_one_byte_more_is_refused() -> None:
    client = tiny_client(max_body_bytes=2000)
    assert client.post(ASK, data=padded(2000), content_type=JSON).status_code == 200
    refused = client.post(ASK, data=padded(2001), content_type=JSON)
    assert refused.status_code == 413
    assert refused.get_json()["error"]["message"].startswith("The body is too large; at most 2,000")


@pytest.mark.parametrize(("size", "status"), [(2000, 200), (2001, 413), (200_000, 413)])
def test_body_without_a_declared_length_is_held_to_the_limit(size: int, status: int) -> None:
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    client = tiny_client(max_body_bytes=2000)
    response = client.post(ASK, data=padded(size), content_type=JSON, environ_overrides=environ)
    assert response.status_code == status


def test_page_form_is_held_to_the_same_limit() -> None:
    client = tiny_client(max_body_bytes=2000)
    assert client.post("/", data={"question": "q" * 3000}).status_code == 413


@pytest.mark.parametrize(
    ("content_type", "data", "status"),
    [
        ("text/plain", b"question=q", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded", b"\xff", 400),
        ("application/x-www-form-urlencoded", b"a&" * 300, 400),
        ("application/x-www-form-urlencoded", b"question=%00", 422),
        ("application/x-www-form-urlencoded", b"", 400),
    ],
)
def test_hostile_form_is_refused(content_type: str, data: bytes, status: int) -> None:
    response = tiny_client().post("/", data=data, content_type=content_type)
    assert response.status_code == status
