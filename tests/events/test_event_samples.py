"""The events of the samples, to be read in a golden file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onrecord.record import Record
from onrecord.views.cli import screen


def test_golden_events(sample_record: Record, golden: Callable[[str, str], None]) -> None:
    out: list[str] = []
    for row in sample_record.events():
        event = row.event
        people = [f"{p.actor.name} ({p.role.value})" for p in event.parties]
        parts = (
            screen.short_date(event.date),
            event.kind.value,
            event.code.value if event.code else "-",
            event.aux.value,
            ", ".join(people) or "-",
            event.place.name if event.place else "-",
            "said" if event.told_in else "told",
            f"{row.reports} reports, {row.independent_reports} independent",
        )
        out.append(" | ".join(parts))
        for mention in event.mentions:
            page = sample_record.document(mention.document)
            around = page.text[max(0, mention.trigger[0].start - 60) : mention.trigger[-1].end + 60]
            out.append(f"    {Path(page.path).name}: {' '.join(around.split())}")
    golden("samples_events.txt", "\n".join(out) + "\n")
