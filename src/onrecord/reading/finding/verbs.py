"""Attributions whose cue is a verb: what the verb's grammar says about source and content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.model import Act
from onrecord.reading.finding.asides import without_asides
from onrecord.reading.finding.cues import RAISING, Match, chain, is_actual, match
from onrecord.reading.finding.draft import Draft, may_speak
from onrecord.reading.finding.frames import FRAMES, NARRATED, after
from onrecord.reading.grammar import (
    DASHES,
    children,
    is_infinitive,
    is_negated,
    is_passive,
    modal,
    own_subject,
    phrase,
    right_edge,
    subject,
)
from onrecord.reading.lexicon import CueKind, VerbCue
from onrecord.reading.parse import Parse

_NAMING = frozenset({"PROPN", "NOUN", "DET", "ADJ", "ADP", "PART", "NUM"})
_WHILE_SAYING = frozenset({"by", "in", "after", "before", "while", "as", "with"})
_OBJECTS = frozenset({"dobj", "attr", "dative", "npadvmod", "oprd", "dep", "appos"})
_CLOCK = re.compile(r"[0-2]?[0-9][:.h][0-5][0-9]")
_UNITS = frozenset({"hour", "day", "week", "month", "year"})
_OURSELVES = frozenset({"i", "we", "you", "let"})
#: What is done in words alone, and by somebody.
_BY_SOMEBODY = frozenset({Act.ACCUSE, Act.CONDEMN, Act.DENY, Act.REQUEST})
#: Participles that go on with the speech before them.
_ADDING = frozenset(
    {"add", "stress", "note", "emphasise", "emphasize", "underline", "underscore", "point", "insist", "say"}
)
_SILENT = frozenset(
    {
        "say",
        "comment",
        "answer",
        "specify",
        "elaborate",
        "name",
        "identify",
        "disclose",
        "reveal",
        "confirm",
        "explain",
        "discuss",
    }
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
    same = (verb.tag_ == outer.verb.tag_ and top.tag_ != verb.tag_) or parse.quoted[top.i] >= 0
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
    if not matches and verb.lemma_ in _SILENT:
        return _silence(parse, verb, stop)
    if not matches or (verb.lemma_ == "cite" and verb.tag_ == "VBG"):
        # "Citing a breach, ...": the reason of what follows, in the narrator's words.
        return None
    if not is_actual(verb) or _by_nobody(verb):
        return _silence(parse, verb, stop) or _kept_open(parse, matches, stop)
    source = _inverted_source(parse, verb, stop) if matches[0].has("clause") else []
    if not source and verb.dep_ in {"advcl", "conj"} and verb.tag_ in {"VBG", "VBN"} and subject(verb) is None:
        source_above = _inverted_source(parse, verb.head, stop)
    else:
        source_above = []
    if source:
        tokens = matches[0].tokens
        return Draft(verb, source, list(tokens), [], "bare", matches[0].rows[0].kind, bare=True)
    source = _outer_source(parse, verb) or source_of(parse, verb) or source_above or _impersonal(parse, verb)
    for candidate in matches:
        for frame, content_of in FRAMES:
            row = candidate.has(frame)
            agentless = frame == "object-as" and row is not None and row.act is Act.ASSERT
            if row is None or (not source and (agentless or not is_passive(verb))):
                continue
            if row.kind is not CueKind.SAY and source and source[0].lower_ in _OURSELVES:
                continue
            charged = frame in {"object-of", "object-as"} and not source and is_passive(verb)
            charged = charged and row.act in {Act.ACCUSE, Act.DENY, Act.CONDEMN}
            if frame in NARRATED and not charged and not (source and _speaks(source, row) and _is_told(verb)):
                continue
            content = content_of(candidate, stop)
            if content and frame == "object" and candidate.has("clause") and _follows_clause(parse, verb, content):
                content = []
            if content and frame == "clause":
                content = [(low, _before_date(parse, low, high)) for low, high in content]
            if content and frame in NARRATED:
                content = [without_asides(parse, *piece) for piece in content]
            if content:
                source = [t for t in source if not any(low <= t.i <= high for low, high in content)]
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


def _follows_clause(parse: Parse, verb: Token, content: Sequence[tuple[int, int]]) -> bool:
    """ "The road will open, the envoy promised the council": the clause before is the content, the object a hearer."""
    hearers = [c for c in children(verb, "dobj", "dative") if c.i > verb.i and may_speak(c)]
    if not hearers or not content[0][0] <= hearers[0].i <= content[0][1] or parse.quoted[hearers[0].i] >= 0:
        return False
    return any(
        c.i < verb.i and not is_infinitive(c) and own_subject(c) is not None and parse.doc[right_edge(c) + 1].is_punct
        for c in children(verb, "ccomp")
    )


def _outer_source(parse: Parse, verb: Token) -> list[Token]:
    """ "She wrote that "time is short" and offered to help": the first speaker where the subject inside could not speak.

    Nor is it the subject inside when that stands in quotation marks and the verb does not.
    """
    top = verb
    while top.dep_ == "conj" and own_subject(top) is None and top.head.i != top.i:
        top = top.head
    doer = own_subject(top)
    if top.i == verb.i or top.dep_ != "ccomp" or doer is None:
        return []
    left = parse.quoted[top.i] >= 0 and parse.quoted[verb.i] < 0
    return source_of(parse, top.head) if left or not may_speak(doer) else []


def source_of(parse: Parse, verb: Token) -> list[Token]:
    """The tokens of the phrase of the one who does what `verb` says; none when nobody is named."""
    head = subject(verb)
    if _is_misread(parse, verb, head):
        return _named_before(parse, verb)
    if head is None or (head.lower_ == "that" and head.dep_ == "nsubj" and verb.dep_ != "relcl"):
        return []
    if head.lower_ in {"there", "what", "which", "whatever"} and head.dep_ != "nsubj":
        return []
    tokens = phrase(head)
    if verb.i > head.i:
        tokens = [t for t in tokens if t.i < verb.i] or [head]
    if len(tokens) > 1 and tokens[0].is_sent_start and _CLOCK.fullmatch(tokens[0].text):
        # "14:05 The ministry says ...": the time of a live blog's entry is nobody's name.
        tokens = tokens[1:]
    return [t for t in tokens if parse.paragraph[t.i] == parse.paragraph[head.i]]


def _is_misread(parse: Parse, verb: Token, head: Token | None) -> bool:
    """True when the parser gives the verb no subject, or one inside a quotation before it ("The gates close," the premier said)."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.dep_ in {"acl", "relcl", "conj", "advcl", "xcomp"}:
        return False
    if head is None:
        return True
    return head.i < verb.i and parse.quoted[head.i] >= 0 and parse.quoted[verb.i] != parse.quoted[head.i]


