"""axe-core's findings against WCAG 2.2 A and AA on a page or frame, light and dark."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Frame, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The only rules whose verdict a change from light to dark can change."""

Finding = tuple[str, str, list[list[str]]]


def violations(page: Page, frames: tuple[Frame, ...] = ()) -> list[Finding]:
    """(scheme, rule, targets) of every violation, in `frames` or the page itself, in both schemes."""
    found: list[Finding] = []
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for frame in frames or (page.main_frame,):
            options = {"runOnly": rules, "iframes": False}
            listed = Axe().run(frame, options=options).response["violations"]
            found += [(scheme, v["id"], [n["target"] for n in v["nodes"]]) for v in listed]
    page.emulate_media(color_scheme="light")
    return found
