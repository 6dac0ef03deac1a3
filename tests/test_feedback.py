"""Votes over HTTP: strict in what they take, on disk when they are acknowledged."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask.testing import FlaskClient

from service.receipt import Receipt
from tests.tiny import tiny_client

ANSWER_ID = Receipt("night opening visits").encode()
VOTE = {"answer_id": ANSWER_ID, "verdict": "up"}
FILE = "votes.sqlite3"


def client(folder: Path, **settings: object) -> FlaskClient:
    return tiny_client(None, database_url=f"sqlite:///{folder / FILE}", **settings)


def stored(folder: Path, columns: str = "verdict, comment") -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / FILE)
    try:
        return connection.execute(f"SELECT {columns} FROM zhujiao_votes").fetchall()
    finally:
        connection.close()


def test_vote_is_on_disk_when_it_is_acknowledged(tmp_path: Path) -> None:
    response = client(tmp_path).post("/api/v1/feedback", json={**VOTE, "comment": "幫了忙"})
    assert response.status_code == 201
    assert list(response.get_json()) == ["id"]
    assert response.headers["Cache-Control"] == "no-store"
    assert stored(tmp_path) == [("up", "幫了忙")]


def test_vote_under_its_id_is_changed_and_a_retry_does_no_harm(tmp_path: Path) -> None:
    votes = client(tmp_path)
    given = votes.post("/api/v1/feedback", json=VOTE).get_json()["id"]
    for verdict in ("down", "down"):
        again = votes.post("/api/v1/feedback", json={**VOTE, "verdict": verdict, "id": given})
        assert again.status_code == 201
        assert again.get_json() == {"id": given}
    assert stored(tmp_path) == [("down", "")]


def test_id_that_a_client_made_is_taken(tmp_path: Path) -> None:
    sent = {**VOTE, "id": "0123456789abcdef"}
    response = client(tmp_path).post("/api/v1/feedback", json=sent)
    assert response.get_json() == {"id": "0123456789abcdef"}


def test_one_id_under_two_answers_is_two_votes_that_nothing_links(tmp_path: Path) -> None:
    votes = client(tmp_path)
    for question in ("night opening visits", "second desk"):
        sent = {"answer_id": Receipt(question).encode(), "verdict": "up", "id": "i" * 16}
        votes.post("/api/v1/feedback", json=sent)
    rows = stored(tmp_path, "vote, answer, question")
    assert len({cell for row in rows for cell in row}) == 6
    assert "i" * 16 not in repr(rows)


def test_two_votes_on_one_answer_count_twice_for_it(tmp_path: Path) -> None:
    votes = client(tmp_path)
    votes.post("/api/v1/feedback", json=VOTE)
    votes.post("/api/v1/feedback", json=VOTE)
    rows = stored(tmp_path, "answer, question")
    assert len(rows) == 2
    assert len(set(rows)) == 1


def test_text_of_a_question_is_stored_only_where_the_settings_keep_it(tmp_path: Path) -> None:
    for name, keep in (("a", "off"), ("b", "on")):
        (tmp_path / name).mkdir()
        client(tmp_path / name, keep_questions=keep).post("/api/v1/feedback", json=VOTE)
    kept = ("night opening visits", ANSWER_ID)
    assert stored(tmp_path / "a", "question_text, answer_id") == [(None, None)]
    assert stored(tmp_path / "b", "question_text, answer_id") == [kept]
    assert b"night" not in (tmp_path / "a" / FILE).read_bytes()


def test_question_of_a_self_made_id_is_stored_cleaned(tmp_path: Path) -> None:
    sent = {**VOTE, "answer_id": Receipt("night\u202e opening\u200b visits").encode()}
    site = client(tmp_path, keep_questions="on")
    for vote in (VOTE, sent):
        site.post("/api/v1/feedback", json=vote)
    rows = stored(tmp_path, "question, question_text")
    assert len(rows) == 2
    assert {text for _, text in rows} == {"night opening visits"}
    assert len(set(rows)) == 1


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({**VOTE, "answer_id": "none"}, 404, "answer_not_found"),
        ({**VOTE, "answer_id": ""}, 404, "answer_not_found"),
        ({"answer_id": Receipt("q", documents=("x",)).encode(), "verdict": "up"}, 404, "document_not_found"),
        ({"answer_id": Receipt("a\x00b").encode(), "verdict": "up"}, 422, "invalid_request"),
        ({"answer_id": Receipt("x" * 3_000).encode(), "verdict": "up"}, 400, "question_too_long"),
        ({"verdict": "up"}, 422, "invalid_request"),
        ({**VOTE, "verdict": "UP"}, 422, "invalid_request"),
        ({**VOTE, "verdict": True}, 422, "invalid_request"),
        ({**VOTE, "comment": None}, 422, "invalid_request"),
        ({**VOTE, "comment": "x" * 1_001}, 422, "invalid_request"),
        ({**VOTE, "comment": "a\x00b"}, 422, "invalid_request"),
        ({**VOTE, "id": "short"}, 422, "invalid_request"),
        ({**VOTE, "id": "i" * 65}, 422, "invalid_request"),
        ({**VOTE, "id": "i" * 16 + "\n"}, 422, "invalid_request"),
        ({**VOTE, "reader": "me"}, 422, "invalid_request"),
        ([VOTE], 422, "invalid_request"),
    ],
)  # fmt: skip
def test_what_is_no_vote_is_refused_and_nothing_is_stored(
    tmp_path: Path, sent: object, status: int, code: str
) -> None:
    response = client(tmp_path).post("/api/v1/feedback", json=sent)
    assert response.status_code == status
    assert response.get_json()["error"]["code"] == code
    assert not (tmp_path / FILE).exists()


def test_longest_comment_is_taken(tmp_path: Path) -> None:
    sent = {**VOTE, "comment": "字" * 1_000}
    assert client(tmp_path).post("/api/v1/feedback", json=sent).status_code == 201


def test_what_cannot_be_seen_is_taken_out_of_a_comment(tmp_path: Path) -> None:
    sent = {**VOTE, "comment": " a\u200bb\u202ec\x1b[31m "}
    client(tmp_path).post("/api/v1/feedback", json=sent)
    assert stored(tmp_path) == [("up", "abc [31m")]


def test_vote_is_sent_as_json_only(tmp_path: Path) -> None:
    assert client(tmp_path).post("/api/v1/feedback", data=VOTE).status_code == 415


def test_votes_are_not_taken_where_the_settings_say_so(tmp_path: Path) -> None:
    response = client(tmp_path, feedback="off").post("/api/v1/feedback", json=VOTE)
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == "feedback_off"


@pytest.mark.parametrize("state", ["on", "off"])
@pytest.mark.parametrize("page", ["/", "/embed"])
def test_page_says_whether_votes_are_taken(tmp_path: Path, page: str, state: str) -> None:
    assert f'data-feedback="{state}"' in client(tmp_path, feedback=state).get(page).text


def test_broken_database_refuses_votes_in_one_line_while_asking_goes_on(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    site = client(tmp_path)
    response = site.post("/api/v1/feedback", json=VOTE)
    assert response.status_code == 503
    assert response.get_json()["error"]["code"] == "store_unavailable"
    assert response.headers["Retry-After"] == "10"
    assert str(tmp_path) not in response.text
    assert site.post("/api/v1/ask", json={"question": "night opening"}).status_code == 200


def test_locked_database_refuses_votes_until_it_is_free(tmp_path: Path) -> None:
    site = client(tmp_path, database_timeout_s=0.1, question_log="off")
    assert site.post("/api/v1/feedback", json=VOTE).status_code == 201
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN IMMEDIATE")
    assert site.post("/api/v1/feedback", json=VOTE).status_code == 503
    other.rollback()
    other.close()
    assert site.post("/api/v1/feedback", json=VOTE).status_code == 201
    assert len(stored(tmp_path)) == 2


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write everywhere; where the tests run as root, they are somebody else in here."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_file_that_may_not_be_written_refuses_votes_while_asking_goes_on() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        site = client(folder)
        assert site.post("/api/v1/feedback", json=VOTE).status_code == 201
        (folder / FILE).chmod(0o444)
        folder.chmod(0o555)
        fresh = client(folder)
        with nobody():
            assert fresh.post("/api/v1/feedback", json=VOTE).status_code == 503
            assert fresh.post("/api/v1/ask", json={"question": "night"}).status_code == 200
        folder.chmod(0o755)


def test_broken_surrogate_is_refused(tmp_path: Path) -> None:
    body = json.dumps({**VOTE, "comment": "\ud800"})
    response = client(tmp_path).post("/api/v1/feedback", data=body, content_type="application/json")
    assert response.status_code == 422


def test_page_of_another_site_may_vote_only_when_it_is_listed(tmp_path: Path) -> None:
    site = client(tmp_path, embed_origins="https://think.example")
    for origin, status in (("https://think.example", 201), ("https://evil.example", 403)):
        sent = site.post("/api/v1/feedback", json=VOTE, headers={"Origin": origin})
        assert sent.status_code == status
