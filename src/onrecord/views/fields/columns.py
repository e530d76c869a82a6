"""Rows as flat columns (CSV, frames) and as Arrow tables (Parquet), both read off the fields of the row types.

Flat: a date or place becomes one column for each of its fields (``date_value``, ``place_name``); parties become two, the names
and ``_id``, joined by "; "; lists of words are joined by "; "; what is nested deeper stays JSON in a CSV file and nested in a frame.
Arrow: the same nesting as in the JSON, so that nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.views.fields.parts import Date, EventParty, Party, Place
from onrecord.views.fields.shape import Field, Kind, Shape, fields_of, plain

if TYPE_CHECKING:
    import pyarrow as pa

_SPREAD = (Date, Place)
_PARTIES = (Party, EventParty)
_JOINED = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One flat column: its name, what it holds, the shape of its cells, and whether they are copied from a page's text."""

    name: str
    description: str
    shape: Shape
    words: bool = False

    @property
    def nested(self) -> bool:
        """True where a cell holds lists or rows."""
        return self.shape.kind in (Kind.LIST, Kind.ROW)


_TEXT = Shape(Kind.TEXT)


def columns_of(row: type[Any], *, words: bool = True) -> tuple[Column, ...]:
    """The flat columns of a row type, in order; without `words` those copied from a page's text are left out."""
    key: Any = row  # a type is hashable, which `cache` is not told
    return tuple(column for column in _columns(key) if words or not column.words)


@cache
def _columns(row: Any) -> tuple[Column, ...]:
    return tuple(column for field in fields_of(row) for column in _of_field(field))


def _of_field(field: Field) -> Iterator[Column]:
    shape, inner = field.shape, field.shape.of
    if shape.row is not None and shape.row in _SPREAD:
        for part in fields_of(shape.row):
            yield Column(f"{field.name}_{part.name}", f"{field.description} {part.description}", part.shape)
    elif shape.row in _PARTIES or (inner is not None and inner.row in _PARTIES):
        yield Column(field.name, f'{field.description} Names, joined by "; ".', _TEXT)
        yield Column(f"{field.name}_id", f'The ids of `{field.name}`, in the same order, joined by "; ".', _TEXT)
    elif inner is not None and inner.kind is Kind.TEXT:
        yield Column(field.name, f'{field.description} Joined by "; ".', _TEXT)
    else:
        yield Column(field.name, field.description, shape, field.words)


def flat(row: Any, *, words: bool = True) -> dict[str, Any]:
    """A row as its flat columns; nested cells are plain lists and rows."""
    return {
        name: value
        for field in fields_of(type(row))
        if words or not field.words
        for name, value in _cells(field, row, words)
    }


def _cells(field: Field, row: Any, words: bool) -> Iterator[tuple[str, Any]]:
    value, shape, inner = getattr(row, field.attribute), field.shape, field.shape.of
    if shape.row is not None and shape.row in _SPREAD:
        for part in fields_of(shape.row):
            yield f"{field.name}_{part.name}", None if value is None else _bare(getattr(value, part.attribute))
    elif shape.row in _PARTIES or (inner is not None and inner.row in _PARTIES):
        some = value if isinstance(value, tuple) else () if value is None else (value,)
        yield field.name, _JOINED.join(one.name for one in some)
        yield f"{field.name}_id", _JOINED.join(one.id or "" for one in some)
    elif inner is not None and inner.kind is Kind.TEXT:
        yield field.name, value if isinstance(value, str) else _JOINED.join(_bare(one) for one in value or ())
    elif isinstance(value, tuple):
        yield field.name, [_nested(one, words) for one in value]
    else:
        yield field.name, _nested(value, words)


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _nested(value: Any, words: bool) -> Any:
    if isinstance(value, tuple):
        return [_nested(one, words) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return plain(value, words=words)
    return _bare(value)


def cell(value: Any) -> Any:
    """A flat cell as CSV has it: lists and rows as JSON, true and false in the words of JSON, nothing for null."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else value


def arrow_schema(row: type[Any], *, words: bool = True) -> pa.Schema:
    """The Arrow schema of a row type with the nesting of the JSON, each field with its description."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(f.name, arrow_type(f.shape, words=words), metadata={"description": f.description})
            for f in fields_of(row)
            if words or not f.words
        ]
    )


def flat_schema(row: type[Any]) -> pa.Schema:
    """The Arrow schema of the flat columns of a row type."""
    import pyarrow as pa

    return pa.schema([pa.field(c.name, arrow_type(c.shape)) for c in columns_of(row)])


def arrow_type(shape: Shape, *, words: bool = True) -> pa.DataType:
    """The Arrow type of a shape; the word that stands for a whole list becomes a list of it."""
    import pyarrow as pa

    simple = {Kind.TEXT: pa.string(), Kind.WHOLE: pa.int64(), Kind.NUMBER: pa.float64(), Kind.FLAG: pa.bool_()}
    if shape.kind is Kind.LIST and shape.of is not None:
        return pa.list_(arrow_type(shape.of, words=words))
    if shape.row is not None:
        inner = [f for f in fields_of(shape.row) if words or not f.words]
        return pa.struct([pa.field(f.name, arrow_type(f.shape, words=words)) for f in inner])
    return simple[shape.kind]


def arrow_rows(row: type[Any], some: Sequence[Any], *, words: bool = True) -> list[dict[str, Any]]:
    """Rows as `arrow_schema` takes them."""
    listed = [f.name for f in fields_of(row) if f.shape.word is not None]
    found = [plain(one, words=words) for one in some]
    for one in found:
        for name in listed:
            one[name] = one[name] if isinstance(one[name], list) else [one[name]]
    return found
