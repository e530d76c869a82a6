"""How rows are described once and shown in many forms: JSON, flat columns, Arrow, schemas, and the tables of the docs.

A row is a frozen dataclass whose every field says what it holds (`told`). Everything else is read off its type hints: the JSON
of the command line, of the exports and of the API, the columns of CSV files and frames, the types of Parquet files.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

#: Plain JSON data with field names as keys.
Plain = dict[str, Any]


def told(description: str, name: str | None = None, *, words: bool = False) -> Any:
    """A field of a row with what it holds.

    `name` is its name in files where Python has the word for itself (``from``); `words` marks what is copied from a page's text,
    so that exports can leave it out.
    """
    made: dict[str, Any] = {"description": description}
    if name:
        made["alias"] = name
    return dataclasses.field(metadata=made | ({"json_schema_extra": {"words": True}} if words else {}))


class Kind(StrEnum):
    """What a value is, in the words of the docs."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    LIST = "list"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field holds: its kind, whether it may be null, what a list is of, which row it is, which words it can be.

    ``word`` is the text that stands for the whole list in one field of events (``"report"``).
    """

    kind: Kind
    optional: bool = False
    of: Shape | None = None
    row: type | None = None
    values: tuple[str, ...] = ()
    word: str | None = None

    def words(self) -> str:
        """The shape in words: ``list of Party, or null``."""
        match self.kind:
            case Kind.LIST if self.of is not None and self.of.kind is Kind.WHOLE:
                named = "pair of whole numbers"
            case Kind.LIST if self.of is not None:
                inner = self.of.words()
                named = f"list of {inner.replace('pair of', 'pairs of', 1)}"
            case Kind.ROW if self.row is not None:
                named = self.row.__name__
            case _:
                named = f"one of {', '.join(self.values)}" if self.values else self.kind.value
        named += f', or "{self.word}"' if self.word else ""
        return f"{named}, or null" if self.optional else named


_SIMPLE = {str: Kind.TEXT, int: Kind.WHOLE, float: Kind.NUMBER, bool: Kind.FLAG}


def shape_of(hint: Any) -> Shape:
    """The shape of a type hint; `TypeError` for a hint that no row uses."""
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        words = [part for part in parts if get_origin(part) is Literal]
        others = [part for part in parts if part not in words]
        optional = NoneType in get_args(hint)
        shape = shape_of((others or words)[0])
        word = get_args(words[0])[0] if others and words else None
        return dataclasses.replace(shape, optional=optional, word=word)
    if get_origin(hint) is Literal:
        return Shape(Kind.TEXT, values=get_args(hint))
    if get_origin(hint) is tuple:
        return Shape(Kind.LIST, of=shape_of(get_args(hint)[0]))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return Shape(Kind.ROW, row=hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Shape(Kind.TEXT, values=tuple(str(one.value) for one in hint))
    if hint in _SIMPLE:
        return Shape(_SIMPLE[hint])
    raise TypeError(f"no shape for {hint!r}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: its attribute, its name in files, what it holds, and its shape."""

    attribute: str
    name: str
    description: str
    shape: Shape
    words: bool = False


def fields_of(row: type[Any]) -> tuple[Field, ...]:
    """The fields of a row type, in order."""
    key: Any = row  # a type is hashable, which `cache` is not told
    return _fields(key)


@cache
def _fields(row: Any) -> tuple[Field, ...]:
    hints = get_type_hints(row)
    return tuple(
        Field(
            f.name,
            f.metadata.get("alias", f.name),
            f.metadata.get("description", ""),
            shape_of(hints[f.name]),
            "json_schema_extra" in f.metadata,
        )
        for f in dataclasses.fields(row)
    )


@cache
def _names(row: Any, words: bool) -> tuple[tuple[str, str], ...]:
    return tuple((f.attribute, f.name) for f in _fields(row) if words or not f.words)


def plain(row: Any, *, words: bool = True) -> Plain:
    """A row as plain JSON data: enums by value, tuples as lists, names as in files, every field there.

    Without `words` the fields that are copied from the text of a page are left out, at every depth.
    """
    kind: Any = type(row)
    return {name: _plain(getattr(row, attribute), words) for attribute, name in _names(kind, words)}


def _plain(value: Any, words: bool) -> Any:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, tuple):
        return [_plain(one, words) for one in value]
    if isinstance(value, Enum):
        return value.value
    return plain(value, words=words)


def shown_in(row: type) -> dict[str, type]:
    """The row types that stand inside a row type, at any depth, by name."""
    found: dict[str, type] = {}

    def look(shape: Shape | None) -> None:
        if shape is None:
            return
        look(shape.of)
        if shape.row is not None and shape.row.__name__ not in found:
            found[shape.row.__name__] = shape.row
            for field in fields_of(shape.row):
                look(field.shape)

    for field in fields_of(row):
        look(field.shape)
    return found
