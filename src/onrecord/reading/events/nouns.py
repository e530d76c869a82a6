"""Nouns that name an event, and the verbs that carry them."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.model import EventKind
from onrecord.reading.events.classes import COUNTERS, is_of
from onrecord.reading.events.found import Found
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.events.triggers import CANCELLING, HOSTING, LIGHT, OCCURRING, Trigger, classes, objects
from onrecord.reading.grammar import children

#: Verbs that tell of an event that it was seen or heard of, and those that tell what brought it about.
TOLD = frozenset({"report", "hear", "record", "observe", "see", "witness"})
BRINGING = frozenset({"spark", "trigger", "provoke", "prompt", "ignite", "unleash"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "their", "its", "his", "her", "such"})


def noun_trigger(noun: Token, some: Sequence[Trigger], phrases: Phrases) -> Found | None:
    for row in some:
        if row.verb or not _modified(row, noun):
            continue
        before = _before(noun, row.words[:-1])
        ceremony = noun.head.lower_ == "ceremony"
        if before is None or (noun.dep_ == "compound" and not ceremony) or _counted(noun):
            continue
        one = Found(row, noun, [*before, noun])
        # "The naval exercise Iron Petrel": what has a name of its own points back at nothing.
        named = any(c.dep_ == "appos" and c.pos_ == "PROPN" and c.i == noun.i + 2 for c in noun.children)
        one.definite = _points_back(noun) and not (named and row.kind is EventKind.EXERCISE)
        _carried(one)
        if row.frame.of_class is not None and not _of_class(noun, row.frame.of_class, phrases):
            continue
        return one
    return None


def _before(noun: Token, words: Sequence[str]) -> list[Token] | None:
    found = [noun.doc[noun.i - len(words) + k] for k in range(len(words)) if noun.i - len(words) + k >= 0]
    fits = len(found) == len(words) and all(t.lower_ == w for t, w in zip(found, words, strict=True))
    return found if fits else None


def _modified(row: Trigger, noun: Token) -> bool:
    """True when the noun has the form or the words before it that its row asks for."""
    kind = row.object
    left = [c for c in noun.children if c.i < noun.i]
    if kind is None:
        return True
    if kind == "plural":
        return noun.tag_ in {"NNS", "NNPS"}
    if kind == "armed":
        behind = {c.lower_ for c in children(noun, "prep")}
        if noun.lemma_ != "strike":
            on = [p for c in children(noun, "prep") if c.lower_ in {"on", "against"} for p in children(c, "pobj")]
            figurative = any(p.lower_ in objects("abstract") for p in on)
            return not figurative and not any(
                c.lower_ in {"heart", "panic", "verbal", "personal", "legal", "charm", "media"} for c in left
            )
        arms = any(
            c.lower_ in {"air", "drone", "missile", "military", "retaliatory", "rocket", "artillery"} for c in left
        )
        return arms or "on" in behind or "against" in behind
    if kind == "general":
        return any(
            c.lower_ in {"general", "hunger", "national", "nationwide", "rail", "miners", "dock"} for c in left
        ) or any(c.lower_ in {"of", "by"} for c in children(noun, "prep"))
    if kind == "military":
        words = {c.lower_ for c in left} | {c.lower_ for k in left for c in k.children}
        return (
            bool(words & objects("military"))
            or noun.lower_ in {"exercises", "drills", "manoeuvres", "maneuvers"}
            or _lent(noun)
        )
    if kind in classes():
        return any(c.lower_ in objects(kind) for c in left)
    return True


def _lent(noun: Token) -> bool:
    told = noun.dep_ == "nsubj" and any(c.lower_ == "the" for c in children(noun, "det"))
    if told and noun.head.lemma_ in {"begin", "open", "start", "end", "conclude", "last"}:
        # "The exercise opened on Monday": the one told before.
        return True
    return (
        noun.dep_ == "dobj"
        and noun.head.lemma_ in {"hold", "conduct", "launch", "stage", "begin"}
        and noun.lower_ != "exercise"
    )


def _counted(noun: Token) -> bool:
    """True for "a number of exercises", "hundreds of protests", "no sanctions": told in general, not one of them."""
    above = noun.head
    return noun.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ in COUNTERS - {"round"}


def _points_back(noun: Token) -> bool:
    return any(c.lower_ in _POINTING and c.dep_ in {"det", "poss"} and c.i < noun.i for c in noun.children) and not any(
        c.lower_ in {"first", "second", "third", "last", "latest"} for c in children(noun, "amod")
    )


def _of_class(noun: Token, kind: str, phrases: Phrases) -> bool:
    """True when what the noun is "of" is of the class; a ceremony between may carry it ("signing ceremony of an agreement")."""
    carriers = [noun]
    if noun.head.lower_ in {"ceremony", "act", "order"}:
        carriers.append(noun.head)
    preps = [prep for carrier in carriers for prep in children(carrier, "prep") if prep.lower_ in {"of", "to"}]
    if kind == "person" and not any(p.lower_ == "of" for p in preps):
        # "Their release", "the editor's release"
        return any(
            c.lower_ in {"his", "her", "their"} if c.tag_ == "PRP$" else phrases.is_person(c)
            for c in children(noun, "poss")
        )
    for carrier in carriers:
        for prep in children(carrier, "prep"):
            if prep.lower_ in {"of", "to"}:
                for thing in children(prep, "pobj"):
                    if phrases.is_person(thing) if kind == "person" else is_of(thing, kind):
                        return True
    return False


def _carried(one: Found) -> None:
    """Finds the verb that carries the noun: "held talks", "a meeting took place", "it was the first meeting"."""
    noun = one.head
    if noun.head.lower_ == "ceremony" and noun.dep_ in {"compound", "amod"}:
        one.tokens.append(noun.head)
        noun = noun.head
    verb = noun.head
    if noun.dep_ == "conj" and verb.pos_ in {"NOUN", "PROPN"}:
        noun, verb = verb, verb.head
    through = verb if noun.dep_ == "pobj" else None
    if through is not None and through.lower_ == "in" and through.head.lemma_ in {"take", "participate", "engage"}:
        verb = through.head
        _lend(one, verb)
    elif noun.dep_ in {"dobj", "nsubjpass"} and (verb.lemma_ in LIGHT | CANCELLING or _is_put_off(verb)):
        _lend(one, verb)
    elif noun.dep_ == "nsubj" and (verb.lemma_ in OCCURRING or _went_on(verb)):
        one.light = verb
        one.loose = verb.lemma_ in {
            "follow",
            "come",
            "focus",
            "kill",
            "leave",
            "wound",
            "injure",
            "destroy",
            "hit",
            "damage",
        }
    elif noun.dep_ == "attr" and verb.lemma_ == "be":
        one.light = verb
        one.copular = any(c.lower_ in {"it", "this", "that"} for c in children(verb, "nsubj"))
    elif noun.dep_ == "nsubjpass" and verb.lemma_ in TOLD:
        one.light = verb
    elif _brought(noun):
        one.light = verb if noun.dep_ == "dobj" else verb.head
    elif noun.dep_ in {"acl", "relcl"}:
        one.light = verb
    else:
        held = [c for c in children(noun, "acl") if c.lemma_ in LIGHT and c.tag_ == "VBN"]
        if held:
            _lend(one, held[0])


def _is_put_off(verb: Token) -> bool:
    return verb.lemma_ == "put" and any(c.lower_ == "off" for c in children(verb, "prt"))


def _went_on(verb: Token) -> bool:
    return verb.lemma_ == "go" and any(c.lower_ in {"on", "ahead"} for c in verb.children)


def _brought(noun: Token) -> bool:
    """ "Led to riots", "sparked protests": what brought it about says that it was."""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "to":
        return above.head.lemma_ == "lead" and above.head.tag_ in {"VBD", "VBZ", "VBN"}
    return noun.dep_ == "dobj" and above.lemma_ in BRINGING and above.tag_ in {"VBD", "VBZ"}


def _lend(one: Found, verb: Token) -> None:
    one.light = verb
    one.hosting = verb.lemma_ in HOSTING
    one.cancelled = verb.lemma_ in CANCELLING | {"cancel", "postpone"} or (
        verb.lemma_ in {"call", "put"} and any(c.lower_ == "off" for c in children(verb, "prt"))
    )
    if verb.lemma_ == "call" and not one.cancelled:
        one.light = None
        return
    one.tokens = sorted({t.i: t for t in (verb, *one.tokens)}.values(), key=lambda t: t.i)
