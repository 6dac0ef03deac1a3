from __future__ import annotations

from corpus.document import Span
from corpus.traced import TracedBuilder, shifter


def test_a_joined_text_remembers_the_line_of_each_part() -> None:
    builder = TracedBuilder()
    builder.add("強化友盟關", 17)
    builder.add("係的策略。³", 25)
    traced = builder.build()
    assert [(c, traced.line_at(i)) for i, c in enumerate(traced.text) if c in "關係"] == [
        ("關", 17),
        ("係", 25),
    ]


def test_deleting_a_mark_keeps_the_lines_of_the_rest() -> None:
    builder = TracedBuilder()
    builder.add("甲。¹", 3)
    builder.add("乙。", 9)
    traced = builder.build().without([Span(2, 3)])
    assert (traced.text, traced.line_at(2)) == ("甲。乙。", 9)


def test_a_soft_hyphen_dropped_from_the_last_part_moves_what_follows() -> None:
    builder = TracedBuilder()
    builder.add("sched-", 1)
    builder.replace_last("sched")
    builder.add("ules", 2)
    traced = builder.build()
    assert (traced.text, traced.line_at(5)) == ("schedules", 2)


def test_offsets_shift_over_deleted_spans() -> None:
    shift = shifter([Span(2, 4), Span(6, 7)])
    assert [shift(offset) for offset in range(9)] == [0, 1, 2, 2, 2, 3, 4, 4, 5]
