"""Works read from notes: the chapter against its truth, then tables of plain notes by style."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.urls import find_urls
from corpus.works import parse_works
from tests.conftest import examples
from tests.work_styles import STYLES

CHAPTER = json.loads(
    (Path(__file__).parent / "texts" / "indsr-2025-01" / "structure.json").read_text("utf-8")
)["footnotes"]
MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
]


def only(note: str) -> dict[str, Any]:
    """The CSL item of the one work that the note cites."""
    (work,) = parse_works(note)
    return dict(work.csl)


def names(csl: Mapping[str, Any], role: str = "author") -> list[str]:
    return [name.get("family") or name["literal"] for name in csl.get(role, [])]


def summary(csl: Mapping[str, Any]) -> str:
    """One line: type | authors | title | container or publisher | volume(issue) | date | pages."""
    date = "-".join(map(str, csl["issued"]["date-parts"][0])) if "issued" in csl else ""
    place = ": ".join(csl[k] for k in ("publisher-place", "publisher") if k in csl)
    issue = f"{csl.get('volume', '')}({csl.get('issue', '')})"
    return " | ".join(
        (
            csl["type"],
            "; ".join(names(csl) or [f"{n} (ed.)" for n in names(csl, "editor")]),
            csl.get("title", ""),
            csl.get("container-title", "") or place,
            "" if issue == "()" else issue,
            date,
            csl.get("page", csl.get("locator", "")),
        )
    )


def family_names(printed: str | None) -> list[str]:
    """The truth's author string as family names: its last words, et al. as printed."""
    if printed is None:
        return []
    parts = re.split(r",\s+and\s+|,\s+|\s+and\s+", printed.removesuffix(" (eds.)"))
    return [part if part == "et al." else part.split()[-1] for part in parts]


def date_parts(printed: str) -> list[int]:
    """`June 21, 2009` -> [2009, 6, 21]; of a range of months the first."""
    words = re.findall(r"\w+", printed)
    month = [MONTHS.index(words[0]) + 1] if words[0] in MONTHS else []
    day = [int(words[1])] if month and words[1].isdecimal() and len(words) == 3 else []
    return [int(words[-1]), *month, *day]


@pytest.mark.parametrize("printed", ["text", "text_plain"])
def test_works_of_the_chapter_equal_the_reading_by_hand(printed: str) -> None:
    assert [
        (
            note["number"],
            names(work.csl),
            names(work.csl, "editor"),
            work.csl["title"],
            work.csl["container-title"],
            work.csl["issued"]["date-parts"][0],
            work.csl.get("page"),
            work.csl.get("URL"),
        )
        for note in CHAPTER
        for work in parse_works(note[printed])
    ] == [
        (
            note["number"],
            family_names(work["authors"]),
            family_names(work["editors"]),
            work["title"],
            work["container"],
            date_parts(work["date"]),
            work["pages"],
            work["url"],
        )
        for note in CHAPTER
        for work in note["works"]
    ]


def test_addresses_of_the_chapter_equal_the_reading_by_hand() -> None:
    assert {note["number"]: list(find_urls(note["text"])) for note in CHAPTER} == {
        note["number"]: note["urls"] for note in CHAPTER
    }


@pytest.mark.parametrize(
    ("note", "expected"),
    [pytest.param(*row, id=f"{s}-{i}") for s in STYLES for i, row in enumerate(STYLES[s])],
)
def test_a_note_in_each_style_is_read_into_csl(note: str, expected: str) -> None:
    assert summary(only(note)) == expected


