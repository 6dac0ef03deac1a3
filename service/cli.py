"""The console: `zhujiao read | check | build | ask | evaluate | questions | feedback | doctor | serve`.

Exit codes: 0 done, 1 the check found errors or the question has no answer, 2 the command could
not be carried out; one line on standard error then names the cure. 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import click

from corpus.decode import ReadError
from corpus.document_json import document_json
from corpus.read import SUFFIXES, read_document
from index.model_folder import ModelError
from index.store import IndexDamagedError
from service import memory, report
from service.config import PREFIX, Config, ConfigError, load_config
from service.database_errors import DatabaseError
from service.evaluate import evaluate, figures
from service.gold import GoldError, read_gold
from service.render import answer_json

if TYPE_CHECKING:
    from service.library import Library
    from service.question import AskRequest

P = ParamSpec("P")
R = TypeVar("R")
FAILED = 2
INTERRUPTED = 130
_MENDABLE = (ReadError, ConfigError, DatabaseError, GoldError, IndexDamagedError, ModelError)
"""Errors whose message names the cure; any other is a fault of ours and keeps its traceback."""


class _Console(click.Group):
    """click's own errors, too, in one line."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command that the arguments name, then exit."""
        try:
            sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}))
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "zhujiao"
            _fail(f"{error.format_message().rstrip('.')}; see `{command} --help`")
        except click.Abort:
            sys.exit(INTERRUPTED)


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """What a person can mend becomes one line and exit code 2."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            raise  # the reader of our output has gone: click ends without a word
        except OSError as error:
            _fail(_named(error))
        except (MemoryError, ImportError) as error:
            if not memory.is_shortage(error):
                raise
            _fail(memory.CURE)
        except UnicodeEncodeError as error:
            _fail(f"{error.encoding} cannot show every character; set PYTHONIOENCODING=utf-8")
        except _MENDABLE as error:
            _fail(str(error))

    return guarded


def _fail(message: str) -> NoReturn:
    click.echo(f"zhujiao: {' '.join(message.split())}", err=True)
    sys.exit(FAILED)


def _named(error: OSError) -> str:
    if error.errno is None or error.filename is None:
        return str(error)
    return f"{error.filename}: {error.strerror}; {_CURES.get(error.errno, 'check the permissions')}"


_CURES = {
    errno.ENOENT: "check the name",
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.EROFS: "name a folder that can be written",
    errno.EMFILE: "raise the limit of open files (ulimit -n)",
    errno.EIO: "check the disk",
}


def _json_option(help_text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--json", "as_json", is_flag=True, help=help_text)


@click.group("zhujiao", cls=_Console, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhujiao")
def main() -> None:
    """Ask a footnoted publication; get its sentences, each with the author's own footnotes."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_json_option("The whole Document as JSON.")
@one_line_errors
def read(file: Path, as_json: bool) -> None:
    """Parse one publication: outline and counts.

    Example: zhujiao read corpus/texts/indsr-2025-01.txt
    """
    document = read_document(file)
    click.echo(_json(document_json(document)) if as_json else report.outline(document))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_json_option("The findings as JSON, one object with a list for each publication.")
