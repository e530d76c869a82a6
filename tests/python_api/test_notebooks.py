"""The worked notebooks run from the first cell to the last over the samples' record, and draw what they say."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

from onrecord.record import Record
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Any, sample_record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_RECORD", str(sample_record.path))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _, found = module.app.run()
    charts = {name: one for name, one in found.items() if type(one).__module__.startswith("altair")}
    charts = {name: one for name, one in charts.items() if name != "alt"}
    assert len(charts) >= 2
    for name, chart in charts.items():
        assert chart.to_dict()["title"], name
        assert len(chart.data) > 0, name


def test_there_are_three() -> None:
    assert {path.stem for path in NOTEBOOKS} == {"dispute_in_figures", "who_copied_whom", "who_denied_what"}
