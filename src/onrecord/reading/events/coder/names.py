"""Names by their capitals alone, for sentences whose mentions nobody has marked.

The reader of pages knows mentions and gives their names to the coder; benchmarks give a bare sentence. A name is a run of
capitalised words, with the small words that join them ("Bank of Orsenna"); role words ("Minister", "Court", "Police") stay
visible, as do days, months and a sentence's first word when it is an ordinary one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Span
from onrecord.reading.lexicon import words

_WORD = re.compile(r"[^\W_]+(?:[.'’\-&][^\W_]+)*", re.UNICODE)
_JOINING = words("capitals", "joining")
_ROLES = words("capitals", "role")
_CALENDAR = words("capitals", "calendar")
_ORDINARY = words("capitals", "ordinary")


def names_of(sentence: str) -> tuple[Span, ...]:
    """The names of `sentence`, in order and apart from each other."""
    found_words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(sentence)]
    found: list[Span] = []
    run: list[tuple[int, int, str]] = []
    for number, word in enumerate(found_words):
        if run and sentence[run[-1][1] : word[0]].strip(" -–’'s"):
            _close(run, found)
            run = []
        if _is_name(
            word[2],
            number == 0 or sentence[found_words[number - 1][1] : word[0]].strip() in {".", ":", '"', "“", '. "'},
        ):
            run.append(word)
        elif not (run and word[2].lower() in _JOINING):
            _close(run, found)
            run = []
        else:
            run.append(word)
    _close(run, found)
    return tuple(found)


def names_beside(sentence: str, participants: Sequence[Span]) -> tuple[Span, ...]:
    """The names of a sentence whose participants are known; in a headline with capitals throughout, those of the participants alone."""
    told = [word for word in _WORD.findall(sentence) if len(word) > 3]
    if len(told) < 3 or sum(word[0].isupper() for word in told) < 0.8 * len(told):
        return names_of(sentence)
    return tuple(sorted(name.shift(p.start) for p in participants for name in names_of(p.of(sentence))))


def _is_name(word: str, first: bool) -> bool:
    low = word.lower().rstrip(".")
    if not word[:1].isupper() or low in _CALENDAR or low in _ROLES:
        return False
    if first and low.endswith(("ing", "ly", "ed")):
        return False
    return not (low in _ORDINARY and (first or not word.isupper()))


def _close(run: list[tuple[int, int, str]], found: list[Span]) -> None:
    while run and run[-1][2].lower() in _JOINING and not run[-1][2][:1].isupper():
        run = run[:-1]
    if run:
        last = run[-1][2]
        found.append(Span(run[0][0], run[-1][1] - (2 if last.endswith(("'s", "’s")) and len(last) > 2 else 0)))