@one_line_errors
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Say what is wrong with the notes and the structure of publications. Exit code 1 when there are errors.

    Example: zhujiao check corpus/texts
    """
    documents = [(path, read_document(path)) for path in _publications(paths)]
    if as_json:
        click.echo(_json({str(path): document_json(d)["findings"] for path, d in documents}))
    else:
        click.echo("\n".join(report.findings(path, d) for path, d in documents))
    if any(f.severity == "error" for _, d in documents for f in d.findings):
        sys.exit(1)


@main.command()
@click.argument("corpus_dir", required=False, type=click.Path(path_type=Path))
@one_line_errors
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
@one_line_errors
def ask(question: str, after: tuple[str, ...], as_json: bool) -> None:
    """Answer one question on the terminal. Exit code 1 when the publications do not say.

    Example: zhujiao ask "what is TSD's inner core argument"
    """
    config = load_config()
    asked = _checked(question, after, config)
    library = _open(config)
    answer = library.ask(asked.question, asked.earlier)
    click.echo(
        _json(answer_json(answer, library.document))
        if as_json
        else report.answer(answer, library.document)
    )
    if not answer.answered:
        sys.exit(1)


@main.command(name="evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--misses", is_flag=True, help="List the rows that were not answered as the gold says."
)
@_json_option("The figures as JSON.")
@one_line_errors
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
@click.option("--unanswered", is_flag=True, help="Only those that found nothing the last time.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only those asked since a day.")
@_json_option("The questions as JSON, one object with a list.")
@one_line_errors
def questions(unanswered: bool, since: datetime | None, as_json: bool) -> None:
    """List what readers asked, most often first. Their words are listed only where ZHUJIAO_KEEP_QUESTIONS=on.

    Example: zhujiao questions --unanswered
    """
    from service import journal_report
    from service.journal import Journal

    asked = journal_report.asked_questions(Journal.open(load_config()), _moment(since), unanswered)
    click.echo(
        _json({"questions": [asdict(question) for question in asked]})
        if as_json
        else journal_report.as_text(asked)
    )


@main.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only votes since a day.")
@click.option("--csv", "as_csv", is_flag=True, help="A table in place of JSON lines.")
@one_line_errors
def feedback(since: datetime | None, as_csv: bool) -> None:
    """Export readers' votes on answers, oldest first, as JSON lines.

    Example: zhujiao feedback --since 2026-01-31 --csv
    """
    from service import journal_report
    from service.journal import Journal

    votes = journal_report.votes(Journal.open(load_config()), _moment(since))
    lines = (json.dumps(vote, ensure_ascii=False) for vote in votes)
    for line in journal_report.as_csv(votes) if as_csv else lines:
        click.echo(line)


@main.command()
@one_line_errors
def doctor() -> None:
    """Check the model, the corpus, the index, the database and the rate limit; name the cure of what is wrong. Exit code 1 when something is.

    Example: zhujiao doctor
    """
    memory.check_limit()
    from service.doctor import examine

    checks = []
    for check in examine(load_config()):
        checks.append(check)
        click.echo(f"{'ok  ' if check.sound else 'bad '} {check.name}: {check.message}")
    if not all(check.sound for check in checks):
        sys.exit(1)


@main.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--workers", type=int, help="Worker processes.")
@one_line_errors
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Build what is missing, then serve the chat page, the API and the widget through gunicorn.

    Example: zhujiao serve --port 8000
    """
    given = {"HOST": host, "PORT": port, "WORKERS": workers}
    environ = {
        **memory.FEW_ARENAS,
        **os.environ,
        **{f"{PREFIX}{name}": str(value) for name, value in given.items() if value is not None},
    }
    config = load_config(environ)
    _check_address(config.host, config.port)
    _build(config)
    click.echo(
        f"Zhujiao answers at http://{config.host}:{config.port}/ (stop with Ctrl-C)", err=True
    )
    arguments = ["gunicorn", "--config", "python:service.gunicorn_conf", "service.app:create_app()"]
    os.execve(sys.executable, [sys.executable, "-m", *arguments], environ)  # noqa: S606  # no shell is wanted


def _check_address(host: str, port: int) -> None:
    """ConfigError when nobody can listen there: better now than after the build."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except UnicodeError:
        raise ConfigError(
            f"{host} is no address to listen on; choose another with --host"
        ) from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise ConfigError(
            f"cannot listen on {host} port {port}: {reason}; choose another with --host or --port"
        ) from None


def _moment(day: datetime | None) -> int:
    """Seconds since 1970 at the start of a day in UTC; 0 for none."""
    return int(day.replace(tzinfo=UTC).timestamp()) if day else 0


def _publications(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES))
        else:
            found.append(path)
    if not found:
        raise ReadError(
            f"{paths[0]}: holds no .txt or .md file; put at least one publication into it"
        )
    return found


def _build(config: Config) -> None:
    memory.check_limit()
    from tqdm import tqdm

    from service.library import build_index

    with tqdm(
        total=0, unit="text", desc="Embedding", disable=not sys.stderr.isatty(), leave=False
    ) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        built = build_index(config, show)
    click.echo(report.built(built, config.index_dir), err=True)


def _open(config: Config) -> Library:
    """The library, built first where there is no index yet."""
    memory.check_limit()
    from service.library import open_library

    if not (config.index_dir / "CURRENT").exists():
        _build(config)
    return open_library(config)


def _checked(question: str, after: Sequence[str], config: Config) -> AskRequest:
    """The question under the rules of the HTTP interface; ends with the cure where it breaks one."""
    from service.errors import RequestError
    from service.question import check_ask

    try:
        return check_ask(
            {"question": question, "history": [{"question": q} for q in after]}, config
        )
    except RequestError as error:
        _fail(error.message)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
