"""Distinct hostile requests, the same for the same seed. Serves `benchmarks.hostile` and `benchmarks.soak`.

Sent("POST", "/api/v1/ask", {"Content-Type": "application/json"}, b'{"question": "\\ud800"}')
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

JSON = (("Content-Type", "application/json"),)
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
STREAM = (*JSON, ("Accept", "text/event-stream"))

NAUGHTY: Sequence[str] = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\x00",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\U0010ffff",
    ),
    *(
        "\ud800",
        "\udfff",
        "\u202e",
        "\u2066",
        "\u200b",
        "\U000e0041",
        "e\u0301" * 40,
        "Z\u0351\u036f" * 30,
        "🏳️‍🌈" * 20,
    ),
    *(
        "undefined",
        "null",
        "NaN",
        "Infinity",
        "-0",
        "1e309",
        "0x7f",
        "1/0",
        "true",
        "[]",
        "{}",
        "None",
        "__proto__",
    ),
    *(
        "' OR 1=1 --",
        '"; DROP TABLE x; --',
        "%s%n%x%d",
        "{{7*7}}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{0.__class__}",
    ),
    *(
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "<svg/onload=alert(1)>",
        "]]>",
        "<!--",
        "&lt;",
        "\\u003cb",
    ),
    *(
        "../../etc/passwd",
        "..%2f..%2f",
        "C:\\boot.ini",
        "|id",
        "$(id)",
        "`id`",
        "; id",
        "\r\nSet-Cookie: a=b",
    ),
    *(
        "註" * 2000,
        "a" * 1999,
        "？" * 500,
        "「" * 300,
        "¹²³⁴⁵" * 90,
        "(" * 900,
        "註1 註2 " * 150,
        "supra note " * 90,
    ),
    *(
        "why " * 490,
        "where is " * 220,
        "list note " * 190,
        "what is TSD " * 160,
        "who is cited " * 150,
        "是多少" * 600,
        "第" * 400 + "章",
        "1" * 1500,
        "2024年" * 250,
        "https://" + "a." * 700,
        "a-" * 900,
        "ﬁﬂ" * 300,
        "㌔" * 500,
    ),
    *(
        "ß" * 800,
        "İ" * 700,
        "ا" * 600,
        "한" * 600,
        "ㄱ" * 500,
        "𠀀" * 600,
        "葛󠄀" * 300,
        "・" * 700,
        "　" * 100 + "x",
    ),
)
STRUCTURES: Sequence[object] = (
    *(
        None,
        True,
        0,
        -1,
        1.5,
        1e308,
        "",
        "x",
        [],
        [[]],
        {},
        {"question": "x"},
        [None] * 50,
        ["x"] * 101,
        10**30,
    ),
    *(
        {"a": {"b": {"c": []}}},
        [{}],
        [{"question": None}],
        [{"question": "x"}] * 21,
        [{"question": "x", "z": [1]}],
    ),
)
BROKEN: Sequence[bytes] = (
    *(
        b"",
        b"{",
        b"}",
        b"[",
        b'"',
        b"nul",
        b"\x00",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b"{}{}",
        b"{'q': 1}",
    ),
    *(
        b'{"question": "x",}',
        b'{"question": NaN}',
        b'{"question": -Infinity}',
        b'{"question": "\xff"}',
        b"[" * 60_000,
    ),
    *(
        b'{"question": "\\ud800"}',
        b'{"question": "x", "question": "y"}',
        b'{"question": "\\x"}',
        b'{"a":' * 9_000,
    ),
    *(
        b'{"question": "x"}' + b" " * 60_000,
        b'{"question": "' + b"x" * 60_000 + b'"}',
        b"question=x",
        b"<a/>",
        b"1e99999",
    ),
)
FIELDS = ("question", "history", "documents", "language", "verdict", "comment", "answer_id", "x")


@dataclass(frozen=True, slots=True)
class Sent:
    """One request."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def requests(count: int, seed: int) -> Iterator[Sent]:
    """`count` distinct requests: every listed input at every door, then what chance makes of them."""
    chance = random.Random(seed)
    seen: set[Sent] = set()
    for sent in _endless(chance):
        if sent not in seen:
            seen.add(sent)
            yield sent
        if len(seen) == count:
            return


def _endless(chance: random.Random) -> Iterator[Sent]:
    for text in NAUGHTY:
        yield from _everywhere(text)
    for body in BROKEN:
        for headers in (JSON, FORM, STREAM, ()):
            for target in ("/api/v1/ask", "/api/v1/feedback", "/"):
                yield Sent("POST", target, headers, body)
    for name in FIELDS:
        for value in STRUCTURES:
            yield Sent("POST", "/api/v1/ask", JSON, _json({"question": "night", name: value}))
            yield Sent("POST", "/api/v1/feedback", JSON, _json({"answer_id": "x", name: value}))
    while True:
        yield chance.choice((_mixed, _mutated, _address, _headed, _object))(chance)


