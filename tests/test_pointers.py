"""The ways in which English notes point back: each points to note 1, or to none."""

from __future__ import annotations

import pytest

from corpus.backrefs import resolve
from corpus.document import Footnote
from corpus.works import parse_works

DOE = "Jane Doe, The Harbour (Leeds: Aire Press, 2001), 3."
ROE = "John Roe, Bells (Leeds: Aire Press, 2002), 3."
POINTERS = [
    ("Doe, supra n. 1, p. 4.", "p. 4"),
    ("Doe, note 1 above, 4.", "4"),
    ("Doe, above n 1, 4.", "4"),
    ("Doe (n 1) 4.", "4"),
    ("Doe, op. cit. (note 1), p. 4.", "p. 4"),
    ("Doe, The Harbour, cited above (note 1), p. 4.", "p. 4"),
    ("Doe, Harbour (see note 1), 4.", "4"),
    ("Doe, Harbour (cf. fn. 1), 4.", "4"),
    ("Doe, as cited in note 1, 4.", "4"),
    ("Same as note 1.", None),
    ("Cf. note 1.", None),
    ("See fn. 1.", None),
    ("Supra at note 1.", None),
    ("See Doe, supra note 1, § 4.2.", "§ 4.2"),
    ("DOE, supra note 1, at 4 n.2.", "4 n.2"),
    ("Idem, p. 4.", "p. 4"),
    ("Id. ¶ 4.", "¶ 4"),
    ("Ibid., 2:45.", "2:45"),
    ("ibid 4.", "4"),
    ("Ibid.; emphasis added.", None),
    ("As quoted in ibid.", None),
    ("Doe, op cit, p. 4.", "p. 4"),
]
NONE = [
    "Supra note 1 and accompanying text.",
    "See supra text accompanying notes 1–2.",
    "See infra note 3.",
    "See note 3 below.",
    "See chapter 1, note 14.",
    "See above, p. 4.",
    "In note 1 of her book Roe says so.",
]


def second(text: str) -> Footnote:
    """The note between two works, resolved."""
    notes = [
        Footnote(str(n), str(n), printed, "source", n, works=parse_works(printed))
        for n, printed in enumerate((DOE, text, ROE), start=1)
    ]
    return resolve(notes)[0][1]


@pytest.mark.parametrize(("text", "pin"), POINTERS)
def test_a_note_points_to_the_first(text: str, pin: str | None) -> None:
    assert [(r.target, r.work, r.pin) for r in second(text).back_references] == [("1", 0, pin)]


@pytest.mark.parametrize("text", NONE)
def test_a_note_points_to_no_earlier_work(text: str) -> None:
    assert second(text).back_references == ()
