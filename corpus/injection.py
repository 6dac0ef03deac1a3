"""Tell an editor which paragraphs speak to a language model and not to a reader.

    "Ignore all previous instructions and …" -> Finding("warning", "prompt-injection", "paragraph p7 …", 41)

Such text does no harm here: no model writes an answer, and what is quoted is shown as a quotation. But
an editor who did not write it should know that it stands in the file.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Sequence

from corpus.document import Finding, Footnote, LineMap, Paragraph
from corpus.findings import finding

_LOOKALIKES = str.maketrans("асеорхуіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "aceopxyijsdhqwABEZHIKMNOPTYXo")
"""Cyrillic and Greek letters that print like Latin ones."""

_LOOKALIKE = "".join(map(chr, _LOOKALIKES))
_MIXED_WORD = re.compile(f"[A-Za-z][{_LOOKALIKE}]|[{_LOOKALIKE}][A-Za-z]")
_BLOB = re.compile(r"(?<![\w/.+=-])[A-Za-z0-9+/]{40,4000}={0,2}(?![\w/])")
_SAYS: tuple[tuple[str, str], ...] = (
    (
        "tells a model to set its instructions aside",
        (
            r"\b(?:ignore|disregard|forget|override|bypass|do not follow)\b.{0,30}"
            r"\b(?:instructions?|rules?|prompts?|guidelines?|polic(?:y|ies)|footnotes?|you (?:were|have been) told)\b"
            r"|\bdo not cite\b|\b(?:new|following) (?:instructions?|commands?)\b.{0,30}(?::|\b(?:assistant|action)\b)"
            r"|(?:忽略|[無无][視视]|忘[記记掉]|不要理[會会]|不要遵守)(?:掉)?(?:以上|[之先]前|前面|上述|上面|上文|前文|前述|所有|一切|你)"
            r"|不要遵守|新的?(?:指令|指示|任[務务])[:：]|(?:指令|文本|[內内]容)(?:到此)?[結结]束|不得引用|不再附上|不要附上"
            r"|[執执]行以下(?:命令|指令)"
        ),
    ),
    (
        "prints the words of a chat with a model",
        (
            r"^\W{0,3}(?:system|assistant|user)\W{0,3}:|^\W{0,3}(?:系[統统]|助理|助手)(?:[訊讯]息|消息|提示)?\W{0,2}:"
            r"|【系[統统]|[:.。]\s*(?:user|assistant|使用者|用[戶户]|助理|助手):"
            r"|<\|[\w ]{1,30}\|>|\[/?inst\]|</?(?:context|system|instructions?|prompt|document|assistant|user)>"
            r'|#{2,}\s*(?:end of|指令)|"role"\s*:\s*"(?:system|assistant|user)"'
        ),
    ),
    (
        "addresses a language model",
        (
            r"\b(?:if you are|as) an? (?:\w+ )?(?:language model|ai|llm|assistant)\b"
            r"|\b(?:note|message|instructions?|attention)\b.{0,12}\b(?:ai|llms?|assistants?|language models?|chatbots?)\b.{0,12}:"
            r"|\byou are (?:now|dan)\b|\bpretend that you\b|\byou (?:will|must) act as\b"
            r"|(?:[給给致]|身[為为]|作[為为]|你是)(?:一[個个])?(?:大型)?(?:[語语]言模型|人工智[慧能])(?:的[說说]明|系[統统])?[:，,]"
            r"|你[現现]在(?:是|扮演)|(?:[請请]|[開开]始)你?(?:扮演|假[裝装])|你(?:必[須须]|不得|[將将]不再|[應应][當当])"
            r"|模型[應应][當当]|只[給给][機机]器[閱阅][讀读]"
        ),
    ),
    (
        "asks for the prompt of a model or for code to run",
        (
            r"\b(?:system|hidden|secret) prompt\b|\bdeveloper (?:mode|message)\b|\bmodel without restrictions\b"
            r"|\b(?:print|reveal|show) your (?:configuration|instructions|prompt)\b"
            r"|提示[詞词]|[開开][發发]者(?:模式|[消訊讯]息)|<script\b|\bjavascript:"
        ),
    ),
)
_PATTERNS = tuple((what, re.compile(pattern)) for what, pattern in _SAYS)


def check_injections(
    text: str, paragraphs: Sequence[Paragraph], footnotes: Sequence[Footnote], lines: LineMap
) -> list[Finding]:
    """A finding for every paragraph and note that speaks to a model."""
    places = [
        (f"paragraph {p.id}", p.span.of(text), lines.line_of(p.span.start)) for p in paragraphs
    ] + [(f"note {f.label}", f.text, f.line) for f in footnotes]
    return [
        finding("prompt-injection", f"{where} {what}", line)
        for where, said, line in places
        if (what := injection(said))
    ]


def injection(text: str) -> str | None:
    """What a paragraph does that is meant for a machine, in words; None where it does nothing of the kind."""
    if _MIXED_WORD.search(text):
        return "hides letters of another script in its words"
    if any(_is_hidden_text(blob[0]) for blob in _BLOB.finditer(text)):
        return "holds text in base64"
    plain = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).lower()
    return next((what for what, pattern in _PATTERNS if pattern.search(plain)), None)


def _is_hidden_text(blob: str) -> bool:
    """Whether a run of letters is readable text in base64."""
    try:
        said = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return said.isprintable()
