"""The reader: a document in, its reading out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from onrecord.model import Document, Reading, Sentence, Span, Timex
from onrecord.reading.acts import ActReader
from onrecord.reading.attribution import AttributionReader
from onrecord.reading.finding import find
from onrecord.reading.interpreting import interpret
from onrecord.reading.mentions import mentions
from onrecord.reading.merging import merged
from onrecord.reading.paragraphs import paragraphs
from onrecord.reading.parse import Parse, language, model_version, parse
from onrecord.reading.timex import timexes

#: Changes when the rules do, so that a stored reading says which rules made it.
RULES_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents: sentences, mentions, time expressions and statements.

    Statements are found by rule over a grammatical parse, and by a trained tagger where the rules see none. ``version`` names the
    rules, the language model and the tagger. Reading is deterministic: the same document gives the same reading.
    """

    version: str
    tagger: AttributionReader
    acts: ActReader

    @classmethod
    def load(cls) -> Reader:
        """A reader with its language model loaded."""
        language()
        tagger = AttributionReader.load()
        made_by = (
            f"rules-{RULES_VERSION}+en_core_web_md-{model_version()}+tagger-{_tagger_version()}+acts-{_acts_version()}"
        )
        return cls(made_by, tagger, ActReader.load())

    def read(self, document: Document, parts: Sequence[Span] | None = None) -> Reading:
        """The reading of the body of `document`, or only of its `parts` (spans of the source text, as a copy adds them)."""
        parsed = parse(document.text, paragraphs(document, parts))
        found = mentions(parsed)
        sentences = _sentences(parsed)
        attributions = merged(parsed, parts or document.body(), find(parsed), self.tagger)
        statements = interpret(parsed, found, document.id, attributions, self.version, self.acts)
        return Reading(document.id, sentences, found.all, _timexes(document, sentences), statements)


def _sentences(parsed: Parse) -> tuple[Sentence, ...]:
    return tuple(Sentence(parsed.span(first, last - 1), parsed.paragraph[first]) for first, last in parsed.sentences)


def _timexes(document: Document, sentences: Sequence[Sentence]) -> tuple[Timex, ...]:
    return timexes(document.text, [sentence.span for sentence in sentences], document.published)


def _tagger_version() -> str:
    """Eight hexadecimal digits that change with the tagger's files."""
    return _digest("attribution.onnx", "attribution.linker.onnx", "attribution.json")


def _acts_version() -> str:
    """Eight hexadecimal digits that change with the act reader's files."""
    return _digest("acts.onnx", "acts.json")


def _digest(*names: str) -> str:
    made = hashlib.sha256()
    folder = resources.files("onrecord") / "weights"
    for name in names:
        made.update((folder / name).read_bytes())
    return made.hexdigest()[:8]
