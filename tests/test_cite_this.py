"""Citations over HTTP: each format in its media type, under a safe name, with the work meant."""

from __future__ import annotations

import json

import pytest

from service.export import FORMATS
from service.receipt import Receipt
from tests.test_cors import GOOD
from tests.tiny import shared_client, tiny_client

QUESTION = "Did night opening raise visits?"
NOTE = "/api/v1/documents/tiny/footnotes/3/cite"


def answer_id(question: str = QUESTION) -> str:
    found: str = shared_client().post("/api/v1/ask", json={"question": question}).get_json()["id"]
    return found


@pytest.mark.parametrize(
    ("format_name", "media_type", "filename"),
    [
        ("ris", "application/x-research-info-systems; charset=utf-8", "tiny-note-3.ris"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "tiny-note-3.bib"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "tiny-note-3.json"),
        ("chicago", "text/plain; charset=utf-8", "tiny-note-3-chicago.txt"),
        ("apa", "text/plain; charset=utf-8", "tiny-note-3-apa.txt"),
        ("gbt7714", "text/plain; charset=utf-8", "tiny-note-3-gbt7714.txt"),
    ],
)
def test_each_format_is_a_download_in_its_media_type(
    format_name: str, media_type: str, filename: str
) -> None:
    response = shared_client().get(NOTE, query_string={"format": format_name})
    assert response.status_code == 200
    assert response.content_type == media_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{filename}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "night" in response.text.casefold()


def test_ibid_is_cited_as_the_work_it_means_with_its_own_page() -> None:
    (item,) = shared_client().get(f"{NOTE}?format=csl-json").get_json(force=True)
    assert (item["title"], item["locator"]) == ("Night Libraries", "8")
    text = shared_client().get(f"{NOTE}?format=chicago").text
    assert text == "An Lin and David Roe, “Night Libraries,” City Review, 2021, 8.\n"


def test_answer_is_cited_with_its_publication_and_the_works_behind_its_notes() -> None:
    response = shared_client().get(f"/api/v1/answers/{answer_id()}/cite?format=csl-json")
    items = json.loads(response.text)
    assert [item["title"] for item in items] == ["社區的夜晚", "Night Libraries"]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="answer-')


def test_publication_is_cited_itself() -> None:
    (item,) = json.loads(shared_client().get("/api/v1/documents/tiny/cite?format=csl-json").text)
    assert (item["title"], item["author"]) == ("社區的夜晚", [{"literal": "林安"}])


@pytest.mark.parametrize("path", [NOTE, "/api/v1/documents/tiny/cite", "/api/v1/answers/x/cite"])
@pytest.mark.parametrize("query", ["", "?format=", "?format=word", "?format=RIS"])
def test_unknown_format_names_the_known_ones(path: str, query: str) -> None:
    response = shared_client().get(path + query)
    error = response.get_json()["error"]
    assert (response.status_code, error["code"]) == (400, "unknown_format")
    assert ", ".join(FORMATS) in error["message"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/documents/none/cite", 404, "document_not_found"),
        ("/api/v1/documents/none/footnotes/1/cite", 404, "document_not_found"),
        ("/api/v1/documents/tiny/footnotes/99/cite", 404, "footnote_not_found"),
        ("/api/v1/documents/tiny/footnotes/1/cite/cite", 404, "footnote_not_found"),
        ("/api/v1/answers/none/cite", 404, "answer_not_found"),
    ],
)
def test_what_is_not_there_cannot_be_cited(path: str, status: int, code: str) -> None:
    response = shared_client().get(path, query_string={"format": "ris"})
    assert (response.status_code, response.get_json()["error"]["code"]) == (status, code)


def test_answer_that_quotes_nothing_has_nothing_to_cite() -> None:
    response = shared_client().get(
        f"/api/v1/answers/{answer_id('What is the weather on Mars?')}/cite?format=ris"
    )
    assert response.status_code == 409
    assert response.get_json()["error"]["code"] == "nothing_to_cite"


def test_note_whose_id_ends_like_the_address_is_still_a_note() -> None:
    response = shared_client().get("/api/v1/documents/tiny/footnotes/cite")
    assert response.get_json()["error"]["code"] == "footnote_not_found"


def test_listed_site_may_read_a_citation_and_its_file_name() -> None:
    client = shared_client(embed_origins=GOOD)
    granted = client.get(f"{NOTE}?format=ris", headers={"Origin": GOOD})
    assert granted.headers["Access-Control-Allow-Origin"] == GOOD
    assert "Content-Disposition" in granted.headers["Access-Control-Expose-Headers"]
    refused = client.get(f"{NOTE}?format=ris", headers={"Origin": "https://evil.com"})
    assert refused.get_json()["error"]["code"] == "origin_not_allowed"


def test_answer_says_where_it_and_its_notes_are_cited() -> None:
    client = shared_client()
    given = client.post("/api/v1/ask", json={"question": QUESTION}).get_json()
    assert client.get(f"{given['cite_url']}?format=ris").status_code == 200
    assert given["url"] == f"/answers/{given['id']}"
    note = given["citations"][0]["notes"][0]
    assert note["cite_url"] == NOTE
    mars = client.post("/api/v1/ask", json={"question": "weather on Mars"}).get_json()
    assert mars["cite_url"] is None


@pytest.mark.parametrize("path", [NOTE, f"/api/v1/answers/{Receipt(QUESTION).encode()}/cite"])
def test_citations_count_like_questions(path: str) -> None:
    client = tiny_client(rate_limit=2)
    statuses = [client.get(f"{path}?format=ris").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get(f"{path}?format=ris").headers["Retry-After"].isdigit()
