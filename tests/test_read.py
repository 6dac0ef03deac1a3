"""The recipe on files and folders: sidecars, refusals, and the default publication whole."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Author, Document
from corpus.read import ReadError, read_corpus, read_document, read_text

TEXTS = Path(__file__).parent.parent / "corpus" / "texts"
SMALL = "壹、前言\n\n海島共用一條水管。¹\n\n1 王守仁，《水》，2001 年，頁 3。\n"


@pytest.fixture(scope="module")
def chapter() -> Document:
    return read_document(TEXTS / "indsr-2025-01.txt")


def test_the_chapter_has_its_sections_paragraphs_sentences_notes_and_marks(
    chapter: Document,
) -> None:
    numbered = [note for note in chapter.footnotes if note.kind != "author"]
    counts = [
        len(part)
        for part in (
            chapter.sections,
            chapter.paragraphs,
            chapter.sentences,
            numbered,
            chapter.noterefs,
        )
    ]
    assert counts == [10, 34, 167, 62, 62]


def test_a_sentence_cut_by_a_page_of_notes_is_whole_and_carries_its_note(chapter: Document) -> None:
    sentence = next(r.sentence for r in chapter.noterefs if r.footnote_id == "3")
    assert sentence.of(chapter.text).endswith("分散對中風險並強化友盟關係的策略。")


def test_offsets_lead_back_to_the_lines_of_the_file(chapter: Document) -> None:
    cut = chapter.text.index("強化友盟關係的策略")
    assert [chapter.line_map.line_of(cut), chapter.line_map.line_of(cut + len("強化友盟關"))] == [
        17,
        25,
    ]
    lines = (TEXTS / "indsr-2025-01.txt").read_text(encoding="utf-8").split("\n")
    for sentence in chapter.sentences:
        head = sentence.span.of(chapter.text)[:6]
        assert head[0] in lines[chapter.line_map.line_of(sentence.span.start) - 1]


def test_what_is_no_text_is_set_aside_with_its_reason(chapter: Document) -> None:
    assert {(s.line, s.reason) for s in chapter.set_aside} == {
        (3, "part title"), (5, "rule"), (7, "part title"), (9, "contents"), (10, "contents"), (11, "contents"),
    }  # fmt: skip


def test_the_sidecar_wins_over_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("水管\n\n" + SMALL, encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        'title = "標題"\nlang = "zh-Hant"\n[[authors]]\nname = "甲"\n', encoding="utf-8"
    )
    metadata = read_document(tmp_path / "a.txt").metadata
    assert (metadata.id, metadata.title, metadata.authors) == ("a", "標題", (Author("甲"),))


def test_a_damaged_sidecar_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SMALL, encoding="utf-8")
    (tmp_path / "a.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.toml: not TOML"):
        read_document(tmp_path / "a.txt")


def test_a_folder_is_read_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# A\n\ntext\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(SMALL, encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "標題"\n', encoding="utf-8")
    (tmp_path / "note.pdf").write_bytes(b"%PDF")
    assert [document.id for document in read_corpus(tmp_path)] == ["a", "b"]


def test_a_missing_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such folder"):
        read_corpus(tmp_path / "none")
    with pytest.raises(ReadError, match=r"holds no \.txt or \.md file"):
        read_corpus(tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(ReadError, match="2 files are named a"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ending: str) -> None:
    assert read_text("\ufeff" + SMALL.replace("\n", ending), "x") == read_text(SMALL, "x")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("區域秩序與國際關係", "zh-Hant"),
        ("区域秩序与国际关系", "zh-Hans"),
        ("The regional order.", "en"),
        ("The 中國 rule of law and order.", "en"),
    ],
)
def test_the_language_is_told_by_the_characters(text: str, language: str) -> None:
    assert read_text(text, "x").metadata.lang == language


def test_reading_a_read_text_again_changes_nothing(chapter: Document) -> None:
    again = read_text(chapter.text, "x", {}, markdown=False)
    assert again.text == chapter.text
    assert [s.id for s in again.sections] == [s.id for s in chapter.sections]
    assert [s.span for s in again.sentences] == [s.span for s in chapter.sentences]


@pytest.mark.slow
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long() -> None:
    def seconds(copies: int) -> float:
        text = "".join(
            f"第{n}段說明海島共用水管。¹\n\n1 王守仁，《水》，頁 {n}。\n\n" for n in range(copies)
        )
        started = time.process_time()
        read_text(text, "x")
        return time.process_time() - started

    small = min(seconds(200) for _ in range(3))
    assert seconds(2000) < 25 * small


def test_the_chapter_equals_the_reading_by_hand(chapter: Document) -> None:
    path = Path(__file__).parent / "texts" / "indsr-2025-01" / "expected.json"
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert [p.span.of(chapter.text) for p in chapter.paragraphs] == [
        p["text"] for p in truth["paragraphs"]
    ]
    assert [s.span.of(chapter.text) for s in chapter.sentences] == truth["sentences"]
