"""Whom a statement is said to, whom it is aimed at, and what the narrator adds."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.model import Act, Span
from onrecord.reading.finding.draft import may_speak
from onrecord.reading.grammar import children, is_infinitive, is_passive, marker, own_subject, phrase
from onrecord.reading.interpreting.context import Context, mention_spans
from onrecord.reading.lexicon import noun_cues, words

_TELL = frozenset(
    {"tell", "inform", "notify", "remind", "assure", "reassure", "brief", "warn", "caution", "alert", "ask", "advise"}
)
_TO = frozenset(
    {
        "say",
        "point",
        "explain",
        "stress",
        "speak",
        "write",
        "complain",
        "announce",
        "convey",
        "mention",
        "make",
        "suggest",
        "propose",
        "confirm",
        "repeat",
        "reply",
        "respond",
        "admit",
        "confess",
        "report",
        "state",
        "declare",
        "talk",
        "pass",
        "express",
        "add",
    }
)
#: Verbs whose object is a hearer when it can speak ("promised the council that ...", "gave them its word").
_PLEDGING = frozenset({"promise", "offer", "guarantee", "give", "warn", "advise"} - _TELL)
#: What carries words to the one who is named after "to" or "with".
_MEDIA = frozenset(
    {
        "letter",
        "message",
        "note",
        "telegram",
        "cable",
        "call",
        "conversation",
        "e-mail",
        "email",
        "interview",
        "briefing",
    }
)
_CONCESSIONS = frozenset({"despite", "notwithstanding", "without"})
_ACTORS = ("person", "organisation", "group")
_OWN_SIDE = frozenset({"alliance", "government", "ministry", "country", "union", "bloc", "side"})


def addressee_of(context: Context) -> tuple[Span, ...]:
    """The spans of those the words are said to ("told journalists", "said to the envoys"); empty when not told."""
    verb = context.verb
    if verb is None:
        return ()
    inside = context.inside
    if verb.lemma_ in _TELL:
        if is_passive(verb) and context.source:
            told = own_subject(verb)
            if told is not None and told.i not in inside and told not in context.source:
                return mention_spans(context, phrase(told))
        for child in children(verb, "dobj", "dative"):
            if child.i not in inside and child not in context.source:
                return mention_spans(context, phrase(child))
        if verb.lemma_ == "tell":
            for child in children(verb, "ccomp", "xcomp"):
                told = own_subject(child)
                if told is not None and told.i not in inside and is_infinitive(child):
                    return mention_spans(context, phrase(told))
    if verb.lemma_ in _PLEDGING and not is_passive(verb):
        for child in children(verb, "dobj", "dative"):
            if child.i > verb.i and child.i not in inside and child.pos_ != "ADP" and may_speak(child):
                return mention_spans(context, phrase(child))
    if verb.lemma_ in _TO:
        for prep in children(verb, "prep", "dative"):
            if prep.lower_ == "to" and prep.i not in inside:
                for child in children(prep, "pobj"):
                    return mention_spans(context, phrase(child))
    hearer = _hearer_beside(verb)
    if hearer is not None and hearer.i not in inside and hearer not in context.source:
        return mention_spans(context, phrase(hearer))
    return ()


def _hearer_beside(verb: Token) -> Token | None:
    """Whom an adjunct of the saying names: "speaking to workers, she said", "in a letter to the council", "in a call with Oran"."""
    for child in children(verb, "advcl"):
        if child.tag_ == "VBG" and child.lemma_ in {"speak", "talk", "write"}:
            return next((o for p in children(child, "prep") if p.lower_ == "to" for o in children(p, "pobj")), None)
        if child.tag_ == "VBG" and child.lemma_ == "address":
            return next(iter(children(child, "dobj")), None)
    for prep in children(verb, "prep"):
        for noun in children(prep, "pobj"):
            if prep.lower_ in {"in", "during", "on"} and noun.lemma_.lower() in _MEDIA:
                return next(
                    (o for p in children(noun, "prep") if p.lower_ in {"to", "with"} for o in children(p, "pobj")), None
                )
    return None


def qualifier_of(context: Context) -> tuple[Span, ...]:
    """What the narrator sets against the words: "despite substantial evidence", "without giving proof", "although ..."."""
    verb = context.verb
    if verb is None:
        return ()
    found = []
    for child in verb.children:
        if any(t.i in context.inside for t in child.subtree):
            continue
        if (child.dep_ == "prep" and child.lower_ in _CONCESSIONS) or (
            child.dep_ == "advcl" and marker(child) in {"though", "although", "while"}
        ):
            found.append(context.parse.span(child.left_edge.i, _last_word(child)))
    return tuple(sorted(found))


def _last_word(token: Token) -> int:
    last = token.right_edge
    while last.is_punct and last.i > token.i:
        last = last.nbor(-1)
    return int(last.i)


def targets_of(context: Context, act: Act) -> tuple[Span, ...]:
    """The mentions of those the statement is aimed at; empty when nobody is.

    A demand is aimed at who is to act, a charge at who is charged, a judgment at whose deed is judged, a denial at who
    made the claim, support and promises at who gets them. Neutral statements are aimed at nobody.
    """
    for token in _candidates(context, act):
        if token is not None and is_actor(context, token) and not _is_speaker(context, token):
            found = mention_spans(context, _group(token))
            if found:
                return found
    return ()


def _group(token: Token) -> list[Token]:
    return phrase(token) if token.dep_ != "poss" else [token, *children(token, "conj")]


def _asked_for(context: Context, token: Token) -> bool:
    """True for "it" right after the verb that asks ("urged it to"): elsewhere it stands for the speaker, for things, for nothing."""
    words = context.parse.doc
    if token.lower_ != "it" or token.i + 1 == len(words) or words[token.i + 1].lower_ != "to":
        return False
    return any(t.i == token.i - 1 for t in context.cue)


def _is_speaker(context: Context, token: Token) -> bool:
    if _asked_for(context, token):
        return False
    return token in context.source or token.lower_ in {"i", "we", "us", "our", "my"} or context.is_self(token)


def is_actor(context: Context, token: Token) -> bool:
    """True for a word that can stand for somebody: a name, a role, an institution, a group, a pronoun."""
    if token.ent_type_ in {"GPE", "ORG", "NORP", "PERSON"}:
        return True
    if token.lower_ in {"they", "them", "he", "him", "she", "her", "you", "their", "his", "your"}:
        return True
    if token.lower_ == "it":
        return _asked_for(context, token)
    if token.pos_ == "PROPN" and token.ent_type_ in {"", "LOC"}:
        return context.mentions.at(context.parse.starts[token.i], context.parse.ends[token.i]) is not None
    return token.pos_ == "NOUN" and any(
        word in words("speakers", kind) for word in (token.lower_, token.lemma_.lower()) for kind in _ACTORS
    )


def _candidates(context: Context, act: Act) -> Iterator[Token | None]:
    """Tokens that may be the target, likeliest first."""
    if act in {Act.DEMAND, Act.REQUEST, Act.THREATEN, Act.OFFER, Act.PROMISE, Act.WARN}:
        yield from _asked(context, act)
    if act in {Act.ACCUSE, Act.CONDEMN, Act.DENY, Act.REJECT, Act.SUPPORT, Act.AGREE}:
        yield from _judged(context, act)
    if act in {Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE}:
        yield from _dealt_with(context)
    if act in {Act.DEMAND, Act.REQUEST, Act.WARN, Act.CONDEMN, Act.ACCUSE}:
        yield from _anybody(context)


def _dealt_with(context: Context) -> Iterator[Token | None]:
    """A neutral statement about the speaker's own dealings is aimed at the other side: "seeks partnership with ..."."""
    for head in context.heads:
        doer = own_subject(head)
        if (
            context.is_self(doer)
            or speaks_for(context, doer)
            or (doer is not None and doer.lemma_.lower() in _OWN_SIDE)
        ):
            yield from _partners(head)


