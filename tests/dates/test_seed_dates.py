"""The dates of the real pages that ONRECORD_SEEDS names: inferred, abstained from, and those of their statements."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from onrecord import documents, pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.model import DateBasis, DateValue, Document, Page, Precision
from onrecord.reading import Reader
from onrecord.record import Record
from onrecord.resolution.dates import KnowledgeTerms, infer_published
from onrecord.views.export import rows

_FOLDER = os.environ.get("ONRECORD_SEEDS", "")
pytestmark = pytest.mark.skipif(not Path(_FOLDER).is_dir() or not _FOLDER, reason="ONRECORD_SEEDS names no folder")
_PERSON = r"(?:[A-Z][\w'’-]+ ){0,2}"
_OFFICE = r"(?:\b(?:U\.S\. |Ukrainian |NATO )?(?:Secretary-General|Secretary of State|Deputy Prime Minister|President|spokesman)\s)"


@cache
def _parts() -> tuple[Knowledge, Reader]:
    return Knowledge.load(), Reader.load()


def _text(number: str) -> str:
    (path,) = Path(_FOLDER).glob(f"{number}_*")
    return path.read_text(encoding="utf8")


def _inferred(text: str) -> tuple[Document, DateValue]:
    knowledge, reader = _parts()
    document = documents.build(Page(text.encode(), "text/plain", "page.txt"), knowledge)
    return document, infer_published(document, reader.read(document), KnowledgeTerms(knowledge))


def _said(document: Document, found: DateValue) -> set[str]:
    return {e.span.of(document.text) for e in found.evidence if e.span is not None}


def test_the_page_without_a_year_is_of_the_one_july_its_people_shared() -> None:
    document, found = _inferred(_text("002"))
    assert (found.value, found.precision, found.basis, found.inferred) == (
        "2017-07-10", Precision.DAY, DateBasis.OFFICE_HOLDERS, True,
    )  # fmt: skip
    assert any("inferred from" in e.detail for e in found.evidence)
    assert {"July 10", "U.S. Secretary of State Rex Tillerson"} <= _said(document, found)


@pytest.mark.parametrize(("name", "value"), [("John Kerry", "2016-07-10"), ("Mike Pompeo", "2018-07-10")])
def test_another_secretary_of_state_moves_the_year(name: str, value: str) -> None:
    text = _text("002").replace("Rex Tillerson", name).replace("Tillerson", name.rsplit(maxsplit=1)[-1])
    document, found = _inferred(text)
    assert found.value == value
    assert any(name in words for words in _said(document, found))


def _without_names(text: str) -> str:
    """Every person named with an office, and the name wherever it stands alone, becomes an envoy."""
    named = {m.group(1).split()[-1] for m in re.finditer(rf"{_OFFICE}({_PERSON}[A-Z][\w'’-]+)", text)}
    for name in sorted(named):
        text = re.sub(rf"{_OFFICE}?{_PERSON}{re.escape(name)}\b", "an envoy", text)
    return text


_CUTS: list[Callable[[str], str]] = [
    _without_names,
    lambda text: text.replace("Rex Tillerson", "Nobody Known").replace("Tillerson", "Known"),
    lambda text: text.replace("Rex Tillerson", "Condoleezza Rice").replace("Tillerson", "Rice"),
]


@pytest.mark.parametrize("cut", _CUTS, ids=["nobody", "somebody unknown", "a contradiction"])
def test_without_the_holders_it_abstains(cut: Callable[[str], str]) -> None:
    text = cut(_text("002"))
    assert "Tillerson" not in text
    assert _inferred(text)[1].value is None


def test_the_page_without_a_date_is_an_interval_with_its_weekday() -> None:
    document, found = _inferred(_text("003"))
    assert (found.value, found.precision, found.weekday) == (None, Precision.INTERVAL, "Wednesday")
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest < "2022-01-12" < found.latest
    assert "Wednesday" in _said(document, found)
    assert any("the only office" in e.detail for e in found.evidence)


def test_every_annotated_date_is_right(tmp_path: Path) -> None:
    gold = [json.loads(line) for line in (Path(_FOLDER).parent / "gold" / "pages_dev.jsonl").open(encoding="utf8")]
    with Record.open(tmp_path / "record.db", create=True) as record:
        pipeline.read(sources.pages([_FOLDER]), record, pipeline.Engine.load(_parts()[0]))
        printed = {Path(row["path"]).name: row["published"]["value"] for row in rows(record, "documents")}
        said = [(Path(row["path"]).name, row["content"], row["date"]["value"]) for row in rows(record, "statements")]
    wrong, counted = [], 0
    for page in gold:
        assert printed[page["doc"]] == page["published"]
        for statement in page["statements"]:
            if statement.get("optional") or statement["content_span"] is None:
                continue
            start, end = statement["content_span"]
            here = [
                d for doc, content, d in said if doc == page["doc"] and any(a < end and start < b for a, b in content)
            ]
            counted += bool(here)
            if here and statement["date"] not in here:
                wrong.append((page["doc"][:3], start, statement["date"], here))
    assert counted >= 40
    assert wrong == []
