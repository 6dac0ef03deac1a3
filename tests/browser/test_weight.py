"""What a first visit loads, as a browser with gzip would: the chat page stays under 60 KB."""

from __future__ import annotations

import gzip

import pytest

from tests.browser.watch import Open, Watch

pytestmark = pytest.mark.browser

CHAT_KB = 60


def test_first_page_is_light(
    open_page: Open, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_page("/").wait_for_load_state("networkidle")
    loaded = {r.url.rsplit("/", 1)[1] or "/": r.body() for r in watch.responses}
    sizes = {name: len(gzip.compress(body)) for name, body in loaded.items()}
    total = sum(sizes.values()) / 1000
    with capsys.disabled():
        print(f"\nchat page, gzipped: {total:.1f} KB in {len(sizes)} files")  # noqa: T201
    assert {"/", "chat.js", "answer.js", "ask.js", "notes.js", "tokens.css"} <= set(sizes)
    assert total <= CHAT_KB
