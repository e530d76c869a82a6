"""Whether an expression without a year or week looks back or ahead, told from the words around it.

News tells in the past unless it says otherwise, so an expression looks ahead only on a sign: a modal, a verb of planning
before an infinitive, a preposition that runs ahead ("until"), or an adjective such as "due". The sign that is nearest in
the clause decides; verbs of saying beside the expression hold it to themselves ("said Monday it will ...").
"""

from __future__ import annotations

import re
from enum import Enum

from onrecord.reading.timex.scene import Scene


class Direction(Enum):
    """Where to look from the anchor."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


_AHEAD = (
    r"will|won't|shall|would|'ll|’ll|going to|(?:is|are|was|were|be) (?:due|set|scheduled|expected|slated|likely|poised)|due|scheduled|slated"
    r"|payable|effective|upcoming|expires?|expiring|maturing|redeemable|deadline|(?:is|are) to|plans?|planned|planning|expects?|expected|intends?"
    r"|hopes?|vows?|vowed|pledged?|pledges|aims?|must|should|may|might|can|could|forecast|predicts?|postponed|delayed until|rescheduled|begins?|starts?|takes effect|take effect|meets?|opens?|reconvenes?"
)
_BACK = (
    r"said|says|told|was|were|had|has|have|did|began|came|went|met|made|took|fell|rose|gave|got|held|left|led|won|lost|saw|"
    r"hit|became|broke|brought|bought|sold|built|sent|spoke|set off|shot|struck|found|flew|drew|ran|wrote|paid|put|quit|read|"
    r"died|ended|since|fled|felt|fought|grew|kept|knew|laid|let|closed|ago|earlier|[a-z]{2,14}ed"
)
_SIGN = re.compile(rf"(?<![\w-])(?:(?P<ahead>{_AHEAD})|(?P<back>{_BACK}))(?![\w-])", re.IGNORECASE)
_LEADS_AHEAD = re.compile(
    r"(?:\buntil|\btill|\bby|\bstarting|\bbeginning|\beffective|\bdue(?: on| in)?|\bpayable|\bas early as|\bas soon as|\bas late as|\bno later than|\bupcoming"
    r"|\bdeadline of|\bending|\bfor later)\s{1,3}(?:the\s)?\Z",
    re.IGNORECASE,
)
_LEADS_BACK = re.compile(r"\b(?:since|last|past|previous|ended|dated)\s{1,3}\Z", re.IGNORECASE)
_SAYING_BEFORE = re.compile(
    r"\b(?:said|told [A-Za-z ]{2,30}|announced|reported|confirmed|added|warned|stated|wrote|agreed|ruled)\s{1,3}(?:here\s|also\s|late\s|early\s)?(?:on\s{1,3})?\Z",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"\b(?:to|for)\s{1,3}[a-z]{2,14}(?:\s{1,3}[\w.'-]{1,20}){0,6}\s{0,3}\Z|\bto\s{1,3}\Z",
)
_TO_VERB = re.compile(r"(?<![\w-])to\s{1,3}(?!the\b|a\b|an\b|his\b|her\b|its\b|their\b)[a-z]{2,14}\b")
_NEXT_TO = re.compile(r"\s{0,3}(?:,\s)?to\s{1,3}[a-z]{2,12}\b")
_PLAN = re.compile(
    r"\b(?:plan|plans|planned|scheduled|expected|set|due|agreed|hop\w+|vow\w+|want\w*|prepar\w+|try\w*|call\w* (?:for|on)|invit\w+|urg\w+|ready|order\w*|ask\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:]|,\s(?:and|but|while|which|who|after|before|when|as)\s|[\"“”]|--|—| that | but | while | when | after | before | because | although ",
    re.IGNORECASE,
)


def direction(scene: Scene, start: int, end: int) -> Direction:
    """Where the expression at `start`..`end` looks; OPEN when its clause has no sign."""
    near = scene.before(start, 30)
    if _LEADS_BACK.search(near):
        return Direction.PAST
    if _LEADS_AHEAD.search(near):
        return Direction.FUTURE
    if _SAYING_BEFORE.search(scene.before(start, 60)):
        return Direction.PAST
    left = _last_clause(scene.before(start, 120))
    sign = _last_sign(left)
    if sign is not Direction.OPEN:
        return sign
    right = _first_clause(scene.after(end, 100))
    found = _SIGN.search(right)
    if found is None:
        return Direction.OPEN
    return Direction.FUTURE if found["ahead"] else Direction.PAST


def _last_sign(left: str) -> Direction:
    last = None
    for found in _SIGN.finditer(left):
        last = found
    if last is None:
        return Direction.OPEN
    if last["ahead"]:
        return Direction.FUTURE
    return Direction.FUTURE if _TO_VERB.search(left, last.end()) and _PLAN.search(left) else Direction.PAST


def _last_clause(left: str) -> str:
    cut = 0
    for found in _CLAUSE.finditer(left):
        cut = found.end()
    rest = left[cut:]
    return rest if _SIGN.search(rest) else left


def _first_clause(right: str) -> str:
    found = _CLAUSE.search(right)
    return right[: found.start()] if found and found.start() > 12 else right
