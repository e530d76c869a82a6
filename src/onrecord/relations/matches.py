"""Relations by what two lines say: repetitions and contradictions of one side, denials and refusals across pages.

The pair classifier decides among pairs that share sides and terms; a pair that shares too little is never put to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from onrecord.model import Act, Basis, Polarity, RelationKind, Span, joined_text
from onrecord.relations.ledgers.keys import content_key
from onrecord.relations.lines import Line, other_side, same_side
from onrecord.relations.named import calls_untrue, is_charge, named_reply, within
from onrecord.relations.pairs import PairClassifier, Saying, Verdict
from onrecord.relations.pairs.classifier import Calibration
from onrecord.relations.within import PRESUPPOSING, THINGS, Bond, concerns, denied_by, is_denial
from onrecord.relations.words import is_class, overlap, terms

#: Terms that two contents share at least before they are compared, and the share of the shorter one that these must be.
SHARED, SHARE = 2, 0.4
#: Terms that two contents share, two of them of a class of near synonyms, when they are about the same matter; and the share.
MATTER, SAME_MATTER = 3, 0.75
#: From here on two contents of the same act say the same whatever the classifier thinks: a house's spelling, a word more.
VERBATIM = 90.0
#: The least probability of a relation across pages or of a contradiction, where no words and no passage speak for it.
SURE = 0.9
#: The same for a denial of what the other side accused this one of, or demanded of it: on the samples' pages all of these hold.
LIKELY = 0.75

_FAMILIES = (
    frozenset({Act.DEMAND, Act.REQUEST}),
    frozenset({Act.ACCUSE, Act.CONDEMN, Act.ASSERT, Act.WARN, Act.ANNOUNCE, Act.ACKNOWLEDGE, Act.DENY, Act.SUPPORT}),
    frozenset({Act.PROMISE, Act.OFFER, Act.THREATEN, Act.AGREE, Act.ANNOUNCE}),
    frozenset({Act.REJECT}),
)
_FACTS = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE, Act.DENY, Act.ACCUSE, Act.PROMISE})
_CHARGES = frozenset({Act.ACCUSE, Act.ASSERT, Act.CONDEMN, Act.ANNOUNCE})


_DEMANDS = frozenset({Act.DEMAND, Act.REQUEST})
_TOLD = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE})
#: The share of terms from which a denial of a page speaks of the charge of another.
SAME = 0.6
#: What a negation holds for all time by.
_EVER = re.compile(r"\b(?:never|ever|at no time|(?:have|had|has|were|was) (?:been )?none)\b", re.I)
#: "no contact in this matter": what is pointed at stands on the page of the denial.
_POINTING = re.compile(r"\b(?:this|these|those|such) \w+", re.I)
_EMPTY = terms("ever never none time")
#: Two contents of one side are of one time when no more days lie between them.
ONE_TIME = 31
#: A reply that names what it replies to is tied to that on its own page.
_NAMED = re.compile(r"\b(?:demands?|calls?|requests?|appeals?|proposals?|offers?)\b", re.I)
#: A demand is answered on another page within so many days.
REPLIED = 122
#: A refusal to do in words that assert: "will not move its guns", "sees no reason to".
_WILL_NOT = re.compile(
    r"\b(?:will|would|shall)(?: \w+)? not\b|\b(?:is|are|was|were) not going to\b|\b(?:won|wouldn|shan)['’]t\b|\bno (?:reason|intention|plans?) (?:to|of)\b|"
    r"\brul(?:ed?|es|ing) out\b",
    re.I,
)
#: That the speaker's own side is spoken of.
_OURS = re.compile(r"\b(?:we|our|ours|us|its|their)\b", re.I)


@dataclass(frozen=True, slots=True)
class Question:
    """Two lines, the earlier first, the propositions compared, and what is asked of them; `named` when the later names the earlier."""

    earlier: Line
    later: Line
    kind: RelationKind
    parts: tuple[int, int] | None = None
    named: bool = False

    def sayings(self) -> tuple[Saying, Saying]:
        """What the classifier reads."""
        if self.parts is None:
            return self.earlier.saying(self._denied_part()), self.later.saying()
        later, earlier = self.parts
        return self.earlier.saying(self.earlier.parts[earlier]), self.later.saying(self.later.parts[later])

    def _denied_part(self) -> tuple[Span, ...] | None:
        """Of several things asked for or alleged the one that a denial shares most terms with; None for the whole content."""
        line = self.earlier
        if self.kind is not RelationKind.DENIES or len(line.parts) < 2:
            return None
        shared = [len(part & self.later.terms) for part in line.part_terms]
        return line.parts[shared.index(max(shared))]


def questions(one: Line, two: Line) -> list[Question]:
    """What is worth asking of two lines; nothing for most."""
    earlier, later = sorted((one, two), key=lambda line: line.order)
    if earlier.document == later.document:
        earlier, later = sorted((one, two), key=lambda line: (line.start, line.end, line.id))
    if one.id in (two.nested_in, two.id) or two.id == one.nested_in or one.presupposed or two.presupposed:
        return []
    if same_side(earlier, later):
        return [*_repeated(earlier, later), *_contradicted(earlier, later)]
    named = _named(earlier, later)
    if named is not None:
        return [named]
    if not other_side(earlier, later) or is_denial(earlier) or not concerns(earlier, later.sides):
        return []
    apart = earlier.document != later.document
    reply = _reply(earlier, later)
    if reply is not None:
        return [Question(earlier, later, reply)]
    # On one page the rules tie a denial to its charge; a plain negative sentence about oneself is asked about there too.
    plain = _plain_denial(later) and (not apart or is_charge(earlier))
    denies = (is_denial(later) and not _points(later)) or plain if apart else plain
    told = earlier.polarity is Polarity.AFFIRMATIVE or earlier.act in _DEMANDS | {Act.ACCUSE}
    if denies and told and earlier.act in _CHARGES | _DEMANDS and _alike(earlier, later):
        return [Question(earlier, later, RelationKind.DENIES)]
    return []


def names_it(one: Line, two: Line) -> bool:
    """True when one of two lines of different pages is a reply that names the other by the word for it."""
    return _named(*sorted((one, two), key=lambda line: line.order)) is not None


def _named(earlier: Line, later: Line) -> Question | None:
    """The question of a reply that names the other line; of two lines of one day either may be the reply."""
    if earlier.document == later.document:
        return None
    for one, two in ((earlier, later), (later, earlier))[: 2 if earlier.day == later.day else 1]:
        kind = named_reply(one, two)
        if kind is not None:
            return Question(one, two, kind, named=True)
    return None


def _reply(earlier: Line, later: Line) -> RelationKind | None:
    """Whether a side agrees to do, or will not do, on another page what it was asked for: the same action on the same thing."""
    if earlier.document == later.document or earlier.act not in _DEMANDS or not set(earlier.targets) & set(later.sides):
        return None
    refused = later.polarity is Polarity.NEGATIVE and (
        later.act in (Act.REJECT, Act.PROMISE, Act.DECLINE)
        or (later.act in (Act.ASSERT, Act.DENY, Act.ANNOUNCE) and _WILL_NOT.search(later.text) is not None)
    )
    agreed = later.act is Act.AGREE and later.polarity is Polarity.AFFIRMATIVE
    if not (refused or agreed) or not within(earlier, later, REPLIED) or _NAMED.search(later.text) is not None:
        return None
    if agreed and _same_words(earlier, later):
        return RelationKind.ACCEPTS
    asked, given = content_key(earlier.text), content_key(later.text)
    if not (asked.sure and given.sure and (asked.action, asked.object) == (given.action, given.object)):
        # Of several things asked for, one.
        parts = [content_key(joined_text(earlier.sentence, part)) for part in earlier.parts]
        if not any(k.sure and given.sure and (k.action, k.object) == (given.action, given.object) for k in parts):
            return None
    if len(earlier.terms & later.terms) < SHARED:
        return None
    return RelationKind.ACCEPTS if agreed else RelationKind.REJECTS


def _same_words(earlier: Line, later: Line) -> bool:
    """True when what is agreed to is what was asked for in nearly all its words, whether or not the table of words knows them."""
    shared = earlier.terms & later.terms
    return len(shared) >= MATTER and len(shared) >= SAME_MATTER * len(later.terms) and earlier.numbers >= later.numbers


def _plain_denial(line: Line) -> bool:
    own = concerns(line, line.sides) or _OURS.search(line.text) is not None
    return line.act in (Act.ASSERT, Act.DENY) and line.polarity is Polarity.NEGATIVE and own


def _points(line: Line) -> bool:
    """True when a line points at something on its own page."""
    return _POINTING.search(line.text) is not None


def _family(one: Line, two: Line) -> bool:
    return one.act is two.act or any(one.act in family and two.act in family for family in _FAMILIES)


def _repeated(earlier: Line, later: Line) -> list[Question]:
    if not _family(earlier, later) or is_denial(earlier) != is_denial(later):
        return []
    if earlier.document != later.document and is_denial(later) and (_points(earlier) or _points(later)):
        return []
    if set(earlier.targets) and set(later.targets) and not set(earlier.targets) & set(later.targets):
        return []
    if earlier.numbers and later.numbers and earlier.numbers != later.numbers:
        return []
    found = []
    for number, own in enumerate(later.part_terms):
        for other, theirs in enumerate(earlier.part_terms):
            shared = (own & theirs) - (later.proper & earlier.proper)
            enough = len(shared) >= SHARED or (len(shared) == 1 and min(len(own), len(theirs)) == 1)
            if enough and overlap(own, theirs) >= SHARE:
                found.append(Question(earlier, later, RelationKind.REPEATS, (number, other)))
    return found


def _contradicted(earlier: Line, later: Line) -> list[Question]:
    if earlier.act not in _FACTS or later.act not in _FACTS:
        return []
    question = Question(earlier, later, RelationKind.CONTRADICTS)
    if _taken_as_so(question):
        return [question]
    turned = (earlier.polarity is Polarity.NEGATIVE) != (later.polarity is Polarity.NEGATIVE)
    if not turned or not _of_one_time(earlier, later):
        return []
    alike = len(earlier.terms & later.terms) >= SHARED and overlap(earlier.terms, later.terms) >= 0.5
    return [question] if alike else []


def _of_one_time(earlier: Line, later: Line) -> bool:
    """True when two contents can speak of one time: what was so in May and is not in July has changed, and is no contradiction."""
    negative = later if later.polarity is Polarity.NEGATIVE else earlier
    if _EVER.search(negative.text):
        return True
    return within(earlier, later, ONE_TIME)


def _taken_as_so(question: Question) -> bool:
    """True when one line promises to take away what the other says was never there."""
    for promise, denial in ((question.earlier, question.later), (question.later, question.earlier)):
        things = promise.terms & denial.terms & THINGS
        if (
            promise.act in (Act.PROMISE, Act.AGREE, Act.ANNOUNCE, Act.ACKNOWLEDGE)
            and "leave" in promise.terms
            and denial.polarity is Polarity.NEGATIVE
            and denial.act in (Act.DENY, Act.ASSERT)
            and _EVER.search(denial.text)
            and things
            and len(promise.terms & denial.terms) > len(things)
        ):
            return True
    return False


def _against(question: Question) -> tuple[float, str] | None:
    """The confidence and the name of the rule by which two lines of one side cannot both be so, without any classifier."""
    if question.kind is not RelationKind.CONTRADICTS:
        return None
    if _taken_as_so(question):
        return 0.8, "promised to take away what was never there"
    lines = (question.earlier, question.later)
    negative, other = lines if question.earlier.polarity is Polarity.NEGATIVE else lines[::-1]
    if negative.act not in (Act.DENY, Act.ASSERT) or other.act not in _TOLD or _EVER.search(negative.text) is None:
        return None
    own = negative.terms - _EMPTY
    shared = own & other.terms
    if len(shared) < SHARED or shared != own or negative.numbers != other.numbers:
        return None
    doing = len(shared) >= MATTER or any(is_class(term) and term not in THINGS for term in shared)
    return (0.8, "denied ever, and told before") if doing else None


def _alike(earlier: Line, later: Line) -> bool:
    shared = earlier.terms & later.terms
    # A name alone is no matter.
    named_only = shared <= earlier.proper & later.proper
    return len(shared) >= SHARED and not named_only and overlap(earlier.terms, later.terms) >= SHARE


def answered(asked: Sequence[Question], classifier: PairClassifier | None) -> list[Bond]:
    """The bonds among the questions that the rules or the classifier affirm; without a classifier, those of the rules."""
    found = []
    open_ = []
    for question in asked:
        rule = _ruled(question)
        if rule is None:
            open_.append(question)
            continue
        later, earlier = question.later, question.earlier
        confidence, why = rule
        basis = (Basis.EXPLICIT_WORDS,) if question.named else (Basis.PROPOSITION_MATCH,)
        denied = denied_by(later) if question.kind is RelationKind.DENIES else None
        found.append(Bond(question.kind, later, earlier, basis, confidence, why, denied, question.parts))
    if classifier is not None and open_:
        for question, verdict in zip(open_, classifier.judge([q.sayings() for q in open_]), strict=True):
            bond = _bond(question, verdict, classifier.calibration)
            if bond is not None:
                found.append(bond)
    return found


def _ruled(question: Question) -> tuple[float, str] | None:
    """The confidence and the name of the rule that decides a question without any classifier; None where it is open."""
    if question.named:
        return 0.75, "names what it replies to"
    if question.kind in (RelationKind.REJECTS, RelationKind.ACCEPTS):
        return 0.8, "the same as was asked"
    if question.kind is RelationKind.DENIES:
        return (0.75, "denies what it was charged with") if _charge_denied(question) else None
    return _rule(question) if question.kind is RelationKind.REPEATS else _against(question)


def _charge_denied(question: Question) -> bool:
    """True when a side denies, soon after an accusation against it, most of what that says in its words."""
    earlier, later = question.earlier, question.later
    taken_as_so = earlier.act in _DEMANDS and bool(earlier.terms & PRESUPPOSING) and later.act is Act.DENY
    told = earlier.act is Act.ASSERT and earlier.polarity is Polarity.AFFIRMATIVE and later.act is Act.DENY
    if not (is_charge(earlier) or taken_as_so or told) or not set(earlier.targets) & set(later.sides):
        return False
    if not within(earlier, later, ONE_TIME):
        return False
    if earlier.document == later.document or not later.numbers <= earlier.numbers or calls_untrue(later):
        return False
    shared = (later.terms & earlier.terms) - PRESUPPOSING
    own = later.terms - PRESUPPOSING - _EMPTY
    return len(shared - (later.proper & earlier.proper)) >= SHARED and len(shared) >= SAME * len(own)


def _bond(question: Question, verdict: Verdict, calibration: Calibration) -> Bond | None:
    basis = (Basis.PROPOSITION_MATCH,)
    earlier, later = question.earlier, question.later
    if question.kind is RelationKind.REPEATS:
        if verdict.same < calibration.same:
            return None
        return Bond(question.kind, later, earlier, basis, verdict.same, "pair classifier", None, question.parts)
    least = (
        calibration.against
        if _speaks_for_it(question)
        else max(calibration.against, LIKELY if _charged(question) else SURE)
    )
    if verdict.against < least:
        return None
    denied = denied_by(later) if question.kind is RelationKind.DENIES else None
    return Bond(question.kind, later, earlier, basis, verdict.against, "pair classifier", denied)


def _charged(question: Question) -> bool:
    """True when a denial may be of an accusation against its own side, or of what a demand to that side takes as so."""
    earlier, later = question.earlier, question.later
    if question.kind is not RelationKind.DENIES or later.act is not Act.DENY:
        return False
    if earlier.act is not Act.ACCUSE and not (earlier.act in _DEMANDS and earlier.terms & PRESUPPOSING):
        return False
    return bool(set(earlier.targets) & set(later.sides))


def _speaks_for_it(question: Question) -> bool:
    """True when more than the contents speaks for a denial: it follows soon on a charge or demand, and is about its matter."""
    earlier, later = question.earlier, question.later
    if not _charged(question) or not _of_one_time(earlier, later):
        return False
    return any(_of_its_matter(part - PRESUPPOSING, earlier.terms) for part in later.part_terms)


def _of_its_matter(denied: frozenset[str], charged: frozenset[str]) -> bool:
    shared = denied & charged
    return len(shared) >= SHARED and any(map(is_class, shared)) and len(shared) >= SAME * len(denied)


def _rule(question: Question) -> tuple[float, str] | None:
    """The confidence and the name of the rule by which the later line repeats the earlier one, without any classifier."""
    earlier, later = question.earlier, question.later
    asks = earlier.act in _DEMANDS and later.act in _DEMANDS
    if (earlier.act is not later.act and not asks) or earlier.polarity is not later.polarity:
        return None
    if earlier.act is later.act and _verbatim(question):
        return 0.95, "nearly the same words"
    one, two = (line.part_terms[part] for line, part in zip((later, earlier), question.parts or (0, 0), strict=True))
    shared = one & two
    if one == two and len(one) >= MATTER and earlier.act is later.act:
        return 0.85, "the same terms"
    if len(shared) < MATTER or sum(is_class(term) for term in shared) < SHARED:
        return None
    if asks and set(earlier.targets) & set(later.targets) and overlap(one, two) >= 0.5:
        return 0.85, "the same asked of the same side"
    return (0.8, "the same matter") if overlap(one, two) >= SAME_MATTER else None


def _verbatim(question: Question) -> bool:
    one, two = (" ".join(s.of(saying.text).casefold() for s in saying.content) for saying in question.sayings())
    return fuzz.ratio(one, two) >= VERBATIM
