"""The wheel, installed as users install it: from another directory, without the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from index.bundled import ensure_model
from tests.conftest import MODEL

ROOT = Path(__file__).parent.parent
PACKAGES = ("service", "index", "corpus", "templates")
READY_WITHIN_S = 120
STOPPED_WITHIN_S = 10


@pytest.mark.parametrize("name", PACKAGES)
def test_import_name_belongs_to_this_tree(name: str) -> None:
    """Other distributions carry these names, too; none of them may stand before ours."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert [Path(p) for p in spec.submodule_search_locations or ()] == [ROOT / name]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder),
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("zhujiao-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with the pinned packages but not the checkout of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site_packages = folder / "lib" / version / "site-packages"
    (site_packages / "pinned.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-qq",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return folder


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(installed / "bin" / "zhujiao"), *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment(cwd), capture_output=True, text=True, check=False
    )


def environment(cwd: Path) -> Mapping[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ZHUJIAO_", "PYTHON"))}
    return {**kept, "ZHUJIAO_INDEX_DIR": str(cwd / "index"), "ZHUJIAO_MODEL_DIR": str(MODEL)}


@pytest.mark.slow
def test_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info/" not in n}
    tree = [p for name in PACKAGES for p in (ROOT / name).rglob("*") if p.is_file()]
    assert names == {p.relative_to(ROOT).as_posix() for p in tree if "__pycache__" not in p.parts}
    for suffix in (".html", ".css", ".js", ".csl", ".toml", ".txt"):
        assert any(name.endswith(suffix) for name in names)


@pytest.mark.slow
def test_installed_command_imports_the_wheel_and_not_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    code = "import corpus, index, service; print(corpus.__file__, index.__file__, service.__file__)"
    python = installed / "bin" / "python"
    result = subprocess.run(
        [python, "-c", code],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    for path in result.stdout.split():
        assert Path(path).is_relative_to(installed)


@pytest.mark.slow
def test_installed_command_helps_and_reads_in_another_directory(
    installed: Path, tmp_path: Path
) -> None:
    assert "Usage: zhujiao" in run(installed, tmp_path, "--help").stdout
    (chapter,) = installed.rglob("indsr-2025-01.txt")
    result = run(installed, tmp_path, "read", str(chapter), "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(json.loads(result.stdout)["footnotes"]) == 63


@pytest.mark.slow
@pytest.mark.model
def test_installed_service_answers_with_the_note_and_stops_at_once(
    installed: Path, tmp_path: Path
) -> None:
    ensure_model(MODEL)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    program = str(installed / "bin" / "zhujiao")
    command = [program, "serve", "--port", str(port), "--workers", "1"]
    with (tmp_path / "log").open("w") as log:
        service = subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path), stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        assert _ready(address, service), (tmp_path / "log").read_text()
        question = json.dumps({"question": "what is TSD's inner core argument"}).encode()
        asked = Request(f"{address}/api/v1/ask", question, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=30) as response:
            (citation,) = json.load(response)["citations"]
        assert "「內部核心」（inner core）" in citation["exact"]
        assert [note["label"] for note in citation["notes"]] == ["39"]
        with urlopen(address, timeout=30) as response:
            assert b"/static/" in response.read()
        service.send_signal(signal.SIGTERM)
        assert service.wait(STOPPED_WITHIN_S) == 0
    finally:
        service.kill()
        service.wait()


def _ready(address: str, service: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and service.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5) as response:
                return bool(response.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
