"""Questions about the notes themselves, read into what they want of the footnote graph.

"註11的 Ibid. 指的是哪一筆文獻？"                  -> NoteByLabel(labels=("11",))
"which notes cite Thomas Wilkins"                -> NotesCiting(subject="Thomas Wilkins")
"Wilkins 那篇是哪個註？"                           -> NotesCiting(subject="Wilkins", in_full=True)
"What source supports the claim that X?"         -> SourceOfClaim(claim="X")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.document import Document, Footnote
from index.segment import fold, words
from index.stopwords import STOP_WORDS


@dataclass(frozen=True, slots=True)
class NoteByLabel:
    """Notes asked for by the number printed on them."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotesCiting:
    """Notes that cite a person, a title or a publisher; with `in_full`, the note that gives the work and
    none that points back to it."""

    subject: str
    in_full: bool = False


@dataclass(frozen=True, slots=True)
class SourceOfClaim:
    """The source behind something the text says; `verbatim` is what the question puts in quotation marks."""

    claim: str
    verbatim: tuple[str, ...] = ()


FootnoteQuestion = NoteByLabel | NotesCiting | SourceOfClaim

_NOTE = r"(?:foot|end)?notes?|(?:脚|註|注|附)(?:脚|註|注|解|释)?|supra note"
_LABEL = re.compile(
    r"(?:\b(?:foot|end)?notes?|\bsupra notes?|\bfn\.?|脚注|注脚|注释|附注|注解|(?<![关备专贯押倾下])注)\s*(?:编号|号|第|no\.?|number|#)*\s*(?P<label>\d{1,4})(?!\d)"
    r"|第\s*(?P<ordinal>\d{1,4})\s*(?:个|条|号|则)?\s*(?:脚注|注脚|注释|注解|注)",
)
_MORE_LABELS = re.compile(r"\s{0,4}(?:,|、|和|与|及|and|&)\s{0,4}(?:注)?\s{0,4}(\d{1,4})(?!\d)")
_QUOTED = re.compile(r"[「『“\"](?P<claim>[^「」『』“”\"]{4,})[」』”\"]")

_ENGLISH_CITING = re.compile(
    r"\b(?:which|what|how many|list|find|show|any)\b.{0,40}?\b(?:foot|end)?notes?\b.{0,40}?\b(?:cites?|citing|quotes?|quoting|mentions?|mentioning|refers? to|referring to|references?|"
    r"contains?|names?|relies? on|by|from|use[sd]?|draws? on|to)\b(?P<subject>.+)",
)
_ENGLISH_CITED = re.compile(
    r"\b(?:where|how often|is|does|which (?:works?|articles?|books?|papers?|sources?))\b(?P<subject>.{1,120}?)\b(?:is |are |be |being )?(?:cited|referenced|footnoted)\b",
)
_CHINESE_CITING = re.compile(
    r"(?:哪(?:些|个|几个|一个|条|几条|则)?|有(?:哪些|没有|几个))?(?:的)?(?:脚注|注脚|注释|注解|附注|注)(?:里|中|当中)?(?:有)?(?:引用|引|提到|提及|援引|参考|写到|出现|出自|来自)(?:了|过|到)?(?P<subject>.+)",
)
_CHINESE_NOTES_THAT = re.compile(
    r"(?:引用|引述|援引|引|提到|提及|参考|出自|来自)(?:了|过|到)?(?P<subject>[^,，。?？]{2,40}?)的(?:脚注|注脚|注释|注解|附注|注)(?:有|是|在)?(?:哪|几|多少)"
)
_CHINESE_WHICH_NOTE = re.compile(
    r"^(?P<subject>[^，。？?「」]{2,60}?)(?:的?那(?:篇|本|一篇|份|笔|个))?(?:文章|著作|论文|书|报告)?(?:是在|是|在|见|出现在)哪(?:(?:一)?(?:个|条|号)|(?P<many>几个|些))?(?:脚注|注脚|注释|注解|注)"
)
_ENGLISH_WHICH_NOTE = re.compile(
    r"\b(?:which|what) (?:foot|end)?note (?:is|gives|has|holds)\b(?P<subject>.+)"
)
_CHINESE_CITED = re.compile(
    r"^(?P<subject>[^,，。?？「」]{2,40}?)(?:的(?:文章|著作|论文|书|研究|报告|作品))?(?:在|被)(?:哪(?:些|个|几个|一个|条|里)?)?.{0,6}?(?:注|脚注|注脚)?.{0,4}?(?:引用|引|援引|提到)"
)
_ENGLISH_WORKS_OF = re.compile(
    r"\b(?:which|what|how many)\b.{0,20}?\b(?:works?|articles?|books?|papers?|writings?|studies)\b.{0,12}?\b(?:by|of|from)\b(?P<subject>.{2,60}?)"
    r"\b(?:do|does|did|is|are|was|were|has|have)\b.{0,40}?\b(?:cit(?:e|es|ed)|quoted?|use[ds]?)\b",
)
_CHINESE_WORKS_OF = re.compile(
    r"(?:引|引用|引述|援引|参考)(?:了|过)?(?:哪(?:些|几)?|多少)(?:篇|本|部|份|个)?(?:由|的|关于)?(?P<subject>[^,，。?？]{2,40}?)(?:的|写的)?(?:文章|著作|论文|书|研究|报告|作品|文献|文件|资料|报道|报导|声明)(?:[?？]|$)",
)

