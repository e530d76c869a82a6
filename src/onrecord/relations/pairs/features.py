"""What the words of two statements tell without any network: one row of numbers for a pair, the same whatever the names are.

The lists of words are ours: what news of disputes uses to deny, confirm, ask, refuse and leave open, and words that cannot both
hold of one thing. Names that are marked in a statement are left out before anything is compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from onrecord.model import Span
from onrecord.relations.pairs.types import Saying
from onrecord.relations.words import is_class, numbers, overlap, proper_terms, terms

_NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|hardly|cannot|nowhere)\b|n['’]t\b",
    re.I,
)
#: What stands around a content: words of saying by what they make of it.
_FRAMES = tuple(
    re.compile(rf"\b(?:{words})\b", re.I)
    for words in (
        r"den(?:y|ies|ied|ying)|dismiss\w*|reject\w*|refut\w*|dispute[ds]?|brushed|rul(?:ed?|es) out|contest\w*|rebut\w*",
        r"false|untrue|not true|lies?|invent\w*|myth|fictions?|nonsense|fabricat\w*|fairy tale|yarn|rubbish|baseless|absurd|wrong|no truth|made up",
        r"confirm\w*|admit\w*|acknowledg\w*|conced\w*|grant(?:s|ed)|own(?:s|ed) up|no longer den\w+|recogni[sz]ed",
        r"repeat\w*|again|reiterat\w*|maintain\w*|insist\w*|stood by|renewed|once more|restat\w*",
        r"demand\w*|call(?:s|ed) (?:on|for)|urg(?:e[ds]?|ing)|ask(?:s|ed)|request\w*|appeal\w*|must|should|press(?:es|ed) for",
        r"refus\w*|declin\w*|would not (?:say|comment)|no comment|silent|did not (?:answer|say)",
        r"whether|if|too early|look into|proof|evidence|rumou?rs?|studied|study|consider\w*",
        r"warn\w*|threat\w*|consequences",
        r"offer\w*|propos\w*|promis\w*|pledg\w*|vow\w*|undert(?:ook|akes?)",
        r"accus\w*|alleg\w*|charg(?:e[ds]?|ing)|blam\w*|condemn\w*|protest\w*|complain\w*",
        r"nobody|none|never|not once|at no time|no one",
        r"plans?|intend\w*|intention|aims?|will|would|going to",
    )
)
#: Words that cannot both hold of one thing, each row two sides of one matter.
_OPPOSED = (
    ("open opened opens reopened remain", "closed close closes shut sealed locked barred blocked"),
    ("withdrew withdrawn left leave gone pulled", "stay stays stayed remain remained remains there still kept"),
    ("arrested detained held jailed captured prisoner cell seized", "free freed released liberty walked home"),
    ("alive well healthy safe", "dead died killed death"),
    ("accept accepted agree agreed signed welcomed", "refuse refused reject rejected unsigned declined"),
    ("began begun started resumed", "ended stopped halted suspended cancelled over"),
    ("rose rise higher more increased grew doubled", "fell fall lower less fewer cut reduced halved"),
    ("accident mistake chance storm weather rock", "deliberate deliberately purpose intent ordered planned"),
    ("paid pay payment transferred", "unpaid owed owes withheld outstanding"),
    ("allowed admitted let granted invited access", "barred refused turned kept denied excluded"),
    ("working intact works running undamaged", "broken damaged destroyed wrecked failed idle"),
    ("all every whole full entire", "none half part some partly"),
    ("before earlier first", "after later last"),
    ("civilian peaceful medical unarmed", "military armed soldiers weapons troops"),
    ("empty nothing vacant deserted", "loaded full carried crowded manned"),
    ("kept honoured respected observed", "broke broken violated breached ignored"),
    ("here inside within own", "outside beyond abroad elsewhere harbour"),
    ("genuine real authentic true", "forged fake false staged invented"),
)
_OPPOSITES = tuple((frozenset(one.split()), frozenset(two.split())) for one, two in _OPPOSED)
_FIGURES = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "half",
        "third",
        "quarter",
        "dozen",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "spring",
        "summer",
        "autumn",
        "winter",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is taken from one statement before it is compared."""

    content: str
    words: frozenset[str]
    terms: frozenset[str]
    around: frozenset[str]
    proper: frozenset[str]
    numbers: frozenset[str]
    figures: frozenset[str]
    own: tuple[float, ...]
    named: tuple[bool, bool]


