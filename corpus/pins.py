"""Read the pin printed after a back reference: the page, article or table it points to.

`, pp. 27, 31-32.` -> `pp. 27, 31-32`; `，第 5 點。` -> `第 5 點`; ` at 22–23.` -> `22–23`
"""

from __future__ import annotations

import re

_DASH = r"\s?[-–—~～‐‑－至]\s?"
_NUMBER = r"(?:[A-Za-z]?\d{1,5}(?:\.\d{1,3}){0,3}(?:[a-z](?![a-z]))?(?:\([a-z\d]{1,4}\)){0,3}|[ivxlc]{1,8}(?![A-Za-z]))"
_RANGE = rf"{_NUMBER}(?:{_DASH}{_NUMBER})?"
_HAN_NUMBER = r"(?:\d{1,5}|[〇○零一二三四五六七八九十百]{1,6})"
_MORE = r"(?:\s?(?:ff?\.|et\sseq\.|n\.\s?\d{1,4}|以下|起))?"
_EN_WORD = (
    r"(?:ss?|pp?|pages?|paras?|paragraphs?|¶{1,2}|§{1,2}|secs?|sections?|chaps?|chapters?|chs?|arts?|articles?|figs?|figures?"
    r"|tables?|apps?|appendix|annex|nn?|lines?|cols?|fols?|fos?|ff(?=\.?\s?\d)|vols?|pts?|parts?|cls?|clauses?"
    r"|rr?|rules?|regs?|regulations?|sch(?:edule)?s?|items?|box|no|docs?|plates?|sheets?|principles?|recommendations?)"
)
_ZH_UNIT = r"[頁页條条點点款項项章節节段版卷期冊册行欄栏號号]"
_LONGEST = 160
_PIECE = re.compile(
    rf"\A(?:{_EN_WORD}\.?\s?{_RANGE}{_MORE}"
    r"|(?:app|appendix|annex|sch(?:edule)?|exhibit)\.?\s[A-Z](?![A-Za-z])"
    rf"|\[\d{{1,4}}\](?:{_DASH}\[\d{{1,4}}\])?"
    r"|passim(?![a-z])"
    rf"|\d{{1,3}}:\d{{1,4}}(?:{_DASH}\d{{1,4}})?(?!\d)"
    rf"|[頁页][碼码]?\s?(?:{_RANGE}|{_HAN_NUMBER}(?:{_DASH}{_HAN_NUMBER})?){_MORE}"
    rf"|(?:第\s?{_HAN_NUMBER}(?:{_DASH}{_HAN_NUMBER})?\s?{_ZH_UNIT}(?:之\s?{_HAN_NUMBER}|[ab](?![a-z]))?\s?){{1,4}}{_MORE}"
    rf"|附[件錄录表圖图註注]\s?(?:{_HAN_NUMBER}|[A-Z甲乙丙丁])?"
    rf"|[表圖图]\s?{_HAN_NUMBER}(?:[-–.]\d+)?"
    rf"|{_RANGE}{_MORE}(?=\s?(?:[,，、;；.。()（）]|$|&|and\s)))",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\)?[\s,，、:：*]{0,8}+(?:at\s{1,4})?", re.IGNORECASE)
_JOINT = re.compile(r"\s?(?:[,，、&]|and|及|與|与|和)\s?", re.IGNORECASE)


def pin_after(text: str, at: int) -> tuple[str | None, int]:
    """The pin that begins at `at`, as printed without "at", and the offset after it.

    (None, at) where none is printed.
    """
    lead = _LEAD.match(text, at)
    start = lead.end() if lead else at
    piece = _PIECE.match(text[start : start + _LONGEST])
    if piece is None:
        return None, at
    end = start + piece.end()
    while joint := _JOINT.match(text, end):
        piece = _PIECE.match(text[joint.end() : joint.end() + _LONGEST])
        if piece is None:
            break
        end = joint.end() + piece.end()
    return " ".join(text[start:end].split()), end
