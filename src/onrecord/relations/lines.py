"""What the relations layer sees of a statement: its sentence, who is on which side, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import (
    Act,
    ActorRef,
    Document,
    Polarity,
    Reading,
    Span,
    Statement,
    content_id,
    envelope,
    joined_text,
)
from onrecord.relations.ledgers.known import last_day
from onrecord.relations.pairs.names import found, longest
from onrecord.relations.pairs.types import Name, Saying
from onrecord.relations.words import numbers, proper_terms, terms

#: The day on which a page came out that has none: after every day there is.
NEVER = "~"


@dataclass(frozen=True)
class Line:
    """A statement as relations are drawn from it. Spans are offsets into `sentence`, which begins at `offset` of the document.

    `sides` are the ids of the states and organisations that speak, `targets` those that the statement is aimed at, with the
    states whose organs they are. `day` is the ISO day (or month, or year) of the saying, else of the page, empty when neither is
    known; `published` is the last day on which the page can have come out, `NEVER` where that is not known. `parts` are the spans
    of the propositions.
    """

    id: str
    document: str
    act: Act
    polarity: Polarity
    presupposed: bool
    nested_in: str | None
    sides: tuple[str, ...]
    targets: tuple[str, ...]
    speakers: tuple[str, ...]
    day: str
    dated: bool
    start: int
    end: int
    paragraph: int
    offset: int
    sentence: str
    cue: str
    content: tuple[Span, ...]
    parts: tuple[tuple[Span, ...], ...]
    names: tuple[Name, ...]
    published: str = NEVER

    @cached_property
    def text(self) -> str:
        """The content as one string."""
        return joined_text(self.sentence, self.content)

    @cached_property
    def terms(self) -> frozenset[str]:
        """What the content is about."""
        return terms(self._bare(self.content))

    @cached_property
    def part_terms(self) -> tuple[frozenset[str], ...]:
        """What each proposition is about."""
        return tuple(terms(self._bare(part)) for part in self.parts)

    @cached_property
    def proper(self) -> frozenset[str]:
        """The terms of the content that are written with a capital within it: places and names, which alone are no matter."""
        return proper_terms(self._bare(self.content))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in the content."""
        return numbers(self.text)

    @cached_property
    def order(self) -> tuple[str, str]:
        """Where it stands in time among all lines: by day, then by what it says and where it is said.

        Nothing is said after the page came out that tells it.
        """
        return (min(self.day, self.published), content_id("ord", self.text, self.sentence, self.start))

    def _bare(self, spans: Sequence[Span]) -> str:
        """The words of the spans without the names of who speaks and who is meant; third parties are part of the matter."""
        both = {*self.sides, *self.targets}
        kept = []
        for span in spans:
            at = span.start
            for name in self.names:
                if span.start <= name.span.start and name.span.end <= span.end and name.side in both:
                    kept.append(self.sentence[at : name.span.start])
                    at = name.span.end
            kept.append(self.sentence[at : span.end])
        return " ".join(kept)

    def saying(self, spans: tuple[Span, ...] | None = None) -> Saying:
        """The line as the pair classifier takes it, its content or the one proposition given."""
        return Saying(self.sentence, spans or self.content, self.sides[0] if self.sides else "?", self.names)


def same_side(one: Line, two: Line) -> bool:
    """True when a side speaks in both."""
    return bool(set(one.sides) & set(two.sides))


def other_side(one: Line, two: Line) -> bool:
    """True when both sides are known and none speaks in both."""
    return bool(one.sides and two.sides) and not set(one.sides) & set(two.sides)


def lines_of(
    document: Document, reading: Reading, statements: Sequence[Statement], above: Mapping[str, str | None]
) -> list[Line]:
    """The lines of one page, in text order.

    `above` gives for the ids of organs and groups the state or organisation they belong to; `reading` gives the sentences.
    """
    page_day = document.published.value or document.published.earliest or ""
    everybody: dict[str, set[str]] = {}
    people: dict[str, str | None] = {}
    for s in statements:
        if len(s.on_behalf_of) == 1:
            for ref in s.speakers:
                if ref.id is not None:
                    people.setdefault(ref.id, _side(s.on_behalf_of[0].id, above))
    spoken_for = {**above, **people}
    for s in statements:
        for ref in (*s.speakers, *s.on_behalf_of, *s.target, *s.addressees):
            side = _side(ref.id, spoken_for)
            if side is not None:
                everybody.setdefault(side, set()).add(ref.name)
    found_lines = [_line(document, reading, s, spoken_for, everybody, page_day) for s in statements]
    return sorted(found_lines, key=lambda line: (line.start, line.end, line.id))


def _line(
    document: Document,
    reading: Reading,
    s: Statement,
    above: Mapping[str, str | None],
    everybody: Mapping[str, set[str]],
    page_day: str,
) -> Line:
    whole = envelope((*s.source, *s.cue, *s.content)) or s.content[0]
    touched = [sentence for sentence in reading.sentences if sentence.span.overlaps(whole)]
    around = envelope([whole, *(sentence.span for sentence in touched)]) or whole
    text = around.of(document.text)
    sides = _sides(s, above)
    at = around.start
    day = s.date.value or s.date.earliest or ""
    targets = dict.fromkeys(x for ref in s.target for x in (ref.id, _side(ref.id, above)) if x is not None)
    refs = [
        (ref.span, _side(ref.id, above) if ref.id else None)
        for ref in (*s.speakers, *s.on_behalf_of, *s.target, *s.addressees)
        if ref.span is not None and around.contains(ref.span)
    ]
    return Line(
        id=s.id,
        document=document.id,
        act=s.act,
        polarity=s.polarity,
        presupposed=s.presupposed,
        nested_in=s.nested_in,
        sides=sides,
        targets=tuple(targets),
        speakers=tuple(ref.id for ref in s.speakers if ref.id is not None),
        day=day or page_day,
        dated=bool(day),
        start=s.content[0].start,
        end=s.content[-1].end,
        paragraph=touched[0].paragraph if touched else -1,
        offset=at,
        sentence=text,
        cue=joined_text(document.text, s.cue),
        content=_moved(s.content, at),
        parts=tuple(_moved(p.content, at) for p in s.propositions) or (_moved(s.content, at),),
        names=_names(text, at, refs, sides, everybody),
        published=last_day(document.published) or NEVER,
    )


def _names(
    text: str,
    at: int,
    refs: Sequence[tuple[Span, str | None]],
    sides: tuple[str, ...],
    everybody: Mapping[str, set[str]],
) -> tuple[Name, ...]:
    """Who is named in the sentence: as resolved, and wherever a name of a side of the page or of its people stands."""
    side_at: dict[Span, str | None] = {}
    for side in sorted(everybody):
        for span in found(text, sorted(everybody[side])):
            side_at.setdefault(span, side)
    for span, known in refs:
        if text[span.start - at : span.end - at][:1].isupper():
            side_at[Span(span.start - at, span.end - at)] = known if known is not None else next(iter(sides), None)
    return tuple(Name(span, side_at[span]) for span in longest(side_at))


def _sides(s: Statement, above: Mapping[str, str | None]) -> tuple[str, ...]:
    refs: tuple[ActorRef, ...] = s.on_behalf_of or s.speakers
    return tuple(dict.fromkeys(side for ref in refs if (side := _side(ref.id, above)) is not None))


def _side(actor: str | None, above: Mapping[str, str | None]) -> str | None:
    if actor is None:
        return None
    return above.get(actor, actor) or actor


def _moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple(Span(s.start - by, s.end - by) for s in spans)
