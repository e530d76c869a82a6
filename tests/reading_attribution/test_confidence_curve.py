"""The risk-coverage curve counts what it says."""

from __future__ import annotations

from evals.confidence import Judged, Point, curve, judged
from onrecord.model import Act, QuoteType, Span, Statement

TEXT = "Vell said that the road is open."


def _said(source: Span) -> Statement:
    return Statement(
        id="s",
        document="d",
        source=(source,),
        cue=(Span(5, 9),),
        content=(Span(15, 31),),
        quote_type=QuoteType.INDIRECT,
        act=Act.ASSERT,
        confidence=0.7,
    )


def _gold(start: int, end: int) -> list[dict[str, list[list[int]]]]:
    return [{"source": [[start, end]], "content": [[10, 31]]}]


def test_a_line_with_content_and_source_is_right() -> None:
    assert judged(_said(Span(0, 4)), TEXT, _gold(0, 4)) == Judged(0.7, True, False)


def test_a_line_with_another_source_has_a_wrong_speaker() -> None:
    assert judged(_said(Span(15, 23)), TEXT, _gold(0, 4)) == Judged(0.7, False, True)


def test_a_line_that_nobody_annotated_is_neither() -> None:
    assert judged(_said(Span(0, 4)), TEXT, []) == Judged(0.7, False, False)


def test_the_curve_counts_from_each_step_on() -> None:
    lines = [Judged(0.9, True, False), Judged(0.5, False, True)]
    assert curve(lines, (0.0, 0.6, 0.95)) == [Point(0.0, 2, 0.5, 0.5), Point(0.6, 1, 1.0, 0.0)]
