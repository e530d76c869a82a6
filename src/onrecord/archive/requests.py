"""What is asked of a working process, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onrecord.archive.shapes import PART, Ref
from onrecord.sources import Columns


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt: the step, the folder of the job, the user's actors, and what it is about."""

    step: str
    root: str
    actors: str
    place: str = ""
    number: int = 0
    part: int = PART
    columns: Columns = field(default_factory=Columns)
    rows: tuple[int, ...] = ()
    sets: tuple[tuple[Ref, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: a ``result``, a ``fault`` of what was read, or a sentence on why nothing can go on (``refused``)."""

    result: Any = None
    fault: str | None = None
    refused: str | None = None
