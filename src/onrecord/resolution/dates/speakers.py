"""Which statements have one speaker: by the resolved actors, else by surname, pronouns going on with the last speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Statement

_PRONOUNS = frozenset(["he", "she", "they", "it", "who", "we", "i"])
_NAME = re.compile(r"[^\W\d_][\w'’-]*")

Key = frozenset[str]
NOBODY: Key = frozenset()


def speaker_keys(statements: Sequence[Statement], text: str) -> tuple[Key, ...]:
    """For each statement a set of names for its speakers; two statements share a speaker when the sets meet.

    Resolved actors go by their ids. Without them the last capitalised word of the source stands for its speaker, and a
    pronoun for that of the statement before; an empty source has none.
    """
    keys: list[Key] = []
    last = NOBODY
    for statement in statements:
        if statement.speakers:
            key = frozenset(ref.id or ref.name.casefold() for ref in statement.speakers)
        elif statement.source:
            key = _by_words(" ".join(s.of(text) for s in statement.source), last)
        else:
            key = NOBODY
        keys.append(key)
        last = last if statement.nested_in is not None else key or last
    return tuple(keys)


def _by_words(words: str, last: Key) -> Key:
    if words.strip().lower() in _PRONOUNS:
        return last
    parts = re.split(r"\band\b|,", words)
    names = []
    for part in parts:
        capitals = [w for w in _NAME.findall(part) if w[0].isupper() and w.lower() not in ("the", "a", "an")]
        if capitals:
            names.append(re.sub(r"['’]s\Z", "", capitals[-1]).casefold())
    return frozenset(names)
