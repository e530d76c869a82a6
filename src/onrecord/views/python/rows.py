"""Rows as Python has them: a sequence of frozen values that becomes a frame when one asks."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from onrecord.model import errors
from onrecord.views.fields.columns import columns_of, flat, flat_schema
from onrecord.views.fields.shape import Plain, plain

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

T = TypeVar("T")


class Rows(Sequence[T], Generic[T]):
    """Rows in their order. Every row is a frozen value whose fields are those of the JSON: ``rows[0].act``, ``rows[0].date.value``.

    `to_pandas` and `to_polars` give them as a frame with the columns of the CSV export: ``date_value``, ``speaker`` (names joined
    by "; "), ``speaker_id``; lists that hold more than words stay lists. A frame of nothing has its columns.
    """

    def __init__(self, rows: Iterable[T], *types: type[Any]) -> None:
        self._rows = tuple(rows)
        self._types = types

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Rows[T]: ...

    def __getitem__(self, index: int | slice) -> T | Rows[T]:
        if isinstance(index, slice):
            return Rows(self._rows[index], *self._types)
        return self._rows[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        names = " or ".join(one.__name__ for one in self._types)
        return f"<{len(self)} rows of {names}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that a frame of these rows has."""
        return tuple(dict.fromkeys(column.name for one in self._types for column in columns_of(one)))

    def to_dicts(self) -> list[Plain]:
        """The rows as plain data: what ``--json`` prints."""
        return [plain(row) for row in self._rows]

    def to_arrow(self) -> pa.Table:
        """The rows as a flat Arrow table."""
        import pyarrow as pa

        whole = pa.unify_schemas([flat_schema(one) for one in self._types])
        return pa.Table.from_pylist([flat(row) for row in self._rows], schema=whole)

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``; `OnrecordError` with what to install when pandas is not there."""
        _needs("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame; `OnrecordError` with what to install when Polars is not there."""
        _needs("polars")
        import polars as pl

        frame = pl.from_arrow(self.to_arrow())
        if not isinstance(frame, pl.DataFrame):
            raise TypeError("a table became a series")
        return frame


def _needs(library: str) -> None:
    try:
        importlib.import_module(library)
    except ModuleNotFoundError as error:
        raise errors.OnrecordError(
            f"Frames of {library} need the library: install it with `pip install 'onrecord[{library}]'`."
        ) from error
