"""PLOVER's event types, modes and contexts, with what CAMEO's codes become in them: the table ``plover.tsv`` as types.

Source: the PLOVER manual of the Open Event Data Alliance (github.com/openeventdata/PLOVER) and its table from CAMEO; the
definitions are our own words. Each row of the table is a ``root``, a ``mode`` of a root, a ``context``, or a ``cameo`` code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from onrecord.model.events import Root
from onrecord.reading.lexicon import rows


class Quad(IntEnum):
    """The four classes of the roots, with the numbers that event data give them."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


@dataclass(frozen=True, slots=True)
class RootEntry:
    """What a root means; `intensity` is PLOVER's score from -10 (conflict) to 10 (cooperation)."""

    root: Root
    quad: Quad
    intensity: float
    definition: str


@dataclass(frozen=True, slots=True)
class ModeEntry:
    """A finer kind of a root; `intensity` is the root's own where PLOVER gives the mode none."""

    root: Root
    mode: str
    intensity: float
    definition: str


@dataclass(frozen=True, slots=True)
class Coded:
    """What a CAMEO code becomes: a root, a mode of it where there is one, and contexts."""

    root: Root
    mode: str | None
    contexts: tuple[str, ...]


@cache
def roots() -> dict[Root, RootEntry]:
    """The sixteen roots in PLOVER's order."""
    return {
        Root(row["root"]): RootEntry(
            Root(row["root"]), Quad(int(row["quad"])), float(row["intensity"]), row["definition"]
        )
        for row in rows("plover.tsv")
        if row["kind"] == "root"
    }


@cache
def modes() -> dict[tuple[Root, str], ModeEntry]:
    """The modes by root and name."""
    return {
        (Root(row["root"]), row["code"]): ModeEntry(
            Root(row["root"]),
            row["code"],
            float(row["intensity"]) if row["intensity"] else roots()[Root(row["root"])].intensity,
            row["definition"],
        )
        for row in rows("plover.tsv")
        if row["kind"] == "mode"
    }


@cache
def contexts() -> dict[str, str]:
    """The contexts: name -> definition."""
    return {row["code"]: row["definition"] for row in rows("plover.tsv") if row["kind"] == "context"}


@cache
def _cameo() -> dict[str, Coded]:
    return {
        row["code"]: Coded(Root(row["root"]), row["mode"] or None, tuple(row["contexts"].split()))
        for row in rows("plover.tsv")
        if row["kind"] == "cameo"
    }


def cameo(code: str) -> Coded | None:
    """What a CAMEO code ("1053") becomes, by its own row or its parent's; None for statements and appeals (01, 02) and unknown codes."""
    known = _cameo()
    while len(code) >= 2:
        if code in known:
            return known[code]
        code = code[:-1]
    return None


MODES: tuple[tuple[Root, str], ...] = tuple(
    (Root(row["root"]), row["code"]) for row in rows("plover.tsv") if row["kind"] == "mode"
)
"""The modes in the order of the table, which is the order of the coder's outputs."""
