"""Is everything in place? Each check says what it found, and the cure where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corpus.decode import ReadError
from corpus.read import read_corpus
from index import store
from index.bundled import compare_with_engine, ensure_model
from index.embed import BUNDLED, open_embedder
from index.model_folder import ModelError, verify
from service.config import Config
from service.database_errors import DatabaseError
from service.library import corpus_folder
from service.rate_store import REDIS, StoreError, open_store
from service.recorder import open_journal

LEAST_COSINE = 0.99
"""How near the converted model's vectors must be to those of the package's own engine."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found; `message` names the cure where it is not sound."""

    name: str
    sound: bool
    message: str


_FAULTS = (ModelError, ReadError, store.IndexDamagedError, DatabaseError, StoreError, OSError)


def examine(config: Config) -> Iterator[Check]:
    """Model, corpus, index, database and rate limit of a configuration, one check after the other."""
    for name in _CHECKS:
        yield examine_one(name, config)


def examine_one(name: str, config: Config) -> Check:
    """One of `model`, `corpus`, `index`, `database` and `rate limit`."""
    try:
        return Check(name, True, _CHECKS[name](config))
    except _FAULTS as error:
        return Check(name, False, " ".join(str(error).split()))


def _model(config: Config) -> str:
    embedder = open_embedder(config.embedding_model, config.model_dir)
    if config.embedding_model != BUNDLED:
        return f"{embedder.name} opens"
    folder = ensure_model(config.model_dir)
    verify(folder)
    cosine = compare_with_engine(folder)
    if cosine < LEAST_COSINE:
        raise ModelError(
            f"cosine to the package's engine is {cosine:.4f}, below {LEAST_COSINE}; delete {folder} and run `zhujiao build`"
        )
    return f"{embedder.name} is whole; least cosine to the package's engine {cosine:.4f}"


def _corpus(config: Config) -> str:
    documents = read_corpus(corpus_folder(config))
    errors = sum(f.severity == "error" for d in documents for f in d.findings)
    return f"{len(documents)} publications, {errors} errors in their notes" + (
        "; see `zhujiao check`" if errors else ""
    )


def _index(config: Config) -> str:
    manifest = store.verify(store.current(config.index_dir))
    embedder = open_embedder(config.embedding_model, config.model_dir)
    if manifest.embedder != embedder.name:
        raise store.IndexDamagedError(
            f"built with {manifest.embedder}, the setting says {embedder.name}; run `zhujiao build`"
        )
    indexed = sorted(manifest.documents)
    present = sorted(d.id for d in read_corpus(corpus_folder(config)))
    if indexed != present:
        raise store.IndexDamagedError(
            f"holds {', '.join(indexed)}, the corpus {', '.join(present)}; run `zhujiao build`"
        )
    return f"{manifest.version} is whole: {', '.join(indexed)}"


def _database(config: Config) -> str:
    """Where votes and questions go; a file that is not there yet is not made."""
    journal = open_journal(config)
    if journal is None:
        return "nothing is stored: ZHUJIAO_FEEDBACK and ZHUJIAO_QUESTION_LOG are off"
    if not journal.exists():
        return f"{journal.place} will be made at the next start of the service"
    votes, questions = journal.counts()
    return f"{journal.place} holds {votes} votes and {questions} questions"


def _rates(config: Config) -> str:
    """Where a client's requests are counted; the store that a setting names is reached, and counts nothing."""
    if not config.rate_limit:
        return "no limit: ZHUJIAO_RATE_LIMIT is 0"
    url = config.rate_store.get_secret_value()
    place = "a temporary file that the service makes at its start"
    if url:
        place = "Redis" if url.startswith(REDIS) else "a file that the workers share"
        try:
            open_store(url).ping()
        except StoreError as error:
            kind = type(error.__cause__).__name__
            raise StoreError(f"cannot be reached ({kind}); check ZHUJIAO_RATE_STORE") from None
    return f"{config.rate_limit} requests in {config.rate_window_s} s, counted in {place}"


_CHECKS: Mapping[str, Callable[[Config], str]] = {
    "model": _model,
    "corpus": _corpus,
    "index": _index,
    "database": _database,
    "rate limit": _rates,
}
