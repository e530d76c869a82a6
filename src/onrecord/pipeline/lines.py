"""Which statements a copy words a little differently belong to a line of the text it copies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from onrecord.model import Document, Reading, Statement, joined_text

#: A house's spelling, a comma or a name more stay above this; another clause falls below.
_ALIKE = 85.0
_WORD = re.compile(r"\w+")
#: Words whose coming or going makes another saying of the same words.
_TURNING = frozenset(
    [
        "no", "not", "never", "none", "nor", "neither", "without", "cannot", "n", "t", "nobody", "nothing", "deny",
        "denies", "denied", "refuse", "refused",
    ]
)  # fmt: skip


def reworded(base: Document, before: Reading, copy: Document, added: Reading) -> Iterator[tuple[str, str]]:
    """Pairs of a statement read on the copy and the base's statement it carries in other spelling, each used once.

    Two statements pair when they do the same act in nearly the same words, with the same figures and the same negations.
    """
    left = {s.id: (s, _words(base, s)) for s in before.statements}
    for statement in added.statements:
        words = _words(copy, statement)
        found = [
            (-fuzz.ratio(words, other), identity)
            for identity, (one, other) in left.items()
            if one.part is statement.part and one.act is statement.act and _turns(words) == _turns(other)
        ]
        if found and -min(found)[0] >= _ALIKE:
            _, best = min(found)
            del left[best]
            yield statement.id, best


def _words(document: Document, statement: Statement) -> tuple[str, ...]:
    return tuple(_WORD.findall(joined_text(document.text, statement.content).casefold()))


def _turns(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if word in _TURNING or any(c.isdigit() for c in word))
