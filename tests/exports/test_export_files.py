"""The files of exports: the same rows in every format, readable by other programs, without the words of pages where asked."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from onrecord.record import Record
from onrecord.views import fields
from onrecord.views.cli.app import app
from onrecord.views.export import TABLES, rows, write_csv, write_jsonl, write_parquet
from onrecord.views.export.formats import RECORD, Choices, Format, kinds, writer
from onrecord.views.export.package import table_schema
from onrecord.views.fields.columns import columns_of
from onrecord.views.fields.shape import Kind, fields_of, plain, shown_in


def exported(record: Record, kind: str, format: Format, how: Choices | None = None) -> bytes:
    out = io.BytesIO()
    writer(kind, format)(record, out, how or Choices())
    return out.getvalue()


_ALL = [(kind, format) for format in Format for kind in kinds() if kind in {*TABLES, RECORD, "mentions"}]


def _comes(kind: str, format: Format) -> bool:
    tables = kind in TABLES and format in (Format.JSONL, Format.CSV, Format.PARQUET, Format.DATAPACKAGE)
    return tables or (kind, format) in {
        ("events", Format.POLECAT),
        ("events", Format.GDELT),
        ("mentions", Format.GDELT),
        ("statements", Format.JSONLD),
        (RECORD, Format.DATAPACKAGE),
        *((kind, Format.FTM) for kind in (RECORD, "documents", "statements", "events")),
    }


@pytest.mark.parametrize(("kind", "format"), [pair for pair in _ALL if _comes(*pair)])
def test_an_export_is_not_empty_and_the_same_bytes_again(sample_record: Record, kind: str, format: Format) -> None:
    first = exported(sample_record, kind, format)
    assert first or kind == "stories"
    assert exported(sample_record, kind, format) == first


@pytest.mark.parametrize(("kind", "format"), [pair for pair in _ALL if not _comes(*pair)])
def test_what_there_is_not_is_said_in_a_sentence(sample_record: Record, kind: str, format: Format) -> None:
    result = CliRunner().invoke(app, ["export", kind, "-f", format.value, "--record", str(sample_record.path)])
    assert result.exit_code == 2
    assert "do not come as" in " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize("kind", list(TABLES))
def test_csv_and_parquet_hold_the_rows_of_json(sample_record: Record, kind: str) -> None:
    table = TABLES[kind]
    lines = [json.loads(line) for line in exported(sample_record, kind, Format.JSONL).splitlines()]
    assert lines == list(rows(sample_record, kind))
    found = list(csv.DictReader(io.StringIO(exported(sample_record, kind, Format.CSV).decode())))
    assert len(found) == len(lines)
    names = [column.name for column in columns_of(table.row)]
    assert all(list(row) == names for row in found)
    nested = pq.read_table(io.BytesIO(exported(sample_record, kind, Format.PARQUET)))
    assert nested.schema.names == [field.name for field in fields_of(table.row)]
    for line in lines:
        if line.get("asserted_by") == "report":
            line["asserted_by"] = ["report"]
    assert nested.to_pylist() == lines


@pytest.mark.parametrize("kind", list(TABLES))
def test_a_file_of_nothing_has_its_columns(kind: str) -> None:
    row = TABLES[kind].row
    text, binary = io.StringIO(), io.BytesIO()
    assert (write_csv(row, [], text), write_parquet(row, [], binary), write_jsonl([], io.StringIO())) == (0, 0, 0)
    assert text.getvalue().strip().split(",") == [column.name for column in columns_of(row)]
    assert pq.read_table(binary).schema.names == [field.name for field in fields_of(row)]


def test_rows_stream_in_the_order_of_the_lists(sample_record: Record) -> None:
    assert list(sample_record.each_statement()) == sample_record.statement_rows()
    assert list(sample_record.each_document()) == sample_record.documents()


def test_every_field_says_what_it_holds() -> None:
    for row in {getattr(fields, name) for name in fields.__all__}:
        if dataclasses.is_dataclass(row) and isinstance(row, type):
            for one in (row, *shown_in(row).values()):
                assert (one.__doc__ or "").strip().endswith((".", ")")), one
                for field in fields_of(one):
                    assert field.description.endswith("."), (one, field.name)


def test_exports_without_words_hold_nothing_of_a_page(sample_record: Record) -> None:
    # Titles, names, places and what a figure counts are told in words of their own kind: they stay.
    long = {row.content for row in sample_record.statement_rows() if len(row.content.split()) > 5}
    titles = " ".join(filter(None, (row.title for row in sample_record.documents())))
    long = {words for words in long if words not in titles}
    assert len(long) > 200
    how = Choices(words=False)
    for kind in TABLES:
        for format in (Format.JSONL, Format.CSV, Format.DATAPACKAGE):
            data = exported(sample_record, kind, format, how)
            text = _unzipped(data) if format is Format.DATAPACKAGE else data.decode()
            assert not [words for words in long if json.dumps(words, ensure_ascii=False)[1:-1] in text or words in text]
    pages = (
        exported(sample_record, "statements", Format.JSONLD, how).decode()
        + exported(sample_record, RECORD, Format.FTM, how).decode()
    )
    assert not [words for words in long if json.dumps(words, ensure_ascii=False)[1:-1] in pages]
    parquet = pq.read_table(io.BytesIO(exported(sample_record, "statements", Format.PARQUET, how)))
    assert "text" not in parquet.schema.names
    assert "content" in parquet.schema.names


def _unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_a_data_package_describes_its_files(sample_record: Record) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(sample_record, RECORD, Format.DATAPACKAGE))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        files = {resource["name"]: archive.read(resource["path"]) for resource in package["resources"]}
    assert set(files) == set(TABLES)
    tables = {name: list(csv.DictReader(io.StringIO(data.decode()))) for name, data in files.items()}
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        assert schema == table_schema(TABLES[name], set(TABLES))
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[name]).hexdigest()}"
        assert resource["bytes"] == len(files[name])
        assert [field["name"] for field in schema["fields"]] == next(csv.reader(io.StringIO(files[name].decode())))
        for field in schema["fields"]:
            assert field["description"]
            for row in tables[name]:
                _fits(row[field["name"]], field)
        for key in schema.get("primaryKey", []):
            values = [row[key] for row in tables[name]]
            assert all(values)
            assert len(set(values)) == len(values)
        for link in schema.get("foreignKeys", []):
            ids = {row["id"] for row in tables[link["reference"]["resource"] or name]}
            assert {row[link["fields"][0]] for row in tables[name]} - {""} <= ids


def _fits(cell: str, field: dict[str, Any]) -> None:
    """The value of a cell is of the field's type, as Table Schema reads it."""
    if cell == "":
        return
    read = {"integer": int, "number": float, "array": json.loads, "object": json.loads, "string": str}
    if field["type"] == "boolean":
        assert cell in ("true", "false")
        return
    value = read[field["type"]](cell)
    assert field["type"] != "array" or isinstance(value, list)
    assert field["type"] != "object" or isinstance(value, dict)
    if "constraints" in field:
        assert cell in field["constraints"]["enum"]


def test_row_types_have_one_shape_each() -> None:
    for table in TABLES.values():
        for field in fields_of(table.row):
            assert field.shape.kind in Kind
            assert field.shape.kind is not Kind.LIST or field.shape.of is not None
            assert field.shape.kind is not Kind.ROW or field.shape.row is not None


def test_names_that_python_keeps_for_itself_are_as_in_the_files(sample_record: Record) -> None:
    row = plain(next(TABLES["relations"].rows(sample_record)))
    assert row["from"].startswith("st-")
    assert "from_" not in row


def test_an_export_to_a_file_leaves_nothing_half_done(sample_record: Record, tmp_path: Path) -> None:
    out = tmp_path / "record.zip"
    result = CliRunner().invoke(
        app, ["export", "record", "-f", "datapackage", "-o", str(out), "--record", str(sample_record.path)]
    )
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == ["record.zip"]
    assert zipfile.is_zipfile(out)
