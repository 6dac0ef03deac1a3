"""What browser tests share: a watch over what a page does, and how a reader asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, Response


@dataclass
class Watch:
    """What a page did besides what it was asked: console errors, requests to other hosts."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda response: self.responses.append(response))
        page.on("request", lambda request: self._note(request))

    def _note(self, request: Request) -> None:
        if not request.url.startswith(self.origin):
            self.foreign.append(request.url)


Open = Callable[..., Page]


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter and wait for what comes of it.

    A page reached by a click may still be loading its scripts, which are what hears the key.
    """
    page.wait_for_load_state()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_selector(".turn:last-child:not([aria-busy])")
