"""Frames: where the content of a cue verb stands, for each kind of complement it takes."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from onrecord.reading.finding.cues import Match
from onrecord.reading.finding.draft import is_speech_noun, may_speak
from onrecord.reading.grammar import (
    children,
    is_infinitive,
    is_passive,
    left_edge,
    marker,
    own_subject,
    right_edge,
)
from onrecord.reading.lexicon import noun_cues

Range = tuple[int, int]
_WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"]
)
_TIME = frozenset({"DATE", "TIME"})
_JUDGED = frozenset({"of", "for", "over", "as", "about", "against", "on", "to", "with", "from", "in"})
_BETWEEN = frozenset({"on", "in", "at", "to", "during", "after", "before", "late", "early", "through", "via"})


def after(verb: Token, stop: int, *deps: str) -> list[Range]:
    """The children of `verb` after it with one of the labels `deps`, as one range; adjuncts of time and place left out."""
    found = [child for child in children(verb, *deps) if child.i > verb.i and not _is_aside(child)]
    if not found:
        return []
    return [
        (min(left_edge(c) for c in found if left_edge(c) > verb.i), min(max(right_edge(c) for c in found), stop - 1))
    ]


def _is_aside(child: Token) -> bool:
    """An adjunct that tells when, where or how, not what: "on Monday", "in a statement", "during the talks"."""
    if child.dep_ == "prep":
        if child.lower_ not in _JUDGED:
            return True
        objects = children(child, "pobj")
        if objects and objects[0].ent_type_ in _TIME:
            return True
        return child.lower_ == "in"
    if child.dep_ == "advcl":
        return not is_infinitive(child) and marker(child) not in {"that", "if", "whether"}
    return child.dep_ == "npadvmod"


def _clause(candidate: Match, stop: int) -> list[Range]:
    """A clause after the cue: with "that", "whether", a question word or nothing."""
    verb = candidate.verb
    after = candidate.tokens[-1].i
    holders = [verb, *candidate.tokens[1:]]
    for holder in holders:
        for child in holder.children:
            if child.i > after and _is_said(child, holder) and not (candidate.has("object") and _noun_of(verb, child)):
                if _is_pointed_at(child):
                    return [(left_edge(child), left_edge(child))]
                last = min(_end_of_clauses(holder, child, stop), stop - 1)
                return [(max(_clause_start(child), after + 1), last)]
    for child in children(verb, "conj"):
        # "alleged Orrin had opened fire": the parser takes the clause's subject for the object of the cue.
        doers = [c for c in children(verb, "dobj") if right_edge(c) + 1 == left_edge(child)]
        finite = any(c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in children(child, "aux", "auxpass"))
        if doers and finite and own_subject(child) is None and doers[0].i > after:
            return [(left_edge(doers[0]), min(right_edge(child), stop - 1))]
    for adverbial in children(verb, "npadvmod", "dobj", "prep"):
        # "said the same day that ...": the parser hangs the clause on the noun.
        if adverbial.i > after and _is_shifted(adverbial):
            for child in adverbial.subtree:
                if child.dep_ in {"relcl", "acl", "ccomp"} and _opens_with_that(child):
                    return [(_clause_start(child), min(right_edge(child), stop - 1))]
    return []


def _end_of_clauses(holder: Token, clause: Token, stop: int) -> int:
    """The last token of a said clause, of those that follow it with "that", and of a ", but only if asked" without a verb."""
    last = right_edge(clause)
    for other in children(holder, "ccomp", "conj", "advcl"):
        begins = left_edge(other)
        if other.i > last and marker(other) == "that" and last < begins <= last + 4 and own_subject(other) is not None:
            last = right_edge(other)
    doc = clause.doc
    if last + 3 < stop and doc[last + 1].text == "," and doc[last + 2].lower_ == "but":
        rest = doc[last + 3 : stop]
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or (t.dep_ == "conj" and t.pos_ == "VERB") for t in rest):
            return stop - 1
    return last


def _is_pointed_at(clause: Token) -> bool:
    """ "disputes that: she ...": a "that" before a colon stands for what was told, and opens no clause."""
    first = left_edge(clause)
    return clause.doc[first].lower_ in {"that", "this"} and clause.doc[first + 1].text in {":", "–", "—"}


def _noun_of(verb: Token, clause: Token) -> Token | None:
    """The speech noun right before a that-clause which the parser hung on the verb: "dismissed allegations by X that"."""
    nouns = [
        *children(verb, "dobj"),
        *(o for p in children(verb, "prep") if p.lower_ == "as" for o in children(p, "pobj")),
    ]
    for noun in nouns:
        if is_speech_noun(noun) and right_edge(noun) + 1 == left_edge(clause) and marker(clause) == "that":
            return noun
    return None


def _is_shifted(adverbial: Token) -> bool:
    """True for what may stand between a cue and its clause: a time, a place, somebody told."""
    if adverbial.dep_ == "prep" and adverbial.lower_ not in _BETWEEN:
        return False
    return adverbial.dep_ in {"npadvmod", "prep"} or adverbial.ent_type_ in _TIME or may_speak(adverbial)


def _is_said(child: Token, holder: Token) -> bool:
    if child.dep_ == "ccomp":
        return not is_infinitive(child) or (own_subject(child) is not None and not is_infinitive(child))
    if child.dep_ in {"advcl", "acl", "xcomp", "pcomp", "csubj"}:
        return marker(child) == "that" or (
            child.dep_ == "advcl" and holder.pos_ == "ADJ" and own_subject(child) is not None
        )
    return False


def _opens_with_that(clause: Token) -> bool:
    """True for a clause with "that" before a subject of its own, which no relative clause of its noun has."""
    first, doer = clause.doc[left_edge(clause)], own_subject(clause)
    return (
        first.lower_ == "that"
        and first.dep_ not in {"dobj", "pobj", "nsubj", "nsubjpass"}
        and doer is not None
        and doer.i != first.i
    )


def _clause_start(clause: Token) -> int:
    """Where the said clause begins, after "that" and what stands before it ("only that", "said Friday the envoy ...")."""
    start = left_edge(clause)
    if clause.doc[start].lower_ in _WEEKDAYS and start + 1 < clause.i and not clause.doc[start + 1].is_punct:
        return start + 2 if clause.doc[start + 1].lower_ == "that" else start + 1
    for i in range(left_edge(clause), min(left_edge(clause) + 2, clause.i)):
        if clause.doc[i].lower_ == "that" and clause.doc[i].dep_ == "mark":
            return i + 1
    first = left_edge(clause)
    return (
        first + 1
        if clause.doc[first].lower_ == "that"
        and first < clause.i
        and clause.doc[first].dep_ in {"mark", "advmod", "nsubj", "dobj", "det"}
        and (clause.doc[first].dep_ != "det")
        else first
    )


def _infinitive(candidate: Match, stop: int) -> list[Range]:
    """ "pledged to withdraw", "denied being", "declined to say"."""
    for child in children(candidate.verb, "xcomp", "ccomp", "advcl"):
        if (
            child.i > candidate.tokens[-1].i
            and own_subject(child) is None
            and (is_infinitive(child) or child.tag_ == "VBG")
            and (child.dep_ != "advcl" or _is_parted(candidate.tokens[-1].i, child))
        ):
            return [(left_edge(child), min(right_edge(child), stop - 1))]
    return []


def _is_parted(cue: int, complement: Token) -> bool:
    """ "undertook on Tuesday to", "ruled out on Friday lifting": nothing but a time between the cue and its complement.

    There the parser takes the complement for an adverbial clause.
    """
    between = complement.doc[cue + 1 : left_edge(complement)]
    timed = any(t.ent_type_ in _TIME or t.lower_ in _WEEKDAYS for t in between)
    commas = sum(t.text == "," for t in between) in {0, 2}
    loose = {"ADP", "ADV", "PUNCT"}
    return timed and commas and all(t.ent_type_ in _TIME or t.pos_ in loose or t.lower_ in _WEEKDAYS for t in between)


def _objects(candidate: Match) -> list[Token]:
    """What the cue phrase governs right after it: direct objects, or objects of the phrase's own preposition."""
    after = candidate.tokens[-1]
    if len(candidate.tokens) > 1 and after.dep_ in {"prep", "agent", "dative"}:
        return children(after, "pobj", "pcomp")
    found = [c for c in children(candidate.verb, "dobj", "oprd") if c.i > after.i]
    if not found and len(candidate.tokens) > 1:
        found = [c for t in candidate.tokens[1:] for c in children(t, "pobj", "dobj", "pcomp", "prep") if c.i > after.i]
    return found


