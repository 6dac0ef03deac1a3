from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.document import Document
from index.segment import fold, words
from service.footnote_questions import (
    NoteByLabel,
    NotesCiting,
    SourceOfClaim,
    notes_citing,
    notes_labelled,
    read_footnote_question,
)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("註11的 Ibid. 指的是哪一筆文獻？", ("11",)),
        ("註34引的是誰的文章、第幾頁", ("34",)),
        ("注3说什么", ("3",)),
        ("第 12 個註腳說什麼", ("12",)),
        ("註腳３９", ("39",)),
        ("what does footnote 39 say", ("39",)),
        ("Supra note 16 是哪一篇", ("16",)),
        ("fn. 12", ("12",)),
        ("note #5", ("5",)),
        ("notes 4, 7 and 9", ("4", "7", "9")),
        ("註3和註5", ("3", "5")),
    ],
)
def test_note_is_asked_for_by_its_number(question: str, labels: tuple[str, ...]) -> None:
    assert read_footnote_question(question) == NoteByLabel(labels)


@pytest.mark.parametrize(
    "question",
    [
        "What is TSD?",
        "AUKUS 的關注點",
        "關注1",
        "澳洲押注2030年",
        "How many members does the Quad have in 2017?",
        "What did the minister note in 2017?",
        "燈塔為什麼每二十秒閃一次？",
        "",
    ],
)
def test_question_about_the_text_is_none_about_notes(question: str) -> None:
    assert read_footnote_question(question) is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("which notes cite Thomas Wilkins", "thomas wilkins"),
        ("Which footnotes mention Kei Koga?", "kei koga"),
        ("哪些註引用了 Kei Koga", "kei koga"),
        ("本文引用了哪些 Wilkins 的著作？", "wilkins"),
        ("作者引了多少篇何渡的文章", "何渡"),
        ("Which works by Petra Lindqvist does the chapter cite?", "petra lindqvist"),
        ("有沒有註提到川普？", "川普"),
        ("Kei Koga 的文章在哪些註被引用？", "kei koga"),
        ("which works by Kei Koga are cited?", "kei koga"),
        ("引用 Wilkins 的註有哪些？", "wilkins"),
        ("哪些註腳出自《亞洲政策》", "亚洲政策"),
        ("本文引用了哪些美國國防部的文件？", "美国国防部"),
        ("哪些註引用了何渡的資料", "何渡"),
    ],
)
def test_notes_are_asked_for_by_whom_they_cite(question: str, name: str) -> None:
    assert read_footnote_question(question) == NotesCiting(name)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("What source supports the claim that TSD is the inner core?", "tsd is the inner core"),
        ("reference for the mason who built the ovens", "mason who built the ovens"),
        ("要求重砌烤爐，依據的是行會哪份文件？", "要求重砌烤炉,"),
    ],
)
def test_source_is_asked_for_by_the_claim(question: str, claim: str) -> None:
    found = read_footnote_question(question)
    assert isinstance(found, SourceOfClaim)
    assert found.claim.startswith(claim)
    assert found.verbatim == ()


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("「內部核心」的說法出自哪裡？出處是什麼", ("內部核心",)),
        ('Which work is cited for the idea of "critical mass"?', ("critical mass",)),
        ("“三到五国”和“三到九国”两种说法引自谁的著作？", ("三到五国", "三到九国")),
    ],
)
def test_what_stands_in_quotation_marks_is_meant_word_for_word(
    question: str, phrases: tuple[str, ...]
) -> None:
    assert read_footnote_question(question) == SourceOfClaim(" ".join(phrases), phrases)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Wilkins 的那篇是哪個註？", "wilkins"),
        ("何渡的书在哪条注", "何渡"),
        ("which note is the one by David Roe?", "one by david roe"),
        ("林安的《白沙岬燈塔史》是在哪一個註釋引用的？", "林安的 白沙岬灯塔史"),
        ('Which note gives the full reference for "Oil and Light"?', "oil and light"),
    ],
)
def test_note_that_gives_a_work_is_asked_for(question: str, name: str) -> None:
    assert read_footnote_question(question) == NotesCiting(name, in_full=True)


def test_claim_in_chinese_is_what_is_left_of_the_question() -> None:
    found = read_footnote_question("小多邊主義成員在三到五個之間，這個說法的來源是什麼？")
    assert isinstance(found, SourceOfClaim)
    assert "三到五个之间" in found.claim
    assert "来源" not in found.claim


def labels(document: Document, subject: str) -> list[str]:
    wanted = set(words(fold(subject)))
    return [
        note.label for note in notes_citing(document, lambda text: wanted <= set(words(fold(text))))
    ]


def test_labels_find_the_notes_in_document_order(tiny_corpus: Sequence[Document]) -> None:
    found = notes_labelled(tiny_corpus[2], ("5", "2", "99"))
    assert [note.label for note in found] == ["2", "5"]


def test_author_is_found_in_the_note_and_in_those_that_point_back_to_it(
    tiny_corpus: Sequence[Document],
) -> None:
    assert labels(tiny_corpus[2], "David Roe") == ["3", "4", "5"]
    assert labels(tiny_corpus[2], "林安") == ["1", "2"]
    assert labels(tiny_corpus[0], "Petra Lindqvist") == ["3", "4"]
    assert labels(tiny_corpus[1], "駱一葦") == ["1", "3", "4"]


def test_note_that_gives_the_work_is_told_from_those_that_point_back_to_it(
    tiny_corpus: Sequence[Document],
) -> None:
    found = notes_citing(tiny_corpus[2], lambda text: "Oil and Light" in text, in_full=True)
    assert [note.label for note in found] == ["3"]
    found = notes_citing(
        tiny_corpus[0], lambda text: text.startswith("Lindqvist, Rye"), in_full=True
    )
    assert found == []


def test_every_word_of_the_name_must_stand_in_the_note(tiny_corpus: Sequence[Document]) -> None:
    assert labels(tiny_corpus[2], "Richard Roe") == []
    assert labels(tiny_corpus[2], "the of") == []
    assert labels(tiny_corpus[0], "pike") == ["1", "2"]
    assert labels(tiny_corpus[0], "Pi") == []
