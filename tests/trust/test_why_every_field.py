"""Why: every field of a statement, an event, a relation, a page and a report has a rule, a version, and words that stand where it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from dataclasses import is_dataclass

import pytest

from onrecord.model import Statement
from onrecord.record import Record
from onrecord.record.why import Evidence, Explained
from onrecord.views.export import rows

#: Fields of a statement that say where it stands: they are what a reason points at and need none.
_PLACES = {"id", "document", "source", "cue", "addressee", "target_spans", "qualifier", "propositions", "presupposed"}
_OF_THE_READING = {"made_by", "reasons"}


def _checked(record: Record, found: Sequence[Explained]) -> dict[str, list[Explained]]:
    by_field: dict[str, list[Explained]] = {}
    for one in found:
        by_field.setdefault(one.field, []).append(one)
        assert one.rule, one
        assert one.made_by, one
        assert one.value, one
        assert one.score is None or 0 <= one.score <= 1
        for evidence in one.evidence:
            assert evidence.words == evidence.span.of(record.document(evidence.document).text)
            assert evidence.words.strip()
    return by_field


def test_every_field_of_every_statement(sample_record: Record) -> None:
    lines = sample_record.lines()
    for row in lines[:: max(1, len(lines) // 60)]:
        found = _checked(sample_record, sample_record.why(row.statement.id))
        for field in fields_of(Statement):
            value = getattr(row.statement, field.name)
            if value and field.name not in _PLACES | _OF_THE_READING:
                assert field.name in found, field.name


def test_every_field_of_events_relations_pages_and_reports(sample_record: Record) -> None:
    for event in sample_record.events()[:12]:
        for mention in event.event.mentions:
            found = _checked(sample_record, sample_record.why(mention.id))
            assert {"kind", "aux", "confidence", "date"} <= set(found)
            assert mention.code is None or "code" in found
            assert mention.place is None or "place" in found
            assert not mention.participants or "participants" in found
    for relation in sample_record.relations()[::4]:
        found = _checked(sample_record, sample_record.why(relation.id))
        assert {"kind", "basis", "confidence"} <= set(found)
        assert relation.denied is None or "denied" in found
    for report in sample_record.reports()[::3]:
        found = _checked(sample_record, sample_record.why(report.id))
        assert {"lead", "published", "status", "origin"} <= set(found)
        assert len(found.get("copy", [])) == len(report.copies)


def test_what_stood_beside_a_value_is_told(sample_record: Record) -> None:
    told: dict[str, set[str]] = {}
    for row in sample_record.lines()[:120]:
        text = sample_record.document(row.statement.document).text
        for one in sample_record.why(row.statement.id):
            for other in one.alternatives:
                told.setdefault(one.field, set()).add(other)
                quoted = other.partition("“")[2].partition("”")[0]
                assert one.field == "act" or not quoted or quoted in " ".join(text.split())
    assert {"speakers", "target", "date", "act"} <= set(told)


@pytest.mark.parametrize("kind", ["st-", "ev-", "rel-", "rep-", "doc-"])
def test_the_api_gives_frozen_values(sample_record: Record, kind: str) -> None:
    ids = {
        "st-": sample_record.lines()[0].statement.id,
        "ev-": sample_record.events()[0].event.id,
        "rel-": sample_record.relations()[0].id,
        "rep-": sample_record.reports()[0].id,
        "doc-": next(rows(sample_record, "documents"))["id"],
    }
    found = sample_record.why(ids[kind])
    assert found
    for one in found:
        assert is_dataclass(one)
        assert isinstance(one, Explained)
        assert all(isinstance(e, Evidence) for e in one.evidence)
        with pytest.raises(AttributeError):
            one.value = "other"  # type: ignore[misc]