def _object_infinitive(candidate: Match, stop: int) -> list[Range]:
    """ "urged Arvenia to withdraw", "called on both sides to stop": the content begins with who is to act."""
    verb, after = candidate.verb, candidate.tokens[-1].i
    for child in children(verb, "xcomp", "ccomp", "advcl"):
        if child.i > after and is_infinitive(child):
            someone = [c for c in (own_subject(child), *_objects(candidate)) if c is not None and c.i > after]
            if someone:
                first, last = min(left_edge(c) for c in someone), min(right_edge(child), stop - 1)
                return _parted(first, _infinitive_start(child), last, verb.doc)
    for target in _objects(candidate):
        for child in children(target, "acl", "relcl"):
            if is_infinitive(child):
                return [(left_edge(target), min(right_edge(target), stop - 1))]
    return []


def _infinitive_start(child: Token) -> int:
    """Where an infinitive begins: at its "to", or at the "not" before it."""
    return min((t.i for t in children(child, "aux", "neg") if t.i < child.i), default=left_edge(child))


def _parted(first: int, complement: int, last: int, doc: Doc) -> list[Range]:
    """The object from `first` and the complement from `complement` to `last`, without what tells between them when it was said.

    "urged Arvenia on Monday to withdraw" is "Arvenia" and "to withdraw"; the adverbial may not be parted from the object by a comma.
    """
    start = complement
    while start - 1 > first and doc[start - 1].ent_type_ in _TIME:
        start -= 1
    if start == complement:
        return [(first, last)]
    while start - 1 > first and doc[start - 1].lower_ in {"on", "late", "early", "earlier", "this", "last"}:
        start -= 1
    return [(first, start - 1), (complement, last)]


