"""What a publication says of itself above its body: title, authors, affiliations, language.

    "---\\ntitle: 社區圖書館…\\nauthor: 周明霖\\n---" -> title, one author
    "群岛渡轮班次整合…*" / "沈砚　顾明舟" / "（云澜大学…）" -> title, two authors, affiliation

A YAML header is believed; in plain text the first short line is the title when names, a heading
or prose follow it. What is not recognised stays in the body.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.bylines import (
    INLINE_ABSTRACT,
    SIGNS,
    author_lines,
    is_byline,
    is_of_title_page,
    named_in_note,
    names,
    with_affiliations,
)
from corpus.clean import HAN, Line, printed_below
from corpus.contents import Entry
from corpus.document import Author
from corpus.markdown import MarkdownHeading, headings
from corpus.numbering import numbered
from corpus.outline import columns, is_bare_chapter, is_known_heading, looks_like_heading, may_head
from corpus.paragraphs import COLOPHON


@dataclass(frozen=True, slots=True)
class Front:
    """`consumed` are the indices of the lines that hold nothing but these."""

    title: str | None = None
    authors: tuple[Author, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    consumed: frozenset[int] = frozenset()


def find_front(lines: Sequence[Line], markdown: bool) -> Front:
    """`lines` with furniture already blank."""
    first = next((i for i, line in enumerate(lines) if not line.blank), None)
    if first is None:
        return Front()
    if markdown and lines[first].text.startswith("% "):
        return _title_block(lines, first)
    if markdown and lines[first].text == "+++":
        return _toml(lines, first) or Front()
    if lines[first].text == "---":
        yaml = _yaml(lines, first)
        if yaml is not None:
            return yaml
    heads = headings(lines) if markdown else []
    return _markdown_front(lines, heads) if heads else _plain_front(lines, first)


def _title_block(lines: Sequence[Line], first: int) -> Front:
    """Pandoc's three lines: % title, % authors, % date; a title goes on in lines set in."""
    fields: list[str] = []
    index = first
    while index < len(lines) and lines[index].text.startswith(("%", " ") if fields else "%"):
        if lines[index].text.startswith("%"):
            fields.append(lines[index].text[1:].strip())
        else:
            fields[-1] += f" {lines[index].stripped}"
        index += 1
    title, people, *_ = (*fields, "", "")
    named = [name for part in people.split(";") for name in names(part) or (part.strip(),)]
    authors = tuple(Author(name) for name in named if name)
    return Front(title or None, authors, {}, frozenset(range(first, index)))


def _markdown_front(lines: Sequence[Line], heads: Sequence[MarkdownHeading]) -> Front:
    """A single top heading above all others is the title."""
    title = heads[0]
    above = any(not line.blank for line in lines[: title.index])
    if above or len(heads) < 2 or any(head.depth <= title.depth for head in heads[1:]):
        return Front()
    authors, consumed = author_lines(lines, title.index + 1)
    return Front(title.text.rstrip(SIGNS + " "), authors, {}, frozenset({title.index, *consumed}))


def _plain_front(lines: Sequence[Line], first: int) -> Front:
    """The title line, then what names authors and places, up to the first line that does neither."""
    start = _below_masthead(lines, first)
    if not _may_be_title(lines, start):
        return Front()
    last = _title_end(lines, start)
    if last is None:
        return Front()
    last = _title_of_chapter(lines, start, last)
    printed = [line for line in lines[start : last + 1] if not line.blank]
    block = [line.stripped.rstrip(SIGNS + " ") for line in printed]
    title = _joined([part for part in block if not _issued(part)] or block)
    authors, consumed = author_lines(lines, last + 1)
    if authors:
        consumed += _rest_of_front(lines, consumed[-1] + 1)
    return Front(title, authors, {}, frozenset({*range(first, last + 1), *consumed}))


def _rest_of_front(lines: Sequence[Line], start: int) -> list[int]:
    """Lines between the authors and the body that hold no sentence: a date, an address, the title in another language.

    The last may be the heading of the first section, unless another heading or an abstract follows it.
    """
    rest: list[list[int]] = []
    for block in _blocks(lines, start):
        text = lines[block[0]].stripped
        if len(rest) >= _MASTHEAD_BLOCKS or _begins_body([lines[i] for i in block]):
            heads = rest and len(rest[-1]) == 1 and not _opens_section(text)
            return [index for found in (rest[:-1] if heads else rest) for index in found]
        rest.append(block)
    return []


