import json

import pytest

from service.app import create_app
from service.config import Config
from service.receipt import Receipt
from tests.tiny import shared_client, tiny_client, tiny_library

ASK = "/api/v1/ask"


def test_ask_returns_the_sentence_with_its_note() -> None:
    answer = shared_client().post(ASK, json={"question": "night opening visits"}).get_json()
    assert answer["status"] == "answered"
    assert answer["citations"][0]["exact"] == "Night opening raised visits by 17%, *not* loans."
    assert answer["citations"][0]["notes"][0]["label"] == "3"


def test_ask_streams_the_same_answer_as_events() -> None:
    client = tiny_client()
    response = client.post(
        ASK, json={"question": "night opening visits"}, headers={"Accept": "text/event-stream"}
    )
    assert response.mimetype == "text/event-stream"
    blocks = [block.split("\n") for block in response.text.strip().split("\n\n")]
    assert [block[0] for block in blocks] == [
        *("event: stage", "event: stage", "event: answer", "event: done")
    ]
    streamed = json.loads(blocks[2][1].removeprefix("data: "))
    whole = client.post(ASK, json={"question": "night opening visits"}).get_json()
    assert {**streamed, "took_ms": whole["took_ms"]} == whole


def test_refusal_of_a_streamed_question_is_an_ordinary_error() -> None:
    response = shared_client().post(
        ASK, json={"question": ""}, headers={"Accept": "text/event-stream"}
    )
    assert response.status_code == 400
    assert response.get_json()["error"]["code"] == "question_empty"


def test_follow_up_is_answered_from_its_history_alone() -> None:
    client = shared_client()
    alone = client.post(ASK, json={"question": "and where?"}).get_json()
    history = [{"question": "Did the effect fade far from stations?"}]
    followed = client.post(ASK, json={"question": "and where?", "history": history}).get_json()
    assert alone["status"] == "not_found"
    assert followed["citations"][0]["exact"] == "The effect faded far from stations."


def test_question_is_asked_of_the_named_publications_only() -> None:
    client = shared_client()
    body = {"question": "night opening visits"}
    for asked in ("tiny", "twin"):
        answer = client.post(ASK, json={**body, "documents": [asked]}).get_json()
        assert {citation["document_id"] for citation in answer["citations"]} == {asked}


def test_question_of_an_unknown_publication_is_refused() -> None:
    response = shared_client().post(ASK, json={"question": "q", "documents": ["none"]})
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == "document_not_found"


def test_answer_can_be_had_again_unchanged() -> None:
    client = shared_client()
    answer = client.post(ASK, json={"question": "night opening visits"}).get_json()
    again = client.get(f"/api/v1/answers/{answer['id']}").get_json()
    assert {**again, "took_ms": answer["took_ms"]} == answer


def test_answer_id_cannot_smuggle_a_question_past_the_limits() -> None:
    client = shared_client(max_question_characters=10)
    for question, code in (
        ("q" * 11, "question_too_long"),
        ("\x00", "invalid_request"),
        ("", "question_empty"),
    ):
        response = client.get(f"/api/v1/answers/{Receipt(question).encode()}")
        assert response.get_json()["error"]["code"] == code


def test_what_an_answer_id_asks_is_cleaned_like_any_question() -> None:
    client = shared_client()
    dirty = Receipt("night\u202e opening\u200b visits ", ("and\u2066 where?", "\u200b"), ("tiny",))
    clean = Receipt("night opening visits", ("and where?",), ("tiny",))
    given = client.get(f"/api/v1/answers/{dirty.encode()}").get_json()
    assert (given["question"], given["id"]) == (clean.question, clean.encode())
    assert client.get(f"/api/v1/answers/{clean.encode()}").get_json()["id"] == clean.encode()
    page = client.get(f"/answers/{dirty.encode()}").text
    assert "<h2>and where?</h2>" in page
    assert not set(page) & set("\u202e\u200b\u2066")


def test_publications_are_listed() -> None:
    listed = shared_client().get("/api/v1/documents").get_json()["documents"]
    assert [(d["id"], d["title"], d["authors"][0]["name"]) for d in listed] == [
        ("tiny", "社區的夜晚", "林安"),
        ("twin", "社區的夜晚", "林安"),
    ]


def test_publication_is_returned_whole() -> None:
    document = shared_client().get("/api/v1/documents/tiny").get_json()
    assert len(document["footnotes"]) == 3
    ref = document["noterefs"][0]
    assert document["text"][: ref["offset"]].endswith("有處可去。")


def test_note_is_returned_as_it_stands_in_its_publication() -> None:
    notes = shared_client().get("/api/v1/documents/tiny").get_json()["footnotes"]
    for note in notes:
        address = f"/api/v1/documents/tiny/footnotes/{note['id']}"
        assert shared_client().get(address).get_json() == note


def test_note_is_returned_with_its_resolved_reference() -> None:
    note = shared_client().get("/api/v1/documents/tiny/footnotes/3").get_json()
    assert note["text"] == "*Ibid.*, p. 8."
    assert note["back_reference"]["resolved"] == {"footnote_id": "1", "work": 0, "pin": "p. 8"}


def test_search_finds_passages_and_notes_in_order() -> None:
    found = shared_client().get("/api/v1/search?q=night+opening&k=1&documents=tiny").get_json()
    assert found["query"] == "night opening"
    assert [hit["section_id"] for hit in found["hits"]] == ["貳"]


@pytest.mark.parametrize("k", ["0", "51", "-1", "ten", "", "1e1", "٣", "99999"])
def test_search_refuses_a_count_out_of_range(k: str) -> None:
    response = shared_client().get("/api/v1/search", query_string={"q": "night", "k": k})
    assert response.status_code == 422
    assert response.get_json()["error"]["message"].startswith("k: ")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/documents/none", "document_not_found"),
        ("/api/v1/documents/tiny/footnotes/99", "footnote_not_found"),
        ("/api/v1/documents/none/footnotes/1", "document_not_found"),
        ("/api/v1/answers/none", "answer_not_found"),
        ("/api/v1/answers/eJw", "answer_not_found"),
        ("/api/v1/answers/燈塔", "answer_not_found"),
        (f"/api/v1/answers/{Receipt('q').encode()[:-3]}", "answer_not_found"),
        (f"/api/v1/answers/{Receipt('q', (), ('none',)).encode()}", "document_not_found"),
        ("/api/v1/nothing", "not_found"),
        ("/api/v1/documents//footnotes//1", "not_found"),
    ],
)
def test_what_is_not_there_is_404(path: str, code: str) -> None:
    response = shared_client().get(path)
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == code


def test_health_needs_no_library() -> None:
    app = create_app(Config(), tiny_library())
    app.extensions.clear()
    assert app.test_client().get("/healthz").get_json() == {"status": "ok"}


def test_ready_names_the_index() -> None:
    ready = shared_client().get("/readyz").get_json()
    assert ready == {"status": "ready", "index_version": "tiny-1", "documents": 2}