def _addressee_infinitive(candidate: Match, stop: int) -> list[Range]:
    """ "told the envoys to leave": the one told is the addressee, not content."""
    verb = candidate.verb
    told = children(verb, "dobj", "dative")
    # "Offered them to mediate" names a hearer, "offered ships to carry grain" what is offered.
    if candidate.has("object-infinitive") and not any(may_speak(c) for c in told):
        return []
    for child in children(verb, "xcomp", "ccomp", "advcl"):
        late = child.dep_ != "advcl" or (told and _is_parted(right_edge(told[-1]), child))
        if child.i > verb.i and is_infinitive(child) and late and (told or own_subject(child) is not None):
            first = min(t.i for t in children(child, "aux", "neg") if t.i < child.i)
            return [(first, min(right_edge(child), stop - 1))]
    return []


def _object_with(prepositions: frozenset[str]) -> Callable[[Match, int], list[Range]]:
    """ "accused Arvenia of ...", "blamed the storm for ..."; in the passive the subject stands for the object."""

    def content(candidate: Match, stop: int) -> list[Range]:
        verb = candidate.verb
        links = [c for c in children(verb, "prep") if c.lower_ in prepositions]
        if is_passive(verb):
            judged = own_subject(verb)
            doers = [o for a in children(verb, "agent") for o in children(a, "pobj")]
            links = [c for c in (*links, *(p for o in doers for p in children(o, "prep"))) if c.i > verb.i]
            links = [c for c in links if c.lower_ in prepositions]
            if judged is None or not links:
                return []
            return [
                (left_edge(judged), right_edge(judged)),
                (left_edge(links[0]), min(right_edge(links[-1]), stop - 1)),
            ]
        objects = [c for c in children(verb, "dobj") if c.i > candidate.tokens[-1].i]
        if not objects:
            return []
        near = (*links, *(p for p in children(objects[0], "prep") if p.lower_ in prepositions))
        first = left_edge(objects[0])
        links = [c for c in near if c.i > objects[0].i]
        if not links:
            aside, links = _late_link(verb, objects[0], prepositions)
            if aside is None:
                return []
            return _with_infinitive(verb, [(first, left_edge(aside) - 1), (links[0].i, right_edge(links[0]))])
        last = max(right_edge(c) for c in (*links, objects[0]))
        if links[0].i > right_edge(objects[0]):
            return _parted(first, links[0].i, min(last, stop - 1), verb.doc)
        return [(first, min(last, stop - 1))]

    return content


def _late_link(verb: Token, noun: Token, prepositions: frozenset[str]) -> tuple[Token | None, list[Token]]:
    """ "accused Arvenia on Tuesday of ...", "blamed it at the talks for ...": a link that the parser hung on the adverbial between."""
    for aside in children(verb, "prep", "npadvmod"):
        if aside.i <= noun.i or aside.lower_ in prepositions:
            continue
        for token in aside.subtree:
            linked = token.i > aside.i and token.dep_ == "prep" and token.lower_ in prepositions
            if linked and (token.doc[token.i + 1].tag_ == "VBG" or token.doc[token.i - 1].ent_type_ in _TIME):
                return aside, [token]
    return None, []


