"""Back references: found in plain notes, then resolved in tables of notes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.backrefs import resolve
from corpus.crossrefs import find_back_references
from corpus.document import BackReference, Finding, Footnote, Resolved
from corpus.findings import AMBIGUOUS, DANGLING
from corpus.urls import find_urls
from corpus.works import parse_works
from tests.conftest import examples
from tests.test_crossrefs import FORMS

TEXTS = Path(__file__).parent / "texts"
CHAPTER = json.loads((TEXTS / "indsr-2025-01" / "structure.json").read_text("utf-8"))["footnotes"]

KOGA = "Kei Koga, “A New Strategic Minilateralism,” *Asia Policy*, Vol. 17, No. 4, 2022, p. 28"
TEO = "Sarah Teo, “The Rise of Minilaterals,” *The Interpreter*, December 27, 2024"
WANG = "王守仁，〈離島交通權〉，《海島研究季刊》，第 12 卷第 3 期，2017 年 9 月，頁 45-72"
PROSE = "本表由作者自行計算。"


def footnotes(*texts: str, labels: str = "", prefix: str = "") -> list[Footnote]:
    """Notes numbered from 1, or labelled by the words of `labels`, as the reader hands them over."""
    return [
        Footnote(
            id=prefix + label,
            label=label.split(".")[-1],
            text=text,
            kind="author" if label == "*" else "source",
            line=10 * number,
            works=() if label == "*" else parse_works(text),
            urls=find_urls(text),
        )
        for number, (label, text) in enumerate(
            zip(labels.split() or map(str, range(1, len(texts) + 1)), texts, strict=True), start=1
        )
    ]


def last(*texts: str, labels: str = "") -> tuple[Footnote, tuple[Finding, ...]]:
    resolved, findings = resolve(footnotes(*texts, labels=labels))
    return resolved[-1], findings


def pointer(*texts: str, labels: str = "") -> BackReference:
    """The one back reference of the last note."""
    (reference,) = last(*texts, labels=labels)[0].back_references
    return reference


# --- the first pass: finding ---------------------------------------------------------------------


def test_back_references_of_the_chapter_equal_the_reading_by_hand() -> None:
    resolved, findings = resolve(footnotes(*(note["text"] for note in CHAPTER)))
    read = {
        note.id: (note.kind, r.target, r.resolved, r.pin, r.chain)
        for note in resolved
        for r in note.back_references
    }
    assert findings == ()
    assert read == {
        str(note["number"]): (
            note["kind"],
            str(note["target"]),
            Resolved(str(note["resolved"]["note"]), _work(note), note["pages"]),
            note["pages"],
            tuple(map(str, note["resolved"]["chain"])),
        )
        for note in CHAPTER
        if note["kind"] in {"supra", "ibid"}
    }


def _work(note: dict[str, Any]) -> int:
    """The index of the resolved work in the note that holds it."""
    works: list[dict[str, Any]] = CHAPTER[note["resolved"]["note"] - 1]["works"]
    return works.index(note["resolved"]["work"])


def test_kinds_of_the_chapter_equal_the_reading_by_hand() -> None:
    resolved, _ = resolve(footnotes(*(note["text"] for note in CHAPTER)))
    assert [note.kind for note in resolved] == [note["kind"] for note in CHAPTER]


def test_supra_note_resolves_to_the_note_it_names() -> None:
    reference = pointer(KOGA, TEO, "*Supra* note 1, p. 30.")
    assert reference == BackReference(
        "supra", "1", 0, "p. 30", Resolved("1", 0, "p. 30"), ("3", "1")
    )


def test_author_printed_with_supra_decides_between_two_works() -> None:
    assert pointer(f"{KOGA}; {TEO}.", "Teo, *supra* note 1, p. 2.").work == 1
    assert pointer(f"{KOGA}; {TEO}.", "Koga, *supra* note 1, p. 2.").work == 0


def test_han_author_printed_with_the_reference_decides_between_two_works() -> None:
    other = "李海青，〈準點率的迷思〉，《航運通訊》，2016 年 5 月 2 日"
    assert pointer(f"{WANG}；另見{other}。", "李海青，前揭註 1。").work == 1


def test_a_name_or_a_kind_of_work_printed_after_the_number_decides_between_two_works() -> None:
    both = f"{WANG}；李海青，《船班的代價》，臺北：海島出版社，2016 年。"
    for words in ("同註 1，李海青書", "同註 1 李書", "同註 1 書", "同上註，李海青書"):
        assert pointer(both, f"{words}，頁 3。").work == 1
    assert pointer(both, "前揭註 1 文，頁 3。").work == 0


def test_the_whole_list_of_authors_decides_before_the_title() -> None:
    alone, both = "何渡：《甲》，2017年，第3页", "许棹、何渡：《乙》，2018年，第4页"
    assert pointer(f"{alone}；{both}。", "何渡，前揭註 1。").work == 0
    assert pointer(f"{alone}；{both}。", "许棹、何渡，前揭註 1。").work == 1


def test_title_decides_between_two_works_of_one_author() -> None:
    both = f"{KOGA}; Kei Koga, “Hedging,” *Asian Survey*, 2020, p. 3."
    assert pointer(both, "Koga, “Hedging,” *supra* note 1, p. 5.").work == 1
    assert pointer(both, "“A New Strategic Minilateralism,” *supra* note 1.").work == 0


def test_short_form_set_with_hereinafter_decides() -> None:
    both = f"{KOGA} (hereinafter “Bloc Note”); Kei Koga, “Hedging,” *Asian Survey*, 2020, p. 3."
    assert pointer(both, "Bloc Note, *supra* note 1, p. 5.").work == 0


def test_supra_to_two_works_without_a_name_keeps_the_note_but_no_work() -> None:
    note, findings = last(f"{KOGA}; {TEO}.", "*Supra* note 1, p. 2.")
    assert note.back_references == (BackReference("supra", "1", None, "p. 2"),)
    assert [(f.code, f.severity, f.line) for f in findings] == [(AMBIGUOUS, "warning", 20)]


def test_ibid_means_the_note_before() -> None:
    assert pointer(TEO, KOGA, "*Ibid.*, p. 5.").resolved == Resolved("2", 0, "p. 5")


def test_ibid_after_supra_follows_the_chain_with_its_own_pin() -> None:
    reference = pointer(f"{KOGA}; {TEO}.", "Teo, *Supra* note 1, p. 4.", "*Ibid.*, p.5.")
    assert reference == BackReference(
        "ibid", "2", 1, "p.5", Resolved("1", 1, "p.5"), ("3", "2", "1")
    )


def test_ibid_without_pin_repeats_the_pin_it_points_to() -> None:
    reference = pointer(KOGA, "*Supra* note 1, p. 4.", "*Ibid.*")
    assert (reference.pin, reference.resolved) == (None, Resolved("1", 0, "p. 4"))


def test_ibid_after_two_works_is_left_open_and_reported() -> None:
    note, findings = last(f"{KOGA}; {TEO}.", "*Ibid.*, p. 5.")
    assert note.kind == "ibid"
    assert note.back_references == (BackReference("ibid", None, None, "p. 5"),)
    assert [(f.code, f.line) for f in findings] == [(AMBIGUOUS, 20)]


def test_ibid_after_two_references_to_one_work_is_not_ambiguous() -> None:
    reference = pointer(KOGA, "*Supra* note 1, p. 4; *supra* note 1, p. 9.", "*Ibid.*, p. 5.")
    assert reference.resolved == Resolved("1", 0, "p. 5")


def test_author_with_ibid_decides_between_two_works() -> None:
    assert pointer(f"{KOGA}; {TEO}.", "Teo, *ibid.*, p. 5.").resolved == Resolved("1", 1, "p. 5")


DANGLING_NOTES = [
    (("*Ibid.*, p. 5.",), "cite the work in full"),
    ((KOGA, PROSE, "*Ibid.*"), "cites no work"),
    ((KOGA, "*Supra* note 9."), "correct the number"),
    (("*Supra* note 2.", KOGA), "correct the number"),
    ((KOGA, "同註 2，頁 3。"), "correct the number"),
    ((KOGA, "Tow, op. cit., p. 4."), "print the number"),
]


@pytest.mark.parametrize(("texts", "cure"), DANGLING_NOTES)
def test_reference_to_nothing_is_left_open_and_reported_with_the_cure(
    texts: tuple[str, ...], cure: str
) -> None:
    resolved, findings = resolve(footnotes(*texts))
    (reference,) = (r for note in resolved for r in note.back_references)
    assert (reference.target, reference.work, reference.resolved) == (None, None, None)
    assert [(f.code, f.severity) for f in findings] == [(DANGLING, "error")]
    assert cure in findings[0].message


def test_notes_that_point_at_each_other_are_both_reported() -> None:
    resolved, findings = resolve(footnotes("*Supra* note 2.", "*Supra* note 1.", "*Ibid.*"))
    assert [r.target for note in resolved for r in note.back_references] == [None, None, None]
    assert [(f.code, f.line) for f in findings] == [(DANGLING, 10), (DANGLING, 20), (DANGLING, 30)]


def test_reference_to_an_explanation_keeps_the_note_and_is_no_error() -> None:
    note, findings = last(KOGA, PROSE, "見註 2。")
    assert note.back_references == (BackReference("supra", "2", None, None),)
    assert findings == ()


def test_reference_whose_author_only_another_note_cites_is_reported() -> None:
    note, findings = last(KOGA, TEO, "Koga, *supra* note 2, p. 4.")
    assert note.back_references == (BackReference("supra", "2", None, "p. 4"),)
    assert [f.code for f in findings] == [AMBIGUOUS]
    assert "does not name koga" in findings[0].message


def test_note_with_a_work_and_a_reference_is_a_source() -> None:
    note, _ = last(WANG, f"{TEO}; 另參王守仁，前揭註 1，頁 47。")
    assert (note.kind, len(note.works)) == ("source", 1)
    assert [r.resolved for r in note.back_references] == [Resolved("1", 0, "頁 47")]


def test_id_after_a_work_in_the_same_note_means_that_work() -> None:
    note, findings = last(TEO, f"{KOGA}; see *id.* at 31.")
    assert [r.resolved for r in note.back_references] == [Resolved("2", 0, "31")]
    assert (note.back_references[0].target, findings) == ("2", ())


def test_id_after_a_reference_in_the_same_note_means_its_work() -> None:
    note, _ = last(KOGA, TEO, "Koga, *supra* note 1, at 30. *See id.* at 31.")
    assert [r.resolved for r in note.back_references] == [
        Resolved("1", 0, "30"),
        Resolved("1", 0, "31"),
    ]


def test_a_name_printed_with_ibid_may_pass_over_the_work_cited_right_before() -> None:
    lin = "林可汶，〈陰影〉，《時報》，2022 年 8 月 3 日，頁 2。"
    note, _ = last(WANG, lin, "王守仁，前揭註 1，頁 50；林可汶，同前註。")
    assert [r.target for r in note.back_references] == ["1", "2"]


def test_the_editor_printed_with_his_role_finds_the_earlier_work() -> None:
    book = "丁长清主编：《民国盐务史稿》，人民出版社1990年版，第7页。"
    assert pointer(book, WANG, "丁长清主编前引书，第88页。").target == "1"


def test_id_in_a_bracket_after_another_work_is_left_open() -> None:
    note, findings = last(KOGA, TEO, "Koga, *supra* note 1, at 15 (quoting *id.* at 4).")
    assert [(r.target, r.pin) for r in note.back_references] == [("1", "15"), (None, "4")]
    assert [f.code for f in findings] == [AMBIGUOUS]


def test_ibid_alone_in_a_bracket_means_the_note_before() -> None:
    assert pointer(KOGA, "(*Ibid.*, p. 5)").resolved == Resolved("1", 0, "p. 5")


def test_op_cit_means_the_one_earlier_work_of_the_author() -> None:
    assert pointer(KOGA, TEO, "Koga, *op. cit.*, p. 5.").resolved == Resolved("1", 0, "p. 5")
    assert pointer(f"{TEO}; {KOGA}", "Koga, *op. cit.*, p. 5.").resolved == Resolved("1", 1, "p. 5")


def test_op_cit_after_two_works_of_the_author_is_left_open() -> None:
    other = "Kei Koga, “Hedging,” *Asian Survey*, 2020, p. 3."
    note, findings = last(KOGA, other, "Koga, *op. cit.*, p. 5.")
    assert note.back_references == (BackReference("supra", None, None, "p. 5"),)
    assert [f.code for f in findings] == [AMBIGUOUS]


def test_op_cit_means_the_note_that_cites_in_full_before_a_short_form() -> None:
    full = "Paul Lind, *Harbour Tales* (London: Port Press, 2001), 12."
    for short in ("Lind, *Harbour Tales*, 20.", "Lind, *Tales*, 20."):
        assert pointer(full, short, "Lind, op. cit., p. 44.").target == "1"


def test_op_cit_without_an_author_is_left_open() -> None:
    note, findings = last(KOGA, "Op. cit., p. 9.")
    assert note.kind == "supra"
    assert note.back_references == (BackReference("supra", None, None, "p. 9"),)
    assert [f.code for f in findings] == [AMBIGUOUS]


def test_ibid_after_a_case_and_after_a_plain_book_leads_to_them() -> None:
    assert pointer("City of Amery v. Lind, 3 F.3d 12 (1994).", "Id. at 14.").resolved is not None
    assert pointer("Hale, Bells (London: Port Press, 2001), 9.", "Ibid., 12.").resolved is not None


def test_a_work_cited_twice_is_one_work_and_the_nearer_note_is_meant() -> None:
    again = "参见许棹：《海底管道》，第188页。"
    assert pointer("许棹：《海底管道》，第12页。", again, "许棹前引书。").target == "2"


def test_word_for_book_or_article_decides_between_two_works_of_the_author() -> None:
    book = "许棹：《海底管道》，云津：海岛出版社，2019年，第12页。"
    article = "许棹：《仲裁》，《评论》2017年第2期，第30页。"
    assert pointer(book, article, "许棹前引书，第20页。").target == "1"
    assert pointer(book, article, "许棹前引文，第31页。").target == "2"


def test_title_alone_finds_the_earlier_work() -> None:
    assert (
        pointer("《供水协议》，2008年5月6日，第3条。", KOGA, "前引《供水协议》，第4条。").target
        == "1"
    )


def test_author_note_is_passed_over_by_ibid_and_keeps_its_kind() -> None:
    resolved, _ = resolve(footnotes(KOGA, "作者為副研究員。", "Ibid.", labels="1 * 2"))
    assert [note.kind for note in resolved] == ["source", "author", "ibid"]
    assert resolved[2].back_references[0].target == "1"


def test_circled_label_is_found_by_its_number() -> None:
    assert pointer(KOGA, TEO, "同注①，第4页。", labels="① ② ③").target == "①"


def test_number_that_begins_again_means_the_note_of_its_own_chapter() -> None:
    labels = "第一章.1 第一章.2 第二章.1 第二章.2"
    assert pointer(KOGA, TEO, WANG, "同註1，頁 5。", labels=labels).target == "第二章.1"


def test_number_that_its_own_chapter_still_has_to_come_is_no_earlier_note() -> None:
    texts = (KOGA, TEO, WANG, "同註3，頁 5。", KOGA)
    resolved, findings = resolve(
        footnotes(*texts, labels="第一章.2 第一章.3 第二章.1 第二章.2 第二章.3")
    )
    assert resolved[3].back_references[0].target is None
    assert [f.code for f in findings] == [DANGLING]


def test_a_number_that_is_the_note_s_own_means_the_page_before() -> None:
    notes = footnotes(
        WANG + "。", WANG + "。", "同註 1。", "同註 2。", labels="p1.1 p1.2 p2.1 p2.2"
    )
    resolved, _ = resolve(notes)
    assert [note.back_references[0].target for note in resolved[2:]] == ["p1.1", "p1.2"]


def test_chapter_printed_with_the_number_is_obeyed() -> None:
    labels = "第一章.1 第二章.1 第二章.2"
    assert pointer(KOGA, TEO, "見第一章註1。", labels=labels).target == "第一章.1"


@pytest.mark.parametrize(
    ("first", "second"), [("第一章 緒論.", "第二章 港口."), ("第 1 章.", "第 2 章.")]
)
@pytest.mark.parametrize("printed", ["見第一章註1。", "見第 1 章註 1。"])
def test_a_chapter_is_the_same_however_its_heading_prints_it(
    first: str, second: str, printed: str
) -> None:
    here = [*footnotes(KOGA, prefix=first), *footnotes(TEO, printed, prefix=second)]
    assert resolve(here)[0][-1].back_references[0].target == f"{first}1"


def test_resolved_text_works_and_addresses_are_untouched() -> None:
    before = footnotes(KOGA, f"{TEO}, <https://example.org/t>.", "Ibid.")
    after, _ = resolve(before)
    assert [(n.id, n.text, n.works, n.urls) for n in after] == [
        (n.id, n.text, n.works, n.urls) for n in before
    ]


# --- properties ----------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from([form[0] for form in FORMS] + [KOGA, TEO, WANG, PROSE, "; ", "；", "(", "「"]),
    st.text(max_size=12),
)
NOTES = st.lists(st.lists(PIECES, max_size=4).map("".join), max_size=8)


@examples(3)
@given(NOTES)
def test_what_is_resolved_is_an_earlier_work_and_nothing_raises(texts: list[str]) -> None:
    notes, findings = resolve(footnotes(*texts))
    position = {note.id: place for place, note in enumerate(notes)}
    for place, note in enumerate(notes):
        for reference in note.back_references:
            if reference.target is not None:
                assert position[reference.target] <= place
            if reference.resolved is None:
                assert (reference.work, reference.chain) == (None, ())
            else:
                held = notes[position[reference.resolved.footnote_id]]
                assert held.works[reference.resolved.work]
                assert reference.work == reference.resolved.work
                assert (reference.chain[0], reference.chain[-1]) == (note.id, held.id)
    assert {finding.line for finding in findings} <= {note.line for note in notes}


@pytest.mark.parametrize(
    ("phrase", "forward"), [("見註 3。", True), ("See note 3.", True), ("前揭註 3。", False)]
)
def test_a_plain_pointer_to_a_later_note_points_forward(phrase: str, forward: bool) -> None:
    notes, findings = resolve(footnotes(PROSE, phrase, PROSE))
    assert bool(notes[1].back_references) is not forward
    assert [f.code for f in findings] == ([] if forward else [DANGLING])


@pytest.mark.parametrize("notes", ["note 33", "notes 3–4", "notes 3, 5 & 6"])
def test_the_text_a_note_stands_in_is_no_work(notes: str) -> None:
    assert find_back_references(f"See supra {notes} and accompanying text.") == ()
