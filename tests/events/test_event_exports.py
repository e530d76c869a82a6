"""The formats of event data: every column, in order, read back by pandas."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TextIO

import pandas as pd
import pytest
from typer.testing import CliRunner

from onrecord.record import Record
from onrecord.views.cli.app import app
from onrecord.views.export import write_gdelt_events, write_gdelt_mentions, write_polecat
from onrecord.views.export.coded import _BY_KIND, _CAMEO, coded
from onrecord.views.export.gdelt import EVENT_COLUMNS, GOLDSTEIN, MENTION_COLUMNS, number_of
from onrecord.views.export.polecat import COLUMNS


def written(write: Callable[[Record, TextIO], int], record: Record) -> str:
    out = io.StringIO()
    number = write(record, out)
    text = out.getvalue()
    assert number == text.count("\n") - (write is write_polecat)
    return text


def test_polecat_has_its_forty_columns(event_record: Record) -> None:
    table = pd.read_csv(io.StringIO(written(write_polecat, event_record)), sep="\t", keep_default_na=False)
    assert len(COLUMNS) == 40
    assert list(table.columns) == list(COLUMNS)
    meeting = table[table["Event Type"] == "CONSULT"].iloc[0]
    assert meeting["Event Date"] == "2041-05-12"
    assert meeting["Actor Name"] == "Ilse Marn"
    assert meeting["Recipient Name"] == "Rolf Odd"
    assert meeting["Quad Code"] == "VERBAL COOPERATION"
    assert meeting["Placename"] == "Vey"


def test_gdelt_events_have_their_61_columns(event_record: Record) -> None:
    text = written(write_gdelt_events, event_record)
    table = pd.read_csv(io.StringIO(text), sep="\t", names=list(EVENT_COLUMNS), dtype=str, keep_default_na=False)
    assert len(EVENT_COLUMNS) == 61
    assert {line.count("\t") for line in text.splitlines()} == {60}
    assert table["GlobalEventID"].is_unique
    meeting = table[table["EventRootCode"] == "04"].iloc[0]
    assert (meeting["Day"], meeting["MonthYear"], meeting["Year"]) == ("20410512", "204105", "2041")
    assert (meeting["Actor1Name"], meeting["Actor2Name"]) == ("ILSE MARN", "ROLF ODD")
    assert meeting["NumArticles"] == "3"
    assert meeting["ActionGeo_FullName"] == "Vey"


def test_gdelt_mentions_have_their_16_columns_and_our_offsets(event_record: Record) -> None:
    text = written(write_gdelt_mentions, event_record)
    table = pd.read_csv(io.StringIO(text), sep="\t", names=list(MENTION_COLUMNS), dtype=str, keep_default_na=False)
    assert len(MENTION_COLUMNS) == 16
    assert {line.count("\t") for line in text.splitlines()} == {15}
    events = {str(number_of(one.id)): one for one in coded(event_record)}
    assert set(table["GlobalEventID"]) == set(events)
    for row in table.itertuples():
        one = events[row.GlobalEventID]
        mention = next(m for m in one.mentions if m.id == row.Extras)
        page = event_record.document(mention.page.id).text
        assert page[int(row.ActionCharOffset) :].strip()
        if int(row.Actor1CharOffset) >= 0:
            assert page[int(row.Actor1CharOffset)].strip()
        assert int(row.MentionDocLen) == len(page)


def test_every_cameo_code_has_its_scores() -> None:
    assert {*_CAMEO.values(), *_BY_KIND.values()} <= set(GOLDSTEIN)
    assert all(one.isdigit() for one in GOLDSTEIN)


@pytest.mark.parametrize(
    "words",
    [
        ("events", "polecat"),
        ("events", "gdelt"),
        ("mentions", "gdelt"),
        ("events", "csv"),
        ("events", "jsonl"),
        ("figures", "csv"),
    ],
)
def test_exports_by_command_are_the_same_bytes_twice(words: tuple[str, str], event_record: Record) -> None:
    command = ["export", words[0], "--format", words[1], "--record", str(event_record.path)]
    first, second = (CliRunner().invoke(app, command) for _ in range(2))
    assert first.exit_code == 0, first.output
    assert first.stdout_bytes == second.stdout_bytes
    assert first.stdout_bytes


def test_other_kinds_do_not_come_as_event_data(event_record: Record) -> None:
    command = ["export", "documents", "--format", "gdelt", "--record", str(event_record.path)]
    assert CliRunner().invoke(app, command).exit_code == 2
