"""Where sentences end, in Chinese and in English. A bar marks each end."""

from __future__ import annotations

import pytest

from corpus.sentences import is_finished, split


def barred(text: str, marks: tuple[int, ...] = ()) -> str:
    return "|".join(span.of(text) for span in split(text, marks))


@pytest.mark.parametrize(
    "sentences",
    [
        "論者主張「內部核心」（inner core）。|由於敏感，無此意圖。",
        "其次是彈性；惟若採取非正式的機制：也不穩定。",
        "他問：「為什麼？」|沒有人回答！",
        "他說「為何？」，便離開了。|《中國崛起？》一書出版。",
        "「晚上來的人不是來借書。」|館員說。",
        "The U.S. acted.|Dr. Roe et al. agreed in No. 5 and vol. 12, p. 3.|It ended.",
        "He cited J. R. Smith, e.g. at 12.|The court “took the fund.”|Then it left (in 1990.)|So it goes.",
        "The town of Vik (pop. 3,140) grew.|It was all pop.|See chap. 3 and fo. 7.|Messrs. Roe left.",
        "The Act (see s. 12(3)) applies to the 1990s.|12 ships came.",
        "Fleets grew to 34.|The average was 34.5 percent.",
        "Was it shared?|Yes!|“Why?” he asked.",
        "In 2017.|35 states joined.",
        "President Harry S. Truman and Robert S. McNamara met J. A. Smith.|They parted.",
        "Boats fell in Category C.|The second is in n. 5, built c. 1900 or c. A.D. 900.|So it was.",
        "They built the app.|The ministry ran up a tab.|It ate figs.|The arts.|As we see.|The end.",
        "See App. A and fig. 3 of art. V, s. 2, and figs. 2–3.|They met at Lloyd’s.|Smith left.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: str) -> None:
    chinese = any(character >= "\u4e00" for character in sentences)
    text = sentences.replace("|", "" if chinese else " ")
    assert barred(text) == sentences


def test_a_mark_after_an_abbreviation_ends_the_sentence() -> None:
    text = "They borrowed it from the U.S. Courts were left."
    assert barred(text) == text
    assert (
        barred(text, (text.index(" Courts"),)) == "They borrowed it from the U.S.|Courts were left."
    )


def test_outer_blanks_belong_to_no_sentence() -> None:
    assert [(s.start, s.end) for s in split("  一。 \n 二  ")] == [(2, 4), (7, 8)]


def test_a_text_of_blanks_has_no_sentence() -> None:
    assert split(" \n ") == ()


@pytest.mark.parametrize(
    "line",
    [
        "完成。",
        "「沒有。」",
        "完成。²",
        "done.12",
        "late.†",
        "done [4].",
        "說過[4]15。",
        "如下：",
        "多數。（註3）",
    ],
)
def test_a_line_that_ends_a_sentence_is_finished(line: str) -> None:
    assert is_finished(line)


@pytest.mark.parametrize(
    "line", ["強化友盟關", "首", "，其次", "the open", "在 2017", "", "（見附錄", "表示²"]
)
def test_a_line_that_stops_without_a_stop_is_not_finished(line: str) -> None:
    assert not is_finished(line)


def test_an_ellipsis_is_one_stop() -> None:
    text = "No one has answered . . . . This Note tries. It is . . . easy."
    assert [span.of(text) for span in split(text)] == [
        "No one has answered . . . .", "This Note tries.", "It is . . . easy.",
    ]  # fmt: skip


def test_the_number_of_a_figure_ends_no_sentence() -> None:
    caption = "Figure 1. Dues and costs"
    assert [span.of(caption) for span in split(caption)] == [caption]
    assert len(split("See Figure 1. Dues rose.")) == 2
    assert len(split("12. The Committee agreed. It rose.")) == 2