def _object_as(candidate: Match, stop: int) -> list[Range]:
    """ "called the vote a farce", "described the raid as piracy"."""
    verb, after = candidate.verb, candidate.tokens[-1].i
    if is_passive(verb):
        return _judged_as(candidate, stop)
    named = [
        c
        for c in children(verb, "oprd", "xcomp", "ccomp")
        if c.i > after and not is_infinitive(c) and marker(c) is None
    ]
    named += [c for c in children(verb, "prep") if c.i > after and c.lower_ == "as"]
    named += [c for o in children(verb, "dobj") for c in children(o, "prep") if c.lower_ == "as"]
    objects = [c for c in children(verb, "dobj") if c.i > after]
    if not named and objects:
        named = _late_as(objects[0], stop)
    if (
        not named
        or (not objects and named[0].dep_ == "prep")
        or (named[0].dep_ == "ccomp" and children(named[0], "aux", "mark"))
    ):
        return []
    parts = [*objects, *named]
    first, last = min(left_edge(c) for c in parts), max(right_edge(c) for c in parts)
    return [(max(first, after + 1), min(last, stop - 1))]


def _judged_as(candidate: Match, stop: int) -> list[Range]:
    """ "was dismissed by Arvenia as false", "was called a farce": the subject and what it is said to be."""
    verb, judged = candidate.verb, own_subject(candidate.verb)
    named = [c for c in children(verb, "prep") if c.i > verb.i and c.lower_ == "as"] + children(verb, "oprd")
    named += [
        p for a in children(verb, "agent") for o in children(a, "pobj") for p in children(o, "prep") if p.lower_ == "as"
    ]
    # Somebody who "was dismissed as minister" lost an office; a report that was dismissed as false was denied.
    if judged is None or not named or judged.pos_ != "NOUN" or (may_speak(judged) and not is_speech_noun(judged)):
        return []
    return [(left_edge(judged), right_edge(judged)), (left_edge(named[0]), min(right_edge(named[0]), stop - 1))]


def _late_as(noun: Token, stop: int) -> list[Token]:
    """ "described the step at the time as a gift": an "as" that the parser hung on what stands between."""
    for i in range(right_edge(noun) + 1 if noun.n_rights < 4 else noun.i + 1, min(noun.i + 9, stop)):
        token = noun.doc[i]
        if token.lower_ == "as" and token.dep_ == "prep":
            return [token]
        if token.text == "," or token.pos_ == "VERB":
            return []
    return []


def _object(candidate: Match, stop: int) -> list[Range]:
    """ "criticised the raid", "denied military involvement", "dismissed as "nonsense" claims that ..."."""
    verb = candidate.verb
    objects = [
        c for c in _objects(candidate) if c.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "VERB", "ADJ"} and c.dep_ != "oprd"
    ]
    if not objects:
        for prep in children(verb, "prep"):
            if prep.lower_ == "as" and prep.i > verb.i:
                return _with_clause(verb, _after_label(prep, stop))
        return []
    if objects[0].lower_ in {"itself", "himself", "herself", "themselves"}:
        return []
    receiver = [c for c in children(verb, "dative") if verb.i < c.i < objects[0].i and c.pos_ != "ADP"]
    parts = [*objects, *(c for c in children(verb, "prep") if c.i > objects[0].i and not _is_aside(c) and _touches(c))]
    parts.extend(receiver)
    return _with_clause(verb, [(min(left_edge(c) for c in parts), min(max(right_edge(c) for c in parts), stop - 1))])


def _with_clause(verb: Token, content: list[Range]) -> list[Range]:
    """Content that ends in a speech noun, with the noun's clause or infinitive where the parser hung that on the verb."""
    for child in children(verb, "ccomp", "xcomp", "advcl"):
        if not content or left_edge(child) != content[-1][1] + 1:
            continue
        asked = any(is_speech_noun(c) for c in children(verb, "dobj")) and is_infinitive(child)
        if asked or (child.dep_ == "ccomp" and marker(child) == "that"):
            return [*content[:-1], (content[-1][0], right_edge(child))]
    return content


