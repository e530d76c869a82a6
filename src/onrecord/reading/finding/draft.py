"""An attribution in the making: tokens, before they become spans."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.reading.lexicon import CueKind, noun_cues, words

_SPEAKING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PERSONAL = frozenset(["i", "we", "you", "he", "she", "they", "who"])


@dataclass(slots=True)
class Draft:
    """Tokens of the roles of one attribution; ``content`` holds ranges of token numbers, both ends included.

    Mutable on purpose: the steps of `onrecord.reading.finding` widen and trim it one after another.
    """

    verb: Token
    source: list[Token]
    cue: list[Token]
    content: list[tuple[int, int]]
    rule: str
    kind: CueKind = CueKind.SAY
    confidence: float = 0.8
    bare: bool = field(default=False)

    @property
    def first(self) -> int:
        """The number of the first token of source and cue."""
        return min(t.i for t in (*self.source, *self.cue, self.verb))

    @property
    def last(self) -> int:
        """The number of the last token of source and cue."""
        return max(t.i for t in (*self.source, *self.cue, self.verb))


def may_speak(token: Token) -> bool:
    """True for a noun or pronoun that can stand for a speaker: a name, a person, an institution, a document."""
    if token.ent_type_ in _SPEAKING_ENTITIES or token.lower_ in _PERSONAL or token.pos_ == "PROPN":
        return True
    known = words("speakers")
    return token.lower_ in known or token.lemma_.lower() in known


def is_speech_noun(token: Token) -> bool:
    """True for a noun of the table of speech nouns ("allegations", "call")."""
    return token.pos_ == "NOUN" and token.lemma_.lower() in noun_cues()