SEVERAL = [
    (
        '前者如 Kei Koga, "A; B," *Asia Policy*, 2022, p. 28; 後者如 Sarah Teo, "C," *Survival*, 2020, p. 2.',
        ["A; B", "C"],
    ),
    (
        "青嵐縣政府交通處，《年報》，2016 年 3 月，頁 8；另見李海青，〈迷思〉，《航運通訊》，2016 年 5 月 2 日。",
        ["年報", "迷思"],
    ),
    (
        "例如海島高等法院 95 年度上字第 12 號判決、海島高等法院高雄分院 97 年度重上字第 3 號判決。",
        ["95 年度上字第 12 號判決", "97 年度重上字第 3 號判決"],
    ),
    ("Why so? Because tides go around. See OSWIN PELL, TIDES 3 (2002).", ["TIDES"]),
    ("王守仁，《甲》，2019 年，頁 5。李海青，《乙》，2020 年，頁 6。", ["甲", "乙"]),
    (
        "Kei Koga, “A,” *Asia Policy*, 2022, p. 28. See also Sarah Teo, “B,” *Survival*, 2020.",
        ["A", "B"],
    ),
    (
        (
            "Hanne Vik, “Debt Afloat,” Marrow Observer, 2 May 2001; and Oswin Pell, The Borrowed Boat"
            " (Tarn Point: Skerry Press, 2004), chap. 2."
        ),
        ["Debt Afloat", "The Borrowed Boat"],
    ),
    (
        "Kei Koga, “A,” *Asia Policy*, 2022, p. 28, quoted in Sarah Teo, “B,” *Survival*, 2020.",
        ["A", "B"],
    ),
    (
        "羅欣，〈夜間〉，《城市與性別》，2019 年，頁 12；另參吳佩珊，前揭註 3，頁 97。",
        ["夜間"],
    ),
    (
        "*Supra* note 8, p. 4; Kei Koga, “A,” *Asia Policy*, 2022 (see also *supra* note 3).",
        ["A"],
    ),
]


@pytest.mark.parametrize(("note", "titles"), SEVERAL)
def test_several_works_in_one_note_are_told_apart(note: str, titles: list[str]) -> None:
    assert [work.csl["title"] for work in parse_works(note)] == titles


EXPLANATIONS = [
    CHAPTER[45]["text"],
    "作者自行計算。",
    "問卷於 2022 年 5 月發放，有效樣本 743 份；訪談對象以代號 L1 至 L12 表示。\n\n訪談大綱見附錄二。",
    "礁汐列嶼的公有船隊自 2003 年起由漁業公司轉型而成，並非自始即為交通運輸而設，比較時須留意其沿革。",
    "“争议时间”指从提出书面异议到作出裁决的天数，不含公休日。",
    "《大衛營原則》，2023 年 8 月公布，三方宣示與東協合作。",
    "所謂「內部核心」，2023 年的文件並未定義。",
    "The *Camp David Principles*, August 18, 2023, call it so.",
    "The document “Camp David Principles” uses the phrase “trilateral partnership” (meeting).",
    "According to Koga, “strategic minilateralism” is a form, which emerged in 2022.",
    "The apps are TideUp, Low & Slow, and Crabber.",
    "All figures are in 2015 prices.",
    "Hale, Bells (2001) describes the meeting. The rest is lost.",
    "Amery, 3 F.3d at 14.",
    "The dispute, Amery v. Lind, lasted 3 years.",
    "本文，前言，第三節，說明其沿革。",
    "Prices in the port, as always, rose in 2015.",
    "Table 2, column 3.",
    "The old quay, the new quay, and 12 May 2020.",
    "Figures for 2019, para 3.",
    "The clause has been invoked once since, in 2016, and the claim was withdrawn.",
    "See supra notes 3–4 and accompanying text.",
    "See infra notes 10–11 and accompanying text.",
    "訪談於 2022 年 6 月 14 日進行。",
    "陳致中，2019：15。",
    "林致遠（2019：15）。",
    "*Supra* note 16.",
    'Kei Koga, "A New Strategic Minilateralism," *Supra* note 8, pp. 27, 31-32.',
    "《平台白皮书2025》，同注2，第21页。",
    "",
]


@pytest.mark.parametrize("note", EXPLANATIONS)
def test_explanations_and_back_references_cite_no_work(note: str) -> None:
    assert parse_works(note) == ()


def test_prose_after_the_citation_stays_out_of_it() -> None:
    note = "Kei Koga, “A New Order,” *Asia Policy*, 2022, p. 28. The author adds that 2021 was bad."
    (work,) = parse_works(note)
    assert work.span.of(note) == "Kei Koga, “A New Order,” *Asia Policy*, 2022, p. 28"
    assert "publisher" not in work.csl


def test_span_names_the_slice_of_the_note_without_lead_in_and_full_stop() -> None:
    note = "後者如 Sarah Teo, “C,” *Survival*, 2020, <https://example.org/c>."
    (work,) = parse_works(note)
    assert work.span.of(note) == "Sarah Teo, “C,” *Survival*, 2020, <https://example.org/c>"


def test_editors_of_the_book_stand_apart_from_the_authors_of_the_chapter() -> None:
    csl = only(CHAPTER[12]["text"])
    assert csl["type"] == "chapter"
    assert csl["author"] == [{"family": "Tow", "given": "William"}]
    assert names(csl, "editor") == ["Singh", "Teo"]
    assert (csl["publisher-place"], csl["publisher"]) == ("Abingdon", "Routledge")


