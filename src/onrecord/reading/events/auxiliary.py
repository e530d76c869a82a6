"""How an event is told: as happened, as coming, as possible, as not so, or as long past."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.model import Auxiliary
from onrecord.reading.events.found import Found
from onrecord.reading.grammar import children, is_infinitive, is_negated, marker, modal

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest"})
#: Verbs above an infinitive that tell it as done, coming, or not done; any other leaves it open.
_DONE = frozenset(
    [
        "begin", "start", "continue", "go", "proceed", "manage", "help", "resume", "rush", "move", "cease", "come",
        "be", "have", "get", "make", "let", "see", "hear", "watch", "force", "use", "return", "arrive", "gather",
        "unite", "fail_not", "turn", "take", "serve", "step", "join",
    ]
)  # fmt: skip
_COMING = frozenset(
    [
        "plan", "schedule", "expect", "intend", "prepare", "set", "due", "agree", "decide", "vow", "pledge", "promise",
        "arrange", "commit", "order", "announce",
    ]
)  # fmt: skip
#: Verbs of telling that put what is to come into "would".
_TELLING = frozenset(
    {
        "say", "announce", "state", "confirm", "declare", "add", "tell", "promise", "pledge", "agree", "note", "write",
        "reveal", "report",
    }
)  # fmt: skip
#: Light verbs that only put an event down for later.
_ARRANGED = frozenset({"plan", "schedule", "arrange"})
#: Being ready to do something is to promise it (PLOVER's AGREE).
WILLING = frozenset({"willing", "ready", "prepared"})
_UNDONE = frozenset(["fail", "refuse", "decline", "neglect", "stop"])
_NOT = frozenset({"no", "without", "neither", "nor"})
_PROPOSED = frozenset(
    [
        "possible", "potential", "proposed", "threatened", "suggested", "alleged", "hypothetical", "would-be", "likely",
        "eventual",
    ]
)  # fmt: skip
_PLANNED = frozenset(
    ["planned", "upcoming", "forthcoming", "scheduled", "coming", "next", "future", "looming", "imminent"]
)
_PAST = frozenset(["earlier", "previous", "past", "former", "last", "historic", "years-old"])
_BEFORE_NOUN = frozenset(["against", "for", "about", "on", "of", "to"])
_WISHES = frozenset(
    [
        "call", "demand", "urge", "request", "seek", "want", "plan", "propose", "offer", "ask", "hope", "wish", "plea",
        "appeal", "push", "suggest", "consider", "discuss", "threaten", "warn", "fear", "prospect", "possibility",
        "threat", "proposal", "idea", "request", "invitation", "chance", "need", "readiness", "willingness", "right",
        "possibility", "risk", "oppose", "support", "favour", "favor", "prevent", "avoid", "rule", "ban", "bar",
        "forbid",
    ]
)  # fmt: skip
_AGO = re.compile(
    r"\b(?:years? (?:ago|earlier|before)|decades? (?:ago|earlier)|months ago|centur(?:y|ies)|last (?:year|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|spring|summer|autumn|fall|winter)|in (?:the )?(?:1[89]\d\d|20\d\d)s?"
    r"|in the past|formerly|since (?:1[89]|20)\d\d|during the .{0,20}\bwar|(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december),? (?:1[89]|20)\d\d|earlier (?:this|that|in the) (?:year|decade|century|summer|spring|winter|month)"
    r"|(?:two|three|four|five|six|several|many) (?:years|months|decades|weeks) (?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:tomorrow|next (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|spring|summer|autumn|winter)|later this (?:week|month|year)|in the coming (?:days|weeks|months)"
    r"|in (?:two|three|four|five|six|a few) (?:days|weeks|months)['’]? time|by the end of)\b",
    re.IGNORECASE,
)


def auxiliary(one: Found, clause_text: str) -> Auxiliary:
    """How the event at `one` is told; `clause_text` are the words of its clause, for the times in it."""
    if _is_negated(one):
        return Auxiliary.NEGATED
    told = _by_verb(one.clause) if one.clause.pos_ in {"VERB", "AUX"} else _by_noun(one)
    noun = one.head if not one.row.verb else None
    if told is Auxiliary.ASSERTED and noun is not None:
        told = Auxiliary.FUTURE if one.light is not None and one.light.lemma_ in _ARRANGED else _by_modifier(noun)
    if told is not Auxiliary.ASSERTED:
        return told
    if _AHEAD.search(clause_text) and not _is_past(one.clause):
        return Auxiliary.FUTURE
    if _is_pluperfect(one.clause) or _AGO.search(clause_text):
        return Auxiliary.HISTORICAL
    if noun is not None and any(c.lower_ in _PAST for c in children(noun, "amod")) and one.light is None:
        return Auxiliary.HISTORICAL
    return Auxiliary.ASSERTED


def _is_negated(one: Found) -> bool:
    clause = one.clause
    if one.cancelled:
        return True
    if clause.pos_ in {"VERB", "AUX"} and (is_negated(clause) or _under(clause, _UNDONE)):
        return True
    if not one.row.verb and any(c.lower_ in _NOT for c in one.head.children):
        return True
    if one.row.verb and one.object is not None and any(c.lower_ == "no" for c in one.object.children):
        return True
    subjects = children(clause, "nsubj", "nsubjpass") if clause.pos_ in {"VERB", "AUX"} else []
    if any(s.lower_ in {"nobody", "neither", "none"} or any(c.lower_ in _NOT for c in s.children) for s in subjects):
        return True
    return (clause.dep_ == "pcomp" and clause.head.lower_ == "without") or clause.head.lower_ == "without"


def _under(verb: Token, lemmas: frozenset[str]) -> bool:
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_ in lemmas and not is_negated(verb.head)


def _by_verb(verb: Token) -> Auxiliary:
    told = _one_verb(verb)
    above = verb
    for _ in range(4):
        if told is not Auxiliary.ASSERTED or above.dep_ not in {"xcomp", "conj", "pcomp", "advcl", "acl", "ccomp"}:
            break
        if above.dep_ == "ccomp" and not is_infinitive(above):
            break
        if above.dep_ == "pcomp":
            told = _wished(above.head.head) if above.head.lower_ in _BEFORE_NOUN else told
            break
        if above.dep_ == "acl" and not is_infinitive(above):
            break
        infinitive = is_infinitive(above) or (above.tag_ == "VBG" and above.dep_ == "xcomp")
        if above.dep_ == "conj" and not infinitive:
            break
        if above.dep_ == "advcl" and not infinitive:
            break
        told = _of_infinitive(above) if infinitive and above.dep_ != "conj" else told
        if told is not Auxiliary.ASSERTED:
            break
        above = above.head
        if above.pos_ not in {"VERB", "AUX"}:
            break
        told = _one_verb(above)
    return told


def _one_verb(verb: Token) -> Auxiliary:
    helper = modal(verb)
    if helper in _FUTURE or (helper in {"would", "'d", "’d"} and _is_reported(verb)):
        return Auxiliary.FUTURE
    if helper is not None:
        return Auxiliary.HYPOTHETICAL
    if marker(verb) in _CONDITIONS or any(c.lower_ in _CONDITIONS for c in children(verb, "mark", "advmod")):
        return Auxiliary.HYPOTHETICAL
    helpers = children(verb, "aux", "auxpass")
    if is_infinitive(verb) and verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
        return Auxiliary.FUTURE
    if any(c.lower_ in {"is", "are", "'s", "’s"} for c in helpers) and any(c.tag_ == "TO" for c in helpers):
        return Auxiliary.FUTURE
    if verb.tag_ == "VB" and verb.dep_ == "ccomp" and not helpers:
        return Auxiliary.HYPOTHETICAL
    return Auxiliary.ASSERTED


def _is_reported(verb: Token) -> bool:
    """ "Said that talks would open": what was to come when it was said; with a condition it stays open."""
    clauses = [verb, *children(verb, "advcl")]
    if any(
        marker(c) in _CONDITIONS or any(k.lower_ in _CONDITIONS for k in children(c, "mark", "advmod")) for c in clauses
    ):
        return False
    above = verb.head
    return verb.dep_ in {"ccomp", "parataxis"} and above.tag_ in {"VBD", "VBN"} and above.lemma_.lower() in _TELLING


def _of_infinitive(verb: Token) -> Auxiliary:
    above = verb.head
    lemma = above.lemma_.lower()
    if lemma in WILLING and above.pos_ in {"ADJ", "VERB"}:
        return Auxiliary.HYPOTHETICAL if is_negated(above.head) else Auxiliary.FUTURE
    if above.pos_ == "ADJ" or (above.pos_ == "VERB" and lemma in {"set", "schedule", "due", "expect"}):
        return Auxiliary.FUTURE if lemma in {"set", "due", "ready", "schedule", "expect"} else Auxiliary.HYPOTHETICAL
    if above.pos_ in {"NOUN", "PROPN"}:
        return Auxiliary.FUTURE if lemma in _COMING | {"decision"} else Auxiliary.HYPOTHETICAL
    if verb.dep_ == "advcl":
        # "gathered to sign", "met to discuss": a purpose is told as open, unless the verb above is one of going.
        return Auxiliary.ASSERTED if lemma in _DONE else Auxiliary.HYPOTHETICAL
    if lemma in _COMING:
        return Auxiliary.FUTURE
    return Auxiliary.ASSERTED if lemma in _DONE else Auxiliary.HYPOTHETICAL


def _by_noun(one: Found) -> Auxiliary:
    """A noun that no verb carries has the mood of what governs it: "a call for talks", "plans for a summit"."""
    above = one.head.head
    if one.head.dep_ in {"dobj", "nsubjpass"}:
        return _governed(above)
    if one.head.dep_ == "pobj" and above.lower_ in _BEFORE_NOUN | {"from"}:
        return _governed(above.head)
    if (one.head.dep_ == "pobj" and above.lower_ == "ahead") or (above.lower_ == "of" and above.head.lower_ == "ahead"):
        return Auxiliary.FUTURE
    return Auxiliary.ASSERTED


def _governed(above: Token) -> Auxiliary:
    lemma = above.lemma_.lower()
    if lemma in _WISHES:
        return Auxiliary.FUTURE if lemma == "plan" else Auxiliary.HYPOTHETICAL
    if above.pos_ == "VERB":
        return _by_verb(above)
    return Auxiliary.ASSERTED


def _wished(above: Token) -> Auxiliary:
    return Auxiliary.HYPOTHETICAL if above.lemma_.lower() in _WISHES else Auxiliary.ASSERTED


def _by_modifier(noun: Token) -> Auxiliary:
    before = {c.lower_ for c in noun.children if c.i < noun.i and c.dep_ in {"amod", "compound", "nmod"}}
    if before & _PROPOSED:
        return Auxiliary.HYPOTHETICAL
    if before & _PLANNED:
        return Auxiliary.FUTURE
    return Auxiliary.ASSERTED


def _is_past(clause: Token) -> bool:
    return clause.tag_ in {"VBD", "VBN"} and clause.pos_ in {"VERB", "AUX"}


def _is_pluperfect(clause: Token) -> bool:
    return clause.pos_ in {"VERB", "AUX"} and any(c.lower_ in {"had", "'d", "’d"} for c in children(clause, "aux"))
