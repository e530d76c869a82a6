"""Attributions whose cue is a verb: what the verb's grammar says about source and content."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from onrecord.reading.finding.cues import Match, chain, is_actual, match
from onrecord.reading.finding.draft import Draft, is_speech_noun, may_speak
from onrecord.reading.grammar import (
    children,
    is_infinitive,
    is_negated,
    is_passive,
    left_edge,
    marker,
    modal,
    own_subject,
    phrase,
    right_edge,
    subject,
)
from onrecord.reading.lexicon import CueKind, VerbCue
from onrecord.reading.parse import Parse

Range = tuple[int, int]
_TIME = frozenset({"DATE", "TIME"})
_NAMING = frozenset({"PROPN", "NOUN", "DET", "ADJ", "ADP", "PART", "NUM"})
_WHILE_SAYING = frozenset({"by", "in", "after", "before", "while", "as", "with"})
_OURSELVES = frozenset({"i", "we", "you", "let"})
_JUDGED = frozenset({"of", "for", "over", "as", "about", "against", "on", "to", "with", "from", "in"})
#: Participles that go on with the speech before them.
_ADDING = frozenset({"add", "stress", "note", "emphasise", "emphasize", "underline", "underscore", "point", "insist", "say"})
_BETWEEN = frozenset({"on", "in", "at", "to", "during", "after", "before", "late", "early", "through", "via"})
_SILENT = frozenset(
    {"say", "comment", "answer", "specify", "elaborate", "name", "identify", "disclose", "reveal", "confirm", "explain"}
)


def verb_drafts(parse: Parse) -> list[Draft]:
    """All attributions with a cue verb, in text order; a verb gives at most one."""
    found: dict[int, Draft] = {}
    for first, last in parse.sentences:
        for i in range(first, last):
            draft = _draft(parse, parse.doc[i], last)
            if draft is not None:
                found[i] = draft
    for draft in found.values():
        _share_source(parse, found, draft)
    return list(found.values())


def _share_source(parse: Parse, found: dict[int, Draft], draft: Draft) -> None:
    """ "She said the ship was theirs and accused ...", "..., adding that": the second saying is the first speaker's.

    The parser hangs a second verb as often on the verb inside the first content as on the first saying. It is taken for the
    first speaker's when it has the tense of the first saying and the verb inside has not, when the subject inside could not
    speak, or when that subject is a pronoun, which most often stands for the first speaker anyway.
    """
    verb = draft.verb
    top = verb
    while top.dep_ == "conj" and own_subject(top) is None and top.head.i != top.i:
        top = top.head
    joined = verb.dep_ == "conj" and own_subject(verb) is None and top.i != verb.i
    adding = verb.tag_ == "VBG" and verb.lemma_ in _ADDING and verb.dep_ == "advcl" and verb.doc[verb.i - 1].text == ","
    if adding:
        top = verb.head
    while adding and top.dep_ in {"conj", "xcomp"} and top.i not in found and top.head.i != top.i:
        top = top.head
    outer = found.get(top.head.i) if top.dep_ == "ccomp" else None
    if outer is None or not (joined or adding) or parse.quoted[verb.i] >= 0 or not outer.source:
        return
    doer = own_subject(top)
    same = verb.tag_ == outer.verb.tag_ and top.tag_ != verb.tag_
    if not (adding or same or doer is None or not may_speak(doer) or doer.lower_ in {"he", "she", "they"}):
        return
    cut = min(t.i for t in draft.cue) - 1
    while cut > outer.verb.i and (parse.doc[cut].dep_ in {"cc", "aux", "advmod"} or parse.doc[cut].is_punct):
        cut -= 1
    shortened = [(low, min(high, cut)) for low, high in outer.content if low <= cut]
    if shortened and not outer.bare:
        outer.content = shortened
        draft.source = outer.source


def _draft(parse: Parse, verb: Token, stop: int) -> Draft | None:
    matches = match(verb, stop)
    if not matches:
        return None
    if not is_actual(verb):
        return _silence(parse, verb, stop)
    source = _inverted_source(parse, verb, stop)
    if source:
        tokens = matches[0].tokens
        return Draft(verb, source, list(tokens), [], "bare", matches[0].rows[0].kind, bare=True)
    source = source_of(parse, verb)
    for candidate in matches:
        for frame, content_of in _FRAMES:
            row = candidate.has(frame)
            if row is None or (not source and not is_passive(verb)):
                continue
            if row.kind is not CueKind.SAY and source and source[0].lower_ in _OURSELVES:
                continue
            if frame in _NARRATED and not (source and _speaks(source, row) and _is_told(verb)):
                continue
            content = content_of(candidate, stop)
            if content and frame in _NARRATED:
                content = [_without_asides(parse, *piece) for piece in content]
            if content:
                return Draft(verb, source, chain(verb, candidate.tokens), content, frame, row.kind)
    row = next((m.has("clause") for m in matches if m.has("clause")), None)
    if row is not None and row.kind is not CueKind.SAY and source and source[0].lower_ in _OURSELVES:
        return None
    if row is not None and (source or not is_passive(verb)):
        tokens = next(m for m in matches if m.has("clause")).tokens
        return Draft(verb, source, chain(verb, tokens), [], "bare", row.kind, bare=True)
    quoting = next((m for m in matches if source and (m.has("quote") or m.has("object"))), None)
    if quoting is not None:
        return Draft(verb, source, chain(verb, quoting.tokens), [], "bare", quoting.rows[0].kind, bare=True)
    return None


def source_of(parse: Parse, verb: Token) -> list[Token]:
    """The tokens of the phrase of the one who does what `verb` says; none when nobody is named."""
    head = subject(verb)
    if head is None or (head.lower_ == "that" and head.dep_ == "nsubj" and verb.dep_ != "relcl"):
        return []
    if head.lower_ in {"there", "what", "which", "whatever"} and head.dep_ != "nsubj":
        return []
    tokens = phrase(head)
    if verb.i > head.i:
        tokens = [t for t in tokens if t.i < verb.i] or [head]
    return [t for t in tokens if parse.paragraph[t.i] == parse.paragraph[head.i]]


def _inverted_source(parse: Parse, verb: Token, stop: int) -> list[Token]:
    """ "The raid, say envoys from three states, was planned": the speaker after the verb, up to the comma.

    The parser takes him for the subject of what follows; the comma before the verb and the one after the name tell.
    """
    first = verb.i + 1
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or parse.doc[verb.i - 1].text != "," or verb.i - 1 <= parse.sentence(verb.i)[0]:
        return []
    if first >= stop or parse.doc[first].pos_ not in {"PROPN", "NOUN", "DET", "ADJ"} or own_subject(verb) is not None and own_subject(verb) == parse.doc[first]:
        return []
    last = first
    while last < stop and parse.doc[last].pos_ in _NAMING and last - first < 12:
        last += 1
    if last >= stop - 1 or parse.doc[last].text != "," or not any(may_speak(parse.doc[i]) for i in range(first, last)):
        return []
    rest = range(last + 1, stop)
    if not any(parse.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in rest) or is_passive(verb):
        return []
    return [parse.doc[i] for i in range(first, last)]


def _speaks(source: list[Token], row: VerbCue) -> bool:
    return row.kind is not CueKind.SAY or any(may_speak(t) for t in source)


def _is_told(verb: Token) -> bool:
    """False for a participle that only describes: "donors seeking help", "of backing the rebels"."""
    if verb.tag_ != "VBG":
        return verb.dep_ != "amod"
    if verb.dep_ == "acl":
        return verb.i > 0 and verb.nbor(-1).text == ","
    return verb.dep_ not in {"amod", "csubj"} and not (verb.dep_ == "pcomp" and verb.head.lower_ not in _WHILE_SAYING)


def _silence(parse: Parse, verb: Token, stop: int) -> Draft | None:
    """ "did not say whether", "would not comment": declining, told as an act."""
    if verb.lemma_ not in _SILENT or not is_negated(verb) or is_infinitive(verb):
        return None
    if modal(verb) not in {None, "would"} or verb.dep_ in {"relcl", "ccomp"}:
        return None
    source = source_of(parse, verb)
    content = _after(verb, stop, "ccomp", "dobj", "prep", "advcl")
    if not source or not content or not any(may_speak(t) for t in source):
        return None
    return Draft(verb, source, [verb], content, "silence", confidence=0.6)


def _after(verb: Token, stop: int, *deps: str) -> list[Range]:
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
            if child.i > after and _is_said(child, holder):
                return [(max(_clause_start(child), after + 1), min(right_edge(child), stop - 1))]
    for adverbial in children(verb, "npadvmod", "dobj", "prep"):
        # "said the same day that ...": the parser hangs the clause on the noun.
        if adverbial.i > after and _is_shifted(adverbial):
            for child in adverbial.subtree:
                if child.dep_ in {"relcl", "acl", "ccomp"} and _opens_with_that(child):
                    return [(_clause_start(child), min(right_edge(child), stop - 1))]
    return []


def _is_shifted(adverbial: Token) -> bool:
    """True for what may stand between a cue and its clause: a time, a place, somebody told."""
    if adverbial.dep_ == "prep" and adverbial.lower_ not in _BETWEEN:
        return False
    return adverbial.dep_ in {"npadvmod", "prep"} or adverbial.ent_type_ in _TIME or may_speak(adverbial)


def _is_said(child: Token, holder: Token) -> bool:
    if child.dep_ == "ccomp":
        return not is_infinitive(child) or (own_subject(child) is not None and not is_infinitive(child))
    if child.dep_ in {"advcl", "acl", "xcomp", "pcomp"}:
        return marker(child) == "that" or (
            child.dep_ == "advcl" and holder.pos_ == "ADJ" and own_subject(child) is not None
        )
    return False


def _opens_with_that(clause: Token) -> bool:
    """True for a clause with "that" before a subject of its own, which no relative clause of its noun has."""
    first, doer = clause.doc[left_edge(clause)], own_subject(clause)
    return first.lower_ == "that" and doer is not None and doer.i != first.i


def _clause_start(clause: Token) -> int:
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
    for child in children(candidate.verb, "xcomp", "ccomp"):
        if (
            child.i > candidate.tokens[-1].i
            and own_subject(child) is None
            and (is_infinitive(child) or child.tag_ == "VBG")
        ):
            return [(left_edge(child), min(right_edge(child), stop - 1))]
    return []


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
                return [(min(left_edge(c) for c in someone), min(right_edge(child), stop - 1))]
    for target in _objects(candidate):
        for child in children(target, "acl", "relcl"):
            if is_infinitive(child):
                return [(left_edge(target), min(right_edge(target), stop - 1))]
    return []


def _addressee_infinitive(candidate: Match, stop: int) -> list[Range]:
    """ "told the envoys to leave": the one told is the addressee, not content."""
    verb = candidate.verb
    told = children(verb, "dobj", "dative")
    for child in children(verb, "xcomp", "ccomp"):
        if child.i > verb.i and is_infinitive(child) and (told or own_subject(child) is not None):
            first = min(t.i for t in children(child, "aux", "neg") if t.i < child.i)
            return [(first, min(right_edge(child), stop - 1))]
    return []


def _without_asides(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A noun phrase without what a comma adds at its end: "the raid, which ...", "the envoy, a former judge"."""
    for i in range(first + 1, last):
        token = parse.doc[i]
        if token.text != "," or parse.quoted[i] >= 0:
            continue
        for child in token.head.children:
            added = child.dep_ in {"relcl", "acl", "appos", "advcl"} and left_edge(child) == i + 1
            if added and not is_infinitive(child) and right_edge(child) >= last - 1:
                return first, i - 1
    return first, last


