"""The forms in which headlines use cue verbs: "vows", "say", "accused of", matched by spelling because no parser knows their grammar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Token

from onrecord.model import Act
from onrecord.reading.lexicon import CueKind, VerbCue, headline_cues, noun_cues, verb_cues


class Form(StrEnum):
    """The form of a verb as far as headlines tell them apart."""

    SINGULAR = "says"
    PLURAL = "say"
    PAST = "said"


_PAST = {
    "say": "said", "tell": "told", "swear": "swore", "write": "wrote", "speak": "spoke", "make": "made", "give": "gave", "hold": "held",
    "deny": "denied", "admit": "admitted", "quit": "quit", "read": "read", "forbid": "forbade", "mean": "meant",
}  # fmt: skip
#: Participles after the one who is charged, asked or judged, what links them to the rest, and the act that somebody unnamed did.
PASSIVES: dict[str, tuple[frozenset[str], Act]] = {
    "accused": (frozenset({"of", "over"}), Act.ACCUSE),
    "blamed": (frozenset({"for", "over"}), Act.ACCUSE),
    "suspected": (frozenset({"of"}), Act.ACCUSE),
    "urged": (frozenset({"to"}), Act.DEMAND),
    "told": (frozenset({"to"}), Act.DEMAND),
    "ordered": (frozenset({"to"}), Act.DEMAND),
    "pressed": (frozenset({"to"}), Act.DEMAND),
    "asked": (frozenset({"to"}), Act.REQUEST),
    "warned": (frozenset({"of", "over", "against", "not"}), Act.WARN),
    "condemned": (frozenset({"for", "over"}), Act.CONDEMN),
    "criticised": (frozenset({"for", "over"}), Act.CONDEMN),
    "criticized": (frozenset({"for", "over"}), Act.CONDEMN),
    "slammed": (frozenset({"for", "over"}), Act.CONDEMN),
    "praised": (frozenset({"for", "over"}), Act.SUPPORT),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in a headline: the numbers of its first and last token, the rows of the table that fit, and the form of its verb."""

    first: int
    last: int
    rows: tuple[VerbCue, ...]
    form: Form


@cache
def _forms() -> dict[str, tuple[tuple[Form, str], ...]]:
    found: dict[str, set[tuple[Form, str]]] = {}
    for lemma in (*verb_cues(), *headline_cues()):
        if not lemma.isalpha():
            continue
        found.setdefault(_singular(lemma), set()).add((Form.SINGULAR, lemma))
        found.setdefault(lemma, set()).add((Form.PLURAL, lemma))
        found.setdefault(_past(lemma), set()).add((Form.PAST, lemma))
    return {form: tuple(sorted(pairs)) for form, pairs in found.items()}


def may_say(words: Iterable[str]) -> bool:
    """True when a word of a line, in small letters, could be a cue: a verb of the tables in some form, a participle of blame, "according"."""
    return any(w in _forms() or w in PASSIVES or w == "according" for w in words)


def _singular(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeo" else lemma + "s"


def _past(lemma: str) -> str:
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("y") and lemma[-2] not in "aeo":
        return lemma[:-1] + "ied"
    return lemma + ("d" if lemma.endswith("e") else "ed")


def cues_at(tokens: Sequence[Token], at: int, stop: int, *, nouns: bool = False) -> list[Found]:
    """The readings of token number `at` as a cue of saying, the longest phrase first; particles follow it without a gap.

    A word that is a noun too ("claims", "demands") has to be a verb to the parser, or stand before "to", unless `nouns` says that
    its place makes it one.
    """
    found = []
    for form, lemma in _forms().get(tokens[at].lower_, ()):
        noun = lemma in noun_cues() and tokens[at].pos_ not in {"VERB", "AUX"} and not nouns
        unsure = form is not Form.PAST and noun and not (at + 1 < stop and tokens[at + 1].lower_ == "to")
        if unsure or (tokens[at].pos_ in {"ADJ", "ADP"} and form is not Form.SINGULAR):
            continue
        rows: dict[int, list[VerbCue]] = {}
        for row in (*verb_cues().get(lemma, ()), *headline_cues().get(lemma, ())):
            last = at + len(row.words) - 1
            if last < stop and all(tokens[at + n].lower_ == row.words[n] for n in range(1, len(row.words))):
                rows.setdefault(last, []).append(row)
        for last, those in sorted(rows.items(), reverse=True):
            if any(row.kind is CueKind.SAY for row in those):
                found.append(Found(at, last, tuple(those), form))
    return sorted(found, key=lambda one: -one.last)
