"""Corrections of reports: applied on read, undoable, and the same after export and import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import pipeline, sources
from onrecord.model import Correction, CorrectionKind, active, correction, errors
from onrecord.record import Record, corrections_from_lines, corrections_to_lines

SAMPLES = Path(__file__).parents[2] / "samples"
FAMILY = sorted(SAMPLES.glob("2031-03-0[45]_*compact-talks.*"))
OTHER = SAMPLES / "2031-04-09_dravno-today_vaskil-guns.txt"


@pytest.fixture
def record(tmp_path: Path, engine: pipeline.Engine) -> Record:
    record = Record.open(tmp_path / "record.db", create=True)
    pipeline.read(sources.pages([*map(str, FAMILY[:3]), str(OTHER)]), record, engine)
    return record


def page(record: Record, path: Path) -> str:
    return record.find_page(str(path))


def entry(
    kind: CorrectionKind, *subject: str, value: str | None = None, when: str = "2032-03-01T10:00:00+00:00"
) -> Correction:
    return correction(kind, subject, who="Edda", when=when, why="read both", value=value)


def shape(record: Record) -> list[list[str]]:
    return sorted(sorted(Path(d.path).name for d in (r.lead, *(c for c, _ in r.copies))) for r in record.reports())


def test_split_and_undo(record: Record) -> None:
    before, lines = shape(record), record.lines()
    assert [len(group) for group in before] == [3, 1]
    split = entry(CorrectionKind.SPLIT_REPORT, page(record, FAMILY[0]))
    record.correct([split])
    assert [len(group) for group in shape(record)] == [1, 2, 1]
    parted = next(d for d in record.documents() if d.path == str(FAMILY[0]))
    assert parted.report not in {d.report for d in record.documents() if d.path != str(FAMILY[0])}
    assert max(row.outlets for row in record.lines()) < max(row.outlets for row in lines)
    record.correct([entry(CorrectionKind.UNDO, split.id)])
    assert shape(record) == before
    assert record.lines() == lines


def test_join(record: Record) -> None:
    record.correct([entry(CorrectionKind.JOIN_REPORTS, page(record, FAMILY[0]), page(record, OTHER))])
    assert [len(group) for group in shape(record)] == [4]
    [report] = record.reports()
    assert any("joined by Edda on 2032-03-01: read both" in copy.why for _, copy in report.copies)


def test_a_report_is_shown_as_corrected_by_its_id(record: Record) -> None:
    family, other = page(record, FAMILY[0]), page(record, OTHER)
    for one in (
        entry(CorrectionKind.SPLIT_REPORT, family),
        entry(CorrectionKind.JOIN_REPORTS, family, other, when="2032-03-02T10:00:00+00:00"),
    ):
        record.correct([one])
        reports = {row.id: row.report or "" for row in record.documents()}
        for document, report in reports.items():
            assert record.find_id(report[:-1]) == report
            assert set(record.report(report).documents) == {d for d, r in reports.items() if r == report}, document


def test_set_origin(record: Record) -> None:
    record.correct([entry(CorrectionKind.SET_ORIGIN, page(record, OTHER), value="Karvel State Wire")])
    row = next(d for d in record.documents() if d.path == str(OTHER))
    assert row.origin.names == ("Karvel State Wire",)
    assert "read both" in row.origin.evidence[0].detail
    record.correct([entry(CorrectionKind.SET_ORIGIN, page(record, OTHER), value="", when="2032-03-02T10:00:00+00:00")])
    unknown = [line for line in record.lines() if line.path == str(OTHER)]
    assert unknown
    assert {(line.independent_reports, line.unknown_reports) for line in unknown} == {(0, 1)}


def test_the_log_travels(record: Record, tmp_path: Path, engine: pipeline.Engine) -> None:
    record.correct([entry(CorrectionKind.SPLIT_REPORT, page(record, FAMILY[0]))])
    text = corrections_to_lines(record.corrections())
    other = Record.open(tmp_path / "other.db", create=True)
    pipeline.read(sources.pages([*map(str, FAMILY[:3]), str(OTHER)]), other, engine)
    assert other.correct(corrections_from_lines(text, "log")) == 1
    assert other.correct(corrections_from_lines(text, "log")) == 0
    assert shape(other) == shape(record)


def test_a_changed_log_is_refused(record: Record) -> None:
    record.correct([entry(CorrectionKind.SPLIT_REPORT, page(record, FAMILY[0]))])
    row = json.loads(corrections_to_lines(record.corrections())[0])
    with pytest.raises(errors.InputError, match="was changed"):
        corrections_from_lines([json.dumps({**row, "who": "Somebody else"})], "log")
    with pytest.raises(errors.InputError, match="log, line 1 is not"):
        corrections_from_lines(["[]"], "log")


def test_a_correction_of_what_is_not_there_is_refused(record: Record) -> None:
    with pytest.raises(errors.NotFound):
        record.correct([entry(CorrectionKind.SPLIT_REPORT, "doc-nothing")])
    assert record.corrections() == ()


def test_an_undone_undo_puts_back() -> None:
    first = entry(CorrectionKind.SET_ORIGIN, "doc-a", value="X")
    second = entry(CorrectionKind.UNDO, first.id)
    third = entry(CorrectionKind.UNDO, second.id)
    assert active((first,)) == (first,)
    assert active((first, second)) == ()
    assert active((first, second, third)) == (first,)


def test_a_page_that_changed_is_a_new_version(record: Record, tmp_path: Path, engine: pipeline.Engine) -> None:
    live = tmp_path / "live.txt"
    text = OTHER.read_text(encoding="utf8")
    live.write_text(text, encoding="utf8")
    with Record.open(tmp_path / "versions.db", create=True) as versions:
        pipeline.read(sources.pages([str(live)]), versions, engine)
        sentence = (
            "The ministry of ports said on Wednesday that it had counted no ships at all in the strait that week."
        )
        live.write_text(text.replace("Draw your own maps.", "Draw better maps.") + f"\n\n{sentence}\n", encoding="utf8")
        summary = pipeline.read(sources.pages([str(live)]), versions, engine)
        assert [o.kind.value for o in summary.outcomes] == ["version"]
        found = versions.versions(versions.documents()[0].id)
        assert len(found) == 2
        changed = " ".join((*found[1].added_texts, *found[1].cut_texts, *found[0].added_texts))
        assert "maps" in changed
        assert {row.outlets for row in versions.lines()} == {1}
