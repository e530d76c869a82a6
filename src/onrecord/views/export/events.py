"""Events and figures as rows of plain data."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record import EventRow, Record
from onrecord.views.fields.events import event, figure
from onrecord.views.fields.shape import Plain, plain


def event_row(row: EventRow) -> Plain:
    """An event as exported; the offsets of each mention are those of its own page."""
    return plain(event(row))


def figure_rows(record: Record) -> Iterator[Plain]:
    """The rows of the figures that the reports give, each where it stands; the page's own words beside it."""
    return (plain(figure(row)) for row in record.figures())
