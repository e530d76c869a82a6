"""Verbs that name an event: their rows in the table matched against the parse."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.model import EventKind
from onrecord.reading.events.classes import ASKED, asked, is_object, is_of
from onrecord.reading.events.found import Found
from onrecord.reading.events.phrases import Phrases, counted
from onrecord.reading.events.triggers import Trigger, objects, triggers
from onrecord.reading.grammar import RELATIVES, antecedent, children, is_passive, own_subject

_LOOSE = frozenset({"DET", "ADV", "ADJ", "PRON", "NUM", "NOUN", "PROPN", "PART"})


def lemma_of(verb: Token) -> str:
    """The lemma of a verb, with a part that a hyphen joins to it ("test-fired")."""
    lemma = verb.lemma_.lower()
    if verb.i > 1 and verb.nbor(-1).text == "-" and verb.nbor(-2).lower_ in {"test", "tear"}:
        return f"{verb.nbor(-2).lower_}-{lemma}"
    # The rules of the lemmatiser cut the "e" of some verbs ("fined" becomes "fin", "sided" "sid").
    cut = verb.tag_ in {"VBD", "VBN", "VBG"} and lemma not in triggers() and f"{lemma}e" in triggers()
    return f"{lemma}e" if cut else lemma


def verb_trigger(verb: Token, some: Sequence[Trigger], phrases: Phrases) -> Found | None:
    for row in some:
        if not row.verb:
            continue
        more = _particles(verb, row.words[1:])
        if more is None:
            continue
        if (
            row.object is None
            and more
            and more[-1].dep_ == "prep"
            and any(d not in more for d in children(verb, "dobj"))
        ):
            # "Withdrew its envoy from Orrin" is not "withdrew from Orrin".
            continue
        thing = _object(verb, more)
        served = children(verb, "dobj")
        if row.frame.dative and len(served) > 1 and thing is not None and thing.i == served[0].i:
            # "Denied the inspectors access": of two objects the last is the thing.
            thing = served[-1]
        if row.object == "admitted":
            admitted = _admitted(verb, phrases)
            if admitted is None:
                continue
            return Found(row, verb, [verb, admitted[1]], object=admitted[0])
        if not _fits(row, verb, thing, phrases):
            continue
        return Found(row, verb, [verb, *more, *_named_by(row, thing)], object=thing)
    return None


#: What those who are let in, out or through are let do.
_ADMITTING = frozenset(
    {
        "enter", "visit", "inspect", "leave", "return", "pass", "cross", "land", "dock", "come", "examine", "fly",
        "depart", "sail",
    }
)  # fmt: skip


def _admitted(verb: Token, phrases: Phrases) -> tuple[Token, Token] | None:
    """ "Allowed the inspectors to enter": whoever is let do what, and the verb that says what; None where it is no coming or going."""
    for clause in children(verb, "ccomp", "xcomp"):
        who = children(clause, "nsubj") or children(verb, "dobj", "nsubjpass")
        if clause.lemma_ in _ADMITTING and clause.tag_ == "VB" and who and phrases.takes_part(who[0]):
            return who[0], clause
    return None


def _particles(verb: Token, words: Sequence[str]) -> list[Token] | None:
    found: list[Token] = []
    place = verb.i + 1
    for word in words:
        skipped = 0
        while place < len(verb.doc) and verb.doc[place].lower_ != word and verb.doc[place].lemma_.lower() != word:
            if verb.doc[place].pos_ not in _LOOSE or skipped >= 4:
                return None
            skipped += 1
            place += 1
        if place >= len(verb.doc) or (skipped and _idiom(verb)):
            return None
        found.append(verb.doc[place])
        place += 1
    return found


def _idiom(verb: Token) -> bool:
    """ "Took part in", "took place in": the noun belongs to the verb, which is no "take in"."""
    return any(
        d.lower_ in {"part", "place", "charge", "office", "care", "aim", "refuge"} for d in children(verb, "dobj")
    )


def _named_by(row: Trigger, thing: Token | None) -> list[Token]:
    """The object where it is part of the name of the event ("sign a deal"), not one who takes part."""
    listed = row.object is not None and row.object not in ASKED and not row.object.endswith("-sbj")
    named = listed and row.frame.object is None and thing is not None and row.object in _NAMING
    return [thing] if named and thing is not None else []


_NAMING = frozenset(
    {
        "law", "agreement", "sanction", "election", "ceasefire", "tie", "talk", "inquiry", "curfew", "street", "strike",
        "hostage", "hunger", "paper",
    }
)  # fmt: skip


def _object(verb: Token, more: Sequence[Token]) -> Token | None:
    """What the verb is done to: its direct object, the subject of its passive, or what its last particle governs."""
    if more and more[-1].dep_ == "prep":
        governed = children(more[-1], "pobj")
        if governed:
            return governed[0]
    given = [g for g in children(verb, "dobj", "oprd") if g.pos_ in {"NOUN", "PROPN", "PRON"}]
    if is_passive(verb) and given and children(verb, "nsubjpass"):
        # "Were granted asylum": what is given stays the object, the subject gets it.
        return _meant(given[0])
    if is_passive(verb):
        subject = next(iter(children(verb, "nsubjpass")), None)
        if subject is None and verb.dep_ == "conj":
            subject = next(iter(children(verb.head, "nsubjpass")), None)
        if subject is None and verb.dep_ == "acl":
            return verb.head
        return _meant(subject)
    direct = children(verb, "dobj")
    if not direct:
        # "Holding two engineers hostage", read as a clause of its own.
        read_so = {"hostage", "captive", *(t.lower_ for t in more)}
        direct = [s for c in children(verb, "ccomp") if c.lower_ in read_so for s in children(c, "nsubj")]
    if not direct and verb.tag_ == "VBN" and verb.dep_ == "acl":
        return verb.head
    if not direct:
        joined = [
            c for c in children(verb, "conj") if c.pos_ == "VERB" and own_subject(c) is None and is_passive(c) is False
        ]
        direct = [d for c in joined for d in children(c, "dobj")] if not children(verb, "prep", "prt") else []
    return _meant(direct[0]) if direct else None


def _meant(token: Token | None) -> Token | None:
    if token is not None and token.lower_ in RELATIVES:
        return antecedent(token)
    return token if token is None else counted(token)


def _fits(row: Trigger, verb: Token, thing: Token | None, phrases: Phrases) -> bool:
    """True when the object is what the row asks for, and all that it needs is there."""
    kind = row.object
    if row.words == ("order",) and row.kind is EventKind.DEPLOYMENT and children(verb, "xcomp", "ccomp"):
        # "Ordered the advisers to leave" asks for something; the event, if any, is the verb behind.
        return False
    if kind is None:
        behind = bool(row.words[1:]) and row.words[-1] in (row.frame.preps or {})
        if behind:
            return thing is not None and phrases.takes_part(thing)
        if thing is not None and row.frame.object is None and not row.frame.owner and row.kind.value != "visit":
            return phrases.takes_part(thing) and row.kind.value not in {"protest", "withdrawal", "talks"}
        return _has_needed(row, verb, thing, phrases) and not _inanimate(row, verb, phrases)
    if kind == "with-aid":
        return any(
            is_of(p, "aid") or is_of(p, "weapon")
            for w in children(verb, "prep")
            if w.lower_ == "with"
            for p in children(w, "pobj")
        )
    if kind == "falsehood" and thing is not None and any(c.lower_ in _FALSE for c in children(thing, "amod")):
        return thing.lemma_.lower() in {"report", "news", "story", "video", "document", "claim", "image", "recording"}
    if kind == "rally-sbj":
        subject = own_subject(verb)
        several_people = subject is not None and subject.tag_ in {"NNS", "NNPS"} and phrases.is_person(subject)
        return thing is None and several_people and _at_seat(verb)
    if kind.endswith("-sbj"):
        subject = own_subject(verb)
        if subject is None:
            return False
        return thing is None and phrases.is_person(subject) if kind == "worker-sbj" else is_of(subject, kind[:-4])
    if thing is None:
        return kind in {"party", "target"} and _partner(row, verb, phrases)
    if (kind in ASKED - {"place"} or row.kind is EventKind.ATTACK) and _natural(verb, phrases):
        return False
    if kind in ASKED:
        return asked(kind, row, thing, phrases) and _has_needed(row, verb, thing, phrases)
    return is_of(thing, kind)


_FALSE = frozenset({"false", "fake", "fabricated", "forged", "doctored"})


def _at_seat(verb: Token) -> bool:
    """True where people gather before somebody's seat: outside an embassy, in front of a ministry."""
    places = [
        p for w in children(verb, "prep") if w.lower_ in {"outside", "before", "at", "in"} for p in children(w, "pobj")
    ]
    fronts = [p for t in places if t.lower_ == "front" for w in children(t, "prep") for p in children(w, "pobj")]
    inside = {t.i for w in children(verb, "prep") if w.lower_ == "in" for t in children(w, "pobj")}
    return any(t.lower_ in objects("seat") and t.i not in inside for t in (*places, *fronts))


