import gzip
import json
import re
from dataclasses import asdict
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import opencc
import pytest
from flask.testing import FlaskClient

from service.messages import LANGUAGES
from service.messages.widget import WIDGET
from service.snippet import POSITIONS, WidgetOptions, read_options, snippet
from tests.tiny import shared_client

GOOD = "https://good.example"
LIMITS = {"loader": 5_000, "opened widget": 30_000}
"""Bytes after `gzip -9`: HTML, style sheets, scripts and images that the browser loads."""


class Tags(HTMLParser):
    """The tags of some markup, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def policy(client: FlaskClient, path: str) -> dict[str, str]:
    header = client.get(path).headers["Content-Security-Policy"]
    return dict((d + " ").split(" ", 1) for d in header.split("; "))


def test_only_the_chat_may_stand_in_the_frames_of_listed_sites() -> None:
    client = shared_client(embed_origins=f"{GOOD},http://localhost:8080")
    ancestors = {
        path: policy(client, path)["frame-ancestors"].strip()
        for path in ("/embed", "/embed?documents=none", "/widget/preview", "/widget", "/", "/none")
    }
    assert ancestors == {
        "/embed": f"'self' {GOOD} http://localhost:8080",
        "/embed?documents=none": f"'self' {GOOD} http://localhost:8080",
        "/widget/preview": "'self'",
        "/widget": "'none'",
        "/": "'none'",
        "/none": "'none'",
    }


def test_nobody_else_may_show_the_chat_by_default() -> None:
    assert policy(shared_client(), "/embed")["frame-ancestors"].strip() == "'self'"


@pytest.mark.parametrize("path", ["/embed", "/widget", "/widget/preview", "/embed/colours.css"])
def test_policies_allow_nothing_inline_and_nothing_foreign(path: str) -> None:
    told = policy(shared_client(embed_origins=GOOD), path)
    assert told.pop("frame-ancestors")
    assert "require-trusted-types-for" in told
    assert not re.search(r"unsafe|https?:|\*|data:|blob:", " ".join(told.values()))


def test_loader_is_one_call_that_any_site_may_run_and_keep() -> None:
    response = shared_client().get("/widget.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    said = json.loads(response.text[response.text.rindex("})(") + 3 : response.text.rindex(");")])
    assert {tag: strings["launcher"] for tag, strings in said.items()} == {
        tag: w.launcher for tag, w in WIDGET.items()
    }
    again = shared_client().get("/widget.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_loader_writes_no_markup_and_no_inline_style() -> None:
    source = shared_client().get("/widget.js").text
    for sink in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "srcdoc", "eval("):
        assert sink not in source
    for storage in ("cookie", "localStorage", "sessionStorage", "indexedDB", '"*"', "fetch("):
        assert storage not in source


@pytest.mark.parametrize("language", LANGUAGES)
def test_frame_shows_the_words_of_its_site_in_the_language_asked_for(language: str) -> None:
    query = urlencode({"lang": language, "title": "<Ask> us", "greeting": "Hello & welcome"})
    html = shared_client().get(f"/embed?{query}").text
    assert f'<html lang="{language}">' in html
    assert "<h1>&lt;Ask&gt; us</h1>" in html
    assert "Hello &amp; welcome" in html


def test_words_of_a_site_are_not_shown_outside_its_frame() -> None:
    page = shared_client().get(
        "/embed?greeting=Hello&title=Ask", headers={"Sec-Fetch-Dest": "document"}
    )
    assert "<span>Hello<" not in page.text
    assert "<h1>Ask<" not in page.text
    assert "Sec-Fetch-Dest" in page.headers["Vary"]


def test_frame_asks_the_named_publications_only() -> None:
    client = shared_client()
    html = client.get("/embed?documents=twin").text
    assert "data-documents='[\"twin\"]'" in html
    assert "/documents/twin" in html
    assert "/documents/tiny" not in html
    answer = client.post("/embed?documents=twin", data={"question": "night opening visits"}).text
    assert 'id="a0-twin-3"' in answer
    assert 'id="a0-tiny-3"' not in answer


def test_unknown_publication_is_said_inside_the_frame() -> None:
    page = shared_client().get("/embed?documents=none&lang=en")
    assert page.status_code == 404
    assert LANGUAGES["en"].errors["document_not_found"] in page.text


def test_frame_answers_without_javascript_and_its_links_open_tabs() -> None:
    client = shared_client()
    asked = {"question": "night opening visits", "history": ["Did the effect fade?"]}
    tags = Tags(client.post("/embed?lang=en", data=asked).text).tags
    links = [fields for tag, fields in tags if tag == "a"]
    assert {"/documents/tiny?q=54-102&lang=en#q"} <= {link["href"] for link in links}
    afresh = next(link for link in links if link["href"] == "/embed?lang=en")
    assert "target" not in afresh
    links.remove(afresh)
    assert all(
        (link.get("target") == "_blank") is not (link["href"] or "").startswith("#")
        for link in links
        if "download" not in link
    )
    assert [f["value"] for t, f in tags if t == "input"] == [
        "Did the effect fade?",
        "night opening visits",
    ]
    asking = {f["action"] for t, f in tags if t == "form" and f.get("method") == "post"}
    assert asking == {"/embed?lang=en"}


def test_question_that_cannot_be_asked_is_said_inside_the_frame() -> None:
    page = shared_client().post("/embed?lang=en", data={"question": " "})
    assert page.status_code == 400
    assert LANGUAGES["en"].errors["question_empty"] in page.text


@pytest.mark.parametrize(
    ("host", "told"),
    [
        *((GOOD, GOOD), ("HTTPS://GOOD.EXAMPLE:443", GOOD), ("http://good.example", "")),
        *(("https://good.example.evil.com", ""), ("null", ""), ("", ""), ('"><script>', "")),
    ],
)
def test_frame_speaks_to_a_listed_site_only(host: str, told: str) -> None:
    page = shared_client(embed_origins=GOOD).get("/embed", query_string={"host": host}).text
    assert f'data-host="{told}"' in page


def test_colours_are_asked_for_only_when_a_site_chose_some() -> None:
    client = shared_client()
    assert "colours.css" not in client.get("/embed?accent=red&theme=loud").text
    page = client.get("/embed?accent=%23005A9C&theme=dark").text
    address = re.search(r'"(/embed/colours.css[^"]*)"', page)
    assert address
    sheet = client.get(address[1].replace("&amp;", "&"))
    assert sheet.mimetype == "text/css"
    assert "color-scheme: dark" in sheet.text


def test_options_that_cannot_be_used_count_as_not_chosen() -> None:
    bad = {"language": "fr", "accent": "red", "theme": "loud", "position": "top", "documents": ""}
    assert read_options({name: [value] for name, value in bad.items()}) == WidgetOptions()
    cut = read_options({"title": ["a " * 500], "label": ["b" * 500], "greeting": ["c" * 500]})
    assert [len(text) for text in (cut.title, cut.label, cut.greeting)] == [80, 40, 300]


OPTIONS = WidgetOptions("zh-Hans", '"><b>', "<i>'&", "l&l", "#005a9c", "dark", "right", ("a", "b"))


@pytest.mark.parametrize("position", POSITIONS)
def test_lines_to_paste_escape_every_value(position: str) -> None:
    lines = snippet(
        read_options({"position": [position], **_fields(OPTIONS)}), GOOD, "link", "frame"
    )
    tags = Tags(lines).tags
    assert [tag for tag, _ in tags] == {
        "right": ["script", "noscript", "a"],
        "left": ["script", "noscript", "a"],
        "inline": ["script", "zhujiao-chat", "noscript", "a"],
        "frame": ["iframe"],
    }[position]
    told = tags[1 if position == "inline" else 0][1]
    if position == "frame":
        assert dict(parse_qsl(urlsplit(told["src"]).query))["title"] == '"><b>'  # type: ignore[type-var]
        assert told["allow"] == "clipboard-write"
    else:
        assert told["data-title"] == '"><b>'
        assert told["data-documents"] == "a b"
        assert tags[0][1].get("data-position") == (None if position == "right" else position)


@pytest.mark.parametrize(
    ("documents", "listed"),
    [
        ((), None),
        (("a", "年報-1"), "a 年報-1"),
        (("my report", "a"), '["my report", "a"]'),
        (("a,b",), '["a,b"]'),
        (('["a"]',), r'["[\"a\"]"]'),
    ],
)
def test_snippet_keeps_ids_apart(documents: tuple[str, ...], listed: str | None) -> None:
    script = Tags(snippet(WidgetOptions(documents=documents), GOOD, "link", "frame")).tags[0]
    assert script[1].get("data-documents") == listed


def test_owner_page_lines_and_preview_agree() -> None:
    client = shared_client()
    query = urlencode({"title": "Ask us", "position": "left", "lang": "en"})
    page, lines = client.get(f"/widget?{query}").text, client.get(f"/widget/snippet?{query}").text
    assert lines.startswith('<script async src="http://localhost/widget.js" data-title="Ask us"')
    shown = re.search(r"<pre[^>]*><code>(.*?)</code>", page, re.DOTALL)
    assert shown
    assert shown[1].replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"') == lines
    assert f'src="/widget/preview?{query.replace("&", "&amp;")}"' in page
    preview = client.get(f"/widget/preview?{query}").text
    assert lines.replace("http://localhost", "") in preview


@pytest.mark.parametrize("language", WIDGET)
def test_owner_page_counts_the_listed_sites_and_names_none(language: str) -> None:
    w = WIDGET[language]  # type: ignore[index]
    for origins, told in (
        ("", w.allowed_none),
        (GOOD, w.allowed_one),
        (f"{GOOD},http://b.example", w.allowed_some.format(count=2)),
    ):
        html = shared_client(embed_origins=origins).get(f"/widget?lang={language}").text
        assert told in html
        assert "good.example" not in html


@pytest.mark.parametrize("language", WIDGET)
def test_every_option_is_explained_in_every_language(language: str) -> None:
    w = WIDGET[language]  # type: ignore[index]
    names = {"language", "title", "greeting", "label", "accent", "theme", "position", "documents"}
    assert set(w.fields) == set(w.meanings) == names
    assert set(w.positions) == set(POSITIONS)
    loader = shared_client().get("/widget.js").text
    assert all(re.search(rf"dataset\.{name}\b|\b{name}\b.*= at\.dataset", loader) for name in names)


def test_widget_strings_have_the_same_placeholders_and_the_right_script() -> None:
    tables = [asdict(w) for w in WIDGET.values()]
    for name in tables[0]:
        assert len({frozenset(re.findall(r"{(\w+)}", str(t[name]))) for t in tables}) == 1
    simplified = str(asdict(WIDGET["zh-Hans"]))
    assert opencc.OpenCC("t2s").convert(simplified) == simplified


def weight(client: FlaskClient, *paths: str) -> int:
    """Bytes after gzip of these addresses and of all that they load, each file once."""
    seen: dict[str, int] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        response = client.get(path)
        assert response.status_code == 200
        seen[path] = len(gzip.compress(response.data, 9))
        if response.mimetype == "text/html":
            for tag, fields in Tags(response.text).tags:
                loaded = fields.get("href") if tag == "link" else fields.get("src")
                if tag in {"link", "script", "img"} and loaded and fields.get("rel") != "alternate":
                    waiting.append(loaded)
        for name in re.findall(r'(?:from|import) "\./([^"]+)"', response.text):
            waiting.append(f"{path.rpartition('/')[0]}/{name}")
    return sum(seen.values())


def test_weights_stay_within_their_limits(capsys: pytest.CaptureFixture[str]) -> None:
    client = shared_client()
    weights = {
        "loader": weight(client, "/widget.js"),
        "opened widget": weight(
            client, "/widget.js", "/embed?lang=zh-Hant&accent=005a9c&theme=dark"
        ),
    }
    with capsys.disabled():
        for name, measured in weights.items():
            print(  # noqa: T201  # the figures are to be read where the tests run
                f"\n{name}: {measured:,} bytes after gzip, at most {LIMITS[name]:,}",
                end="",
            )
    assert all(weights[name] <= limit for name, limit in LIMITS.items())


def _fields(options: WidgetOptions) -> dict[str, list[str]]:
    fields = {k: v if isinstance(v, tuple) else (v or "",) for k, v in asdict(options).items()}
    return {name: list(values) for name, values in fields.items() if name != "position"}
