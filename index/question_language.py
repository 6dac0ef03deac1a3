"""Which of our three languages a text is written in.

`language_of("什么是临界质量")` is "zh-Hans"; a Chinese text that both scripts write alike is "zh-Hant",
the script of the first publication.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from corpus.document import Language
from index.centre import script_of
from index.segment import fold_script


@cache
def _unfolder() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def language_of(text: str) -> Language:
    """The BCP 47 tag of the text's language and script.

    For questions: each of their few characters must count, and OpenCC knows all that differ between the scripts.
    `corpus.language` tells the language of publications by their commonest characters, without OpenCC.
    """
    if script_of(text) == "latin":
        return "en"
    traditional = sum(a != b for a, b in zip(text, fold_script(text), strict=True))
    simplified = sum(a != b for a, b in zip(text, _unfolder().convert(text), strict=False))
    return "zh-Hans" if simplified > traditional else "zh-Hant"
