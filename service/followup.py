"""Follow-up questions, resolved from the earlier questions alone: no model, no state on the server.

["Who is Elbridge Colby?"], "What is he worried about?"  -> read together
["什麼是 AUKUS？"], "呂宋經濟走廊在哪裡討論？"              -> a new topic, read alone
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.query import Concept
from index.segment import fold

_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|its|they|them|their|his|her|him|this|that|these|those|there|then|the (?:same|other|latter|former|first|second|third)|"
    r"one|ones|such|instead|also|else)\b|^\s*(?:and|but|so|or|why|how so|what about|how about)\b"
    r"|他|她|它|其|这|那|此|该|前者|后者|前一|后一|上述|之后|之前|然后|后来|呢[？?]?$|还有|另外|同一|^(?:和|又|而|那么|为什么|为何|怎么)"
)
_SHORT = 3
"""A question of fewer concepts than this may lean on the one before it."""


def leans_back(question: str, concepts: Sequence[Concept], earlier: Sequence[Concept]) -> bool:
    """Whether a question cannot be read without the one before it.

    It does when it points back (he, 那, 其 ...), or when it is too short to stand alone and names
    no subject that the earlier question did not.
    """
    if _POINTS_BACK.search(fold(question)):
        return True
    known = {c.text for c in earlier}
    names_another = any(c.named and c.text not in known and not c.text.isdigit() for c in concepts)
    return len(concepts) < _SHORT and not names_another
