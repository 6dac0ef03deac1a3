import pytest

from service.headers import content_security_policy
from tests.tiny import shared_client


@pytest.mark.parametrize(
    "path", ["/", "/documents/tiny", "/api/v1/documents", "/static/x/chat.js", "/none", "/healthz"]
)
def test_every_response_carries_the_policy_and_sets_no_cookie(path: str) -> None:
    headers = shared_client().get(path).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert len(headers["X-Request-ID"]) == 16
    assert "Set-Cookie" not in headers


def test_policy_names_the_sites_that_may_frame_a_page() -> None:
    policy = content_security_policy(("https://a.example", "https://b.example"))
    assert "frame-ancestors https://a.example https://b.example" in policy


def test_transport_security_is_asked_for_over_tls_only() -> None:
    client = shared_client()
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers


def test_request_ids_differ() -> None:
    client = shared_client()
    assert len({client.get("/healthz").headers["X-Request-ID"] for _ in range(50)}) == 50
