from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from corpus.document_json import document_json
from index.search import PassageIndex
from service.cli import main
from service.library import Library
from service.render import answer_json
from tests.conftest import ROOT

Json = dict[str, Any]
SCRIPT = ROOT / "benchmarks" / "verify_quotes.py"


@pytest.fixture(scope="module")
def tiny(tiny_index: PassageIndex) -> Library:
    return Library(tiny_index)


@pytest.fixture(scope="module")
def publications(tiny: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("publications") / "publications.jsonl"
    path.write_text(
        "\n".join(json.dumps(document_json(d), ensure_ascii=False) for d in tiny.documents()),
        "utf-8",
    )
    return path


@pytest.fixture(scope="module")
def answer(tiny: Library) -> Json:
    """A body quote with a note, and a quoted note."""
    found = answer_json(tiny.ask("註4", documents=["lighthouse-hant"]), tiny.document)
    assert [c["target"] for c in found["citations"]] == ["body", "note"]
    return found


def verified(*paths: Path) -> tuple[int, str]:
    """Exit code and output of the script, run without any package that is installed."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *map(str, paths)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def written(path: Path, *answers: Json, indent: int | None = None) -> Path:
    path.write_text(
        "\n".join(json.dumps(a, ensure_ascii=False, indent=indent) for a in answers), "utf-8"
    )
    return path


@pytest.mark.parametrize("indent", [None, 1])
def test_answers_as_they_are_given_hold(
    indent: int | None, tiny: Library, answer: Json, publications: Path, tmp_path: Path
) -> None:
    refused = answer_json(tiny.ask("how do I reset my password"), tiny.document)
    path = written(tmp_path / "answers.json", answer, refused, answer, indent=indent)
    assert verified(path, publications) == (0, "3 answers, 4 quotes, 4 notes, 0 wrong\n")


def changed_exact(answer: Json) -> None:
    answer["citations"][0]["exact"] = answer["citations"][0]["exact"].replace("漁會", "渔会")
    answer["blocks"][0]["text"] = answer["citations"][0]["exact"]


def moved(answer: Json) -> None:
    answer["citations"][0]["start"] += 1
    answer["citations"][0]["end"] += 1


def counted_from_the_end(answer: Json) -> None:
    answer["citations"][1]["start"] -= len(answer["citations"][1]["exact"])


def other_publication(answer: Json) -> None:
    answer["citations"][0]["document_id"] = "bees-hans"


def no_publication(answer: Json) -> None:
    answer["citations"][1]["document_id"] = "nowhere"


def other_prefix(answer: Json) -> None:
    answer["citations"][0]["prefix"] += "x"


def other_suffix(answer: Json) -> None:
    answer["citations"][0]["suffix"] = "x"


def other_note(answer: Json) -> None:
    answer["citations"][0]["notes"][0]["text"] += "."


def other_block(answer: Json) -> None:
    answer["blocks"][0]["text"] = "The fishermen paid."


@pytest.mark.parametrize(
    "forge",
    [
        changed_exact,
        moved,
        counted_from_the_end,
        other_publication,
        no_publication,
        other_prefix,
        other_suffix,
        other_note,
        other_block,
    ],
)
def test_forged_answer_is_found_out(
    forge: Callable[[Json], None], answer: Json, publications: Path, tmp_path: Path
) -> None:
    forged = deepcopy(answer)
    forge(forged)
    code, output = verified(written(tmp_path / "answer.json", forged), publications)
    assert code == 1
    assert not output.endswith(" 0 wrong\n")


def test_publication_as_the_console_prints_it_is_read(tmp_path: Path, publications: Path) -> None:
    done = CliRunner().invoke(
        main, ["read", str(ROOT / "corpus" / "texts" / "indsr-2025-01.txt"), "--json"]
    )
    (tmp_path / "chapter.json").write_text(done.stdout, "utf-8")
    assert verified(tmp_path / "chapter.json", publications) == (
        0,
        "0 answers, 0 quotes, 0 notes, 0 wrong\n",
    )
