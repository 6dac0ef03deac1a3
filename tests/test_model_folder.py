"""What is noticed when a model folder is not what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.model_folder import DIGEST_FILE, ModelError, check_sizes, verify, write_digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "config.json").write_text("{}", "utf-8")
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"graph")
    write_digest(tmp_path, "small-model", 3)
    return tmp_path


def test_digest_lists_every_file_and_names_the_model(folder: Path) -> None:
    digest = verify(folder)
    assert set(digest.files) == {"config.json", "onnx/model.onnx"}
    assert digest.format == 3
    assert digest.identity.startswith("small-model@")


def test_identity_changes_with_content_and_not_with_the_place(folder: Path, tmp_path: Path) -> None:
    before = check_sizes(folder).identity
    moved = folder.rename(tmp_path.with_name("moved"))
    assert check_sizes(moved).identity == before
    (moved / "config.json").write_text("[]", "utf-8")
    write_digest(moved, "small-model", 3)
    assert check_sizes(moved).identity != before


def test_missing_file_and_other_size_are_noticed_at_every_opening(folder: Path) -> None:
    (folder / "onnx" / "model.onnx").write_bytes(b"gra")
    with pytest.raises(
        ModelError, match=r"onnx/model\.onnx has 3 bytes, not 5.*delete that folder"
    ):
        check_sizes(folder)
    (folder / "onnx" / "model.onnx").unlink()
    with pytest.raises(ModelError, match=r"onnx/model\.onnx is missing"):
        check_sizes(folder)


def test_changed_content_of_the_same_size_is_noticed_by_verify(folder: Path) -> None:
    (folder / "onnx" / "model.onnx").write_bytes(b"grapf")
    check_sizes(folder)
    verify(folder, ["config.json"])
    with pytest.raises(ModelError, match=r"onnx/model\.onnx is not what was written"):
        verify(folder)


@pytest.mark.parametrize("content", ["", "[]", '{"model": "m", "format": 1}', '{"files": 3}'])
def test_unreadable_digest_is_one_line_with_a_cure(folder: Path, content: str) -> None:
    (folder / DIGEST_FILE).write_text(content, "utf-8")
    with pytest.raises(
        ModelError, match=r"digest\.json cannot be read.*delete that folder"
    ) as caught:
        check_sizes(folder)
    assert "\n" not in str(caught.value)
