"""Gold rows as people write them: read whole, or refused in one line that names the place and the cure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Language
from service.gold import GoldError, GoldRow, core_sentences, read_gold

ROW: Mapping[str, Any] = {"id": "1", "question": "誰設計", "lang": "zh-Hant", "answerable": True}
TURNS = [{"question": "how often?"}, {"question": "and why?", "footnotes": [8]}]


def write(path: Path, *rows: Mapping[str, Any] | str) -> Path:
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8"
    )
    return path


def read(folder: Path, *rows: Mapping[str, Any] | str) -> list[GoldRow]:
    return read_gold(write(folder / "gold.jsonl", *rows))


def test_gold_is_read_line_by_line(tmp_path: Path) -> None:
    named, unnamed = read(tmp_path, ROW, "", {k: v for k, v in ROW.items() if k != "id"})
    assert named == GoldRow.model_validate(ROW)
    assert unnamed.id == "gold.jsonl line 3"


def test_row_is_parted_from_the_next_by_a_newline_alone(tmp_path: Path) -> None:
    row = json.dumps({**ROW, "question": "one\u2028two\x85three"}, ensure_ascii=False)
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + row.encode() + b"\r\n" + row.encode())
    assert [found.question for found in read_gold(path)] == ["one\u2028two\x85three"] * 2


def test_notes_are_text_however_they_are_written_and_null_is_none(tmp_path: Path) -> None:
    said = {"footnotes": [1, "2", "3-1"], "must_include": None, "kind": None, "id": None}
    (row,) = read(tmp_path, {**ROW, **said})
    assert row.footnotes == ("1", "2", "3-1")
    assert (row.must_include, row.kind, row.id) == ((), "other", "gold.jsonl line 1")


def test_last_turn_is_asked_and_names_the_evidence_that_the_row_does_not(tmp_path: Path) -> None:
    conversation = {"lang": "en", "answerable": True, "turns": TURNS}
    short, full = read(tmp_path, conversation, {**ROW, "turns": TURNS, "footnotes": [9]})
    for row in (short, full):
        assert (row.asked, row.history) == ("and why?", ["how often?"])
    assert short.question == "and why?"
    assert (short.footnotes, full.footnotes) == (("8",), ("9",))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "Invalid JSON"),
        ("[" * 100_000, "Invalid JSON"),
        ("[]", "object"),
        ("3", "object"),
        ("null", "object"),
        ('{"question": "q"}', "lang: Field required"),
        ('{"question": "q", "lang": "en"}', "answerable: Field required"),
        ('{"lang": "en", "answerable": true}', "question: Field required"),
        ('{"lang": "en", "answerable": true, "turns": [3]}', "question: Field required"),
        ('{"question": "q", "lang": "en", "answerable": true, "turns": [3]}', "turns.0: "),
        ('{"question": "q", "lang": "en", "answerable": true, "must_include": "x"}', "must_include: "),
        ('{"question": "q", "lang": "en", "answerable": true, "core_sentence_ids": ["97"]}', "core_sentence_ids.0: "),
        ('{"question": "q", "lang": "en", "answerable": "perhaps"}', "answerable: "),
    ],
)  # fmt: skip
def test_line_that_is_no_gold_row_is_named_with_the_cure(
    line: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(GoldError, match=r"^gold\.jsonl line 2: .*; a gold row is ") as raised:
        read(tmp_path, ROW, line)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_file_without_rows_or_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold rows"):
        read(tmp_path, "", "")
    (tmp_path / "gold.jsonl").write_bytes("誰".encode("big5"))
    with pytest.raises(GoldError, match="save it as UTF-8"):
        read_gold(tmp_path / "gold.jsonl")


def test_sentences_are_counted_from_one_in_the_document_named(
    tiny_corpus: Sequence[Document],
) -> None:
    document = tiny_corpus[2]
    first, last = (document.sentences[i].span.of(document.text) for i in (0, -1))
    count = len(document.sentences)
    row = GoldRow.model_validate(
        {**ROW, "document": document.id, "core_sentence_ids": ["S001", f"S{count}"]}
    )
    assert core_sentences(row, tiny_corpus) == [first, last]
    for beyond in ("S000", f"S{count + 1}"):
        wrong = row.model_copy(update={"core_sentence_ids": (beyond,)})
        with pytest.raises(GoldError, match=f"^1: {document.id} has no sentence {beyond}"):
            core_sentences(wrong, tiny_corpus)


def test_verbatim_alternative_is_evidence_as_a_numbered_one_is() -> None:
    row = GoldRow.model_validate(
        {**ROW, "core_sentences": ["Tea is brewed."], "alternative_sentences": ["They brew tea."]}
    )
    assert core_sentences(row, ()) == ("Tea is brewed.", "They brew tea.")


def test_document_is_found_by_the_answer_where_none_is_named(
    tiny_corpus: Sequence[Document],
) -> None:
    document = tiny_corpus[2]
    answer = document.sentences[1].span.of(document.text)
    row = GoldRow.model_validate({**ROW, "core_sentence_ids": ["S2"], "answer_sentences": [answer]})
    assert core_sentences(row, tiny_corpus) == [answer]
    elsewhere = row.model_copy(
        update={"document": "elsewhere", "answer_sentences": ("not in any text",)}
    )
    with pytest.raises(GoldError, match="build the corpus it belongs to"):
        core_sentences(elsewhere, tiny_corpus)


def test_languages_of_the_gold_are_ours() -> None:
    ours: tuple[Language, ...] = ("zh-Hant", "zh-Hans", "en")
    for path in (Path(__file__).parent / "quality").glob("*.jsonl"):
        assert {row.lang for row in read_gold(path)} <= set(ours)
