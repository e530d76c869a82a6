"""The tense of a cue: whether it tells a saying, a standing position, or something that has not been said."""

from __future__ import annotations

import re
from enum import Enum

from onrecord.model import Span


class Tense(Enum):
    """What a cue's form tells about when."""

    PAST = "past"
    PRESENT = "present"
    PERFECT = "perfect"
    PLUPERFECT = "pluperfect"
    PARTICIPLE = "participle"
    MODAL = "modal"
    NOUN = "noun"


_BEFORE = re.compile(
    r"(?:\b(?P<had>had)|(?P<has>\bhas|\bhave|['’]ve|(?<=[a-z])['’]s)|(?P<modal>\b(?:will|would|may|might|could|should|can|must|to|shall)))"
    r"(?:\s(?:also|not|already|repeatedly|long|never|always|since|been|consistently|publicly|frequently|often|so far|now|again|made|it|be|have|just|recently|previously|earlier|once)){0,4}\s\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[A-Za-z]+")
_IRREGULAR = frozenset(
    {"bade", "began", "broke", "brought", "came", "did", "drew", "felt", "forbade", "foretold", "found", "gave", "held", "hit", "kept", "laid", "left", "let", "made", "met", "paid", "put", "read", "said", "sent", "set", "shot", "sought", "spoke", "stood", "swore", "thought", "threw", "told", "took", "vowed", "was", "went", "were", "withdrew", "wrote"}
)  # fmt: skip
_NOUNS = re.compile(
    r"(?:ation|ations|ment|ments|al|als|claim|claims|charge|charges|remark|remarks|comment|comments|words|warning|warnings|demand|demands|report|reports|statement|according|promise|threat|threats|call|calls|pledge)\Z",
    re.IGNORECASE,
)


def tense_of(text: str, cue: tuple[Span, ...], sentence: Span) -> Tense:
    """The tense of the cue, from its own form and the auxiliaries before it."""
    if not cue:
        return Tense.NOUN
    words = cue[0].of(text)
    first = _FIRST.search(words)
    if first is None:
        return Tense.PAST
    verb = first.group().lower()
    if verb in ("has", "have", "had"):
        return Tense.PLUPERFECT if verb == "had" else Tense.PERFECT
    if verb in ("will", "would", "may", "might", "could", "should", "to"):
        return Tense.MODAL
    before = _BEFORE.search(text, max(sentence.start, cue[0].start - 48), cue[0].start)
    if before is not None:
        if before["had"]:
            return Tense.PLUPERFECT
        return Tense.PERFECT if before["has"] else Tense.MODAL
    if verb in ("called", "asked", "made") or verb in _IRREGULAR or verb.endswith("ed"):
        return Tense.PAST
    if verb.endswith("ing"):
        return (
            Tense.NOUN
            if verb in ("according", "warning") and words.lower().startswith("according")
            else Tense.PARTICIPLE
        )
    if _NOUNS.search(verb) and _preceded_as_noun(text, cue[0], sentence):
        return Tense.NOUN
    return Tense.PRESENT


def _preceded_as_noun(text: str, cue: Span, sentence: Span) -> bool:
    before = text[max(sentence.start, cue.start - 12) : cue.start]
    return cue.start == sentence.start or bool(
        re.search(
            r"(?:\b(?:the|a|an|its|his|her|their|any|such|by|as|of|to|western|russian)|['’]s|\A)\s{0,2}\Z",
            before,
            re.IGNORECASE,
        )
    )
