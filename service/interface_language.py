"""The reader's interface language: `?lang=`, else the browser's wish, else the configured default.

    ?lang=zh-Hans -> zh-Hans        Accept-Language: zh-TW,zh;q=0.9 -> zh-Hant

No cookie holds it: links carry `lang` on once a reader has chosen.
"""

from __future__ import annotations

from flask import request

from corpus.document import Language
from service import running
from service.messages import LANGUAGES

_BY_REGION: dict[str, Language] = {
    "tw": "zh-Hant",
    "hk": "zh-Hant",
    "mo": "zh-Hant",
    "cn": "zh-Hans",
    "sg": "zh-Hans",
    "my": "zh-Hans",
}


def chosen_language() -> Language | None:
    """What the reader chose in the address, if it is one of ours."""
    return match_language(request.args.get("lang", ""))


def reader_language() -> Language:
    """The language in which this request is answered."""
    chosen = chosen_language()
    if chosen is not None:
        return chosen
    for tag, _ in request.accept_languages:
        language = match_language(tag)
        if language is not None:
            return language
    return running.config().default_language


def match_language(tag: str) -> Language | None:
    """A BCP 47 tag -> the interface language for it: zh-HK -> zh-Hant, en-GB -> en, fr -> None.

    A bare `zh` is Simplified, as CLDR's likely subtags have it.
    """
    subtags = tag.lower().replace("_", "-").split("-")
    for language in LANGUAGES:
        if language.lower() == "-".join(subtags[:2]):
            return language
    if subtags[0] == "en":
        return "en"
    if subtags[0] != "zh":
        return None
    return next((_BY_REGION[s] for s in subtags[1:] if s in _BY_REGION), "zh-Hans")
