"""Who takes part in an event, and where it is: the dependents of a trigger, by its frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.model import EventKind, MentionLabel, Role, Span
from onrecord.reading.events.found import Found, after_words
from onrecord.reading.events.phrases import Phrases, name_run
from onrecord.reading.events.triggers import objects
from onrecord.reading.grammar import children, is_passive, subject
from onrecord.reading.parse import Parse

_AT = frozenset(
    {"in", "at", "near", "outside", "to", "into", "on", "off", "around", "across", "inside", "over", "along", "from"}
)
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


_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "oneself", "myself", "yourself", "ourselves"})
_BORDERS = frozenset({"border", "frontier", "boundary"})
#: Land that is somebody's, where "of" names whose ("the territory of Orrin").
_LANDS_OF = frozenset({"territory", "capital", "base", "positions", "headquarters", "outpost", "outposts", "posts"})


@dataclass(slots=True)
class Cast:
    """The participants of one event by role, in the order found, and the places named with it."""

    roles: dict[Role, list[Span]] = field(default_factory=dict)
    places: list[Span] = field(default_factory=list)

    def add(self, role: Role, spans: Sequence[Span]) -> None:
        """Adds phrases in a role; one that overlaps a participant found before is passed over."""
        taken = [s for some in self.roles.values() for s in some]
        for span in spans:
            if not any(span.overlaps(t) for t in taken):
                self.roles.setdefault(role, []).append(span)
                taken.append(span)

    @property
    def empty(self) -> bool:
        """True when nobody was found."""
        return not any(self.roles.values())


def cast_of(one: Found, parse: Parse, phrases: Phrases) -> Cast:
    """The participants and places of a trigger."""
    cast = Cast()
    if one.row.verb:
        _of_verb(one, cast, parse, phrases)
    else:
        _of_noun(one, cast, parse, phrases)
    _shared(one, cast)
    _places(one, cast, parse, phrases)
    return cast


def _of_verb(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    frame, verb = one.row.frame, one.head
    for token in _subjects(verb):
        spans = phrases.spans(token)
        if not spans and _is_armed(token) and any(_is_side(c, phrases) for c in token.children if c.i < token.i):
            # "Tassian planes bombed the port": arms with the name of a side act for it.
            spans = [phrases.span(token)]
        cast.add(frame.subject, spans)
    if frame.object is not None and one.object is not None and not _handed_to(one, phrases):
        suffers = phrases.spans(one.object) if one.object.lower_ not in _REFLEXIVE else []
        if not suffers and one.row.object == "any":
            suffers = [phrases.span(one.object)]
        cast.add(frame.object, suffers)
    if frame.dative and is_passive(verb):
        # "Refugees were granted asylum": the subject of the passive is who gets it.
        for given in children(verb, "nsubjpass") if one.object is not None and one.object.dep_ != "nsubjpass" else ():
            cast.add(Role.RECIPIENT, phrases.spans(given))
    if frame.dative:
        for given in children(verb, "dative"):
            for token in [given] if given.pos_ != "ADP" else children(given, "pobj"):
                cast.add(Role.RECIPIENT, phrases.spans(token))
    carriers = [verb, *([one.object] if one.object is not None and frame.object is None else []), *one.tokens[1:]]
    _behind(one, carriers, cast, parse, phrases)
    if frame.object is None:
        _further_off(one, cast, phrases)
    if frame.owner and one.object is not None:
        _owner(one.object, cast, parse, phrases)
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
        _owner(one.object, cast, parse, phrases)


def _is_armed(token: Token) -> bool:
    return any(token.lower_ in objects(kind) for kind in ("force", "vessel", "weapon", "missile"))


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


def _subjects(verb: Token) -> Iterator[Token]:
    found = subject(verb)
    if found is not None:
        yield found


def _behind(one: Found, carriers: Sequence[Token], cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """The participants behind the prepositions of the frame, whichever word of the event these hang on."""
    for carrier in dict.fromkeys(carriers):
        for prep in children(carrier, "prep", "agent", "dative"):
            name = prep.lower_
            role = (one.row.frame.preps or {}).get(name)
            if name == "by" and not one.row.verb:
                role = Role.ACTOR
            if name == "with" and role is None and one.row.kind in (EventKind.EXERCISE, EventKind.AGREEMENT):
                role = Role.RECIPIENT
            for token in children(prep, "pobj"):
                if role is not None:
                    _reached(one, role, token, cast, parse, phrases)
                elif one.row.kind is EventKind.PROTEST and token.lemma_.lower() in objects("embassy"):
                    # "Outside the embassy of Orrin": those whose embassy it is are protested against.
                    _owner(token, cast, parse, phrases)
                elif one.row.kind is EventKind.DEPLOYMENT:
                    _beyond(token, cast, phrases)
                if name == "between" or (name == "among" and one.row.frame.between):
                    _both(one, token, cast, phrases)


def _reached(one: Found, role: Role, token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """Whoever stands behind a preposition; where a thing does, whose it is ("bowed to the demands of the miners")."""
    spans = phrases.spans(token)
    cast.add(role, spans)
    if not spans and role is Role.RECIPIENT:
        _owner(token, cast, parse, phrases)
        if Role.RECIPIENT not in cast.roles and one.row.kind is EventKind.ATTACK:
            # "An attack on a police post": the post is nobody, its police are.
            held = [c for c in children(token, "compound") if phrases.is_person(c)]
            cast.add(role, [parse.span(c.i, c.i) for c in held])


def _beyond(token: Token, cast: Cast, phrases: Phrases) -> None:
    """ "To the border with Orrin": forces moved there are moved against those behind it."""
    if token.lemma_.lower() not in _BORDERS:
        return
    for prep in children(token, "prep"):
        for side in children(prep, "pobj") if prep.lower_ == "with" else ():
            cast.add(Role.RECIPIENT, phrases.spans(side))


def _handed_to(one: Found, phrases: Phrases) -> bool:
    """ "Extradited a banker to Orrin": with somebody who gets him, the one handed over is no recipient."""
    if one.row.kind is not EventKind.COOPERATION or "to" not in (one.row.frame.preps or {}):
        return False
    given = [p for w in children(one.head, "prep", "dative") if w.lower_ == "to" for p in children(w, "pobj")]
    return any(phrases.takes_part(p) for p in given)


def _both(one: Found, token: Token, cast: Cast, phrases: Phrases) -> None:
    """ "Between A and B": each side acts on the other; the first is put down as the actor."""
    spans = phrases.spans(token)
    if one.row.kind is EventKind.AGREEMENT:
        cast.add(Role.SIGNATORY, spans)
        return
    cast.add(Role.ACTOR, spans[:1])
    cast.add(Role.RECIPIENT, spans[1:])


def _owner(thing: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """The one whose thing it is: "Orrin's ship", "an Orrinian ship", "the offices of the party"."""
    for child in thing.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            cast.add(Role.RECIPIENT, phrases.spans(child))
        elif child.dep_ in {"amod", "compound", "nmod"} and child.i < thing.i and _is_side(child, phrases):
            cast.add(Role.RECIPIENT, [parse.span(child.i, child.i)])
        elif child.dep_ == "prep" and child.lower_ in {"of", "belonging"}:
            if thing.lower_ in objects("land") and thing.lower_ not in _LANDS_OF:
                # "The village of Hame" is the village's name and nobody's property.
                continue
            for token in children(child, "pobj"):
                cast.add(Role.RECIPIENT, phrases.spans(token))
                for side in token.children if not phrases.spans(token) else ():
                    # "The signals of Tassian boats": the boats are nobody, their side is.
                    if side.dep_ in {"amod", "compound", "nmod"} and side.i < token.i and _is_side(side, phrases):
                        cast.add(Role.RECIPIENT, [parse.span(side.i, side.i)])


def _is_side(token: Token, phrases: Phrases) -> bool:
    """True for a demonym or a name used as one ("Tassian", "NATO") before a noun."""
    if token.ent_type_ in {"NORP", "GPE", "ORG"}:
        return True
    mention = phrases.mention(token)
    return (
        mention is not None
        and mention.label in (MentionLabel.GROUP, MentionLabel.PLACE, MentionLabel.ORGANISATION)
        and token.text[0].isupper()
    )


def _acts(modifier: Token, phrases: Phrases) -> bool:
    """True for a side or people before a noun ("the Tassian raid", "a rebel offensive")."""
    people = modifier.dep_ == "compound" and modifier.pos_ == "NOUN" and phrases.is_person(modifier)
    return people or _is_side(modifier, phrases)


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
    carriers = [noun, *([noun.head] if noun.head.lower_ == "ceremony" else [])]
    own = list(carriers)
    _occasion(one, cast, phrases)
    if one.light is not None and not one.loose:
        carriers.append(one.light)
    for prep in [p for c in own for p in children(c, "prep")]:
        if prep.lower_ == "of" and frame.of_role is not None:
            for token in children(prep, "pobj"):
                if frame.of_class in (None, "person"):
                    spans = phrases.spans(token)
                    joint = frame.between and len(spans) > 1
                    cast.add(frame.of_role, spans[:1] if joint else spans)
                    cast.add(Role.RECIPIENT, spans[1:] if joint else [])
                    if not spans and frame.of_role is Role.RECIPIENT and phrases.is_place(token):
                        cast.add(Role.RECIPIENT, [name_run(parse, token)])
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


def _occasion(one: Found, cast: Cast, phrases: Phrases) -> None:
    """ "She said after talks with the president": whoever the occasion is told of takes part in it, beside a named partner."""
    if Role.ACTOR in cast.roles or after_words(one.head) is None:
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


def _lent_subject(one: Found, cast: Cast, phrases: Phrases) -> None:
    """The subject of the verb that carries the noun: who holds the talks, or only where they are held."""
    light = one.light
    if light is None or one.copular:
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


def _places(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
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
    seen: set[int] = set()
    for carrier in carriers:
        for prep in children(carrier, "prep"):
            if prep.lower_ not in _AT or prep.i in seen:
                continue
            seen.add(prep.i)
            for token in children(prep, "pobj"):
                _place(token, cast, parse, phrases)
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


def _place(token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    if token.ent_type_ in {"DATE", "TIME", "PERSON"} or token.pos_ != "PROPN":
        return
    mention = phrases.mention(token)
    if mention is not None and mention.label is MentionLabel.PERSON:
        return
    run = name_run(parse, token)
    if run not in cast.places:
        cast.places.append(run)