def _blocks(lines: Sequence[Line], start: int) -> Iterator[list[int]]:
    """The indices of lines with nothing blank between, block by block."""
    block: list[int] = []
    for index in range(start, min(start + 40, len(lines))):
        if not lines[index].blank:
            block.append(index)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _begins_body(block: Sequence[Line]) -> bool:
    """Prose, an abstract, a heading, what a journal says of an article."""
    text = block[0].stripped
    return (
        _opens_section(text)
        or text[0] in SIGNS + "[（(〔【"
        or len(block) > 3
        or any("。" in line.text or columns(line.text) > 90 for line in block)
        or not all(map(looks_like_heading, block))
    )


def _opens_section(text: str) -> bool:
    opens = numbered(text) or INLINE_ABSTRACT.match(text) or COLOPHON.match(text)
    return bool(opens) or is_known_heading(text)


def _joined(parts: Sequence[str]) -> str:
    """Title and subtitle with one blank between, however wide; a bracket that opens the second line goes on with the
    first.
    """
    joined = "".join(p if p.startswith(("（", "(")) else f" {p}" for p in parts)
    return " ".join(joined.split())


def _title_of_chapter(lines: Sequence[Line], start: int, last: int) -> int:
    """CHAPTER THREE as the only line of a title block: its title stands in the next block, if that is one line."""
    below = next((i for i in range(last + 1, len(lines)) if not lines[i].blank), None)
    if below is None or start != last or not is_bare_chapter(lines[start]):
        return last
    text = lines[below].stripped
    alone = below + 1 >= len(lines) or lines[below + 1].blank
    names_itself = is_known_heading(text) or numbered(text) or is_byline(text)
    return below if alone and may_head(lines[below]) and not names_itself else last


def _below_masthead(lines: Sequence[Line], first: int) -> int:
    """The first line below the name of a journal, its issue, the kind of text; `first` where no title follows."""
    start = title = first
    for _ in range(_MASTHEAD_BLOCKS):
        end = start
        while end + 1 < len(lines) and not lines[end + 1].blank:
            end += 1
        block = [line.stripped for line in lines[start : end + 1]]
        issued = any(_issued(part) for part in block)
        start = next((i for i in range(end + 1, len(lines)) if not lines[i].blank), len(lines))
        column = len(block) == 1 and _is_column(lines, block[0], start)
        if len(block) > 4 or not (issued or column or all(map(_is_masthead, block))):
            break
        if _titles(lines, start):
            title = start
    return title


def _issued(text: str) -> bool:
    """Does the line name a volume, an issue, a number of a series?"""
    return bool(_ISSUE.search(text) or _ISSUE_AND_PAGES.search(text))


def _is_masthead(text: str) -> bool:
    return bool(_MASTHEAD.search(text)) or is_of_title_page(text)


def _is_column(lines: Sequence[Line], text: str, below: int) -> bool:
    """百年中國與世界: a few characters above a longer line that has the byline right below it."""
    if not _COLUMN.fullmatch(text) or not _titles(lines, below):
        return False
    title = lines[below].stripped
    if is_byline(title):
        return False
    byline = next((line.stripped for line in lines[below + 1 :] if not line.blank), "")
    return columns(title) > columns(text) and title[0] not in "—─-–（(" and is_byline(byline)


_COLUMN = re.compile(f"[{HAN}]{{2,10}}")
_MASTHEAD_BLOCKS = 4


def _may_be_title(lines: Sequence[Line], first: int) -> bool:
    """Short, and neither a heading of the body nor the first half of a cut paragraph."""
    line, text = lines[first], lines[first].stripped
    if not may_head(line) or is_known_heading(text) or text[0] in "-•>|<{[*":
        return False
    if not 4 <= columns(text) <= (70 if "，" in text else 110):
        return False
    found = numbered(text)
    return found is None or (found.kind.startswith("chapter") and _only_chapter(lines, first))


def _titles(lines: Sequence[Line], index: int) -> bool:
    """Could the line be the title below the name of a journal?"""
    if index >= len(lines) or not may_head(lines[index]):
        return False
    text = lines[index].stripped
    if is_of_title_page(text):
        return False
    below = next((line.stripped for line in lines[index + 1 :] if not line.blank), "")
    names_title = _MASTHEAD.search(text) or (is_byline(below) and columns(below) < 60)
    if is_byline(text) and not names_title:
        return False
    return not (is_known_heading(text) or numbered(text))


