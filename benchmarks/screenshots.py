"""Photograph every state of every page into `screenshots/`, for a designer's eye.

    python3 dev.py screenshots [--only reading] [--out screenshots]

Each picture is `STATE.LANGUAGE.SCHEME.WIDTH.png`. The service runs in this process over the
configured index, which is built first where there is none; a site on another port of this
machine shows the widget. Pictures of whole pages are cut off at `MAX_HEIGHT` pixels.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from corpus.document import Language
from service.app import create_app
from service.config import Config, load_config
from service.library import Library, build_index, open_library
from tests.browser.conftest import MISSING
from tests.browser.sites import Site, Visit, listening
from tests.browser.watch import ask

MAX_HEIGHT = 2400
SETTLED_MS = 350
QUESTIONS: Mapping[Language, str] = {
    "zh-Hant": "為什麼說 TSD 是區域秩序的內部核心？",
    "zh-Hans": "AUKUS 的两大支柱是什么？",
    "en": "What is TSD's inner core argument?",
}
UNANSWERABLE: Mapping[Language, str] = {
    "zh-Hant": "火星上的天氣如何？",
    "zh-Hans": "火星上的天气如何？",
    "en": "What is the weather on Mars?",
}
Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class View:
    """Who looks: the reader's language and scheme, and the width of the window in CSS pixels."""

    language: Language
    scheme: Scheme
    width: int

    @property
    def height(self) -> int:
        """A window of the usual proportions."""
        return 780 if self.width < 600 else 1000


VIEWS = (
    View("zh-Hant", "light", 1280),
    View("zh-Hans", "light", 1280),
    View("en", "light", 1280),
    View("en", "dark", 1280),
    View("zh-Hant", "dark", 390),
    View("zh-Hant", "light", 320),
    View("en", "light", 390),
    View("zh-Hans", "light", 768),
    View("zh-Hant", "light", 1680),
)


def answered(page: Page, view: View) -> None:
    """A question and what came of it."""
    ask(page, QUESTIONS[view.language])


def answering(page: Page, view: View) -> None:
    """The moment between question and answer."""
    page.evaluate("void (window.fetch = () => new Promise(() => {}))")
    page.fill("#question", QUESTIONS[view.language])
    page.press("#question", "Enter")
    page.locator(".turn .stage").wait_for()


def with_note(page: Page, view: View) -> None:
    """A note opened from an answer."""
    answered(page, view)
    page.locator(".turn .noteref a").first.click()


def refused(page: Page, view: View) -> None:
    """A question that the publication does not answer."""
    ask(page, UNANSWERABLE[view.language])


def failed(page: Page, view: View) -> None:
    """A lost connection."""
    page.context.set_offline(True)
    ask(page, QUESTIONS[view.language])


def as_it_is(page: Page, view: View) -> None:
    """The page before anything is done."""
    page.locator("main").wait_for()


def note_in_text(page: Page, view: View) -> None:
    """A note opened where it is cited, in the middle of the text."""
    mark = page.locator(".body .noteref a").nth(20)
    mark.scroll_into_view_if_needed()
    mark.click()


def outline(page: Page, view: View) -> None:
    """The list of contents, in the middle of the text."""
    page.locator(".body .noteref a").nth(20).scroll_into_view_if_needed()
    summary = page.locator(".outline summary")
    if summary.is_visible() and page.locator(".outline:not([open])").count():
        summary.click()


