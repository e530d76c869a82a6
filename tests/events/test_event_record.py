"""Events in the record: one happening from many reports, the same in any order; corrections; copies; questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import permutations

from event_pages import ECHO, GAZETTE, REPRINT
from typer.testing import CliRunner

from onrecord.model import EventKind, Root
from onrecord.record import EventFilter, EventRow, Record
from onrecord.views.cli.app import app
from onrecord.views.cli.events import matrix_of
from onrecord.views.export.events import event_row

Make = Callable[[Mapping[str, str]], Record]


def run(*words: str, record: Record) -> str:
    result = CliRunner().invoke(app, [*words, "--record", str(record.path)])
    assert result.exit_code == 0, result.output
    return result.output


def meeting(record: Record) -> EventRow:
    [row] = record.events(EventFilter(code=Root.CONSULT))
    return row


def names(row: EventRow) -> set[str]:
    return {p.actor.name for p in row.event.parties}


def test_a_meeting_told_by_two_reports_is_one_event(event_record: Record) -> None:
    row = meeting(event_record)
    assert names(row) == {"Ilse Marn", "Rolf Odd"}
    assert row.event.date.value == "2041-05-12"
    assert row.event.place is not None
    assert row.event.place.name == "Vey"
    assert (row.reports, row.independent_reports, len(row.documents)) == (2, 2, 3)


def test_a_copy_adds_mentions_and_no_event(make_record: Make) -> None:
    alone = make_record({"gazette.txt": GAZETTE})
    both = make_record({"gazette.txt": GAZETTE, "reprint.txt": REPRINT})
    before, after = alone.events(), both.events()
    assert len(before) == len(after)
    assert sum(len(r.event.mentions) for r in after) == 2 * sum(len(r.event.mentions) for r in before)
    assert {r.reports for r in after} == {1}


def test_the_order_of_arrival_changes_nothing(make_record: Make) -> None:
    pages = {"gazette.txt": GAZETTE, "echo.txt": ECHO, "reprint.txt": REPRINT}
    told = set()
    for order in list(permutations(pages))[::2]:
        record = make_record({name: pages[name] for name in order})
        events = [
            (r.event.id, r.event.kind, r.event.date.value, tuple(m.id for m in r.event.mentions), r.independent_reports)
            for r in record.events()
        ]
        stories = [(s.story.id, s.story.documents, s.reports) for s in record.stories()]
        told.add(repr((events, stories)))
    assert len(told) == 1


def test_reports_of_one_happening_are_a_story(event_record: Record) -> None:
    [story] = event_record.stories()
    assert len(story.documents) == 3
    assert (story.reports, story.independent_reports) == (2, 2)
    assert story.events[0].kind is EventKind.MEETING


def test_a_split_and_its_undoing(make_record: Make) -> None:
    record = make_record({"gazette.txt": GAZETTE, "echo.txt": ECHO})
    whole = meeting(record)
    echo = next(d.id for d in whole.documents if d.path.endswith("echo.txt"))
    apart = [m.id for m in whole.event.mentions if m.document == echo]
    run("correct", "split-event", *apart, "--why", "two meetings", "--who", "A", record=record)
    assert len(record.events(EventFilter(code=Root.CONSULT))) == 2
    [entry] = record.corrections()
    run("correct", "undo", entry.id, "--why", "one after all", "--who", "A", record=record)
    assert meeting(record) == whole


def test_a_join_and_its_undoing(make_record: Make) -> None:
    record = make_record({"gazette.txt": GAZETTE})
    before = record.events()
    first, second = (row.event.id for row in before[:2])
    run("correct", "join-events", first, second, "--why", "one happening", "--who", "A", record=record)
    assert len(record.events()) == len(before) - 1
    [entry] = record.corrections()
    run("correct", "undo", entry.id, "--why", "no", "--who", "A", record=record)
    assert record.events() == before


def test_a_story_can_be_split(make_record: Make) -> None:
    record = make_record({"gazette.txt": GAZETTE, "echo.txt": ECHO})
    [story] = record.stories()
    run("correct", "split-story", story.documents[0].id, "--why", "another day", "--who", "A", record=record)
    assert record.stories() == []


def test_events_are_asked_for_by_code_actor_and_date(event_record: Record) -> None:
    rows = json.loads(
        run("events", "--code", "consult", "--actor", "Orrin", "--since", "2041", "--json", record=event_record)
    )
    assert [row["kind"] for row in rows] == ["meeting"]
    assert json.loads(run("events", "--code", "CONSULT", "--since", "2042", "--json", record=event_record)) == []
    shown = run("events", "--kind", "detention", record=event_record)
    assert "2041-05-10" in shown
    assert "1 event\n" in shown


def test_who_did_what_to_whom_counts_events_and_not_reports(event_record: Record) -> None:
    assert (("Orrin", "Tasse", "CONSULT"), 1) in matrix_of(event_record.events())
    assert (("Tasse", "Orrin", "CONSULT"), 1) in matrix_of(event_record.events())
    assert "CONSULT" in run("events", "--matrix", record=event_record)


def test_an_event_is_shown_with_its_passages(event_record: Record) -> None:
    row = meeting(event_record)
    shown = json.loads(run("show", row.event.id[:10], "--json", record=event_record))
    assert shown["id"] == row.event.id
    assert all("met" in p["text"] or "meeting" in p["text"] or "talks" in p["text"] for p in shown["passages"])
    assert "Ilse Marn" in run("show", row.event.id, record=event_record)


def test_any_mention_leads_to_its_event(event_record: Record) -> None:
    row = meeting(event_record)
    assert {event_record.event(m.id).event.id for m in row.event.mentions} == {row.event.id}


def test_mentions_are_spans_of_their_pages(event_record: Record) -> None:
    for row in event_record.events(EventFilter(sayings=True)):
        for mention in row.event.mentions:
            text = event_record.document(mention.document).text
            for span in (*mention.trigger, *(p.span for p in mention.participants)):
                assert span.of(text).strip()


def test_sayings_are_events_only_where_they_are_asked_for(event_record: Record) -> None:
    assert all(row.event.kind is not EventKind.SAYING for row in event_record.events())


def test_the_timeline_tells_events(event_record: Record) -> None:
    assert "meeting: Ilse Marn" in run("timeline", record=event_record)


def test_figures_stand_once_a_report_and_are_not_added(event_record: Record) -> None:
    rows = json.loads(run("events", "--figures", "--json", record=event_record))
    assert [row["value"] for row in rows if row["of_what"] == "killed"] == [300]


def test_the_fields_of_the_export(event_record: Record) -> None:
    row = event_row(meeting(event_record))
    assert {
        "id",
        "kind",
        "code",
        "mode",
        "aux",
        "actors",
        "recipients",
        "date",
        "place",
        "mentions",
        "asserted_by",
    } <= set(row)
    assert row["asserted_by"] == "report"
    assert row["place"]["name"] == "Vey"
    assert all(m["spans"] for m in row["mentions"])
