"""Who takes part in an event, and where it is: the dependents of a trigger, by its frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.model import EventKind, Role, Root, Span
from onrecord.reading.events.cast import Cast, garrison, is_named, is_side, last_resort, owner
from onrecord.reading.events.classes import is_object
from onrecord.reading.events.found import Found, after_words
from onrecord.reading.events.nouns import BRINGING, TOLD
from onrecord.reading.events.phrases import Phrases, is_human, name_run
from onrecord.reading.events.triggers import objects, triggers
from onrecord.reading.grammar import RELATIVES, antecedent, children, is_passive, subject
from onrecord.reading.parse import Parse

#: Nouns whose possessor suffers what the noun names ("her arrest").
_SUFFERED = frozenset(
    [
        "arrest",
        "detention",
        "imprisonment",
        "abduction",
        "kidnapping",
        "killing",
        "assassination",
        "murder",
        "massacre",
        "release",
        "expulsion",
        "deportation",
        "seizure",
    ]
)


#: Kinds in which a person may be handed from one to another ("extradited a banker to Orrin").
_GIVING = frozenset({EventKind.COOPERATION, EventKind.AID, EventKind.RELEASE})
#: What is done with arms.
USING = frozenset({"fire", "launch", "drop", "plant", "throw", "lay", "shoot", "hurl", "lob", "send"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "oneself", "myself", "yourself", "ourselves"})
_BORDERS = frozenset({"border", "frontier", "boundary"})


def cast_of(one: Found, parse: Parse, phrases: Phrases) -> Cast:
    """The participants and places of a trigger."""
    cast = Cast()
    if one.row.verb:
        _of_verb(one, cast, parse, phrases)
    else:
        _of_noun(one, cast, parse, phrases)
    if Role.RECIPIENT not in cast.roles and Role.HOST not in cast.roles:
        last_resort(one, cast, parse, phrases)
    _shared(one, cast)
    return cast


def _of_verb(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    frame, verb = one.row.frame, one.head
    for token in _subjects(verb):
        spans = phrases.spans(_all_of(token, one))
        manned = one.row.code is Root.ASSAULT and token.lower_ in objects("manned") and token.dep_ == "nsubj"
        if not spans and (manned or (_is_armed(token) and _of_a_side(token, phrases))):
            # "Tassian planes bombed the port", "helicopters of the army": arms with the name of a side act for it.
            spans = [phrases.span(token)]
        cast.add(frame.subject, spans)
    thing = _suffering(one)
    if frame.object is not None and thing is not None and not _handed_to(one, phrases):
        suffers = phrases.spans(thing) if thing.lower_ not in _REFLEXIVE else []
        if suffers and not _own(one, thing):
            _whose(thing, cast, parse, phrases)
        if not suffers and one.row.object == "any":
            suffers = [phrases.span(thing)]
        cast.add(frame.object, [] if _own(one, thing) else suffers)
    if frame.dative and is_passive(verb):
        # "Refugees were granted asylum": the subject of the passive is who gets it.
        for given in children(verb, "nsubjpass") if one.object is not None and one.object.dep_ != "nsubjpass" else ():
            cast.add(Role.RECIPIENT, phrases.spans(given))
    if frame.dative:
        for given in children(verb, "dative"):
            for token in [given] if given.pos_ != "ADP" else children(given, "pobj"):
                cast.add(Role.RECIPIENT, phrases.spans(token))
        for given in children(verb, "dobj"):
            # Of two objects the first is who gets the other.
            if one.object is not None and one.object.dep_ == "dobj" and given.i < one.object.i:
                cast.add(Role.RECIPIENT, phrases.spans(given))
        if Role.RECIPIENT not in cast.roles and one.object is not None:
            cast.add(Role.RECIPIENT, _swallowed(one.object, parse, phrases))
    held = [one.object, *children(one.object, "conj")] if one.object is not None and frame.object is None else []
    carriers = [
        verb,
        *(c for c in children(verb, "prt") if c not in one.tokens),
        *held,
        *one.tokens[1:],
        *(c for c in children(verb, "advmod") if c.lower_ in {"together", "jointly"}),
    ]
    _behind(one, carriers, cast, parse, phrases)
    if frame.object is None:
        _further_off(one, cast, phrases)
    if frame.owner and one.object is not None:
        owner(one.object, cast, parse, phrases)
        own = one.row.kind is not EventKind.WITHDRAWAL and one.object.lower_ not in _REFLEXIVE
        if Role.RECIPIENT not in cast.roles and own:
            # "Dissolved the party", "shut down three papers": what is taken or closed is itself somebody.
            cast.add(Role.RECIPIENT, phrases.spans(one.object))
    if (
        frame.object is not None
        and one.object is not None
        and Role.RECIPIENT not in cast.roles
        and frame.preps is not None
    ):
        owner(one.object, cast, parse, phrases)
        garrison(one, one.object, cast, parse, phrases)


def _suffering(one: Found) -> Token | None:
    """What the verb is done to; of two objects the one that is no part of the idiom ("took Orrin to court", "took hostage a team")."""
    direct = [d for d in children(one.head, "dobj") if d.lower_ not in {"hostage", "prisoner", "captive"}]
    idiom = one.object is not None and (
        one.object.dep_ == "pobj" or one.object.lower_ in {"hostage", "prisoner", "captive"}
    )
    return direct[0] if idiom and direct and one.row.object in {"forum", "hostage", "person"} else one.object


def _own(one: Found, thing: Token) -> bool:
    """ "Pooled their vessels", "trained their police": what is the actor's own is nobody acted on."""
    return one.row.kind is EventKind.COOPERATION and any(c.tag_ == "PRP$" for c in thing.children)