def end_of_text(page: Page, view: View) -> None:
    """The notes at the foot."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def printed(page: Page, view: View) -> None:
    """The page as a printer would set it."""
    page.emulate_media(media="print")


@dataclass(frozen=True, slots=True)
class State:
    """A page, by its address with `{document}`, `{section}` and `{span}`, and what is done on it."""

    address: str
    act: Callable[[Page, View], None]
    whole: bool = False


STATES: Mapping[str, State] = {
    "chat-empty": State("/", as_it_is, whole=True),
    "chat-answering": State("/", answering),
    "chat-answered": State("/", answered, whole=True),
    "chat-note": State("/", with_note),
    "chat-refusal": State("/", refused),
    "chat-fault": State("/", failed),
    "chat-section": State("/?documents={document}&section={section}", as_it_is),
    "chat-section-answered": State("/?documents={document}&section={section}", answered),
    "error": State("/documents/none", as_it_is),
    "reading": State("/documents/{document}", as_it_is, whole=True),
    "reading-marked": State("/documents/{document}#q={span}", as_it_is),
    "reading-note": State("/documents/{document}", note_in_text),
    "reading-outline": State("/documents/{document}", outline),
    "reading-end": State("/documents/{document}", end_of_text),
    "reading-print": State("/documents/{document}", printed, whole=True),
    "widget-page": State("/widget", as_it_is, whole=True),
}


def on_a_site(visit: Visit, view: View, state: str) -> None:
    """From the state before to this one, on a page of another site."""
    if state == "opened":
        visit.open()
    elif state == "answered":
        visit.ask(QUESTIONS[view.language])
    elif state == "note":
        visit.chat.locator(".noteref a").first.click()
    visit.page.wait_for_timeout(SETTLED_MS)


class Studio:
    """A browser, the service, a site, and the folder that the pictures go to."""

    def __init__(
        self, browser: Browser, library: Library, origin: str, site: Site, out: Path
    ) -> None:
        self._browser = browser
        self._origin = origin
        self._site = site
        self._out = out
        document = library.documents()[0]
        span = document.sentences[len(document.sentences) // 2].span
        self._named = {
            "document": document.id,
            "section": next((s.id for s in document.sections if s.level > 1), ""),
            "span": f"{span.start}-{span.end}",
        }

    def page(self, name: str, state: State, view: View) -> None:
        """One state of a page of ours."""
        context = self._context(view)
        page = context.new_page()
        address = state.address.format(**self._named)
        path, mark, fragment = address.partition("#")
        query = f"{'&' if '?' in path else '?'}lang={view.language}"
        page.goto(f"{self._origin}{path}{query}{mark}{fragment}")
        state.act(page, view)
        page.wait_for_timeout(SETTLED_MS)
        self._take(page, name, view, whole=state.whole)
        context.close()

    def widget(self, view: View) -> None:
        """The widget on a page of another site, state by state."""
        context = self._context(view)
        words = "".join(f"<p>{'An article of the site itself. ' * 9}</p>" for _ in range(9))
        head = (
            "<title>A site</title><meta name='viewport' content='width=device-width'>"
            "<style>:root { color-scheme: light dark } body { font: 1rem/1.6 sans-serif }</style>"
        )
        script = f"<script async src='{self._origin}/widget.js'></script>"
        html = f"<html lang='{view.language}'>{head}<h1>A site</h1>{words}{script}"
        visit = Visit.of(context, self._site.put("/", html))
        visit.launcher.wait_for()
        for state in ("closed", "opened", "answered", "note"):
            on_a_site(visit, view, state)
            self._take(visit.page, f"widget-{state}", view)
        context.close()

    def _context(self, view: View) -> BrowserContext:
        size: Any = {"width": view.width, "height": view.height}
        small = view.width < 600
        return self._browser.new_context(
            viewport=size, color_scheme=view.scheme, has_touch=small, is_mobile=small
        )

    def _take(self, page: Page, name: str, view: View, whole: bool = False) -> None:
        path = self._out / f"{name}.{view.language}.{view.scheme}.{view.width}.png"
        if not whole:
            page.screenshot(path=path)
            return
        height = min(page.evaluate("document.documentElement.scrollHeight"), MAX_HEIGHT)
        clip: Any = {"x": 0, "y": 0, "width": view.width, "height": height}
        page.screenshot(path=path, full_page=True, clip=clip)


def photograph(config: Config, only: str, out: Path) -> int:
    """Take every picture whose name holds `only`; how many there are."""
    if not (config.index_dir / "CURRENT").exists():
        build_index(config)
    library = open_library(config)
    site = Site()
    out.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    if executable is None:
        raise SystemExit(MISSING)
    with listening(site, "localhost") as site.origin, sync_playwright() as playwright:
        listed = config.model_copy(update={"embed_origins": (site.origin,), "log_level": "error"})
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        with listening(create_app(listed, library), "127.0.0.1") as origin:
            studio = Studio(browser, library, origin, site, out)
            for view in VIEWS:
                for name, state in STATES.items():
                    if only in name:
                        studio.page(name, state, view)
                if only in "widget-opened":
                    studio.widget(view)
        browser.close()
    return len(list(out.glob("*.png")))


def main(arguments: Sequence[str] | None = None) -> None:
    """The console."""
    parser = argparse.ArgumentParser(description="Photograph every state of every page.")
    parser.add_argument("--only", default="", help="take pictures whose state holds this word")
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    given = parser.parse_args(arguments)
    print(f"{given.out}: {photograph(load_config(), given.only, given.out)} pictures")


if __name__ == "__main__":
    main()
