"""The interface in three languages: one typed table, checked by mypy.

Chosen over gettext catalogues because there are fewer than a hundred strings: a missing or
misspelt one is a type error, nothing has to be compiled into the wheel, and the same strings
go to the browser as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.document import Language
from service.messages.en import EN
from service.messages.table import Messages
from service.messages.zh_hans import ZH_HANS
from service.messages.zh_hant import ZH_HANT

__all__ = ["LANGUAGES", "Messages", "messages"]

LANGUAGES: Mapping[Language, Messages] = {"zh-Hant": ZH_HANT, "zh-Hans": ZH_HANS, "en": EN}


def messages(language: Language) -> Messages:
    """The strings of `language`."""
    return LANGUAGES[language]
