"""What the API's description promises, asked at random: no error of the server, no answer that is not as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from onrecord.record import Record
from onrecord.views.api import Limits, app
from tests.conftest import ROOT, SAMPLES

_RECORD: list[Record] = []
_SCHEMA = schemathesis.openapi.from_asgi(
    "/openapi.json", app(lambda: _RECORD[0], Limits(rate=0), SAMPLES / "actors.csv")
)
_OPERATIONS = {f"{one.ok().method} {one.ok().path}": one.ok() for one in _SCHEMA.get_all_operations()}


@pytest.fixture(autouse=True)
def _record(sample_record: Record) -> None:
    _RECORD[:] = [sample_record]


def _random(operation: str, mode: Any, data: st.DataObject) -> None:
    case = data.draw(_OPERATIONS[operation].as_strategy(generation_mode=mode))
    # Days such as 31 February fit the pattern of a day, and are no days: the one thing that the description cannot say.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


_FEW = settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
#: What takes nothing but an id takes everything: there is no wrong id, only one that nothing has.
_REFUSING = [name for name, one in _OPERATIONS.items() if len(one.query) or len(one.body)]


@pytest.mark.parametrize("operation", list(_OPERATIONS))
@_FEW
@given(data=st.data())
def test_answers_to_good_questions_are_as_described(data: st.DataObject, operation: str) -> None:
    _random(operation, schemathesis.GenerationMode.POSITIVE, data)


@pytest.mark.parametrize("operation", _REFUSING)
@_FEW
@given(data=st.data())
def test_answers_to_bad_questions_are_as_described(data: st.DataObject, operation: str) -> None:
    _random(operation, schemathesis.GenerationMode.NEGATIVE, data)


def _ids(record: Record) -> dict[str, str]:
    row = record.lines()[0]
    return {
        "statements": row.statement.id,
        "why": row.statement.id,
        "events": record.events()[0].event.id,
        "documents": row.statement.document,
        "reports": row.report or "",
        "actors": next(s.id for line in record.lines() for s in line.statement.speakers if s.id),
    }


_SINGLE = [name for name, one in _OPERATIONS.items() if len(one.path_parameters)]


@pytest.mark.parametrize("operation", _SINGLE)
def test_single_things_are_as_described(sample_record: Record, operation: str) -> None:
    one = _OPERATIONS[operation]
    kind = one.path.removeprefix("/api/v1/").split("/")[0]
    response = one.Case(path_parameters={"id": _ids(sample_record)[kind]}).call_and_validate()
    assert response.status_code == 200


def test_the_manual_names_every_address() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf8")
    for one in _OPERATIONS.values():
        assert one.path.removeprefix("/api/v1") in text, one.path


def test_every_field_of_the_description_is_told(api_app: FastAPI) -> None:
    """Every property of every schema has a description, and every parameter too."""
    raw = api_app.openapi()
    schemas = raw["components"]["schemas"]
    for name, schema in schemas.items():
        for field, told in schema.get("properties", {}).items():
            # A reference to what is described in the same words has none of its own.
            named = schemas.get(told.get("$ref", "").rpartition("/")[2], {})
            assert told.get("description") or named.get("description"), (name, field)
    for path in raw["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert all(one.get("description") for one in operation.get("parameters", [])), operation["operationId"]
