"""Settings from the environment: `ZHUJIAO_PORT=8080` -> `Config(port=8080)`.

Every limit of the service is a field here, typed, ranged and described. A name that is no
setting and a value out of range both stop the start with one line that names the cure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from corpus.document import Language
from service.client_address import parse_proxies
from service.origins import parse_origins
from service.rate_store import check_url

PREFIX = "ZHUJIAO_"
_DATABASE_URL = re.compile(r"(?:[a-z][a-z0-9_]{0,40}(?:\+[a-z0-9_]{1,40})?://\S+)?")
_KEY = re.compile(r"(?:[!-~]{16,200})?")


class ConfigError(ValueError):
    """A setting is unknown, out of range or of no use here; the message is one line naming the cure."""


def _database(url: SecretStr) -> SecretStr:
    if not _DATABASE_URL.fullmatch(url.get_secret_value()):
        raise ValueError(
            "write it as sqlite:///folder/file or postgresql://user:password@host/name"
        )
    return url


def _rate_store(url: SecretStr) -> SecretStr:
    check_url(url.get_secret_value())
    return url


def _key(secret: SecretStr) -> SecretStr:
    if not _KEY.fullmatch(secret.get_secret_value()):
        raise ValueError("16 to 200 letters, digits and signs without spaces are expected")
    return secret


def _listed(given: str | Sequence[object]) -> Sequence[object]:
    if not isinstance(given, str):
        return given
    return [part.strip() for part in given.split(",") if part.strip()]


class Config(BaseModel):
    """All settings of the service, in the order in which the documentation lists them."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

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
    ] = 600
    request_read_s: Annotated[
        float,
        Field(ge=0.2, le=600, description="Seconds within which a request must arrive whole."),
    ] = 15.0
    response_write_s: Annotated[
        float,
        Field(
            ge=0.2,
            le=3600,
            description="Seconds within which a reader must take each piece of a page.",
        ),
    ] = 60.0
    timeout_s: Annotated[
        int, Field(ge=5, le=600, description="Seconds after which a silent worker is replaced.")
    ] = 60
    graceful_timeout_s: Annotated[
        int,
        Field(ge=1, le=300, description="Seconds that requests in flight get to end at a stop."),
    ] = 20
    keepalive_s: Annotated[
        int, Field(ge=1, le=75, description="Seconds an idle connection stays open.")
    ] = 5
    backlog: Annotated[
        int, Field(ge=1, le=65_535, description="Most connections that wait to be accepted.")
    ] = 2048
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
            description="Most bytes of a refused body that are read and thrown away before the refusal.",
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
    max_concurrent_asks: Annotated[
        int, Field(ge=1, le=64, description="Questions and searches a worker works on at once.")
    ] = 2
    max_waiting_asks: Annotated[
        int,
        Field(
            ge=0,
            le=1000,
            description="Questions that wait for their turn in a worker; beyond them, 503.",
        ),
    ] = 16
    max_streams: Annotated[
        int, Field(ge=1, le=1000, description="Answers a worker streams at once; beyond them, 503.")
    ] = 64
    ask_deadline_s: Annotated[
        float,
        Field(
            ge=0.1,
            le=600,
            description="Seconds, waiting included, after which a question is given up.",
        ),
    ] = 10.0
    rate_limit: Annotated[
        int,
        Field(
            ge=0,
            le=1_000_000,
            description="Questions, searches, citations and votes that one client has in `rate_window_s`; "
            "0 is no limit.",
        ),
    ] = 240
    rate_window_s: Annotated[
        int, Field(ge=1, le=86_400, description="Seconds over which a client's requests count.")
    ] = 60
    rate_store: Annotated[
        SecretStr,
        AfterValidator(_rate_store),
        Field(
            description="Where requests are counted: `redis://HOST:PORT/0`, `sqlite:///PATH`; empty means "
            "a temporary file that the workers of this machine share.",
        ),
    ] = SecretStr("")
    trusted_proxies: Annotated[
        tuple[str, ...],
        BeforeValidator(parse_proxies),
        Field(
            max_length=200,
            description="Addresses or networks whose X-Forwarded-For and -Proto are believed, with "
            "commas between; empty means none.",
        ),
    ] = ()
    answers_kept: Annotated[
        int,
        Field(
            ge=0,
            le=100_000,
            description="Answers a worker keeps in memory in case they are asked for again; 0 is off.",
        ),
    ] = 512
    index_check_s: Annotated[
        float,
        Field(ge=0.05, le=3600, description="Seconds between two looks for a new index."),
    ] = 2.0
    stream_heartbeat_s: Annotated[
        float,
        Field(ge=0.05, le=60, description="Seconds between signs of life on a silent stream."),
    ] = 10.0

    embed_origins: Annotated[
        tuple[str, ...],
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

    feedback: Annotated[
        Literal["on", "off"],
        Field(description="Whether readers are asked if an answer helped, and their votes stored."),
    ] = "on"
    question_log: Annotated[
        Literal["on", "off"],
        Field(description="Whether every question is stored: outcome, language, time; no text."),
    ] = "on"
    keep_questions: Annotated[
        Literal["on", "off"],
        Field(description="Whether the text of questions is stored with them and with votes."),
    ] = "off"
    retention_days: Annotated[
        int, Field(ge=1, le=36_500, description="Days after which votes and questions are deleted.")
    ] = 365
    max_comment_characters: Annotated[
        int, Field(ge=0, le=10_000, description="Longest comment on a vote, in code points.")
    ] = 1_000
    question_log_queue: Annotated[
        int,
        Field(
            ge=1,
            le=100_000,
            description="Questions a worker holds while the database is slow; those beyond "
            "are not stored, only counted in a metric.",
        ),
    ] = 1_000
    database_url: Annotated[
        SecretStr,
        AfterValidator(_database),
        Field(
            description="Where votes and questions are stored, as an SQLAlchemy URL: "
            "`postgresql://user:password@host/name`; empty means the SQLite file "
            "`var/zhujiao.sqlite3`.",
        ),
    ] = SecretStr("")
    database_timeout_s: Annotated[
        float,
        Field(ge=0.1, le=60, description="Seconds to wait for a busy or silent database."),
    ] = 2.0
    database_max_mb: Annotated[
        int, Field(ge=1, le=1_048_576, description="Most megabytes that the SQLite file may take.")
    ] = 1_024
    question_key: Annotated[
        SecretStr,
        AfterValidator(_key),
        Field(
            description="Key under which questions are told apart without their text, 16 letters "
            "or more; empty means a random one that the database holds.",
        ),
    ] = SecretStr("")

    metrics_networks: Annotated[
        tuple[IPv4Network | IPv6Network, ...],
        BeforeValidator(_listed),
        Field(
            max_length=100,
            description="Networks that may read `/metrics`, but not through a proxy, with commas between: "
            "`127.0.0.1, 10.0.0.0/8`; empty means none.",
        ),
    ] = ()
    metrics_token: Annotated[
        SecretStr,
        AfterValidator(_key),
        Field(
            description="Bearer token that opens `/metrics`, 16 letters or more; empty means none. "
            "Without network and token there are no metrics.",
        ),
    ] = SecretStr("")

    @property
    def metered(self) -> bool:
        """Whether anybody may read metrics, so that they are worth counting."""
        return bool(self.metrics_networks or self.metrics_token.get_secret_value())

    @property
    def stores(self) -> bool:
        """Whether anything at all is written into the database."""
        return "on" in (self.feedback, self.question_log)


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings found in `environ`; ConfigError when one is unknown or out of range.

    An empty value means the default, so that an operator's template can leave a setting blank.
    """
    known = {f"{PREFIX}{name}".upper(): name for name in Config.model_fields}
    given = {
        name.upper(): value for name, value in environ.items() if name.upper().startswith(PREFIX)
    }
    for name in given:
        if name not in known:
            raise ConfigError(f"{name} is not a setting{_nearest(name, known)}")
    try:
        return Config.model_validate({known[name]: value for name, value in given.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        reason = first["msg"].removeprefix("Value error, ")
        secret = Config.model_fields[str(first["loc"][0])].annotation is SecretStr
        shown = name if secret else f"{name}={given[name]!r}"
        raise ConfigError(f"{shown} cannot be used: {reason}.") from None


def _nearest(name: str, known: Mapping[str, str]) -> str:
    bare = name.removeprefix(PREFIX).lower()
    nearest = get_close_matches(bare, known.values(), n=1, cutoff=0.6)
    if nearest:
        return f"; did you mean {PREFIX}{nearest[0].upper()}?"
    return f"; the settings are {', '.join(known)}."
