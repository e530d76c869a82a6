"""PLOVER's event types, modes and contexts, with what CAMEO's codes become in them: the table ``plover.csv`` as types.

Source: the PLOVER manual of the Open Event Data Alliance (github.com/openeventdata/PLOVER) and its table from CAMEO; the
definitions are our own words. Each row of the table is a ``root``, a ``mode`` of a root, a ``context``, or a ``cameo`` code, and
names where its number or code comes from. The scores of roots are the manual's (draft of 2021, the last whose text we could
read); it made them from the Goldstein scores of CAMEO's codes, and the scores of modes are made in the same way, from the codes
that become the mode. Where the manual set a root's score by hand (COERCE, MOBILIZE), or no code becomes the mode, it has its root's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from onrecord.knowledge.tables import Row, table
from onrecord.model.events import Root

_COLUMNS = ("kind", "root", "mode", "code", "quad", "intensity", "contexts", "definition", "source")


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
    source: str = ""


@dataclass(frozen=True, slots=True)
class ModeEntry:
    """A finer kind of a root; `intensity` is the root's own where no code gives the mode one, and `source` says so."""

    root: Root
    mode: str
    intensity: float
    definition: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """What a CAMEO code becomes: a root, a mode of it where there is one, and contexts."""

    root: Root
    mode: str | None
    contexts: tuple[str, ...]


@cache
def _rows(kind: str) -> tuple[Row, ...]:
    return tuple(row for row in table("plover.csv", _COLUMNS) if row.get("kind") == kind)


@cache
def roots() -> dict[Root, RootEntry]:
    """The sixteen roots in PLOVER's order."""
    return {
        Root(row.get("root")): RootEntry(
            Root(row.get("root")),
            Quad(int(row.get("quad"))),
            float(row.get("intensity")),
            row.get("definition"),
            row.get("source"),
        )
        for row in _rows("root")
    }


@cache
def modes() -> dict[tuple[Root, str], ModeEntry]:
    """The modes by root and name."""
    found = {}
    for row in _rows("mode"):
        root = Root(row.get("root"))
        own = row.get("intensity")
        score = float(own) if own else roots()[root].intensity
        found[(root, row.get("code"))] = ModeEntry(
            root, row.get("code"), score, row.get("definition"), row.get("source")
        )
    return found


@cache
def contexts() -> dict[str, str]:
    """The contexts: name -> definition."""
    return {row.get("code"): row.get("definition") for row in _rows("context")}


@cache
def cameo_codes() -> dict[str, Coded]:
    """What each CAMEO code of the table becomes."""
    return {
        row.get("code"): Coded(Root(row.get("root")), row.get("mode") or None, tuple(row.get("contexts").split()))
        for row in _rows("cameo")
    }


def cameo(code: str) -> Coded | None:
    """What a CAMEO code ("1053") becomes, by its own row or its parent's; None for statements and appeals (01, 02) and unknown codes."""
    known = cameo_codes()
    while len(code) >= 2:
        if code in known:
            return known[code]
        code = code[:-1]
    return None


def mode_names() -> tuple[tuple[Root, str], ...]:
    """The modes in the order of the table, which is the order of the coder's outputs."""
    return tuple(modes())