_ISSUE_AND_PAGES = re.compile(
    r"(?<!\d)\d{4}[,，]\s?\d{1,3}\s?[(（]\d{1,3}[)）]|(?<!\d)\d{1,3}\s?[：:]\s?\d{1,2}$"
    r"|[頁页]\s?\d{1,4}\s?[-–—－]\s?\d{1,4}$|\s(?:19|20)\d\d(?:[./-]\d{1,2}|\s?年\s?\d{1,2}\s?月)$"
)
"""2022, 8(3): 71-80 and 43：1, 頁 89-130, and a month at the end of the name of a series."""
_ISSUE = re.compile(
    r"(?=[第vnidrpb分中学密文編编\d]|^\()(?:第\s?[\d〇零一二三四五六七八九十百]{1,4}\s?[卷期輯辑]|\bVol\.? ?\d|\bNo\.? ?\d|(?<!\d)\d{4}\s?年\s?第|\bISSN\b|\bDOI[:：]"
    r"|^\((?:1[89]|20)\d\d\)\s\d{1,3}(?:\(\d{1,3}\))?\s[A-Z]|\b(?:19|20)\d\d\s?;\s?\d{1,3}|\bVolume \d"
    r"|(?<=\s)\d{1,3}(?:\(\d{1,3}\)|[.:]\d{1,2})?\s\((?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d\)(?:$|[:,]\s?\d)"
    r"|\b(?:Report|Paper|Brief|Issue|Number)\s{1,2}(?:No\. ?)?\d{1,4}\b|(?:分类号|中图分类号|学校代码|密级|文章编号|文献标识码|編號|编号)\s?[:：])",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?:name|affiliation|institute)\s?:")
_MASTHEAD = re.compile(
    r"(?:評論|评论|學報|学报|月刊|季刊|[週周]刊|[季週周][報报]|集刊|年報|年报|期刊|論叢|论丛|專題研究|专题研究|研究論文|研究论文|學術論文|学术论文|專論|专论|笔谈|筆談|政策簡報|政策简报|[觀观]察|通[訊讯]|[論论][壇坛]|[簡简][報报]|[碩硕博]士(?:[學学]位)?[論论]文|委[託托](?:研究)?(?:[計计][畫画劃划]|[報报]告)"
    r"|\b(?:JOURNAL|REVIEW|QUARTERLY|Journal|Review|Quarterly))$"
    r"|^(?:ARTICLES?|ESSAYS?|NOTES?|COMMENTS?|BOOK REVIEWS?|(?:POLICY|RESEARCH|ISSUE) (?:BRIEF|REPORT|NOTE|PAPER)|WORKING PAPER|COMMENTARY"
    r"|(?:ORIGINAL|Original|RESEARCH|Research|REVIEW|Review|SPECIAL|Special|FEATURE|Feature|DISCUSSION|Discussion|OCCASIONAL|Occasional|CASE|Case)"
    r" (?:RESEARCH|Research|ARTICLE|Article|PAPER|Paper|REPORT|Report|ESSAY|Essay|NOTE|Note)|論文|论文|專題|专题|評論|评论)$"
    r"|^[A-Z]{1,4}(?:/[A-Z0-9.]{1,8}){2,6}$|^[·•‧【\[〔](?!\d)[^·•‧】\]〕]{2,20}[·•‧】\]〕]$"
    r"|^[^\s<>＞»›]{1,12}(?:\s[>＞»›]\s[^\s<>＞»›]{1,12}){1,5}$",
)


def _only_chapter(lines: Sequence[Line], first: int) -> bool:
    """Is the chapter on line `first` the only one of the file, so that its heading is the title?"""
    own = numbered(lines[first].stripped)
    others = (
        numbered(line.stripped)
        for line in lines[first + 1 :]
        if not line.blank and len(line.text) < 80 and looks_like_heading(line)
    )
    return own is not None and not any(
        found and found.kind == own.kind and found.number != own.number for found in others
    )