def test_range_of_months_keeps_both_ends() -> None:
    assert only(CHAPTER[47]["text"])["issued"] == {"date-parts": [[2025, 7], [2025, 8]]}


def test_doi_is_read_from_its_address() -> None:
    csl = only(CHAPTER[0]["text"])
    assert csl["DOI"] == "10.1080/10357718.2024.2410411"
    assert csl["URL"] == "https://doi.org/10.1080/10357718.2024.2410411"


def test_date_of_access_is_not_the_date_of_issue() -> None:
    csl = only(
        "中央社，〈離島〉，2020年5月1日，https://example.org/x（最後瀏覽日：2020年6月1日）。"
    )
    assert csl["issued"] == {"date-parts": [[2020, 5, 1]]}
    assert csl["accessed"] == {"date-parts": [[2020, 6, 1]]}


def test_address_alone_is_a_web_page() -> None:
    assert only("資料來源：<https://example.org/data>。") == {
        "type": "webpage",
        "URL": "https://example.org/data",
    }


def test_pin_that_is_no_page_is_a_locator() -> None:
    csl = only("臨江市政府主計處，《一一一年度單位決算》，2023 年 4 月，表 6。")
    assert csl["locator"] == "表 6"
    assert "page" not in csl


ADDRESSES = [
    ("見 https://example.org/a。", ["https://example.org/a"]),
    ("<https://example.org/a>, <https://example.org/b>.", ["https://example.org/a", "https://example.org/b"]),
    ("（https://example.org/a）", ["https://example.org/a"]),
    ("(see https://en.wikipedia.org/wiki/Quad_(alliance)).", ["https://en.wikipedia.org/wiki/Quad_(alliance)"]),
    ("https://example.org/a?b=1&c=%E5%8F%B0#d，頁 5", ["https://example.org/a?b=1&c=%E5%8F%B0#d"]),
    ("資料https://example.org/台灣", ["https://example.org/"]),
    ("<https://example.org/台灣>", ["https://example.org/台灣"]),
    ("www.example.org/x; mail@www.example.org", ["www.example.org/x"]),
    ("[text](https://example.org/y)", ["https://example.org/y"]),
    ("[https://example.org/z](https://example.org/z), accessed", ["https://example.org/z"]),
    ("no address here: http:// or https", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "addresses"), ADDRESSES)
def test_addresses_end_before_punctuation_and_han_text(text: str, addresses: list[str]) -> None:
    assert list(find_urls(text)) == addresses


FRAGMENTS = [row[0] for rows in STYLES.values() for row in rows] + [
    *EXPLANATIONS,
    *'《》〈〉「」“”‘’"*()（）[]；;，,。.:：\n ',
    "supra note ",
    "同註",
    "[J]. ",
    "//",
    "2019",
    "頁 ",
    " in ",
    " (eds.), ",
    "et al.",
    "\ue000",
    "\ud800",
]
NOTES = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=8).map("".join),
)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "type":
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def letters(text: str) -> str:
    """The text without blanks, asterisks, quotes and commas."""
    return re.sub(r"[\s*\"“”‘’',，]", "", text)


@examples(5)
@given(NOTES)
def test_nothing_is_invented_and_nothing_raises(note: str) -> None:
    for work in parse_works(note):
        assert 0 <= work.span.start < work.span.end <= len(note)
        for value in strings(work.csl):
            assert value
            assert letters(value) in letters(note)
    for address in find_urls(note):
        assert address in note


HOSTILE = {
    "brackets": "(" * 100_000,
    "quotes": '"' * 100_000,
    "stars": "*a" * 50_000,
    "semicolons": "; " * 50_000,
    "names": "Ab Cd, " * 14_000,
    "and": "Ab Cd and " * 10_000,
    "pages": "pp. " + "1, " * 33_000,
    "titles": "《王》，" * 25_000,
    "works": "A B, “T,” *J*, 2020, p. 1; " * 3_700,
    "marks": "张三. 题[J]. 刊, 2019, 1(1): 1. " * 4_000,
    "address": "https://example.org/" + ")" * 100_000,
    "han": "王" * 100_000,
    "digits": "1" * 100_000,
    "blank lines": "\n" * 100_000,
    "apostrophes": "‘" + "a’s" * 33_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("note", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_notes_of_100_kb_are_read_in_linear_time(note: str) -> None:
    started = time.process_time()
    parse_works(note)
    find_urls(note)
    assert time.process_time() - started < 0.5
