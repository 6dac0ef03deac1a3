"""Text -> terms for matching: Traditional/Simplified folding, jieba words, CJK n-grams, stems.

`terms("小多邊主義（mini-lateralism）")` gives the folded words and character n-grams of the
Han run and the stems of the Latin words: 多边, 主义, 小, 小多, 边主 ... minilater, mini, lateral.
Folding serves matching only; what is shown is always the source's own script.

This is the only module that imports jieba and opencc.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Any

from corpus.clean import HAN as HAN
from index.irregular_forms import BASE_FORMS

WORDS_KEPT = 20_000
"""Words whose forms stay in memory; a reader can send any number of others."""
_RUN = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<latin>[0-9A-Za-zÀ-ÖØ-öø-ɏ]+(?:[-'’.][0-9A-Za-zÀ-ÖØ-öø-ɏ]+)*)"
)
_HAN_ONLY = re.compile(rf"[{HAN}]+")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ɏ]")
_SELECTOR = re.compile("[\U000e0100-\U000e01ef]")
_DIGIT_GROUPS = re.compile(r"(?<=\d),(?=\d{3}\b)")


@cache
def _folder() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _tokenizer() -> Any:
    """A jieba tokenizer that reads its own dictionary file and no cache.

    jieba keeps a marshal file in the shared temporary folder and trusts whatever lies there;
    building the prefix dictionary from the packaged text costs about a second and trusts nothing.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources where it can
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _no_nouns() -> frozenset[str]:
    """The words that jieba's dictionary file, whose lines read `预算 1512 n`, tags neither as nouns nor as names or verbs."""
    with _tokenizer().get_dict_file() as file:
        lines = (line.split() for line in file)
        return frozenset(
            word.decode() for word, _, tag in lines if not tag.startswith((b"n", b"v", b"j"))
        )


def is_noun(word: str) -> bool:
    """Whether a folded Chinese word may be a noun or a name; one that jieba does not know is taken for a name.

    jieba's tags do not tell verbal nouns (预算, tagged v) from verbs; a dictionary has to.
    """
    return word not in _no_nouns()


def load_dictionaries() -> None:
    """Read every dictionary now; a process that does so before it forks shares them with its children."""
    _no_nouns()
    _folder()
    _stemmer()
    _regional_converters()


def fold_script(text: str) -> str:
    """Traditional to Simplified characters; the result has the length of `text` (OpenCC t2s)."""
    folded: str = _folder().convert(text)
    return folded if len(folded) == len(text) else text


def fold(text: str) -> str:
    """Normalise for matching: NFKC, no accents, no variant forms, lower case, Simplified. The length may change."""
    plain = _SELECTOR.sub("", unicodedata.normalize("NFKC", text))
    plain = _ACCENTED.sub(_bare, plain)
    return fold_script(plain).lower()


def _bare(accented: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", accented.group())[0]


@cache
def _regional_converters() -> tuple[Any, Any]:
    from opencc import OpenCC

    return OpenCC("tw2sp"), OpenCC("s2twp")


@lru_cache(maxsize=WORDS_KEPT)
def regional_forms(word: str) -> tuple[str, ...]:
    """What the other side of the Strait calls a folded Chinese word, folded: 网路 -> 网络 (OpenCC phrases)."""
    if not has_han(word):
        return ()
    to_mainland, to_taiwan = _regional_converters()
    forms = (
        fold_script(to_mainland.convert(to_taiwan.convert(word))),
        fold_script(to_taiwan.convert(word)),
    )
    return tuple(dict.fromkeys(form for form in forms if form != word))


def has_han(text: str) -> bool:
    """Whether any Han character stands in the text."""
    return _HAN_ONLY.search(text) is not None


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """The Snowball (Porter 2) English stem of a lower-case word, irregular forms by their base (began -> begin);
    numbers stay as they are."""
    if any(c.isdigit() for c in word):
        return word
    return str(_stemmer().stemWord(BASE_FORMS.get(word, word)))


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has a folded text as a word."""
    return bool(_tokenizer().FREQ.get(text))


def words(folded: str) -> list[str]:
    """The words of a folded text in reading order: jieba words (no HMM) and Latin stems.

    HMM is off because it invents words that question and passage then disagree on.
    """
    found: list[str] = []
    for run in _RUN.finditer(_DIGIT_GROUPS.sub("", folded)):
        if run["han"]:
            found.extend(_tokenizer().cut(run["han"], HMM=False))
        else:
            found.extend(latin_stems(run["latin"]))
    return found


def word_ends(folded: str) -> list[int]:
    """Where the words of a folded text end, blanks and signs being words of their own; the last is its length."""
    return list(accumulate(map(len, _tokenizer().cut(folded, HMM=False))))


def latin_stems(word: str) -> list[str]:
    """Stems of one Latin word; a hyphenated or dotted word gives the joined form and its parts.

    `latin_stems("mini-lateralism")` is `["minilater", "mini", "lateral"]`; `u.s.` gives `["us"]`.
    """
    word = re.sub(r"['’]s$", "", word)
    parts = [p for p in re.split(r"[-'’.]", word) if p]
    if len(parts) < 2:
        return [stem(p) for p in parts]
    if all(p.isdigit() for p in parts):
        return [word]
    if all(len(p) == 1 for p in parts):
        return [stem("".join(parts))]
    return [stem("".join(parts)), *(stem(p) for p in parts if len(p) > 1)]


def terms(text: str) -> list[str]:
    """All index terms of a text: `words` plus the uni- and bigrams of every Han run."""
    folded = fold(text)
    found = [w for w in words(folded) if not (len(w) == 1 and has_han(w))]
    for run in _HAN_ONLY.finditer(folded):
        han = run.group()
        found.extend(han)
        found.extend(a + b for a, b in pairwise(han))
    return found
