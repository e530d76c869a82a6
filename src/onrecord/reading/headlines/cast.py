"""Who a page speaks of, as its headlines use it: bare names, offices and institutions, and how a headline's capitals are undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.model import Mention, MentionForm, MentionLabel, Span
from onrecord.reading.lexicon import words

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][^\W_]+|(?<= of )[A-Z][^\W_]+")
_SMALL = frozenset(
    ["of", "the", "for", "and", "de", "al", "van", "von", "bin", "da", "du", "la", "le", "to", "in", "on"]
)
#: From this share of its longer words with a capital on, a headline is set in capitals throughout.
_TITLED = 0.7


@dataclass(frozen=True, slots=True)
class Cast:
    """Every word of the names that the body of a page gives, in small letters, with what it names."""

    names: Mapping[str, MentionLabel]
    #: Words that the body writes with a capital inside a sentence, in small letters.
    proper: frozenset[str] = frozenset()

    def label(self, word: str) -> MentionLabel | None:
        """What a word of a name stands for, None for a word of no name of the body."""
        return self.names.get(word.lower())

    def is_proper(self, word: str) -> bool:
        """True for a word with a capital that the body writes with one inside a sentence, though it is of no name known there."""
        return word[:1].isupper() and word.lower() in self.proper


def cast_of(text: str, body: Iterable[Span], mentions: Iterable[Mention]) -> Cast:
    """The cast of a page from the mentions of its body; of two uses of a word a person's counts first, then an organisation's."""
    order = (MentionLabel.PERSON, MentionLabel.ORGANISATION, MentionLabel.PLACE, MentionLabel.GROUP, MentionLabel.OTHER)
    found: dict[str, MentionLabel] = {}
    for mention in mentions:
        if mention.form is not MentionForm.NAME:
            continue
        for match in _WORD.finditer(text, mention.head.start, mention.head.end):
            word = match.group().lower().removesuffix("'s").removesuffix("’s")
            if word in _SMALL or not match.group()[0].isupper():
                continue
            known = found.get(word)
            if known is None or order.index(mention.label) < order.index(known):
                found[word] = mention.label
    inside = (m.group().lower() for span in body for m in _INSIDE.finditer(text, span.start, span.end))
    return Cast(found, frozenset(inside))


def recased(text: str, line: Span, cast: Cast) -> str:
    """`text` with the line in small letters but for its names, where it is a headline set in capitals; its length stays.

    The parser takes "Breck Threatens To Cut Power" for one long name.
    """
    words_ = list(_WORD.finditer(text, line.start, line.end))
    long = [m for m in words_ if len(m.group()) > 3 and cast.label(_bare(m.group())) is None]
    capital = [m for m in long if m.group()[0].isupper()]
    if len(long) < 2 or len(capital) < _TITLED * len(long):
        return text
    shouted = all(m.group().isupper() for m in long)
    pieces, at = [], 0
    for number, match in enumerate(words_):
        word = match.group()
        name = cast.label(_bare(word)) is not None or cast.is_proper(_bare(word))
        acronym = word.isupper() and 1 < len(word) < 6 and not shouted
        new = word
        if shouted and name and word.isupper() and len(word) > 4:
            new = word[0] + word[1:].lower()
        elif not (name or acronym) and number:
            new = word.lower()
        elif not (name or acronym):
            new = word[0] + word[1:].lower()
        pieces += [text[at : match.start()], new if len(new) == len(word) else word]
        at = match.end()
    return "".join((*pieces, text[at:]))


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def is_role(word: str, lemma: str) -> bool:
    """True for a word that names an office, an institution or a group ("minister", "army", "rebels")."""
    return any(
        w in words("speakers", kind)
        for w in (word.lower(), lemma.lower())
        for kind in ("person", "organisation", "group")
    )
