"""A trigger found in a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.reading.events.triggers import Trigger

ORDER = frozenset({"after", "before", "during", "following", "since", "until", "ahead", "at", "amid", "despite"})


@dataclass(slots=True)
class Found:
    """A trigger in the text: the table's row, its governing token, all its tokens, and a verb that carries a noun."""

    row: Trigger
    head: Token
    tokens: list[Token]
    light: Token | None = None
    object: Token | None = None
    definite: bool = False
    copular: bool = False
    hosting: bool = False
    cancelled: bool = False
    loose: bool = field(default=False)

    @property
    def clause(self) -> Token:
        """The verb whose tense and mood the event has, or the noun where no verb carries it."""
        return self.light if self.light is not None else self.head


def after_words(noun: Token) -> str | None:
    """The word of order before a noun: "after talks", "ahead of the summit"; None where there is none."""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ == "ahead":
        return "ahead"
    return above.lower_ if noun.dep_ == "pobj" and above.lower_ in ORDER else None
