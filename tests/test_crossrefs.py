"""Back references as they are printed, before they are resolved."""

from __future__ import annotations

import pytest

from corpus.crossrefs import find_back_references

FORMS = [
    # note, [(number, what stands before it, pin)]; None for a number means the note before
    ("Supra note 4", [("4", "", None)]),
    ("supra note 5, at 12", [("5", "", "12")]),
    ("*Supra* note 4, pp. 819-820.", [("4", "", "pp. 819-820")]),
    ("*Supra note 4*, p. 8.", [("4", "", "p. 8")]),
    ("See supra notes 3, 5.", [("3", "", None), ("5", "", None)]),
    ("See supra notes 3–5, at 12.", [("3", "", None), ("4", "", None), ("5", "", "12")]),
    ("Koga, supra n. 8, 28.", [("8", "Koga", "28")]),
    ("Koga (n 8) 28.", [("8", "Koga", "28")]),
    ("See note 5 above.", [("5", "", None)]),
    ("See note 5.", [("5", "", None)]),
    ("Koga, *op. cit.*, note 8, p. 3.", [("8", "Koga", "p. 3")]),
    ("Lind, *supra* note [^lind], p. 20.", [("lind", "Lind", "p. 20")]),
    ("Compact, supra note 1, art. 3.2.", [("1", "Compact", "art. 3.2")]),
    ("Ibid.", [(None, "", None)]),
    ("Ibid", [(None, "", None)]),
    ("*Ibid.*, p.5.", [(None, "", "p.5")]),
    ("Id. at 14", [(None, "", "14")]),
    ("Id.", [(None, "", None)]),
    ("See *id.* at 22–23. The two exceptions were gifts.", [(None, "", "22–23")]),
    ("(*Ibid.*, p. 5)", [(None, "", "p. 5")]),
    ("同註 1，頁 50。", [("1", "", "頁 50")]),
    ("同注1，第25页。", [("1", "", "第25页")]),
    ("同註１，頁５。", [("1", "", "頁５")]),
    ("同註（1），頁 5。", [("1", "", "頁 5")]),
    ("同注[12]。", [("12", "", None)]),
    ("同注⑫，第4条。", [("12", "", "第4条")]),
    ("同註十二，頁五。", [("12", "", "頁五")]),
    ("同註 1、3，頁 5。", [("1", "", None), ("3", "", "頁 5")]),
    ("前揭註 2，第 5 點。", [("2", "", "第 5 點")]),
    ("前揭注2，附件三。", [("2", "", "附件三")]),
    ("前引註 2，表 7。", [("2", "", "表 7")]),
    ("同前揭註 5，頁 3。", [("5", "", "頁 3")]),
    ("前揭書（註 5），頁 3。", [("5", "", "頁 3")]),
    ("张三，前注3，第5页。", [("3", "张三", "第5页")]),
    ("參見前注〔2〕，王嶼書，第102頁。", [("2", "王嶼", "第102頁")]),
    ("參見前引〔6〕，我妻榮書，第160頁以下。", [("6", "我妻榮", "第160頁以下")]),
    ("同註 2 許文，頁 9。", [("2", "許", "頁 9")]),
    ("李安，前揭註 1 文，頁 12。", [("1", "李安", "頁 12")]),
    ("參見註 2，說明文字。", [("2", "", None)]),
    ("同上注，李礁文，第3頁。", [(None, "李礁", "第3頁")]),
    ("林海，第一章註7文，頁五。", [("7", "林海", "頁五")]),
    ("同註2，頁一七至一八。", [("2", "", "頁一七至一八")]),
    ("見註 3，頁 101。", [("3", "", "頁 101")]),
    ("参见前注[3]。", [("3", "", None)]),
    ("王守仁，註 3，頁 5。", [("3", "王守仁", "頁 5")]),
    ("見前揭註 5 的討論。", [("5", "", None)]),
    ("同前註，頁 110。", [(None, "", "頁 110")]),
    ("同前注。", [(None, "", None)]),
    ("同上註，附件三。", [(None, "", "附件三")]),
    ("同上，第21页。", [(None, "", "第21页")]),
    ("同上书，第21页。", [(None, "", "第21页")]),
    ("前註，頁 5。", [(None, "", "頁 5")]),
    (
        "王守仁、陳以安，同註 1，頁 68-70；李海青，前揭註 6。",
        [("1", "王守仁、陳以安", "頁 68-70"), ("6", "李海青", None)],
    ),
    ("Koga, *op. cit.*, p. 30.", [(None, "Koga", "p. 30")]),
    ("Koga, supra, at 12.", [(None, "Koga", "12")]),
    ("许棹前引书，第20页。", [(None, "许棹", "第20页")]),
    ("参见前引许棹、唐苇文，第43页。", [(None, "许棹、唐苇", "第43页")]),
    ("同〔1〕。", [("1", "", None)]),
    ("同[1]，第5页。", [("1", "", "第5页")]),
    ("同①，第5页。", [("1", "", "第5页")]),
    ("前引[3]，第12页。", [("3", "", "第12页")]),
    ("张三，前引书[3]，第12页。", [("3", "张三", "第12页")]),
    ("Hale (n 12 above) 45.", [("12", "Hale", "45")]),
    ("Ebd., S. 12.", [(None, "", "S. 12")]),
    ("Op. cit., p. 9.", [(None, "", "p. 9")]),
    ("张三：《书名》，前揭，第5页。", [(None, "张三：《书名》", "第5页")]),
]


@pytest.mark.parametrize(("note", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_every_form_is_found_with_its_number_name_and_pin(
    note: str, expected: list[tuple[str | None, str, str | None]]
) -> None:
    found = find_back_references(note)
    assert [(r.label, r.own_citation, r.pin) for r in found] == expected


NO_REFERENCES = [
    "See infra notes 10–11 and accompanying text.",
    "See supra Part II.",
    "See supra note 5 and accompanying text.",
    '"Supra note 5" is a phrase.',
    "情況同上所述，並無不同。",
    "本表依註 3 之資料整理。",
    "惟由前揭的發展來看，三國有共同利益。",
    "該會關注 3 項議題。",
    "两案不同①在于此。",
    "不同〔1〕與〔2〕之處有三。",
    "David Ibido and Ida Id, *Forbidden*, 2020.",
    "他投注一生於此。",
    "",
]


@pytest.mark.parametrize("note", NO_REFERENCES)
def test_prose_that_looks_alike_is_no_back_reference(note: str) -> None:
    assert find_back_references(note) == ()
