from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.irregular_forms import BASE_FORMS
from index.segment import (
    _no_nouns,
    _tokenizer,
    fold,
    fold_script,
    has_han,
    is_noun,
    is_word,
    latin_stems,
    load_dictionaries,
    stem,
    terms,
    word_ends,
    words,
)

HAN = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2FA1D),
    st.sampled_from("發發髮乾幹干著於裡裏颱臺台「」，。A1 "),
)


@given(st.text(HAN, max_size=60))
def test_folding_to_simplified_keeps_every_offset(text: str) -> None:
    folded = fold_script(text)
    assert len(folded) == len(text)
    assert fold_script(folded) == folded


@given(st.text(max_size=40))
def test_folding_never_raises_and_keeps_the_length(text: str) -> None:
    assert len(fold_script(text)) == len(text)


@given(st.text(HAN, max_size=30), st.text(HAN, max_size=30))
def test_folding_to_simplified_does_not_depend_on_far_text(before: str, after: str) -> None:
    assert fold_script(f"{before}\n{after}") == f"{fold_script(before)}\n{fold_script(after)}"


def test_both_scripts_fold_alike() -> None:
    assert fold_script("論者乃主張 TSD 是「內部核心」") == "论者乃主张 TSD 是「内部核心」"
    assert terms("臨界質量（critical mass）") == terms("临界质量（Critical Mass）")


def test_full_width_and_case_fold_away() -> None:
    assert fold("ＡＵＫＵＳ　２０２４") == "aukus 2024"
    assert terms("ＡＵＫＵＳ") == terms("aukus") == ["aukus"]


def test_words_are_those_of_the_dictionary_and_never_invented() -> None:
    assert words("小多边主义的核心") == ["小", "多边", "主义", "的", "核心"]
    assert words("何渡设计") == ["何", "渡", "设计"]


def test_terms_are_words_and_character_pairs_and_stems() -> None:
    found = terms("小多邊主義（mini-lateralism）")
    assert {"多边", "主义", "小", "小多", "边主", "minilater", "mini", "lateral"} <= set(found)
    assert terms("") == []
    assert terms("，。！？") == []


def test_a_word_of_two_characters_counts_more_than_a_pair_across_words() -> None:
    found = terms("多邊主義")
    assert found.count("多边") == 2
    assert found.count("边主") == 1


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("dialogues", ["dialogu"]),
        ("mini-lateralism", ["minilater", "mini", "lateral"]),
        ("u.s.", ["us"]),
        ("u.s", ["us"]),
        ("tsd's", ["tsd"]),
        ("tsd’s", ["tsd"]),
        ("11.4", ["11.4"]),
        ("3.5", ["3.5"]),
        ("f-35", ["f35", "35"]),
        ("2017", ["2017"]),
        ("célia", ["célia"]),
    ],
)
def test_latin_word_gives_its_stems(word: str, stems: list[str]) -> None:
    assert latin_stems(word) == stems


def test_number_keeps_its_form() -> None:
    assert stem("1990s") == "1990s"
    assert words("1,512 and 3.5") == ["1512", "and", "3.5"]
    assert "8.2" in terms("8.2 million")


def test_inflected_words_meet() -> None:
    assert stem("arguments") == stem("argument")
    assert stem("strikes") == stem("strike") != stem("string")


def test_han_is_seen_in_every_plane() -> None:
    assert has_han("a燈")
    assert has_han("\U00020bb7")
    assert not has_han("lamp, ｌａｍｐ。")


def test_name_that_the_dictionary_does_not_know_is_taken_for_a_noun() -> None:
    assert is_noun("灯塔")
    assert is_noun("慢眨眼")
    assert not is_noun("非常")


SEGMENTED = """
import marshal, pathlib, sys, tempfile, warnings
warnings.simplefilter("ignore")
from index.segment import fold, words
print("/".join(words(fold("小多邊主義的內部核心"))))
import jieba
jieba.setLogLevel(60)
print("/".join(jieba.Tokenizer().cut("小多边主义的内部核心", HMM=False)))
"""


def segmented(folder: Path) -> tuple[str, str]:
    """What we and what a bare jieba make of a text where `folder` is the temporary folder."""
    done = subprocess.run(
        [sys.executable, "-c", SEGMENTED],
        env=os.environ | {"TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    ours, bare = done.stdout.split()
    return ours, bare


@pytest.mark.slow
def test_planted_cache_in_the_temporary_folder_is_not_read(tmp_path: Path) -> None:
    import marshal

    planted = {"小多边主义的内部核心": 10**9} | dict.fromkeys("小多边主义的内部核心", 0)
    for prefix in ("小多边主义的内部核心"[:n] for n in range(2, 10)):
        planted.setdefault(prefix, 0)
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps((planted, 10**9)))
    future = 4_000_000_000
    os.utime(tmp_path / "jieba.cache", (future, future))
    ours, bare = segmented(tmp_path)
    assert bare == "小多边主义的内部核心", (
        "the plant must deceive a tokenizer that trusts the cache"
    )
    assert ours == "小/多边/主义/的/内部/核心"


@pytest.mark.slow
def test_no_cache_is_left_in_the_temporary_folder(tmp_path: Path) -> None:
    code = "from index.segment import fold, words; words(fold('預熱'))"
    subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        cwd=Path(__file__).parent.parent,
        check=True,
    )
    assert list(tmp_path.iterdir()) == []


def test_dictionaries_are_read_once() -> None:
    load_dictionaries()
    read = _no_nouns.cache_info().misses, _tokenizer.cache_info().misses
    load_dictionaries()
    assert not is_noun("非常")
    assert read == (_no_nouns.cache_info().misses, _tokenizer.cache_info().misses) == (1, 1)


def test_zero_among_characters_is_one_of_them() -> None:
    assert "〇" in terms("二〇二四年")
    assert set(terms("二〇八年")) != set(terms("二八年"))


def test_words_and_their_ends_cover_a_text() -> None:
    text = fold("近日美方在 Camp David 表示")
    assert word_ends(text) == [2, 4, 5, 6, 10, 11, 16, 17, 19]
    assert word_ends("") == []
    assert is_word("美方")
    assert not is_word("日美方")


@pytest.mark.parametrize(
    ("form", "base"),
    [("began", "begin"), ("withdrawn", "withdraw"), ("paid", "pays"), ("crises", "crisis")],
)
def test_irregular_forms_have_the_stem_of_their_base(form: str, base: str) -> None:
    assert stem(form) == stem(base)


def test_no_base_form_is_a_form_of_another() -> None:
    assert not set(BASE_FORMS) & set(BASE_FORMS.values())
