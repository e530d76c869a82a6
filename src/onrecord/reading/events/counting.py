"""Which words that may name an event count as one: somebody takes part, a time is given, or a verb says that it took place."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.model import EventKind, Role
from onrecord.reading.events.drafts import Draft
from onrecord.reading.events.found import Found, after_words
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.grammar import subject

_NEED_SOMEBODY = frozenset(
    {
        EventKind.VISIT, EventKind.AID, EventKind.RUPTURE, EventKind.DETENTION, EventKind.RELEASE, EventKind.EXPULSION,
        EventKind.SANCTION, EventKind.COOPERATION, EventKind.DEPLOYMENT, EventKind.WITHDRAWAL, EventKind.INVESTIGATION,
        EventKind.LEGISLATION, EventKind.SEIZURE,
    }
)  # fmt: skip


_STATES = frozenset(
    {"government", "ministry", "state", "embassy", "cabinet", "kingdom", "republic", "president", "premier"}
)


def counts(draft: Draft, phrases: Phrases) -> bool:
    """False for words that only may name an event: nobody takes part, no time is given, and no verb says that it took place."""
    one, cast, mention = draft.found, draft.cast, draft.mention
    if one.row.verb:
        if mention.kind in _NEED_SOMEBODY and cast.empty and not mention.definite:
            return (
                mention.kind in {EventKind.SEIZURE, EventKind.DETENTION, EventKind.RELEASE} and one.object is not None
            )
        if mention.kind is EventKind.SAYING and not cast.roles.get(Role.ACTOR):
            return False
        if mention.kind is EventKind.PROTEST:
            return bool(cast.roles.get(Role.ACTOR)) and not _is_state(one, phrases)
        if mention.kind is EventKind.VISIT:
            return (
                bool(cast.roles.get(Role.ACTOR))
                and (bool(cast.places) or bool(cast.roles.get(Role.HOST)))
                and _goes(one, phrases)
            )
        return True
    dated = is_dated(one.head)
    held = one.light is not None and not one.copular and not one.loose
    if mention.kind is EventKind.LEGISLATION or mention.kind is EventKind.AGREEMENT:
        return True
    if mention.kind is EventKind.ELECTION:
        return held and one.head.dep_ in {"dobj", "nsubjpass", "nsubj"}
    if mention.kind is EventKind.SANCTION:
        # Sanctions as such are a state of things; the event is that they are imposed, which verbs tell.
        return held and one.light is not None and one.light.lemma_ in {"take", "begin", "start"}
    if mention.kind is EventKind.WITHDRAWAL and one.row.mode == "ceasefire":
        return held or (one.head.dep_ == "nsubj" and one.head.head.lemma_ in {"take", "begin", "come", "hold"})
    elsewhere = [p for p in cast.places if p not in cast.roles.get(Role.RECIPIENT, [])]
    if one.head.head.lower_ == "under" and not cast.roles.get(Role.ACTOR) and not elsewhere:
        # "Under attack in the press": a figure of speech, where neither who nor where is told.
        return False
    if _general(one) and not held:
        return dated and not cast.empty
    if held:
        return True
    if mention.kind in _NEED_SOMEBODY and cast.empty and not mention.definite:
        return False
    ordered = after_words(one.head) is not None
    return not cast.empty or dated or ordered or mention.definite or bool(cast.places)


def is_dated(noun: Token) -> bool:
    return any(t.ent_type_ in {"DATE", "TIME"} for t in noun.subtree)


def _general(one: Found) -> bool:
    """True for a plural without a verb that carries it ("attacks on civilians"): told in general, unless dated."""
    return one.head.tag_ in {"NNS", "NNPS"} and one.head.lemma_ not in {
        "talk",
        "discussion",
        "negotiation",
        "consultation",
    }


def _is_state(one: Found, phrases: Phrases) -> bool:
    """A state, a ministry or an official that protests makes a statement; crowds make the event."""
    found = subject(one.head)
    if found is None:
        return True
    if (
        found.ent_type_ in {"GPE", "ORG", "PERSON"}
        or found.lower_ in _STATES
        or (one.row.words[0] == "rally" and one.head.tag_ not in {"VBD", "VBP", "VBZ", "VB", "VBG", "VBN"})
    ):
        return True
    return not phrases.takes_part(found)


def _goes(one: Found, phrases: Phrases) -> bool:
    """True when a verb of going has a human being or a delegation for its subject, and a place."""
    found = subject(one.head)
    if found is None:
        return False
    bodies = {"delegation", "mission", "team", "convoy", "envoy"}
    who = phrases.is_person(found) or found.pos_ == "PRON" or found.lower_ in bodies or found.ent_type_ == "PERSON"
    if found.lemma_.lower() in {"troop", "soldier", "force", "refugee", "migrant"} and one.row.words[0] != "visit":
        return False
    return who and found.lower_ not in {"it", "there"}
