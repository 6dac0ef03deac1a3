from concurrent.futures import ThreadPoolExecutor

from service.answer_cache import AnswerCache
from service.receipt import Receipt
from service.render import Json


def test_answer_is_kept_for_the_same_question_over_the_same_index() -> None:
    cache, asked = AnswerCache(8), Receipt("燈塔", ("before",), ("a",), "en")
    cache.put("v1", asked, {"id": "x", "took_ms": 3.5})
    assert cache.get("v1", asked) == {"id": "x", "took_ms": 3.5}
    for version, other in (
        ("v2", asked),
        ("v1", Receipt("燈塔")),
        ("v1", Receipt("燈塔", ("before",), ("a",), "zh-Hant")),
        ("v1", Receipt("燈塔", ("before",), ("b",), "en")),
        ("v1", Receipt("燈塔", (), ("a",), "en")),
    ):
        assert cache.get(version, other) is None


def test_what_a_caller_does_to_an_answer_does_not_reach_the_next() -> None:
    cache, asked = AnswerCache(8), Receipt("q")
    given: Json = {"citations": [{"notes": []}]}
    cache.put("v", asked, given)
    given["citations"].clear()
    first = cache.get("v", asked)
    assert first is not None
    first["citations"][0]["notes"].append("changed")
    assert cache.get("v", asked) == {"citations": [{"notes": []}]}


def test_answer_not_asked_for_longest_gives_way() -> None:
    cache = AnswerCache(2)
    cache.put("v", Receipt("a"), {"n": 1})
    cache.put("v", Receipt("b"), {"n": 2})
    assert cache.get("v", Receipt("a"))
    cache.put("v", Receipt("c"), {"n": 3})
    assert cache.get("v", Receipt("b")) is None
    assert cache.get("v", Receipt("a")) == {"n": 1}
    assert len(cache) == 2


def test_cache_of_size_zero_keeps_nothing() -> None:
    cache = AnswerCache(0)
    cache.put("v", Receipt("a"), {})
    assert len(cache) == 0


def test_threads_do_not_disturb_each_other() -> None:
    cache = AnswerCache(16)

    def use(i: int) -> None:
        asked = Receipt(str(i % 40))
        cache.put("v", asked, {"n": i % 40})
        assert cache.get("v", asked) in ({"n": i % 40}, None)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(use, range(4000)))
    assert len(cache) == 16