def _with_infinitive(verb: Token, content: list[Range]) -> list[Range]:
    """ "accused Arvenia on Friday of planning to seize it": the charge with an infinitive that the parser hung on the verb."""
    for child in children(verb, "xcomp", "advcl"):
        if content and left_edge(child) == content[-1][1] + 1 and is_infinitive(child):
            return [*content[:-1], (content[-1][0], right_edge(child))]
    return content


def _touches(prep: Token) -> bool:
    return not prep.doc[prep.i - 1].is_punct or prep.doc[prep.i - 1].text in {"'s", "’s"}


def _after_label(prep: Token, stop: int) -> list[Range]:
    for token in prep.subtree:
        if token.i > prep.i + 1 and is_speech_noun(token):
            first = token.i
            while (
                first - 1 > prep.i + 1
                and first - 1 >= left_edge(token)
                and not token.doc[first - 1].is_quote
                and token.doc[first - 1].pos_ in {"DET", "ADJ", "PROPN", "PART"}
            ):
                first -= 1
            return [(first, min(right_edge(prep), stop - 1))]
    return []


def _prep(candidate: Match, stop: int) -> list[Range]:
    """ "called for a ceasefire", "warned against new sanctions"."""
    if len(candidate.tokens) < 2:
        return []
    objects = [c for c in _objects(candidate) if c.ent_type_ not in _TIME]
    if not objects:
        return []
    last = max(right_edge(c) for c in objects)
    for child in children(candidate.verb, "xcomp", "advcl"):
        if is_infinitive(child) and child.i > last and left_edge(child) == last + 1:
            last = right_edge(child)
    return [(min(left_edge(c) for c in objects), min(last, stop - 1))]


def _phrase(candidate: Match, stop: int) -> list[Range]:
    """After an idiom such as "placed the blame on": all that its tokens and the verb govern after it."""
    after = candidate.tokens[-1]
    governed = [
        c
        for t in candidate.tokens
        for c in t.children
        if c.i > after.i and not c.is_punct and c.dep_ not in {"cc", "conj", "advcl"}
    ]
    governed = [c for c in governed if not (c.dep_ == "prep" and _is_aside(c)) or c.head.i == after.i]
    if not governed:
        return []
    return [(after.i + 1, min(max(right_edge(c) for c in governed), stop - 1))]


def _noun_object(candidate: Match, stop: int) -> list[Range]:
    """A light verb with a speech noun and what it is about: "expressed concern about", "offered strong support for"."""
    verb = candidate.verb
    for child in children(verb, "dobj"):
        nouns = [n for n in (child, *children(child, "conj")) if is_speech_noun(n)]
        if child.i <= candidate.tokens[-1].i or not nouns:
            continue
        links = frozenset().union(*(noun_cues()[n.lemma_.lower()].links for n in nouns))
        about = [
            c
            for holder in (verb, *nouns)
            for c in holder.children
            if c.i > child.i and (c.lower_ in links or (c.dep_ in {"acl", "ccomp", "xcomp"} and c.tag_ != "VBN"))
        ]
        if about:
            return _with_clause(verb, [(left_edge(child), min(max(right_edge(c) for c in (child, *about)), stop - 1))])
    return []


def _reflexive(candidate: Match, stop: int) -> list[Range]:
    """ "committed itself to leaving"."""
    if any(c.lower_.endswith(("self", "selves")) for c in children(candidate.verb, "dobj")):
        return after(candidate.verb, stop, "prep", "xcomp")
    return []


#: How each frame of the lexicon finds its content, in the order in which they are tried.
FRAMES: tuple[tuple[str, Callable[[Match, int], list[Range]]], ...] = (
    ("clause", _clause),
    ("addressee-infinitive", _addressee_infinitive),
    ("object-infinitive", _object_infinitive),
    ("infinitive", _infinitive),
    ("object-of", _object_with(frozenset({"of", "over", "for", "with"}))),
    ("object-as", _object_as),
    ("object-for", _object_with(frozenset({"for", "over", "as"}))),
    ("noun-object", _noun_object),
    ("reflexive-to", _reflexive),
    ("phrase", _phrase),
    ("prep", _prep),
    ("object", _object),
)
#: Frames without a clause: only a speaker known to be one makes them a saying.
NARRATED = frozenset(
    {
        "object",
        "prep",
        "object-for",
        "object-of",
        "object-as",
        "noun-object",
        "object-infinitive",
        "infinitive",
        "phrase",
    }
)
