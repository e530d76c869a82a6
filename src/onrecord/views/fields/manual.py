"""The tables of ``docs/exports.md``, written from the definitions of the rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.views.fields.shape import fields_of, shown_in

_HEAD = "| field | holds | what it is |\n|---|---|---|\n"


def tables(kinds: Iterable[tuple[str, type[Any]]]) -> str:
    """A section for each kind of row, then one for each row that stands inside others: every field with its shape and meaning."""
    some = list(kinds)
    parts = [f"### {name}\n\n{_sentence(row)}\n\n{_fields(row)}" for name, row in some]
    inner: dict[str, type] = {}
    for _, row in some:
        inner |= shown_in(row)
    parts += [f"### {name}\n\n{_sentence(row)}\n\n{_fields(row)}" for name, row in sorted(inner.items())]
    return "\n".join(parts)


def _sentence(row: type[Any]) -> str:
    return " ".join((row.__doc__ or "").split())


def _fields(row: type[Any]) -> str:
    lines = (
        f"| `{field.name}` | {field.shape.words()} | {field.description}{' *' if field.words else ''} |"
        for field in fields_of(row)
    )
    return _HEAD + "\n".join(line.replace("\n", " ") for line in lines) + "\n"
