"""Relations that one page draws itself: a denial beside what it denies, an answer beside the question, a refusal beside the demand.

Explicit words come first (a denial around the allegation it names), then what stands in the same passage with a matching
content. Each rule abstains where two readings are possible: a denial that is tied to the wrong charge is worse than one that is
tied to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Act, Basis, Denied, Polarity, RelationKind
from onrecord.relations.lines import Line, other_side, same_side
from onrecord.relations.named import calls_untrue
from onrecord.relations.words import is_class, overlap, terms

#: How far back, in statements and in paragraphs, a reply reaches for what it replies to.
REACH, PARAGRAPHS = 12, 8
#: A denial without an object of its own ("denied the charge") reaches over so many statements only.
NEAR = 4

_ALLEGATION = re.compile(
    r"^\W*(?:(?:the|these|those|that|this|any|all|such|what|an?|as|its|his|her|their|\w+['’]s|[A-Z]\w+)\W+){0,4}"
    r"(?:latest |new |repeated |similar )?"
    r"(?:accusations?|allegations?|charges?|claims?|suggestions?|reports?|rumou?rs?|assertions?|insinuations?|idea|notion|complaints?)\b",
)
_GENERIC = re.compile(
    r"^\W*(?:(?:being|having|that (?:it|he|she|they)|it|he|she|they|was|is|were|are|had|has|played|having|any|a|an|the|all|this|that|these|"
    r"those|such|its|his|her|their|own|direct|military|no|country|government|side|army|troops|forces)\W+)*"
    r"(?:part|role|roles|hand|involvement|involved|responsibility|responsible|wrongdoing|guilt|knowledge|accusations?|allegations?|charges?|"
    r"claims?|driving force|behind|anything to do with|it|this|that|everything)\b",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:role|part in|hand in|involve\w*|responsib\w*|driving force|behind|(?:no|any)thing to do with|party to)\b",
    re.I,
)
_INTENT = re.compile(
    r"\b(?:plans?|planned|planning|intend\w*|intention\w*|intent|aim\w*|seek\w*|purpose|prepar\w*|threaten\w*|directed (?:at|against))\b",
    re.I,
)
#: What asks for an answer, before the one who gives it.
_ASKED = re.compile(
    r"\b(?:asked (?:about|whether|if|to comment)|respond(?:ed|ing|s) to|in response to|in reply to|reply(?:ing)? to|replied to|reacting to|"
    r"reacted to|commenting on|commented on|answering|in answer to|when told (?:of|that)|told of)\b(?P<what>[^.“\"]{0,120})",
    re.I,
)
#: Words for what somebody said: who is asked about it answers it even where nothing of its content comes back.
_SAYING = re.compile(
    r"\b(?:remarks?|comments?|words|statements?|speech|accusations?|charges?|allegations?|claims?|demands?|calls?|proposals?|offers?|"
    r"reports?|letter|criticism|warnings?|threats?)\b",
    re.I,
)
#: Terms that a denial has beside an object of its own.
_EMPTY = terms("driving force military behind anything everything wrongdoing guilt knowledge responsibility such")
#: "No such promise was made": the noun says what act it was.
_NAMED_ACTS = {
    "promise": Act.PROMISE, "pledge": Act.PROMISE, "assurance": Act.PROMISE, "offer": Act.OFFER, "proposal": Act.OFFER,
    "demand": Act.DEMAND, "request": Act.REQUEST, "threat": Act.THREATEN, "agreement": Act.AGREE, "accusation": Act.ACCUSE,
    "warning": Act.WARN,
}  # fmt: skip
_SUCH = re.compile(rf"\bsuch (?:an? )?({'|'.join(_NAMED_ACTS)})s?\b", re.I)
_DEMANDS = frozenset({Act.DEMAND, Act.REQUEST})
_PROPOSALS = frozenset({Act.OFFER, Act.DEMAND, Act.REQUEST})
_CHARGES = frozenset({Act.ACCUSE, Act.ASSERT, Act.CONDEMN, Act.ANNOUNCE, Act.WARN})
#: What a demand takes as so: who is told to stop does it, who is told to withdraw has something there.
PRESUPPOSING = frozenset({"stop", "leave", "free"})
_BACKWARD = re.compile(r"^\W*(?:(?:the|that|this|these|those|any|such|it|its|their)\W+)*(?:it|this|that|them|so|demands?|requests?|proposals?|offers?|calls?|"
                       r"ideas?|plans?|ultimatum|appeals?|invitations?|statement)?\W*$", re.I)  # fmt: skip
#: "It was not done": a denial of what was said just before, by nothing but a pronoun and a negation.
_SAID_BACK = re.compile(
    r"^\W*(?:it|this|that|they|none of (?:it|this|that|them))\s+(?:(?:is|was|has|had|have|were|are|did|does|do|could|can)\s*(?:not|n['’]t|never)(?:\s+been)?|"
    r"never\s+(?:was|were|had|did|has))(?:\s+(?:be\s+)?(?:done|so|true|the case|happened|happen|kept|correct|finished|completed|there))?\W*$"
    r"|^\W*none of (?:it|this|that) (?:is|was|had been) (?:true|so|done)\W*$",
    re.I,
)
#: A promise to take away what the sentence has named before.
_TAKE_IT = re.compile(r"\b(?:withdraw|remove|move|pull|take|bring|evacuate)\w*\s+(?:it|them)\b", re.I)
#: That one's own side has nothing of what it is told to take away: "had no soldiers there".
_NONE = re.compile(r"\b(?:no|not (?:one|a|any|a single)|never|none|nothing)\b|n['’]t\b", re.I)
#: What is sent and taken away.
THINGS = frozenset({"troops", "fighters", "arms"})
#: "The spokeswoman was responding to the report, which said that ...": what is answered stands after the answer.
_RESPONDING = re.compile(
    r"\b(?:was|were) (?:responding|replying|reacting) to\b|\b(?:came|comes|was|were) in (?:response|reply|answer) to\b",
    re.I,
)
#: "The two denials sat uneasily with the findings, ...": a report that the page sets beside the denials before it.
_DENIALS_NAMED = re.compile(r"\bdenials?\b", re.I)
_NOT_READY = re.compile(
    r"\b(?:not (?:be )?(?:ready|prepared|willing)|refus\w*|would not|will not|cannot|could not)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Bond:
    """That one line does something to another, before anybody has asked whether the two are on record in other pages."""

    kind: RelationKind
    subject: Line
    object: Line
    basis: tuple[Basis, ...]
    confidence: float
    rule: str
    denied: Denied | None = None
    parts: tuple[int, int] | None = None


def bonds(page: Sequence[Line]) -> Iterator[Bond]:
    """The bonds of one page, its lines in text order."""
    inside: dict[str, list[Line]] = {line.id: [] for line in page}
    for line in page:
        if line.nested_in in inside:
            inside[line.nested_in].append(line)
    for number, line in enumerate(page):
        before = [other for other in page[max(0, number - REACH) : number] if _near(other, line)]
        asked = _answered(line, before)
        if is_denial(line):
            yield from _denials(line, inside[line.id], before, page[number + 1 : number + 3], asked)
        else:
            yield from _plainly_denied(line, before)
        yield from _after_the_answer(line, before)
        yield from _taken_back(line, before)
        if line.act in (Act.REJECT, Act.AGREE):
            yield from _replies(line, inside[line.id], before)
        if asked is not None:
            yield asked


def is_denial(line: Line) -> bool:
    """True when the line says that an alleged fact is not so: by its act, or as the refusal of an allegation."""
    return line.act is Act.DENY or (line.act is Act.REJECT and names_allegation(line)) or calls_untrue(line)


def names_allegation(line: Line) -> bool:
    """True when the content names an allegation before anything else ("the charge", "Western accusations ...")."""
    return _ALLEGATION.match(line.text) is not None


def denied_by(line: Line) -> Denied:
    """What a denial denies, by its own words: a purpose, a part in it, else the fact."""
    if _INTENT.search(line.text):
        return Denied.INTENT
    return Denied.ROLE if _ROLE.search(line.text) else Denied.FACT


def concerns(line: Line, sides: Sequence[str]) -> bool:
    """True when a line is aimed at one of the sides, or names one in its content."""
    if set(line.targets) & set(sides):
        return True
    return any(
        n.side in sides and any(c.start <= n.span.start and n.span.end <= c.end for c in line.content)
        for n in line.names
    )


def _near(other: Line, line: Line) -> bool:
    return line.paragraph < 0 or other.paragraph < 0 or line.paragraph - other.paragraph <= PARAGRAPHS


def _denials(
    line: Line, inside: Sequence[Line], before: Sequence[Line], after: Sequence[Line], asked: Bond | None
) -> Iterator[Bond]:
    kind, denied = RelationKind.DENIES, denied_by(line)
    nested = [o for o in inside if _may_be_denied(o) and not same_side(o, line)]
    if nested:
        for charge in nested:
            yield Bond(kind, line, charge, (Basis.EXPLICIT_WORDS,), 0.95, "denial names allegation", denied)
        # A denial in the speaker's own words may follow the one that names the allegation.
        for other in after:
            if (
                is_denial(other)
                and same_side(other, line)
                and not other.nested_in
                and other.paragraph == line.paragraph
            ):
                for charge in nested:
                    if len(charge.terms & other.terms) >= 1 and overlap(charge.terms, other.terms) >= 0.25:
                        again = (Basis.SAME_PASSAGE, Basis.PROPOSITION_MATCH)
                        yield Bond(kind, other, charge, again, 0.8, "denial said again", denied_by(other))
        return
    such = _such(line, before)
    if such is not None:
        yield Bond(kind, line, such, (Basis.EXPLICIT_WORDS, Basis.SAME_PASSAGE), 0.8, "denial of such a thing", denied)
        return
    charges = [o for o in before if _is_charge(o, line)]
    best = _best_match(line, charges)
    if best is not None:
        basis: tuple[Basis, ...] = (Basis.SAME_PASSAGE, Basis.PROPOSITION_MATCH)
        explicit = asked is not None and asked.object.id == best.id
        basis = (Basis.EXPLICIT_WORDS, *basis) if explicit else basis
        yield Bond(kind, line, best, basis, 0.9 if explicit else 0.8, "denial matches charge", denied)
        return
    meant = _charge_named(line, charges)
    if meant is not None:
        yield Bond(kind, line, meant, (Basis.EXPLICIT_WORDS, Basis.SAME_PASSAGE), 0.8, "denial of the charge", denied)
        return
    back = _said_back(line, before)
    if back is not None:
        yield back
        return
    if _GENERIC.match(line.text) or names_allegation(line):
        close = [o for o in charges if o.act not in _DEMANDS and (o.presupposed or not o.nested_in)][-NEAR:]
        aimed = [o for o in close if set(o.targets) & set(line.sides)]
        if aimed and _since(before, aimed[-1]) <= NEAR and _may_point_at(line, aimed[-1]):
            yield Bond(kind, line, aimed[-1], (Basis.SAME_PASSAGE,), 0.7, "denial follows charge", denied)


def _said_back(line: Line, before: Sequence[Line]) -> Bond | None:
    """What "it was not done" is about: the last thing that another side told as so, in the same paragraph or the one before."""
    if line.polarity is not Polarity.NEGATIVE or _SAID_BACK.match(line.text) is None:
        return None
    told = [o for o in before if not o.nested_in and o.paragraph >= line.paragraph - 1]
    if not told or not other_side(told[-1], line):
        return None
    meant = told[-1]
    if meant.act not in _CHARGES | {Act.ACKNOWLEDGE, Act.DENY} or meant.polarity is Polarity.NEGATIVE:
        return None
    return Bond(
        RelationKind.DENIES, line, meant, (Basis.SAME_PASSAGE,), 0.75, "denial of what was just said", Denied.FACT
    )


def _plainly_denied(line: Line, before: Sequence[Line]) -> Iterator[Bond]:
    """What a plain negative sentence denies: what was just said, or that its own side has what another says it has there."""
    if line.act is not Act.ASSERT or line.polarity is not Polarity.NEGATIVE or line.nested_in:
        return
    back = _said_back(line, before)
    if back is not None:
        yield back
        return
    things = line.terms & THINGS
    if not things or _NONE.search(line.text) is None or not concerns(line, line.sides):
        return
    charges = [o for o in before if things & o.terms and _is_charge(o, line)]
    best = _best_match(line, charges)
    if best is not None:
        basis = (Basis.SAME_PASSAGE, Basis.PROPOSITION_MATCH)
        yield Bond(RelationKind.DENIES, line, best, basis, 0.75, "has none of what is charged", denied_by(line))


def _after_the_answer(line: Line, before: Sequence[Line]) -> Iterator[Bond]:
    """Answers and denials that stand before what they answer, where the words around it say so."""
    responding = _RESPONDING.search(line.sentence)
    if responding is not None and all(responding.end() <= span.start for span in line.content):
        named = {n.side for n in line.names if n.span.end <= responding.start()}
        given = [
            o
            for o in before[-3:]
            if other_side(o, line)
            and set(o.sides) & named
            and line.paragraph - o.paragraph <= 1
            and not _overlap(o, line)
        ]
        denials = [o for o in given if is_denial(o)]
        if given:
            answer = (denials or given)[-1]
            basis = (Basis.EXPLICIT_WORDS, Basis.SAME_PASSAGE)
            yield Bond(RelationKind.ANSWERS, answer, line, basis, 0.8, "responding to it")
            if denials and answer.terms & line.terms and _may_be_denied(line):
                match = (*basis, Basis.PROPOSITION_MATCH)
                yield Bond(
                    RelationKind.DENIES, answer, line, match, 0.8, "denies what it responds to", denied_by(answer)
                )
    named_so = _DENIALS_NAMED.search(line.sentence)
    if named_so is None or not _may_be_denied(line) or line.polarity is Polarity.NEGATIVE:
        return
    if any(span.start <= named_so.start() < span.end for span in line.content):
        return
    for other in before:
        close = line.paragraph - other.paragraph <= 1 and other_side(other, line) and not other.nested_in
        if close and is_denial(other) and set(line.targets) & set(other.sides):
            basis = (Basis.EXPLICIT_WORDS, Basis.SAME_PASSAGE)
            yield Bond(RelationKind.DENIES, other, line, basis, 0.75, "set beside the denial", denied_by(other))


def _taken_back(promise: Line, before: Sequence[Line]) -> Iterator[Bond]:
    """What one side says it does not have, and in the same sentence has promised to take away: "had no guns there, a day after ..."."""
    if promise.act not in (Act.PROMISE, Act.AGREE) or _TAKE_IT.search(promise.text) is None:
        return
    for other in before:
        one_sentence = other.offset == promise.offset and other.sentence == promise.sentence
        none = (
            other.polarity is Polarity.NEGATIVE and bool(other.terms & THINGS) and _NONE.search(other.text) is not None
        )
        if one_sentence and none and same_side(other, promise) and promise.day < other.day:
            rule = "promised to take away what is not there"
            yield Bond(RelationKind.CONTRADICTS, other, promise, (Basis.SAME_PASSAGE,), 0.75, rule)


def _overlap(one: Line, two: Line) -> bool:
    """True when two lines share characters of the page: two readings of one place say nothing to each other."""
    return one.start < two.end and two.start < one.end


def _charge_named(line: Line, charges: Sequence[Line]) -> Line | None:
    """The one accusation that "the charge" or "any part" can mean: the last one against the side that denies it."""
    if line.terms - _EMPTY or not (names_allegation(line) or _GENERIC.match(line.text)):
        return None
    accusations = [o for o in charges if o.act is Act.ACCUSE and set(o.targets) & set(line.sides)]
    return accusations[-1] if accusations else None


def _such(line: Line, before: Sequence[Line]) -> Line | None:
    """What "no such promise was made" is about: the line that told of the promise, an outer saying before the inner one."""
    found = _SUCH.search(line.text)
    if found is None:
        return None
    act = _NAMED_ACTS[found[1].casefold()]
    told = [o for o in before[-NEAR - 2 :] if o.act is act]
    if not told:
        return None
    outer = [o for o in before if o.id == told[-1].nested_in]
    meant = outer[-1] if outer else told[-1]
    return None if same_side(meant, line) else meant


def _since(before: Sequence[Line], line: Line) -> int:
    """How many statements stand between a line and the end of `before`."""
    return len(before) - 1 - [o.id for o in before].index(line.id)


def _may_point_at(line: Line, charge: Line) -> bool:
    """True when a denial without an object of its own can mean the charge: nothing else of a content stands in its way."""
    rest = line.terms - _EMPTY
    return charge.paragraph >= line.paragraph - 1 and (
        not rest or charge.act is Act.ACCUSE or bool(rest & charge.terms)
    )


def _may_be_denied(line: Line) -> bool:
    return (line.presupposed and line.act not in (Act.PROMISE, Act.AGREE)) or line.act in _CHARGES


def _is_charge(other: Line, line: Line) -> bool:
    """True when the line can be what a denial is about: the other side's, about this one, or a demand that takes it as so."""
    if not other_side(other, line) or is_denial(other) or not concerns(other, line.sides):
        return False
    if other.act in _DEMANDS:
        return bool(set(other.targets) & set(line.sides)) and bool(other.terms & PRESUPPOSING)
    return other.act in _CHARGES and (other.polarity is Polarity.AFFIRMATIVE or other.act is Act.ACCUSE)


