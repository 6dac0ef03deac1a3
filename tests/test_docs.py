"""The documentation against the code: tables, commands, addresses, examples."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import dev
from corpus.read import read_document
from docs.tables import ROOT, TABLES, filled, pages
from service.cli import main
from service.config import Config
from service.openapi import openapi_document
from tests.conftest import MODEL, TINY_CORPUS

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PUBLICATIONS = (ROOT / "docs" / "publications.md").read_text("utf-8")
HTTP = (ROOT / "docs" / "http.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TYPED = re.compile(r"^\s*(?:\$ )?((?:zhujiao|python3 dev\.py) [^#\n]+)", re.MULTILINE)


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def typed_commands() -> list[str]:
    """Every command line that a page tells a reader to type, in a block or between backticks."""
    found: set[str] = set()
    for page in pages():
        text = page.read_text("utf-8")
        for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            found.update(match.strip() for match in TYPED.findall(block))
        found.update(re.findall(r"`((?:zhujiao|python3 dev\.py) [^`]+)`", text))
    return sorted(found)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_tables_are_what_the_code_says(page: Path) -> None:
    text = page.read_text("utf-8")
    assert filled(text) == text, "run `python3 dev.py docs`"


def test_every_table_stands_in_a_page() -> None:
    everything = "".join(page.read_text("utf-8") for page in pages())
    for name in TABLES:
        assert everything.count(f"<!-- {name} -->\n") == 1


@pytest.mark.parametrize("line", typed_commands())
def test_command_in_a_page_exists_with_its_options(line: str) -> None:
    program, name, *words = shlex.split(line)
    if program == "python3":
        assert words[0] in dev.COMMANDS
        return
    command = main.commands[name]
    known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_address_is_documented() -> None:
    documented = set(re.findall(r"`(?:GET|POST) ([^?`]+)[?`]", HTTP)) | {"/openapi.json"}
    assert openapi_document(Config())["paths"].keys() - documented == set()


def test_every_dependency_has_a_reason_and_its_pin() -> None:
    pinned = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    direct = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    assert [r for r in direct if f"| {r.split('==')[0]} |" not in CONTRIBUTING] == []
    assert [r for r in direct if r not in pinned.splitlines()] == []


def test_three_arrows_are_the_packages_own_words() -> None:
    for package in ("corpus", "index", "service"):
        sentence = (ROOT / package / "__init__.py").read_text("utf-8").strip().strip('".')
        for page in (README, CONTRIBUTING):
            assert f"{package + '/':<9} {sentence}" in page


def test_sidecar_example_is_read_whole(tmp_path: Path) -> None:
    example = blocks(PUBLICATIONS, "toml")[0]
    (tmp_path / "harbour-2026.txt").write_text(
        (TINY_CORPUS / "bakery-en.txt").read_text("utf-8"), "utf-8"
    )
    (tmp_path / "harbour-2026.toml").write_text(example, "utf-8")
    sidecar = tomllib.loads(example)
    metadata = read_document(tmp_path / "harbour-2026.txt").metadata
    for key in ("title", "lang", "container_title", "publisher", "issued", "url", "licence"):
        assert getattr(metadata, key) == sidecar.pop(key)
    (author,) = metadata.authors
    assert [{"name": author.name, "affiliation": author.affiliation}] == sidecar.pop("authors")
    assert {k: list(v) for k, v in metadata.suggestions.items()} == sidecar.pop("suggestions")
    assert not sidecar


@pytest.mark.model
def test_answer_on_the_first_screen_is_what_the_command_prints(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("ZHUJIAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ZHUJIAO_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("ZHUJIAO_MODEL_DIR", str(MODEL))
    typed, printed = blocks(README, "console")[0].split("\n", 1)
    result = CliRunner().invoke(main, shlex.split(typed.removeprefix("$ zhujiao")))
    assert result.exit_code == 0
    assert result.stdout == printed


def test_help_of_dev_lists_every_command() -> None:
    assert dev.__doc__ is not None
    assert re.findall(r"^python3 dev\.py (\w+) ", dev.__doc__, re.MULTILINE) == list(dev.COMMANDS)


def test_readme_credits_the_project_whose_citation_styles_ship() -> None:
    styles = ROOT / "service" / "styles"
    credited = [
        file.name for file in styles.glob("*.csl") if "citationstyles.org" in file.read_text()
    ]
    assert len(credited) == 3
    assert "<https://citationstyles.org/>" in README.partition("## Credits")[2]
    assert "CC BY-SA 3.0" in README.partition("## Credits")[2]
    listed = (styles / "README.md").read_text("utf-8")
    assert [name for name in credited if f"`{name}`" not in listed] == []
