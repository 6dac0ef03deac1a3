"""Turn a printed list of authors into CSL names.

`Lisa Curtis, Jacob Stokes, et al.`
-> `{family: Curtis, given: Lisa}, {family: Stokes, given: Jacob}, {literal: et al.}`

Conventions. A western personal name is split into given and family name at its last word (with
particles: van, de la; suffixes: Jr.). The family name of a romanised East Asian name cannot be
told from its order, so `Kei Koga` and `Lin Mei` are read given name first. A name in Han
characters is kept whole as `literal`: its first character may as well begin an institution
(林務局). CSL-JSON has no mark for a list cut short, so a printed "et al." or 等 stays as the last
literal rather than being lost. What reads like prose gives None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Name = Mapping[str, str]

SURNAMES = (
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙朱馬马胡郭林何高梁鄭郑羅罗宋謝谢唐韓韩曹許许鄧邓蕭萧馮冯曾程蔡彭潘袁于董余蘇苏葉叶呂吕魏蔣蒋田杜丁沈"
    "姜范江傅鍾鐘钟盧卢汪戴崔任陸陆廖姚方金邱丘夏譚谭韋韦賈贾鄒邹石熊孟秦閻阎薛侯雷白龍龙段郝孔邵史毛常萬万顧顾賴赖武康賀贺嚴严尹錢钱施牛洪龔龚"
    "湯汤陶黎溫温莫易樊喬乔文安殷顏颜莊庄章魯鲁倪龐庞邢俞翟藍蓝聶聂齊齐向申葛柴伍覃駱骆關关焦柳歐欧祝紀纪尚畢毕耿蘆芦左季管符辛苗詹曲靳祁路涂"
    "柯阮成童歸归甘游瞿翁連连巫古簡简卓商鮑鲍穆靜应應饒饶屈卞時时冉佟欒栾晏匡藺蔺滿满裴車车米臧宗桂凌解沙甯宁巴池谷項项岳宮宫褚婁娄戚卜闕阙"
)
"""Chinese surnames of one character, to tell a name from a word."""
_MAX_LIST = 400
_MAX_LATIN_NAME = 120
_MAX_HAN_NAME = 40
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_INSTITUTION_WORDS = """
    academy administration agency airlines alliance archive archives army association audit
    authority bank board bureau cabinet center centre chamber college commission committee
    commons company congress coordinator corporation council court data department division
    embassy federation force forces forum foundation fund government group harbour house inc
    initiative institut institute institution insurance international journal laboratory
    league library ltd ministry monitor museum nations navy network news observatory observer
    office organisation organization parliament partnership party pool port press republic
    research review school secretariat senate service society state states survey team times
    treasury trust union united university watch white world
"""
_PARTICLE_WORDS = """
    van von der den de del della di da dos das do du la le ter ten zu zur al el bin ibn af av
"""
_PROSE_WORDS = """
    a according after all although among an another any as at because before both but by
    during each for from he her his however i if in it its many most nor not of on one or our
    several she since some such that their there these they this those though thus to under
    unlike until we what when where which while who with
