"""What a noun is, as the table of triggers asks: of a class of ``objects.tsv``, a party, a person, a place, a target."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.model import Root
from onrecord.reading.events.cast import is_named
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.events.triggers import Trigger, objects
from onrecord.reading.grammar import children

#: Classes that are asked of the object's sense and not of a list.
ASKED = frozenset({"party", "person", "place", "target", "any"})
COUNTERS = frozenset({"series", "number", "round", "wave", "string", "spate", "lot", "hundreds", "dozens", "thousands"})


def asked(kind: str, row: Trigger, thing: Token, phrases: Phrases) -> bool:
    if kind == "any":
        return thing.lower_ not in objects("abstract")
    if kind == "person":
        return phrases.is_person(thing)
    if kind == "party":
        sided = row.code in (Root.SANCTION, Root.ACCUSE) and any(is_named(c, phrases) for c in _before(thing))
        if sided:
            # "Sued the Tassian state railway": what a side has, or is named with, stands for it.
            return thing.lower_ not in objects("abstract")
        return phrases.is_party(thing) and thing.lower_ not in objects("abstract")
    if kind == "place":
        return phrases.is_place(thing) or phrases.takes_part(thing)
    # A target: not words and ideas, which are attacked with words; nor is anything hit by somebody who only speaks.
    if thing.lower_ in objects("abstract") or (thing.pos_ == "PRON" and thing.lower_ in {"it", "this", "that"}):
        return False
    if row.words[0] in {"strike", "hit", "storm", "pound", "shell"} and not (
        phrases.takes_part(thing) or is_object(thing)
    ):
        return False
    return phrases.takes_part(thing) or is_object(thing)


def _before(thing: Token) -> list[Token]:
    own = [c for c in thing.children if c.i < thing.i and c.dep_ in {"amod", "compound", "nmod", "poss"}]
    return [*own, *(t for c in own for t in children(c, "compound"))]


def is_object(token: Token) -> bool:
    return any(token.lower_ in objects(kind) for kind in ("building", "vessel", "land", "force", "premises", "goods"))


def is_of(token: Token, kind: str) -> bool:
    """True for a noun of the class, or one that a noun of it stands in front of ("peace agreement" is one, "trade deal" too)."""
    if token.lower_ in objects(kind) or token.lemma_.lower() in objects(kind):
        return True
    of = [p for c in children(token, "prep") if c.lower_ == "of" for p in children(c, "pobj")]
    counted = (
        token.lower_ in COUNTERS
        or token.pos_ == "NUM"
        or token.lower_
        in {"tonnes", "tons", "batch", "shipment", "package", "flow", "supply", "delivery", "supplies", "deliveries"}
    )
    return counted and any(p.lower_ in objects(kind) for p in of)
