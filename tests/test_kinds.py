from __future__ import annotations

import pytest

from service.kinds import QuestionKind, asked_unit, counts, has_shape, question_kind


@pytest.mark.parametrize(
    ("questions", "kind"),
    [
        (
            (
                "為什麼是二十秒？",
                "为何不用农药",
                "Why did they strike?",
                "what are the reasons for the strike",
            ),
            "why",
        ),
        (
            (
                "有多少養蜂人？",
                "燈塔有幾個守燈人",
                "How many loaves does an oven hold?",
                "how often does it blink",
            ),
            "how-many",
        ),
        (
            ("什麼時候點燈？", "哪一年傳入", "When were the ovens built?", "which year was it"),
            "when",
        ),
        (("燈塔在哪裡？", "Where is the bakery?"), "where"),
        (("誰設計了燈塔？", "哪個國家先退出", "Who built the ovens?", "whose idea was it"), "who"),
        (
            ("槐花蜜與枣花蜜有何不同", "How do rye and white bread differ?", "AUKUS vs Quad"),
            "compare",
        ),
        (("應該怎麼做？", "What should the council do?"), "advice"),
        (("燈塔的前景如何", "Could the lighthouse become a hotel?"), "outlook"),
        (("有哪些意見？", "列舉三種蜜", "What are the opinions?"), "list"),
        (("什麼是慢眨眼？", "何謂慢眨眼", "what does slow blink mean"), "definition"),
        (("燈塔的光", "the old lady"), "fact"),
    ],
)
def test_wording_tells_what_is_asked(questions: tuple[str, ...], kind: QuestionKind) -> None:
    assert [question_kind(q) for q in questions] == [kind] * len(questions)


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("為什麼是二十秒？", "为什么是二十秒？"),
        ("誰設計了燈塔？", "谁设计了灯塔？"),
        ("有幾個？", "有几个？"),
    ],
)
def test_kind_does_not_depend_on_the_script(hant: str, hans: str) -> None:
    assert question_kind(hant) == question_kind(hans)


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("when", "燈塔在1902年點燈。", "塔身以花崗石砌成。"),
        ("when", "The vote fell in May.", "The vote fell."),
        ("how-many", "石桥镇有养蜂人十二名。", "蜂箱用杉木做成。"),
        ("how-many", "Each oven holds sixty-six or 66 loaves.", "Tourists rarely like it."),
        ("why", "因為舊齒輪轉得慢。", "塔身以花崗石砌成。"),
        ("why", "It is dear because rye is dear.", "It is dear."),
        ("advice", "四鎮應設立基金。", "燈塔在1902年點燈。"),
        ("outlook", "燈塔或將改成旅店。", "塔身高十四公尺。"),
    ],
)
def test_answer_of_a_kind_has_its_shape(kind: QuestionKind, yes: str, no: str) -> None:
    assert has_shape(kind, yes) is True
    assert has_shape(kind, no) is False


@pytest.mark.parametrize("kind", ["fact", "where"])
def test_form_tells_nothing_of_some_kinds(kind: QuestionKind) -> None:
    assert has_shape(kind, "任何一句話。") is None


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("每天進口多少桶石油？", "桶"),
        ("部署了幾艘潛艦", "艘"),
        ("塔高多少公里左右", "公里"),
        ("有多少養蜂人？", None),
        ("有幾個國家參加？", None),
        ("How many barrels?", None),
    ],
)
def test_unit_asked_for_is_the_measure_word_of_the_question(
    question: str, unit: str | None
) -> None:
    assert asked_unit(question) == unit


def test_sentence_counts_a_unit_only_where_its_number_stands() -> None:
    assert counts("共有三艘潛艦。", "艘")
    assert counts("每天 25 桶。", "桶")
    assert not counts("關稅提高 25%，油桶漲價。", "桶")
