"""What may be a mark, and what is cut out with it."""

from __future__ import annotations

import pytest

from corpus.marks import Style, expand, find_marks, lifted_spans


def found(text: str, style: Style) -> list[tuple[str, tuple[str, ...]]]:
    return [(mark.span.of(text), mark.labels) for mark in find_marks(text, (style,))]


@pytest.mark.parametrize(
    ("text", "style", "marks"),
    [
        ("機制。⁴ 川普²⁸", "superscript", [("⁴", ("4",)), ("²⁸", ("28",))]),
        ("國際組織。⁵³4月，三者", "superscript", [("⁵³", ("53",))]),
        ("without one.²,³", "superscript", [("²,³", ("2", "3"))]),
        ("public.<sup>1</sup> and ^2,3^", "superscript", [("<sup>1</sup>", ("1",)), ("^2,3^", ("2", "3"))]),
        ("入手[1,3]，協調[7-8]。", "bracket", [("[1,3]", ("1", "3")), ("[7-8]", ("7", "8"))]),
        ("data [6]–[8].", "bracket", [("[6]–[8]", ("6", "7", "8"))]),
        ("一次［6］，二次〔7〕", "bracket", [("［6］", ("6",)), ("〔7〕", ("7",))]),
        ("[text](https://a.example) [sic]", "bracket", []),
        ("size.[[1]](#_ftn1) bans<sup>[2](#fn2)</sup>, [\\[3\\]](#_ftn3) [text](#part)", "bracket",
         [("[[1]](#_ftn1)", ("1",)), ("<sup>[2](#fn2)</sup>", ("2",)), ("[\\[3\\]](#_ftn3)", ("3",))]),
        ('held.<sup><a href="#fn4" id="r4">4</a></sup> So <a href="https://a.example">5</a>', "bracket",
         [('<sup><a href="#fn4" id="r4">4</a></sup>', ("4",))]),
        ("free [4, Sec. 2] as in [4, eq. (3)]", "bracket", [("[4, Sec. 2]", ("4",)), ("[4, eq. (3)]", ("4",))]),
        ("fish.[i] They[ii, iii] see \\[iv\\]; [sic] [x](y)", "bracket",
         [("[i]", ("i",)), ("[ii, iii]", ("ii", "iii")), ("\\[iv\\]", ("iv",))]),
        ("大。（註1）小[註 2]（注三）（註4，註5）", "zhu",
         [("（註1）", ("1",)), ("[註 2]", ("2",)), ("（注三）", ("三",)), ("（註4，註5）", ("4", "5"))]),
        ("服務標章（註冊號第 00987 號）", "zhu", []),
        ("水管。①合作初期⑫", "circled", [("①", ("①",)), ("⑫", ("⑫",))]),
        ("sheet.[^start] `[^1]` literal[^2]", "key", [("[^start]", ("start",)), ("[^2]", ("2",))]),
        ("held.12 The court,3 next", "glued", [("12", ("12",)), ("3", ("3",))]),
        ("the fleet’s 34.5 The average", "glued", [("5", ("5",))]),
        ("was 34.5 percent, 1,204 of 2.4 in 2017", "glued", []),
        ("25% of F35 and G20", "glued", [("35", ("35",)), ("20", ("20",))]),
        ("closed with it.5, 6 It shorter.2,3 of 1,204 men in 1990, 5 or 6", "glued",
         [("5, 6", ("5", "6")), ("2,3", ("2", "3"))]),
        ("可分三類[1,5-7]：一類", "bracket", [("[1,5-7]", ("1", "5", "6", "7"))]),
        ("`x[1]` and x [2]", "bracket", [("[2]", ("2",))]),
        ("活動註一。之一註二；論」註四，優勢論」註五、註六。", "zhu",
         [("註一", ("一",)), ("註二", ("二",)), ("註四", ("四",)), ("註五", ("五",)), ("註六", ("六",))]),
        ("沿用(2)。解释：(1)该罪；(2)其次。第(3)项，§ 12(4)，函数f(5)。“无助”（6）的", "paren",
         [("(2)", ("2",)), ("(1)", ("1",)), ("(2)", ("2",)), ("(3)", ("3",)), ("(4)", ("4",)), ("(5)", ("5",)), ("（6）", ("6",))]),
        ("莫衷一是2；見表3。第4，共計5。", "glued", [("2", ("2",))]),
        ("馬修斯4認為共12人，約3成為民兵2 成為", "glued", [("4", ("4",)), ("2", ("2",))]),
        ("辦法。１平原鎮１０，占52%3。", "glued", [("１", ("1",)), ("１０", ("10",)), ("3", ("3",))]),
        ("聽到[i]，[xiv]與[i]t", "bracket", [("[i]", ("i",)), ("[xiv]", ("xiv",))]),
        ("通過[[1]](#_ftn1)，深百丈。〔一〕其法", "bracket", [("[[1]](#_ftn1)", ("1",)), ("〔一〕", ("一",))]),
        ("三成（註九、註一○），可見注释②（尾註3）。", "zhu", [("（註九、註一○）", ("九", "一○")), ("（尾註3）", ("3",))]),
        ("建于1196年[2]:15，另有[3]:20-22[4]", "bracket", [("[2]:15", ("2",)), ("[3]:20-22", ("3",)), ("[4]", ("4",))]),
        ("起初（註3－5）", "zhu", [("（註3－5）", ("3", "4", "5"))]),
        ("answered . . . .4 This", "glued", [("4", ("4",))]),
        ("三个<sup>[2,3]</sup>，一致<sup> [4] </sup>。", "bracket", [("<sup>[2,3]</sup>", ("2", "3")), ("<sup> [4] </sup>", ("4",))]),
        ("參見註一、註二。詳註三，注一個", "zhu", []),
        ("顧明舟* 著", "star", [("*", ("*",))]),
        ("the *Non-Proliferation Treaty* was", "star", []),
    ],
)  # fmt: skip
def test_marks_are_found_by_style(
    text: str, style: Style, marks: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert found(text, style) == marks


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("所述[4]15。", "15"),
        ("分配[4]12-14，", "12-14"),
        ("見[4]²³。", "²³"),
        ("sample [5, pp. 12-14].", "pp. 12-14"),
        ("2.6倍[2](P15)。", "P15"),
        ("消失[6]（P22-23）。", "P22-23"),
    ],
)
def test_the_page_printed_in_a_mark_is_its_pin(text: str, pin: str) -> None:
    assert find_marks(text, ("bracket",))[0].pin == pin


