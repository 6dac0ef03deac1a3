"""The console: `zhujiao read | check | build | ask | evaluate | serve`.

Exit codes: 0 done, 1 the check found errors or the question has no answer, 2 the command could
not be carried out; one line on standard error then names the cure.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from corpus.decode import ReadError
from corpus.document import Document
from corpus.export import export
from corpus.read import SUFFIXES, read_document
from index.model_folder import ModelError
from index.store import IndexDamagedError
from service import report
from service.config import Config, ConfigError, load_config
from service.evaluate import GoldError, evaluate, figures, read_gold
from service.render import answer_json

P = ParamSpec("P")
R = TypeVar("R")
FAILED = 2


def _one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """What a person can mend becomes one line and exit code 2."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (ReadError, ConfigError, GoldError, IndexDamagedError, ModelError, OSError, ValueError) as error:
            click.echo(f"zhujiao: {' '.join(str(error).split())}", err=True)
            sys.exit(FAILED)

    return guarded


def _json_option(help_text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--json", "as_json", is_flag=True, help=help_text)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhujiao")
def main() -> None:
    """Ask a footnoted publication; get its sentences, each with the author's own footnotes."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_json_option("The whole Document as JSON.")
@_one_line_errors
def read(file: Path, as_json: bool) -> None:
    """Parse one publication: outline and counts.

    Example: zhujiao read corpus/texts/indsr-2025-01.txt
    """
    document = read_document(file)
    click.echo(_json(export(document)) if as_json else report.outline(document))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_json_option("The findings as JSON, one object with a list for each publication.")
@_one_line_errors
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Say what is wrong with the notes and the structure of publications. Exit code 1 when there are errors.

    Example: zhujiao check corpus/texts
    """
    documents = [(path, read_document(path)) for path in _publications(paths)]
    if as_json:
        click.echo(_json({str(path): export(d)["findings"] for path, d in documents}))
    else:
        click.echo("\n".join(report.findings(path, d) for path, d in documents))
    if any(f.severity == "error" for _, d in documents for f in d.findings):
        sys.exit(1)


@main.command()
@click.argument("corpus_dir", required=False, type=click.Path(path_type=Path))
@_one_line_errors
def build(corpus_dir: Path | None) -> None:
    """Index the corpus; only text that changed is embedded again.

    Example: zhujiao build corpus/texts
    """
    config = load_config()
    if corpus_dir is not None:
        config = config.model_copy(update={"corpus_dir": corpus_dir})
    _build(config)


@main.command()
@click.argument("question")
@click.option("--after", multiple=True, help="An earlier question, oldest first; may be repeated.")
@_json_option("The whole Answer as JSON.")
@_one_line_errors
def ask(question: str, after: tuple[str, ...], as_json: bool) -> None:
    """Answer one question on the terminal. Exit code 1 when the publications do not say.

    Example: zhujiao ask "what is TSD's inner core argument"
    """
    config = load_config()
    question = _checked(question, config)
    library = _open(config)
    answer = library.ask(question, after)
    click.echo(_json(answer_json(answer, library.document)) if as_json else report.answer(answer, library.document))
    if not answer.answered:
        sys.exit(1)


@main.command(name="evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="List the rows that were not answered as the gold says.")
@_json_option("The figures as JSON.")
@_one_line_errors
def evaluate_command(gold: Path, misses: bool, as_json: bool) -> None:
    """Print the quality figures over a gold file.

    Example: zhujiao evaluate tests/quality/dev.jsonl
    """
    rows = read_gold(gold)
    library = _open(load_config())
    outcomes = evaluate(rows, lambda q, history: library.ask(q, history), library.documents())
    measured = figures(outcomes)
    click.echo(_json(measured) if as_json else report.figures(measured))
    if misses:
        click.echo(report.misses(outcomes))


@main.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--workers", type=int, help="Worker processes.")
@_one_line_errors
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Build what is missing, then serve the chat page, the API and the widget through gunicorn.

    Example: zhujiao serve --port 8000
    """
    given = {"HOST": host, "PORT": port, "WORKERS": workers}
    os.environ.update({f"ZHUJIAO_{name}": str(value) for name, value in given.items() if value is not None})
    config = load_config()
    _build(config)
    click.echo(f"Zhujiao answers at http://{config.host}:{config.port}/ (stop with Ctrl-C)", err=True)
    arguments = ["gunicorn", "--config", "python:service.gunicorn_conf", "service.app:create_app()"]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])


def _publications(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES))
        else:
            found.append(path)
    if not found:
        raise ReadError(f"{paths[0]}: holds no .txt or .md file; put at least one publication into it")
    return found


def _build(config: Config) -> None:
    from tqdm import tqdm

    from service.library import build_index

    with tqdm(total=0, unit="text", desc="Embedding", disable=not sys.stderr.isatty(), leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        built = build_index(config, show)
    click.echo(report.built(built, config.index_dir), err=True)


def _open(config: Config) -> Any:
    """The library, built first where there is no index yet."""
    from service.library import open_library

    if not (config.index_dir / "CURRENT").exists():
        _build(config)
    return open_library(config)


def _checked(question: str, config: Config) -> str:
    from service.question import check_ask

    return check_ask({"question": question}, config).question


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