def speaks_for(context: Context, doer: Token | None) -> bool:
    """True when the state or body `doer` is named in the speaker's own title."""
    if doer is None or len(doer) < 4:
        return False
    stem = doer.lower_[:5]
    return any(t.lower_[:5] == stem for t in context.source if t.pos_ in {"PROPN", "ADJ"} or t.ent_type_)


#: Nouns for what is asked of somebody.
_ASKINGS = frozenset({"appeal", "call", "demand", "insistence", "request"})


def _asked(context: Context, act: Act) -> Iterator[Token | None]:
    verb = context.verb
    if verb is not None and verb.lemma_ in _TELL | {"urge", "press", "invite", "order", "threaten", "offer", "promise"}:
        yield from (c for c in children(verb, "dobj", "dative"))
    for head in context.heads:
        yield from _first_doer(context, head)
        if act in {Act.DEMAND, Act.REQUEST}:
            yield from _infinitive_doers(head)
        if act in {Act.PROMISE, Act.OFFER, Act.WARN, Act.THREATEN, Act.REQUEST}:
            yield from _partners(head)
            for child in children(head, "nsubj", "dobj", "dative"):
                yield child
                yield from children(child, "poss", "amod", "compound")


def _first_doer(context: Context, head: Token) -> Iterator[Token | None]:
    if head.pos_ in {"NOUN", "PROPN", "PRON"} and any(is_infinitive(c) for c in children(head, "acl", "relcl")):
        yield head
    if head.pos_ == "NOUN" and head.lemma_.lower() in _ASKINGS:
        # "Their demand that X leave Y's valley": X is to act.
        for clause in children(head, "acl", "ccomp", "relcl"):
            yield own_subject(clause)
    yield own_subject(head)
    for child in children(head, "nsubj", "nsubjpass"):
        yield from children(child, "poss")
    top = head
    while top.dep_ == "conj":
        top = top.head
    if top.i != head.i:
        yield own_subject(top)
    if is_infinitive(head) or head.tag_ == "VB":
        above = head.head
        for child in (*children(above, "dobj"), *(o for p in children(above, "prep") for o in children(p, "pobj"))):
            if child.i in context.inside:
                yield child
    if (
        context.content
        and context.content[0].pos_ in {"PROPN", "DET", "NOUN", "PRON"}
        and head.pos_ in {"PROPN", "NOUN"}
    ):
        yield head