def test_a_year_or_count_after_a_mark_is_text() -> None:
    text = "統計[5]2021年取消"
    mark = find_marks(text, ("bracket",))[0]
    assert (mark.span.of(text), mark.pin) == ("[5]", None)


@pytest.mark.parametrize(
    ("likely", "unlikely", "style"),
    [
        ("水管。②", "三點：②資訊", "circled"),
        ("one.²", "340 km²", "superscript"),
        ("word.5", "NATO5", "glued"),
        ("left,14 and", "in 1931,2 and", "glued"),
    ],
)
def test_what_looks_less_like_a_mark_weighs_less(likely: str, unlikely: str, style: Style) -> None:
    assert find_marks(likely, (style,))[0].weight > find_marks(unlikely, (style,))[0].weight


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("1,3", ("1", "3")),
        ("7-8", ("7", "8")),
        ("2、4–6", ("2", "4", "5", "6")),
        ("一", ("一",)),
        ("9-3", ()),
        ("1-900", ()),
    ],
)
def test_lists_and_ranges_expand(printed: str, labels: tuple[str, ...]) -> None:
    assert expand(printed) == labels


@pytest.mark.parametrize(
    ("text", "style", "lifted"),
    [
        ("民營。¹ 自 1998 年", "superscript", "民營。自 1998 年"),
        ("islands.¹ The next", "superscript", "islands. The next"),
        ("as shown [4].", "bracket", "as shown."),
        ("shown [4] by Hale", "bracket", "shown by Hale"),
        ("重要 [4]，因為", "bracket", "重要，因為"),
        ("三國。¹ ² 四國", "superscript", "三國。四國"),
        ("rule.[1], [2] It", "bracket", "rule. It"),
        ("於 2017 年¹ Quad 成立", "superscript", "於 2017 年 Quad 成立"),
    ],
)
def test_the_blank_that_served_a_mark_goes_with_it(text: str, style: Style, lifted: str) -> None:
    kept, position = "", 0
    for span in lifted_spans(text, find_marks(text, (style,))):
        kept, position = kept + text[position : span.start], span.end
    assert kept + text[position:] == lifted


def test_superscripts_that_count_down_are_no_mark() -> None:
    assert find_marks("a¹-¹ b³⁻²", ("superscript",)) == []


def test_the_number_of_an_equation_is_hardly_a_mark() -> None:
    marks = find_marks("在式[1]到公式[3]中，Eq. [4]，方式[5]", ("bracket",))
    assert [mark.weight for mark in marks] == [0.3, 0.3, 0.3, 1.0]


def test_a_number_in_round_brackets_is_a_mark_only_behind_a_clause() -> None:
    text = "沿用(2)。解释：(1)该罪；(2)其次。第(3)项，§ 12(4)，函数f(5)。“无助”（6）的"
    sure = [mark.labels[0] for mark in find_marks(text, ("paren",)) if mark.weight == 1.0]
    assert sure == ["2", "6"]


def test_the_index_of_a_variable_is_hardly_a_mark() -> None:
    weights = [
        mark.weight for mark in find_marks("d = x[1] is 500 m[2] of Plan B[3]", ("bracket",))
    ]
    assert weights == [0.3, 1.0, 1.0]
