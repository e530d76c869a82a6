"""The words that say that somebody says something: tables of cue verbs and speech nouns, with how they are matched.

``verbs.tsv``: the cue (lemmas; particles and idioms spelled out), its frames (where the content stands), the act it
names, its kind and the reason for the row. ``headlines.tsv`` adds what headlines alone use. ``nouns.tsv``: speech nouns, what links them to their content, act, reason.
In the reasons, "SV85" is Searle and Vanderveken, Foundations of Illocutionary Logic (1985), chapter 9; "Levin 1993" is
English Verb Classes and Alternations, with the number of the class.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from onrecord.model import Act


class CueKind(StrEnum):
    """What a cue tells: that something is said, what somebody has in mind, or what is talked about."""

    SAY = "say"
    ATTITUDE = "attitude"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class VerbCue:
    """One row of ``verbs.tsv``: ``words`` are lemmas, the verb first."""

    words: tuple[str, ...]
    frames: frozenset[str]
    act: Act
    kind: CueKind


@dataclass(frozen=True, slots=True)
class NounCue:
    """One row of ``nouns.tsv``."""

    noun: str
    links: frozenset[str]
    act: Act


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this folder as column -> field."""
    lines = resources.files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def verb_cues() -> dict[str, tuple[VerbCue, ...]]:
    """The cue verbs by the lemma of their verb, longest phrases first."""
    return _cues("verbs.tsv")


@cache
def headline_cues() -> dict[str, tuple[VerbCue, ...]]:
    """The cue verbs that are sayings in headlines alone, by the lemma of their verb, longest phrases first."""
    return _cues("headlines.tsv")


def _cues(table: str) -> dict[str, tuple[VerbCue, ...]]:
    found: dict[str, list[VerbCue]] = {}
    for row in rows(table):
        words = tuple(row["cue"].split())
        cue = VerbCue(words, frozenset(row["frames"].split()), Act(row["act"]), CueKind(row["kind"]))
        found.setdefault(words[0], []).append(cue)
    return {lemma: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for lemma, cues in found.items()}


@cache
def noun_cues() -> dict[str, NounCue]:
    """The speech nouns by lemma."""
    return {
        row["noun"]: NounCue(row["noun"], frozenset(row["links"].split()), Act(row["act"])) for row in rows("nouns.tsv")
    }


@cache
def words(name: str, kind: str | None = None) -> frozenset[str]:
    """The entries of a word list ``name.tsv`` (columns word, kind, reason), all or those of one kind."""
    return frozenset(row["word"] for row in rows(f"{name}.tsv") if kind is None or row["kind"] == kind)
