from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.decode import ReadError
from corpus.document import Document
from index.build import index_documents
from index.search import PassageIndex
from index.store import IndexDamagedError
from service.answer import Answer
from service.config import Config
from service.library import Library, build_index, corpus_folder, open_library
from service.receipt import Receipt
from tests.conftest import MODEL, TINY_CORPUS
from tests.hashing_embedder import HashingEmbedder


@pytest.fixture(scope="module")
def tiny(tiny_index: PassageIndex) -> Library:
    return Library(tiny_index)


def timeless(answer: Answer) -> Answer:
    return replace(answer, took_ms=0)


def replayed(library: Library, answer_id: str) -> Answer:
    asked = Receipt.decode(answer_id)
    assert asked is not None
    return library.ask(asked.question, asked.history, asked.documents, asked.language)


def test_library_knows_its_publications(tiny: Library, tiny_index: PassageIndex) -> None:
    assert [d.id for d in tiny.documents()] == ["bakery-en", "bees-hans", "lighthouse-hant"]
    assert tiny.document("bees-hans").metadata.title == "石桥镇的养蜂人"
    assert tiny.index_version == tiny_index.version
    with pytest.raises(KeyError):
        tiny.document("nowhere")


@pytest.mark.parametrize(
    ("question", "history", "documents", "language"),
    [
        ("燈塔為什麼每二十秒閃一次？", (), (), None),
        ("How long did it last?", ("When did the bakers go on strike?",), (), None),
        ("note 2", (), ("bees-hans", "bakery-en"), None),
        ("how do I reset my password", (), (), "zh-Hans"),
    ],
)
def test_answers_id_replays_the_answer(
    question: str,
    history: Sequence[str],
    documents: Sequence[str],
    language: None,
    tiny: Library,
    tiny_corpus: Sequence[Document],
) -> None:
    answer = tiny.ask(question, history, documents, language)
    assert timeless(replayed(tiny, answer.id)) == timeless(answer)
    rebuilt = PassageIndex(
        index_documents(tiny_corpus, HashingEmbedder()), HashingEmbedder(), tiny.index_version
    )
    assert timeless(replayed(Library(rebuilt), answer.id)) == timeless(answer)


def test_suggested_questions_are_answered(tiny: Library) -> None:
    found = tiny.suggestions("zh-Hant")
    assert found
    assert all(tiny.ask(question).answered for question in found)
    with pytest.raises(KeyError):
        tiny.suggestions("zh-Hant", ["bees-hans", "nowhere"])


def test_search_is_limited_to_the_publications_asked_for(tiny: Library) -> None:
    hits = tiny.search("燈塔", k=4, documents=["lighthouse-hant"])
    assert len(hits) == 4
    assert {h.chunk.document_id for h in hits} == {"lighthouse-hant"}


def test_corpus_is_the_one_that_ships_unless_another_is_set(tmp_path: Path) -> None:
    assert (corpus_folder(Config()) / "indsr-2025-01.txt").is_file()
    assert corpus_folder(Config(corpus_dir=tmp_path)) == tmp_path


def test_missing_corpus_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such folder; create it"):
        build_index(Config(corpus_dir=tmp_path / "nowhere", index_dir=tmp_path / "index"))
    assert list(tmp_path.iterdir()) == []


def test_glossary_that_cannot_be_read_is_named_before_anything_is_written(tmp_path: Path) -> None:
    corpus = tmp_path / "texts"
    corpus.mkdir()
    (corpus / "one.txt").write_text("光。", "utf-8")
    (corpus / "glossary.toml").write_text("groups = 1", "utf-8")
    with pytest.raises(ReadError, match=r"^glossary\.toml: write groups"):
        build_index(Config(corpus_dir=corpus, index_dir=tmp_path / "index"))
    assert not (tmp_path / "index").exists()


@pytest.mark.model
def test_library_is_built_opened_and_refused_when_damaged(tmp_path: Path) -> None:
    config = Config(corpus_dir=TINY_CORPUS, index_dir=tmp_path / "index", model_dir=MODEL)
    with pytest.raises(FileNotFoundError, match="run `zhujiao build`"):
        open_library(config)
    report = build_index(config)
    opened = open_library(config)
    assert opened.index_version == report.manifest.version
    assert opened.ask("為什麼燈塔每二十秒閃一次？").answered
    path = tmp_path / "index" / report.manifest.version / "documents.json"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError, match="run `zhujiao build`"):
        open_library(config)
