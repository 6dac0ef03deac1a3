"""Paragraphs put together again."""

from __future__ import annotations

import pytest

from corpus.read import read_text


def paragraphs(text: str) -> list[str]:
    document = read_text(text, "x")
    return [p.span.of(document.text) for p in document.paragraphs]


LONG = "印太地區的小多邊主義是美國在拜登政府執政期間凸顯其安全承諾並因應中國的威脅而採取的途徑"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"{LONG}，在相當程度上仍\n\n取決於同盟。\n", [f"{LONG}，在相當程度上仍取決於同盟。"]),
        (f"{LONG}。\n\n取決於同盟。\n", [f"{LONG}。", "取決於同盟。"]),
        (f"{LONG}，首\n\f先，其目的在此。\n", [f"{LONG}，首先，其目的在此。"]),
        (f"{LONG}。\n取決於同盟。\n", [f"{LONG}。", "取決於同盟。"]),
        (f"\u3000\u3000{LONG}。\n\u3000\u3000另一段。\n", [f"{LONG}。", "另一段。"]),
        ("\u3000\u3000離島醫療的可及性是治理的核心問題，過去十年\n的研究多半討論船班。\n\u3000\u3000以下說明資料，再討論結果。資料來自調查\n，共計百份。\n",
         ["離島醫療的可及性是治理的核心問題，過去十年的研究多半討論船班。", "以下說明資料，再討論結果。資料來自調查，共計百份。"]),
        ("The first ordinance on harbour noise was copied in forty\ncities. In some of them the ordi-\nnance was struck down by a court.\n\nThe rest proceeds.\n",
         ["The first ordinance on harbour noise was copied in forty cities. In some of them the ordinance was struck down by a court.", "The rest proceeds."]),
        ("\u3000\u3000表列泊位：\n\u3000\u3000年份\u3000\u3000泊位\u3000\u3000漁船\n\u3000\u30001958\u3000\u3000397\u3000\u3000412\n",
         ["表列泊位：", "年份\u3000\u3000泊位\u3000\u3000漁船", "1958\u3000\u3000397\u3000\u3000412"]),
        (f"{LONG}：\n\nY = a + bT + cP + dTP + eQ    （1）\n\n式（1）中，T為處理變項。\n",
         [f"{LONG}：", "Y = a + bT + cP + dTP + eQ    （1）", "式（1）中，T為處理變項。"]),
        (f"{LONG}。\n\n關鍵詞：渡輪；班次整合；票價清分制度\n\n{LONG}。\n", [f"{LONG}。", "關鍵詞：渡輪；班次整合；票價清分制度", f"{LONG}。"]),
        ("航線    里程    票價\n北澜—南嶼    12.4    2.50\n", ["航線    里程    票價", "北澜—南嶼    12.4    2.50"]),
        (f"{LONG}。\n\n（責任編輯：林嵐；校對：何渡、許海棠）\n\n{LONG}。\n", [f"{LONG}。", "（責任編輯：林嵐；校對：何渡、許海棠）", f"{LONG}。"]),
        (f"建議如下：\n\n{LONG}。\n", ["建議如下：", f"{LONG}。"]),
    ],
)  # fmt: skip
def test_a_cut_paragraph_is_joined_and_whole_ones_stay_apart(
    source: str, expected: list[str]
) -> None:
    assert paragraphs(source) == expected


def test_quotes_lists_and_code_of_markdown_are_told_apart() -> None:
    document = read_text(
        "# A\n\n> 甲\n> 乙\n\n- 丙\n  丁\n1. 戊\n\na. 己\n(b) 庚\n\n```\nx[^1]\ny\n```\n", "x"
    )
    assert [(p.kind, p.span.of(document.text)) for p in document.paragraphs] == [
        ("blockquote", "甲乙"), ("list-item", "丙丁"), ("list-item", "戊"), ("list-item", "己"), ("list-item", "庚"), ("paragraph", "x[^1]\ny"),
    ]  # fmt: skip


def test_a_list_in_plain_text_is_a_list() -> None:
    document = read_text(f"壹、前言\n\n{LONG}：\n\n• 甲\n• 乙\n", "x")
    assert [p.kind for p in document.paragraphs] == ["paragraph", "list-item", "list-item"]


def test_markdown_paragraphs_are_never_joined_over_a_blank_line() -> None:
    assert paragraphs("# A\n\n在相當程度上仍舊取決於美國與個別國家的同盟關係以及\n\n取決於同盟。\n") == [
        "在相當程度上仍舊取決於美國與個別國家的同盟關係以及", "取決於同盟。",
    ]  # fmt: skip


def test_the_source_of_a_figure_is_a_paragraph_of_its_own() -> None:
    source = "Figure 1: Cost per metre\nSource: Roads Agency, 2021.\n\nThe cost rose.\n"
    assert paragraphs(source)[:2] == ["Figure 1: Cost per metre", "Source: Roads Agency, 2021."]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Ports were noisy, and the dues that ships paid rose, as\n", "Table 3 shows in detail for the port and the town of\nAmery. The others did not follow."),
        (f"{LONG}，如\n", f"表 1 所示的各國\n{LONG}。"),
    ],
)  # fmt: skip
def test_a_sentence_that_names_a_table_is_no_caption(before: str, sentence: str) -> None:
    assert len(paragraphs(before + sentence + "\n")) == 1


@pytest.mark.parametrize(
    "caption", ["Map 3. Ports of the coast and the islands", "表 1　各港", "Table 2 – Ports"]
)
def test_the_text_below_a_caption_is_a_paragraph_of_its_own(caption: str) -> None:
    text = "The ports grew in the years after it, and they paid for it."
    assert paragraphs(f"{text}\n\n{caption}\n{text}\n") == [text, caption, text]


def test_what_the_source_of_a_table_says_is_no_end_of_a_cut_paragraph() -> None:
    assert paragraphs(f"{LONG}。\n\n{LONG}而且\n\n數據來源：港務局，2021 年。\n\n{LONG}。\n") == [
        f"{LONG}。", f"{LONG}而且", "數據來源：港務局，2021 年。", f"{LONG}。",
    ]  # fmt: skip
