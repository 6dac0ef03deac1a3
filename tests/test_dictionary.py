from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from index.dictionary import (
    Dictionary,
    Substrings,
    gloss_stems,
    load_entries,
    names_of,
    packaged_dictionary,
    pairs_of,
)

LINES = """\
# CC-CEDICT
預算 预算 [yu4 suan4] /budget/
退出 退出 [tui4 chu1] /to withdraw (from a treaty)/to abort; to quit/
燈 灯 [deng1] /lamp; light/CL:盞|盏[zhan3]/
燈塔 灯塔 [deng1 ta3] /lighthouse/CL:座[zuo4]/variant of 燈臺|灯台/
海蝕崖 海蚀崖 [hai3 shi2 ya2] /a cliff that the sea has eaten away/
海國 海国 [Hai3 guo2] /Marrow, an island state west of the Skerries/Marrow/
火雞國 火鸡国 [Huo3 ji1 guo2] /Turkey/
火雞 火鸡 [huo3 ji1] /turkey/
not a line
"""


@pytest.fixture
def dictionary_file(tmp_path: Path) -> Path:
    path = tmp_path / "cedict.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(LINES)
    return path


def test_entry_gives_a_pair_for_every_short_gloss(dictionary_file: Path) -> None:
    pairs = {(pair[0], pair[1]) for pair in pairs_of(load_entries(dictionary_file))}
    assert pairs == {
        ("预算", ("budget",)),
        ("退出", ("withdraw",)),
        ("退出", ("abort",)),
        ("退出", ("quit",)),
        ("灯塔", ("lighthous",)),
        ("海国", ("marrow",)),
        ("火鸡国", ("turkey",)),
        ("火鸡", ("turkey",)),
    }


def test_names_are_what_the_dictionary_writes_with_a_capital(dictionary_file: Path) -> None:
    assert names_of(load_entries(dictionary_file)) == {"海国", "火鸡国", "marrow"}


@pytest.mark.parametrize(
    ("gloss", "stems"),
    [
        ("to withdraw (from a treaty)", ("withdraw",)),
        ("the armed forces", ("arm", "forc")),
        ("lit. to add oil", ("add", "oil")),
        ("CL:座[zuo4]", ()),
        ("variant of 燈臺", ()),
        ("surname Deng", ()),
        ("a cliff that the sea has eaten away", ()),
        ("", ()),
    ],
)
def test_gloss_counts_when_it_is_an_equivalent_and_not_a_definition(
    gloss: str, stems: tuple[str, ...]
) -> None:
    assert gloss_stems(gloss) == stems


def test_only_pairs_with_a_side_in_the_corpus_are_kept(dictionary_file: Path) -> None:
    dictionary = Dictionary(pairs_of(load_entries(dictionary_file)))
    kept = dictionary.restricted(Substrings("那座灯塔，退。出"), {"quit", "lighthous"})
    assert [(pair[0], pair[1]) for pair in kept] == [
        ("退出", ("quit",)),
        ("灯塔", ("lighthous",)),
    ]


def test_gloss_of_several_words_needs_all_of_them() -> None:
    dictionary = Dictionary([("加油", ("add", "oil"), True)])
    assert dictionary.restricted(Substrings(""), {"add"}) == []
    assert dictionary.restricted(Substrings(""), {"oil", "add"}) != []


def test_spellings_of_a_name_are_one_name() -> None:
    pairs = [(word, ("kennedi",), False) for word in ("肯尼迪", "甘迺迪", "肯尼")]
    pairs += [("参加", ("join",), False), ("加入", ("join",), False)]
    dictionary = Dictionary(pairs, {"肯尼迪", "甘迺迪", "肯尼", "kennedi"})
    assert dictionary.spellings(Substrings("甘迺迪說")) == [("肯尼迪", "甘迺迪")]
    assert dictionary.spellings(Substrings("加入")) == []


def test_packaged_dictionary_knows_everyday_words() -> None:
    dictionary = packaged_dictionary()
    everyday = {
        ("灯塔", ("lighthous",)),
        ("罢工", ("strike",)),
        ("价格", ("price",)),
        ("潜艇", ("submarin",)),
    }
    words = Substrings("，".join(word for word, _ in everyday))
    assert everyday <= {pair[:2] for pair in dictionary.restricted(words, ())}
    assert len(dictionary.english_words) > 10_000
    assert "罢工" in dictionary.chinese_verbs
    assert {"加拿大", "台中", "canada", "pakistan"} <= dictionary.names
    assert not {"城市", "灯塔", "time", "turkey"} & dictionary.names
