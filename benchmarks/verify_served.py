"""Ask a running service questions and verify every citation against its published sources.

    python benchmarks/verify_served.py http://127.0.0.1:8000 tests/quality/*.jsonl
    -> 482 questions, 308 answered, 642 citations, 0 wrong      (with the two publications of tests/publications)

Nothing but the standard library, and nothing of ours: what it trusts is SHA-256 and counting characters.
Exit code 1 when a citation is not the slice of the source that it claims to be.
"""

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen


def fetched(address: str, body: bytes | None = None) -> dict[str, Any]:
    """The JSON object at an address."""
    with urlopen(Request(address, body, {"Content-Type": "application/json"}), timeout=60) as got:
        found: dict[str, Any] = json.load(got)
    return found


@cache
def texts_of(service: str, document_id: str) -> dict[str | None, str]:
    """The text under None and each note's under its id. ValueError when a digest is not that of its text."""
    source = fetched(f"{service}/api/v1/sources/{document_id}")
    parts = [{"id": None, **source}, *source["notes"]]
    for part in parts:
        if hashlib.sha256(part["text"].encode()).hexdigest() != part["sha256"]:
            raise ValueError(f"{document_id}: the digest of {part['id'] or 'the text'} is wrong")
    return {part["id"]: part["text"] for part in parts}


def faults(service: str, answer: dict[str, Any]) -> list[str]:
    """The citations and notes of an answer that its sources do not hold."""
    wrong = []
    for cited in answer["citations"]:
        texts = texts_of(service, cited["document_id"])
        text = texts.get(cited["footnote_id"] if cited["target"] == "note" else None, "")
        if not cited["exact"] or text[cited["start"] : cited["end"]] != cited["exact"]:
            wrong.append(f"{cited['document_id']} {cited['start']}: {cited['exact'][:40]}")
        wrong += [
            f"note {note['label']}: {note['text'][:40]}"
            for note in cited["notes"]
            if texts.get(note["footnote_id"]) != note["text"]
        ]
    return wrong


def main(service: str, paths: list[str]) -> int:
    """Ask what stands under `question` in each line of the files; how many faults there are."""
    rows = [json.loads(x) for p in paths for x in Path(p).read_text("utf-8").splitlines() if x]
    questions = [row.get("question") or row["turns"][-1] for row in rows]
    answers = [
        fetched(f"{service}/api/v1/ask", json.dumps({"question": q}).encode()) for q in questions
    ]
    wrong = [fault for answer in answers for fault in faults(service, answer)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(
        f"{len(answers)} questions, {sum(a['status'] == 'answered' for a in answers)} answered, "
        f"{sum(len(a['citations']) for a in answers)} citations, {len(wrong)} wrong"
    )
    return len(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1].rstrip("/"), sys.argv[2:]) else 0)
