"""Sites of other people for browser tests: pages on ports of this machine, each its own origin."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Frame, FrameLocator, Locator, Page
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

ON_VIOLATION = """addEventListener("securitypolicyviolation", event =>
    (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`))"""


@dataclass
class Site:
    """Its pages by path, as tests put them there, and the paths that were asked for."""

    origin: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def put(self, path: str, html: str, headers: dict[str, str] | None = None) -> str:
        """The address at which the page stands from now on."""
        self.pages[path] = (f"<!doctype html>{html}", headers or {})
        return self.origin + path

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        path = Request(environ).path
        html, headers = self.pages.get(path, ("", {}))
        response = Response(html, 200 if html else 204, headers, mimetype="text/html")
        return response(environ, start)


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Tests have nothing to read in it."""


@contextmanager
def listening(application: Callable[..., Any], host: str) -> Iterator[str]:
    """The origin at which `application` answers."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Visit:
    """A page of a site in a browser, and what went on in it and in every frame of it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, context: BrowserContext, address: str) -> Visit:
        """Go there, with every frame watched from its first moment."""
        context.add_init_script(ON_VIOLATION)
        visit = cls(context.new_page())
        visit.page.on("request", lambda request: visit.asked.append(request.url))
        visit.page.on("console", lambda message: visit._heard(message.type, message.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.goto(address)
        return visit

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    @property
    def launcher(self) -> Locator:
        return self.page.locator("zhujiao-launcher .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("zhujiao-launcher dialog")

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("zhujiao-launcher iframe, zhujiao-chat iframe")

    @property
    def frame(self) -> Frame:
        """The frame of the chat."""
        return next(frame for frame in self.page.frames if "/embed" in frame.url)

    def open(self) -> FrameLocator:
        """Press the button and wait until the panel has risen and the reader can write."""
        self.launcher.click()
        self.chat.locator(".shut").wait_for()
        self.settle()
        return self.chat

    def settle(self) -> None:
        """Wait until nothing of the panel moves any more."""
        self.panel.evaluate(
            "panel => Promise.all(panel.getAnimations().map(motion => motion.finished))"
        )

    def ask(self, question: str) -> None:
        """Write a question, press Enter, wait for what comes of it."""
        ask_in(self.chat, question)

    def violations(self) -> list[str]:
        """Violations of any policy, in any frame, and whatever was complained of."""
        seen = [v for frame in self.page.frames for v in frame.evaluate("window.violations ?? []")]
        return seen + self.complaints


def ask_in(chat: FrameLocator, question: str) -> None:
    """Write a question in a frame, press Enter, wait for what comes of it.

    The box stands there before the frame's scripts have run, which are what hears the key.
    """
    chat.locator("#question").wait_for()
    frame = chat.owner.element_handle().content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    chat.locator("#question").fill(question)
    chat.locator("#question").press("Enter")
    chat.locator(".turn:last-child:not([aria-busy])").wait_for()


def wait_until_refused(frame: Frame) -> None:
    """Wait until the browser shows its own page in place of one that may not stand in this frame."""
    frame.wait_for_url(lambda url: url.startswith("chrome-error:"), wait_until="commit")
