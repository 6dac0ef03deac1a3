from __future__ import annotations

import gc
import logging
import os
import shutil
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index import store
from index.query import Lexicon
from index.search import PassageIndex
from service import current_library
from service.app import create_app
from service.config import Config
from service.errors import RequestError
from service.hot_reload import LiveLibrary
from service.library import Library
from service.logs import start_logging
from tests.hashing_embedder import HashingEmbedder
from tests.tiny import tiny_library

EMBEDDER = HashingEmbedder()
PATIENCE_S = 60


@pytest.fixture
def root(tiny_root: Path, tmp_path: Path) -> Path:
    """An index that a test may damage."""
    return Path(shutil.copytree(tiny_root, tmp_path / "index"))


def build_another(root: Path, **changes: object) -> str:
    """Publish an index with the same publications and another lexicon; its version."""
    stored = replace(store.read(root)[1], **changes or {"lexicon": Lexicon()})  # type: ignore[arg-type]
    return store.write(root, stored, EMBEDDER.name, EMBEDDER.dimension, lambda _: None).version


def live(root: Path, check_s: float = 0.05) -> LiveLibrary:
    return LiveLibrary(root, lambda: Library(PassageIndex.open(root, EMBEDDER)), check_s)


def damage(root: Path) -> None:
    path = store.current(root) / "notes.json"
    path.write_bytes(path.read_bytes()[:-1] + b" ")


def client(source: LiveLibrary) -> FlaskClient:
    app = create_app(Config(answers_kept=0), tiny_library())
    app.extensions[current_library.EXTENSION] = source
    return app.test_client()


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_new_index_is_taken_and_the_same_one_is_not_loaded_again(root: Path) -> None:
    source = live(root)
    assert source.refresh()
    first = source.library()
    assert not source.refresh()
    assert source.library() is first
    version = build_another(root)
    assert source.refresh()
    assert source.library().index_version == version != first.index_version
    assert source.failure is None


def test_request_keeps_the_library_it_began_with(root: Path) -> None:
    source = live(root)
    source.refresh()
    app = client(source).application
    with app.test_request_context("/"):
        before = current_library.library()
        build_another(root)
        source.refresh()
        assert current_library.library() is before
    with app.test_request_context("/"):
        assert current_library.library() is not before


def test_library_that_is_replaced_is_freed(root: Path) -> None:
    source = live(root)
    source.refresh()
    old = weakref.ref(source.library())
    build_another(root)
    source.refresh()
    gc.collect()
    assert old() is None


def test_index_without_room_beside_the_old_one_is_refused_and_the_first_one_ends_the_start(
    root: Path,
) -> None:
    """F23."""
    room = [True, False]

    def opened() -> Library:
        if not room.pop(0):
            raise MemoryError
        return Library(PassageIndex.open(root, EMBEDDER))

    source = LiveLibrary(root, opened, 60)
    assert source.refresh()
    first = source.library()
    build_another(root)
    assert not source.refresh()
    assert source.library() is first
    assert "restart with more" in str(source.failure)
    assert not source.refresh(), "it is not tried again before its time"
    room.append(False)
    with pytest.raises(MemoryError):
        LiveLibrary(root, opened, 60).refresh()


def test_damaged_new_index_leaves_the_old_one_in_use_and_says_so(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = live(root)
    source.refresh()
    reader = client(source)
    before = reader.get("/readyz").get_json()
    assert "reload_failed" not in before
    build_another(root)
    damage(root)
    start_logging("error")
    logging.getLogger("zhujiao").propagate = True
    with caplog.at_level(logging.ERROR, "zhujiao"):
        assert not source.refresh()
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "notes.json" in record.fields["message"]  # type: ignore[attr-defined]
    after = reader.get("/readyz").get_json()
    assert "zhujiao build" in after.pop("reload_failed")
    assert after == before
    assert reader.post("/api/v1/ask", json={"question": "ovens"}).status_code == 200


def test_index_refused_is_not_read_again_at_every_look(root: Path) -> None:
    opened: list[None] = []

    def open_library() -> Library:
        opened.append(None)
        return Library(PassageIndex.open(root, EMBEDDER))

    damage(root)
    source = LiveLibrary(root, open_library, check_s=30)
    for _ in range(3):
        source.refresh()
    assert len(opened) == 1


def test_good_index_after_a_damaged_one_is_taken_at_the_next_look(root: Path) -> None:
    stored = store.read(root)[1]
    damage(root)
    source = live(root, check_s=30)
    assert not source.refresh()
    store.write(root, stored, EMBEDDER.name, EMBEDDER.dimension, lambda _: None)
    assert source.refresh()
    assert source.failure is None


@pytest.mark.parametrize("fault", [shutil.rmtree, damage], ids=["missing", "damaged"])
def test_without_a_sound_index_nothing_is_answered_and_the_cure_is_named(
    fault: Callable[[Path], None], root: Path
) -> None:
    fault(root)
    source = live(root)
    source.refresh()
    reader = client(source)
    responses = [
        reader.get("/readyz"),
        reader.post("/api/v1/ask", json={"question": "ovens"}),
        reader.get("/api/v1/documents"),
        reader.get("/api/v1/search?q=ovens"),
        reader.get("/"),
    ]
    for response in responses:
        assert response.status_code == 503
        error = response.get_json()["error"]
        assert error["code"] == "index_unavailable"
        assert "zhujiao build" in error["message"]
        assert "\n" not in error["message"]
        assert str(root) not in response.text
        assert int(response.headers["Retry-After"]) > 0
    assert reader.get("/healthz").status_code == 200


def test_index_lost_while_serving_changes_no_answer(root: Path) -> None:
    source = live(root)
    source.refresh()
    reader = client(source)

    def answer() -> dict[str, object]:
        given = reader.post("/api/v1/ask", json={"question": "who built the ovens"}).get_json()
        return {**given, "took_ms": 0}

    before = answer()
    for path in store.current(root).iterdir():
        if path.is_file():
            os.truncate(path, 0)
    source.refresh()
    assert answer() == before
    shutil.rmtree(root)
    source.refresh()
    assert answer() == before
    assert "reload_failed" in reader.get("/readyz").get_json()


def test_watch_takes_each_new_index_by_itself(root: Path) -> None:
    source = live(root)
    source.refresh()
    source.watch()
    second = build_another(root)
    wait_until(lambda: source.library().index_version == second)
    third = build_another(root, notes=())
    wait_until(lambda: source.library().index_version == third)


def test_library_is_not_to_be_had_before_an_index_is_loaded(root: Path) -> None:
    with pytest.raises(RequestError, match="no index"):
        live(root).library()