def features(pairs: Sequence[tuple[Saying, Saying]]) -> npt.NDArray[np.float64]:
    """One row for each pair, the earlier statement first: what the two have in common, then what each has of its own."""
    return np.asarray([_row(one, two) for one, two in pairs], dtype=np.float64)


def _row(one: Saying, two: Saying) -> list[float]:
    a, b = _seen(one), _seen(two)
    shared, either = a.terms & b.terms, a.terms | b.terms
    opposed = sum(bool(a.words & x and b.words & y) or bool(a.words & y and b.words & x) for x, y in _OPPOSITES)
    agreed = sum(bool(a.words & x and b.words & x) or bool(a.words & y and b.words & y) for x, y in _OPPOSITES)
    same = float(one.side == two.side)
    turned = float((a.own[0] % 2) != (b.own[0] % 2))
    whole = float((a.own[1] % 2) != (b.own[1] % 2))
    alike = len(shared) / max(1, len(either))
    row = [
        same,
        float(len(shared)),
        overlap(a.terms, b.terms),
        alike,
        float(len(a.around & b.around)),
        overlap(a.around, b.around),
        float(len(a.terms)),
        float(len(b.terms)),
        float(sum(map(is_class, shared))),
        float(len(a.terms - b.terms)),
        float(len(b.terms - a.terms)),
        fuzz.ratio(a.content, b.content) / 100,
        fuzz.token_set_ratio(a.content, b.content) / 100,
        turned,
        whole,
        turned * alike,
        whole * alike,
        float(len(a.proper & b.proper)),
        float(bool(a.proper and b.proper and not a.proper & b.proper)),
        float(len(a.numbers & b.numbers)),
        float(bool(a.numbers and b.numbers and a.numbers != b.numbers)),
        float(len(a.figures & b.figures)),
        float(bool(a.figures and b.figures and not a.figures & b.figures)),
        float(opposed),
        float(agreed),
        float(a.named[0] and b.named[1]) + float(a.named[1] and b.named[0]),
        float(a.named[0] and b.named[0]) + float(a.named[1] and b.named[1]),
        float(max((len(t) for t in shared), default=0)),
    ]
    return [*row, *a.own, *b.own]


@lru_cache(maxsize=4096)
def _seen(saying: Saying) -> _Seen:
    content = _bare(saying, saying.content)
    around = _bare(saying, (Span(0, len(saying.text)),))
    words = frozenset(w[0].casefold() for w in _WORD.finditer(content))
    negative, all_negative = len(_NEGATIVE.findall(content)), len(_NEGATIVE.findall(around))
    frames = [len(frame.findall(around)) for frame in _FRAMES]
    # A denial around a content turns it as its own negation does.
    turning = negative + min(1, frames[0]) + min(1, frames[1])
    own = (
        float(negative),
        float(turning),
        float(all_negative),
        *map(float, frames),
        float(content.rstrip().endswith("?")),
        float(len(words)),
        float(re.match(r"^\W*(?:to|that)\b", content) is not None),
        float(re.match(r"^\W*\w+ing\b", content) is not None),
    )
    mine = [n.side == saying.side for n in saying.names if any(c.start <= n.span.start < c.end for c in saying.content)]
    return _Seen(
        content,
        words,
        terms(content),
        terms(around),
        proper_terms(content),
        numbers(content),
        words & _FIGURES,
        own,
        (any(mine), not all(mine)),
    )


def _bare(saying: Saying, spans: Sequence[Span]) -> str:
    """The words of the spans without the names marked in them."""
    kept = []
    for span in spans:
        at = span.start
        for name in saying.names:
            if span.start <= name.span.start and name.span.end <= span.end:
                kept.append(saying.text[at : name.span.start])
                at = name.span.end
        kept.append(saying.text[at : span.end])
    return " ".join(" ".join(kept).split())
