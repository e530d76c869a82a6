"""Which words of a sentence name an event, and on what grounds: the table of triggers matched against the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.model import EventKind
from onrecord.reading.events.phrases import Phrases, counted
from onrecord.reading.events.triggers import CANCELLING, HOSTING, LIGHT, OCCURRING, Trigger, classes, objects, triggers
from onrecord.reading.grammar import RELATIVES, antecedent, children, is_passive, own_subject

#: Classes that are asked of the object's sense and not of a list.
_ASKED = frozenset({"party", "person", "place", "target", "any"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "their", "its", "his", "her", "such"})
_ORDER = frozenset({"after", "before", "during", "following", "since", "until", "ahead", "at", "amid", "despite"})
_LOOSE = frozenset({"DET", "ADV", "ADJ", "PRON", "NUM", "NOUN", "PROPN", "PART"})
_COUNTERS = frozenset(
    {"series", "number", "round", "wave", "string", "spate", "lot", "hundreds", "dozens", "thousands"}
)


@dataclass(slots=True)
class Found:
    """A trigger in the text: the table's row, its governing token, all its tokens, and a verb that carries a noun."""

    row: Trigger
    head: Token
    tokens: list[Token]
    light: Token | None = None
    object: Token | None = None
    definite: bool = False
    copular: bool = False
    hosting: bool = False
    cancelled: bool = False
    loose: bool = field(default=False)

    @property
    def clause(self) -> Token:
        """The verb whose tense and mood the event has, or the noun where no verb carries it."""
        return self.light if self.light is not None else self.head


def find(doc_tokens: Sequence[Token], phrases: Phrases) -> Iterator[Found]:
    """The triggers among the tokens of one sentence, in text order; each token is part of one at most, verbs first."""
    taken: set[int] = set()
    table = triggers()
    found: list[Found] = []
    for token in doc_tokens:
        if token.tag_.startswith("VB") and _lemma(token) in table:
            one = _verb(token, table[_lemma(token)], phrases)
            if one is not None:
                found.append(one)
                taken.update(t.i for t in one.tokens)
    for token in doc_tokens:
        named = token.ent_type_ in {"DATE", "TIME", "PERSON"} or (token.pos_ == "PROPN" and token.lower_ == "march")
        if token.i not in taken and token.pos_ in {"NOUN", "PROPN"} and not named and token.lemma_.lower() in table:
            one = _noun(token, table[token.lemma_.lower()], phrases)
            if one is not None and not taken & {t.i for t in one.tokens}:
                found.append(one)
                taken.update(t.i for t in one.tokens)
    yield from sorted(found, key=lambda f: f.tokens[0].i)


# Verbs


def _lemma(verb: Token) -> str:
    """The lemma of a verb, with a part that a hyphen joins to it ("test-fired")."""
    lemma = verb.lemma_.lower()
    if verb.i > 1 and verb.nbor(-1).text == "-" and verb.nbor(-2).lower_ in {"test", "tear"}:
        return f"{verb.nbor(-2).lower_}-{lemma}"
    # The rules of the lemmatiser cut the "e" of some verbs ("fined" becomes "fin", "sided" "sid").
    cut = verb.tag_ in {"VBD", "VBN", "VBG"} and lemma not in triggers() and f"{lemma}e" in triggers()
    return f"{lemma}e" if cut else lemma


def _verb(verb: Token, some: Sequence[Trigger], phrases: Phrases) -> Found | None:
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
        if not _fits(row, verb, thing, phrases):
            continue
        return Found(row, verb, [verb, *more, *_named_by(row, thing)], object=thing)
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
        if place >= len(verb.doc):
            return None
        found.append(verb.doc[place])
        place += 1
    return found


def _named_by(row: Trigger, thing: Token | None) -> list[Token]:
    """The object where it is part of the name of the event ("sign a deal"), not one who takes part."""
    listed = row.object is not None and row.object not in _ASKED and not row.object.endswith("-sbj")
    named = listed and row.frame.object is None and thing is not None and row.object in _NAMING
    return [thing] if named and thing is not None else []


_NAMING = frozenset(
    {
        "law",
        "agreement",
        "sanction",
        "election",
        "ceasefire",
        "tie",
        "talk",
        "inquiry",
        "curfew",
        "street",
        "strike",
        "hostage",
    }
)


def _object(verb: Token, more: Sequence[Token]) -> Token | None:
    """What the verb is done to: its direct object, the subject of its passive, or what its last particle governs."""
    if more and more[-1].dep_ == "prep":
        governed = children(more[-1], "pobj")
        if governed:
            return governed[0]
    given = children(verb, "dobj", "oprd")
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
            _is_of(p, "aid") or _is_of(p, "weapon")
            for w in children(verb, "prep")
            if w.lower_ == "with"
            for p in children(w, "pobj")
        )
    if kind.endswith("-sbj"):
        subject = own_subject(verb)
        if subject is None:
            return False
        return thing is None and phrases.is_person(subject) if kind == "worker-sbj" else _is_of(subject, kind[:-4])
    if thing is None:
        return kind in {"party", "target"} and _partner(row, verb, phrases)
    if (kind in _ASKED - {"place"} or row.kind is EventKind.ATTACK) and _natural(verb, phrases):
        return False
    if kind in _ASKED:
        return _asked(kind, row, thing, phrases) and _has_needed(row, verb, thing, phrases)
    return _is_of(thing, kind)


