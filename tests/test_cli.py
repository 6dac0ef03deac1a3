"""The console as a person types it, over the tiny publications and a hashing stand-in for the model."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main, one_line_errors
from tests.conftest import TINY_CORPUS
from tests.hashing_embedder import HashingEmbedder

BAKERY = TINY_CORPUS / "bakery-en.txt"
CHAPTER = Path(__file__).parent.parent / "corpus" / "texts" / "indsr-2025-01.txt"
Run = Callable[..., Result]

TRADITIONAL = "第一章\n\n這是一個為了測試而寫的國語段落，不在任何出版品之中。\n" * 20
SIMPLIFIED = "第一章\n\n这是一个为了测试而写的国语段落，不在任何出版物之中。\n" * 20
UNREADABLE = {
    "empty": (b"", "empty"),
    "blank": ("\ufeff \n\u3000\n".encode(), "empty"),
    "binary": (bytes(range(256)) * 20, "export the publication as plain text"),
    "big5": (TRADITIONAL.encode("big5"), "iconv -f BIG5-HKSCS"),
    "big5-hkscs": (("咗嘅" + TRADITIONAL).encode("big5hkscs"), "iconv -f BIG5-HKSCS"),
    "gb18030": (SIMPLIFIED.encode("gb18030"), "iconv -f GB18030"),
    "latin-1": ("Caf\u00e9 in the harbour.\n".encode("latin-1"), "UTF-8"),
    "line-of-20-mb": ("長".encode() * 7_000_000, "over the limit"),
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`run("ask", "...")` in an empty folder, with none of our settings in the environment."""
    for name in [name for name in os.environ if name.startswith("ZHUJIAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("service.library.open_embedder", lambda *_: HashingEmbedder())
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def indexed(run: Run, tiny_root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run` where the index over the tiny publications lies ready."""
    monkeypatch.setenv("ZHUJIAO_INDEX_DIR", str(tiny_root))
    return run


def assert_fails_in_one_line(result: Result, *parts: str) -> None:
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("zhujiao: ")
    for part in parts:
        assert part in line


def files_in(folder: Path) -> Sequence[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def test_read_prints_title_counts_and_outline(run: Run) -> None:
    result = run("read", BAKERY)
    assert result.exit_code == 0
    title, author, counts, *headings = result.stdout.splitlines()
    assert (title, author) == ("Bread on Mill Lane (en)", "Petra Lindqvist")
    assert counts == "3 sections, 3 paragraphs, 8 sentences, 5 notes, 5 marks"
    assert [h.strip() for h in headings] == ["I. The Ovens", "II. The Loaf", "III. The Strike"]


def test_read_json_holds_every_part_of_the_document(run: Run) -> None:
    read = json.loads(run("read", BAKERY, "--json").stdout)
    assert read["document"]["authors"] == [{"name": "Petra Lindqvist", "affiliation": None}]
    assert [len(read[part]) for part in ("sections", "paragraphs", "sentences")] == [3, 3, 8]
    assert [r["footnote_id"] for r in read["noterefs"]] == ["1", "2", "3", "4", "5"]
    for sentence in read["sentences"]:
        assert read["text"][sentence["start"] : sentence["end"]].endswith(".")


def test_check_of_a_sound_publication_says_so(run: Run) -> None:
    result = run("check", BAKERY)
    assert (result.exit_code, result.stdout) == (0, f"{BAKERY}: nothing to mend\n")


def test_check_names_file_line_code_and_cure_and_exits_with_1(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text(BAKERY.read_text("utf-8").replace("5. The strike", "6. The strike"), "utf-8")
    result = run("check", broken)
    assert result.exit_code == 1
    missing = next(line for line in result.stdout.splitlines() if "note-missing" in line)
    assert missing.startswith(f"{broken}:15: error note-missing: note 5 is marked but not defined;")


def test_check_of_a_folder_lists_every_publication(run: Run) -> None:
    found = json.loads(run("check", TINY_CORPUS, "--json").stdout)
    assert sorted(Path(path).name for path in found) == [
        p.name for p in sorted(TINY_CORPUS.glob("*.txt"))
    ]


def test_check_of_a_warning_only_exits_with_0(run: Run) -> None:
    result = run("check", CHAPTER)
    assert "warning doi-shared: notes 4 and 31" in result.stdout
    assert (": error " in result.stdout) == (result.exit_code == 1)


def test_build_reports_what_the_index_holds_and_reuses_it(run: Run) -> None:
    first = run("build", TINY_CORPUS)
    assert first.exit_code == 0
    assert "in var/index: 3 documents" in first.stderr
    assert Path("var/index/CURRENT").exists()
    assert " 0 texts embedded" in run("build", TINY_CORPUS).stderr


def test_ask_prints_the_sentence_its_section_and_its_note(indexed: Run) -> None:
    result = indexed("ask", "Who built the brick ovens?")
    assert result.exit_code == 0
    quote, section, note = result.stdout.splitlines()
    assert (
        quote
        == "The bakery on Mill Lane has two brick ovens, built in 1887 by the mason Jonas Pike.[1]"
    )
    assert section.strip() == "— bakery-en · I The Ovens"
    assert note.strip().startswith('[1] Jonas Pike, "How to Build an Oven,"')


def test_ask_follows_a_supra_to_the_work_it_means(indexed: Run) -> None:
    result = indexed("ask", "Why does the loaf cost twice the price of white bread?")
    note = result.stdout.splitlines().index("    [4] Lindqvist, supra note 3, 40.")
    assert result.stdout.splitlines()[note + 1].startswith("        → [3] ")


def test_ask_json_is_a_whole_answer(indexed: Run) -> None:
    answer = json.loads(indexed("ask", "何謂「慢眨眼」？", "--json").stdout)
    assert answer["status"] == "answered"
    assert (
        answer["citations"][0]["exact"]
        == "燈塔的光每二十秒閃一次，漁民稱為「慢眨眼」（slow blink）。"
    )
    assert [n["label"] for n in answer["citations"][0]["notes"]] == ["5"]


def test_ask_what_no_publication_says_exits_with_1_and_names_sections(indexed: Run) -> None:
    result = indexed("ask", "Who won the chess world championship?")
    assert result.exit_code == 1
    told, lead, *sections = result.stdout.splitlines()
    assert told == "The text does not say."
    assert lead.endswith("The nearest sections:")
    assert all(" · " in section for section in sections)
    assert sections


def test_ask_builds_first_where_there_is_no_index(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHUJIAO_CORPUS_DIR", str(TINY_CORPUS))
    result = run("ask", "how long did the bakers strike")
    assert result.exit_code == 0
    assert "eleven days.[5]" in result.stdout
    assert "in var/index: 3 documents" in result.stderr


def test_follow_up_is_read_with_the_question_before_it(indexed: Run) -> None:
    follow_up = "when did he do that?"
    assert indexed("ask", follow_up).exit_code == 1
    result = indexed("ask", follow_up, "--after", "Who built the brick ovens?")
    assert "built in 1887" in result.stdout


def test_evaluate_prints_figures_and_misses(indexed: Run, tmp_path: Path) -> None:
    rows = [
        {
            "question": "Who built the brick ovens?",
            "answerable": True,
            "core_sentences": ["Tourists rarely like it."],
        },
        {
            "question": "Who won the chess world championship?",
            "answerable": False,
            "domain": "out-of-domain",
        },
    ]
    gold = tmp_path / "gold.jsonl"
    lines = [{"id": f"q{n}", "lang": "en", "kind": "fact", **row} for n, row in enumerate(rows)]
    gold.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    figures = json.loads(indexed("evaluate", gold, "--json").stdout)
    assert (figures["evidence_hit"], figures["refusal_recall"]) == (0.0, 1.0)
    printed = indexed("evaluate", gold, "--misses").stdout
    assert "evidence_hit                     0.0" in printed
    assert "q0 en fact: Who built the brick ovens? -> The bakery on Mill Lane" in printed
    assert "q1 en" not in printed


def test_serve_builds_and_then_becomes_gunicorn(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[tuple[Sequence[str], dict[str, str]]] = []
    monkeypatch.setattr(
        "os.execve", lambda _, arguments, environ: became.append((arguments, environ))
    )
    monkeypatch.setenv("ZHUJIAO_CORPUS_DIR", str(TINY_CORPUS))
    monkeypatch.setenv("ZHUJIAO_WORKERS", "1")
    port = _free_port()
    result = run("serve", "--port", port, "--workers", "3")
    assert result.exit_code == 0
    assert f"http://127.0.0.1:{port}/" in result.stderr
    assert Path("var/index/CURRENT").exists()
    ((arguments, environ),) = became
    assert arguments[1:] == [
        *("-m", "gunicorn", "--config", "python:service.gunicorn_conf"),
        "service.app:create_app()",
    ]
    assert (environ["ZHUJIAO_PORT"], environ["ZHUJIAO_WORKERS"]) == (str(port), "3")
    assert os.environ["ZHUJIAO_WORKERS"] == "1"


def test_serve_on_a_taken_port_fails_before_it_builds(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", taken.getsockname()[1])
    assert_fails_in_one_line(result, "Address already in use", "--port")
    assert not Path("var").exists()


@pytest.mark.parametrize("command", ["read", "check", "build"])
@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_file_fails_in_one_line(
    run: Run, tmp_path: Path, command: str, case: str
) -> None:
    content, cure = UNREADABLE[case]
    folder = tmp_path / "publications"
    folder.mkdir()
    file = folder / f"{case}.txt"
    file.write_bytes(content)
    before = files_in(tmp_path)
    result = run(command, folder if command == "build" else file)
    assert_fails_in_one_line(result, str(file), cure)
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (["read", "nowhere.txt"], "nowhere.txt: no such file; check the name"),
        (["read", "."], "name one .txt or .md file"),
        (["check", "."], "put at least one publication into it"),
        (["build", "nowhere"], "nowhere: no such folder; create it"),
        (["build", "."], "put at least one publication into it"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory; check the name"),
        (["ask"], "Missing argument 'QUESTION'; see `zhujiao ask --help`"),
        (["sing"], "No such command 'sing'; see `zhujiao --help`"),
        (["serve", "--port", "99999"], "ZHUJIAO_PORT='99999' cannot be used"),
        (["serve", "--host", "host.invalid"], "cannot listen on host.invalid"),
        (["serve", "--host", "a..b"], "a..b is no address to listen on"),
    ],
)
def test_wrong_argument_fails_in_one_line(
    run: Run, tmp_path: Path, arguments: list[str], cure: str
) -> None:
    assert_fails_in_one_line(run(*arguments), cure)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    ("question", "cure"),
    [
        ("", "The question is empty"),
        (" \u200b\n", "The question is empty"),
        ("x" * 10_000, "The question has 10,000 characters; at most 2,000 are read. Shorten it."),
    ],
)
def test_question_out_of_bounds_fails_in_one_line(
    run: Run, tmp_path: Path, question: str, cure: str
) -> None:
    assert_fails_in_one_line(run("ask", question), cure)
    assert files_in(tmp_path) == []


def test_earlier_question_out_of_bounds_fails_in_one_line(indexed: Run) -> None:
    assert_fails_in_one_line(indexed("ask", "and why?", "--after", "x" * 10_000), "Shorten it.")


def test_unknown_setting_fails_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUJIAO_INDEX_DRI", "elsewhere")
    assert_fails_in_one_line(run("ask", "why?"), "did you mean ZHUJIAO_INDEX_DIR?")


def test_gold_row_that_lacks_a_field_fails_in_one_line(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"question": "why?"}\n', "utf-8")
    assert_fails_in_one_line(
        run("evaluate", gold), "gold.jsonl line 1: lang: Field required; a gold row is"
    )


@pytest.mark.parametrize(
    "name", ["CURRENT", "manifest.json", "passage_vectors.faiss", "documents.json", "lexicon.json"]
)
def test_damaged_index_is_refused_and_a_build_mends_it(
    run: Run, tiny_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = tmp_path / "index"
    shutil.copytree(tiny_root, root)
    monkeypatch.setenv("ZHUJIAO_INDEX_DIR", str(root))
    file = next(root.rglob(name))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x55
    file.write_bytes(content)
    question = "Who built the brick ovens?"
    assert_fails_in_one_line(
        run("ask", question), "missing or not as it was written; run `zhujiao build`"
    )
    assert run("build", TINY_CORPUS).exit_code == 0
    assert run("ask", question).exit_code == 0


def test_index_of_another_model_is_refused_with_the_cure(
    indexed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.library.open_embedder", lambda *_: HashingEmbedder(32))
    monkeypatch.setattr(HashingEmbedder, "name", "hashing@2")
    assert_fails_in_one_line(indexed("ask", "Who built the brick ovens?"), "zhujiao build")


def test_terminal_of_another_encoding_is_told_what_to_set(run: Run) -> None:
    result = CliRunner(charset="latin-1").invoke(main, ["read", str(CHAPTER)])
    assert result.exit_code == 2
    assert result.stderr == (
        "zhujiao: latin-1 cannot show every character; set PYTHONIOENCODING=utf-8\n"
    )


def test_fault_of_our_own_keeps_its_traceback() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        one_line_errors(int)("not a number")


@pytest.mark.parametrize("command", main.commands)
def test_help_of_every_command_has_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: zhujiao {command}" in result.stdout


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
