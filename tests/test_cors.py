import pytest

from tests.tiny import shared_client

GOOD = "https://good.example"
ASK = "/api/v1/ask"
PATHS = [
    "/api/v1/documents",
    "/api/v1/documents/tiny",
    "/api/v1/documents/tiny/footnotes/1",
    "/api/v1/search?q=night",
    "/api/v1/answers/none",
    "/api/v1/none",
]
UNLISTED = [
    *("https://good.example.evil.com", "http://good.example", "https://good.example:8443", "null"),
    *("https://evil.com", "https://sub.good.example", "*"),
]
QUESTION = {"question": "night opening visits"}


@pytest.mark.parametrize("path", PATHS)
def test_listed_site_may_read_every_answer_and_every_error(path: str) -> None:
    response = shared_client(embed_origins=GOOD).get(path, headers={"Origin": GOOD})
    assert response.headers["Access-Control-Allow-Origin"] == GOOD
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Origin" in response.headers["Vary"]
    assert response.status_code == (404 if path.endswith("none") else 200)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", UNLISTED)
def test_unlisted_site_is_refused_and_may_read_nothing(path: str, origin: str) -> None:
    response = shared_client(embed_origins=GOOD).get(path, headers={"Origin": origin})
    assert response.status_code == 403
    assert response.get_json()["error"]["code"] == "origin_not_allowed"
    assert "ZHUJIAO_EMBED_ORIGINS" in response.get_json()["error"]["message"]
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
    assert "Origin" in response.headers["Vary"]


def test_nobody_is_listed_by_default() -> None:
    response = shared_client().post(ASK, json=QUESTION, headers={"Origin": GOOD})
    assert response.status_code == 403


def test_listed_site_may_ask_in_any_writing_of_its_name() -> None:
    client = shared_client(embed_origins="https://Good.Example:443")
    for origin in (GOOD, "https://GOOD.example"):
        response = client.post(ASK, json=QUESTION, headers={"Origin": origin})
        assert response.get_json()["status"] == "answered"
        assert response.headers["Access-Control-Allow-Origin"] == origin


def test_stream_carries_the_permission_too() -> None:
    headers = {"Origin": GOOD, "Accept": "text/event-stream"}
    response = shared_client(embed_origins=GOOD).post(ASK, json=QUESTION, headers=headers)
    assert response.headers["Access-Control-Allow-Origin"] == GOOD
    assert "event: answer" in response.text


def test_preflight_is_answered_for_a_listed_site_only() -> None:
    client = shared_client(embed_origins=GOOD)
    asks = {"Access-Control-Request-Method": "POST"}
    granted = client.options(ASK, headers={"Origin": GOOD, **asks})
    assert (granted.status_code, granted.data) == (204, b"")
    assert granted.headers["Access-Control-Allow-Origin"] == GOOD
    assert granted.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert granted.headers["Access-Control-Allow-Headers"] == "Content-Type"
    for origin in UNLISTED:
        refused = client.options(ASK, headers={"Origin": origin, **asks})
        assert refused.status_code == 403
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_programs_and_our_own_pages_are_served_without_permission() -> None:
    client = shared_client(embed_origins=GOOD)
    for headers in ({}, {"Origin": "http://localhost"}):
        response = client.post(ASK, json=QUESTION, headers=headers)
        assert response.status_code == 200
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/documents/tiny", "/openapi.json", "/healthz", "/embed"])
def test_nothing_but_the_interface_is_for_other_sites_to_read(path: str) -> None:
    response = shared_client(embed_origins=GOOD).get(path, headers={"Origin": GOOD})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.status_code == 200