"""
_INSTITUTION = frozenset(_INSTITUTION_WORDS.split())
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_PROSE_OPENERS = frozenset(_PROSE_WORDS.split())
_JOINING = frozenset(
    ("of", "for", "the", "and", "on", "in", "to", "at", "with", "&", "et", "und", "y", "e")
)
# The full stop after an institution belongs to the list, unless it ends an abbreviation.
_ABBREVIATED = re.compile(r"(?<![.\s])(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)(?<!Dept)(\w{2})\.$")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_WORD = re.compile(
    r"(?:[^\W\d_]\.-?)+[^\W\d_]?\.?|(?:[A-ZÀ-ÖØ-ÞĀ-Ž]|[dDlLO][’'](?=[A-Z]))[^\W\d_]*(?:[’'‘\-‐‑][^\W\d_]+)*\.?"
)
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž0-9(&]")
_ET_AL = re.compile(r"[,，]?\s?(?:and\s)?(et\sal\.?|and\sothers)$", re.IGNORECASE)
_ET_AL_HAN = re.compile(r"[、，,]?\s?(等)\s?人?$")
_EN_ROLE = re.compile(
    r"[,，]?\s?[(（]?\b(?:eds?|editors?|trans|comps?)\b\.?[)）]?\s?$", re.IGNORECASE
)
_ZH_ROLE = re.compile(
    r"[，,\s]{0,3}(?:主編|主编|編著|编著|合編|合编|編|编|合?著|撰|輯|辑|合?[譯译]|[翻校][譯译])\s?$"
)
_COUNTRY = re.compile(r"[\[［〔（(【][^\])）］〕】]{1,6}[\])）］〕】]\s*")
_PROSE = re.compile(
    r"[的了嗎吗。！？“”「」『』《》〈〉]|認為|认为|指出|表示|主張|主张|使用|根據|根据|依據|依据|關於|关于|有關|有关|對於|对于|由於|由于"
    r"|因此|然而|例如|以及|可以|本文|本書|本书|所謂|所谓|除了|如果|但是|例外|為例|为例|按照|論者|其中"
)
_INITIALLED = re.compile(
    r"(?<![^\W\d_])(?!and\s)[^\s,.&][^,.&]{0,40}+,\s?(?:[^\W\d_]\.(?:[\s\-](?=[^\W\d_]\.))?)+(?:,?\s(?:Jr|Sr)\.)?"
)
_AND = re.compile(r"\s(?:and|und|et)\s|\s?&\s?")
_HAN_AND = re.compile(r"(?<=[\u4e00-\u9fff])\s?[與和及与暨]\s?(?=[\u4e00-\u9fff])")
_BETWEEN_NAMES = re.compile(r"[\s,.&…]|\band\b")
_LAST = re.compile(r"\A(?:and|&)\s")
_STOP = re.compile(r"[.!?]\s")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|St|Inc|Ltd|Co|Dept|Univ|Gov)\.")
_HAN_COMMA = re.compile(r"\s?[、，,/／]\s?")
_COMMA = re.compile(r"\s?,\s?")


def parse_names(printed: str) -> tuple[Name, ...] | None:
    """The names in a printed list; () for a blank one, None for what does not read as names."""
    text = " ".join(printed.replace("*", " ").split()).strip(" ,，:：、")
    text = _EN_ROLE.sub("", text).strip(" ,，:：")
    if not text:
        return ()
    if len(text) > _MAX_LIST:
        return None
    text = _ZH_ROLE.sub("", text)
    return _han_names(text) if _HAN.search(text) else _latin_names(text)


def _han_names(text: str) -> tuple[Name, ...] | None:
    others = _ET_AL_HAN.search(text) if len(text) > 1 else None
    if others is not None:
        text = text[: others.start()]
    names: list[Name] = []
    for part in _HAN_COMMA.split(text):
        name = _COUNTRY.sub("", part, count=1) if _COUNTRY.match(part) else part
        if not name or len(name) > _MAX_HAN_NAME or _PROSE.search(name):
            return None
        names += [{"literal": one} for one in _persons_joined(name)]
    if others is not None:
        names.append({"literal": others.group(1)})
    return tuple(names)


def _persons_joined(name: str) -> list[str]:
    """王守仁與陳以安 -> both; 教育及文化委員會 stays whole."""
    halves = _HAN_AND.split(name)
    if len(halves) > 1 and all(2 <= len(half) <= 4 for half in halves):
        return halves
    return [name]


def _latin_names(text: str) -> tuple[Name, ...] | None:
    others = _ET_AL.search(text)
    if others is not None:
        text = text[: others.start()]
    persons = _initialled(text) or _persons(text)
    if persons is None:
        if not is_institution(text):
            return None
        persons = ({"literal": _ABBREVIATED.sub(r"\1", text)},)
    return (*persons, {"literal": others.group(1)}) if others is not None else persons


def _initialled(text: str) -> tuple[Name, ...] | None:
    """`Panda, J., & Ohn, D.`: family names first, given names as initials."""
    names = [inverted_name(m.group()) for m in _INITIALLED.finditer(text)]
    rest = _BETWEEN_NAMES.sub("", _INITIALLED.sub("", text))
    found = tuple(name for name in names if name is not None)
    return found if found and not rest and len(found) == len(names) else None


def _persons(text: str) -> tuple[Name, ...] | None:
    names: list[Name] = []
    for part in _COMMA.split(text):
        for piece in _AND.split(_LAST.sub("", part)):
            if _SUFFIX.fullmatch(piece) and names:
                names[-1] = {**names[-1], "suffix": piece}
                continue
            person = western_name(piece)
            if person is None:
                return None
            names.append(person)
    return tuple(names)


def western_name(text: str) -> Name | None:
    """`Vinod K. Aggarwal` -> {given: Vinod K., family: Aggarwal}; None for no personal name."""
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    if not 2 <= len(words) <= 6 or words[-1].endswith(".") or words[0] in _PARTICLES:
        return None
    capitals = [w for w in words if w not in _PARTICLES]
    if any(w.casefold().strip(".") in _INSTITUTION or w in _JOINING for w in words):
        return None
    if words[-1] in _PARTICLES or not all(_WORD.fullmatch(w) for w in capitals):
        return None
    first = next((i for i, w in enumerate(words) if w in _PARTICLES), len(words) - 1)
    name = {"family": words[-1], "given": " ".join(words[:first])}
    if first < len(words) - 1:
        name["non-dropping-particle"] = " ".join(words[first:-1])
    return {**name, "suffix": suffix} if suffix else name


def inverted_name(text: str) -> Name | None:
    """`Panda, Jagannath` or `Hale, M.` -> {family, given}; None for anything else."""
    family, comma, given = (part.strip() for part in text.partition(","))
    words = [*family.split(), *given.split()]
    if not comma or not family or not given or len(words) > 6:
        return None
    if not all(_WORD.fullmatch(w) or w in _PARTICLES for w in words):
        return None
    if any(w.casefold().strip(".") in _INSTITUTION for w in words):
        return None
    return {"family": family, "given": given}


def is_institution(text: str) -> bool:
    """Whether `text` reads as the name of a body: capitals throughout, no verb, no long clause."""
    words = text.replace(",", " ").split()
    if not words or len(text) > _MAX_LATIN_NAME or len(words) > 14:
        return False
    if not _CAPITAL.match(words[0]) or words[0].casefold() in _PROSE_OPENERS or words == ["The"]:
        return False
    if _STOP.search(_ABBREVIATION.sub("", text)):
        return False
    return all(_CAPITAL.match(w) or w in _JOINING or w in _PARTICLES for w in words)
