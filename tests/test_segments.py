"""Masks over a note, and the segments cut along them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.masks import FILLER, masked_note
from corpus.segments import segment_at, split_note


def masks(text: str) -> tuple[str, str]:
    note = masked_note(text)
    return note.mask.replace(FILLER, "·"), note.closed.replace(FILLER, "·")


def segments(text: str) -> list[str]:
    return [segment.text for segment in split_note(masked_note(text))]


MASKS = [
    ('Koga, "A; B," *J* (2022)', 'Koga, "·····" *·* (2022)', 'Koga, "·····" *·* (····)'),
    ("“A ‘b’ (c)” (d “e”)", "“·········” (d “·”)", "“·········” (·····)"),
    ("〈甲《乙》〉，《丙》", "〈····〉，《·》", "〈····〉，《·》"),
    ("*Ibid.*, p. 5", "*Ibid.*, p. 5", "*Ibid.*, p. 5"),
    ("*See also* *Supra note 8*", "*See also* *Supra note 8*", "*See also* *Supra note 8*"),
    ("_Wax, 2_, a_b", "*······*, a_b", "*······*, a_b"),
    ("*See No Evil*", "*···········*", "*···········*"),
    ("*78*(6)", "*78*(6)", "*78*(·)"),
    ('<https://a.b/"x">', "<···············>", "<···············>"),
    ("unclosed “quote; and (bracket", "unclosed “quote; and (bracket", "unclosed “quote; and (bracket"),
    ("mixed（width)", "mixed（width)", "mixed（·····)"),
    ('a 5" pipe', 'a 5" pipe', 'a 5" pipe'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mask", "closed"), MASKS, ids=[row[0] for row in MASKS])
def test_titles_and_brackets_are_hidden_and_signals_are_not(
    text: str, mask: str, closed: str
) -> None:
    assert masks(text) == (mask, closed)


CUTS = [
    ("甲；乙;丙", ["甲", "乙", "丙"]),
    ("“a; b” (c; d) 〈e；f〉", ["“a; b” (c; d) 〈e；f〉"]),
    ("前者如 Koga, 2022; 後者如 Teo, 2020.", ["Koga, 2022", "Teo, 2020."]),
    ("See, e.g., Koga, 2022. See also Teo, 2020.", ["Koga, 2022", "Teo, 2020."]),
    ("*See* *id.* at 9", ["*id.* at 9"]),
    ("See *Book Title*, 2020", ["*Book Title*, 2020"]),
    ("Compare Roe, 2019, with Lind, 2020.", ["Roe, 2019", "Lind, 2020."]),
    ("Law, Wrecks (2008), and Osei (n 14) 210.", ["Law, Wrecks (2008)", "Osei (n 14) 210."]),
    ("One claim is pending, see Ardo, 2020.", ["One claim is pending", "Ardo, 2020."]),
    ("As shown in Koga, 2022; see eg Teo, 2020; cf Roe", ["Koga, 2022", "Teo, 2020", "Roe"]),
    ("1 DICTIONARY 670 (1889). Id. at 671.", ["1 DICTIONARY 670 (1889)", "Id. at 671."]),
    (
        "Finch, Strait, chapter 6, and Oskar Lind, “Herring,” 2021",
        ["Finch, Strait, chapter 6", "Oskar Lind, “Herring,” 2021"],
    ),
    ("Ann Finch, Hugo Lind, and Mei Tan, “Buoys”", ["Ann Finch, Hugo Lind, and Mei Tan, “Buoys”"]),
    ("王守仁，2019 年，另見李海青，2020 年", ["王守仁，2019 年", "李海青，2020 年"]),
    ("甲。乙。", ["甲", "乙"]),
    ("王守仁（2017）。篇名。刊名，12(3)。", ["王守仁（2017）。篇名。刊名，12(3)。"]),
    ("一段。\n\n二段", ["一段", "二段"]),
    ("参见王守仁", ["王守仁"]),
    ("參謀本部", ["參謀本部"]),
    ("如是說", ["如是說"]),
    ("; ;；", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CUTS, ids=[row[0] for row in CUTS])
def test_segments_part_at_top_level_marks_and_lose_their_lead_ins(
    text: str, expected: list[str]
) -> None:
    assert segments(text) == expected


@given(st.text(alphabet='ab；; 。()（）“”"*《》〈〉[]<>http:/\n見如See.', max_size=60))
def test_masks_have_the_length_of_the_text_and_segments_are_its_slices(text: str) -> None:
    note = masked_note(text)
    assert len(note.mask) == len(note.closed) == len(text)
    parts = split_note(note)
    for part in parts:
        assert part.text == text[part.start : part.start + len(part)]
        assert segment_at(parts, part.start) == part
    starts = [part.start for part in parts]
    assert starts == sorted(set(starts))