def _named_before(parse: Parse, verb: Token) -> list[Token]:
    """The noun phrase between a comma or a mark and `verb`, when it can speak; none otherwise."""
    start = parse.sentence(verb.i)[0]
    last = verb.i - 1
    while last > start and parse.doc[last].pos_ in {"AUX", "ADV"}:
        last -= 1
    first = last
    while first > start and last - first < 12 and parse.doc[first - 1].pos_ in _NAMING | {"PRON"}:
        if parse.quoted[first - 1] >= 0 or parse.is_mark(first - 1):
            break
        first -= 1
    tokens = [parse.doc[i] for i in range(first, last + 1)]
    if first <= start or not (parse.doc[first - 1].text == "," or parse.is_mark(first - 1)):
        return []
    named = tokens[-1].pos_ in {"PROPN", "NOUN", "PRON"} and parse.quoted[first] < 0 and tokens[0].pos_ != "ADP"
    return tokens if named and any(may_speak(t) for t in tokens) else []


def _inverted_source(parse: Parse, verb: Token, stop: int) -> list[Token]:
    """The speaker after the verb where the parser does not see him: "The raid, say envoys, was planned", "– Yes – added he".

    The verb has to follow a comma, a dash or a mark; the parser takes the speaker for the subject of what comes after, or
    for the verb's object when the verb itself has no subject.
    """
    before, first = verb.i - 1, verb.i + 1
    perfect = verb.tag_ == "VBN" and parse.doc[before].lower_ in {"has", "have", "had"}
    if perfect:
        # "..., has noted the minister": as translated pages have it.
        before -= 1
    if (
        not (verb.tag_ in {"VBD", "VBZ", "VBP"} or perfect)
        or before <= parse.sentence(verb.i)[0]
        or first >= stop
        or is_passive(verb)
    ):
        return []
    if parse.doc[before].text not in {",", *DASHES} and not parse.is_mark(before):
        return []
    sharing = subject(verb)
    strange = sharing is not None and sharing.lower_ in {"i", "we"} and parse.quoted[verb.i] < 0
    if strange or (verb.dep_ in {"ROOT", "parataxis"} and sharing is None):
        for child in verb.children:
            if (
                child.i > verb.i
                and child.dep_ in _OBJECTS
                and (may_speak(child) or child.lower_ in {"he", "she", "they"})
            ):
                return phrase(child)
    seen = own_subject(verb)
    if parse.doc[before].text != "," or parse.doc[first].pos_ not in _NAMING or (seen is not None and seen.i == first):
        return []
    last = first
    while last < stop and parse.doc[last].pos_ in _NAMING and last - first < 12:
        last += 1
    if last >= stop - 1 or parse.doc[last].text != "," or not any(may_speak(parse.doc[i]) for i in range(first, last)):
        return []
    if not any(parse.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(last + 1, stop)):
        return []
    return [parse.doc[i] for i in range(first, last)]


