"""Attributions whose cue is no verb of saying: "allegations by ...", "according to ...", "in the words of ..."."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.model import Act
from onrecord.reading.finding.draft import Draft, may_speak
from onrecord.reading.grammar import (
    children,
    is_infinitive,
    left_edge,
    marker,
    own_subject,
    phrase,
    right_edge,
    without_ending,
)
from onrecord.reading.lexicon import noun_cues
from onrecord.reading.parse import Parse

_VIEWS = frozenset({"view", "opinion", "word", "estimation", "account", "judgment", "judgement", "reckoning"})
_OF_SOMEBODY = frozenset({"word", "view", "opinion", "judgment", "judgement", "estimation"})
#: Participles with which the outer speaker goes on after a noun's clause.
_ADDED = frozenset({"call", "say", "add", "describe", "insist", "dismiss", "argue", "claim", "accuse", "denounce"})
#: What is done "according to" these is done in keeping with them; they say nothing.
_KEPT = frozenset(
    [
        "plan",
        "schedule",
        "timetable",
        "programme",
        "program",
        "custom",
        "tradition",
        "need",
        "taste",
        "size",
        "age",
        "rank",
        "type",
        "ability",
    ]
)
#: Nouns of these acts tell a saying with "for", "of", "against" too, if it has an owner ("Arvenia's demand for talks").
_SOURCED = frozenset({Act.ACCUSE, Act.DENY, Act.DEMAND, Act.REQUEST, Act.THREATEN, Act.REJECT, Act.CONDEMN, Act.OFFER})
#: Nouns of these acts tell a saying even if nobody is named ("allegations that ...").
_UNSOURCED = frozenset({Act.ACCUSE, Act.DENY, Act.WARN, Act.THREATEN})


def noun_drafts(parse: Parse) -> list[Draft]:
    """All attributions with a speech noun or a sourcing preposition as cue, in text order."""
    found: list[Draft] = []
    for first, last in parse.sentences:
        for i in range(first, last):
            token = parse.doc[i]
            draft = _according(parse, token, first, last) or _speech_noun(token, last)
            if draft is not None:
                found.append(draft)
    return found


def _speech_noun(noun: Token, stop: int) -> Draft | None:
    row = noun_cues().get(noun.lemma_.lower()) if noun.pos_ == "NOUN" else None
    if row is None:
        return None
    source = _owner(noun)
    clause = _clause(noun, row.links)
    clause = _before_participle(noun, clause) if clause is not None else None
    if clause is not None and clause[0] <= clause[1] and (source or row.act in _UNSOURCED):
        confidence = 0.7 if source else 0.5
        return Draft(noun, source, [noun], [(clause[0], min(clause[1], stop - 1))], "noun", confidence=confidence)
    if not source or row.act not in _SOURCED:
        return None
    for prep in children(noun, "prep"):
        if prep.lower_ in row.links and prep.lower_ != "that" and children(prep, "pobj", "pcomp"):
            last = min(_end_of_appeal(noun, prep), stop - 1)
            return Draft(noun, source, [noun], [(prep.i + 1, last)], "noun", confidence=0.5)
    return None


def _end_of_appeal(noun: Token, prep: Token) -> int:
    """ "renewed her appeal to Arvenia to free him": the last token of an infinitive that the parser hung on the verb above."""
    last = right_edge(prep)
    for child in children(noun.head, "advcl", "xcomp") if noun.dep_ == "dobj" else ():
        if is_infinitive(child) and left_edge(child) == last + 1:
            return right_edge(child)
    return last


def _before_participle(noun: Token, clause: tuple[int, int]) -> tuple[int, int]:
    """The noun's clause without what the outer speaker adds: "denied the assertion that ..., calling it a lie"."""
    for i in range(clause[0] + 2, clause[1]):
        token = noun.doc[i + 1]
        if (
            noun.doc[i].text == ","
            and token.tag_ == "VBG"
            and token.lemma_ in _ADDED
            and token.dep_ in {"advcl", "acl"}
        ):
            return clause[0], i - 1
    return clause


def _owner(noun: Token) -> list[Token]:
    """Who makes it: "Arvenia's claim", "allegations by Arvenia", "a call from Arvenia", "Arvenian accusations"."""
    for child in children(noun, "poss"):
        owner = without_ending(phrase(child))
        # "Rejected as baseless Orrin's charge": the adjective is the cue's.
        shifted = len(owner) > 1 and owner[0].pos_ == "ADJ" and owner[0].i > 0 and owner[0].nbor(-1).lower_ == "as"
        return owner[1:] if shifted else owner
    for prep in children(noun, "prep", "agent"):
        if prep.lower_ in {"by", "from"}:
            for child in children(prep, "pobj"):
                return [t for t in phrase(child) if t.i > prep.i]
    for child in children(noun, "amod", "compound", "nmod"):
        if child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} or child.lower_ == "western":
            return [child]
    return []


