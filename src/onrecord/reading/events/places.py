"""Where an event is: the names of places behind its prepositions."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.model import EventKind, MentionLabel, Role
from onrecord.reading.events.cast import Cast
from onrecord.reading.events.classes import is_object
from onrecord.reading.events.found import Found, after_words
from onrecord.reading.events.phrases import Phrases, name_run
from onrecord.reading.events.triggers import objects
from onrecord.reading.grammar import children
from onrecord.reading.parse import Parse

_AT = frozenset(
    {"in", "at", "near", "outside", "to", "into", "on", "off", "around", "across", "inside", "over", "along", "from"}
)
#: Before these a name is a place's, whatever the model takes it for ("in Aresk").
_INSIDE = frozenset({"in", "near", "outside"})
_CALENDAR = frozenset(
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow",
        "yesterday", "christmas", "easter", "ramadan",
    ]
)  # fmt: skip


def add_places(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """The names of places behind prepositions of the trigger, of the verb that carries it, and of its object."""
    carriers = [*one.tokens, one.head, *([one.light] if one.light is not None else [])]
    if one.object is not None:
        carriers.append(one.object)
    carriers += [
        p
        for c in list(carriers)
        for prep in children(c, "prep")
        if prep.lower_ in _AT | {"with", "of"}
        for p in children(prep, "pobj")
    ]
    # "On Tuesday in Lusk": the parse hangs the second preposition on the first.
    times = [
        p
        for c in list(carriers)
        for p in children(c, "prep")
        if any(t.ent_type_ == "DATE" for t in children(p, "pobj"))
    ]
    carriers += [*times, *(t for p in times for t in children(p, "pobj"))]
    seen: set[int] = set()
    for carrier in carriers:
        for prep in children(carrier, "prep"):
            if prep.lower_ not in _AT or prep.i in seen:
                continue
            seen.add(prep.i)
            for token in children(prep, "pobj"):
                _place(token, cast, parse, phrases, prep.lower_ in _INSIDE)
    verb = one.head.head.head
    if not cast.places and after_words(one.head) is not None and verb.pos_ == "VERB":
        # "Made the comments in Lusk after talks": the occasion is where its follow-up is.
        for carrier in (verb, *children(verb, "dobj")):
            for prep in children(carrier, "prep"):
                for token in children(prep, "pobj") if prep.lower_ in {"in", "at"} else ():
                    _place(token, cast, parse, phrases)
    if one.row.frame.object is Role.HOST and one.object is not None:
        _place(one.object, cast, parse, phrases)
    if one.row.kind is EventKind.ATTACK:
        for span in cast.roles.get(Role.RECIPIENT, []):
            tokens = parse.tokens(span)
            if tokens and phrases.is_place(tokens[-1]) and tokens[-1].pos_ == "PROPN" and span not in cast.places:
                cast.places.append(span)


def thing_of(one: Found) -> str | None:
    """The thing that an attack or a seizure is aimed at, where that is nobody: "shelled a fish market" -> "market"."""
    if one.row.kind not in (EventKind.ATTACK, EventKind.SEIZURE):
        return None
    behind = [p for w in children(one.head, "prep") if w.lower_ in {"on", "of", "at"} for p in children(w, "pobj")]
    for token in [one.object] if one.object is not None else behind:
        if is_object(token) and token.pos_ == "NOUN" and token.lower_ not in objects("land"):
            return token.lemma_.lower()
    return None


def _place(token: Token, cast: Cast, parse: Parse, phrases: Phrases, inside: bool = False) -> None:
    """Adds the name at `token`, or the one that a noun for land is called by ("the town of Lusk"); `inside` is set behind "in"."""
    if token.pos_ == "NOUN" and token.lower_ in objects("land"):
        for prep in children(token, "prep"):
            for name in children(prep, "pobj") if prep.lower_ == "of" else ():
                _place(name, cast, parse, phrases, inside)
        return
    dated = token.ent_type_ in {"DATE", "TIME"} and (token.lower_ in _CALENDAR or not inside)
    if token.pos_ != "PROPN" or dated or token.lower_ in _CALENDAR:
        return
    mention = phrases.mention(token)
    person = token.ent_type_ == "PERSON" or (mention is not None and mention.label is MentionLabel.PERSON)
    alone = not any(c.dep_ in {"compound", "appos"} for c in token.children)
    if person and not (inside and alone):
        return
    run = name_run(parse, token)
    if run not in cast.places:
        cast.places.append(run)