def _infinitive_doers(head: Token) -> Iterator[Token | None]:
    """Inside "he called on them to ...", "we urge both sides to ..."."""
    for prep in children(head, "prep"):
        if prep.lower_ in {"on", "upon", "to"}:
            yield from children(prep, "pobj")
    yield from children(head, "dobj")
    for clause in children(head, "ccomp", "xcomp"):
        yield own_subject(clause)


def _partners(head: Token) -> Iterator[Token | None]:
    seen = [head]
    for token in seen:
        for prep in children(token, "prep", "dative"):
            if prep.lower_ in {"to", "with", "for", "against"}:
                for child in children(prep, "pobj"):
                    yield child
                    yield from children(child, "poss")
        if len(seen) < 12:
            seen.extend(children(token, "dobj", "xcomp", "attr", "acomp"))


def _judged(context: Context, act: Act) -> Iterator[Token | None]:
    for head in context.heads:
        if act is Act.DENY and head.lemma_.lower() not in noun_cues():
            continue
        if head.pos_ in {"VERB", "AUX", "ADJ"}:
            yield from _judged_in_clause(context, head, act)
        else:
            yield from _owners(context, head, act)


def _judged_in_clause(context: Context, head: Token, act: Act) -> Iterator[Token | None]:
    subject = own_subject(head)
    for against in (p for o in (head, *children(head, "dobj")) for p in children(o, "prep") if p.lower_ == "against"):
        for child in children(against, "pobj"):
            yield from _owners(context, child, act)
    if act is Act.ACCUSE and subject is not None:
        yield subject
        yield from children(subject, "poss")
        yield from (c for c in children(subject, "compound", "amod", "nmod") if c.ent_type_ in {"GPE", "NORP", "ORG"})
    for prep in (*children(head, "prep"), *(p for c in children(head, "acomp", "attr") for p in children(c, "prep"))):
        for child in children(prep, "pobj"):
            yield from _owners(context, child, act)
    for child in children(head, "dobj", "attr"):
        yield from _owners(context, child, act)
    if subject is not None and not context.is_self(subject):
        yield from _owners(context, subject, act)


def _owners(context: Context, noun: Token, act: Act) -> Iterator[Token | None]:
    """Who stands behind a thing: who did it, whose it is, and who it is for."""
    speech = noun.lemma_.lower() in noun_cues()
    if speech and act is Act.SUPPORT:
        yield from _partners_of(noun)
    for token in (t for t in noun.subtree if t.i in context.inside):
        if token.lower_ == "by" and token.dep_ in {"prep", "agent"}:
            yield from children(token, "pobj")
    yield noun
    yield from children(noun, "poss")
    for child in children(noun, "amod", "compound", "nmod"):
        yield child if child.ent_type_ in {"NORP", "GPE", "ORG"} else None
    yield from _partners_of(noun)
    for prep in children(noun, "prep"):
        for child in children(prep, "pobj"):
            yield from children(child, "poss")
            for grand in children(child, "amod", "compound"):
                yield grand if grand.ent_type_ in {"NORP", "GPE"} else None


def _partners_of(noun: Token) -> Iterator[Token | None]:
    for prep in children(noun, "prep"):
        if prep.lower_ in {"for", "with", "to", "against", "of", "on", "between"}:
            for child in children(prep, "pobj"):
                yield from children(child, "poss")
                yield child


def _anybody(context: Context) -> Iterator[Token | None]:
    """A last resort: who owns or does something anywhere in the content."""
    for token in context.content:
        if token.dep_ in {"poss", "amod", "nmod"} and token.ent_type_ in {"GPE", "ORG", "NORP"}:
            yield token
    for token in context.content:
        if token.lower_ == "by" and token.dep_ in {"agent", "prep"}:
            yield from children(token, "pobj")
