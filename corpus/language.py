"""Which of the three languages a text is in, by its characters.

"區域秩序" -> zh-Hant      "区域秩序" -> zh-Hans      "regional order" -> en
"""

from __future__ import annotations

import re

from corpus.clean import HAN
from corpus.document import Language

_HANT = "國們這個來時為說對會學過還後開關發現經與進種應當長東車馬門問間電話語讀書買賣錢銀鐵點黨體區縣灣島術藝實際權無業產動員報導從將傳統樣條樹機橋歷歸當爭戰軍選舉論證據議題類約終結組織維網絡變讓認識詞譯護負責資質購買賽趙運達遠邊遲選遺"
_HANS = "国们这个来时为说对会学过还后开关发现经与进种应当长东车马门问间电话语读书买卖钱银铁点党体区县湾岛术艺实际权无业产动员报导从将传统样条树机桥历归当争战军选举论证据议题类约终结组织维网络变让认识词译护负责资质购买赛赵运达远边迟选遗"
_SHARED = set(_HANT) & set(_HANS)
_ONLY_HANT = frozenset(_HANT) - _SHARED
_ONLY_HANS = frozenset(_HANS) - _SHARED
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


def detect_language(text: str) -> Language:
    """English unless Han characters are at least half as many as Latin words.

    For publications: the commonest characters tell, without the dictionary of a search library. A question is so
    short that each of its characters must count, so `index.question_language` asks OpenCC.
    """
    head = text[:200_000]
    han = len(_HAN_CHARACTER.findall(head))
    if han == 0 or 2 * han < len(_LATIN_WORD.findall(head)):
        return "en"
    traditional = sum(character in _ONLY_HANT for character in head)
    simplified = sum(character in _ONLY_HANS for character in head)
    return "zh-Hans" if simplified > traditional else "zh-Hant"