def _before_date(parse: Parse, first: int, last: int) -> int:
    """The end of a said clause without the narrator's ", one day after ..." behind it."""
    for i in range(first + 1, last - 3):
        if parse.doc[i].text != "," or parse.quoted[i] >= 0:
            continue
        unit = parse.doc[i + 2]
        if unit.lemma_ in _UNITS and parse.doc[i + 3].lower_ in {"after", "before"}:
            return i - 1
    return last


def _speaks(source: list[Token], row: VerbCue) -> bool:
    if row.act in _BY_SOMEBODY and [t.lower_ for t in source] == ["it"]:
        # No thing accuses, condemns or denies: "it" is a body that the text named before.
        return True
    return row.kind is not CueKind.SAY or any(may_speak(t) for t in source)


def _is_told(verb: Token) -> bool:
    """False for a participle that only describes: "donors seeking help", "of backing the rebels"."""
    if verb.tag_ != "VBG":
        return verb.dep_ != "amod"
    if verb.dep_ == "acl":
        return verb.i > 0 and verb.nbor(-1).text == ","
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in RAISING
    return verb.dep_ not in {"amod", "csubj"} and not (verb.dep_ == "pcomp" and verb.head.lower_ not in _WHILE_SAYING)


def _kept_open(parse: Parse, matches: Sequence[Match], stop: int) -> Draft | None:
    """ "did not rule out a blockade", "do not exclude": an evasive answer, told as an act; "could not rule out" is one too."""
    one = next((m for m in matches if m.tokens[-1].lower_ == "out" or m.verb.lemma_ == "exclude"), None)
    if one is None or one.verb.lemma_ not in {"rule", "exclude"} or not is_negated(one.verb):
        return None
    source = source_of(parse, one.verb) or _impersonal(parse, one.verb)
    content = after(one.verb, stop, "ccomp", "dobj", "xcomp")
    if not source or not content or not any(may_speak(t) for t in source):
        return None
    cue = [c for c in one.verb.children if c.dep_ in {"aux", "neg"} and c.i < one.verb.i]
    return Draft(one.verb, source, [*cue, *one.tokens], content, "silence", confidence=0.6)


def _impersonal(parse: Parse, verb: Token) -> list[Token]:
    """ "In Orrin consider that ...": those of a place or body who say it, as pages translated by machine put it."""
    first = parse.sentence(verb.i)[0]
    while first < verb.i and (parse.doc[first].pos_ == "ADV" or parse.doc[first].text == ","):
        first += 1
    last = verb.i - 1
    while last > first and parse.doc[last].dep_ in {"aux", "auxpass", "neg", "advmod"}:
        last -= 1
    if parse.doc[first].lower_ != "in" or not 1 <= last - first <= 10 or verb.tag_ in {"VBG", "NN"}:
        return []
    tokens = [parse.doc[i] for i in range(first + 1, last + 1)]
    doer = own_subject(verb)
    named = all(t.pos_ in _NAMING for t in tokens) and any(may_speak(t) for t in tokens)
    return tokens if named and (doer is None or doer in tokens) and not is_passive(verb) else []


def _by_nobody(verb: Token) -> bool:
    """ "Neither side would confirm", "none of the envoys commented"."""
    doer = own_subject(verb)
    return doer is not None and (
        doer.lower_ in {"neither", "none", "nobody"} or any(c.lower_ in {"neither", "no"} for c in doer.children)
    )


def _silence(parse: Parse, verb: Token, stop: int) -> Draft | None:
    """ "did not say whether", "would not comment": declining, told as an act."""
    if verb.lemma_ not in _SILENT or is_infinitive(verb) or not (is_negated(verb) or _by_nobody(verb)):
        return None
    if modal(verb) not in {None, "would"} or verb.dep_ in {"relcl", "ccomp"}:
        return None
    if verb.dep_ == "conj" and verb.head.lemma_ in _SILENT and is_negated(verb.head):
        return None
    source = source_of(parse, verb)
    content = after(verb, stop, "ccomp", "dobj", "prep", "advcl", "conj")
    if not source or not content or not any(may_speak(t) for t in source):
        return None
    cue = [c for c in verb.children if c.dep_ in {"aux", "neg"} and c.i < verb.i]
    return Draft(verb, source, cue or [verb], [(verb.i, content[-1][1])], "silence", confidence=0.6)
