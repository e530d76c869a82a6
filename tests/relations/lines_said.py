"""Lines made by hand, for tests of what needs many of them, and a store of lines in a record on disk."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Act, Polarity, Relation, Span
from onrecord.record.relations import RecordLines, between_lines, put_change, put_lines
from onrecord.record.scratch import scratch
from onrecord.relations.across import relate
from onrecord.relations.lines import Line


def line(
    number: int,
    text: str,
    *,
    day: str = "2040-01-01",
    side: str = "state:ada",
    target: str | None = None,
    act: Act = Act.ASSERT,
    published: str | None = None,
) -> Line:
    """One line that is alone on its page, which came out on the day of the saying unless another is given."""
    return Line(
        id=f"st-{number:04d}",
        document=f"doc-{number:04d}",
        act=act,
        polarity=Polarity.NEGATIVE if act is Act.DENY else Polarity.AFFIRMATIVE,
        presupposed=False,
        nested_in=None,
        sides=(side,),
        targets=(target,) if target else (),
        speakers=(side,),
        day=day,
        dated=True,
        start=0,
        end=len(text),
        paragraph=0,
        offset=0,
        sentence=text,
        cue="said",
        content=(Span(0, len(text)),),
        parts=((Span(0, len(text)),),),
        names=(),
        published=published or day,
    )


def related(batches: Sequence[Sequence[Line]]) -> list[Relation]:
    """The relations of a record that gets the lines in these batches, by rules alone."""
    with scratch() as connection:
        for batch in batches:
            store = RecordLines(connection, {})
            change = relate([([one], frozenset({one.id})) for one in batch], store, None)
            put_lines(connection, batch)
            put_change(connection, change, {}, "test")
        return between_lines(connection)
