"""A publication of three paragraphs and three notes that a reader can hold in the head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from corpus.document import (
    Author,
    BackReference,
    Document,
    Footnote,
    Language,
    Metadata,
    NoteRef,
    Paragraph,
    Resolved,
    Section,
    Sentence,
    Span,
    Work,
)
from index.build import index_documents
from index.search import PassageIndex
from service.app import create_app
from service.config import Config
from service.library import Library
from tests.hashing_embedder import HashingEmbedder

P1 = ("夜間開放的圖書館使高中生有處可去。", "館員稱之為「第二張書桌」（second desk）。")
P2 = ("Night opening raised visits by 17%, *not* loans.", "The effect faded far from stations.")
P3 = ("鄰市的經驗則不同，夜裡的讀者以上班族為主。",)
TEXT = f"壹、緣起\n{''.join(P1)}\n貳、發現\n{' '.join(P2)}\n{P3[0]}\n"
NIGHT = {
    "type": "article-journal",
    "title": "Night Libraries",
    "author": [{"family": "Lin", "given": "An"}, {"family": "Roe", "given": "David"}],
    "container-title": "City Review",
    "issued": {"date-parts": [[2021]]},
}
URL = "https://example.org/night_(a)"
FIRST = f"An Lin and David Roe, “Night Libraries,” *City Review*, 2021, pp. 5-9, <{URL}>."
SUGGESTIONS: Mapping[Language, tuple[str, ...]] = {
    "zh-Hant": ("夜間開放的圖書館有何作用？", "何謂「第二張書桌」？", "鄰市的經驗如何？"),
    "zh-Hans": ("夜间开放的图书馆有何作用？", "邻市的经验如何？", "夜里的读者以谁为主？"),
    "en": ("Did night opening raise visits?", "What is the second desk?", "Did the effect fade?"),
}


def tiny_document(document_id: str = "tiny") -> Document:
    """Two sections, five sentences; note 1 is cited twice, note 2 is a Supra, note 3 an Ibid."""
    author = Author("林安", "夜間研究所")
    about = Metadata(document_id, "社區的夜晚", (author,), "zh-Hant", issued="2021")
    paragraphs = {"p1": P1, "p2": P2, "p3": P3}
    return Document(
        replace(about, suggestions=SUGGESTIONS),
        TEXT,
        (_section("壹", "緣起", P1[-1]), _section("貳", "發現", P3[-1])),
        tuple(
            Paragraph(i, "壹" if i == "p1" else "貳", Span(_span(p[0]).start, _span(p[-1]).end))
            for i, p in paragraphs.items()
        ),
        tuple(Sentence(i, _span(s)) for i, p in paragraphs.items() for s in p),
        (
            NoteRef("1", "1", _span(P1[0]).end, _span(P1[0])),
            NoteRef("2", "2", _span(P1[1]).end, _span(P1[1])),
            NoteRef("3", "3", _span(P2[0]).end, _span(P2[0])),
            NoteRef("1", "1", _span("鄰市的經驗則不同").end, _span(P3[0])),
        ),
        _footnotes(),
    )


def _span(slice_of_text: str) -> Span:
    start = TEXT.index(slice_of_text)
    return Span(start, start + len(slice_of_text))


def _section(label: str, title: str, last: str) -> Section:
    heading = _span(f"{label}、{title}")
    return Section(label, label, title, 1, Span(heading.start, _span(last).end), heading)


def _footnotes() -> tuple[Footnote, ...]:
    supra = BackReference("supra", "1", 0, "p. 7", Resolved("1", 0, "p. 7"), ("2", "1"))
    ibid = BackReference("ibid", "2", 0, "p. 8", Resolved("1", 0, "p. 8"), ("3", "2", "1"))
    return (
        Footnote("1", "1", FIRST, "source", 5, (), (Work(NIGHT, Span(0, 62)),), (URL,)),
        Footnote("2", "2", "Lin and Roe, *Supra* note 1, p. 7.", "supra", 6, (supra,)),
        Footnote("3", "3", "*Ibid.*, p. 8.", "ibid", 9, (ibid,)),
    )


@cache
def tiny_library(document_ids: tuple[str, ...] = ("tiny", "twin")) -> Library:
    """The real library over the tiny publication and its twins; only the model is a stand-in."""
    embedder = HashingEmbedder()
    stored = index_documents([tiny_document(i) for i in document_ids], embedder)
    return Library(PassageIndex(stored, embedder, "tiny-1"))


class _CompiledOnce(BytecodeCache):
    """Templates compiled for one application serve the next: that takes longer than most tests."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _CompiledOnce()


def application(config: Config | None, library: Library) -> Flask:
    """The application over `library`; without `config`, with the settings of the environment."""
    app = create_app(config, library)
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def tiny_app() -> Flask:
    """The application over the tiny library, with the settings of the environment."""
    return application(None, tiny_library())


def tiny_client(library: Library | None = None, **settings: object) -> FlaskClient:
    """A client of an application of its own over the tiny library, with the default settings."""
    config = Config.model_validate({"rate_limit": 0, **settings})
    return application(config, library or tiny_library()).test_client()


@cache
def shared_client(**settings: object) -> FlaskClient:
    """`tiny_client(**settings)`, the same one for every test: for those that leave nothing behind."""
    return tiny_client(None, **settings)
