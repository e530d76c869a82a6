"""The phrases of a headline: who may be its speaker, and where its parts begin and end."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from onrecord.model import MentionLabel
from onrecord.reading.grammar import DASHES
from onrecord.reading.headlines.cast import Cast, is_role
from onrecord.reading.lexicon import words
from onrecord.reading.parse import Parse

_LONGEST = 10
_INSIDE = frozenset({"PROPN", "ADJ", "NOUN", "NUM", "DET"})
_LINKS = frozenset({"of", "for", "the", "to", "'s", "’s", "-", ".", "’", "'"})
_ENDINGS = frozenset({"'s", "’s", "'", "’"})
#: Words that stand before a colon in many headlines and are nobody, though their like may speak.
_RUBRICS = frozenset(
    ["analysis", "opinion", "editorial", "comment", "watch", "video", "live", "exclusive", "updated", "update", "explainer",
     "interview", "profile", "timeline", "gallery", "letters", "podcast", "breaking", "review", "background"]
)  # fmt: skip


class Kind(StrEnum):
    """What a phrase names."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A phrase that may be a speaker: its tokens (the joined parts of several, too), and what its last word names."""

    tokens: tuple[Token, ...]
    kind: Kind
    joint: bool = False


class Line:
    """One line of a headline's kind as the rules look at it: tokens `start` to `stop` of a parse, and the page's cast."""

    def __init__(self, parse: Parse, cast: Cast, echoes: Callable[[str], bool]) -> None:
        self.parse = parse
        self.cast = cast
        self.tokens = list(parse.doc)
        #: True for words that the body has somebody say.
        self.echoes = echoes

    def quoted(self, i: int) -> bool:
        """True when token `i` stands between marks, or is a mark."""
        return self.parse.quoted[i] >= 0 or self.parse.is_mark(i)

    def is_quotation(self, start: int, stop: int) -> bool:
        """True when the tokens are quoted words and nothing else."""
        inner = [i for i in range(start, stop) if not self.parse.is_mark(i) and self.tokens[i].text not in {",", "."}]
        return bool(inner) and all(self.parse.quoted[i] >= 0 for i in inner)

    def has_quotation(self, start: int, stop: int) -> bool:
        """True when some of the tokens are quoted."""
        return any(self.parse.quoted[i] >= 0 for i in range(start, stop))

    def text(self, start: int, stop: int) -> str:
        """The words of the tokens."""
        return self.parse.span(start, stop - 1).of(self.parse.text) if start < stop else ""

    def is_clause(self, start: int, stop: int) -> bool:
        """True when one of the tokens is a finite verb, a modal or "to" with a verb, as headlines tell what is to come."""
        for i in range(start, stop):
            token = self.tokens[i]
            if token.tag_ in {"MD", "VBZ", "VBP", "VBD"} or (token.dep_ == "ROOT" and token.pos_ in {"VERB", "AUX"}):
                return True
            if token.lower_ == "to" and i + 1 < stop and self.tokens[i + 1].tag_ == "VB":
                return True
        return False

    def speaker(self, start: int, stop: int) -> Speaker | None:
        """The speaker that the tokens name if they are nothing else: names joined by commas or "and", or one phrase.

        Its last word must be of a name that the body gives, of an institution written in capitals, or an office or group.
        """
        if not 0 < stop - start <= _LONGEST or any(
            self.quoted(i) for i in range(start, stop) if self.tokens[i].text not in _ENDINGS
        ):
            return None
        whole = self._one(start, stop)
        if whole is not None:
            # "Arvenia's Oran": the name alone is what the body calls him.
            owned = [i for i in range(start, stop - 1) if self.tokens[i].text in _ENDINGS and whole is Kind.PERSON]
            return Speaker(tuple(self.tokens[max(owned, default=start - 1) + 1 : stop]), whole)
        cuts = [i for i in range(start, stop) if self.tokens[i].text == "," or self.tokens[i].lower_ in {"and", "&"}]
        edges = [start - 1, *cuts, stop]
        parts = [(a + 1, b) for a, b in itertools.pairwise(edges) if a + 1 < b]
        kinds = [self._one(a, b) for a, b in parts]
        found = [kind for kind in kinds if kind is not None]
        if len(parts) < 2 or len(found) != len(kinds):
            return None
        return Speaker(tuple(self.tokens[start:stop]), found[-1], joint=True)

    def _one(self, start: int, stop: int) -> Kind | None:
        last = stop - 1
        if self.tokens[last].text in _ENDINGS:
            return None
        kind = self._named(last, first=start == last)
        if kind is None:
            return None
        for i in range(start, last):
            token = self.tokens[i]
            if token.lower_ in _LINKS or self.cast.label(token.text) is not None:
                continue
            if token.pos_ not in _INSIDE or token.lower_ in {"and", "&"}:
                return None
        if self.tokens[start].lower_ in {"of", "for", "to"} or self.tokens[start].text in _ENDINGS:
            return None
        return kind

    def _named(self, i: int, *, first: bool) -> Kind | None:
        token = self.tokens[i]
        word = token.lower_
        if word in _RUBRICS and first:
            return None
        label = self.cast.label(token.text)
        if label is MentionLabel.PERSON:
            return Kind.PERSON
        if label in {MentionLabel.ORGANISATION, MentionLabel.OTHER}:
            return Kind.BODY
        if label is not None:
            return Kind.PLACE
        if is_role(token.text, token.lemma_) and word not in words("speakers", "document"):
            return Kind.ROLE
        if token.text.isupper() and 1 < len(token.text) < 7 and token.text.isalpha():
            return Kind.BODY
        if self.cast.is_proper(token.text):
            return Kind.PLACE
        before = self.tokens[i - 1] if i and not first else None
        if (
            before is not None
            and token.text[:1].isupper()
            and token.pos_ == "PROPN"
            and is_role(before.text, before.lemma_)
        ):
            return Kind.PERSON
        return None


def top(line: Line, start: int, stop: int, marks: frozenset[str]) -> list[int]:
    """The numbers of the tokens outside quotation marks that are one of `marks`."""
    return [i for i in range(start, stop) if line.tokens[i].text in marks and line.parse.quoted[i] < 0]


def dashes(line: Line, start: int, stop: int) -> list[int]:
    """The dashes that stand between two spaces, outside quotation marks."""
    found = []
    for i in top(line, start, stop, frozenset(DASHES)):
        begin, end = line.parse.starts[i], line.parse.ends[i]
        if line.parse.text[begin - 1 : begin].isspace() and line.parse.text[end : end + 1].isspace():
            found.append(i)
    return found


def without_adverbs(tokens: Sequence[Token], start: int, stop: int) -> int:
    """`stop` moved before the adverbs at the end of a subject ("Oran again", "rebels now")."""
    while stop - start > 1 and tokens[stop - 1].pos_ == "ADV" and tokens[stop - 1].text.islower():
        stop -= 1
    return stop
