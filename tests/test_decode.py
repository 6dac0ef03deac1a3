"""Every file that is no publication is refused with one line that names the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.decode import ReadError, decode, decode_bytes

CHINESE = (
    "印太地區的小多邊主義是在國際關係中的一種合作，也是為了在這個時代以最少的國家解決問題。\n" * 4
)
SIMPLIFIED = (
    "印太地区的小多边主义是在国际关系中的一种合作，也是为了在这个时代以最少的国家解决问题。\n" * 4
)


def refusal(raw: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        decode_bytes(raw, "a.txt")
    return str(caught.value)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b" \r\n\f \n", "empty"),
        ("\ufeff\u3000\n".encode(), "empty"),
        (b"\x7fELF\x02\x01\x00\x00\x00\x10\xff\xfe\x03abc", "binary"),
        (CHINESE.encode("big5"), "looks like Big5, not UTF-8; convert it: iconv -f BIG5"),
        (SIMPLIFIED.encode("gb18030"), "looks like GB18030, not UTF-8; convert it: iconv -f GB18030"),
        ("The harbour.\n".encode("utf-16-le"), "UTF-16LE without a byte-order mark; convert it: iconv"),
        ("The harbour.\n".encode("utf-16-be"), "UTF-16BE without a byte-order mark; convert it: iconv"),
        (b"first\nplain \xe9t\xe9 text\n", "line 2"),
        (b"\xff\xfea", "damaged UTF-16"),
    ],
)  # fmt: skip
def test_unreadable_bytes_are_named_with_the_cure(raw: bytes, says: str) -> None:
    message = refusal(raw)
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_are_read(encoding: str) -> None:
    assert decode_bytes(CHINESE.encode(encoding), "a.txt") == CHINESE


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        decode(tmp_path / "none.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not a file"):
        decode(tmp_path)


def test_a_file_is_read_up_to_the_limit_and_refused_above_it(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 1000)
    assert len(decode(path, max_bytes=1000)) == 1000
    with pytest.raises(ReadError, match="1,000 bytes is over the limit of 999; split"):
        decode(path, max_bytes=999)


def test_a_line_of_20_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    with pytest.raises(ReadError, match="20,000,000 bytes is over the limit of 5,000,000"):
        decode(path)
