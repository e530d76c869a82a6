"""Judging lines one by one: what is typed, what is kept, going on later, and what two reviewers' answers come to."""

from __future__ import annotations

import json
import os
import pty
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from onrecord.record import Record, StatementFilter, judgments
from onrecord.record.fields import Field
from onrecord.record.judgments import JUDGED, Judgment, Share, Verdict, cohens_kappa
from onrecord.views.cli.app import app


def _run(record: Record, *words: str, typed: str = "", who: str = "K. Ambler") -> Result:
    return CliRunner().invoke(app, ["annotate", *words, "--who", who, "--record", str(record.path)], input=typed)


def _kept(record: Record, who: str = "K. Ambler") -> list[Judgment]:
    return [one for one in record.ask(judgments.judgments) if one.who == who]


def test_yes_no_skip_and_quit_are_kept_and_the_next_session_goes_on(few_record: Record) -> None:
    done = _run(few_record, "--sample", "4", typed="y\nn\nspeaker date\ns\nq\n")
    assert done.exit_code == 0, done.output
    assert "3 lines judged by K. Ambler; 1 is left" in done.output
    by_line: dict[str, dict[Field, Verdict]] = {}
    for one in _kept(few_record):
        by_line.setdefault(one.statement, {})[one.field] = one.verdict
    rows = few_record.ask(lambda c: judgments.sample(c, 4, 1, StatementFilter()))
    first, second, third = (by_line[row.statement.id] for row in rows[:3])
    assert first == dict.fromkeys(JUDGED, Verdict.RIGHT)
    assert {f for f, v in second.items() if v is Verdict.WRONG} == {Field.SPEAKER, Field.DATE}
    assert third == dict.fromkeys(JUDGED, Verdict.UNSURE)
    again = _run(few_record, "--sample", "4", typed="y\n")
    assert "4 of 4" in again.output
    assert "1 line judged by K. Ambler; none is left" in again.output
    assert few_record.corrections() == ()


def test_a_line_that_is_none_has_no_other_fields(few_record: Record) -> None:
    _run(few_record, "--sample", "1", typed="n\n\n")
    assert [(one.field, one.verdict) for one in _kept(few_record)] == [(Field.LINE, Verdict.WRONG)]


def test_a_correction_goes_into_the_log_and_counts_as_wrong(few_record: Record) -> None:
    typed = "c\nact\nmumble\nact\nwarn\nheard it\ndate\nunknown\n\n\n"
    done = _run(few_record, "--sample", "1", typed=typed)
    assert done.exit_code == 0, done.output
    assert "'mumble'" in done.output
    entries = few_record.corrections()
    assert [(e.kind.value, e.value, e.why) for e in entries] == [
        ("set-act", "warn", "heard it"),
        ("set-date", "", "judged line by line"),
    ]
    found = {one.field: one for one in _kept(few_record)}
    assert (found[Field.ACT].verdict, found[Field.ACT].value) == (Verdict.WRONG, "warn")
    assert found[Field.SPEAKER].verdict is Verdict.RIGHT
    (row,) = few_record.statement_rows([entries[0].subject[0]])
    assert row.statement.act.value == "warn"
    # Another reviewer judges what the reader read, not what was corrected.
    _run(few_record, "--sample", "1", typed="y\n", who="L. Osk")
    seen = {one.field: one.seen for one in _kept(few_record, "L. Osk")}
    assert seen[Field.ACT] == found[Field.ACT].seen != "warn"


@pytest.mark.parametrize("typed", ["", "what\ny\n", "n\nnose\nact\n", "c\nnose\nact\nwarn\n\n\n"])
def test_nothing_that_is_typed_ends_in_a_traceback(few_record: Record, typed: str) -> None:
    done = _run(few_record, "--sample", "1", typed=typed)
    assert done.exit_code == 0, done.output


def test_the_draw_is_the_same_for_everybody_and_changes_with_the_seed(few_record: Record) -> None:
    with few_record.batch() as batch:
        one, two, other = (
            [row.statement.id for row in judgments.sample(batch.connection, 9, seed, StatementFilter())]
            for seed in (1, 1, 2)
        )
    assert one == two != other
    assert len(set(one)) == 9


def test_agreement_and_precision_of_two_reviewers(few_record: Record, tmp_path: Path) -> None:
    _run(few_record, "--sample", "4", typed="y\ny\nn\nact\nn\nact\n")
    _run(few_record, "--sample", "4", typed="y\nn\nact\nn\nact\ns\n", who="L. Osk")
    told = json.loads(_run(few_record, "--agreement", "--json").stdout)
    act = next(row for row in told["agreement"] if row["field"] == "act")
    assert act["reviewers"] == ["K. Ambler", "L. Osk"]
    assert act["lines"] == 3
    assert act["share"] == pytest.approx(2 / 3, abs=1e-3)
    right = {(row["reviewer"], row["field"]): row for row in told["precision"]}
    assert right[("K. Ambler", "act")]["share"] == 0.5
    assert right[("L. Osk", "act")]["unsure"] == 1
    assert right[("K. Ambler", "speaker")]["share"] == 1.0
    shown = _run(few_record, "--agreement")
    assert "The reader is right" in shown.output
    assert "Kappa" in shown.output
    file = tmp_path / "judged.jsonl"
    assert _run(few_record, "--export", str(file)).exit_code == 0
    before = few_record.ask(judgments.judgments)
    assert _run(few_record, "--import", str(file)).exit_code == 0
    assert few_record.ask(judgments.judgments) == before
    file.write_text("{}\n", encoding="utf8")
    assert _run(few_record, "--import", str(file)).exit_code == 1


def test_nobody_has_judged(few_record: Record) -> None:
    assert "Nobody has judged" in _run(few_record, "--agreement").output


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # The example of J. Cohen's two raters and 50 proposals: 20 both yes, 15 both no, 5 and 10 apart.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
        ([("y", "y")] * 5, None),
        ([], None),
        ([("y", "n"), ("n", "y")], -1.0),
    ],
)
def test_cohen_s_kappa(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    assert cohens_kappa(pairs) == (None if kappa is None else pytest.approx(kappa))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_kappa_is_that_of_the_library(pairs: list[tuple[str, str]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    found = cohens_kappa(pairs)
    if found is not None:
        assert found == pytest.approx(metrics.cohen_kappa_score(*zip(*pairs, strict=True)))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(case: tuple[int, int]) -> None:
    share = Share(*case)
    assert share.interval is not None
    assert share.value is not None
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-9
    assert share.value - 1e-9 <= high <= 1


def test_in_a_real_terminal(few_record: Record) -> None:
    few_record.close()
    command = [
        sys.executable, "-c", "from onrecord.views.cli.app import run; run()",
        "annotate", "--sample", "2", "--who", "T. Erminal", "--record", str(few_record.path),
    ]  # fmt: skip
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    os.write(terminal, b"y\nq\n")
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            # Linux says so when the other end of a terminal is closed.
            break
        if not part:
            break
        shown += part
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    text = shown.decode("utf8", "replace")
    assert os.waitstatus_to_exitcode(status) == 0, text
    assert "[y]es, [n]o, [c]orrect, [s]kip, [q]uit" in text
    assert "\x1b[1m" in text
    assert "1 line judged by T. Erminal" in text
    with Record.open(few_record.path) as record:
        assert {one.verdict for one in _kept(record, "T. Erminal")} == {Verdict.RIGHT}
