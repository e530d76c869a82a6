"""The values that pass between the steps of a large job, and the columns they are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Float, Integer, Table

#: The format of the folders; another number, another reader.
FORMAT = 1

#: Documents of a batch: what a kill loses at most, for each worker. Pages of a part.
BATCH, PART = 48, 256

#: Raw pages, and places that gave none (``content`` is null there, ``reason`` and ``count`` say why).
PAGES = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("content", pa.binary()),
        pa.field("media_type", pa.string()),
        pa.field("url", pa.string()),
        pa.field("fetched", pa.string()),
        pa.field("encoding", pa.string()),
        pa.field("hint_title", pa.string()),
        pa.field("hint_publisher", pa.string()),
        pa.field("hint_date", pa.string()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("count", pa.int64(), nullable=False),
    ]
)
#: What became of each page: a document (``document`` is its id, ``made`` the whole of it as JSON) or a reason why there is none.
MADE = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("content_sha256", pa.string()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("document", pa.string()),
        pa.field("bands", pa.list_(pa.int64()), nullable=False),
        pa.field("made", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("failed", pa.bool_(), nullable=False),
        pa.field("count", pa.int64(), nullable=False),
    ]
)
#: The log of the pages in the result: every place with its document, or with the reason why there is none.
LOG = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("content_sha256", pa.string()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("document", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("failed", pa.bool_(), nullable=False),
        pa.field("count", pa.int64(), nullable=False),
    ]
)
#: The lines of each document as relations are drawn from them: JSON of `onrecord.relations.lines.Line`, the ids of those that
#: begin a line of the record, and pairs of a statement and the line it belongs to.
LINES = pa.schema(
    [
        pa.field("document", pa.string(), nullable=False),
        pa.field("lines", pa.string(), nullable=False),
        pa.field("new", pa.list_(pa.string()), nullable=False),
        pa.field("line_of", pa.string(), nullable=False),
    ]
)
#: Documents that could not be read, and why.
FAILED = pa.schema([pa.field("document", pa.string(), nullable=False), pa.field("reason", pa.string(), nullable=False)])
#: Pairs of documents that share enough bands: ids, where they lie, and in how many bands they meet.
PAIRS = pa.schema(
    [
        pa.field("low", pa.string(), nullable=False),
        pa.field("high", pa.string(), nullable=False),
        pa.field("low_part", pa.string(), nullable=False),
        pa.field("low_row", pa.int64(), nullable=False),
        pa.field("high_part", pa.string(), nullable=False),
        pa.field("high_row", pa.int64(), nullable=False),
        pa.field("shared", pa.int64(), nullable=False),
    ]
)
#: Pairs of documents that carry one text.
LINKS = pa.schema([pa.field("low", pa.string(), nullable=False), pa.field("high", pa.string(), nullable=False)])
#: Which documents are read together: those of one ``batch``, grouped among those of one ``component``.
PLAN = pa.schema(
    [
        pa.field("batch", pa.int64(), nullable=False),
        pa.field("component", pa.int64(), nullable=False),
        pa.field("part", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
    ]
)

#: The folders that have another name than the record's table.
FOLDERS = {"event_mentions": "events"}


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Where a document made of a page lies: the part (``00000-000000``) and the row in it."""

    part: str
    row: int


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: the step, its name, and what it is about (places, rows of a part, or sets of documents)."""

    step: str
    name: str
    place: str = ""
    refs: tuple[tuple[Ref, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a piece of work did: how many pages it went through and how many failed, and the sentence when it could not go on."""

    step: str
    name: str
    pages: int = 0
    failed: int = 0
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What a place held: its parts; and its pages, as far as they were read."""

    parts: int
    pages: int


def arrow_schema(table: Table) -> pa.Schema:
    """The columns of a table of the record, as Parquet holds them."""
    return pa.schema([pa.field(c.name, _kind(c.type), nullable=bool(c.nullable)) for c in table.columns])


def _kind(kind: Any) -> pa.DataType:
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, BigInteger | Integer):
        return pa.int64()
    return pa.float64() if isinstance(kind, Float) else pa.string()
