"""Replies on another page that name what they reply to by the word for it: "Toll's accusation", "the Council's appeal", "the offer".

Such a reply holds nothing of the content it is about. It is tied to the last line of its kind before it that goes from the side
it names (or, for a few weeks, from anybody) to the side that replies: lists of their own lead to it (`named_keys`), in which only
neighbours are compared. A reply that its own page has tied to something is asked nothing more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onrecord.model import Act, Polarity, RelationKind
from onrecord.relations.lines import Line, other_side
from onrecord.relations.words import terms

#: The first word of a list of `named_keys`: no id of an actor begins so.
NAMED = "named"
#: The first word of the lists of what is charged to a side or asked of it, and of what that side says is not so or will not be.
AGAINST = "against"
#: Days within which a reply names what it replies to: with the side it comes from, and without.
KNOWN_SIDE, ANY_SIDE = 122, 31
_NOUNS = {
    "charge": r"accusations?|allegations?|charges?|claims?|assertions?|insinuations?",
    "asked": r"demands?|calls?|appeals?|requests?|pleas?|ultimatum",
    "offered": r"offers?|proposals?|invitations?",
}
#: Up to seven words before the noun: determiners, and words with a capital, among them whose it is.
_BEFORE = (
    r"^\W*(?:(?:(?:the|this|that|these|those|any|all|its|his|her|their|latest|new|repeated)\b[^\w\s]*|[A-Z]\S*)"
    r"\s+[^\w\s]*){0,7}"
)
_NAMED = {kind: re.compile(rf"{_BEFORE}(?:{nouns})\b(?P<rest>.*)", re.S) for kind, nouns in _NOUNS.items()}
#: What the noun is about, where the reply says it: "the offer to mediate", "the charge that it had armed the rebels".
_ABOUT = re.compile(r"^\W*(?:that|of|to|for|about|over)\b(?P<what>.*)", re.S)
_ALLEGED = re.compile(r"\b(?:alleg|accus)\w*", re.I)
_ASKING = frozenset({Act.DEMAND, Act.REQUEST})
_NEGATING = frozenset({Act.DENY, Act.REJECT, Act.ASSERT})
_REFUSING = frozenset({Act.REJECT, Act.DENY, Act.DECLINE})
#: "The allegation is invented": what is said of a charge to deny it.
_UNTRUE = re.compile(
    r"^\W*(?:is|are|was|were|has been|have been)\s+(?:\w+ly\s+|all\s+|pure\s+|a\s+|an\s+|an? \w+\s+)?(?:false|untrue|invented|absurd|baseless|groundless|"
    r"unfounded|fabricated|fabrications?|made up|lies?|nonsense|ridiculous|fictions?|fantasy|fairy tales?|without (?:any )?(?:foundation|basis|merit)|wrong)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a reply names: the kind of thing, the sides it comes from (none where it names none), and the terms of its matter."""

    kind: str
    sides: tuple[str, ...]
    about: frozenset[str]


def calls_untrue(line: Line) -> bool:
    """True when a plain sentence says of a charge that it is not so ("The allegation is invented")."""
    found = _NAMED["charge"].match(line.text)
    return line.act in (Act.ASSERT, Act.CONDEMN) and found is not None and _UNTRUE.match(found["rest"]) is not None


def naming(line: Line) -> Naming | None:
    """What a line replies to by name; None for lines that are no reply or name nothing."""
    kinds: tuple[str, ...] = ()
    if line.act in _REFUSING:
        kinds = ("charge", "asked", "offered")
    elif line.act is Act.AGREE and line.polarity is Polarity.AFFIRMATIVE:
        kinds = ("asked", "offered")
    elif calls_untrue(line):
        kinds = ("charge",)
    for kind in kinds:
        found = _NAMED[kind].match(line.text)
        if found is None:
            continue
        named = {n.side for n in line.names if n.side is not None and _stands_in(line, n.span.end, found.start("rest"))}
        sides = tuple(sorted(named - set(line.sides))) or tuple(t for t in line.targets if t not in line.sides)
        about = _ABOUT.match(found["rest"])
        return Naming(kind, sides, terms(about["what"]) if about is not None else frozenset())
    return None


def _stands_in(line: Line, end: int, limit: int) -> bool:
    """True when a place of the sentence is within the first `limit` characters of the content."""
    first = line.content[0]
    return first.start < end <= first.start + limit


def named_keys(line: Line) -> tuple[tuple[str, ...], ...]:
    """The lists in which a reply meets what it may be a reply to, whatever their words.

    One that names its object meets it by its kind, the side it comes from (or none) and goes to; one that says that something is
    not so, or will not be, by the side alone.
    """
    kind = _kind(line)
    if kind is not None:
        named = [(NAMED, kind, by, to) for to in sorted(set(line.targets)) for by in ("", *sorted(line.sides))]
        return (*named, *((AGAINST, to) for to in sorted(set(line.targets))))
    meant = naming(line)
    if meant is not None:
        return tuple((NAMED, meant.kind, by, to) for to in sorted(line.sides) for by in meant.sides or ("",))
    if line.polarity is Polarity.NEGATIVE and line.act in _NEGATING:
        return tuple((AGAINST, side) for side in sorted(line.sides))
    return ()


def _kind(line: Line) -> str | None:
    """What kind of thing a line is to those who reply to it."""
    if line.act is Act.ACCUSE or (line.act is Act.ASSERT and line.targets and _ALLEGED.search(line.cue) is not None):
        return "charge"
    if line.act in _ASKING:
        return "asked"
    return "offered" if line.act is Act.OFFER else None


def is_charge(line: Line) -> bool:
    """True for an accusation, and for what is told as an allegation against somebody."""
    return _kind(line) == "charge"


def named_reply(earlier: Line, later: Line) -> RelationKind | None:
    """What a later line of another page does to an earlier one that it names; None where it does not."""
    meant = naming(later)
    if meant is None or _kind(earlier) != meant.kind or not other_side(earlier, later):
        return None
    if not set(earlier.targets) & set(later.sides) or (meant.sides and not set(meant.sides) & set(earlier.sides)):
        return None
    if not within(earlier, later, KNOWN_SIDE if meant.sides else ANY_SIDE):
        return None
    if meant.about and not meant.about & earlier.terms:
        return None
    if meant.kind == "charge":
        return RelationKind.DENIES
    return RelationKind.ACCEPTS if later.act is Act.AGREE else RelationKind.REJECTS


def within(earlier: Line, later: Line, days: int) -> bool:
    """True when the days of both are known, and no more than so many lie between them."""
    if not (len(earlier.day) == len(later.day) == len("2031-01-01")):
        return False
    return abs((date.fromisoformat(later.day) - date.fromisoformat(earlier.day)).days) <= days