def _best_match(line: Line, charges: Sequence[Line]) -> Line | None:
    """The charge whose content the denial shares most of: two terms at least, or all that a short denial has."""
    scored = []
    for number, charge in enumerate(charges):
        own = line.terms - PRESUPPOSING
        shared = own & (charge.terms - PRESUPPOSING)
        # One word in common is enough of a short denial, and only against what is aimed at the side that denies.
        short = len(own) == 1 or set(charge.targets) & set(line.sides)
        if len(shared) >= 2 or (shared and short and overlap(own, charge.terms) >= 0.5):
            part = max(len(shared & terms_) for terms_ in charge.part_terms)
            # An accusation is what is denied, if it shares more than one word that fits everything.
            weight = part + (charge.act is Act.ACCUSE and part >= 2)
            specific = sum(not is_class(term) for term in shared)
            rank = (weight, specific, len(shared), overlap(own, charge.terms), not charge.nested_in, number)
            scored.append((rank, charge))
    if not scored:
        return None
    return max(scored, key=lambda s: s[0])[1]


def _answered(line: Line, before: Sequence[Line]) -> Bond | None:
    """What the line answers by its own words ("Asked about Voss's remarks, ...")."""
    found = _ASKED.search(line.sentence)
    if found is None or any(c.start <= found.start() < c.end for c in line.content):
        return None
    named = {n.side for n in line.names if found.start("what") <= n.span.start < found.end("what")} - set(line.sides)
    candidates = [
        o
        for o in before
        if other_side(o, line) and (set(o.sides) & named or not named) and not o.nested_in and not _overlap(o, line)
    ]
    if not candidates:
        return None
    aimed = [o for o in candidates if concerns(o, line.sides)] or (candidates if named else [])
    asked_terms = terms(found["what"]) | line.terms

    def fit(pair: tuple[int, Line]) -> tuple[int, int]:
        return (len(asked_terms & pair[1].terms), pair[0])

    if not aimed:
        return None
    best = max(enumerate(aimed), key=fit)[1]
    shared = bool(asked_terms & best.terms)
    if not shared and not (named and _SAYING.search(found["what"]) and concerns(best, line.sides)):
        return None
    basis = (Basis.EXPLICIT_WORDS, Basis.SAME_PASSAGE, *((Basis.PROPOSITION_MATCH,) if shared else ()))
    confidence = 0.85 if named and shared else 0.7
    return Bond(RelationKind.ANSWERS, line, best, basis, confidence, "asked about it")


