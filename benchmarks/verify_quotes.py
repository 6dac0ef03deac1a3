"""Verify every quote of answers against the publications, with nothing but the standard library.

    zhujiao read corpus/texts/indsr-2025-01.txt --json > chapter.json
    zhujiao ask "what is TSD's inner core argument" --json > answer.json
    python benchmarks/verify_quotes.py answer.json chapter.json
    -> 1 answers, 1 quotes, 1 notes, 0 wrong

Each file holds JSON objects, one behind the other: publications (`zhujiao read --json`) or answers.
Exit code 1 when anything quoted is not the slice of its publication that it claims to be.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def objects(path: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, whether one a line or printed over many."""
    text, end = Path(path).read_text("utf-8").lstrip(), 0
    while end < len(text):
        found, end = json.JSONDecoder().raw_decode(text, end)
        end += len(text[end:]) - len(text[end:].lstrip())
        yield found


def faults(answer: dict[str, Any], publications: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What an answer shows that its publications do not say."""
    exact = {c["number"]: c["exact"] for c in answer["citations"]}
    for block in answer["blocks"] if answer["mode"] == "extractive" else ():
        if block["text"] != "".join(exact[n] for n in block["citations"]):
            yield f"block is not its citations' text: {block['text'][:40]}"
    for cited in answer["citations"]:
        publication = publications.get(cited["document_id"], {"text": "", "footnotes": []})
        notes = {n["id"]: n["text"] for n in publication["footnotes"]}
        text = (
            notes.get(cited["footnote_id"], "")
            if cited["target"] == "note"
            else publication["text"]
        )
        start, end = cited["start"], cited["end"]
        if not 0 <= start < end or text[start:end] != cited["exact"]:
            yield f"{cited['document_id']} {start}-{end} is not: {cited['exact'][:40]}"
        elif not (
            text[:start].endswith(cited["prefix"]) and text[end:].startswith(cited["suffix"])
        ):
            yield f"{cited['document_id']} {start}-{end} does not stand so: {cited['exact'][:40]}"
        yield from (
            f"note {n['label']} is not: {n['text'][:40]}"
            for n in cited["notes"]
            if notes.get(n["footnote_id"]) != n["text"]
        )


def main(paths: list[str]) -> int:
    """Verify the answers in `paths` against the publications in them; how many faults there are."""
    found = [item for path in paths for item in objects(path)]
    publications = {item["document"]["id"]: item for item in found if "document" in item}
    answers = [item for item in found if "citations" in item]
    wrong = [fault for answer in answers for fault in faults(answer, publications)]
    cited = [c for answer in answers for c in answer["citations"]]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(
        f"{len(answers)} answers, {len(cited)} quotes, {sum(len(c['notes']) for c in cited)} notes, {len(wrong)} wrong"
    )
    return len(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