def _swallowed(thing: Token, parse: Parse, phrases: Phrases) -> list[Span]:
    """ "Refused the inspectors entry", "gave Quorra ambulances": the one served, where the parse reads it as part of the thing."""
    for child in thing.children:
        own = any(c.dep_ in {"det", "amod", "poss"} for c in child.children)
        apart = (
            child.tag_ == "NNS"
            or own
            or (child.pos_ == "PROPN" and thing.tag_ in {"NNS", "NN"} and thing.pos_ == "NOUN")
        )
        inside = child.dep_ in {"compound", "nmod", "poss"} and child.i < thing.i
        # "Gave the Tollan Union access": a name of two words or more before a common noun is nobody's adjective.
        full = child.pos_ == "PROPN" and thing.pos_ == "NOUN" and bool(children(child, "compound"))
        whole = full or not any(c.dep_ == "det" and c.i < child.i for c in thing.children)
        if inside and whole and apart and phrases.takes_part(child):
            return [parse.span(child.left_edge.i, child.i)]
    return []


def _is_armed(token: Token) -> bool:
    return any(token.lower_ in objects(kind) for kind in ("force", "vessel", "weapon", "missile"))


def _of_a_side(token: Token, phrases: Phrases) -> bool:
    """True for a thing that a side is named with: "Tassian planes", "the guns of Tasse"."""
    behind = [p for w in children(token, "prep") if w.lower_ == "of" for p in children(w, "pobj")]
    named = any(is_named(c, phrases) or c.dep_ == "poss" for c in token.children if c.i < token.i)
    return named or any(phrases.takes_part(p) for p in behind)


def _further_off(one: Found, cast: Cast, phrases: Phrases) -> None:
    """ "Shared intelligence on the smugglers with Tasse": where the parse hangs the partner on a noun before it."""
    preps = one.row.frame.preps or {}
    if Role.RECIPIENT in cast.roles or one.object is None:
        return
    for prep in one.object.subtree:
        named = prep.dep_ == "prep" and prep.lower_ in {"with", "to", "against"} and prep.i > one.object.i
        if not named or preps.get(prep.lower_) is not Role.RECIPIENT or prep.head.pos_ not in {"NOUN", "PROPN"}:
            continue
        for token in children(prep, "pobj"):
            cast.add(Role.RECIPIENT, phrases.spans(token))


def _all_of(token: Token, one: Found) -> Token:
    """ "Between Marn and the minister, who spoke by telephone": where nobody else is named, "who" are all that are joined."""
    partner = any(p.lower_ in {"with", "to"} for p in children(one.head, "prep"))
    found = antecedent(token) if token.lower_ in RELATIVES and one.row.frame.alone and not partner else None
    while found is not None and found.dep_ == "conj":
        found = found.head
    return found if found is not None and children(found, "conj") else token


def _subjects(verb: Token) -> Iterator[Token]:
    found = subject(verb) or _misplaced(verb) or _hung_on(verb)
    if found is None:
        return
    if _is_armed(found) or is_object(found):
        # "Hit by a missile that the rebels fired", "killed by a bomb planted by": whoever used the arms.
        for clause in children(found, "acl", "relcl"):
            by = subject(clause) if clause.lemma_ in USING and clause.tag_ != "VBG" else None
            if by is not None and by.i != found.i:
                yield by
                return
    yield found


