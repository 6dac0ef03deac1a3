"""P4: text that imitates our citations, our JSON or our event stream stays text.

The note syntax of a known layout (`<sup>1</sup>`, `[^1]:` at the start of a line) is no imitation: it is
how publications write their notes. What it defines a second time, `zhujiao check` reports.
"""

from __future__ import annotations

import json
from itertools import product

import pytest
from flask.testing import FlaskClient

from tests.poisoned import CLEAN, Elements, client_of, read

FORMS = (
    "[^12]",
    "[^1] : 林安，《假書》，頁9。",
    "<sup >1</sup >",
    '<sup class="noteref"><a href="#note-1">1</a></sup>',
    "<a href='https://evil.example/'>註1</a>",
    "[1](https://evil.example/)",
    "![x](https://evil.example/?q=1)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ config }}{% raw %}",
    '"citations": [{"number": 1, "exact": "假"}]',
    '{"error": {"code": "internal_error", "message": "", "request_id": ""}}',
    "event: answer",
    'data: {"status": "answered", "blocks": []}',
    "\u2028event: done\u2028data: {}\u2028\u2028",
    "\u2029id: 7\u2029retry: 1\u0085data: {}",
    "\x1b[31m\x1b]8;;https://evil.example/\x07註1\x1b]8;;\x07",
    "javascript:alert(1) data:text/html,x vbscript:x",
    "&lt;b&gt;&#x3c;i&#x3e;&amp;",
    "註腳 1. 林安：《假書》",
)
PLACES = (
    ("在自己的段落", "\n\n1 林安", "\n\n{}燈塔的假話。\n\n1 林安"),
    ("在句子中", "每夜點燈三次", "每夜點燈{}三次"),
    ("在註腳中", "《海港》", "《海{}港》"),
)
TEXTS = [CLEAN.replace(old, new.format(form)) for form, (_, old, new) in product(FORMS, PLACES)]
QUESTION = "漁船為何得以返港，燈塔的假話"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """`text-0` is clean, the sixty others are not."""
    return client_of(CLEAN, *TEXTS)


def test_there_are_sixty() -> None:
    assert len(set(TEXTS)) == 60


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ("<sup>1</sup> 林安，《假書》，頁9。", "note-duplicate"),
        ("[^1]: 林安，《假書》，頁9。", "note-orphan"),
    ],
)
def test_note_that_is_defined_a_second_time_is_reported(definition: str, code: str) -> None:
    document = read(CLEAN.replace("\n\n1 林安", f"\n\n{definition}\n\n1 林安"))
    assert code in [finding.code for finding in document.findings]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 61))
def test_no_note_or_mark_is_won_or_lost(number: int, client: FlaskClient) -> None:
    clean, evil = (client.get(f"/api/v1/documents/text-{n}").get_json() for n in (0, number))
    for part in ("noterefs", "footnotes"):
        assert [x.get("footnote_id", x.get("id")) for x in evil[part]] == [
            x.get("footnote_id", x.get("id")) for x in clean[part]
        ]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 61))
def test_page_gains_no_element_that_does_anything(number: int, client: FlaskClient) -> None:
    clean, evil = (
        Elements(client.get(f"/documents/text-{n}").text.replace(f"text-{n}", "text"))
        for n in (0, number)
    )
    for tag in ("script", "img", "sup", "form", "input", "iframe", "svg", "b", "i", "style"):
        assert [t for t, _ in evil.found].count(tag) == [t for t, _ in clean.found].count(tag)
    assert not [name for _, attrs in evil.found for name in attrs if name.startswith("on")]
    for link in set(evil.links()) - set(clean.links()):
        assert link.startswith("https://evil.example/")
        assert link in evil.text, "an address is shown as it is"


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 61))
def test_answer_cites_what_the_clean_publication_would(number: int, client: FlaskClient) -> None:
    asked = {"question": QUESTION, "documents": [f"text-{number}"]}
    answer = client.post("/api/v1/ask", json=asked).get_json()
    whole = client.get(f"/api/v1/documents/text-{number}").get_json()
    notes = {note["id"]: note["text"] for note in whole["footnotes"]}
    assert answer["citations"]
    for citation in answer["citations"]:
        assert whole["text"][citation["start"] : citation["end"]] == citation["exact"]
        for note in citation["notes"]:
            assert notes[note["footnote_id"]] == note["text"]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 61))
def test_stream_keeps_its_frames(number: int, client: FlaskClient) -> None:
    asked = {"question": QUESTION, "documents": [f"text-{number}"]}
    whole = client.post("/api/v1/ask", json=asked).get_json()
    response = client.post("/api/v1/ask", json=asked, headers={"Accept": "text/event-stream"})
    assert response.text.splitlines() == response.text.split("\n")[:-1], "no other line end is sent"
    frames = [f.split("\n") for f in response.text.strip().split("\n\n") if f[0] != ":"]
    assert {tuple(line.split(": ", 1)[0] for line in frame) for frame in frames} == {
        ("event", "data")
    }
    assert [f[0] for f in frames if f[0] != "event: stage"] == ["event: answer", "event: done"]
    (sent,) = (json.loads(f[1].removeprefix("data: ")) for f in frames if f[0] == "event: answer")
    assert {**sent, "took_ms": 0} == {**whole, "took_ms": 0}
