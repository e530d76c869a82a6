"""What an event brings about and what it is told by: results that are no second event, and events that a saying takes for granted."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Act, Auxiliary, EventKind, Figure, Role, Statement
from onrecord.reading.events.drafts import Draft
from onrecord.reading.grammar import RELATIVES, antecedent

_HARMING = frozenset({"kill", "wound", "injure", "leave", "destroy", "damage", "hit"})


def outcome_of(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The attack of the sentence that `draft` is only the outcome of ("bombed the depot, killing two"), or None."""
    verb = draft.found.head
    if draft.mention.kind is not EventKind.ATTACK or not draft.found.row.verb:
        return None
    above: dict[int, Draft] = {}
    for other in drafts:
        if other is not draft and other.mention.kind is EventKind.ATTACK:
            above[other.found.head.i] = above[other.found.clause.i] = other
    if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl", "xcomp", "conj"}:
        found = above.get(verb.head.i) or above.get(verb.head.head.i)
        if found is not None:
            return found
        # Wherever the parse hangs ", killing two", it tells of the attack before it.
        before = [above[i] for i in sorted(above) if i < verb.i]
        return before[-1] if before and verb.lemma_ in _HARMING and verb.i and verb.nbor(-1).text == "," else None
    if verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "pobj" and verb.head.head.lower_ == "by":
        # "Was hit by a missile fired by the rebels": one attack.
        return above.get(verb.head.head.head.i)
    if verb.lemma_ not in {"kill", "wound", "injure"}:
        return None
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    meant = [antecedent(c) if c.lower_ in RELATIVES else c for c in subjects]
    agents = [p for c in verb.children if c.dep_ in {"agent", "prep"} and c.lower_ in {"by", "in"} for p in c.children]
    # "Were killed when shells struck the depot"
    causes = [
        c for c in verb.children if c.dep_ == "advcl" and any(w.lower_ in {"when", "as", "after"} for w in c.children)
    ]
    for token in (*meant, *agents, *causes):
        if token is not None and token.i in above:
            return above[token.i]
    return above.get(verb.head.i) if verb.dep_ == "conj" else None


def absorb(draft: Draft, outcome: Draft) -> None:
    """Gives an attack what its outcome tells: whom it hit, where, and, in a relative clause, when."""
    if Role.RECIPIENT not in draft.cast.roles:
        draft.cast.add(Role.RECIPIENT, outcome.cast.roles.get(Role.RECIPIENT, []))
    if not draft.cast.places:
        draft.cast.places.extend(outcome.cast.places)
    if outcome.found.head.dep_ == "relcl" and outcome.found.head.head.i == draft.found.head.i:
        draft.found.tokens.append(outcome.found.head)


def is_sum(draft: Draft, figures: Sequence[Figure]) -> bool:
    """ "More than 300 people have been killed since March": a count over a time is a figure and no event."""
    at = draft.mention.trigger[-1]
    return not draft.cast.roles.get(Role.ACTOR) and any(f.period is not None and f.span.contains(at) for f in figures)


def is_alleged(draft: Draft) -> bool:
    """ "Accused by Orrin of arming the rebels": what somebody is charged with stays a charge, where no statement was read too."""
    verb = draft.found.clause
    above = verb.head
    noun = draft.found.head
    if not draft.found.row.verb and noun.dep_ == "dobj" and noun.head.lemma_ == "threaten":
        return True
    threatened = verb.dep_ == "xcomp" and above.lemma_ == "threaten" and draft.mention.aux is Auxiliary.HYPOTHETICAL
    charged = verb.dep_ == "pcomp" and above.lower_ in {"of", "with"}
    return threatened or (charged and above.head.lemma_ in {"accuse", "suspect", "charge"})


def taken_for_granted(draft: Draft, told: Statement) -> bool:
    """True where a saying about something else takes an event as given.

    "Accused Tasse of supplying the guns that shelled a market": the relative clause is no part of what is alleged. What is
    condemned, and named with those in it or its place, has happened for whoever condemns it.
    """
    verb = draft.found.clause
    if verb.dep_ == "relcl" and verb.tag_ in {"VBD", "VBN"}:
        return True
    named = bool(draft.cast.places) or bool(draft.cast.roles.get(Role.RECIPIENT))
    return told.act is Act.CONDEMN and not draft.found.row.verb and named and draft.found.head.tag_ in {"NN", "NNP"}