def _hung_on(verb: Token) -> Token | None:
    """ "Was suspended from the games by the federation": the doer, where the parse hangs it on a thing that is no event."""
    for prep in children(verb, "prep") if is_passive(verb) else ():
        for thing in children(prep, "pobj"):
            named = any(len(row.words) == 1 for row in triggers().get(thing.lemma_.lower(), ()))
            if thing.pos_ == "NOUN" and not named and not is_human(thing):
                behind = [p for w in children(thing, "prep") if w.lower_ == "by" for p in children(w, "pobj")]
                if behind:
                    return behind[0]
    return None


def _misplaced(verb: Token) -> Token | None:
    """ "On Tuesday in Lusk, Minister Marn signed": the name before a verb that the parse took for one more of the words in front."""
    if (
        verb.dep_ == "xcomp"
        and verb.head.pos_ == "ADJ"
        and verb.head.dep_ in {"acomp", "oprd"}
        and not is_passive(verb)
    ):
        # "Marn is due to meet"
        return subject(verb.head.head)
    if verb.dep_ != "ROOT" or is_passive(verb) or verb.i == 0:
        return None
    before = verb.nbor(-1)
    fronted = before.dep_ in {"appos", "conj"} and before.pos_ == "PROPN" and before.head.dep_ in {"pobj", "npadvmod"}
    return before if fronted else None


