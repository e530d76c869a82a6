"""What stood beside a value and was not taken, and the rule of fields that keep no reason of their own; for `onrecord why`.

Told from what the record keeps of the sentence: who and which times it names, what else its cue can mean. That something stood
there and was passed over is all that is said; scores of what lost are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection

from onrecord.model import (
    Act,
    Document,
    EventMention,
    Mention,
    MentionForm,
    MentionLabel,
    Modality,
    Polarity,
    Reading,
    Span,
    Statement,
    errors,
)
from onrecord.reading.attribution.quotes import quotations
from onrecord.reading.lexicon import verb_cues
from onrecord.record import fields, query
from onrecord.record.checking.matching import alike
from onrecord.record.checking.words import NEGATIONS

_WORD = re.compile(r"[\w’']+")
#: Words that give a content its mood (`onrecord.reading.interpreting.form`).
_MOODS = frozenset(
    [
        "must", "should", "ought", "may", "might", "could", "can", "will", "shall", "would", "if", "unless", "won't",
        "can't", "cannot",
    ]
)  # fmt: skip
_SOMEBODY = frozenset({MentionLabel.PERSON, MentionLabel.ORGANISATION, MentionLabel.GROUP})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that is the same for every line: its name, the characters it looked at, and what it found there."""

    name: str
    spans: tuple[Span, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Beside:
    """The sentences that spans of a document stand in, with what the reader found there."""

    document: Document
    reading: Reading
    spans: tuple[Span, ...]
    _kept: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences that one of the spans touches."""
        return tuple(s.span for s in self.reading.sentences if any(s.span.overlaps(one) for one in self.spans))

    def mentions(self, taken: Sequence[Span]) -> tuple[str, ...]:
        """Who else is named in these sentences, in text order, but for the characters `taken`."""
        return tuple(
            dict.fromkeys(
                f"“{_flat(m.span.of(self.document.text))}” is named there too"
                for m in self.reading.mentions
                if self._is_other(m, taken)
            )
        )

    def _is_other(self, mention: Mention, taken: Sequence[Span]) -> bool:
        inside = any(s.contains(mention.span) for s in self.sentences)
        named = mention.form is not MentionForm.PRONOUN and mention.label in _SOMEBODY
        return inside and named and not any(mention.span.overlaps(t) for t in taken)

    def times(self, taken: Sequence[Span]) -> tuple[str, ...]:
        """The other expressions of time in these sentences with their values, and the day of publication."""
        found = [
            f"“{_flat(t.span.of(self.document.text))}” ({t.value or 'no day'}) stands there too"
            for t in self.reading.timexes
            if any(s.contains(t.span) for s in self.sentences) and not any(t.span.overlaps(one) for one in taken)
        ]
        published = self.document.published.value
        return (*dict.fromkeys(found), *([f"{published}, the day of publication"] if published else []))


def _reading(connection: Connection, document: Document) -> Reading:
    try:
        return query.reading(connection, document.id)
    except errors.NotFound:
        return Reading(document.id)


def beside_statement(connection: Connection, statement: Statement, document: Document) -> dict[str, tuple[str, ...]]:
    """What else each field of a statement could have had, by the field's name."""
    spans = (*statement.source, *statement.cue, *statement.content[:1])
    here = Beside(document, _reading(connection, document), spans)
    dated = [e.span for e in statement.date.evidence if e.span is not None]
    times = here.times(dated)
    if statement.date.value is not None:
        times = tuple(t for t in times if not t.startswith(statement.date.value))
    return {
        "speakers": here.mentions((*statement.source, *statement.content)),
        "target": here.mentions((*statement.source, *statement.target_spans)),
        "date": times,
        "act": tuple(_acts(statement, document)),
    }


def _acts(statement: Statement, document: Document) -> Iterator[str]:
    """The other acts that the table gives the words of the cue in other frames."""
    words = [w.casefold() for s in statement.cue for w in _WORD.findall(s.of(document.text))]
    found: dict[Act, str] = {}
    for lemma, rows in verb_cues().items():
        if any(alike(lemma, word) for word in words):
            for row in rows:
                if row.act is not None and row.act is not statement.act:
                    found.setdefault(row.act, " ".join(row.words))
    for act, cue in sorted(found.items()):
        yield f"{act.value}, as “{cue}” has it in the table of cues"


def beside_mention(connection: Connection, mention: EventMention, document: Document) -> dict[str, tuple[str, ...]]:
    """What else each field of an event mention could have had, by the field's name."""
    here = Beside(document, _reading(connection, document), mention.trigger)
    taken = [p.span for p in mention.participants]
    dated = [e.span for e in mention.date.evidence if e.span is not None]
    return {"participants": here.mentions(taken), "date": here.times(dated)}


def rules_of_statement(connection: Connection, statement: Statement, document: Document) -> dict[str, Rule]:
    """The rules of the fields that keep no reason of their own, by the field's name."""
    content = statement.content
    found = {
        "quote_type": _marks(statement, document),
        "polarity": Rule(
            "negation of the governing word",
            _words_in(document, content, NEGATIONS) if statement.polarity is Polarity.NEGATIVE else (),
            "" if statement.polarity is Polarity.NEGATIVE else "its governing word is not negated",
        ),
        "modality": Rule(
            "mood of the governing word",
            _words_in(document, content, _MOODS) if statement.modality is not Modality.FACT else (),
            "no word of obligation, possibility, future or condition governs it"
            if statement.modality is Modality.FACT
            else f"by these words, or by the act {statement.act.value}",
        ),
        "part": Rule("role of the line", content[:1], _role(document, content[0])),
        "confidence": Rule("rules and tagger put together", (), "fitted on texts the tagger had not learnt from"),
        "on_behalf_of": Rule("side of the speakers", statement.source, "the state or body that they hold office in"),
        "speakers": Rule("nobody is named", statement.source, "no source that can be resolved"),
        "date": Rule("no time of its own", statement.cue, "no expression of time belongs to the saying"),
    }
    if statement.nested_in is not None:
        outer = fields.read_statement(connection, statement.nested_in)
        found["nested_in"] = Rule("inside the content of another saying", outer.content)
    if statement.same_as is not None:
        found["same_as"] = Rule("the same words in the body", content)
    return found


def _marks(statement: Statement, document: Document) -> Rule:
    found = [
        q.inner
        for line in document.lines
        if any(line.span.overlaps(s) for s in statement.content)
        for q in quotations(document.text, line.span.start, line.span.end)
        if any(q.inner.overlaps(s) for s in statement.content)
    ]
    inside = any(q.contains(s) for q in found for s in statement.content)
    detail = (
        "no word of the content stands in marks"
        if not found
        else "all of it stands in marks"
        if inside
        else "some does"
    )
    return Rule("quotation marks around the content", tuple(found), detail)


def _role(document: Document, span: Span) -> str:
    return ", ".join(dict.fromkeys(line.role.value for line in document.lines if line.span.overlaps(span)))


def _words_in(document: Document, spans: Iterable[Span], wanted: frozenset[str]) -> tuple[Span, ...]:
    found = []
    for span in spans:
        for match in _WORD.finditer(document.text, span.start, span.end):
            word = match[0].casefold().replace("’", "'")
            if word in wanted or (word.endswith("n't") and "n't" in wanted):
                found.append(Span(*match.span()))
    return tuple(found)


def _flat(words: str) -> str:
    return " ".join(words.split())