def _everywhere(text: str) -> Iterator[Sent]:
    encoded = text.encode("utf-8", "surrogatepass")
    raw = quote(encoded, safe="")
    for headers in (JSON, STREAM):
        yield Sent("POST", "/api/v1/ask", headers, _json({"question": text}))
    turns = [{"question": text}]
    yield Sent("POST", "/api/v1/ask", JSON, _json({"question": "where", "history": turns}))
    yield Sent("POST", "/api/v1/ask", JSON, _json({"question": "x", "documents": [text]}))
    yield Sent("POST", "/", FORM, b"question=" + raw.encode())
    for start in (
        "/?q=",
        "/api/v1/search?q=",
        "/api/v1/search?q=x&k=",
        "/?lang=",
        "/embed?title=",
        "/embed?accent=",
    ):
        yield Sent("GET", start + raw)
    for start in (
        "/documents/",
        "/api/v1/documents/",
        "/api/v1/sources/",
        "/answers/",
        "/api/v1/answers/",
        "/static/",
        "/",
    ):
        yield Sent("GET", start + raw)
    yield Sent("GET", f"/api/v1/documents/tiny/footnotes/{raw}")
    yield Sent("GET", f"/api/v1/documents/tiny/cite?format={raw}")
    yield Sent("GET", f"/documents/tiny?q={raw}")


def _mixed(chance: random.Random) -> Sent:
    """A question made of pieces of others."""
    pieces = [
        chance.choice(NAUGHTY)[: chance.randrange(1, 60)] for _ in range(chance.randrange(2, 8))
    ]
    return Sent(
        "POST", "/api/v1/ask", chance.choice((JSON, STREAM)), _json({"question": "".join(pieces)})
    )


def _mutated(chance: random.Random) -> Sent:
    """A good body with a few bytes changed, lost or doubled."""
    body = bytearray(
        _json(
            {"question": "第二張書桌 desk", "history": [{"question": "night"}], "language": "auto"}
        )
    )
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(body))
        body[at : at + chance.randrange(2)] = bytes(
            chance.randrange(256) for _ in range(chance.randrange(3))
        )
    return Sent("POST", "/api/v1/ask", JSON, bytes(body))


def _address(chance: random.Random) -> Sent:
    """A path of odd steps, with bad percent signs among them."""
    steps = ("documents", "tiny", "..", ".", "", "%2e%2e", "%", "%zz", "%00", "%c0%af", "api", "v1", "footnotes", "1", ";", "answers", "~", "embed", "static", "cite")  # fmt: skip
    path = "/" + "/".join(chance.choice(steps) for _ in range(chance.randrange(1, 7)))
    query = urlencode(
        {chance.choice(("q", "k", "lang", "documents", "format")): chance.randrange(10**6)}
    )
    return Sent(
        chance.choice(("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")),
        f"{path}?{query}",
    )


def _headed(chance: random.Random) -> Sent:
    """A good question under odd headers."""
    values = ("", "*/*;q=2", "text/html;q=x", "a" * 5000, "null", "https://evil.example", "gzip, br", "bytes=0-1", "\u00ff", "en;q=1e9, zh", "100-continue", "W/\"x\"", "Thu, 99 Foo 2030")  # fmt: skip
    names = ("Accept", "Accept-Language", "Origin", "Referer", "Range", "If-None-Match", "If-Modified-Since", "Cookie", "X-Forwarded-For", "X-Forwarded-Proto", "Content-Encoding", "Content-Type", "Sec-Fetch-Site", "Authorization", "Access-Control-Request-Method")  # fmt: skip
    headers = tuple(
        (chance.choice(names), chance.choice(values)) for _ in range(chance.randrange(1, 4))
    )
    if chance.random() < 0.5:
        return Sent(
            "GET", chance.choice(("/", "/documents/tiny", "/widget.js", "/metrics")), headers
        )
    return Sent("POST", "/api/v1/ask", (*JSON, *headers), b'{"question": "night"}')


def _object(chance: random.Random) -> Sent:
    """An object of several fields, each with a value of some other type."""
    fields = {
        chance.choice(FIELDS): chance.choice((*STRUCTURES, *NAUGHTY[:60]))
        for _ in range(chance.randrange(1, 6))
    }
    return Sent("POST", chance.choice(("/api/v1/ask", "/api/v1/feedback")), JSON, _json(fields))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
