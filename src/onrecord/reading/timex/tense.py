"""Whether an expression without a year or week looks back or ahead, told from the words around it.

News tells in the past unless it says otherwise, so an expression looks ahead only on a sign: a modal, a verb of planning
with its infinitive, a scheduled present ("begins Monday"), a preposition that runs ahead ("until") or an adjective such as
"due". The sign that is nearest in the clause decides; a verb of saying beside the expression holds it to itself ("said
Monday it will ..."). There is no parse here: verbs are told by a short list and by the ending -ed.
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
    #: Ahead by a weak sign: a plan told in the past, a modal of chance.
    LIKELY = "likely"


_PERFECT = r"(?:had|has|have)(?: already| long| also| never| not)? been(?: set| due| scheduled| expected| planned)?"
_AHEAD = (
    r"(?:will|would|shall|may|must|should|'ll|’ll|to)(?: not| also| likely| then)? be(?: [a-z]{2,14}(?:ed|en|ld|de|id|ght))?"
    r"|will|won['’]t|shall|would|going to (?!the |an? |his |her |their )"
    r"|(?:is|are|be|was|were) (?:due|set|scheduled|expected|slated|likely|poised|planned|to)(?= to (?!an? |the |its |his |her |their |bad |heavy |lack)| for | on | in |\s*\Z|(?-i: [A-Z]))"
    r"|due(?! to (?:an? |the |its |his |her |their |bad |heavy |lack))|payable|effective|upcoming|expires?|expiring|maturing|redeemable"
    r"|(?<!the )(?<!its )(?<!a )(?:begins|starts|opens|meets|reconvenes|resumes|arrives|departs|leaves|flies|travels|goes|holds|faces|votes|convenes|concludes|airs)"
    r"|runs (?:through|until|till)|(?:looks?|heads?|heading|looking) (?:ahead )?(?:to|into)|looming(?= [a-z])"
    r"|takes? (?:effect|place)|(?:is|are) (?:held|heard|[a-z]{2,14}ed)"
)
#: Modals that tell of chance or duty as often as of time to come count only close to the expression.
_CHANCE = r"may|might|can|could|should|must|forecasts?|predicts?"
_PLANS = r"(?:planning|hoping|preparing|expecting|aiming|trying|plans?|expects?|intends?|hopes?|vows?|pledges?|aims?|wants?|seeks?|agrees?)(?= to\b)|expects|intends"
_PLANNED = r"planned|scheduled|expected|intended|hoped|vowed|pledged|wanted|agreed|promised|offered|ordered|urged|asked|called|invited|decided|set|ready|prepared|postponed|slated|delayed|refused|threatened|warned"
_BACK = (
    r"would(?:n['’]t| not)|could(?:n['’]t| not)|said|says|told|was|were|had|did|began|came|went|met|made|took|fell|rose|gave|got|held|left|led|won|lost|saw|"
    r"hit|became|broke|brought|bought|sold|built|sent|spoke|shot|struck|found|flew|drew|ran|wrote|paid|put|quit|read|"
    r"ended|since|fled|felt|fought|grew|kept|knew|laid|let|ago|earlier|thought|chose|heard|hid|swept|threw|blew|stood|sat|"
    r"taken|given|seen|written|shown|spoken|driven|thrown|stolen|overran|cast|withdrew|swore|tore|shook|sank|froze|bore|lay|rode|stole|arose|awoke|forgave|forbade|(?!(?:suc|pro|ex)ceed\b|indeed\b|need\b|speed\b|united\b|hundred\b|sacred\b|limited\b)[a-z]{2,14}ed"
)
_SIGN = re.compile(
    rf"(?:(?P<short>['’]ll)|(?<![\w-])(?:(?P<perfect>{_PERFECT}|(?:would|could)(?:n['’]t| not)(?! be))|(?P<ahead>{_AHEAD})|(?P<chance>{_CHANCE})|(?P<plans>{_PLANS})|(?P<planned>{_PLANNED})|(?P<back>{_BACK})))(?![\w-])",
    re.IGNORECASE,
)
_LEADS_AHEAD = re.compile(
    r"(?:\b(?:starting|beginning|effective|due|payable|upcoming|expiring|ending|no later than|as (?:early|soon|late) as|deadline of|for later|coming)"
    r"(?: on| in| from| until)?)\s{1,3}(?:the\s)?\Z",
    re.IGNORECASE,
)
_RUNS_UP_TO = re.compile(r"\b(?:until|till|by)\s{1,3}(?:the\s)?\Z", re.IGNORECASE)
_BY = re.compile(r"\bby\s{1,3}(?:the\s)?\Z", re.IGNORECASE)
_LEADS_BACK = re.compile(r"\b(?:since|last|past|previous|ended|dated)\s{1,3}(?:the\s)?\Z", re.IGNORECASE)
_SAYING_BEFORE = re.compile(
    r"\b(?:said|told [A-Za-z ]{2,30}|announced|reported|confirmed|added|warned|stated|wrote|ruled)\s{1,3}"
    r"(?:(?:here|also|late|early)\s{1,3})?(?:on\s{1,3})?\Z",
    re.IGNORECASE,
)
_TO_VERB = re.compile(r"(?<![\w-])(?:to|for)\s{1,3}(?!the\b|his\b|her\b|its\b|their\b)[a-z]{2,14}\b")
_FOR_DAY = re.compile(r"\bfor\s{1,3}\Z")
_HAD = re.compile(r"\bhad\b", re.IGNORECASE)
#: A participle after one of these is an adjective ("a still unspecified date").
_DETERMINED = re.compile(
    r"\b(?:an?|the|its|his|her|their|our|this|that|these|those|of|with|in|into|by|at|for|from|about|on|through|without|more|most|very|still|newly|recently|so-called|and|or)\s\Z",
    re.IGNORECASE,
)
#: Verbs whose past is their infinitive; after a modal or "to" they are the infinitive.
_INFINITIVE = frozenset({"put", "hit", "read", "let", "quit", "left"})
_MODAL_BEFORE = re.compile(
    r"(?:\b(?:will|would|can|could|may|might|must|shall|should|to|not|n['’]t|let|help|helps)|['’](?:ll|d))(?: \w+ly)?\s\Z",
    re.IGNORECASE,
)
_SEEMS = re.compile(
    r"\b(?:appear|seem|believe|thought|said|found|known|report|claim|consider|prove|suspect|need|want)\w*\s\Z",
    re.IGNORECASE,
)
#: How near a modal of chance must stand, in characters.
_CLOSE = 40
#: A stretch of so few words is a phrase of the clause before it ("is set to go to trial after the spring vote").
_PHRASE = 3
_WHO = re.compile(r"\b(?:who|which|and|but|,)\s\Z", re.IGNORECASE)
_FIXED = frozenset({"scheduled", "planned", "slated", "postponed", "expected"})
_CLAUSE = re.compile(
    r"[;:]|,\s(?:and|but|while|which|who|after|before|when|as)\s|[\"“”]|--|—|\s(?:that(?!\s\w+\s(?:on|in|at|by|for|from|to|until)\s)|but|while|when|after|before|because|although|who|which)\s",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“”]|``|''")
_POSSESSIVE = re.compile(r"['’]s?\s")
#: "the May 3 vote": a day, month or weekday between a determiner and a noun names the noun: a past verb tells nothing of it.
_NAMES_A_THING = re.compile(r"(?:\b(?:the|an?|its|her|their|whose)|['’]s)\s{1,3}\Z", re.IGNORECASE)
_THING = re.compile(
    r"\s(?!(?:and|or|to|in|on|at|by|for|of|from|with|that|which|who|when|where|but|as|is|was|were|are|has|had|will|would|the|a|his|her|its|after|before|said|says)\b)(?:U\.S\. )?[a-z]{3,}"
)
_AHEAD_OF = re.compile(r"\b(?:ahead of|until|for|awaiting|in advance of)\s{1,3}\Z", re.IGNORECASE)
_COMING = re.compile(r"\b(?:will|is (?:due|set|expected|scheduled|likely)|are (?:due|set|expected|scheduled|likely))\b")


def direction(scene: Scene, start: int, end: int) -> Direction:
    """Where the expression at `start`..`end` looks, PAST, FUTURE or OPEN; OPEN when its clause has no sign."""
    if _POSSESSIVE.match(scene.after(end, 100)) and not _RUNS_UP_TO.search(scene.before(start, 30)):
        return Direction.FUTURE if leaning(scene, start, end) is Direction.FUTURE else Direction.PAST
    found = leaning(scene, start, end)
    return Direction.FUTURE if found is Direction.LIKELY else found


def leaning(scene: Scene, start: int, end: int) -> Direction:
    """Where the expression looks, weak signs told from strong ones: LIKELY, and OPEN for a day that something is named after.

    "Tuesday's vote" looks back unless something says otherwise, but not far.
    """
    near = scene.before(start, 30)
    if _LEADS_BACK.search(near):
        return Direction.PAST
    if _LEADS_AHEAD.search(near):
        return Direction.FUTURE
    left, right = _last_clause(scene.before(start, 120)), scene.after(end, 100)
    if _RUNS_UP_TO.search(near):
        return _up_to(near, left, right)
    if _POSSESSIVE.match(right):
        return Direction.FUTURE if _AHEAD_OF.search(near) or _COMING.search(right[:50]) else Direction.OPEN
    if _SAYING_BEFORE.search(scene.before(start, 60)):
        return Direction.PAST
    sign = _sign_before(left)
    if sign is Direction.OPEN:
        sign = _sign_after(_first_clause(right))
    whole = scene.before(start, 120)
    if sign is Direction.OPEN and not _QUOTE.search(whole[len(whole) - len(left) - 2 :]):
        far = _sign_before(whole)
        phrase = len(left.split()) <= _PHRASE and not _WHO.search(whole, 0, len(whole) - len(left))
        sign = far if far is Direction.PAST or phrase else sign
    named = sign is Direction.PAST and _NAMES_A_THING.search(near) and _THING.match(right)
    return Direction.OPEN if named else sign


def _up_to(near: str, left: str, right: str) -> Direction:
    """ "Until" and "by" run ahead, but not from a pluperfect, and "by" not from a plain past ("filed by Wednesday")."""
    if _HAD.search(left) or (not left[:-10].strip() and _HAD.search(right[:60])):
        return Direction.PAST
    told = _BY.search(near) is not None and _sign_before(left) is Direction.PAST and _TO_VERB.search(left) is None
    return Direction.PAST if told else Direction.FUTURE


def _sign_before(left: str) -> Direction:
    last = None
    for found in _SIGN.finditer(left):
        if _counts(found, left):
            last = found
    if last is None:
        return Direction.OPEN
    if last["short"] or (last["ahead"] and not last["ahead"].lower().startswith(("was", "were"))):
        return Direction.FUTURE
    if last["ahead"] or last["plans"] or last["chance"]:
        return Direction.LIKELY
    if last["planned"]:
        if last["planned"].lower() in _FIXED:
            return Direction.LIKELY
        ahead = _TO_VERB.search(left, last.end()) or _FOR_DAY.search(left, last.end())
        return Direction.LIKELY if ahead else Direction.PAST
    return Direction.PAST


def _counts(found: re.Match[str], left: str) -> bool:
    """False for a participle used as an adjective, a modal far off, and what only seems to be ("believed to be held")."""
    if found["back"]:
        if found["back"].lower() in _INFINITIVE and _MODAL_BEFORE.search(left, 0, found.start()):
            return False
        return not (found["back"].endswith("ed") and _DETERMINED.search(left, 0, found.start()))
    if found["chance"]:
        return len(left) - found.end() <= _CLOSE
    return not (found["ahead"] and found["ahead"].lower().startswith("to be") and _SEEMS.search(left, 0, found.start()))


def _sign_after(right: str) -> Direction:
    found = next((f for f in _SIGN.finditer(right) if not f["chance"]), None)
    if found is None:
        return Direction.OPEN
    return Direction.FUTURE if found["short"] or found["ahead"] or found["plans"] else Direction.PAST


def _last_clause(left: str) -> str:
    cut = 0
    for found in _CLAUSE.finditer(left):
        cut = found.end()
    return left[cut:]


def _first_clause(right: str) -> str:
    found = _CLAUSE.search(right, 12)
    return right[: found.start()] if found else right
