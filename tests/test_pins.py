"""Pins printed after a back reference."""

from __future__ import annotations

import pytest

from corpus.pins import pin_after

PINS = [
    (", p. 4.", "p. 4"),
    (", p.5.", "p.5"),
    (", pp. 27, 31-32.", "pp. 27, 31-32"),
    (" at 22–23. The two", "22–23"),
    (", at 15 (quoting Tow)", "15"),
    (", 204.", "204"),
    (", xii–xiv.", "xii–xiv"),
    (", art. 3.2.", "art. 3.2"),
    (", clause 10.", "clause 10"),
    (" § 4(b).", "§ 4(b)"),
    (", Table 2.", "Table 2"),
    (", p. 5 n. 3.", "p. 5 n. 3"),
    ("，頁 50。", "頁 50"),
    ("，頁 15-18、22。", "頁 15-18、22"),
    ("，頁 50 以下。", "頁 50 以下"),
    ("，頁五。", "頁五"),
    ("，第 5 點。", "第 5 點"),
    ("，第 3 條第 2 項。", "第 3 條第 2 項"),
    ("，第25页。", "第25页"),
    ("，第30—41页。", "第30—41页"),
    ("，附件三。", "附件三"),
    ("，表 7。", "表 7"),
    ("，頁 12，表 3。", "頁 12，表 3"),
    (" [25].", "[25]"),
    (" [25]–[27].", "[25]–[27]"),
    (" s 530(1).", "s 530(1)"),
    (" chs 4–6; Ames", "chs 4–6"),
    (" app B.", "app B"),
    (", fo. 9.", "fo. 9"),
    (", had already proposed it.", None),
    (", in 2019 the", None),
    ("，本文不再展開。", None),
    (".", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "pin"), PINS, ids=[row[0] for row in PINS])
def test_pin_is_read_as_printed_without_its_joint(text: str, pin: str | None) -> None:
    read, end = pin_after(text, 0)
    assert read == pin
    assert (end == 0) is (pin is None)