def _title_end(lines: Sequence[Line], first: int) -> int | None:
    """The last line of the title block; None when the first line is the start of prose, or all there is."""
    end = first
    while end + 1 < len(lines) and not lines[end + 1].blank:
        if is_byline(lines[end + 1].stripped) or not looks_like_heading(lines[end + 1]):
            break
        end += 1
    if printed_below(lines, end) is None or end - first > 2:
        return None
    runs_on = (
        end + 1 < len(lines) and not lines[end + 1].blank and not is_byline(lines[end + 1].stripped)
    )
    return None if runs_on else end


def with_author_note(front: Front, entries: Sequence[Entry], note: str | None) -> Front:
    """Complete title, authors and affiliations from a contents list and the author's `*` note.

    The entry of the list that belongs to the file is the one whose author the note names.
    """
    if not note:
        return front
    authors, title = front.authors, front.title
    named = [entry for entry in entries if entry.author and entry.author in note]
    if not authors and len(named) == 1:
        people = names(named[0].author or "") or (named[0].author or "",)
        authors = tuple(Author(name) for name in people)
        title = title or named[0].title
    authors = with_affiliations(authors or named_in_note(note), note)
    return Front(title, authors, front.fields, front.consumed)


def _toml(lines: Sequence[Line], first: int) -> Front | None:
    """The header between +++ and +++ that Hugo reads; None where it is not TOML."""
    closing = range(first + 1, min(first + 200, len(lines)))
    end = next((i for i in closing if lines[i].text == "+++"), first)
    try:
        table = tomllib.loads("\n".join(line.text for line in lines[first + 1 : end]))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    people = table.get("authors") or table.get("author") or []
    named = people if isinstance(people, list) else [people]
    authors = tuple(a for person in named if isinstance(person, str) for a in _persons(person))
    fields = {key: str(value) for key, value in table.items() if not isinstance(value, list | dict)}
    return Front(fields.get("title") or None, authors, fields, frozenset(range(first, end + 1)))


def _yaml(lines: Sequence[Line], first: int) -> Front | None:
    """The header between --- and --- ; only flat keys and lists of authors are read."""
    end = next(
        (
            i
            for i in range(first + 1, min(first + 200, len(lines)))
            if lines[i].text in {"---", "..."}
        ),
        None,
    )
    if end is None:
        return None
    fields: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    key = ""
    for line in lines[first + 1 : end]:
        match = _YAML_KEY.match(line.text)
        if match:
            key, value = match[1].lower(), (match[2] or "").strip()
            if value.startswith("[") and value.endswith("]"):
                lists[key] = [_unquoted(v) for v in value[1:-1].split(",") if v.strip()]
            else:
                fields[key] = _unquoted(value)
        elif key and (item := _YAML_ITEM.match(line.text)):
            lists.setdefault(key, []).append(_unquoted(item[1]))
        elif key not in lists and fields.get(key) and line.text.strip():
            fields[key] = f"{_BLOCK.sub('', fields[key])} {line.stripped}".strip()
        elif key and line.text.strip():
            lists.setdefault(key, [""])[-1] += "\n" + line.text.strip()
    people = (
        lists.get("author")
        or lists.get("authors")
        or [fields.get("author") or fields.get("authors") or ""]
    )
    authors = tuple(author for person in people for author in _persons(person))
    return Front(fields.get("title") or None, authors, fields, frozenset(range(first, end + 1)))


_YAML_KEY = re.compile(r"(?<![\w-])([A-Za-z][\w-]{0,40}):(?:\s+(.*)|$)")
_BLOCK = re.compile(r"\A[|>][+-]?\Z")
"""How a value begins whose lines follow."""
_YAML_ITEM = re.compile(r"\s{0,8}-\s+(.*)")


def _unquoted(value: str) -> str:
    """A YAML scalar; inside single quotes one is written as two, inside double quotes with a backslash."""
    value = value.strip()
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
        return value
    escaped = "''" if value[0] == "'" else '\\"'
    return value[1:-1].replace(escaped, value[0])


def _persons(text: str) -> list[Author]:
    """One person with a place, or the names that a line holds: "Ann Lind and Kofi Osei"."""
    fields = dict(part.split(":", 1) for part in text.split("\n") if _FIELD.match(part))
    name = _unquoted(fields.get("name", "" if fields else text))
    place = fields.get("affiliation") or fields.get("institute")
    if place or not name:
        return [Author(name, _unquoted(place or ""))] if name else []
    return [Author(one) for one in names(name) or (name,)]
