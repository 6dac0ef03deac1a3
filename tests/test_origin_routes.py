"""Every address of the service, taken from its own map, stands under the one list of origins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.tiny import tiny_app, tiny_client

GOOD = "https://good.example"
FRAMED = {
    "/embed": f"'self' {GOOD}",
    "/embed/colours.css": f"'self' {GOOD}",
    "/widget/preview": "'self'",
}
VALUES = {"document_id": "tiny", "footnote_id": "1", "version": "x", "name": "base.css"}
STRANGERS = (
    *("https://evil.example", "https://good.example.evil.example", "https://evilgood.example"),
    *("http://good.example", "https://good.example:8443", "https://sub.good.example", "null", ""),
)


def addresses() -> Iterator[tuple[str, str]]:
    """(method, path) of every rule, with something in the place of each variable."""
    for rule in tiny_app().url_map.iter_rules():
        path = str(rule)
        for name in rule.arguments:
            kind = "path:" if f"<path:{name}>" in path else ""
            path = path.replace(f"<{kind}{name}>", VALUES.get(name, "none"))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path


ADDRESSES = sorted(set(addresses()))
INTERFACE = [address for address in ADDRESSES if address[1].startswith("/api/v1/")]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return tiny_client(embed_origins=GOOD)


def test_map_holds_the_routes_of_answers_documents_and_votes() -> None:
    paths = {path for _, path in ADDRESSES}
    assert {"/answers/none", "/documents/tiny", "/documents/tiny.json", "/embed"} <= paths
    assert {"/api/v1/answers/none", "/api/v1/documents/tiny", "/api/v1/feedback"} <= paths


@pytest.mark.parametrize(("method", "path"), INTERFACE)
def test_stranger_is_refused_by_every_address_of_the_interface(
    client: FlaskClient, method: str, path: str
) -> None:
    for origin in STRANGERS:
        response = client.open(path, method=method, headers={"Origin": origin})
        assert (origin, response.status_code) == (origin, 403)
        assert response.get_json()["error"]["code"] == "origin_not_allowed"
        assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(("method", "path"), INTERFACE)
def test_listed_site_may_read_whatever_the_interface_says(
    client: FlaskClient, method: str, path: str
) -> None:
    response = client.open(path, method=method, headers={"Origin": GOOD.upper()})
    assert response.status_code != 403
    assert response.headers["Access-Control-Allow-Origin"] == GOOD.upper()
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_only_the_chat_may_stand_in_a_frame_of_a_listed_site(
    client: FlaskClient, method: str, path: str
) -> None:
    policy = client.open(path, method=method).headers["Content-Security-Policy"]
    ancestors = policy.split("frame-ancestors ")[1].split(";")[0].strip()
    assert ancestors == FRAMED.get(path, "'none'")


@pytest.mark.parametrize(
    ("method", "path"), [address for address in ADDRESSES if address not in INTERFACE]
)
def test_nothing_beside_the_interface_can_be_read_by_another_site(
    client: FlaskClient, method: str, path: str
) -> None:
    for origin in (GOOD, *STRANGERS):
        response = client.open(path, method=method, headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in response.headers
