"""The reader: a document in, its reading out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Document, Reading, Sentence, Span, Timex
from onrecord.reading.finding import find
from onrecord.reading.interpreting import interpret
from onrecord.reading.mentions import mentions
from onrecord.reading.paragraphs import paragraphs
from onrecord.reading.parse import Parse, language, model_version, parse
from onrecord.reading.timex import timexes

#: Changes when the rules do, so that a stored reading says which rules made it.
RULES_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents by rule over a grammatical parse: sentences, mentions, time expressions and statements.

    ``version`` names the rules and the language model. Reading is deterministic: the same document gives the same reading.
    """

    version: str

    @classmethod
    def load(cls) -> Reader:
        """A reader with its language model loaded."""
        language()
        return cls(f"rules-{RULES_VERSION}+en_core_web_md-{model_version()}")

    def read(self, document: Document, parts: Sequence[Span] | None = None) -> Reading:
        """The reading of the body of `document`, or only of its `parts` (spans of the source text, as a copy adds them)."""
        parsed = parse(document.text, paragraphs(document, parts))
        found = mentions(parsed)
        sentences = _sentences(parsed)
        statements = interpret(parsed, found, document.id, find(parsed), self.version)
        return Reading(document.id, sentences, found.all, _timexes(document, sentences), statements)


def _sentences(parsed: Parse) -> tuple[Sentence, ...]:
    return tuple(Sentence(parsed.span(first, last - 1), parsed.paragraph[first]) for first, last in parsed.sentences)


def _timexes(document: Document, sentences: Sequence[Sentence]) -> tuple[Timex, ...]:
    return timexes(document.text, [sentence.span for sentence in sentences], document.published)
