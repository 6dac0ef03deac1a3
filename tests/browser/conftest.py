"""A headless Chromium and the service on a free port of this machine, for tests that need a page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from service.app import create_app
from service.config import Config
from tests.browser.publications import shelf_library
from tests.browser.sites import Site, listening
from tests.browser.watch import Open, Watch
from tests.tiny import tiny_client

MISSING = "no Chromium: apt-get install chromium fonts-noto-cjk"
expect.set_options(timeout=20_000)  # only a failing test waits that long; a busy machine may


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    """The address of the service over the tiny library."""
    application = tiny_client(log_level="error", max_question_characters=100).application
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def shelf() -> Iterator[str]:
    """The address of a service over three real publications, one in each language."""
    application = create_app(Config(log_level="error"), shelf_library())
    with listening(application, "127.0.0.1") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    if executable is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def watch(origin: str) -> Watch:
    return Watch(origin)


@pytest.fixture
def open_page(browser: Browser, origin: str, watch: Watch) -> Iterator[Open]:
    """open_page("/", locale="zh-TW", width=390) -> a page; at the end it must have behaved."""
    contexts: list[BrowserContext] = []

    def opened(
        path: str, width: int = 1280, height: int = 900, origin: str = origin, **options: Any
    ) -> Page:
        watch.origin = origin
        options.setdefault("locale", "en-GB")
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        watch.attach(page)
        page.goto(origin + path)
        return page

    yield opened
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert cookies == []
    assert watch.foreign == []
    assert watch.complaints == []


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A site that may embed the service. It is called localhost: to a browser, another site."""
    listed = Site()
    with listening(listed, "localhost") as listed.origin:
        yield listed


@pytest.fixture(scope="session")
def stranger() -> Iterator[Site]:
    """A site that may not."""
    unlisted = Site()
    with listening(unlisted, "localhost") as unlisted.origin:
        yield unlisted


@pytest.fixture(scope="session")
def service(site: Site) -> Iterator[str]:
    """The address of a service that `site` may embed."""
    with listening(tiny_client(embed_origins=site.origin).application, "127.0.0.1") as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, with nothing in it; no cookie may be left in it at the end."""
    made = browser.new_context(viewport={"width": 1100, "height": 800}, locale="en-GB")
    made.set_default_timeout(15_000)
    yield made
    cookies = made.cookies()
    made.close()
    assert cookies == []