def _natural(verb: Token, phrases: Phrases) -> bool:
    """True for a subject that is no one: earthquakes kill and viruses attack, but they take part in no event of ours."""
    if is_passive(verb):
        return False
    by = own_subject(verb) or (own_subject(verb.head) if verb.dep_ == "conj" and not children(verb, "aux") else None)
    if by is None or by.lower_ in RELATIVES:
        return False
    return not phrases.takes_part(by) and not is_object(by) and by.lemma_.lower() not in _ARMS


_ARMS = frozenset(
    [
        "attack", "strike", "shelling", "raid", "airstrike", "bombing", "bomb", "missile", "rocket", "shell", "drone",
        "mortar", "gunfire", "fire", "blast", "explosion", "artillery", "mine", "grenade", "bullet", "offensive",
        "assault", "ambush", "battery",
    ]
)  # fmt: skip


def _has_needed(row: Trigger, verb: Token, thing: Token | None, phrases: Phrases) -> bool:
    needed = row.frame.needed
    if needed is None:
        return True
    if needed == "obj":
        return thing is not None and phrases.takes_part(thing)
    if needed == "to" and any(phrases.takes_part(d) for d in children(verb, "dative") if d.pos_ != "ADP"):
        return True
    return any(
        p
        for w in children(verb, "prep", "dative")
        if w.lower_ == needed
        for p in children(w, "pobj")
        if phrases.takes_part(p)
    )