_ENGLISH_SOURCE = re.compile(
    r"\b(?:what|which|whose)\s+(?:is the\s+)?(?:\w+\s+)?(?:source|sources|reference|references|citation|citations|footnote|footnotes|note|notes|work|works|article|evidence)\b.{0,80}?\b"
    r"(?:support|supports|supporting|back|backs|backing|behind|for|given for|cited for|that|underpin|underpins)\b(?P<claim>.+)"
    r"|\bwho(?:se work)? (?:is|does|did).{0,60}?\bcite[ds]?\b.{0,40}?\b(?:for|that|when|as)\b(?P<claim2>.+)"
    r"|\bwhere does .{0,80}?\b(?:claim|statement|figure|idea|point)\b(?P<claim3>.{1,300}?)\bcome from"
    r"|^(?:the )?(?:sources?|references?|citations?|footnotes?) (?:for|behind)\b(?P<claim4>.+)",
)
_CHINESE_SOURCE = re.compile(
    r"出处|来源(?:是|为|在|有)|根据(?:的)?是[^，。？?]{0,6}?(?:什么|哪|谁)|依据(?:的)?是[^，。？?]{0,6}?(?:什么|哪|谁)|引(?:用)?(?:了|的是|自|述)?(?:谁|哪|什么)|哪(?:篇|本|一篇|份|笔|一笔|个|些)?(?:文章|文献|著作|论文|书|资料|来源|研究|脚注|注)|谁的(?:著作|文章|研究|论文|说法|书)|引自",
)
_LEADING = re.compile(
    r"^(?:\s|the|a|an|claim|claims|statement|idea|point|argument|assertion|works?|articles?|papers?|full|references?|citations?|for|by|of|that|this|:|,)+\b",
    re.I,
)


def read_footnote_question(question: str) -> FootnoteQuestion | None:
    """What a question wants of the notes, or None when it asks about the text."""
    text = unicodedata.normalize("NFKC", question).strip()
    folded = fold(question)
    if labels := _labels(folded):
        return NoteByLabel(labels)
    if which := _which_note(folded):
        return which
    quoted = tuple(_QUOTED.findall(text))
    if quoted and (
        _CHINESE_SOURCE.search(folded)
        or re.search(r"\b(?:source|cite[ds]?|footnotes?|notes?|reference)\b", folded)
    ):
        return SourceOfClaim(" ".join(quoted), quoted)
    return _citing(folded) or _source(folded)


def notes_labelled(document: Document, labels: tuple[str, ...]) -> list[Footnote]:
    """The notes that carry one of the printed labels, in document order."""
    return [f for f in document.footnotes if f.label in labels]


def notes_citing(
    document: Document, names_it: Callable[[str], bool], in_full: bool = False
) -> list[Footnote]:
    """The notes whose own text, or the work they point back to, names what is looked for; with `in_full`
    those whose own text does, where there are any."""
    own = [f for f in document.footnotes if names_it(f.text)]
    if own and in_full:
        return own
    return [
        f for f in document.footnotes if any(names_it(text) for text in _own_and_meant(document, f))
    ]


def _own_and_meant(document: Document, footnote: Footnote) -> Iterator[str]:
    """The note's text, and of each note it points back to the words of the work meant."""
    yield footnote.text
    for reference in footnote.back_references:
        if reference.resolved is not None:
            target = document.footnote(reference.resolved.footnote_id)
            yield target.works[reference.resolved.work].span.of(target.text)


def _labels(folded: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _LABEL.finditer(folded):
        found.append(match["label"] or match["ordinal"])
        position = match.end()
        while more := _MORE_LABELS.match(folded, position):
            found.append(more[1])
            position = more.end()
    return tuple(dict.fromkeys(found))


def _which_note(folded: str) -> NotesCiting | None:
    for pattern in (_ENGLISH_WHICH_NOTE, _CHINESE_WHICH_NOTE):
        if (match := pattern.search(folded)) and (subject := _subject(match["subject"])):
            return NotesCiting(subject, in_full=not match.groupdict().get("many"))
    return None


def _citing(folded: str) -> NotesCiting | None:
    for pattern in (
        _ENGLISH_CITING,
        _CHINESE_NOTES_THAT,
        _CHINESE_CITING,
        _ENGLISH_CITED,
        _CHINESE_WORKS_OF,
        _CHINESE_CITED,
        _ENGLISH_WORKS_OF,
    ):
        if (match := pattern.search(folded)) and (subject := _subject(match["subject"])):
            return NotesCiting(subject)
    return None


def _subject(raw: str) -> str:
    """The name asked for, or nothing when the phrase is a claim rather than a name."""
    subject = re.sub(r"[?？。!！「」『』《》“”\"]", " ", _LEADING.sub("", raw.strip())).strip()
    subject = re.sub(
        r"(?:的)?(?:文章|著作|论文|书|研究|报告|作品|文献|文件|资料|报道|报导|吗|呢|的)$",
        "",
        subject,
    ).strip()
    known = [w for w in words(subject) if w not in STOP_WORDS]
    return (
        subject
        if 0 < len(known) <= 6 and not re.search(r"谁|哪|什么|\bwho\b|\bwhat\b|\bclaim", subject)
        else ""
    )


def _source(folded: str) -> SourceOfClaim | None:
    if match := _ENGLISH_SOURCE.search(folded):
        claim = next(c for c in match.groups() if c is not None)
        return SourceOfClaim(_LEADING.sub("", claim.strip()).rstrip("?"))
    if match := _CHINESE_SOURCE.search(folded):
        rest = (folded[: match.start()] + " " + folded[match.end() :]).strip()
        rest = re.sub(
            r"(?:这个|这一|这种|此|该)?(?:说法|观点|主张|论点|数字|论断|判断|看法)(?:的|是|,|，)*|[?？]",
            " ",
            rest,
        )
        return SourceOfClaim(rest.strip()) if len(words(rest)) > 1 else None
    return None