def _object_with(prepositions: frozenset[str]) -> Callable[[Match, int], list[Range]]:
    def content(candidate: Match, stop: int) -> list[Range]:
        objects = [c for c in children(candidate.verb, "dobj") if c.i > candidate.tokens[-1].i]
        if not objects:
            return []
        links = [
            c for c in (*children(candidate.verb, "prep"), *children(objects[0], "prep")) if c.lower_ in prepositions
        ]
        links = [c for c in links if c.i > objects[0].i]
        if not links:
            return []
        last = max(right_edge(c) for c in (*links, objects[0]))
        return [(left_edge(objects[0]), min(last, stop - 1))]

    return content


def _object_as(candidate: Match, stop: int) -> list[Range]:
    """ "called the vote a farce", "described the raid as piracy"."""
    verb, after = candidate.verb, candidate.tokens[-1].i
    named = [
        c
        for c in children(verb, "oprd", "xcomp", "ccomp")
        if c.i > after and not is_infinitive(c) and marker(c) is None
    ]
    named += [c for c in children(verb, "prep") if c.i > after and c.lower_ == "as"]
    named += [c for o in children(verb, "dobj") for c in children(o, "prep") if c.lower_ == "as"]
    objects = [c for c in children(verb, "dobj") if c.i > after]
    if not named or (named[0].dep_ == "ccomp" and children(named[0], "aux", "mark")):
        return []
    parts = [*objects, *named]
    first, last = min(left_edge(c) for c in parts), max(right_edge(c) for c in parts)
    return [(max(first, after + 1), min(last, stop - 1))]


