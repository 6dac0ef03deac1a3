"""nginx and Caddy with the example files, in front of a running service: what the deployment guide promises of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.client import HTTPSConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from service.config import Config
from tests.conftest import ROOT
from tests.running_service import RunningService, free_port

DEPLOY = ROOT / "examples" / "deploy"
START_S, LIMIT = 30, 3

pytestmark = pytest.mark.slow


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def nginx(folder: Path, port: int, upstream: int) -> Sequence[str]:
    """The command that runs the example file at a port of ours, with a certificate and folders of our own."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = re.sub(r".*listen \[::\].*\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port} ")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    text = text.replace("/etc/ssl/zhujiao/", f"{folder}/")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""  # whose folder it is
    main = f"{user}pid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
    whole = f"{main}http {{\n{places}{text}}}\n"
    (folder / "nginx.conf").write_text(whole, "utf-8")
    return ("nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;")


def caddy(folder: Path, port: int, upstream: int) -> Sequence[str]:
    """The same of Caddy, which would else ask an authority for its certificate."""
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    certificate = f"tls {folder}/fullchain.pem {folder}/privkey.pem"
    text = text.replace(
        "ask.think-tank.example {", f"https://127.0.0.1:{port} {{\n\t{certificate}", 1
    )
    text = re.sub(r"\{\$ZHUJIAO_UPSTREAM:[^}]*\}", f"127.0.0.1:{upstream}", text)
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(options + text, "utf-8")
    return ("caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile"))


PROXIES: Mapping[str, Callable[[Path, int, int], Sequence[str]]] = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module", params=PROXIES)
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a proxy listens; the service behind it lets a client ask LIMIT times a minute."""
    missing = [program for program in (request.param, "openssl") if not shutil.which(program)]
    if missing:
        pytest.skip(f"apt-get install {' '.join(missing)}")
    folder, listening = tmp_path_factory.mktemp(request.param), free_port()
    _certify(folder)
    limits: Mapping[str, object] = {"rate_limit": LIMIT, "trusted_proxies": "127.0.0.1"}
    with RunningService(folder / "log", None, **limits) as service:
        command = PROXIES[request.param](folder, listening, service.port)
        with (folder / "proxy.log").open("wb") as log:
            proxy = subprocess.Popen(command, stderr=log, env={"HOME": str(folder), "PATH": PATH})
        try:
            _wait(listening, folder / "proxy.log")
            yield listening
        finally:
            proxy.terminate()
            proxy.wait(30)


PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def _certify(folder: Path) -> None:
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*make, *files], check=True, capture_output=True)


def _wait(port: int, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            assert send(port, "GET", "/healthz").status == 200
            return
        except OSError:
            assert time.monotonic() < deadline, log.read_text("utf-8")[-2000:]
            time.sleep(0.1)


def send(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    address: str = "127.0.0.9",
) -> Reply:
    """Over TLS, from an address of this machine."""
    trusting = ssl._create_unverified_context()
    connection = HTTPSConnection(
        "127.0.0.1", port, timeout=30, context=trusting, source_address=(address, 0)
    )
    try:
        typed = {"Content-Type": "application/json", **(headers or {})}
        connection.request(method, path, body, typed)
        got = connection.getresponse()
        return Reply(got.status, dict(got.getheaders()), got.read())
    finally:
        connection.close()


def ask(port: int, address: str, headers: Mapping[str, str] | None = None) -> Reply:
    body = json.dumps({"question": "night opening visits"}).encode()
    return send(port, "POST", "/api/v1/ask", body, headers, address)


def test_readers_are_told_apart_and_a_forged_address_does_not_help(port: int) -> None:
    for address in ("127.0.0.2", "127.0.0.3"):
        forged = [{"X-Forwarded-For": f"10.9.8.{i}"} for i in range(LIMIT + 1)]
        said = [ask(port, address, headers).status for headers in forged]
        assert said == [200] * LIMIT + [429]


def test_service_knows_that_its_readers_come_over_tls(port: int) -> None:
    assert "max-age=" in send(port, "GET", "/").headers["Strict-Transport-Security"]


def test_answer_as_events_comes_through(port: int) -> None:
    reply = ask(port, "127.0.0.4", {"Accept": "text/event-stream"})
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/event-stream")
    events = re.findall(rb"^event: (\w+)", reply.body, re.MULTILINE)
    assert events[-2:] == [b"answer", b"done"]


def test_metrics_are_nobodys_business(port: int) -> None:
    assert send(port, "GET", "/metrics").status == 404


def test_largest_body_comes_through_and_a_larger_one_is_refused(port: int) -> None:
    question = json.dumps({"question": "night opening visits"}).encode()
    largest = question.ljust(Config().max_body_bytes)
    assert send(port, "POST", "/api/v1/ask", largest, address="127.0.0.5").status == 200
    for larger in (largest + b" ", largest * 100):
        assert send(port, "POST", "/api/v1/ask", larger, address="127.0.0.5").status == 413
