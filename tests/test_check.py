"""What an editor is told, with the line and the cure."""

from __future__ import annotations

import pytest

from corpus.findings import CODES
from corpus.read import read_text

WORK = "Roe, “Tides,” *Journal of Tides*, Vol. 1, 2001, <https://doi.org/10.5555/jt.1>."


def findings(text: str) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in read_text(text, "x").findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("壹、前言\n\n甲。¹ 乙。²\n\n1 王，《書》。\n", [("note-missing", 3)]),
        ("壹、前言\n\n甲。¹\n\n1 王，《書》。\n2 李，《刊》。\n", [("note-orphan", 6)]),
        (
            "壹、前言\n\n甲。¹ 乙。²\n\n1 王，《書》。\n2 李，《刊》。\n2 趙，《報》。\n",
            [("note-duplicate", 7)],
        ),
        ("壹、前言\n\n甲。¹ 乙。³\n\n1 王，《書》。\n3 李，《刊》。\n", [("note-gap", 6)]),
        ("壹、前言\n\n甲。¹\n\n1 *Supra* note 9, p. 4.\n", [("back-reference-dangling", 5)]),
        ("壹、前\u200b言\n\n甲。\u202e\n", [("invisible-characters", 1)]),
        ("— 12 —\n", [("no-text", 1)]),
        ("海島共用水管。" * 400, [("no-sections", 1)]),
        ("一、前言\n\n甲。\n\n三、結論\n\n乙。\n", [("section-gap", 5)]),
        ("I. THE FUND\n\nIt is old.\n\nIII. THE CASE\n\nIt is lost.\n", [("section-gap", 5)]),
        ("# 1. Fund\n\nOld.\n\n## 1.1 A\n\nOne.\n\n## 1.3 C\n\nTwo.\n", [("section-gap", 9)]),
        ("參、主體\n\n甲。\n\n肆、結論\n\n乙。\n", []),
        ("壹、甲\n\n一、乙\n\n丙。\n\n貳、丁\n\n一、戊\n\n己。\n", []),
        (
            f"壹、前言\n\n甲。¹ 乙。²\n\n1 {WORK}\n2 {WORK.replace('Tides,”', 'Sands,”')}\n",
            [("doi-shared", 6)],
        ),
        (f"壹、前言\n\n甲。¹ 乙。²\n\n1 {WORK}\n2 {WORK}\n", []),
    ],
)
def test_each_defect_is_found_at_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert findings(text) == expected


def test_every_code_is_documented_and_every_message_ends_with_its_cure() -> None:
    document = read_text("壹、前言\n\n甲。¹ 乙。²\n\n1 *Supra* note 9.\n", "x")
    assert len(document.findings) == 2
    for finding in document.findings:
        severity, cure = CODES[finding.code]
        assert finding.severity == severity
        assert finding.message.endswith(cure)
        assert "\n" not in finding.message


def test_a_note_on_the_title_is_no_orphan() -> None:
    assert (
        findings(
            "論水管¹\n\n王守仁\n\n壹、前言\n\n甲。²\n\n1 本文獲補助。\n2 李，《刊》，2001 年。\n"
        )
        == []
    )
