"""F16: files that no editor would hand in are refused in one line or read, in time that grows with their size."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from corpus.read import ReadError, read_corpus, read_document, read_text
from tests.poisoned import CLEAN

MANY = 10_000


def placed(folder: Path, name: str, content: bytes = CLEAN.encode()) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x00" * 100, "binary"),
        (CLEAN.encode() + b"\x00", "binary"),
        (b"PK\x03\x04" + b"\x00" * 500, "binary"),
        (CLEAN.encode("utf-16-le"), "UTF-16LE"),
        (CLEAN.encode("gb18030"), "GB18030"),
        (CLEAN.encode("big5", "replace"), "Big5"),
        (b"\xff\xfe" + b"\x00\xd8" * 9, "UTF-16"),
        (CLEAN.encode()[:-1] + b"\xe8", "not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_utf_8_text_is_refused_in_one_line(
    content: bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ReadError, match=said) as raised:
        read_document(placed(tmp_path, "x.txt", content))
    assert "\n" not in str(raised.value)


def test_hundred_megabytes_in_one_line_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    started = time.process_time()
    with pytest.raises(ReadError, match="split it"):
        read_document(path)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_missing_last_one_change_nothing(end: str) -> None:
    plain = read_text(CLEAN, "x", markdown=False)
    other = read_text(CLEAN.replace("\n", end).rstrip(), "x", markdown=False)
    assert (other.text, other.footnotes) == (plain.text, plain.footnotes)


@pytest.mark.parametrize(
    "name",
    ["..txt", "a\u202eb.txt", "a\nb.txt", "a\x1b[31m.txt", os.fsdecode(b"a\xff.txt"), "a/b.txt"],
)
def test_name_that_cannot_be_an_address_is_refused(name: str, tmp_path: Path) -> None:
    if "/" in name:
        name = name.replace("/", "\u200b")
    placed(tmp_path, name)
    with pytest.raises(ReadError, match="rename it") as raised:
        read_corpus(tmp_path)
    assert str(raised.value).isprintable()


def test_link_out_of_the_folder_is_refused_and_one_within_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (folder / "..data").mkdir(parents=True)
    placed(folder / "..data", "one.txt")
    (folder / "one.txt").symlink_to("..data/one.txt")
    assert [d.id for d in read_corpus(folder)] == ["one"]
    outside = placed(tmp_path, "secret.txt")
    (folder / "two.txt").symlink_to(outside)
    with pytest.raises(ReadError, match="copy the file into the folder"):
        read_corpus(folder)


@pytest.mark.parametrize(
    "sidecar", [b"\xff", b"title = ", b"title = " + b"[" * 9000, b"a = 1\na = 2"], ids=range(4)
)
def test_broken_sidecar_is_refused_in_one_line(sidecar: bytes, tmp_path: Path) -> None:
    path = placed(tmp_path, "x.txt")
    placed(tmp_path, "x.toml", sidecar)
    with pytest.raises(ReadError, match="not TOML") as raised:
        read_document(path)
    assert "\n" not in str(raised.value)


@pytest.mark.slow
def test_time_grows_with_the_number_of_notes() -> None:
    """A tenth of the notes takes at least a twelfth of the time, with room for a busy machine."""
    taken = []
    for count in (MANY // 10, MANY):
        marks = "\n\n".join(f"第{n}段在此。[^k{n}]" for n in range(1, count + 1))
        notes = "\n".join(f"[^k{n}]: 林安，《書》，2019年，頁{n}。\n" for n in range(1, count + 1))
        started = time.process_time()
        document = read_text(f"# 前言\n\n{marks}\n\n{notes}\n", "x", markdown=True)
        taken.append(time.process_time() - started)
        assert len(document.footnotes) == count
    assert taken[1] < 20 * taken[0]


def test_back_references_in_a_circle_end() -> None:
    text = CLEAN.replace("林安，〈燈塔〉，《海港》，2019年，頁3。", "同註2，頁1。")
    document = read_text(text, "x", markdown=False)
    assert [r.resolved for note in document.footnotes for r in note.back_references] == [None, None]
