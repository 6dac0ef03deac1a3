import pytest

from service.answer import Answer
from service.messages import messages
from service.render import answer_json, hit_json, resolved_references, work_short
from tests.tiny import NIGHT, tiny_document, tiny_library

TINY = tiny_document()


def answered(question: str) -> Answer:
    return tiny_library().ask(question, documents=["tiny"])


def test_answer_has_the_fields_of_the_contract() -> None:
    answer = answer_json(answered("night opening visits"), tiny_library().document)
    assert list(answer) == [
        *("id", "question", "language", "status", "mode", "blocks", "citations", "nearest"),
        *("refusal", "index_version", "took_ms", "url", "cite_url"),
    ]
    assert answer["refusal"] is None
    citation = answer["citations"][0]
    assert {"number", "document_id", "section_id", "section_title"} <= set(citation)
    assert TINY.text[citation["start"] : citation["end"]] == citation["exact"]
    assert answer["blocks"] == [{"text": citation["exact"], "citations": [1]}]
    assert set(citation["notes"][0]) >= {
        *("footnote_id", "label", "text", "kind", "basis", "resolved", "works", "urls"),
    }


def test_quote_runs_hold_the_quote_and_the_mark_where_the_author_put_it() -> None:
    citation = answer_json(answered("鄰市的經驗"), tiny_library().document)["citations"][0]
    assert [(run["kind"], run["text"]) for run in citation["runs"]] == [
        ("text", "鄰市的經驗則不同"),
        ("mark", "1"),
        ("text", "，夜裡的讀者以上班族為主。"),
    ]
    words = "".join(run["text"] for run in citation["runs"] if run["kind"] != "mark")
    assert words == citation["exact"]


def test_ibid_is_resolved_to_the_work_with_its_pin() -> None:
    note = answer_json(answered("night opening visits"), tiny_library().document)["citations"][0][
        "notes"
    ][0]
    assert note["resolved"] == [
        {
            "footnote_id": "1",
            "label": "1",
            "work": 0,
            "pin": "p. 8",
            "short": "Lin and Roe, “Night Libraries”, p. 8",
            "url": "/documents/tiny#fn-1",
        }
    ]
    assert [line["short"] for line in resolved_references(TINY.footnote("2"), TINY)] == [
        "Lin and Roe, “Night Libraries”, p. 7"
    ]


def test_section_path_leads_from_the_outermost_section() -> None:
    citation = answer_json(answered("night opening visits"), tiny_library().document)["citations"][
        0
    ]
    assert citation["section_path"] == [
        {
            "id": "貳",
            "label": "貳",
            "title": "發現",
            "heading": "貳 發現",
            "url": "/documents/tiny#s-%E8%B2%B3",
        }
    ]


def test_refusal_names_the_nearest_section_and_cites_nothing() -> None:
    answer = answer_json(answered("weather on Mars"), tiny_library().document)
    assert (answer["status"], answer["citations"], answer["blocks"]) == ("not_found", [], [])
    assert answer["nearest"][0]["url"] == "/documents/tiny#s-%E5%A3%B9"


@pytest.mark.parametrize("question", ["weather on Mars", "火星天氣如何", "火星天气怎么样"])
def test_refusal_speaks_the_language_of_the_question(question: str) -> None:
    answer = answer_json(answered(question), tiny_library().document)
    said = messages(answer["language"])
    assert answer["refusal"] == {"statement": said.not_found, "lead": said.not_found_lead}


def test_hit_shows_no_score() -> None:
    hits = tiny_library().search("night opening", documents=["tiny"])
    shown = [hit_json(hit, TINY) for hit in hits]
    assert shown[0]["text"].startswith("Night opening")
    assert shown[0]["url"] == "/documents/tiny#q=54-138"
    assert not any(
        "score" in key or isinstance(value, float) for hit in shown for key, value in hit.items()
    )


def test_hit_in_a_note_leads_to_the_note() -> None:
    hit = hit_json(tiny_library().search("City Review", documents=["tiny"])[0], TINY)
    assert (hit["kind"], hit["footnote_id"], hit["url"]) == ("note", "1", "/documents/tiny#fn-1")


@pytest.mark.parametrize(
    ("csl", "pin", "short"),
    [
        (NIGHT, None, "Lin and Roe, “Night Libraries”"),
        ({"author": [{"family": "Koga"}], "title": "A New"}, "p. 2", "Koga, “A New”, p. 2"),
        ({"author": [{"family": c} for c in "ABC"], "title": "T"}, None, "A et al., “T”"),
        (
            {"author": [{"literal": "林安"}, {"literal": "陳平"}], "title": "夜"},
            "頁 3",
            "林安、陳平，〈夜〉，頁 3",
        ),
        ({"author": [{"literal": "NATO"}]}, None, "NATO"),
        ({"title": "Only a Title"}, None, "“Only a Title”"),
        ({}, None, ""),
    ],
)
def test_work_is_named_shortly(csl: dict[str, object], pin: str | None, short: str) -> None:
    assert work_short(csl, pin) == short
