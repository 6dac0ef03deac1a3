"""Bytes of a publication file -> text, or one line that says what the file is and how to mend it.

    b"\\xef\\xbb\\xbf\\xe7\\xac\\xac" -> "第"        b"\\xb2\\xc4\\xa4@\\xb3\\xb9" -> ReadError (looks like Big5)

Nothing is guessed: UTF-8 is read, UTF-16 is read when a byte-order mark says so, every other
encoding is named with the `iconv` command that converts it.
"""

from __future__ import annotations

import codecs
from pathlib import Path

MAX_BYTES = 5_000_000
"""Largest file that is read, in bytes; a book of a million Chinese characters is about 3 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODECS = {"Big5": "big5hkscs", "GB18030": "gb18030"}
"""Python's name of the largest repertoire that files of that encoding use."""

_COMMON = {
    "Big5": "的是不在有人我一這為了以國中上來大到個與",
    "GB18030": "的是不在有人我一这为了以国中上来大到个与",
}


class ReadError(Exception):
    """A file cannot be read as a publication; the message is one line and names the cure."""


def decode(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file. Raises ReadError for what is missing, empty, too large, binary or not UTF-8."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ReadError(f"{path}: not a file; name one .txt or .md file")
        if size > max_bytes:
            raise ReadError(
                f"{path}: {size:,} bytes is over the limit of {max_bytes:,}; split it into one file a chapter"
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file; check the name") from None
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}; check the permissions") from None
    return decode_bytes(raw, str(path))


def decode_bytes(raw: bytes, name: str) -> str:
    """Raises ReadError; `name` is what the message calls the file."""
    text = _decoded(raw, name)
    if not text.strip("\ufeff \t\r\n\f\v\u3000"):
        raise ReadError(f"{name}: the file is empty; put the text of the publication into it")
    return text


def _decoded(raw: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise ReadError(
                    f"{name}: damaged {encoding.upper()} text; export it again as UTF-8"
                ) from None
    if b"\0" in raw:
        raise ReadError(_nul_message(raw, name))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(_legacy_message(raw, name, error)) from None


def _nul_message(raw: bytes, name: str) -> str:
    head = raw[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > 0.2 * len(head) / 2 and min(even, odd) * 10 < max(even, odd):
        guess = "UTF-16LE" if odd > even else "UTF-16BE"
        return f"{name}: looks like {guess} without a byte-order mark; {_iconv(guess, name)}"
    return f"{name}: binary, not text; export the publication as plain text or Markdown in UTF-8"


def _legacy_message(raw: bytes, name: str, error: UnicodeDecodeError) -> str:
    guesses = {name_: _likeness(raw, name_) for name_ in _COMMON}
    best = max(guesses, key=lambda guess: guesses[guess])
    if guesses[best] > 0:
        return f"{name}: looks like {best}, not UTF-8; {_iconv(best, name)}"
    line = raw.count(b"\n", 0, error.start) + 1
    return f"{name}: not UTF-8 (line {line}, byte {error.start}); export it again as UTF-8"


def _likeness(raw: bytes, encoding: str) -> float:
    """Share of the commonest characters of the script that uses `encoding`; 0 when it does not decode."""
    head = raw[:65_536]
    try:
        text = head.decode(_CODECS[encoding])
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4 or len(raw) <= len(head):
            return 0.0
        text = head[: error.start].decode(_CODECS[encoding])
    common = sum(text.count(character) for character in _COMMON[encoding])
    return common / max(len(text), 1)


def _iconv(encoding: str, name: str) -> str:
    source = {"Big5": "BIG5-HKSCS"}.get(encoding, encoding)
    return f"convert it: iconv -f {source} -t UTF-8 '{name}' > utf8.txt"