def _partner(row: Trigger, verb: Token, phrases: Phrases) -> bool:
    """True where a verb without an object has somebody behind a preposition of its frame, or several as its subject."""
    for prep in children(verb, "prep"):
        if (row.frame.preps or {}).get(prep.lower_) is not None and any(
            phrases.takes_part(p) for p in children(prep, "pobj")
        ):
            return True
    subject = own_subject(verb) or (own_subject(verb.head) if verb.dep_ == "conj" else None)
    if any(prep.lower_ in {"with", "beside", "alongside"} for prep in children(verb, "prep")):
        # "The villagers talk with a soft accent", "those who fight beside them"
        return False
    return row.frame.alone and subject is not None and several(subject)


def several(subject: Token) -> bool:
    """True for a subject that is more than one: joined by "and", a plural, or a body whose members meet."""
    plural = subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in {"they", "we", "both", "who"}
    if subject.lower_ == "who":
        head = antecedent(subject)
        plural = head is not None and head.tag_ in {"NNS", "NNPS"}
    return (
        bool(children(subject, "conj"))
        or plural
        or subject.lemma_.lower() in {"council", "commission", "committee", "group"}
    )


def _inanimate(row: Trigger, verb: Token, phrases: Phrases) -> bool:
    """A subject that is nobody keeps verbs of doing from being events ("shares rallied", "prices retreated")."""
    if is_passive(verb) and row.frame.object is None and not row.frame.owner:
        return True
    subject = own_subject(verb)
    if subject is None:
        return False
    return not phrases.takes_part(subject) or subject.ent_type_ in {"MONEY", "PERCENT"}
