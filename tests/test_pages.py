import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import pytest
from flask import Flask, template_rendered
from jinja2 import Template

from corpus.document import Language
from service.assets import PROGRAM
from service.messages import LANGUAGES, messages
from tests.tiny import shared_client, tiny_client, tiny_document, tiny_library

EN = {"Accept-Language": "en"}


class Page(HTMLParser):
    """What tests ask of a page: its ids, its links, its marked text, its inline code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.marked = ""
        self.inline: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        if tag not in {"meta", "link", "img", "input", "br"}:
            self._open.append(tag)
        self.ids += [fields["id"] or ""] if "id" in fields else []
        self.hrefs += [fields["href"] or ""] if tag == "a" and "href" in fields else []
        self.inline += [name for name in fields if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in fields):
            self.inline.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self._open and "sup" not in self._open:
            self.marked += data


def page(url: str) -> Page:
    response = shared_client().get(url, headers=EN)
    assert response.status_code == 200
    return Page(response.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_page_offers_the_form_three_questions_and_the_publications(language: str) -> None:
    html = shared_client().get(f"/?lang={language}").text
    assert messages(language).ask_title in html  # type: ignore[arg-type]
    assert html.count('<button name="question"') == 3
    assert f'href="/documents/tiny?lang={language}"' in html


@pytest.mark.parametrize(
    "url", ["/", "/?q=night+opening+visits", "/?q=Mars", "/documents/tiny", "/documents/tiny?q=5-9"]
)
def test_page_is_well_formed_with_unique_ids_and_no_inline_code(url: str) -> None:
    parsed = page(url)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.inline == []


@pytest.mark.parametrize("url", ["/?q=night+opening+visits", "/documents/tiny?q=5-9"])
def test_every_link_within_the_page_leads_somewhere(url: str) -> None:
    parsed = page(url)
    inner = [unquote(href[1:]) for href in parsed.hrefs if href.startswith("#")]
    assert inner
    assert set(inner) <= set(parsed.ids)


def test_form_answers_without_javascript() -> None:
    html = shared_client().post("/", data={"question": "night opening visits"}, headers=EN).text
    assert "<em>not</em>" in html
    assert 'href="/documents/tiny?q=54-102#q"' in html
    assert "Ibid. → <a" in html
    assert "Lin and Roe, “Night Libraries”, p. 8" in html


def test_form_carries_the_history_on() -> None:
    data = {"question": "and where?", "history": ["Did the effect fade far from stations?"]}
    html = shared_client().post("/", data=data, headers=EN).text
    assert "The effect faded far from stations." in html
    assert 'name="history" value="Did the effect fade far from stations?"' in html
    assert 'name="history" value="and where?"' in html


@pytest.mark.parametrize("path", ["/", "/embed"])
@pytest.mark.parametrize(("most", "kept"), [(2, ["Was it so?", "Did the effect fade?"]), (0, [])])
def test_form_of_a_long_conversation_forgets_its_beginning(
    path: str, most: int, kept: list[str]
) -> None:
    asked = ["What is the second desk?", "Was it so?", "Did the effect fade?"]
    data = {"question": "night opening visits", "history": asked}
    response = shared_client(max_history_turns=most).post(path, data=data, headers=EN)
    assert response.status_code == 200
    carried = re.findall('name="history" value="([^"]*)"', response.text)
    assert carried == [*kept, "night opening visits"]
    assert f'data-history="{most}"' in response.text  # for the scripts, which do the same


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_error_leaves_the_conversation_as_it_was(path: str) -> None:
    data = {"question": " ", "history": ["What is the <i>second</i> desk?", "Was it so?"]}
    response = shared_client().post(path, data=data, headers=EN)
    assert response.status_code == 400
    assert "Write a question first." in response.text
    asked = ["What is the &lt;i&gt;second&lt;/i&gt; desk?", "Was it so?"]
    assert re.findall('name="history" value="([^"]*)"', response.text) == asked
    assert re.findall("<h2>(.*)</h2></section>", response.text) == asked
    assert f">{messages('en').follow_up_label}</label>" in response.text


def test_section_in_an_address_is_no_turn_where_none_is_read() -> None:
    url = "/?documents=twin&section=貳&q=night+opening+visits"
    assert shared_client(max_history_turns=0).get(url).status_code == 200


def test_form_with_no_question_says_so_in_place() -> None:
    response = shared_client().post("/", data={"question": "  "}, headers=EN)
    assert response.status_code == 400
    assert "Write a question first." in response.text
    assert 'name="question"' in response.text


def test_refusal_names_the_nearest_section_and_shows_no_quotation() -> None:
    html = shared_client().post("/", data={"question": "weather on Mars"}, headers=EN).text
    assert messages("en").not_found in html
    assert '<a href="/documents/tiny#s-%E5%A3%B9">壹\u00a0緣起</a>' in html
    assert "<blockquote" not in html


def test_markup_in_a_question_stays_text() -> None:
    html = (
        shared_client()
        .post("/", data={"question": "<img src=x onerror=alert(1)>"}, headers=EN)
        .text
    )
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


def test_kept_answer_has_a_page() -> None:
    client = shared_client()
    answer = client.post("/api/v1/ask", json={"question": "night opening visits"}).get_json()
    html = client.get(f"/answers/{answer['id']}").text
    assert "Night opening raised" in html
    assert "<title>night opening visits · 註腳</title>" in html
    assert '<meta name="robots" content="noindex">' in html
    assert client.get("/answers/none").status_code == 404


def test_reading_view_shows_every_note_with_a_way_back_from_each() -> None:
    parsed = page("/documents/tiny")
    assert [i for i in parsed.ids if i.startswith("fn-")] == ["fn-1", "fn-2", "fn-3"]
    assert [h for h in parsed.hrefs if h.startswith("#ref-")] == [
        *("#ref-1-1", "#ref-1-2", "#ref-2-1", "#ref-3-1")
    ]


@pytest.mark.parametrize("span", [(22, 48), (10, 60), (54, 102), (141, 150)])
def test_reading_view_marks_the_span_it_is_asked_for(span: tuple[int, int]) -> None:
    start, end = span
    marked = page(f"/documents/tiny?q={start}-{end}").marked
    quoted = tiny_document().text[start:end]
    assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", quoted)


@pytest.mark.parametrize("span", ["9-3", "x", "9999-99999", ""])
def test_reading_view_ignores_a_span_that_is_none(span: str) -> None:
    assert page(f"/documents/tiny?q={span}").marked == ""


def test_reading_view_has_a_twin_for_programs() -> None:
    client = shared_client()
    assert (
        client.get("/documents/tiny.json").get_json()
        == client.get("/api/v1/documents/tiny").get_json()
    )


@pytest.mark.parametrize("path", ["/documents/tiny", "/documents/tiny.json"])
def test_reading_view_is_not_sent_twice(path: str) -> None:
    client = shared_client()
    first = client.get(path, headers=EN)
    again = client.get(path, headers={**EN, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers.get(name) == first.headers.get(name)


def test_reading_view_is_sent_where_anything_else_is_asked_for() -> None:
    client = shared_client()
    path = "/documents/tiny"
    known = {"If-None-Match": client.get(path, headers=EN).headers["ETag"]}
    for other in (f"{path}?q=5-9", f"{path}?lang=zh-Hant", f"{path}.json", "/documents/twin"):
        assert client.get(other, headers={**EN, **known}).status_code == 200
    assert client.get(path, headers={"Accept-Language": "zh-TW", **known}).status_code == 200
    assert (
        client.get(path, base_url="https://a.example", headers={**EN, **known}).status_code == 200
    )
    assert client.get(path, headers={**EN, "If-None-Match": '"other"'}).status_code == 200


def test_reading_view_the_reader_has_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = shared_client()
    known = {"If-None-Match": client.get("/documents/tiny").headers["ETag"]}
    made: list[str] = []

    def note(_: Flask, template: Template, **__: object) -> None:
        made.append(template.name or "")

    with template_rendered.connected_to(note):
        assert client.get("/documents/tiny", headers=known).status_code == 304
        assert made == []
        monkeypatch.setitem(client.application.extensions, PROGRAM, "a later version")
        assert client.get("/documents/tiny", headers=known).status_code == 200
        assert made == ["document.html"]


def test_static_file_is_kept_for_ever_under_its_digest_only() -> None:
    client = shared_client()
    match = re.search(r"/static/[0-9a-f]{12}/tokens.css", client.get("/").text)
    assert match
    assert "immutable" in client.get(match[0]).headers["Cache-Control"]
    assert client.get("/static/old/tokens.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "none.css", "/etc/passwd", "."])
def test_nothing_but_static_files_is_served(name: str) -> None:
    assert shared_client().get(f"/static/x/{name}").status_code == 404


def test_several_publications_cited_in_one_answer_keep_their_notes_apart() -> None:
    parsed = Page(shared_client().post("/", data={"question": "night opening visits"}).text)
    assert {"a0-tiny-3", "a0-twin-3"} <= set(parsed.ids)


def test_quoted_note_stands_among_the_notes_with_its_place() -> None:
    html = shared_client().post("/", data={"question": "which note cites Lin?"}, headers=EN).text
    assert "<blockquote" not in html
    assert html.count('<li class="note"') == 6
    assert 'href="/documents/tiny#fn-2"' in html


def test_reference_managers_are_told_of_the_publication() -> None:
    html = shared_client().get("/documents/tiny?lang=en&q=5-9").text
    assert '<meta name="citation_title" content="社區的夜晚">' in html
    assert '<meta name="citation_author" content="林安">' in html
    assert '<meta name="citation_publication_date" content="2021">' in html
    assert 'content="http://localhost/documents/tiny"' in html
    assert '<link rel="canonical" href="http://localhost/documents/tiny">' in html
    assert html.count('class="Z3988"') == 1
    assert "rft.title=%E7%A4%BE%E5%8D%80" in html


def test_alternate_of_the_reading_view_is_its_twin() -> None:
    html = shared_client().get("/documents/tiny").text
    (address,) = re.findall(r'<link rel="alternate" type="application/json" href="([^"]+)">', html)
    assert shared_client().get(address).get_json()["document"]["id"] == "tiny"


def test_every_heading_offers_to_ask_about_its_section() -> None:
    hrefs = [href for href in page("/documents/tiny").hrefs if href.startswith("/?documents=")]
    assert hrefs == [
        "/?documents=tiny",
        "/?documents=tiny&section=%E5%A3%B9",
        "/?documents=tiny&section=%E8%B2%B3",
    ]


def test_chat_about_a_section_says_so_and_carries_it_on() -> None:
    html = shared_client().get("/?documents=twin&section=貳", headers=EN).text
    assert "You are asking about" in html
    assert 'href="/documents/twin#s-%E8%B2%B3" lang="zh-Hant">發現</a>' in html
    assert html.count('name="documents" value="twin"') == 2  # the box and the suggestions
    assert html.count('name="history" value="發現"') == 2


def test_chat_about_an_unknown_publication_is_not_found() -> None:
    assert shared_client().get("/?documents=none", headers=EN).status_code == 404


def test_question_in_an_address_is_asked_of_the_publication_named() -> None:
    html = shared_client().get("/?documents=twin&q=night+opening+visits", headers=EN).text
    assert 'href="/documents/twin?q=54-102#q"' in html
    assert 'href="/documents/tiny?q=54-102#q"' not in html


@pytest.mark.parametrize("path", ["/", "/documents/tiny", "/widget", "/embed", "/none"])
def test_language_of_one_reader_is_not_carried_into_the_pages_of_the_next(path: str) -> None:
    client = tiny_client()
    client.get(f"{path}?lang=zh-Hant")
    own_links = re.sub(r'href="\?lang=[^"]+"', "", client.get(path, headers=EN).text)
    assert "lang=zh-Hant" not in own_links


STORED: Mapping[str, object] = {"keep_questions": "on", "retention_days": 30}
NOTHING: Mapping[str, object] = {**STORED, "question_log": "off", "feedback": "off"}


@pytest.mark.parametrize("path", ["/", "/embed", "/widget", "/none"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_is_stored_of_a_question(language: Language, path: str) -> None:
    m = messages(language)
    stored = m.promise_stored.format(days=30)
    for settings, said, unsaid in (
        ({}, m.promise, stored),
        (STORED, stored, m.promise),
        (NOTHING, m.promise, stored),
    ):
        address, headers = f"{path}?lang={language}", {"Accept": "text/html"}
        html = shared_client(**settings).get(address, headers=headers).text
        assert said in html
        assert unsaid not in html


@pytest.mark.parametrize("document_id", ["My report, part 2", "年報 #1? 100% [draft]", '["x"]'])
def test_name_of_a_file_may_hold_spaces_and_signs(document_id: str) -> None:
    client = tiny_client(tiny_library((document_id, "other")))
    quoted = quote(document_id, safe="")
    address = f"/documents/{quoted}"
    for path, link in (("/", address), ("/embed", address), (address, f"{address}.json")):
        assert link in Page(client.get(path).text).hrefs
        assert client.get(link).status_code == 200
    for path in (f"/?documents={quoted}", f"/embed?documents={quoted}"):
        (listed,) = re.findall("data-documents='([^']*)'", client.get(path).text)
        assert json.loads(listed) == [document_id]