def _clause(noun: Token, links: frozenset[str]) -> tuple[int, int] | None:
    for child in noun.subtree:
        if child.i <= noun.i or (child.head.i != noun.i and child.dep_ not in {"acl", "ccomp", "relcl"}):
            continue
        if child.head.i != noun.i and not (child.head.dep_ == "pobj" and child.head.head.head.i == noun.i):
            continue
        if child.dep_ not in {"acl", "ccomp", "relcl", "appos"}:
            continue
        first = left_edge(child)
        if is_infinitive(child) and "to" in links and own_subject(child) is None:
            return first, right_edge(child)
        subject = own_subject(child)
        if "that" not in links or subject is None or subject.lower_ in {"who", "which", "that", "whom"}:
            continue
        if marker(child) == "that" or noun.doc[first].lower_ == "that":
            return first + 1, right_edge(child)
        if first == noun.i + 1 and child.dep_ in {"acl", "ccomp"}:
            return first, right_edge(child)
        if (
            first == noun.i + 1
            and subject.i == first
            and child.dep_ == "relcl"
            and subject.lower_ in {"it", "he", "she", "they"}
            and children(child, "dobj", "acomp", "attr")
        ):
            return first, right_edge(child)
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    for child in children(governor, "ccomp", "advcl") if "that" in links else ():
        if marker(child) == "that" and left_edge(child) == right_edge(noun) + 1:
            return left_edge(child) + 1, right_edge(child)
    return None


def _according(parse: Parse, token: Token, first: int, stop: int) -> Draft | None:
    """ "according to the ministry": the content is the rest of the sentence, or the clause it hangs on."""
    end = _sourcing(token)
    if end is None:
        return None
    cue, source = end
    low = min(t.i for t in (*cue, *source))
    high = max(t.i for t in (*cue, *source))
    before, after = (first, low - 1), (high + 1, stop - 1)
    rest: list[tuple[int, int]] = []
    if _holds_verb(parse, *before):
        rest.append(_last_clause(parse, *before))
        if (
            after[0] <= after[1]
            and parse.doc[after[0]].text == ","
            and parse.doc[min(after[0] + 1, stop - 1)].pos_ not in {"CCONJ", "SCONJ"}
            and token.head.i > high
        ):
            rest.append(after)
    elif after[0] <= after[1]:
        rest.append(after)
        if before[1] - before[0] > 1 and parse.doc[before[0]].pos_ not in {"CCONJ", "ADV"}:
            rest.insert(0, before)
    if not rest:
        return None
    return Draft(token, source, cue, rest, "according to", confidence=0.8)


def _sourcing(token: Token) -> tuple[list[Token], list[Token]] | None:
    doc = token.doc
    if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
        for child in children(doc[token.i + 1], "pobj", "pcomp"):
            tokens = [t for t in phrase(child) if t.i > token.i + 1]
            if child.lemma_.lower() in _KEPT:
                return None
            return ([token, doc[token.i + 1]], tokens) if tokens else None
    # "By the words of the minister, ..." is a translator's.
    if token.dep_ == "prep" and (token.lower_ == "in" or (token.lower_ == "by" and token.is_sent_start)):
        for child in children(token, "pobj"):
            if child.lemma_.lower() not in _VIEWS or (token.lower_ == "by" and child.lower_ != "words"):
                continue
            for owner in children(child, "poss"):
                return [token, child], without_ending(phrase(owner))
            for prep in children(child, "prep"):
                for owner in children(prep, "pobj"):
                    if prep.lower_ == "of" and may_speak(owner) and child.lemma_.lower() in _OF_SOMEBODY:
                        return [doc[i] for i in range(token.i, prep.i + 1)], [t for t in phrase(owner) if t.i > prep.i]
    return None


def _holds_verb(parse: Parse, first: int, last: int) -> bool:
    return any(parse.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(first, last + 1))


def _last_clause(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The words before the cue without an earlier sentence part that ends at a semicolon."""
    for i in range(last, first, -1):
        if parse.doc[i].text == ";":
            return i + 1, last
    return first, last
