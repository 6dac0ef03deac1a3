"""Settings from the environment: `ZHUJIAO_PORT=8080` -> `Config(port=8080)`.

Every limit of the service is a field here, typed, ranged and described. A name that is no
setting and a value out of range both stop the start with one line that names the cure.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.document import Language
from service.origins import parse_origins

PREFIX = "ZHUJIAO_"


class ConfigError(ValueError):
    """A setting is unknown or out of range; the message is one line naming the cure."""


class Config(BaseSettings):
    """All settings of the service, in the order in which the documentation lists them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    corpus_dir: Annotated[
        Path | None, Field(description="Folder of publications; empty means the one that ships.")
    ] = None
    index_dir: Annotated[Path, Field(description="Folder of the built index.")] = Path("var/index")
    embedding_model: Annotated[
        str,
        Field(
            min_length=1,
            max_length=500,
            description="`bundled`, or a name or folder that sentence-transformers can open.",
        ),
    ] = "bundled"
    model_dir: Annotated[
        Path, Field(description="Folder of the bundled model, made there on first use.")
    ] = Path("var/model")
    encoder_threads: Annotated[
        int, Field(ge=1, le=64, description="Texts embedded at once while an index is built.")
    ] = 2

    host: Annotated[str, Field(min_length=1, description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port to listen on.")] = 8000
    workers: Annotated[int, Field(ge=1, le=64, description="Worker processes.")] = 2
    threads: Annotated[
        int, Field(ge=1, le=1000, description="Threads in each worker: connections served at once.")
    ] = 64
    timeout_s: Annotated[
        int, Field(ge=5, le=600, description="Seconds after which a silent worker is replaced.")
    ] = 60
    graceful_timeout_s: Annotated[
        int, Field(ge=1, le=300, description="Seconds that requests in flight get at a stop.")
    ] = 20
    keepalive_s: Annotated[
        int, Field(ge=1, le=75, description="Seconds an idle connection stays open.")
    ] = 5
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Field(description="Least severe line written to the log."),
    ] = "info"

    max_body_bytes: Annotated[
        int, Field(ge=1024, le=10_485_760, description="Largest request body.")
    ] = 65_536
    max_drained_bytes: Annotated[
        int,
        Field(
            ge=0,
            le=1_073_741_824,
            description="Most bytes of a refused body that are thrown away before the refusal.",
        ),
    ] = 33_554_432
    max_question_characters: Annotated[
        int, Field(ge=1, le=20_000, description="Longest question, in code points.")
    ] = 2_000
    max_history_turns: Annotated[
        int, Field(ge=0, le=100, description="Most earlier questions sent with a follow-up.")
    ] = 20
    max_search_results: Annotated[
        int, Field(ge=1, le=100, description="Largest `k` of a search.")
    ] = 50
    stream_heartbeat_s: Annotated[
        float,
        Field(ge=0.05, le=60, description="Seconds between signs of life on a silent stream."),
    ] = 10.0

    embed_origins: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(parse_origins),
        Field(
            max_length=200,
            description="Sites that may embed the widget and call the interface from their pages: "
            "exact origins with commas between; empty means none.",
        ),
    ] = ()

    default_language: Annotated[
        Language,
        Field(description="Interface language for readers whose browser asks for none of ours."),
    ] = "zh-Hant"


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings found in `environ`; ConfigError when one is unknown or out of range."""
    known = {f"{PREFIX}{name}".upper(): name for name in Config.model_fields}
    given = {
        name.upper(): value for name, value in environ.items() if name.upper().startswith(PREFIX)
    }
    for name in given:
        if name not in known:
            raise ConfigError(f"{name} is not a setting{_nearest(name, known)}")
    try:
        return Config.model_validate({known[name]: value for name, value in given.items()})
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{name}={given[name]!r} cannot be used: {reason}.") from None


def _nearest(name: str, known: Mapping[str, str]) -> str:
    bare = name.removeprefix(PREFIX).lower()
    nearest = get_close_matches(bare, known.values(), n=1, cutoff=0.6)
    if nearest:
        return f"; did you mean {PREFIX}{nearest[0].upper()}?"
    return f"; the settings are {', '.join(known)}."
