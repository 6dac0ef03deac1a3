from __future__ import annotations

from benchmarks.parts import parts_table, variants
from index.search import PassageIndex
from service.ask import Asker
from service.evaluate import evaluate
from service.gold import GoldRow
from service.select import weights


def test_every_weight_is_left_out_once_and_the_others_stay() -> None:
    whole = weights()
    found = dict(variants(whole))
    left_out = {name.split(": ")[1] for name in found if name != "all"}
    assert found["all"] == whole
    assert left_out == {
        *whole.sentence,
        *set(whole.calibration) - {"intercept"},
        "near",
        "continuation",
        "other_source",
    }
    without = found["sentence: gist"]
    assert without.sentence == {**whole.sentence, "gist": 0.0}
    assert without.calibration == whole.calibration
    assert found["choice: near"].near == 0


def test_table_has_a_row_for_every_variant(tiny_index: PassageIndex) -> None:
    asker = Asker(tiny_index)
    rows = [GoldRow.model_validate(row) for row in (
        {"question": "誰設計了白沙岬燈塔？", "lang": "zh-Hant", "kind": "who", "answerable": True,
         "core_sentences": ["白沙岬燈塔在1902年點燈，由工程師何渡設計。"], "document": "lighthouse-hant"},
        {"question": "股票", "lang": "zh-Hant", "kind": "fact", "answerable": False, "domain": "near-domain"},
        {"question": "天氣", "lang": "zh-Hant", "kind": "fact", "answerable": False, "domain": "out-of-domain"},
    )]  # fmt: skip
    outcomes = evaluate(rows, lambda q, history: asker.ask(q, history), tiny_index.documents)
    lines = parts_table({"all": outcomes, "sentence: gist": outcomes}).splitlines()
    assert lines[2].startswith("| all | 1.000 |")
    assert lines[3] == lines[2].replace("all", "sentence: gist")
