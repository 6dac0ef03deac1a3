"""F25 and the example files for operators: what can be checked without a container engine or systemd running."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from service.config import PREFIX, Config, load_config
from tests.conftest import ROOT

DEPLOY = ROOT / "examples" / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
INSTRUCTION = re.compile(r"^([A-Z]+)\s+((?:.*\\\n)*.*)", re.MULTILINE)


def instructions(name: str) -> list[str]:
    """The arguments of every instruction of a kind in the Dockerfile's last stage."""
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    return [arguments for kind, arguments in INSTRUCTION.findall(last) if kind == name]


def unit() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(DEPLOY / "zhujiao.service", "utf-8")
    return parser["Service"]


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"apt-get install {program}")


def test_container_runs_as_nobody_who_owns_the_program() -> None:
    assert instructions("USER") == ["10001:10001"]
    assert "--chown=10001:10001 /var/lib/zhujiao" in DOCKERFILE
    assert "--chown=10001:10001 /opt" not in DOCKERFILE


def test_container_is_asked_for_its_health_and_takes_the_signal_itself() -> None:
    (health,) = instructions("HEALTHCHECK")
    assert "/healthz" in health
    (command,) = instructions("CMD")
    assert command.startswith("["), "a shell as first process would swallow SIGTERM"


def test_image_is_made_of_named_versions_and_of_our_files_only() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert set(images) == {"python:3.11-slim"}
    assert not re.search(r"^ADD |COPY \. ", DOCKERFILE, re.MULTILINE)
    assert (ROOT / ".dockerignore").read_text("utf-8").startswith("*\n")


def test_compose_leaves_the_service_nothing_to_break() -> None:
    service = COMPOSE["zhujiao"]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["user"] == "10001:10001"
    assert "no-new-privileges:true" in service["security_opt"]
    assert "ports" not in service
    assert service["networks"] == ["inside"]
    assert "/readyz" in service["healthcheck"]["test"][-1]


def test_every_setting_in_the_examples_exists_and_may_be_so() -> None:
    told = dict(
        line.split("=", 1)
        for line in (DEPLOY / "zhujiao.env").read_text("utf-8").splitlines()
        if line.startswith(PREFIX)
    )
    assert load_config(told).trusted_proxies
    assert load_config(COMPOSE["zhujiao"]["environment"]).trusted_proxies == ("10.89.7.0/24",)


def test_commands_for_operators_get_the_settings_of_the_service() -> None:
    """Without them `zhujiao build` makes an index in the working folder, which no worker reads."""
    page = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    lines = re.findall(r"^[#$] (.*\bzhujiao (?:build|check|doctor)\b.*)", page, re.MULTILINE)
    assert len(lines) >= 4
    for command in (part for line in lines for part in line.split(" && ")):
        assert command.startswith(("run ", "docker compose "))
    (function,) = re.findall(r"^# run\(\) \{ (.*); \}$", page, re.MULTILINE)
    for name in ("User", "WorkingDirectory"):
        assert f"--property {name}={unit()[name]} " in function
    assert f"--property EnvironmentFile={unit()['EnvironmentFile'].lstrip('-')} " in function
    assert function.endswith(' "$@"')


def test_service_is_given_longer_to_stop_than_requests_get() -> None:
    graceful = Config().graceful_timeout_s
    assert int(unit()["TimeoutStopSec"]) > graceful
    assert int(COMPOSE["zhujiao"]["stop_grace_period"].rstrip("s")) > graceful


def test_proxies_are_told_the_largest_body_and_hide_metrics() -> None:
    kilobytes = Config().max_body_bytes // 1024
    nginx, caddy = ((DEPLOY / n).read_text("utf-8") for n in ("nginx.conf", "Caddyfile"))
    assert f"client_max_body_size {kilobytes}k;" in nginx
    for text in (nginx, caddy):
        assert "/metrics" in text


@needs("systemd-analyze")
def test_unit_is_sound_and_hardened(tmp_path: Path) -> None:
    copy = tmp_path / "zhujiao.service"
    text = (DEPLOY / "zhujiao.service").read_text("utf-8")
    copy.write_text(text.replace("/opt/zhujiao/bin/zhujiao serve", "/bin/true"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout[-300:]


@needs("nginx")
@needs("openssl")
def test_nginx_takes_its_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    subprocess.run(
        [*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = text.replace("/etc/ssl/zhujiao/fullchain.pem", str(certificate))
    text = text.replace("/etc/ssl/zhujiao/privkey.pem", str(key))
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{text}}}\n"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@needs("caddy")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(
        command, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