def _behind(one: Found, carriers: Sequence[Token], cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """The participants behind the prepositions of the frame, whichever word of the event these hang on."""
    for carrier in dict.fromkeys(carriers):
        hung = children(carrier, "prep", "agent", "dative")
        # "With the president and with envoys of the League"
        hung += [c for p in hung for c in children(p, "conj") if c.pos_ == "ADP"]
        for prep in hung:
            name = prep.lower_
            role = (one.row.frame.preps or {}).get(name)
            if name == "by" and (not one.row.verb or (prep.dep_ == "prep" and is_passive(one.head))):
                # "Was given a loan by Tasse": the parse may hang the doer on the loan.
                role = Role.ACTOR
            if name == "with" and role is None and one.row.kind in (EventKind.EXERCISE, EventKind.AGREEMENT):
                role = Role.RECIPIENT
            inner = (
                [p for w in children(prep, "prep") if w.lower_ == "of" for p in children(w, "pobj")]
                if name == "out" and one.row.kind is not EventKind.WITHDRAWAL
                else []
            )
            role = (one.row.frame.preps or {}).get("from") if inner else role
            for token in (*children(prep, "pobj"), *inner):
                if role is not None:
                    _reached(one, role, token, cast, parse, phrases)
                elif one.row.kind is EventKind.PROTEST:
                    _outside(token, cast, parse, phrases)
                elif one.row.kind in (EventKind.DEPLOYMENT, EventKind.EXERCISE):
                    _beyond(token, one, cast, parse, phrases)
                if name == "between" or (name == "among" and one.row.frame.between):
                    _both(one, token, cast, phrases)


def _whose(token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """ "Two Tassian shipping lines and their owners": of several that are joined, whose those are that are nobody."""
    for head in phrases.joined(token):
        if not phrases.takes_part(head):
            owner(head, cast, parse, phrases)


def _reached(one: Found, role: Role, token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """Whoever stands behind a preposition; where a thing does, whose it is ("bowed to the demands of the miners")."""
    spans = phrases.spans(token)
    if not spans and role is Role.ACTOR and _is_armed(token) and _of_a_side(token, phrases):
        spans = [phrases.span(token)]
    cast.add(role, spans)
    if role is Role.RECIPIENT and one.row.kind is not EventKind.WITHDRAWAL:
        _whose(token, cast, parse, phrases)
        if not spans:
            garrison(one, token, cast, parse, phrases)


def _outside(token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """ "Outside the embassy of Orrin", "in front of the League's headquarters": those whose it is are protested against."""
    if token.lower_ == "front":
        inner = [p for w in children(token, "prep") if w.lower_ == "of" for p in children(w, "pobj")]
        token = inner[0] if inner else token
    domestic = any(c.dep_ == "compound" and c.is_lower for c in token.children)
    if token.lower_ in objects("seat") and not domestic:
        owner(token, cast, parse, phrases)


def _beyond(token: Token, one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """ "To the border with Orrin", "to the Orrinian border": forces moved there are moved against those behind it."""
    if token.lemma_.lower() not in _BORDERS:
        return
    beside = [w for w in children(one.head, "prep") if w.lower_ == "with" and w.i == token.i + 1]
    for prep in (*children(token, "prep"), *beside):
        for side in children(prep, "pobj") if prep.lower_ == "with" else ():
            cast.add(Role.RECIPIENT, phrases.spans(side))
    acting = {t.lower_ for s in cast.roles.get(Role.ACTOR, []) for t in parse.tokens(s)}
    for side in token.children:
        if side.i < token.i and side.dep_ != "det" and side.lower_ not in acting and is_named(side, phrases):
            cast.add(Role.RECIPIENT, [parse.span(side.i, side.i)])


def _handed_to(one: Found, phrases: Phrases) -> bool:
    """ "Extradited a banker to Orrin": with somebody who gets him, the one handed over is no recipient."""
    if one.row.kind not in _GIVING or "to" not in (one.row.frame.preps or {}):
        return False
    carriers = [one.head, *children(one.head, "prt")]
    given = [
        p for c in carriers for w in children(c, "prep", "dative") if w.lower_ == "to" for p in children(w, "pobj")
    ]
    given += [t for t in children(one.head, "dative") if t.pos_ != "ADP"]
    return any(phrases.takes_part(p) for p in given)


def _both(one: Found, token: Token, cast: Cast, phrases: Phrases) -> None:
    """ "Between A and B": each side acts on the other; the first is put down as the actor."""
    spans = phrases.spans(token)
    if one.row.kind is EventKind.AGREEMENT:
        cast.add(Role.SIGNATORY, spans)
        return
    cast.add(Role.ACTOR, spans[:1])
    cast.add(Role.RECIPIENT, spans[1:])


def _acts(modifier: Token, phrases: Phrases) -> bool:
    """True for a side or people before a noun ("the Tassian raid", "a rebel offensive")."""
    people = modifier.dep_ == "compound" and modifier.pos_ == "NOUN" and phrases.is_person(modifier)
    people = people and modifier.lower_ not in {"state", "family", "government", "court"}
    return people or is_side(modifier, phrases)


def _of_noun(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    noun, frame = one.head, one.row.frame
    if one.light is not None:
        _lent_subject(one, cast, phrases)
    for child in noun.children:
        if child.dep_ == "poss" and child.lower_ in {"his", "her", "their", "its"}:
            # "Her visit": the pronoun is all there is of whoever does it; "held their first meeting" has a subject.
            if Role.ACTOR not in cast.roles and Role.HOST not in cast.roles:
                suffered = noun.lemma_.lower() in _SUFFERED
                cast.add(Role.RECIPIENT if suffered else Role.ACTOR, [parse.span(child.i, child.i)])
        elif child.dep_ == "poss":
            suffered = noun.lemma_.lower() in _SUFFERED
            cast.add(Role.RECIPIENT if suffered else Role.ACTOR, phrases.spans(child))
        elif child.dep_ in {"amod", "compound", "nmod"} and child.i < noun.i and _acts(child, phrases):
            cast.add(Role.ACTOR, [parse.span(child.i, child.i)])
    for clause in children(noun, "relcl"):
        # "The exercise, in which ships of Orrin are taking part"
        if clause.lemma_ in {"take", "participate"} and one.row.kind is EventKind.EXERCISE:
            everybody = [t for token in children(clause, "nsubj") for t in phrases.joined(token)]
            sided = [phrases.span(t) for t in everybody if _of_a_side(t, phrases)]
            cast.add(Role.ACTOR, sided or [phrases.span(t) for t in everybody if phrases.takes_part(t)])
    carriers = [noun, *([noun.head] if noun.head.lower_ == "ceremony" else [])]
    own = list(carriers)
    _theirs(one, cast, phrases)
    _occasion(one, cast, phrases)
    _under(one, cast, phrases)
    _drawn(one, cast, phrases)
    if one.light is not None and not one.loose:
        carriers.append(one.light)
    for prep in [p for c in own for p in children(c, "prep")]:
        if prep.lower_ == "of" and frame.of_role is not None:
            for token in children(prep, "pobj"):
                if frame.of_class in (None, "person"):
                    spans = phrases.spans(token)
                    if not spans and frame.of_role is Role.ACTOR and _is_armed(token) and _of_a_side(token, phrases):
                        spans = [phrases.span(token)]
                    joint = frame.between and len(spans) > 1
                    cast.add(frame.of_role, spans[:1] if joint else spans)
                    cast.add(Role.RECIPIENT, spans[1:] if joint else [])
                    if frame.of_role is Role.RECIPIENT and not spans:
                        _of_thing(one, token, cast, parse, phrases)
                else:
                    carriers.append(token)
                    carriers.extend(t for t in token.subtree if t.dep_ == "pobj" and t.i > token.i)
    carriers += [p for prep in children(noun, "prep") if prep.lower_ in {"by", "of"} for p in children(prep, "pobj")]
    _behind(one, carriers, cast, parse, phrases)
    held = [c for c in children(noun, "acl") if c.tag_ == "VBN"]
    for verb in held:
        for agent in children(verb, "agent"):
            for token in children(agent, "pobj"):
                cast.add(Role.ACTOR, phrases.spans(token))


def _of_thing(one: Found, token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """ "The shelling of a Tassian post": whose the thing is; "the killing of two shepherds": whoever can be killed."""
    if one.head.lemma_.lower() in _SUFFERED and not is_object(token) and token.lower_ not in objects("abstract"):
        cast.add(Role.RECIPIENT, [phrases.span(token)])
        return
    owner(token, cast, parse, phrases)
    if Role.RECIPIENT not in cast.roles and phrases.is_place(token) and token.pos_ == "PROPN":
        cast.add(Role.RECIPIENT, [name_run(parse, token)])


def _theirs(one: Found, cast: Cast, phrases: Phrases) -> None:
    """ "Marn, left, and Odd before their meeting": in a caption the two that are named are those whose meeting it is."""
    noun = one.head
    own = any(c.dep_ == "poss" and c.lower_ == "their" for c in noun.children)
    if not own or after_words(noun) is None or one.row.kind not in (EventKind.MEETING, EventKind.TALKS):
        return
    first = noun.sent.start if noun.doc.has_annotation("SENT_START") else 0
    heads = [
        t for t in noun.doc[first : noun.i] if t.pos_ == "PROPN" and t.dep_ not in {"compound", "pobj", "appos", "poss"}
    ]
    named = [t for t in heads if phrases.is_person(t) or len(children(t, "compound")) > 1]
    if len(named) == 2:
        cast.roles.pop(Role.ACTOR, None)
        cast.add(Role.ACTOR, [phrases.span(named[0])])
        cast.add(Role.RECIPIENT, [phrases.span(named[1])])


def _occasion(one: Found, cast: Cast, phrases: Phrases) -> None:
    """ "She said after talks with the president": whoever the occasion is told of takes part in it, beside a named partner."""
    told = after_words(one.head) is not None or (one.head.dep_ == "pobj" and one.head.head.lower_ in {"on", "in"})
    if Role.ACTOR in cast.roles or not told:
        return
    partner = any(p.lower_ in {"with", "to"} and p.dep_ == "prep" for p in one.head.children)
    verb = one.head.head.head
    if (
        partner
        and verb.pos_ in {"VERB", "AUX"}
        and one.row.kind in (EventKind.MEETING, EventKind.TALKS, EventKind.VISIT)
    ):
        found = subject(verb)
        if found is not None:
            cast.add(Role.ACTOR, phrases.spans(found))


def _under(one: Found, cast: Cast, phrases: Phrases) -> None:
    """ "Came under attack from": whoever comes under it is attacked."""
    above = one.head.head
    hit = above.lower_ == "under" and above.head.lemma_ in {"come", "be"}
    died = above.lower_ in {"in", "during"} and above.head.lemma_ in {"die", "perish"}
    if one.row.kind is not EventKind.ATTACK or not (hit or died):
        return
    found = subject(above.head)
    if found is not None:
        cast.add(Role.RECIPIENT, phrases.spans(found))


def _drawn(one: Found, cast: Cast, phrases: Phrases) -> None:
    """ "A rally drew 20,000 people": those who came are the protest."""
    above = one.head.head
    if one.row.kind is EventKind.PROTEST and one.head.dep_ == "nsubj" and above.lemma_ in {"draw", "attract", "bring"}:
        for token in children(above, "dobj"):
            cast.add(Role.ACTOR, phrases.spans(token))


def _lent_subject(one: Found, cast: Cast, phrases: Phrases) -> None:
    """The subject of the verb that carries the noun: who holds the talks, or only where they are held."""
    light = one.light
    if light is None or one.copular or light.lemma_ in TOLD | BRINGING | {"lead"}:
        return
    if one.head.dep_ == "nsubj" or (one.head.dep_ == "attr" and light.lemma_ == "be"):
        return
    found = subject(light)
    if found is None or found.i == one.head.i:
        return
    cast.add(Role.HOST if one.hosting else Role.ACTOR, phrases.spans(found))


def _shared(one: Found, cast: Cast) -> None:
    """ "A and B met": where nobody else is named, the first of a joint subject is put down as the actor, the others as partners."""
    frame = one.row.frame
    actors = cast.roles.get(Role.ACTOR, [])
    if one.row.kind is EventKind.AGREEMENT:
        return
    if (frame.alone or frame.between) and Role.RECIPIENT not in cast.roles and len(actors) > 1:
        cast.roles[Role.ACTOR], cast.roles[Role.RECIPIENT] = actors[:1], actors[1:]