def _asked(kind: str, row: Trigger, thing: Token, phrases: Phrases) -> bool:
    if kind == "any":
        return thing.lower_ not in objects("abstract")
    if kind == "person":
        return phrases.is_person(thing)
    if kind == "party":
        return phrases.is_party(thing) and thing.lower_ not in objects("abstract")
    if kind == "place":
        return phrases.is_place(thing) or phrases.takes_part(thing)
    # A target: not words and ideas, which are attacked with words; nor is anything hit by somebody who only speaks.
    if thing.lower_ in objects("abstract") or (thing.pos_ == "PRON" and thing.lower_ in {"it", "this", "that"}):
        return False
    if row.words[0] in {"strike", "hit", "storm", "pound", "shell"} and not (
        phrases.takes_part(thing) or _is_object(thing)
    ):
        return False
    return phrases.takes_part(thing) or _is_object(thing)


def _natural(verb: Token, phrases: Phrases) -> bool:
    """True for a subject that is no one: earthquakes kill and viruses attack, but they take part in no event of ours."""
    if is_passive(verb):
        return False
    by = own_subject(verb) or (own_subject(verb.head) if verb.dep_ == "conj" and not children(verb, "aux") else None)
    if by is None or by.lower_ in RELATIVES:
        return False
    return not phrases.takes_part(by) and not _is_object(by) and by.lemma_.lower() not in _ARMS


_ARMS = frozenset(
    [
        "attack",
        "strike",
        "shelling",
        "raid",
        "airstrike",
        "bombing",
        "bomb",
        "missile",
        "rocket",
        "shell",
        "drone",
        "mortar",
        "gunfire",
        "fire",
        "blast",
        "explosion",
        "artillery",
        "mine",
        "grenade",
        "bullet",
        "offensive",
        "assault",
        "ambush",
        "battery",
    ]
)


def _is_object(token: Token) -> bool:
    return any(token.lower_ in objects(kind) for kind in ("building", "vessel", "land", "force", "premises", "goods"))


def _is_of(token: Token, kind: str) -> bool:
    """True for a noun of the class, or one that a noun of it stands in front of ("peace agreement" is one, "trade deal" too)."""
    if token.lower_ in objects(kind) or token.lemma_.lower() in objects(kind):
        return True
    of = [p for c in children(token, "prep") if c.lower_ == "of" for p in children(c, "pobj")]
    counted = (
        token.lower_ in _COUNTERS
        or token.pos_ == "NUM"
        or token.lower_ in {"tonnes", "tons", "batch", "shipment", "package"}
    )
    return counted and any(p.lower_ in objects(kind) for p in of)


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


# Nouns


def _noun(noun: Token, some: Sequence[Trigger], phrases: Phrases) -> Found | None:
    for row in some:
        if row.verb or not _modified(row, noun):
            continue
        before = _before(noun, row.words[:-1])
        ceremony = noun.head.lower_ == "ceremony"
        if before is None or (noun.dep_ == "compound" and not ceremony) or _counted(noun):
            continue
        one = Found(row, noun, [*before, noun])
        one.definite = _points_back(noun)
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
        ) or any(c.lower_ == "of" for c in children(noun, "prep"))
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
    return (
        noun.dep_ == "dobj"
        and noun.head.lemma_ in {"hold", "conduct", "launch", "stage", "begin"}
        and noun.lower_ != "exercise"
    )


def _counted(noun: Token) -> bool:
    """True for "a number of exercises", "hundreds of protests", "no sanctions": told in general, not one of them."""
    above = noun.head
    return noun.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ in _COUNTERS - {"round"}


def _points_back(noun: Token) -> bool:
    return any(c.lower_ in _POINTING and c.dep_ in {"det", "poss"} and c.i < noun.i for c in noun.children) and not any(
        c.lower_ in {"first", "second", "third", "last", "latest"} for c in children(noun, "amod")
    )


def _of_class(noun: Token, kind: str, phrases: Phrases) -> bool:
    """True when what the noun is "of" is of the class; a ceremony between may carry it ("signing ceremony of an agreement")."""
    carriers = [noun]
    if noun.head.lower_ in {"ceremony", "act", "order"}:
        carriers.append(noun.head)
    for carrier in carriers:
        for prep in children(carrier, "prep"):
            if prep.lower_ in {"of", "to"}:
                for thing in children(prep, "pobj"):
                    if phrases.is_person(thing) if kind == "person" else _is_of(thing, kind):
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
    elif (noun.dep_ == "dobj" and verb.lemma_ in LIGHT | CANCELLING) or (
        noun.dep_ == "nsubjpass" and verb.lemma_ in LIGHT | CANCELLING
    ):
        _lend(one, verb)
    elif noun.dep_ == "nsubj" and verb.lemma_ in OCCURRING:
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
    elif noun.dep_ in {"acl", "relcl"}:
        one.light = verb
    else:
        held = [c for c in children(noun, "acl") if c.lemma_ in LIGHT and c.tag_ == "VBN"]
        if held:
            _lend(one, held[0])


def _lend(one: Found, verb: Token) -> None:
    one.light = verb
    one.hosting = verb.lemma_ in HOSTING
    one.cancelled = verb.lemma_ in CANCELLING | {"cancel", "postpone"} or (
        verb.lemma_ == "call" and any(c.lower_ == "off" for c in children(verb, "prt"))
    )
    if verb.lemma_ == "call" and not one.cancelled:
        one.light = None
        return
    one.tokens = sorted({t.i: t for t in (verb, *one.tokens)}.values(), key=lambda t: t.i)


def after_words(noun: Token) -> str | None:
    """The word of order before a noun: "after talks", "ahead of the summit"; None where there is none."""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ == "ahead":
        return "ahead"
    return above.lower_ if noun.dep_ == "pobj" and above.lower_ in _ORDER else None
