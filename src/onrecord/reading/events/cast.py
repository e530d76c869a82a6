"""Who takes part in one event, by role, and whom to look for where its frame finds nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.model import EventKind, MentionLabel, Role, Root, Span
from onrecord.reading.events.found import Found
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.events.triggers import objects
from onrecord.reading.grammar import children
from onrecord.reading.parse import Parse

#: Land that is somebody's, where "of" names whose ("the territory of Orrin").
_LANDS_OF = frozenset({"territory", "capital", "base", "positions", "headquarters", "outpost", "outposts", "posts"})
#: Verbs whose doer has the thing they are done to.
_HOLDING = frozenset(
    {
        "hold", "own", "control", "run", "operate", "man", "occupy", "guard", "charter", "staff", "defend", "use",
        "put", "propose", "draft", "submit", "table", "sponsor", "issue", "make", "write", "offer", "present",
    }
)  # fmt: skip
_MISREAD = frozenset({"PERSON", "PRODUCT", "LOC", "FAC"})
#: Adjectives that are written with a capital and name no side.
_NO_SIDES = frozenset(
    {
        "national", "royal", "supreme", "federal", "western", "eastern", "northern", "southern", "central", "general", "international",
        "new", "old", "great", "grand", "high", "first", "second", "third", "last", "former", "social", "democratic", "republican",
        "constitutional", "main", "upper", "lower", "interim", "deputy", "chief", "foreign", "prime", "joint", "united",
    }
)  # fmt: skip
#: The prepositions that name who is acted on whatever the trigger, by its root; a frame says more where it has any.
_AIMING: Mapping[Root, frozenset[str]] = {
    Root.PROTEST: frozenset({"against"}),
    Root.COERCE: frozenset({"against"}),
    Root.MOBILIZE: frozenset({"against", "opposite", "facing"}),
    Root.ASSAULT: frozenset({"against"}),
    Root.SANCTION: frozenset({"against", "with"}),
    Root.ACCUSE: frozenset({"against"}),
    Root.CONSULT: frozenset({"with"}),
    Root.COOPERATE: frozenset({"with"}),
    Root.AID: frozenset({"to"}),
    Root.CONCEDE: frozenset({"to", "against", "with"}),
}
#: The same by mode.
_AIMING_OF_MODE: Mapping[tuple[Root, str], frozenset[str]] = {
    (Root.RETREAT, "disarm"): frozenset({"to"}),
    (Root.RETREAT, "return"): frozenset({"to"}),
    (Root.RETREAT, "access"): frozenset({"to"}),
    (Root.RETREAT, "ceasefire"): frozenset({"with", "against"}),
}


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


def last_resort(one: Found, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """Where the frame finds nobody who is acted on: behind the preposition that goes with the root, wherever the parse hangs it.

    "Went on hunger strike against the guards", "expanded trade with Tasse": only of the trigger, its object, and the verb that
    carries it. At last whose the thing is that relations are cut in ("suspended Tasse's membership").
    """
    root = one.row.code
    if root is None:
        return
    aiming = _AIMING.get(root, frozenset()) | _AIMING_OF_MODE.get((root, one.row.mode or ""), frozenset())
    carriers = [*one.tokens, one.head, *(t for t in (one.light, one.object) if t is not None)]
    reached = [p for c in carriers for p in children(c, "prt", "conj") if p.pos_ != "VERB"]
    for carrier in dict.fromkeys([*carriers, *reached]):
        for prep in children(carrier, "prep", "dative"):
            if prep.lower_ in aiming and prep.lower_ not in (one.row.frame.preps or {}):
                for token in children(prep, "pobj"):
                    cast.add(Role.RECIPIENT, phrases.spans(token))
    if Role.RECIPIENT not in cast.roles and root is Root.SANCTION and one.object is not None:
        owner(one.object, cast, parse, phrases)


def garrison(one: Found, token: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """ "An attack on a police post": the post is nobody, its police are."""
    if Role.RECIPIENT not in cast.roles and one.row.kind is EventKind.ATTACK:
        held = [c for c in children(token, "compound", "amod") if phrases.is_person(c)]
        cast.add(Role.RECIPIENT, [parse.span(c.i, c.i) for c in held])


def owner(thing: Token, cast: Cast, parse: Parse, phrases: Phrases) -> None:
    """The one whose thing it is: "Orrin's ship", "an Orrinian ship", "the offices of the party"."""
    for child in thing.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            cast.add(Role.RECIPIENT, phrases.spans(child))
        elif child.dep_ in {"amod", "compound", "nmod"} and child.i < thing.i:
            # "The Sarkani state railway": the name may stand before another word of the compound.
            named = next((t for t in (child, *children(child, "compound")) if is_named(t, phrases)), None)
            cast.add(Role.RECIPIENT, [parse.span(named.i, named.i)] if named is not None else [])
        elif child.dep_ in {"acl", "relcl"}:
            holder(child, cast, phrases)
        elif child.dep_ == "prep" and child.lower_ == "from" and thing.lower_ not in objects("land"):
            # "Its ban on fruit from Tasse"
            for token in children(child, "pobj"):
                cast.add(Role.RECIPIENT, phrases.spans(token) if is_side(token, phrases) else [])
        elif child.dep_ == "prep" and child.lower_ == "by" and thing.lower_ in objects("protest"):
            for token in children(child, "pobj"):
                cast.add(Role.RECIPIENT, phrases.spans(token))
        elif child.dep_ == "prep" and child.lower_ in {"of", "belonging"}:
            if thing.lower_ in objects("land") and thing.lower_ not in _LANDS_OF:
                # "The village of Hame" is the village's name and nobody's property; who holds it may be told of the name.
                for clause in [c for name in children(child, "pobj") for c in children(name, "acl", "relcl")]:
                    holder(clause, cast, phrases)
                continue
            for token in children(child, "pobj"):
                cast.add(Role.RECIPIENT, phrases.spans(token))
                for side in token.children if not phrases.spans(token) else ():
                    # "The signals of Tassian boats": the boats are nobody, their side is.
                    if side.dep_ in {"amod", "compound", "nmod"} and side.i < token.i and is_named(side, phrases):
                        cast.add(Role.RECIPIENT, [parse.span(side.i, side.i)])


def holder(clause: Token, cast: Cast, phrases: Phrases) -> None:
    """The one who holds, owns or fills the thing that a clause is told of: "villages held by the rebels", "a bus carrying guards"."""
    if clause.lemma_ in _HOLDING and clause.tag_ == "VBN":
        behind = [p for w in children(clause, "agent", "prep") if w.lower_ == "by" for p in children(w, "pobj")]
    elif clause.lemma_ == "belong":
        behind = [p for w in children(clause, "prep", "dative") if w.lower_ == "to" for p in children(w, "pobj")]
    elif clause.lemma_ in {"carry", "transport", "house"} and clause.tag_ != "VBN":
        behind = children(clause, "dobj")
    else:
        return
    for token in behind:
        cast.add(Role.RECIPIENT, phrases.spans(token))


def is_side(token: Token, phrases: Phrases) -> bool:
    """True for a demonym or a name used as one ("Tassian", "NATO") before a noun."""
    if token.ent_type_ in {"NORP", "GPE", "ORG"}:
        return True
    if token.pos_ == "ADJ" and token.is_title and not token.is_sent_start and token.lower_ not in _NO_SIDES:
        # An adjective with a capital inside a sentence is made of a name, whatever the tagger takes it for.
        return True
    mention = phrases.mention(token)
    return (
        mention is not None
        and mention.label in (MentionLabel.GROUP, MentionLabel.PLACE, MentionLabel.ORGANISATION)
        and token.text[0].isupper()
    )


def is_named(token: Token, phrases: Phrases) -> bool:
    """True for a side before a thing that is nobody, also where its name was taken for one of another kind ("the Sarkani port")."""
    if is_side(token, phrases):
        return True
    named = token.pos_ == "PROPN" and token.dep_ == "compound" and token.is_title and token.head.is_lower
    return named and token.ent_type_ in _MISREAD and token.lower_ not in _NO_SIDES
