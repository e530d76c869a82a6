"""A sentence cut into clause groups, so that a time word is joined to the verb it stands with.

There is no parse here: clauses open at subordinators, relatives and coordinated "and", and a fronted one closes at its
comma. What statements say (their content) is masked first: a date inside the content is a date of the content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from onrecord.model import Span


class Link(Enum):
    """How a clause hangs on the one before it."""

    MAIN = "main"
    AND = "and"
    AFTER = "after"
    BEFORE = "before"
    DURING = "during"
    SINCE = "since"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one sentence; stretches of one ``group`` belong together, ``parent`` is the group it hangs on."""

    span: Span
    group: int
    parent: int
    link: Link


_OPENERS = re.compile(
    r"(?P<and>[,—–]\s+(?:and|but|or)\s|;\s)"
    r"|(?P<after>\b(?:immediately\s|shortly\s|soon\s|right\s|just\s)?after\s|\bfollowing\s(?=an?\s|the\s|talks|his\s|her\s|their\s))"
    r"|(?P<before>\b(?:shortly\s|just\s|right\s)?before\s|\bahead of\s|\bprior to\s)"
    r"|(?P<during>\bduring\s|\bon the sidelines of\s|\bat\s(?=(?:an?|the|their|his|her)\s))"
    r"|(?P<since>\bsince\s(?=(?:an?|the|that|this|its|their|last|his|her)\s)(?!the\s(?:start|beginning|end)\b))"
    r"|(?P<other>\b(?:when|while|since|until|because|although|though|despite|whereas)\s|,\s(?:who|which|where|whose)\s|\s(?:that|who|which)\s)",
    re.IGNORECASE,
)
_LINKS = {
    "and": Link.AND,
    "after": Link.AFTER,
    "before": Link.BEFORE,
    "during": Link.DURING,
    "since": Link.SINCE,
    "other": Link.OTHER,
}
_COMMA = re.compile(r",\s|\s[—–]\s")


def clauses(masked: str, sentence: Span) -> tuple[Clause, ...]:
    """The clauses of `sentence` in order; `masked` is the whole text with every content blanked out by same-length filler.

    A subordinate clause ends at the next comma and the clause it interrupted goes on; a coordinated one replaces it.
    """
    text = masked[sentence.start : sentence.end]
    marks: list[tuple[int, Link | None]] = [(m.start(), _link_of(m)) for m in _OPENERS.finditer(text)]
    openers = {at for at, _ in marks}
    marks += [(m.start(), None) for m in _COMMA.finditer(text) if m.start() not in openers]
    marks.sort(key=lambda mark: mark[0])
    out: list[Clause] = []
    groups, begin, group, parent, link = 1, 0, 0, 0, Link.MAIN
    for at, opened in marks:
        if opened is None:
            if link in (Link.MAIN, Link.AND):
                continue
            out.append(Clause(Span(sentence.start + begin, sentence.start + at), group, parent, link))
            begin, group, link = at, parent, Link.MAIN
            continue
        if at > begin:
            out.append(Clause(Span(sentence.start + begin, sentence.start + at), group, parent, link))
        parent = parent if link not in (Link.MAIN, Link.AND) else group
        begin, group, link = at, groups, opened
        groups += 1
    out.append(Clause(Span(sentence.start + begin, sentence.end), group, parent, link))
    return tuple(out)


def _link_of(m: re.Match[str]) -> Link:
    return next(_LINKS[name] for name, words in m.groupdict().items() if words is not None)


def clause_at(found: tuple[Clause, ...], place: int) -> Clause:
    """The clause that holds the character at `place` (the last one when it lies behind them all)."""
    return next((c for c in found if c.span.start <= place < c.span.end), found[-1])
