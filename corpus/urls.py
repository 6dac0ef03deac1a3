"""Find the web addresses and DOIs that a note prints.

`見 <https://reurl.cc/0W9Zyx>。` -> `https://reurl.cc/0W9Zyx`
"""

from __future__ import annotations

import re

_BRACKETED = r"<\s*((?:https?|ftp)://[^\s<>]+|www\.[^\s<>]+)\s*>"
# Printable ASCII without space, <, >, ", \, ^, `, {, |, }: a bare address stops at Han text, and where
# Markdown's link [address](address) goes on.
_BARE = r"(?<![A-Za-z0-9@])((?:https?|ftp)://(?:[!#-;=?-\[_a-z~]|\](?!\())+|www\.[a-z0-9\-]+\.(?:[!#-;=?-\[_a-z~]|\](?!\())+)"
URL = re.compile(f"{_BRACKETED}|{_BARE}", re.IGNORECASE)
DOI = re.compile(
    r"(?<![A-Za-z0-9])(?:doi\.org/|doi:?\s{0,3})(10\.\d{4,9}/[!#-;=?-\[\]_A-Za-z~]+)", re.IGNORECASE
)
_TRAILING = ".,;:!?'*_"
_CLOSING = {")": "(", "]": "["}


def _trimmed(address: str) -> str:
    """Drop sentence punctuation, and closing brackets that the address never opened."""
    unopened = {
        closer: address.count(closer) - address.count(opener) for closer, opener in _CLOSING.items()
    }
    end = len(address)
    while end:
        last = address[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]


def find_urls(text: str) -> tuple[str, ...]:
    """The addresses in `text` as printed, in order and once, without <> and trailing punctuation."""
    found = (_trimmed(m.group(1) or m.group(2)) for m in URL.finditer(text))
    return tuple(dict.fromkeys(address for address in found if address))


def find_doi(text: str) -> str | None:
    """The first DOI in `text`, from a doi.org address or after "doi:"; None without one.

    `https://doi.org/10.1080/10357718.2024.2410411` -> `10.1080/10357718.2024.2410411`
    """
    match = DOI.search(text)
    return _trimmed(match.group(1)) or None if match else None
