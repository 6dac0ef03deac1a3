from __future__ import annotations

import pytest

from service.errors import RequestError
from service.scope import EVERYTHING, read_scope
from tests.tiny import tiny_library


def test_nothing_named_is_everything() -> None:
    assert read_scope(tiny_library(), []) == EVERYTHING
    assert EVERYTHING.document_ids == []
    assert EVERYTHING.history == []


def test_section_is_the_question_before_the_first() -> None:
    scope = read_scope(tiny_library(), ["tiny"], "貳")
    assert scope.document_ids == ["tiny"]
    assert scope.history == ["發現"]
    assert scope.url == "/?documents=tiny&section=%E8%B2%B3"


@pytest.mark.parametrize(
    ("documents", "section"),
    [(["tiny"], "玖"), (["tiny"], None), (["tiny", "twin"], "貳"), ([], "貳")],
)
def test_section_counts_in_a_single_publication_that_has_it(
    documents: list[str], section: str | None
) -> None:
    scope = read_scope(tiny_library(), documents, section)
    assert scope.section is None
    assert scope.document_ids == documents


def test_unknown_publication_is_refused() -> None:
    with pytest.raises(RequestError) as refused:
        read_scope(tiny_library(), ["none"])
    assert refused.value.code == "document_not_found"
