"""One command for each thing a developer or a newcomer does; Python 3.11 or newer is all it needs.

python3 dev.py serve [-- OPTIONS]   set up what is missing, then serve; OPTIONS of `zhujiao serve`
python3 dev.py test [-- OPTIONS]    set up what is missing, then run every test; OPTIONS of pytest
python3 dev.py fast [-- OPTIONS]    only the tests that need no model, no browser and no build
python3 dev.py lint                 style, strict types, import contracts
python3 dev.py docs                 rewrite the tables of the documentation that are made from code
python3 dev.py screenshots          photograph every page in every state into screenshots/
python3 dev.py help                 these lines

Set-up makes `.venv` beside this file from the versions pinned in pyproject.toml and
constraints.txt. It runs again only when one of the two, or Python itself, has changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "set-up"
BROWSERS = ("chromium", "chromium-headless-shell")
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk")
SLOW_MARKERS = ("model", "browser", "quality", "slow")
SLOW_PLACES = (
    "tests/browser",
    "tests/quality",
    "tests/test_export_roundtrip.py",
    "tests/test_openapi_calls.py",
    "tests/test_regexes.py",
)
FAST_PLUGINS = ("hypothesispytest", "timeout", "xdist")


def main(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` names; the exit code is the command's own."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older Python must be told, not crash
        return _failed(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    name, *options = arguments or ("help",)
    command = COMMANDS.get(name.lstrip("-"))
    if command is None:
        return _failed(f"there is no command {name!r}; choose one of {', '.join(COMMANDS)}.")
    os.chdir(ROOT)
    try:
        return command([option for option in options if option != "--"])
    except SetupError as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        return 130


class SetupError(Exception):
    """Set-up cannot go on; the message is one line that names the cure."""


def serve(options: list[str]) -> int:
    """Become the service; the first start also converts the model and builds the index."""
    set_up(extra="")
    if not (ROOT / "var" / "index" / "CURRENT").exists():
        _say("first start: converting the model and building the index (about a minute)")
    zhujiao = str(VENV / "bin" / "zhujiao")
    os.execv(zhujiao, [zhujiao, "serve", *options])


def test(options: list[str]) -> int:
    """Every test; those in a browser are skipped where there is none."""
    set_up(extra="dev")
    ensure_browser()
    return _pytest(options)


def fast(options: list[str]) -> int:
    """The tests for every few minutes, on every core.

    Each process collects for itself, so what is slow as a whole is not even imported, and no plugin
    loads itself: of those that do, pytest rewrites every module anew.
    """
    set_up(extra="dev")
    quick = " and ".join(f"not {marker}" for marker in SLOW_MARKERS)
    collected = ["-m", quick, *(f"--ignore={place}" for place in SLOW_PLACES)]
    plugins = ["--disable-plugin-autoload", *(f"-p{name}" for name in FAST_PLUGINS)]
    spread = ["-n", "auto", "--dist", "worksteal", "--hypothesis-profile", "fast"]
    return _pytest([*plugins, *spread, *collected, *options])


def lint(options: list[str]) -> int:
    """Every check, so that one run names every fault; 1 when any of them failed."""
    if options:
        raise SetupError("lint takes no options; run the checks of .venv/bin one by one instead.")
    set_up(extra="dev")
    failed = []
    for command in ("ruff check .", "ruff format --check .", "mypy", "lint-imports"):
        program, *arguments = command.split()
        _say(command)
        if subprocess.run([VENV / "bin" / program, *arguments]).returncode:
            failed.append(program)
    _say(f"{', '.join(failed)} failed" if failed else "all checks passed")
    return 1 if failed else 0


def docs(options: list[str]) -> int:
    """Rewrite the tables that a test holds to the code."""
    set_up(extra="dev")
    return subprocess.run([PYTHON, "-m", "docs.tables", *options]).returncode


def screenshots(options: list[str]) -> int:
    """Photograph the pages, for a designer's eye; OPTIONS of benchmarks/screenshots.py."""
    set_up(extra="dev")
    ensure_browser()
    return subprocess.run([PYTHON, "-m", "benchmarks.screenshots", *options]).returncode


def show_help(options: list[str]) -> int:
    """Print what this file can do."""
    print(__doc__)
    return 0


def set_up(extra: str) -> None:
    """Make `.venv` hold the pinned packages, with those of `extra` beside them."""
    wanted = _stamp(extra)
    done = STAMP.read_text("ascii").split() if STAMP.exists() else []
    if wanted in done or (not extra and _stamp("dev") in done):
        return
    start = time.monotonic()
    if not _has_pip():
        _say("making .venv")
        _make_venv()
    _say("installing the pinned packages into .venv (several hundred MB; minutes, once)")
    # torch first and by its exact version: a smaller build that lies on this machine is then taken
    torch = next(line for line in _constraints() if line.startswith("torch=="))
    _pip_install(torch)
    _pip_install("--editable", f".[{extra}]" if extra else ".")
    STAMP.write_text("\n".join([wanted, *(s for s in done if s == _stamp(""))]) + "\n", "ascii")
    _say(f"set up in {time.monotonic() - start:.0f} s")


def ensure_browser() -> None:
    """Install Chromium and Chinese fonts where we may, or say that browser tests are skipped."""
    missing = _missing_for_browser()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _say(f"installing {' and '.join(missing)} for the browser tests")
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *missing]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environ, capture_output=True)
        missing = _missing_for_browser()
    if missing:
        _say(f"browser tests are skipped: install {' and '.join(missing)} to run them")


def _missing_for_browser() -> list[str]:
    chromium, fonts = BROWSER_PACKAGES
    missing = [] if any(map(shutil.which, BROWSERS)) else [chromium]
    listed = ""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh-tw"], capture_output=True, text=True).stdout
    return missing if listed.strip() else [*missing, fonts]


def _pytest(options: Sequence[str]) -> int:
    """Settings of the service in the caller's environment must not reach the tests."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("ZHUJIAO_")}
    environ.setdefault("OMP_NUM_THREADS", "1")
    return subprocess.run([PYTHON, "-m", "pytest", *options], env=environ).returncode


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            "this Python cannot make virtual environments; "
            f"install them: apt-get install python{version}-venv"
        )
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True
    )
    if made.returncode:
        reason = (made.stderr.strip() or made.stdout.strip()).splitlines()
        raise SetupError(f".venv could not be made: {reason[-1] if reason else made.returncode}")


def _has_pip() -> bool:
    """Whether `.venv` is whole enough to install into; a broken one is made anew."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def _pip_install(*requirements: str) -> None:
    """pip's warnings name places it did not need; its errors are shown."""
    quietly = ("-qq", "--no-input", "--disable-pip-version-check")
    install = [str(PYTHON), "-m", "pip", "install", *quietly, "--constraint", "constraints.txt"]
    if subprocess.run([*install, *requirements]).returncode:
        raise SetupError(
            f"pip could not install {requirements[-1]}; mend what it says above and run this again"
        )


def _stamp(extra: str) -> str:
    digest = hashlib.sha256(f"{sys.version}\0{extra}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return f"{extra or 'base'}:{digest.hexdigest()}"


def _constraints() -> list[str]:
    return (ROOT / "constraints.txt").read_text("utf-8").splitlines()


def _say(line: str) -> None:
    print(f"dev.py: {line}", file=sys.stderr, flush=True)


def _failed(line: str) -> int:
    _say(line)
    return 2


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    "serve": serve,
    "test": test,
    "fast": fast,
    "lint": lint,
    "docs": docs,
    "screenshots": screenshots,
    "help": show_help,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