def _object(candidate: Match, stop: int) -> list[Range]:
    """ "criticised the raid", "denied military involvement", "dismissed as "nonsense" claims that ..."."""
    verb = candidate.verb
    objects = [
        c for c in _objects(candidate) if c.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "VERB", "ADJ"} and c.dep_ != "oprd"
    ]
    if not objects:
        for prep in children(verb, "prep"):
            if prep.lower_ == "as" and prep.i > verb.i:
                return _after_label(prep, stop)
        return []
    if objects[0].lower_ in {"itself", "himself", "herself", "themselves"}:
        return []
    parts = [*objects, *(c for c in children(verb, "prep") if c.i > objects[0].i and not _is_aside(c) and _touches(c))]
    return [(min(left_edge(c) for c in parts), min(max(right_edge(c) for c in parts), stop - 1))]


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
    """A light verb with a speech noun: "expressed concern about", "offered strong support for"."""
    for child in children(candidate.verb, "dobj"):
        if child.i > candidate.tokens[-1].i and (
            is_speech_noun(child) or any(is_speech_noun(c) for c in children(child, "conj"))
        ):
            parts = [
                child,
                *(
                    c
                    for c in children(candidate.verb, "prep", "acl", "ccomp", "xcomp")
                    if c.i > child.i and not _is_aside(c)
                ),
            ]
            return [(left_edge(child), min(max(right_edge(c) for c in parts), stop - 1))]
    return []


def _reflexive(candidate: Match, stop: int) -> list[Range]:
    """ "committed itself to leaving"."""
    if any(c.lower_.endswith(("self", "selves")) for c in children(candidate.verb, "dobj")):
        return _after(candidate.verb, stop, "prep", "xcomp")
    return []


_FRAMES: tuple[tuple[str, Callable[[Match, int], list[Range]]], ...] = (
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
_NARRATED = frozenset(
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
