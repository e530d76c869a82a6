"""What a statement does: the act its cue names, and what its content adds when the cue is neutral."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import Act
from onrecord.reading.finding.cues import match
from onrecord.reading.grammar import children, is_infinitive, is_negated, is_passive, marker, modal, own_subject
from onrecord.reading.interpreting.context import Context
from onrecord.reading.lexicon import CueKind, VerbCue, noun_cues, words

#: Cue acts that tell nothing yet about what the content does.
NEUTRAL = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE})
_CLAUSAL = ("clause", "addressee", "addressee-clause", "infinitive", "quote")
_WILL = frozenset({"will", "'ll", "’ll", "shall", "would", "wo"})
#: Verbs that only carry the noun beside them ("he had laid out the objection of his government to ...").
_GIVING = frozenset(
    {"have", "offer", "give", "lay", "set", "put", "bring", "carry", "share", "hold", "keep", "make", "raise"}
)
#: What somebody who is asked may give or keep back.
_ANSWERS = frozenset({"date", "name", "detail", "figure", "number", "comment", "answer", "reason", "time"})
_MAY = frozenset({"will", "would", "could", "can", "might", "may", "'ll", "’ll"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """An act with the rule that gave it, the token that decided (None for the cue) and how sure the rule is."""

    act: Act
    rule: str
    token: Token | None = None
    score: float = 0.8


def act_of(context: Context) -> Verdict:
    """The act of one attribution: that of its cue, refined by the content when the cue only says that something is said."""
    row = cue_row(context)
    if context.attribution.act is not None:
        return Verdict(context.attribution.act, "cue", None, 0.85)
    if context.attribution.rule == "silence":
        return Verdict(Act.DECLINE, "silence", context.verb, 0.7)
    if any(t.dep_ == "neg" for t in context.cue) and (
        context.verb is None or context.verb.lemma_ in words("content", "speaking")
    ):
        return Verdict(Act.DECLINE, "negated saying", context.verb, 0.7)
    by_noun = context.noun.act if context.noun is not None else Act.ASSERT
    named = row.act if row is not None else by_noun
    if named is Act.REJECT and row is not None and row.words[0] in {"refuse", "decline"} and _is_silence(context):
        return Verdict(Act.DECLINE, "refusal to speak", context.verb, 0.8)
    if named is Act.REJECT and any(_is_claim(h) for h in context.heads):
        return Verdict(Act.DENY, "rejects what is alleged", context.verb, 0.8)
    if named not in NEUTRAL:
        if named is Act.DECLINE and not _is_silence(context):
            return Verdict(Act.REJECT, "declined to do", context.verb, 0.8)
        return Verdict(named, "cue", context.verb, 0.9)
    if row is not None and "object-as" in row.frames:
        label = _label(context)
        if label is not None:
            return label
    # "Called the offer a beginning": the noun names what is judged, not what the judge does.
    judged = context.attribution.rule.startswith("object-as")
    for head in (*_carried(context), *context.heads):
        if judged and head.dep_ in {"dobj", "nsubjpass"} and head.pos_ == "NOUN":
            continue
        verdict = _content_act(context, head)
        if verdict is not None:
            if named is Act.ACKNOWLEDGE and verdict.act not in {Act.DEMAND, Act.PROMISE}:
                break
            return verdict
    return Verdict(named, "cue", context.verb, 0.7)


def _carried(context: Context) -> list[Token]:
    """ "Renewed her appeal to him to leave": the speech noun that the cue governs, also where an infinitive beside it heads the content."""
    if context.verb is None or not context.attribution.rule.startswith(("noun-object", "object")):
        return []
    nouns = children(context.verb, "dobj")
    return [n for n in nouns if n.i in context.inside and n.pos_ == "NOUN" and n.lemma_.lower() in noun_cues()]


def _is_claim(head: Token) -> bool:
    """True for a noun of alleging ("the accusation", "a suggestion that"): what is rejected with it is a fact, not a proposal."""
    row = noun_cues().get(head.lemma_.lower()) if head.pos_ == "NOUN" else None
    if row is None:
        return False
    told = any(
        marker(c) == "that" or c.doc[c.left_edge.i].lower_ == "that" for c in children(head, "acl", "ccomp", "relcl")
    )
    return row.act is Act.ACCUSE or (
        row.act in {Act.ASSERT, Act.OFFER} and head.lemma_ in {"claim", "suggestion"} and told
    )


def _label(context: Context) -> Verdict | None:
    """ "called the vote a farce", "described the report as false": what the thing is called decides."""
    for token in context.content:
        for word in (token.lower_, token.lemma_.lower()):
            if word in words("content", "untrue"):
                return Verdict(Act.DENY, f"calls it {word}", token, 0.75)
            if word in words("content", "concern"):
                return Verdict(Act.CONDEMN, f"calls it {word}", token, 0.75)
            if word in words("content", "favour"):
                return Verdict(Act.SUPPORT, f"calls it {word}", token, 0.7)
    return None


def cue_row(context: Context) -> VerbCue | None:
    """The row of the cue that fits how the content is joined to it: a clause, an infinitive or a noun phrase."""
    rows = context.rows
    if not rows:
        return None
    longest = max(len(row.words) for row in rows)
    if longest > 1:
        rows = tuple(row for row in rows if len(row.words) == longest)
    first = context.content[0] if context.content else None
    clausal = context.attribution.rule.startswith("clause") or any(
        h.pos_ in {"VERB", "AUX"} and (own_subject(h) is not None or children(h, "expl")) for h in context.heads
    )
    to = first is not None and first.tag_ in {"TO", "VBG"} and not clausal
    if any(h.lemma_.lower() in noun_cues() for h in context.heads):
        carried = next((row for row in rows if "noun-object" in row.frames), None)
        if carried is not None and not clausal:
            return carried
    for frames in _preferences(clausal, to):
        for row in rows:
            if row.frames & frames and row.kind is CueKind.SAY:
                return row
    topics = (row for row in rows if row.kind is CueKind.TOPIC and "object" in row.frames and not clausal)
    return next(topics, None) or next((row for row in rows if row.kind is CueKind.SAY), rows[0])


def _preferences(clausal: bool, to: bool) -> tuple[frozenset[str], ...]:
    someone = frozenset({"object-infinitive", "addressee-infinitive"})
    if to:
        return frozenset({"infinitive", "addressee-infinitive"}), someone
    if clausal:
        return frozenset({"clause"}), someone
    return (
        frozenset({"object-of", "object-for", "prep", "phrase"}),
        frozenset({"object", "object-as", "noun-object", "object-infinitive"}),
    )


def _is_silence(context: Context) -> bool:
    """ "declined to comment", "refused to say whether"."""
    return any(h.lemma_ in words("content", "speaking") for h in context.heads)


def _content_act(context: Context, head: Token) -> Verdict | None:
    for rule in _RULES:
        verdict = rule(context, head)
        if verdict is not None:
            return verdict
    return None


def _performed(context: Context, head: Token) -> Verdict | None:
    """ "We condemn ...", "he called on them to ...": the act that the speaker says he does."""
    if head.pos_ not in {"VERB", "AUX"} or is_passive(head):
        return None
    doer = own_subject(head) or _shared_subject(head)
    stop = context.parse.sentence(head.i)[1]
    rows = [row for m in match(head, stop) for row in m.rows if _fits(head, row)]
    if is_negated(head) or (modal(head) in {"can", "could", "ca", "cannot"} and is_negated(head)):
        ours = context.is_self(doer) or _is_group_of_self(context, doer) or _is_home_of(context, doer)
        if ours and head.lemma_ in words("content", "accepted"):
            return Verdict(Act.REJECT, "does not accept", head)
        return None
    if not context.is_self(doer):
        return None
    if modal(head) in _WILL | {"may", "might", "could", "can"}:
        return None
    against = [
        p
        for o in children(head, "dobj")
        for p in (*children(o, "prep"), *children(head, "prep"))
        if p.lower_ == "against"
    ]
    if against and any(row.act in NEUTRAL for row in rows):
        return Verdict(Act.CONDEMN, "a position against", against[0], 0.7)
    for row in rows:
        if row.kind is CueKind.SAY and row.act not in NEUTRAL and "noun-object" not in row.frames:
            return Verdict(row.act, "act performed in the content", head, 0.85)
    for row in rows:
        if row.kind is CueKind.SAY and ("noun-object" in row.frames or row.act in NEUTRAL):
            return _named_by_noun(context, head)
    return _named_by_noun(context, head) if head.lemma_ in _GIVING else None


def _fits(head: Token, row: VerbCue) -> bool:
    """False for a row whose complement is not there: "I told him that ..." has no infinitive, "I give my word" no clause."""
    if len(row.words) > 1 and row.frames <= {"clause", "infinitive"}:
        holders = (head, *children(head, "dobj"))
        return any(children(h, "ccomp", "xcomp", "acl", "advcl") for h in holders)
    clause = any(own_subject(c) is not None and not is_infinitive(c) for c in children(head, "ccomp"))
    return not clause or bool(row.frames & {"clause", "object", "phrase"})


def _shared_subject(head: Token) -> Token | None:
    while head.dep_ == "conj" and own_subject(head) is None:
        head = head.head
    return own_subject(head)


def _is_group_of_self(context: Context, doer: Token | None) -> bool:
    return doer is not None and (
        context.is_self(doer)
        or doer.lemma_.lower() in {"member", "ally", "government", "country", "alliance", "side", "state", "people"}
    )


def _named_by_noun(context: Context, head: Token) -> Verdict | None:
    for child in children(head, "dobj", "attr"):
        row = noun_cues().get(child.lemma_.lower())
        if row is not None and row.act not in NEUTRAL and child.i in context.inside:
            return Verdict(row.act, "act named by a noun", child, 0.8)
    return None


def _obligation(context: Context, head: Token) -> Verdict | None:
    """ "must", "needs to", "it is important to": what somebody ought to do."""
    word = modal(head)
    doer = own_subject(head) or _shared_subject(head)
    if word == "shall" and context.is_self(doer):
        return None
    if word in {"must", "should", "shall", "ought"} and not children(head, "expl"):
        perfect = any(c.lemma_ == "have" for c in children(head, "aux"))
        if not perfect and not (doer is not None and doer.lower_ == "i"):
            return Verdict(Act.DEMAND, f"obligation: {word}", head)
        return None
    if word in {"must", "should"}:
        return Verdict(Act.DEMAND, f"obligation: {word}", head)
    needs = head.lemma_ in {"need", "have"} and any(is_infinitive(c) for c in children(head, "xcomp"))
    if needs and not is_negated(head) and doer is not None and doer.lower_ != "i":
        return Verdict(Act.DEMAND, f"obligation: {head.lemma_} to", head)
    for child in children(head, "acomp", "attr"):
        if child.lemma_.lower() in words("content", "obligation-adjective") and not is_negated(head):
            clause = [
                c
                for c in (
                    *children(head, "xcomp", "ccomp", "advcl"),
                    *children(child, "xcomp", "ccomp", "acl", "relcl"),
                )
                if is_infinitive(c) or c.tag_ == "VB" or c.dep_ == "ccomp"
            ]
            if clause:
                return Verdict(Act.DEMAND, f"obligation: {child.lower_}", child)
    if (
        head.tag_ == "VB"
        and own_subject(head) is None
        and not is_infinitive(head)
        and modal(head) is None
        and context.is_quoted
    ):
        return Verdict(Act.DEMAND, "imperative", head, 0.6) if head.lemma_ not in {"let", "thank", "see"} else None
    return None


def _no_answer(context: Context, head: Token) -> Verdict | None:
    """ "I have nothing to add", "we won't discuss that", "I can't give you a date"."""
    if not context.is_quoted:
        return None
    if [t.lower_ for t in context.content if t.is_alpha] == ["no", "comment"]:
        return Verdict(Act.DECLINE, "no comment", head, 0.85)
    doer = own_subject(head) or _shared_subject(head)
    if not context.is_self(doer):
        return None
    if head.lemma_ == "have" and any(c.lower_ == "nothing" for c in children(head, "dobj")):
        rest = [c for c in head.subtree if c.tag_ == "VB" and c.lemma_ in words("content", "speaking") | {"add"}]
        return Verdict(Act.DECLINE, "nothing to add", rest[0], 0.75) if rest else None
    if not is_negated(head) or modal(head) not in {"will", "wo", "can", "ca", "could", "would"}:
        return None
    if head.lemma_ == "give":
        kept = [c for c in children(head, "dobj") if c.lemma_.lower() in _ANSWERS]
        return Verdict(Act.DECLINE, "gives no answer", kept[0], 0.7) if kept else None
    spoken = head.lemma_ in {
        "comment",
        "discuss",
        "speculate",
        "elaborate",
        "confirm",
        "disclose",
        "identify",
        "reveal",
    }
    return Verdict(Act.DECLINE, "will not say", head, 0.75) if spoken else None


def _refusal(context: Context, head: Token) -> Verdict | None:
    """ "There will be no concessions", "we will never accept"."""
    doer = own_subject(head) or _shared_subject(head)
    ours = doer is None or context.is_self(doer) or _is_group_of_self(context, doer)
    if ours and is_negated(head) and head.lemma_ in words("content", "accepted") and modal(head) is not None:
        return Verdict(Act.REJECT, "will not accept", head)
    if is_negated(head) and is_passive(head) and modal(head) in _MAY and head.lemma_ in words("content", "accepted"):
        return Verdict(Act.REJECT, "cannot be accepted", head, 0.7)
    if head.lemma_ == "be" and children(head, "expl"):
        for child in children(head, "attr"):
            no = any(c.lower_ == "no" for c in child.children)
            if no and (modal(head) in _WILL | {"can"} or child.lemma_ in words("content", "refused-noun")):
                return Verdict(Act.REJECT, "there will be no", child, 0.7)
    return None


def _warning(context: Context, head: Token) -> Verdict | None:
    """ "would lead to war", "there is a real danger of"."""
    doer = own_subject(head) or _shared_subject(head)
    selfish = context.is_self(doer)
    for child in children(head, "attr", "dobj", "nsubj"):
        named = child.lemma_.lower() in words("content", "threat-noun") and not any(
            c.lower_ == "no" for c in child.children
        )
        if (
            named
            and not is_negated(head)
            and (modal(head) in _MAY or children(head, "expl") or head.lemma_ in {"be", "pose", "face", "carry"})
        ):
            return Verdict(Act.WARN, f"names a {child.lemma_.lower()}", child, 0.7)
    if modal(head) in _MAY and not selfish:
        if is_negated(head) and head.lemma_ in words("content", "spread"):
            return Verdict(Act.WARN, "would not help", head, 0.7)
        if not is_negated(head) and head.lemma_ in words("content", "harm"):
            return Verdict(Act.WARN, "coming harm", head, 0.7)
        for child in (c for c in head.subtree if c.i in context.inside):
            if child.lemma_.lower() in words("content", "threat-noun") and not is_negated(head):
                return Verdict(Act.WARN, "coming harm", child, 0.6)
    return None


def _promise(context: Context, head: Token) -> Verdict | None:
    """ "We will ...", "he would ...", "we are committed to"."""
    doer = own_subject(head) or _shared_subject(head)
    ours = doer is not None and any(c.lower_ in {"my", "our"} for c in doer.children)
    own = any(c.lower_ in {"my", "our"} for o in children(head, "dobj") for c in o.children)
    harmful = head.lemma_ in words("content", "penalty") and not own and not is_negated(head)
    if harmful and context.is_self(doer) and modal(head) in _WILL:
        return Verdict(Act.THREATEN, f"the speaker will {head.lemma_}", head, 0.65)
    if (context.is_self(doer) or ours) and modal(head) in _WILL and head.lemma_ not in {"be", "like", "say"}:
        return Verdict(Act.PROMISE, "the speaker will", head, 0.75)
    if (
        context.is_self(doer)
        and head.lemma_ == "go"
        and head.tag_ == "VBG"
        and any(is_infinitive(c) for c in children(head, "xcomp"))
    ):
        return Verdict(Act.PROMISE, "the speaker is going to", head, 0.7)
    return None


def _judgment(context: Context, head: Token) -> Verdict | None:
    """ "is concerned about", "is unacceptable", "are ready to", "is false"."""
    negative = is_negated(head)
    doer = own_subject(head) or _shared_subject(head)
    for child in (
        *children(head, "acomp", "attr", "oprd"),
        *((head,) if head.pos_ == "ADJ" or head.tag_ == "VBN" else ()),
    ):
        word = child.lower_ if child.pos_ == "ADJ" or child.tag_ == "VBN" else child.lemma_.lower()
        if word in words("content", "untrue") and not negative:
            return Verdict(Act.DENY, f"calls it {word}", child, 0.8)
        if word in words("content", "concern") and not negative:
            return Verdict(Act.CONDEMN, f"judgment: {word}", child, 0.75)
        if word in words("content", "ready") and (context.is_self(doer) or _is_group_of_self(context, doer)):
            return Verdict(Act.REJECT, f"not {word}", child, 0.7) if negative else Verdict(Act.OFFER, word, child, 0.7)
        if word in words("content", "bound-self") and not negative:
            return Verdict(Act.PROMISE, word, child, 0.7)
        if word in words("content", "favour") and not negative:
            return Verdict(Act.SUPPORT, f"judgment: {word}", child, 0.7)
        if word in {"true", "responsible", "involved", "behind"} and negative:
            return Verdict(Act.DENY, f"not {word}", child, 0.75)
        if (
            word in {"responsible", "guilty", "complicit", "behind", "blame"}
            and not negative
            and not context.is_self(doer)
        ):
            return Verdict(Act.ACCUSE, word, child, 0.75)
    return None


def _denial(context: Context, head: Token) -> Verdict | None:
    """ "has never had", "there is no": a fact about oneself, or a bare existence, that is negated."""
    doer = own_subject(head) or _shared_subject(head)
    if modal(head) is not None:
        return None
    never = is_negated(head) and any(c.lower_ == "never" for c in head.children)
    nothing = any(c.lower_ == "no" for o in children(head, "dobj", "attr") for c in o.children)
    open_yet = any(
        t.lemma_.lower() in words("content", "undecided") for t in children(head, "attr", "nsubj", "nsubjpass")
    )
    if children(head, "expl") and nothing and not open_yet:
        return Verdict(Act.DENY, "there is no", head, 0.65)
    if nothing and any(o.lemma_ in words("content", "binding-noun") for o in children(head, "dobj")):
        return Verdict(Act.DENY, "has no plans", head, 0.65)
    own = context.is_self(doer) or _is_home_of(context, doer)
    deed = head.lemma_ in words("content", "hostile") | words("content", "supply")
    past = head.tag_ in {"VBD", "VBN"} or any(
        c.lower_ in {"did", "has", "have", "was", "were", "had"} for c in children(head, "aux", "auxpass")
    )
    nobody = doer is not None and any(c.lower_ == "no" for c in doer.children) and not open_yet
    if past and ((deed and is_negated(head)) or nobody):
        return Verdict(Act.DENY, "a deed that was not done", head, 0.65)
    if own and ((never and past) or (is_negated(head) and past) or (nothing and head.lemma_ == "have")):
        return Verdict(Act.DENY, "negated fact about oneself", head, 0.7)
    return None


def _is_home_of(context: Context, doer: Token | None) -> bool:
    """True when the speaker plainly speaks for `doer`: the state is named in his title, or he speaks of "our" people."""
    if doer is None:
        return False
    stem = doer.lower_[:5]
    if any(
        t.lower_[:5] == stem
        for t in context.source
        if t.ent_type_ in {"NORP", "GPE", "ORG"} or t.pos_ in {"PROPN", "ADJ"}
    ):
        return True
    if any(c.lower_ in {"our", "my"} for c in doer.children):
        return True
    # Somebody with an office whose state is not named speaks of his own when he speaks of one. Any single name will do for
    # the state: whether the name finder took an unknown one for a person is chance.
    titles = context.titles()
    named = " ".join((*titles, *(t.lower_ for t in context.source)))
    if stem in named:
        return True
    office = bool(titles) or any(t.lower_ in words("speakers", "person") for t in context.source)
    state = doer.pos_ == "PROPN" and not children(doer, "compound")
    foreign = any(t.ent_type_ in {"GPE", "NORP"} for t in context.source)
    return office and state and not foreign


def _charge(context: Context, head: Token) -> Verdict | None:
    """ "Arvenia violated ...", "they continue to arm the rebels": a bad deed told of somebody else."""
    if is_negated(head) or head.pos_ not in {"VERB", "AUX"}:
        return None
    deeds = [head]
    for deed in deeds:
        deeds.extend(
            c for c in children(deed, "xcomp", "conj") if c.pos_ == "VERB" and c.i in context.inside and len(deeds) < 8
        )
    if any(modal(d) is not None for d in deeds[:1]):
        return None
    for deed in deeds:
        doer = own_subject(deed) or own_subject(head) or _shared_subject(head)
        if is_passive(deed):
            agents = [o for a in children(deed, "agent") for o in children(a, "pobj")]
            doer = agents[0] if agents else None
        if doer is None or context.is_self(doer) or not _is_actor(doer):
            continue
        if deed.lemma_ in words("content", "hostile"):
            return Verdict(Act.ACCUSE, f"charge: {deed.lemma_}", deed, 0.7)
        if deed.lemma_ in words("content", "supply") and any(
            t.lemma_.lower() in words("content", "armed") for t in deed.subtree if t.i > deed.i
        ):
            return Verdict(Act.ACCUSE, f"charge: {deed.lemma_} an armed group", deed, 0.7)
    return None


def _is_actor(token: Token) -> bool:
    return (
        token.ent_type_ in {"GPE", "ORG", "NORP", "PERSON"}
        or token.lower_ in {"they", "he", "she", "you"}
        or token.lemma_.lower() in words("speakers")
        or any(c.ent_type_ in {"GPE", "NORP", "ORG"} for c in token.children)
    )


def _nominal(context: Context, head: Token) -> Verdict | None:
    """A noun phrase as content: "the alliance's support for ...", "solidarity with ..."."""
    if head.pos_ not in {"NOUN", "PROPN"}:
        return None
    for noun in (head, *children(head, "conj")):
        row = noun_cues().get(noun.lemma_.lower())
        if row is not None and row.act not in NEUTRAL:
            return Verdict(row.act, "act named by a noun", noun, 0.8)
        for clause in children(noun, "acl", "ccomp") if row is not None else ():
            verdict = _content_act(context, clause)
            if verdict is not None:
                return verdict
    return None


_RULES: tuple[Callable[[Context, Token], Verdict | None], ...] = (
    _no_answer,
    _performed,
    _nominal,
    _refusal,
    _obligation,
    _warning,
    _promise,
    _judgment,
    _charge,
    _denial,
)