def _replies(line: Line, inside: Sequence[Line], before: Sequence[Line]) -> Iterator[Bond]:
    """What a refusal refuses, what an agreement accepts."""
    if line.act is Act.REJECT and names_allegation(line):
        return
    kind = RelationKind.REJECTS if line.act is Act.REJECT else RelationKind.ACCEPTS
    nested = [o for o in inside if o.act in _PROPOSALS and not same_side(o, line)]
    for proposal in nested:
        yield Bond(kind, line, proposal, (Basis.EXPLICIT_WORDS,), 0.95, "names the proposal")
    if nested:
        return
    open_ = [
        o
        for o in before
        if o.act in _PROPOSALS
        and other_side(o, line)
        and not (o.nested_in and _has_outer(o, before))
        and _addressed(o, line)
    ]
    if not open_:
        return
    matched = [o for o in open_ if len(o.terms & line.terms) >= 2 or overlap(o.terms, line.terms) >= 0.5]
    if matched:
        basis = (Basis.SAME_PASSAGE, Basis.PROPOSITION_MATCH)
        yield Bond(kind, line, matched[-1], basis, 0.85, "matches the proposal")
    elif _since(before, open_[-1]) < NEAR and (
        _BACKWARD.match(line.text) or (_NOT_READY.search(line.text) and len(line.terms) <= 1)
    ):
        yield Bond(kind, line, open_[-1], (Basis.SAME_PASSAGE,), 0.75, "follows the proposal")


def _has_outer(line: Line, before: Sequence[Line]) -> bool:
    return any(o.id == line.nested_in and same_side(o, line) and o.act in _PROPOSALS for o in before)


def _addressed(proposal: Line, line: Line) -> bool:
    """True when the proposal was put to the side that replies, or to nobody by name."""
    return not proposal.targets or bool(set(proposal.targets) & set(line.sides))
