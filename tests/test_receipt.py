from __future__ import annotations

import base64
import json
import string
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.receipt import LONGEST, Receipt

TEXTS = st.text(max_size=200)


@given(
    TEXTS,
    st.lists(TEXTS, max_size=4).map(tuple),
    st.lists(TEXTS, max_size=3).map(tuple),
    st.sampled_from([None, "zh-Hant", "zh-Hans", "en"]),
)
def test_receipt_gives_back_what_was_asked(
    question: str, history: tuple[str, ...], documents: tuple[str, ...], language: None
) -> None:
    receipt = Receipt(question, history, documents, language)
    encoded = receipt.encode()
    assert set(encoded) <= set(string.ascii_letters + string.digits + "-_")
    assert Receipt.decode(encoded) == receipt


@given(st.text(max_size=100))
def test_any_text_is_a_receipt_or_none(text: str) -> None:
    found = Receipt.decode(text)
    assert found is None or Receipt.decode(found.encode()) == found


@given(st.text("燈塔光", min_size=1), st.integers(0, 200))
def test_cut_receipt_is_none_of_ours(question: str, length: int) -> None:
    encoded = Receipt(question).encode()
    if length < len(encoded):
        assert Receipt.decode(encoded[:length]) is None


def packed(content: object) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("=")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        [],
        {},
        "question",
        ["question", [], []],
        ["question", [], [], "fr"],
        ["question", [], [], 3],
        ["question", "history", [], None],
        ["question", [1], [], None],
        [None, [], [], None],
        ["question", [], {"a": 1}, None],
        ["question", [], [], []],
        b"[" * 60_000,
    ],
)
def test_other_content_is_none_of_ours(content: object) -> None:
    assert Receipt.decode(packed(content)) is None


def test_receipt_that_unpacks_without_end_is_refused() -> None:
    assert Receipt.decode(packed(["a" * (LONGEST + 1), [], [], None])) is None
    assert Receipt.decode(packed(["a" * 5_000_000, [], [], None])) is None


def test_equal_questions_have_equal_receipts() -> None:
    assert (
        Receipt("a", ("b",)).encode()
        == Receipt("a", ("b",)).encode()
        != Receipt("a", (), ("b",)).encode()
    )
