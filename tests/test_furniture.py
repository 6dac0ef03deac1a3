"""What a page carries beside its text."""

from __future__ import annotations

from corpus.clean import clean
from corpus.furniture import find_furniture

PROSE = "這是一段完整的正文，說明前述標題之下的內容，並且長得足以看作段落。"


def reasons(text: str) -> dict[str, str]:
    lines = clean(text).lines
    return {lines[i].stripped: reason for i, reason in find_furniture(lines, False).reasons.items()}


def test_markdown_has_no_page_numbers_but_comments_and_rules() -> None:
    text = "# A\n\n12\n\n---\n\n<!-- edited\nby hand -->\n\n<!-- x --> text\n\n```\n***\n```\n\n<!-- never closed\n"
    assert find_furniture(clean(text).lines, True).reasons == {
        4: "rule",
        6: "comment",
        7: "comment",
    }
