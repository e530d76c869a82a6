"""The reader: a document in, its reading out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from onrecord.model import Document, EventMention, LineRole, Reading, Sentence, Span, Statement, Timex, trimmed
from onrecord.reading.acts import ActReader
from onrecord.reading.apart import PartReader
from onrecord.reading.attribution import AttributionReader
from onrecord.reading.events import figures, may_hold_event, read_events
from onrecord.reading.events.coder import EventCoder
from onrecord.reading.finding import find, issuer_of
from onrecord.reading.interpreting import interpret
from onrecord.reading.language import language, model_version
from onrecord.reading.mentions import mentions
from onrecord.reading.merging import merged
from onrecord.reading.paragraphs import paragraphs
from onrecord.reading.parse import Parse, parse
from onrecord.reading.timex import timexes

#: Changes when the rules do, so that a stored reading says which rules made it.
RULES_VERSION = "5"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents: sentences, mentions, time expressions, statements, events and figures.

    Statements are found by rule over a grammatical parse, and by a trained tagger where the rules see none. ``version`` names the
    rules, the language model, the tagger and the coders. Reading is deterministic: the same document gives the same reading.
    """

    version: str
    tagger: AttributionReader
    acts: ActReader
    coder: EventCoder

    @classmethod
    def load(cls) -> Reader:
        """A reader with its language model loaded."""
        language()
        tagger = AttributionReader.load()
        made_by = (
            f"rules-{RULES_VERSION}+en_core_web_md-{model_version()}+tagger-{_tagger_version()}+acts-{_acts_version()}"
            f"+events-{_coder_version()}"
        )
        return cls(made_by, tagger, ActReader.load(), EventCoder.load())

    def read(self, document: Document, parts: Sequence[Span] | None = None) -> Reading:
        """The reading of the body of `document`, or only of its `parts` (spans of the source text, as a copy adds them)."""
        parsed = parse(document.text, paragraphs(document, parts))
        found = mentions(parsed)
        sentences = _sentences(parsed)
        attributions = merged(parsed, parts or document.body(), find(parsed, issuer_of(document)), self.tagger)
        statements = interpret(parsed, found, document.id, attributions, self.version, self.acts)
        counted = figures(document.text, sentences)
        events = read_events(parsed, found, statements, counted, document.id, self.version, self.coder)
        times = _timexes(document, sentences)
        return Reading(document.id, sentences, found.all, times, statements, events, counted)

    def apart(self, document: Document, reading: Reading) -> tuple[Statement, ...]:
        """What is said in the headlines, standfirsts, subheadings and captions of `document`, whose body's `reading` is known."""
        return PartReader(self.version, self.tagger, self.acts).read(document, reading)

    def captions(self, document: Document) -> tuple[EventMention, ...]:
        """The events that the captions of `document` tell; captions hold no statements and are no part of its body."""
        lines = [line.span for line in document.lines if line.role is LineRole.CAPTION]
        spans = [s for s in (trimmed(document.text, line) for line in lines) if may_hold_event(s.of(document.text))]
        once = {" ".join(span.of(document.text).split()): span for span in reversed(spans)}
        if not once:
            return ()
        parsed = parse(document.text, [(span,) for span in sorted(once.values())])
        return read_events(parsed, mentions(parsed), (), (), document.id, self.version, self.coder)


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


def _coder_version() -> str:
    """Eight hexadecimal digits that change with the event coder's files."""
    return _digest("plover.onnx", "plover.json")


def _digest(*names: str) -> str:
    made = hashlib.sha256()
    folder = resources.files("onrecord") / "weights"
    for name in names:
        made.update((folder / name).read_bytes())
    return made.hexdigest()[:8]
